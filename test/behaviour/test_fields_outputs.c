/*
 * Every field through every output: what value() says of a row is what JSON, CSV, the
 * metrics and --check say of it, and none of them says more.
 */
#include <jansson.h>
#include <math.h>

#include "cmtop/check.h"
#include "cmtop/report.h"
#include "field_rows.h"
#include "run_suite.h"

static struct kept kept;
static const struct sink sink = { keep_bytes, &kept };

/* ---- JSON ---- */

static json_t *
snapshot(void)
{
	json_error_t error;
	json_t *root;

	kept.size = 0;
	ck_assert(report_json(&scene, &sink));
	root = json_loadb(kept.text, kept.size, JSON_REJECT_DUPLICATES, &error);
	ck_assert_msg(root != NULL, "%s", error.text);
	return root;
}

static void
json_is(const json_t *json, const struct field *field, const struct value *value)
{
	char text[VALUE_TEXT_MOST];

	ck_assert_msg(json != NULL, "%s is not in the JSON", field->name);
	switch (value->kind) {
	case VALUE_UNKNOWN:
	case VALUE_NEVER: ck_assert_msg(json_is_null(json), "%s", field->name); break;
	case VALUE_FLAG: ck_assert_msg(json_is_true(json) == value->integer, "%s", field->name); break;
	case VALUE_INTEGER: ck_assert_int_eq(json_integer_value(json), value->integer); break;
	case VALUE_REAL:
		if (field->unit == UNIT_PER_HOUR)
			ck_assert_msg(fabs(json_number_value(json) - value->real) <= 0.005, "%s", field->name);
		else
			ck_assert_int_eq(json_integer_value(json), llround(value->real));
		break;
	case VALUE_LIST:
		ck_assert_uint_eq(json_array_size(json), (size_t)value->integer);
		for (size_t i = 0; i < json_array_size(json); i++)
			ck_assert_int_eq(json_integer_value(json_array_get(json, i)), value->list[i]);
		break;
	default: ck_assert_str_eq(json_string_value(json), value_text(value, text)); break;
	}
}

/* An object holds the fields of the entity, or of its group, and so many members besides. */
static void
object_is(const json_t *object, enum entity entity, const char *group, const void *row, size_t besides)
{
	const struct field *field;
	size_t count = 0;

	for (size_t i = 0; (field = fields_in(entity, FIELD_JSON, i)); i++) {
		struct value value;

		if (group && strcmp(field->group, group) != 0)
			continue;
		value = field->value(&of, row);
		json_is(json_object_get(object, field->name), field, &value);
		count++;
	}
	ck_assert_msg(json_object_size(object) == count + besides, "%s has %zu members, not %zu",
	              group ? group : fields_of(entity)->name, json_object_size(object), count + besides);
}

static void
list_is(const json_t *list, enum entity entity, size_t besides)
{
	const void *rows[ROWS_MOST];
	size_t count = take_rows(entity, rows);

	ck_assert_uint_eq(json_array_size(list), count);
	for (size_t i = 0; i < count; i++)
		object_is(json_array_get(list, i), entity, NULL, rows[i], besides);
}

static void
dps_are(const json_t *threads)
{
	const void *rows[ROWS_MOST];
	size_t count = take_dps(rows), at = 0;

	for (size_t i = 0; i < json_array_size(threads); i++) {
		const json_t *list = json_object_get(json_array_get(threads, i), "dps");

		for (size_t k = 0; k < json_array_size(list); k++)
			object_is(json_array_get(list, k), ENTITY_DPS, NULL, rows[at++], 0);
	}
	ck_assert_uint_eq(at, count);
}

START_TEST(json_says_every_field_and_nothing_else)
{
	open_moment(_i);
	json_t *root = snapshot();
	const json_t *sending = json_object_get(root, "sending"), *backlog = json_object_get(root, "backlog");
	const json_t *distribution = json_object_get(root, "distribution"),
		     *upgrades = json_object_get(root, "dp_upgrades");

	list_is(json_object_get(root, "logs"), ENTITY_LOGS, 0);
	list_is(json_object_get(sending, "jobs"), ENTITY_SENDS, 0);
	list_is(json_object_get(sending, "sites"), ENTITY_SITES, 0);
	list_is(json_object_get(distribution, "threads"), ENTITY_THREADS, 1);
	dps_are(json_object_get(distribution, "threads"));
	list_is(json_object_get(root, "packages"), ENTITY_PACKAGES, 0);
	list_is(json_object_get(root, "transfers"), ENTITY_TRANSFERS, 0);
	list_is(json_object_get(root, "failures"), ENTITY_FAILURES, 0);
	list_is(json_object_get(root, "advice"), ENTITY_ADVICE, 0);

	object_is(sending, ENTITY_SERVER, "sending", NULL, 2);                               /* jobs, sites */
	object_is(distribution, ENTITY_SERVER, "distribution", NULL, 2);                     /* queued, threads */
	object_is(backlog, ENTITY_SERVER, "backlog", NULL, 1);                               /* forecast */
	object_is(json_object_get(backlog, "forecast"), ENTITY_SERVER, "forecast", NULL, 1); /* range */
	if (json_is_object(upgrades))
		object_is(upgrades, ENTITY_SERVER, "dp_upgrades", NULL, 0);
	ck_assert(json_is_null(upgrades) == !of.upgrades.seen);
	json_decref(root);
	kept_free(&kept);
	close_moment();
}
END_TEST

/* ---- CSV ---- */

/* One field off the front, as RFC 4180 reads it; an apostrophe marks what a spreadsheet would calculate. */
static void
take_field(const char **text, char *out)
{
	bool quoted = **text == '"';
	const char *c = *text + quoted;

	c += quoted && *c == '\'' && strchr("=+-@", c[1]);
	for (; quoted ? *c != '"' || c[1] == '"' : *c != ',' && *c != '\r'; c++) {
		c += quoted && *c == '"';
		*out++ = *c;
	}
	*out = '\0';
	c += quoted;
	*text = c + (*c == '\r' ? 2 : 1);
}

START_TEST(csv_says_every_field_and_nothing_else)
{
	const void *rows[ROWS_MOST];
	const struct field *field;
	char cell[8192], text[VALUE_TEXT_MOST];

	open_moment(_i);
	for (int entity = 0; entity < ENTITY_TABLES; entity++) {
		size_t count = take_rows((enum entity)entity, rows);
		const char *at;

		kept.size = 0;
		ck_assert(report_csv(&scene, (enum entity)entity, &sink));
		at = kept.text;
		for (size_t i = 0; (field = fields_in((enum entity)entity, FIELD_CSV, i)); i++) {
			take_field(&at, cell);
			ck_assert_str_eq(cell, field->name);
		}
		for (size_t r = 0; r < count; r++)
			for (size_t i = 0; (field = fields_in((enum entity)entity, FIELD_CSV, i)); i++) {
				struct value value = field->value(&of, rows[r]);

				take_field(&at, cell);
				ck_assert_str_eq(cell, value_text(&value, text));
			}
		ck_assert_str_eq(at, "");
	}
	kept_free(&kept);
	close_moment();
}
END_TEST

/* ---- metrics ---- */

static void
number_text(double number, char out[64])
{
	if (isinf(number))
		strcpy(out, "+Inf");
	else
		snprintf(out, 64, number == floor(number) ? "%.0f" : "%.3f", number);
}

/* Two files may hold the same log, and the second has another label. */
static bool
is_copy(const struct log_status *log)
{
	for (const struct log_status *other = scene.logs; other < log; other++)
		if (!strcmp(other->name, log->name))
			return true;
	return false;
}

static void
metric_is(enum entity entity, const struct field *field, const void *row)
{
	struct value value = (field->metric_value ? field->metric_value : field->value)(&of, row);
	const char *name = field_use_name(field, &field->metric);
	char label[64] = "", begin[128], line[256], number[64];

	if (entity == ENTITY_SITES)
		snprintf(label, sizeof label, "{site=\"%s\"}", ((const struct site *)row)->code);
	else if (entity == ENTITY_LOGS)
		snprintf(label, sizeof label, "{log=\"%s\"}", ((const struct log_status *)row)->name);
	snprintf(begin, sizeof begin, "\ncmtop_%s%s ", name, label);
	number_text(value_number(&value), number);
	snprintf(line, sizeof line, "%s%s\n", begin, number);
	ck_assert_msg(isnan(value_number(&value)) ? !strstr(kept.text, begin) : !!strstr(kept.text, line),
	              "cmtop_%s%s is not %s", name, label, number);
}

START_TEST(the_metrics_say_every_field_that_serves_there)
{
	static const enum entity entities[] = { ENTITY_SERVER, ENTITY_SITES, ENTITY_LOGS };
	const void *rows[ROWS_MOST];

	open_moment(_i);
	ck_assert(report_metrics(&scene, &sink));
	for (int entity = 0; entity < ENTITY_TABLES; entity++)
		ck_assert(entity == ENTITY_SITES || entity == ENTITY_LOGS
		          || !fields_used((enum entity)entity, FIELD_METRICS, 0));
	for (size_t e = 0; e < sizeof entities / sizeof *entities; e++) {
		const struct field *field;
		size_t count = take_rows(entities[e], rows);

		for (size_t i = 0; (field = fields_used(entities[e], FIELD_METRICS, i)); i++)
			for (size_t r = 0; r < count; r++)
				if (entities[e] != ENTITY_LOGS || !is_copy(rows[r]))
					metric_is(entities[e], field, rows[r]);
	}
	kept_free(&kept);
	close_moment();
}
END_TEST

/* ---- --check ---- */

START_TEST(the_check_says_every_figure)
{
	const struct field *field;
	struct check_error error;
	struct check *check = check_new(SPAN("used>=0"), &error);

	open_moment(_i);
	of.clock = scene.now == WHEN_NONE ? WHEN_NONE : scene.now + 90 * WHEN_SECOND;
	check_report(check, &scene, of.clock, &sink);
	for (size_t i = 0; (field = fields_used(ENTITY_SERVER, FIELD_CHECKS, i)); i++) {
		struct value value = field->value(&of, NULL);
		double number = value_number(&value);
		char part[128];

		if (isfinite(number))
			snprintf(part, sizeof part, " %s=%.*f%s;", field_use_name(field, &field->check),
			         number == floor(number) ? 0 : 2, number, field->unit == UNIT_SECONDS ? "s" : "");
		else
			snprintf(part, sizeof part, " %s=U;", field_use_name(field, &field->check));
		ck_assert_msg(strstr(kept.text, part), "%s is not in: %s", part, kept.text);
	}
	check_free(check);
	kept_free(&kept);
	close_moment();
}
END_TEST

static Suite *
fields_suite(void)
{
	Suite *s = suite_create("fields_outputs");
	TCase *tc = tcase_create("fields_outputs");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, json_says_every_field_and_nothing_else, 0, MOMENTS);
	tcase_add_loop_test(tc, csv_says_every_field_and_nothing_else, 0, MOMENTS);
	tcase_add_loop_test(tc, the_metrics_say_every_field_that_serves_there, 0, MOMENTS);
	tcase_add_loop_test(tc, the_check_says_every_figure, 0, MOMENTS);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(fields_suite());
}
