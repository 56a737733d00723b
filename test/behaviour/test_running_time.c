/*
 * Whatever running time comes to, nothing of it is seen: a model whose times run ahead of what the records say shows
 * byte for byte the same in every output.
 */
#include "cmtop/report.h"
#include "cmtop/ui.h"
#include "run_suite.h"
#include "simulated_site.h"

/* The simulated site read twice: as it is, and with running time so far ahead of it. */
struct twice {
	struct simulated site;
	struct model *ahead;
	struct log_status ahead_log[SIM_LOG_COUNT];
	struct logstore *logs[2];
	int64_t shift;
};

static struct twice twice;

static void
take(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct parser *parser = twice.site.parser[log];
	struct event event;

	(void)payload, (void)at;
	parser_feed(parser, bytes, size);
	while (parser_next(parser, &event)) {
		model_apply(twice.site.model, &event);
		logstore_keep(twice.logs[0], twice.site.model, &event);
		if (event.at != WHEN_NONE)
			event.at += twice.shift;
		event.shift += twice.shift;
		model_apply(twice.ahead, &event);
		logstore_keep(twice.logs[1], twice.ahead, &event);
	}
}

static void
open_twice(void)
{
	simulated_open(&twice.site);
	twice.ahead = model_new(NULL);
	for (int i = 0; i < 2; i++)
		twice.logs[i] = logstore_new(0, 0);
}

static void
close_twice(void)
{
	simulated_close(&twice.site);
	model_free(twice.ahead);
	for (int i = 0; i < 2; i++)
		logstore_free(twice.logs[i]);
}

static void
run(int64_t minutes)
{
	const struct sim_sink sink = { take, NULL };

	sim_run(twice.site.sim, sim_now(twice.site.sim) + minutes * WHEN_MINUTE, &sink);
	simulated_run(&twice.site, 0); /* what is known of the logs */
	ck_assert_ptr_null(model_check(twice.ahead));
}

static struct scene
scene_of(int which)
{
	struct scene scene = simulated_scene(&twice.site);

	scene.model = which ? twice.ahead : twice.site.model;
	scene.now = model_newest(scene.model);
	scene.logstore = twice.logs[which];
	for (size_t i = 0; which && i < SIM_LOG_COUNT; i++) {
		twice.ahead_log[i] = twice.site.log[i];
		twice.ahead_log[i].reached += twice.ahead_log[i].reached == WHEN_NONE ? 0 : twice.shift;
		scene.logs = twice.ahead_log;
	}
	return scene;
}

typedef void write_fn(const struct scene *scene, const void *of, const struct sink *sink);

static void
ck_same(write_fn *write, const void *of)
{
	struct kept kept[2] = { { 0 } };

	for (int i = 0; i < 2; i++) {
		struct scene scene = scene_of(i);

		write(&scene, of, &(struct sink){ keep_bytes, &kept[i] });
		keep_bytes(&kept[i], "", 1);
	}
	ck_assert_uint_gt(kept[0].size, 40);
	for (size_t i = 0; i < kept[0].size; i++)
		ck_assert_msg(kept[0].text[i] == kept[1].text[i], "'%s': %.300s\n---\n%.300s",
		              of ? (const char *)of : "", kept[0].text + (i > 100 ? i - 100 : 0),
		              kept[1].text + (i > 100 ? i - 100 : 0));
	kept_free(&kept[0]);
	kept_free(&kept[1]);
}

/* ---- every output ---- */

static void
write_json(const struct scene *scene, const void *of, const struct sink *sink)
{
	(void)of;
	ck_assert(report_json(scene, sink));
}

static void
write_text(const struct scene *scene, const void *of, const struct sink *sink)
{
	(void)of;
	report_text(scene, sink);
}

static void
write_metrics(const struct scene *scene, const void *of, const struct sink *sink)
{
	(void)of;
	ck_assert(report_metrics(scene, sink));
}

static void
write_tables(const struct scene *scene, const void *of, const struct sink *sink)
{
	(void)of;
	for (int i = 0; i < ENTITY_TABLES; i++)
		ck_assert(report_csv(scene, (enum entity)i, sink));
}

static void
write_events(const struct scene *scene, const void *of, const struct sink *sink)
{
	(void)of;
	for (uint64_t i = 1; i <= model_transitions(scene->model); i++) {
		const struct transition *transition = model_transition(scene->model, i);

		if (!transition)
			continue;
		report_event_json(scene->model, transition, sink);
		report_event_text(scene->model, transition, sink);
	}
}

/* Sorted and filtered by age too: these are differences. */
static const char *const keys[] = { "",   "?",   "1\r", "1l", "2\r", "2l",          "2z",         "3\r",
	                            "3l", "4\r", "4l",  "4z", "5\r", "/age:>10m\r", "/age:<3m\r", "w" };

static void
write_screen(const struct scene *scene, const void *of, const struct sink *sink)
{
	struct ui_options options = { .sort_key = -1, .ascii = true };
	struct ui *ui = ui_new(&options);
	struct grid grid = { 0 };

	ck_assert(ui && grid_resize(&grid, 160, 60));
	ui_draw(ui, scene, &grid);
	for (const char *key = of; *key; key++) {
		ui_key(ui, scene, *key);
		ui_draw(ui, scene, &grid);
	}
	grid_text(&grid, sink);
	if (!strcmp(of, "4l"))
		ui_export(ui, scene, UI_FORMAT_JSON, sink);
	grid_destroy(&grid);
	ui_free(ui);
}

static void
ck_all_same(void)
{
	ck_same(write_json, NULL);
	ck_same(write_text, NULL);
	ck_same(write_metrics, NULL);
	ck_same(write_tables, NULL);
	ck_same(write_events, NULL);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		ck_same(write_screen, keys[i]);
}

START_TEST(running_time_that_is_ahead_of_the_clock_is_never_seen)
{
	static const int64_t shifts[] = { WHEN_HOUR, -WHEN_DAY, 40 * 365 * WHEN_DAY };

	twice.shift = shifts[_i]; /* points begin at a multiple of five minutes of running time */
	for (int i = 0; i < 2; i++) {
		run(45);
		ck_all_same();
	}
}
END_TEST

/* ---- several clocks ---- */

#define RECORDS_MOST 200000

/* What each log's records wrote, and with which clock it writes just now. */
static struct {
	struct {
		int64_t at;
		struct written_time written;
		uint8_t log;
	} records[RECORDS_MOST];
	size_t count;
	struct event clocks[SIM_LOG_COUNT];
	int64_t newest[SIM_LOG_COUNT];
	uint64_t chance;
} known;

static uint64_t
chance(uint64_t n)
{
	known.chance = known.chance * 6364136223846793005u + 1442695040888963407u;
	return (known.chance >> 33) % n;
}

/* Another bias, none at all, or the clock is set. */
static void
change_clock(struct event *clock)
{
	clock->zoned = chance(3) > 0;
	clock->bias = clock->zoned ? (int16_t)((int)chance(57) * 30 - 840) : 0;
	clock->shift = (int64_t)chance(8) * 45 * WHEN_SECOND;
}

static void
take_with_own_clock(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct parser *parser = twice.site.parser[log];
	struct event *clock = &known.clocks[log];
	struct event event;

	(void)payload, (void)at;
	parser_feed(parser, bytes, size);
	while (parser_next(parser, &event)) {
		if (event.at > known.newest[log]) {
			if (chance(1000) == 0)
				change_clock(clock);
			known.newest[log] = event.at;
		}
		event.zoned = clock->zoned;
		event.bias = clock->bias;
		event.shift = clock->shift;
		model_apply(twice.site.model, &event);
		ck_assert_uint_lt(known.count, RECORDS_MOST);
		known.records[known.count].at = event.at;
		known.records[known.count].log = (uint8_t)log;
		known.records[known.count++].written = event_written(&event);
	}
}

/* Some record of that log and moment wrote just this. */
static void
ck_as_its_record(uint8_t log, int64_t at)
{
	struct written_time shown = model_written(twice.site.model, log, at);

	if (at == WHEN_NONE)
		return;
	for (size_t i = known.count; i-- > 0;)
		if (known.records[i].at == at && known.records[i].log == log) {
			ck_assert_int_eq(shown.at, known.records[i].written.at);
			ck_assert_int_eq(shown.bias, known.records[i].written.bias);
			ck_assert_int_eq(shown.zoned, known.records[i].written.zoned);
			return;
		}
	ck_abort_msg("no record of log %u at %lld", (unsigned)log, (long long)at);
}

static void
ck_sends(const struct model *model)
{
	struct sending sending = model_sending(model);

	ck_as_its_record(sending.due_log, sending.due_since);
	ck_as_its_record(sending.listed_log, sending.listed_at);
	for (const struct job *job = NULL; (job = model_next_job(model, job));) {
		ck_as_its_record(job->started_log, job->started);
		ck_as_its_record(job->log, job->last);
		ck_as_its_record(job->log, job->last_write);
	}
}

static void
ck_places(const struct model *model)
{
	size_t count;
	const struct site *sites = model_sites(model, &count);

	for (size_t i = 0; i < count; i++) {
		ck_as_its_record(sites[i].done_log, sites[i].last_done);
		ck_as_its_record(sites[i].failed_log, sites[i].last_failed);
		ck_as_its_record(sites[i].throttled_log, sites[i].throttled);
	}
	for (size_t i = 0; i < (model_packages(model, &count), count); i++)
		ck_as_its_record(model_packages(model, &count)[i].last_log, model_packages(model, &count)[i].last);
}

static void
ck_distribution(const struct model *model)
{
	size_t count;
	const struct transfer *transfers = model_transfers(model, &count);

	for (size_t i = 0; i < count; i++) {
		ck_as_its_record(transfers[i].started_log, transfers[i].started);
		ck_as_its_record(transfers[i].log, transfers[i].last);
	}
	for (const struct package_thread *thread = NULL; (thread = model_next_thread(model, thread));) {
		ck_as_its_record(thread->started_log, thread->started);
		ck_as_its_record(thread->since_log, thread->since);
		ck_as_its_record(thread->log, thread->last);
	}
}

/* What is one record holds what that wrote. */
static void
ck_records(const struct model *model)
{
	const struct note *note;
	const struct failure *failure;

	for (size_t i = 0; (note = model_note(model, i)); i++) {
		ck_as_its_record(note->log, note->at);
		ck_assert_int_eq(model_written(model, note->log, note->at).at, note->written.at);
	}
	for (size_t i = 0; (failure = model_failure(model, i)); i++)
		ck_assert_int_eq(model_written(model, failure->log, failure->what.at).at, failure->what.written.at);
}

START_TEST(each_time_of_a_thing_is_written_as_its_own_record_whatever_the_clocks_of_the_logs_do)
{
	const struct sim_sink sink = { take_with_own_clock, NULL };

	known.count = 0;
	known.chance = (uint64_t)_i;
	for (int i = 0; i < SIM_LOG_COUNT; i++) {
		known.newest[i] = WHEN_NONE;
		change_clock(&known.clocks[i]);
	}
	for (int i = 0; i < 4; i++) {
		sim_run(twice.site.sim, sim_now(twice.site.sim) + 10 * WHEN_MINUTE, &sink);
		ck_sends(twice.site.model);
		ck_places(twice.site.model);
		ck_distribution(twice.site.model);
		ck_records(twice.site.model);
	}
	ck_assert_ptr_null(model_check(twice.site.model));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("running time");
	TCase *tcase = tcase_create("outputs");

	tcase_add_checked_fixture(tcase, open_twice, close_twice);
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, running_time_that_is_ahead_of_the_clock_is_never_seen, 0, 3);
	tcase_add_loop_test(tcase, each_time_of_a_thing_is_written_as_its_own_record_whatever_the_clocks_of_the_logs_do,
	                    0, 3);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
