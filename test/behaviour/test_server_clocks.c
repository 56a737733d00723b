/*
 * A site's day as servers write it whose clocks are wrong, are set meanwhile, or tell another zone: all figures are
 * those of the same day by a good clock, whether the logs are read whole or as they grow.
 */
#include <jansson.h>
#include <math.h>

#include "cmtop/ingest.h"
#include "cmtop/report.h"
#include "cmtop/scene.h"
#include "cmtop/sim.h"
#include "kept_text.h"
#include "run_suite.h"

#define START      INT64_C(1792976400000) /* 2026-10-26 01:00 UTC */
#define HOURS      2
#define EVERY      900 /* records of sender.log from one look to the next */
#define LOOKS_MOST 400
#define STEPS_MOST 4
#define NEAR       (2 * WHEN_SECOND)

enum form { FORM_BIAS, FORM_ZONE_NAME, FORM_NO_NAME };

struct world {
	int64_t ahead; /* of the good clock */
	int bias;
	enum form form;
	struct step {
		int64_t after, by; /* milliseconds */
		bool zone;         /* it is the end or the beginning of summer time */
	} step[STEPS_MOST];
	bool live;
	unsigned seed; /* of how late lines are read */
};

/* A line, and when it was written by a good clock. */
struct line {
	int64_t at;
	enum sim_log log;
	size_t begin, size; /* in `text` */
};

static struct day {
	struct kept text;
	struct line *line;
	size_t count, room;
} day;

/* What was seen of a world: the snapshot at each look, and when that was by a good clock. */
struct seen {
	json_t *look[LOOKS_MOST];
	int64_t at[LOOKS_MOST], newest[LOOKS_MOST];
	size_t count;
};

static void
put(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	(void)payload;
	if (day.count == day.room) {
		day.room = day.room ? 2 * day.room : 4096;
		day.line = realloc(day.line, day.room * sizeof *day.line);
		ck_assert_ptr_nonnull(day.line);
	}
	day.line[day.count++] = (struct line){ at, log, day.text.size, size };
	keep_bytes(&day.text, bytes, size);
}

/* The site itself lives by a good clock: only what its server writes of the time differs. */
static void
live_a_day(const struct world *world)
{
	const struct sim_options options = { .seed = 11,
		                             .start = START + world->ahead,
		                             .bias = world->bias,
		                             .sites = 10,
		                             .backlog = 200,
		                             .speed = 400000,
		                             .all_sites_line = true };
	const struct sim_sink sink = { put, NULL };
	struct sim *sim = sim_new(&options);

	kept_free(&day.text);
	day.count = 0;
	sim_run(sim, options.start + HOURS * WHEN_HOUR, &sink);
	sim_free(sim);
	for (size_t i = 0; i < day.count; i++)
		day.line[i].at -= world->ahead;
}

/* ---- what the server writes ---- */

static int64_t
set_by(const struct world *world, int64_t at, bool zone)
{
	int64_t by = 0;

	for (int i = 0; i < STEPS_MOST; i++)
		if (world->step[i].by && world->step[i].zone == zone && at >= START + world->step[i].after)
			by += world->step[i].by;
	return by;
}

static bool
is_autumn(const struct world *world)
{
	return !world->step[0].zone || world->step[0].by < 0;
}

static size_t
frame_in_old_form(const struct world *world, int64_t own, bool summer, char *out)
{
	static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil c = when_civil(own);

	return (size_t)sprintf(out, "%s %s %02d %02d:%02d:%02d.%03d %d%s", days[own / WHEN_DAY % 7],
	                       months[c.month - 1], c.day, c.hour, c.minute, c.second, c.milli, c.year,
	                       world->form == FORM_NO_NAME ? ""
	                       : summer                    ? " W. Europe Daylight Time"
	                                                   : " W. Europe Standard Time");
}

/* A time that the text announces is one of the server's clock, too. Returns how long the text is then. */
static size_t
announced_as_written(const char *text, size_t size, int64_t by, char *out)
{
	static const char words[] = "Restart time = ";
	char time[40] = "", half[3];
	struct civil c = { 0 };
	size_t at = 0, used;
	int end;

	while (at + sizeof words < size && memcmp(text + at, words, sizeof words - 1) != 0)
		at++;
	memcpy(out, text, size);
	if (by == 0 || at + sizeof words >= size)
		return size;
	at += sizeof words - 1;
	memcpy(time, text + at, size - at < sizeof time - 1 ? size - at : sizeof time - 1);
	ck_assert_int_eq(sscanf(time, "%d/%d/%d %d:%d:%d %2s%n", &c.month, &c.day, &c.year, &c.hour, &c.minute,
	                        &c.second, half, &end),
	                 7);
	c.hour = c.hour % 12 + (half[0] == 'P' ? 12 : 0);
	c = when_civil(when_from(&c) + by);
	used = at
	       + (size_t)sprintf(out + at, "%d/%d/%d %d:%02d:%02d %s", c.month, c.day, c.year, (c.hour + 11) % 12 + 1,
	                         c.minute, c.second, c.hour < 12 ? "AM" : "PM");
	memcpy(out + used, text + at + end, size - at - (size_t)end);
	return used + size - at - (size_t)end;
}

/* The line as this server writes it: only its times differ. */
static size_t
as_written(const struct world *world, const struct line *line, char *out)
{
	const char *text = day.text.text + line->begin, *frame = NULL, *end;
	int64_t own, zone, set;
	struct civil c = { 0 };
	char text_of_time[32] = "";
	size_t size;
	int bias;

	for (const char *at = text; at + 3 < text + line->size; at++)
		if (at[0] == '>' && at[1] == '<' && at[2] >= '0' && at[2] <= '9')
			frame = at + 2;
	ck_assert_ptr_nonnull(frame);
	memcpy(text_of_time, frame, sizeof text_of_time - 1); /* sscanf() would look for the end of all of the text */
	ck_assert_int_eq(sscanf(text_of_time, "%2d-%2d-%4d %2d:%2d:%2d.%3d%d", &c.month, &c.day, &c.year, &c.hour,
	                        &c.minute, &c.second, &c.milli, &bias),
	                 8);
	end = strchr(frame, '>');
	own = when_from(&c) + bias * WHEN_MINUTE; /* UTC by the server's clock, without its steps */
	zone = set_by(world, own - world->ahead, true);
	set = set_by(world, own - world->ahead, false);
	own += set;
	size = announced_as_written(text, (size_t)(frame - text), zone + set, out);
	own -= world->bias * WHEN_MINUTE;
	if (world->form == FORM_BIAS) {
		c = when_civil(own);
		size += (size_t)sprintf(out + size, "%02d-%02d-%04d %02d:%02d:%02d.%03d%+d", c.month, c.day, c.year,
		                        c.hour, c.minute, c.second, c.milli, world->bias);
	} else {
		size += frame_in_old_form(world, own + zone, (zone == 0) == is_autumn(world), out + size);
	}
	memcpy(out + size, end, line->size - (size_t)(end - text));
	return size + line->size - (size_t)(end - text);
}

/* ---- reading it ---- */

static struct reading {
	struct ingest *ingest;
	struct seen *seen;
	struct kept bytes[SIM_LOG_COUNT];
	const struct line *next; /* of sender.log, among those read */
	size_t records;
	bool given[SIM_LOG_COUNT];
} reading;

static void
more(void *payload, size_t log)
{
	(void)payload;
	if (!reading.given[log])
		ingest_end(reading.ingest, log);
	reading.given[log] = true;
}

static void
look(int64_t at)
{
	struct seen *seen = reading.seen;
	struct log_status logs[SIM_LOG_COUNT];
	struct kept kept = { 0 };
	struct sink sink = { keep_bytes, &kept };
	struct scene scene = { .model = ingest_model(reading.ingest), .logs = logs, .log_count = 0 };

	scene.now = model_newest(scene.model);
	ck_assert(report_json(&scene, &sink));
	ck_assert_uint_lt(seen->count, LOOKS_MOST);
	seen->at[seen->count] = at;
	seen->newest[seen->count] = scene.now;
	seen->look[seen->count++] = json_loads(kept.text, 0, NULL);
	kept_free(&kept);
}

static void
applied(void *payload, const struct event *event, const struct event *logged)
{
	(void)payload, (void)logged;
	if (event->log != SIM_SENDER)
		return;
	while (reading.next->log != SIM_SENDER)
		reading.next++;
	if (++reading.records % EVERY == 0)
		look(reading.next->at);
	reading.next++;
}

static void
read_as_it_grows(const struct world *world)
{
	char text[4096];
	unsigned seed = world->seed;

	for (size_t i = 0; i < SIM_LOG_COUNT; i++)
		ingest_live(reading.ingest, i, WHEN_NONE);
	for (size_t i = 0; i < day.count; i++) {
		const struct line *line = &day.line[i];
		int64_t late = (int64_t)((seed = seed * 1103515245 + 12345) >> 16) % 800;

		reading.given[line->log] = true;
		ingest_arriving(reading.ingest, line->log, line->at + late - START + 1000000);
		ingest_append(reading.ingest, line->log, text, as_written(world, line, text));
		ingest_pump(reading.ingest);
	}
}

static void
read_files(const struct world *world)
{
	char text[4096];

	for (size_t i = 0; i < day.count; i++)
		keep_bytes(&reading.bytes[day.line[i].log], text, as_written(world, &day.line[i], text));
	for (size_t i = 0; i < SIM_LOG_COUNT; i++)
		ingest_append(reading.ingest, i, reading.bytes[i].text, reading.bytes[i].size);
	ingest_pump(reading.ingest);
}

static void
see(const struct world *world, struct seen *out)
{
	const struct ingest_options options = { .logs = SIM_LOG_COUNT, .model = true };
	const struct ingest_events events = { .more = more, .applied = applied };

	*out = (struct seen){ .count = 0 };
	live_a_day(world);
	reading = (struct reading){ .ingest = ingest_new(&options, &events), .seen = out, .next = day.line };
	if (world->live)
		read_as_it_grows(world);
	else
		read_files(world);
	ingest_free(reading.ingest);
	for (size_t i = 0; i < SIM_LOG_COUNT; i++)
		kept_free(&reading.bytes[i]);
}

static void
forget(struct seen *seen)
{
	for (size_t i = 0; i < seen->count; i++)
		json_decref(seen->look[i]);
	seen->count = 0;
}

/* ---- the comparison ---- */

struct comparison {
	int64_t later; /* what the other's times are later by; WHEN_NONE: not compared */
	double part;   /* numbers may differ by this part, and by `by` */
	double by;
	bool forecast;  /* what is foretold is compared, too */
	int may_differ; /* looks: at their moment something may end, which is a little earlier or later here */
	bool differs;   /* this one does, */
	char why[600];  /* … and the first that did, why */
	char path[256];
};

static void
differ(struct comparison *how, const char *one, const char *other)
{
	how->differs = true;
	if (!how->why[0])
		snprintf(how->why, sizeof how->why, "%s: %.150s and %.150s", how->path, one, other);
}

static void same(struct comparison *how, const json_t *one, const json_t *other);

static bool
is_foretold(const char *key)
{
	static const char *const keys[] = { "eta", "what_if", "advice", "forecast", "due_per_hour" };

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (!strcmp(keys[i], key))
			return true;
	return false;
}

/* Texts that name a time, which is that of another clock. */
static bool
is_of_clock(const char *key)
{
	return !strcmp(key, "retry") || !strcmp(key, "retry_text") || !strcmp(key, "restart") || !strcmp(key, "text")
	       || !strcmp(key, "restart_text") || !strcmp(key, "until");
}

static void
same_members(struct comparison *how, const json_t *one, const json_t *other)
{
	const char *key;
	json_t *value;
	size_t size = strlen(how->path);

	json_object_foreach((json_t *)one, key, value)
	{
		if ((!how->forecast && is_foretold(key)) || is_of_clock(key))
			continue;
		snprintf(how->path + size, sizeof how->path - size, ".%s", key);
		same(how, value, json_object_get(other, key));
		how->path[size] = '\0';
	}
}

static void
same_numbers(struct comparison *how, double one, double other)
{
	char texts[2][40];

	snprintf(texts[0], sizeof texts[0], "%.10g", one);
	snprintf(texts[1], sizeof texts[1], "%.10g", other);
	if (fabs(one - other) > how->by + how->part * fmax(fabs(one), fabs(other)))
		differ(how, texts[0], texts[1]);
}

static void
same_texts(struct comparison *how, const char *one, const char *other)
{
	int64_t a, b;
	char text[40];

	snprintf(text, sizeof text, "%s%s", other, strchr(other, 'Z') ? "" : "Z");
	if (when_parse(span_of(one), &a) && when_parse(span_of(text), &b)) {
		if (how->later != WHEN_NONE && b - a != how->later)
			differ(how, one, other);
	} else if (strcmp(one, other) != 0) {
		differ(how, one, other);
	}
}

static const char *
last_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot ? dot : "";
}

static void
same(struct comparison *how, const json_t *one, const json_t *other)
{
	size_t size = strlen(how->path);

	if (!one || !other
	    || (json_typeof(one) != json_typeof(other) && !(json_is_number(one) && json_is_number(other)))) {
		differ(how, "one kind", "another");
		return;
	}
	if (how->later == WHEN_NONE && !strcmp(last_of(how->path), ".ahead")) {
		/* Goes by the order of lines of several logs that came at once. */
	} else if (json_is_object(one)) {
		same_members(how, one, other);
	} else if (json_is_array(one) && how->later == WHEN_NONE && !strcmp(last_of(how->path), ".transfers")) {
		/* Those that are done stay for an hour: one may be gone a moment earlier. */
		ck_assert_int_le(llabs((long long)json_array_size(one) - (long long)json_array_size(other)), 3);
	} else if (json_is_array(one)) {
		if (json_array_size(one) != json_array_size(other)) {
			differ(how, "so many", "others");
			return;
		}
		for (size_t i = 0; i < json_array_size(one); i++) {
			snprintf(how->path + size, sizeof how->path - size, "[%zu]", i);
			same(how, json_array_get(one, i), json_array_get(other, i));
			how->path[size] = '\0';
		}
	} else if (how->later == WHEN_NONE && json_is_number(one) && !strcmp(last_of(how->path), ".rate")) {
		/* Of fifteen whole seconds, so of one block more or less. */
	} else if (json_is_number(one)) {
		same_numbers(how, json_number_value(one), json_number_value(other));
	} else if (json_is_string(one)) {
		same_texts(how, json_string_value(one), json_string_value(other));
	}
}

/* Of so many worlds how many are looked at. */
static size_t
worlds(size_t all)
{
	size_t asked = (size_t)asked_for("CLOCK_WORLDS", 1);

	return asked < all ? asked : all;
}

static struct seen good;

static void
see_a_good_clock(void)
{
	const struct world world = { .bias = 240 };

	see(&world, &good);
	ck_assert_uint_gt(good.count, 20);
}

static void
forget_it(void)
{
	forget(&good);
	kept_free(&day.text);
	free(day.line);
	day = (struct day){ .count = 0 };
}

/* Logs are merged by times that a step leaves wrong by what passed between two lines: what comes at once may change places. */
static bool
others_write_at(int64_t at)
{
	size_t from = 0, to = day.count;

	while (from < to) {
		size_t middle = (from + to) / 2;

		if (day.line[middle].at < at - NEAR)
			from = middle + 1;
		else
			to = middle;
	}
	for (; from < day.count && day.line[from].at <= at + NEAR; from++)
		if (day.line[from].log != SIM_SENDER)
			return true;
	return false;
}

static bool
is_near_a_step(const struct world *world, int64_t at)
{
	for (int i = 0; i < STEPS_MOST; i++)
		if (world->step[i].by && llabs(at - START - world->step[i].after) < WHEN_MINUTE)
			return true;
	return false;
}

/* All looks are as those by a good clock, but for the minute around a step. */
static void
must_be_like_good(const struct world *world, struct comparison how)
{
	struct seen seen;
	size_t compared = 0;
	int differing = 0;

	see(world, &seen);
	ck_assert_uint_eq(seen.count, good.count);
	for (size_t i = 0; i < seen.count; i++) {
		snprintf(how.path, sizeof how.path, "look %zu, %lld s: ", i, (long long)(good.at[i] - START) / 1000);
		if (is_near_a_step(world, good.at[i]) || (world->step[0].by && others_write_at(good.at[i])))
			continue;
		compared++;
		how.differs = false;
		same(&how, good.look[i], seen.look[i]);
		differing += how.differs;
	}
	ck_assert_uint_gt(compared, 5);
	ck_assert_msg(differing <= how.may_differ, "%d of %zu looks, the first: %s", differing, compared, how.why);
	forget(&seen);
}

START_TEST(a_clock_that_is_wrong_by_days_changes_no_figure)
{
	static const int days[] = { -3650, -1, 1, 400 };

	for (size_t i = 0; i < worlds(sizeof days / sizeof *days); i++) {
		struct world world = { .bias = 240, .ahead = days[i] * WHEN_DAY };

		must_be_like_good(&world, (struct comparison){ .later = world.ahead, .forecast = true });
	}
}
END_TEST

START_TEST(a_clock_that_is_wrong_changes_nothing_but_what_is_foretold)
{
	static const int64_t ahead[] = { 1234567, -5 * WHEN_MINUTE, 5 * WHEN_MINUTE, -17 * WHEN_HOUR - 1 };

	for (size_t i = 0; i < worlds(sizeof ahead / sizeof *ahead); i++) {
		struct world world = { .bias = 240, .ahead = ahead[i] };

		must_be_like_good(&world, (struct comparison){ .later = world.ahead });
	}
}
END_TEST

START_TEST(the_zone_of_the_server_changes_no_figure)
{
	static const int biases[] = { -345, 0, -60, -330, 720, -840, 570 };

	for (size_t i = 0; i < worlds(sizeof biases / sizeof *biases); i++) {
		struct world world = { .bias = biases[i] };

		must_be_like_good(&world, (struct comparison){ .later = 0, .forecast = true });
	}
}
END_TEST

START_TEST(local_time_without_a_bias_changes_no_figure)
{
	struct world world = { .bias = 240, .form = FORM_ZONE_NAME };

	must_be_like_good(&world, (struct comparison){ .later = -240 * WHEN_MINUTE, .forecast = true });
	world.form = FORM_NO_NAME;
	must_be_like_good(&world, (struct comparison){ .later = -240 * WHEN_MINUTE, .forecast = true });
}
END_TEST

/* What is left of a step is what passed between two lines. */
#define AFTER_A_STEP \
	{ \
		.later = WHEN_NONE, .part = 0.05, .by = 3 \
	}

static void
must_survive(struct world world)
{
	must_be_like_good(&world, (struct comparison)AFTER_A_STEP);
}

START_TEST(a_clock_that_is_set_back_changes_no_figure_of_whole_files)
{
	static const int64_t by[] = { 6 * WHEN_SECOND, 30 * WHEN_SECOND, 90 * WHEN_SECOND, 10 * WHEN_MINUTE,
		                      WHEN_HOUR,       5 * WHEN_HOUR,    400 * WHEN_DAY };

	for (size_t i = 0; i < worlds(sizeof by / sizeof *by); i++)
		must_survive((struct world){ .bias = 240,
		                             .step = { { (25 + (int64_t)i * 12) * WHEN_MINUTE, -by[i], false } } });
	must_survive((struct world){ .bias = -60,
	                             .form = FORM_NO_NAME,
	                             .step = { { 50 * WHEN_MINUTE, -90 * WHEN_SECOND, false },
	                                       { 80 * WHEN_MINUTE, -20 * WHEN_MINUTE, false },
	                                       { 100 * WHEN_MINUTE, -WHEN_HOUR, false } } });
}
END_TEST

START_TEST(a_clock_that_is_set_forward_while_threads_are_at_work_changes_no_figure_of_whole_files)
{
	static const int64_t by[] = { 5 * WHEN_MINUTE, WHEN_HOUR, 400 * WHEN_DAY };

	for (size_t i = 0; i < worlds(sizeof by / sizeof *by); i++)
		must_survive((struct world){ .bias = 240,
		                             .step = { { (25 + (int64_t)i * 5) * WHEN_MINUTE, by[i], false } } });
}
END_TEST

START_TEST(summer_time_begins_and_ends_without_a_change_of_figures)
{
	must_survive((struct world){
		.bias = -120, .form = FORM_ZONE_NAME, .step = { { 70 * WHEN_MINUTE, -WHEN_HOUR, true } } });
	must_survive((struct world){
		.bias = -60, .form = FORM_ZONE_NAME, .step = { { 70 * WHEN_MINUTE, WHEN_HOUR, true } } });
	must_survive((struct world){
		.bias = -120, .form = FORM_NO_NAME, .step = { { 70 * WHEN_MINUTE, -WHEN_HOUR, true } } });
}
END_TEST

START_TEST(a_log_that_grows_is_read_alike_whatever_steps_its_clock_takes)
{
	static const int64_t by[] = { -7 * WHEN_SECOND, 7 * WHEN_SECOND, -90 * WHEN_SECOND, 90 * WHEN_SECOND,
		                      -WHEN_HOUR,       WHEN_HOUR,       3650 * WHEN_DAY,   -3650 * WHEN_DAY };

	must_survive((struct world){ .bias = 240, .live = true });
	for (size_t i = 0; i < worlds(sizeof by / sizeof *by); i++)
		must_survive((struct world){ .bias = 240,
		                             .live = true,
		                             .seed = (unsigned)i,
		                             .form = i % 2 ? FORM_NO_NAME : FORM_BIAS,
		                             .step = { { (20 + (int64_t)i * 5) * WHEN_MINUTE, by[i], false },
		                                       { (70 + (int64_t)i * 5) * WHEN_MINUTE, -by[i], false } } });
	must_survive((struct world){ .bias = -120,
	                             .form = FORM_ZONE_NAME,
	                             .live = true,
	                             .step = { { 70 * WHEN_MINUTE, -WHEN_HOUR, true } } });
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("server_clocks");
	TCase *all = tcase_create("server_clocks");

	tcase_add_unchecked_fixture(all, see_a_good_clock, forget_it);
	tcase_set_timeout(all, 120);
	tcase_add_test(all, a_clock_that_is_wrong_by_days_changes_no_figure);
	tcase_add_test(all, a_clock_that_is_wrong_changes_nothing_but_what_is_foretold);
	tcase_add_test(all, the_zone_of_the_server_changes_no_figure);
	tcase_add_test(all, local_time_without_a_bias_changes_no_figure);
	tcase_add_test(all, a_clock_that_is_set_back_changes_no_figure_of_whole_files);
	tcase_add_test(all, a_clock_that_is_set_forward_while_threads_are_at_work_changes_no_figure_of_whole_files);
	tcase_add_test(all, summer_time_begins_and_ends_without_a_change_of_figures);
	tcase_add_test(all, a_log_that_grows_is_read_alike_whatever_steps_its_clock_takes);
	suite_add_tcase(s, all);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
