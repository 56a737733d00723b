/*
 * One meaning each: what JSON has as a member is the column of the CSV, the cell of a
 * pane's export, the key that rows are sorted by, and the figure of a metric or a check;
 * for a simulated site at several moments.
 */
#include <jansson.h>
#include <math.h>

#include "cmtop/check.h"
#include "cmtop/figures.h"
#include "cmtop/fields.h"
#include "cmtop/report.h"
#include "cmtop/ui.h"
#include "run_suite.h"
#include "simulated_site.h"

static struct simulated site;
static struct scene scene;
static json_t *root;

/* A snapshot of what is known now. */
static void
look(void)
{
	struct kept kept = { 0 };
	const struct sink sink = { keep_bytes, &kept };
	json_error_t error;

	json_decref(root);
	scene = simulated_scene(&site);
	ck_assert(report_json(&scene, &sink));
	root = json_loadb(kept.text, kept.size, JSON_REJECT_DUPLICATES, &error);
	ck_assert_msg(root != NULL, "%s", error.text);
	kept_free(&kept);
}

/* The site after so many minutes, and its snapshot. */
static void
open_at(int64_t minutes)
{
	simulated_open(&site);
	simulated_run(&site, minutes);
	root = NULL;
	look();
}

static void
close_it(void)
{
	json_decref(root);
	simulated_close(&site);
}

static const json_t *
member(const char *way)
{
	const json_t *value = root;
	char step[32];

	for (int n; *way; way += n + (way[n] == '.')) {
		n = (int)strcspn(way, ".");
		snprintf(step, sizeof step, "%.*s", n, way);
		value = json_object_get(value, step);
		ck_assert_msg(value != NULL, "%s is not there", step);
	}
	return value;
}

/* A value as a field of a CSV, which a bare number of any kind is too. */
static void
as_field(const json_t *value, char *out, size_t room)
{
	size_t used = 0;

	*out = '\0';
	if (json_is_string(value))
		snprintf(out, room, "%s", json_string_value(value));
	else if (json_is_boolean(value))
		snprintf(out, room, "%s", json_is_true(value) ? "true" : "false");
	else if (json_is_integer(value))
		snprintf(out, room, "%lld", (long long)json_integer_value(value));
	for (size_t i = 0; i < json_array_size(value); i++)
		used += (size_t)snprintf(out + used, room - used, "%s%lld", i ? " " : "",
		                         (long long)json_integer_value(json_array_get(value, i)));
}

/* ---- JSON and CSV ---- */

/* One field off the front, as RFC 4180 reads it. */
static void
take_field(const char **text, char *out)
{
	bool quoted = **text == '"';
	const char *c = *text + quoted;

	for (; quoted ? *c != '"' || c[1] == '"' : *c != ',' && *c != '\r'; c++) {
		c += quoted && *c == '"';
		*out++ = *c;
	}
	*out = '\0';
	c += quoted;
	*text = c + (*c == '\r' ? 2 : 1);
}

/* clang-format off */
static const char *const ways[ENTITY_TABLES] = {
	[ENTITY_SENDS] = "sending.jobs", [ENTITY_SITES] = "sending.sites", [ENTITY_PACKAGES] = "packages",
	[ENTITY_THREADS] = "distribution.threads", [ENTITY_TRANSFERS] = "transfers", [ENTITY_FAILURES] = "failures",
	[ENTITY_ADVICE] = "advice", [ENTITY_LOGS] = "logs",
};
/* clang-format on */

/* The distribution points of all threads, one after the other; the caller frees it. */
static json_t *
rows_of(enum entity table)
{
	const json_t *threads = member("distribution.threads");
	json_t *rows = json_array();

	if (ways[table])
		json_array_extend(rows, (json_t *)member(ways[table]));
	for (size_t i = 0; !ways[table] && i < json_array_size(threads); i++)
		json_array_extend(rows, json_object_get(json_array_get(threads, i), "dps"));
	return rows;
}

static void
csv_agrees(enum entity table, size_t *fields)
{
	struct kept kept = { 0 };
	const struct sink sink = { keep_bytes, &kept };
	json_t *rows = rows_of(table);
	const struct field *column;
	const char *text;
	char field[8192], expected[8192];
	size_t row = 0;

	ck_assert(report_csv(&scene, table, &sink));
	text = strchr(kept.text, '\n') + 1;
	for (; *text; row++)
		for (size_t i = 0; (column = fields_in(table, FIELD_CSV, i)); i++) {
			const json_t *value = json_object_get(json_array_get(rows, row), column->name);

			take_field(&text, field);
			if (!value) /* the counts of DPs, which JSON has one by one */
				continue;
			as_field(value, expected, sizeof expected);
			ck_assert_msg(!strcmp(field, expected), "%s.%s: '%s' and '%s'", fields_of(table)->name,
			              column->name, field, expected);
			++*fields;
		}
	ck_assert_uint_eq(row, json_array_size(rows));
	json_decref(rows);
	kept_free(&kept);
}

START_TEST(every_column_of_a_csv_is_the_member_of_the_json)
{
	size_t fields[ENTITY_TABLES] = { 0 };

	open_at(20 + 33 * _i);
	for (int table = 0; table < ENTITY_TABLES; table++)
		csv_agrees((enum entity)table, &fields[table]);
	ck_assert(fields[ENTITY_SENDS] && fields[ENTITY_SITES] && fields[ENTITY_PACKAGES] && fields[ENTITY_LOGS]);
	close_it();
}
END_TEST

/* ---- JSON and a pane's export ---- */

static json_t *
exported(const char *key)
{
	struct ui_options options = { .sort_key = -1 };
	struct ui *ui = ui_new(&options);
	struct grid grid = { 0 };
	struct kept kept = { 0 };
	const struct sink sink = { keep_bytes, &kept };
	json_error_t error;
	json_t *out;

	ck_assert(ui && grid_resize(&grid, 200, 60));
	ui_draw(ui, &scene, &grid);
	ui_key(ui, &scene, *key);
	ui_export(ui, &scene, UI_FORMAT_JSON, &sink);
	out = json_loadb(kept.text, kept.size, 0, &error);
	ck_assert_msg(out != NULL, "%s: %s", error.text, kept.text);
	kept_free(&kept);
	grid_destroy(&grid);
	ui_free(ui);
	return out;
}

static const json_t *
row_with(const json_t *rows, const char *key, const json_t *value)
{
	char wanted[128], found[128];

	as_field(value, wanted, sizeof wanted);
	for (size_t i = 0; i < json_array_size(rows); i++) {
		as_field(json_object_get(json_array_get(rows, i), key), found, sizeof found);
		if (!strcmp(found, wanted))
			return json_array_get(rows, i);
	}
	ck_abort_msg("no row with %s %s", key, wanted);
	return NULL;
}

static bool
cell_agrees(const json_t *cell, const json_t *value)
{
	char field[512];

	if (json_is_number(cell) && json_is_array(value))
		return json_integer_value(cell) == (json_int_t)json_array_size(value);
	if (json_is_number(cell))
		return json_is_number(value) && fabs(json_number_value(cell) - json_number_value(value)) <= 0.5;
	if (json_is_null(cell))
		return json_is_null(value);
	as_field(value, field, sizeof field);
	return !strcmp(json_string_value(cell), field)
	       || (json_is_null(value) && strchr("?", *json_string_value(cell)));
}

/* The screen's word for a state goes on: "STALLED 22m", "queued, 12 ahead", "sending, resumed". */
static bool
state_agrees(const char *cell, const json_t *row)
{
	const char *state = json_string_value(json_object_get(row, "state"));

	if (json_is_true(json_object_get(row, "stalled")) || !strcmp(state, "stalled"))
		return strncmp(cell, "STALLED", 7) == 0;
	if (json_is_true(json_object_get(row, "throttled")))
		return strncmp(cell, "throttled", 9) == 0 || strncmp(cell, state, strlen(state)) == 0;
	return strncmp(cell, state, strlen(state)) == 0 || (!strcmp(state, "blocked") && !strncmp(cell, "closed", 6));
}

static size_t
export_agrees(const char *pane, enum entity table, const char *key)
{
	json_t *export = exported(pane), *rows = rows_of(table);
	const json_t *lines = json_object_get(export, "rows");
	size_t cells = 0;

	ck_assert_uint_eq(json_array_size(lines), json_array_size(rows));
	for (size_t i = 0; i < json_array_size(lines); i++) {
		json_t *line = json_array_get(lines, i), *cell;
		const json_t *row = row_with(rows, key, json_object_get(line, key));
		const char *name;

		json_object_foreach(line, name, cell)
		{
			const json_t *value = json_object_get(row, name);
			char told[512];

			if (!value || (!strcmp(name, "package") && !strcmp(json_string_value(cell), "replication")))
				continue;
			as_field(value, told, sizeof told);
			ck_assert_msg(!strcmp(name, "state") ? state_agrees(json_string_value(cell), row)
			                                     : cell_agrees(cell, value),
			              "%s.%s: %s", fields_of(table)->name, name, told);
			cells++;
		}
	}
	json_decref(export);
	json_decref(rows);
	return cells;
}

START_TEST(every_cell_of_an_export_is_the_member_of_the_json)
{
	open_at(20 + 33 * _i);
	ck_assert_uint_gt(export_agrees("1", ENTITY_SENDS, "thread"), 0);
	ck_assert_uint_gt(export_agrees("2", ENTITY_SITES, "site"), 0);
	ck_assert_uint_gt(export_agrees("5", ENTITY_PACKAGES, "package"), 0);
	export_agrees("6", ENTITY_TRANSFERS, "job");
	close_it();
}
END_TEST

/* What was reported: slots that a reading counted, although no send of that site has been seen. */
START_TEST(slots_without_a_send_are_used_in_every_output)
{
	static const char log[] = FRAMED("SMS_LAN_SENDER", "12:00:00.000+300", "100 (0x64)",
	                                 "Found send request.  ID: 2001XCS1, Dest Site: XS1~")
		FRAMED("SMS_LAN_SENDER", "12:00:00.100+300", "100 (0x64)",
	               "Checking for site-specific sending capacity.  Used 2 out of 3.~");

	simulated_open(&site);
	root = NULL;
	feed_model(site.parser[0], site.model, NULL, log, strlen(log));
	look();
	ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(member("sending.sites"), 0), "used")), 2);
	ck_assert_uint_gt(export_agrees("2", ENTITY_SITES, "site"), 0);
	close_it();
}
END_TEST

/* ---- JSON and the order of rows ---- */

/* The value that the row is sorted by, as JSON tells it; false: null, or no member. */
static bool
value_of(const json_t *row, const char *name, double *out)
{
	const json_t *value = json_object_get(row, name);

	*out = json_is_array(value) ? (double)json_array_size(value) : json_number_value(value);
	return json_is_number(value) || json_is_array(value);
}

/* Rows in an order: each value at least the one before it, or at most, and those that are not known at the end. */
static void
rises(json_t *const *rows, size_t count, const char *name, bool down)
{
	double before = 0, value;
	bool known = true, any = false;

	for (size_t i = 0; i < count; i++) {
		bool is = value_of(rows[i], name, &value);

		ck_assert_msg(known || !is, "%s: a value behind one that is not known", name);
		ck_assert_msg(!is || !any || (down ? value <= before : value >= before), "%s: %g after %g", name, value,
		              before);
		known = is;
		any |= is;
		before = is ? value : before;
	}
}

static const json_t *
row_of_job(const json_t *rows, const struct job *job)
{
	for (size_t i = 0; i < json_array_size(rows); i++)
		if (json_integer_value(json_object_get(json_array_get(rows, i), "thread")) == job->thread)
			return json_array_get(rows, i);
	return NULL;
}

static bool
is_member(const json_t *rows, const char *name)
{
	double value;

	return json_array_size(rows) > 0 && (json_object_get(json_array_get(rows, 0), name) != NULL)
	       && (value_of(json_array_get(rows, 0), name, &value)
	           || json_is_null(json_object_get(json_array_get(rows, 0), name)));
}

static json_t *
key_of_row(enum entity entity, const void *row)
{
	return entity == ENTITY_SITES ? json_string(((const struct site *)row)->code)
	                              : json_string(((const struct package *)row)->id);
}

static const json_t *
json_of_row(const json_t *rows, enum entity entity, const void *row)
{
	const json_t *out;
	json_t *value;

	if (entity == ENTITY_SENDS)
		return row_of_job(rows, row);
	value = key_of_row(entity, row);
	out = row_with(rows, entity == ENTITY_SITES ? "site" : "package", value);
	json_decref(value);
	return out;
}

static size_t
take_rows(enum entity entity, const void **rows, size_t most)
{
	size_t sites, packages, count = 0;
	const struct site *first_site = model_sites(site.model, &sites);
	const struct package *first_package = model_packages(site.model, &packages);
	const struct job *job = NULL;

	while (entity == ENTITY_SENDS && (job = model_next_job(site.model, job)))
		rows[count++] = job;
	for (size_t i = 0; entity == ENTITY_SITES && i < sites; i++)
		rows[count++] = &first_site[i];
	for (size_t i = 0; entity == ENTITY_PACKAGES && i < packages; i++)
		rows[count++] = &first_package[i];
	ck_assert_uint_le(count, most);
	return count;
}

static size_t
orders_agree(const json_t *rows, enum entity entity)
{
	const void *sorted[512];
	json_t *ordered[512];
	size_t count = take_rows(entity, sorted, 512), seen = 0;
	struct field_context of;
	const struct field *key;

	fields_context(&of, &scene, NULL);
	for (size_t k = 0; (key = fields_used(entity, FIELD_SORTS, k)); k++) {
		if (!is_member(rows, key->name) || !strcmp(key->name, "started"))
			continue;
		fields_sort(key, false, &of, sorted, count);
		for (size_t i = 0; i < count; i++)
			ordered[i] = (json_t *)json_of_row(rows, entity, sorted[i]);
		rises(ordered, count, key->name, key->down);
		seen++;
	}
	return seen;
}

START_TEST(every_order_goes_by_the_member_of_the_json)
{
	open_at(20 + 33 * _i);
	ck_assert_uint_ge(orders_agree(member("sending.jobs"), ENTITY_SENDS), 5);
	ck_assert_uint_ge(orders_agree(member("sending.sites"), ENTITY_SITES), 6);
	ck_assert_uint_ge(orders_agree(member("packages"), ENTITY_PACKAGES), 6);
	close_it();
}
END_TEST

/* ---- JSON, metrics and checks ---- */

/* Rows of a list whose member has the value. */
static double
rows_with(const char *way, const char *name, const char *value)
{
	const json_t *rows = member(way);
	char field[512];
	double count = 0;

	for (size_t i = 0; i < json_array_size(rows); i++) {
		as_field(json_object_get(json_array_get(rows, i), name), field, sizeof field);
		count += !strcmp(field, value);
	}
	return count;
}

/* A figure out of a text of "name value" lines, or of "name=value" words; NAN: none, or not known. */
static double
figure(const char *text, const char *before, const char *name, const char *after)
{
	char start[128];
	const char *found;

	snprintf(start, sizeof start, "%s%s%s", before, name, after);
	found = strstr(text, start);
	return found && found[strlen(start)] != 'U' ? atof(found + strlen(start)) : (double)NAN;
}

static void
expect_figure(const char *name, double value, const json_t *expected)
{
	ck_assert_msg(json_is_null(expected) ? isnan(value) : fabs(value - json_number_value(expected)) <= 0.5,
	              "%s: %g", name, value);
}

static void
expect_count(const char *name, double value, double expected, bool known)
{
	ck_assert_msg(known ? value >= expected && value <= expected : isnan(value), "%s: %g and %g", name, value,
	              expected);
}

static void
metrics_agree(const char *text)
{
	/* clang-format off */
	static const struct { const char *metric, *way; } pairs[] = {
		{ "sending_slots_used", "sending.used" }, { "sending_slots_limit", "sending.capacity" },
		{ "sending_slots_unseen", "sending.unseen" }, { "sends_running", "backlog.running" },
		{ "sends_waiting", "backlog.waiting" }, { "backlog_bytes", "backlog.bytes_left" },
		{ "backlog_unsized_sends", "backlog.bytes_unknown" }, { "sends_done_total", "sending.done" },
		{ "sends_failed_total", "sending.failed" }, { "sent_bytes_total", "sending.bytes" },
		{ "package_threads_used", "distribution.used" }, { "package_threads_limit", "distribution.capacity" },
		{ "packages_done_total", "distribution.done" }, { "packages_failed_total", "distribution.failed" },
		{ "packages_ended_total", "distribution.ended" }, { "dps_ended_total", "distribution.dps_ended" },
	};
	/* clang-format on */
	bool seen = model_transfer_counts(site.model).seen;

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		expect_figure(pairs[i].metric, figure(text, "\ncmtop_", pairs[i].metric, " "), member(pairs[i].way));
	expect_count("queued", figure(text, "\ncmtop_", "packages_queued", " "),
	             (double)json_array_size(member("distribution.queued")), true);
	expect_count("stalled", figure(text, "\ncmtop_", "sends_stalled", " "),
	             rows_with("sending.jobs", "stalled", "true"), true);
	expect_count("running", figure(text, "\ncmtop_", "transfers_running", " "),
	             rows_with("transfers", "state", "sending"), seen);
	expect_count("retry", figure(text, "\ncmtop_", "transfers_retrying", " "),
	             rows_with("transfers", "state", "retry"), seen);
	expect_count("failed", figure(text, "\ncmtop_", "transfers_failed", " "),
	             rows_with("transfers", "state", "failed"), seen);
	expect_count("still", figure(text, "\ncmtop_", "transfers_stalled", " "),
	             rows_with("transfers", "stalled", "true"), seen);
	expect_count("threads", figure(text, "\ncmtop_", "package_threads_stalled", " "),
	             rows_with("distribution.threads", "stalled", "true"), model_distribution(site.model).seen);
}

static void
checks_agree(const char *text)
{
	/* clang-format off */
	static const struct { const char *figure, *way; } pairs[] = {
		{ "waiting", "backlog.waiting" }, { "used", "sending.used" }, { "capacity", "sending.capacity" },
		{ "failed", "sending.failed" }, { "done_per_hour", "backlog.done_per_hour" },
	};
	/* clang-format on */
	bool seen = model_transfer_counts(site.model).seen;
	double eta = figure(text, " ", "eta", "=");

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		expect_figure(pairs[i].figure, figure(text, " ", pairs[i].figure, "="), member(pairs[i].way));
	expect_figure("eta", eta, member("backlog.eta"));
	expect_count("stalled", figure(text, " ", "stalled", "="), rows_with("sending.jobs", "stalled", "true"), true);
	expect_count("transfers", figure(text, " ", "transfers", "="), rows_with("transfers", "state", "sending"),
	             seen);
	expect_count("transfers_failed", figure(text, " ", "transfers_failed", "="),
	             rows_with("transfers", "state", "failed"), seen);
	expect_count("transfers_stalled", figure(text, " ", "transfers_stalled", "="),
	             rows_with("transfers", "stalled", "true"), seen);
	expect_count("threads_stalled", figure(text, " ", "threads_stalled", "="),
	             rows_with("distribution.threads", "stalled", "true"), model_distribution(site.model).seen);
}

START_TEST(metrics_and_checks_have_the_figures_of_the_json)
{
	struct kept kept = { 0 };
	const struct sink sink = { keep_bytes, &kept };
	struct check_error error;
	struct check *check = check_new(SPAN("waiting>=0"), &error);

	open_at(20 + 33 * _i);
	ck_assert(report_metrics(&scene, &sink));
	metrics_agree(kept.text);
	kept.size = 0;
	check_report(check, &scene, scene.now, &sink);
	checks_agree(kept.text);
	check_free(check);
	kept_free(&kept);
	close_it();
}
END_TEST

#define MOMENTS 4

int
main(void)
{
	Suite *suite = suite_create("outputs_agree");
	TCase *tcase = tcase_create("outputs_agree");

	tcase_set_timeout(tcase, 20);
	tcase_add_loop_test(tcase, every_column_of_a_csv_is_the_member_of_the_json, 0, MOMENTS);
	tcase_add_loop_test(tcase, every_cell_of_an_export_is_the_member_of_the_json, 0, MOMENTS);
	tcase_add_test(tcase, slots_without_a_send_are_used_in_every_output);
	tcase_add_loop_test(tcase, every_order_goes_by_the_member_of_the_json, 0, MOMENTS);
	tcase_add_loop_test(tcase, metrics_and_checks_have_the_figures_of_the_json, 0, MOMENTS);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
