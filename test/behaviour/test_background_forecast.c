/*
 * What is worked out beside the loop, and what is left for the loop to do: forecasts are made
 * of a copy that is taken in pieces, can be stopped, and a picture makes none of its own.
 */
#include <stdio.h>
#include <time.h>

#include "simulated_site.h"

#include "cmtop/forecast.h"
#include "cmtop/report.h"
#include "cmtop/ui.h"
#include "run_suite.h"

#define MANY   1000000u /* sends that wait */
#define PIECE  20000u   /* of them, copied in one turn of the loop */
#define TURN   20       /* milliseconds of processor time that a turn may take */
#define SLOWER 10       /* this machine may be so much slower than is usual, and watch every step */

static struct simulated site;
static struct ui *ui;
static struct grid grid;
static struct kept picture;

static void
open_site(void)
{
	const struct ui_options options = { .sort_key = -1, .ascii = true };

	simulated_open(&site);
	simulated_run(&site, 100);
	ui = ui_new(&options);
	ck_assert_ptr_nonnull(ui);
}

static void
close_site(void)
{
	ui_free(ui);
	grid_destroy(&grid);
	kept_free(&picture);
	simulated_close(&site);
}

static const struct forecast_stop never = { NULL, NULL };

/* In pieces of so many sends; how many it took. */
static struct forecast *
copy_and_run(const struct model *model, int64_t now, size_t most, unsigned *pieces)
{
	struct forecast_plan *plan = forecast_plan_new(model, now);
	enum forecast_copy copied;

	ck_assert_ptr_nonnull(plan);
	for (*pieces = 1; (copied = forecast_plan_copy(plan, model, most)) == FORECAST_MORE; ++*pieces)
		continue;
	ck_assert_int_eq(copied, FORECAST_COPIED);
	return forecast_run(plan, never);
}

START_TEST(a_plan_that_is_copied_in_pieces_tells_what_one_tells_that_is_copied_at_once)
{
	const struct scene scene = simulated_scene(&site);
	struct forecast *at_once = forecast_new(scene.model, scene.now), *pieced;
	struct forecast_row rows[FORECAST_ROWS], others[FORECAST_ROWS];
	size_t count = forecast_what_if(at_once, rows), packages;
	unsigned pieces;

	pieced = copy_and_run(scene.model, scene.now, 5, &pieces);
	ck_assert_uint_gt(pieces, 10);
	ck_assert_int_eq(forecast_empty(pieced).likely, forecast_empty(at_once).likely);
	ck_assert_int_eq(forecast_empty(pieced).soonest, forecast_empty(at_once).soonest);
	ck_assert_int_eq(forecast_empty(pieced).latest, forecast_empty(at_once).latest);
	ck_assert_uint_gt(count, 0);
	ck_assert_uint_eq(forecast_what_if(pieced, others), count);
	for (size_t i = 0; i < count; i++)
		ck_assert_int_eq(others[i].empty.likely, rows[i].empty.likely);
	model_packages(scene.model, &packages);
	for (uint32_t i = 0; i < packages; i++)
		ck_assert_int_eq(forecast_package(pieced, i).done.likely, forecast_package(at_once, i).done.likely);
	forecast_free(at_once);
	forecast_free(pieced);
}
END_TEST

START_TEST(a_forecast_does_not_look_at_the_model_that_its_plan_was_copied_from)
{
	struct scene scene = simulated_scene(&site);
	struct forecast *then = forecast_new(scene.model, scene.now), *later;
	struct forecast_plan *plan = forecast_plan_new(scene.model, scene.now);

	ck_assert_int_eq(forecast_plan_copy(plan, scene.model, SIZE_MAX), FORECAST_COPIED);
	simulated_run(&site, 130);
	later = forecast_run(plan, never);
	ck_assert_int_eq(forecast_empty(later).likely, forecast_empty(then).likely);
	ck_assert_uint_eq(forecast_basis(later)->sends, forecast_basis(then)->sends);
	forecast_free(then);
	forecast_free(later);
}
END_TEST

/* ---- stopped ---- */

static bool
count_down(void *payload)
{
	unsigned *left = payload;

	return *left == 0 || --*left == 0;
}

START_TEST(a_forecast_can_be_stopped_between_two_runs)
{
	const struct scene scene = simulated_scene(&site);
	struct forecast_row rows[FORECAST_ROWS];
	unsigned left;
	struct forecast *forecast;

	for (unsigned asked = 1; asked <= 2; asked++) {
		struct forecast_plan *plan = forecast_plan_new(scene.model, scene.now);

		left = asked;
		ck_assert_int_eq(forecast_plan_copy(plan, scene.model, SIZE_MAX), FORECAST_COPIED);
		ck_assert_ptr_null(forecast_run(plan, (struct forecast_stop){ count_down, &left }));
	}
	forecast = forecast_new(scene.model, scene.now);
	left = 3;
	forecast_stop_by(forecast, (struct forecast_stop){ count_down, &left });
	ck_assert_uint_eq(forecast_what_if(forecast, rows), 0);
	forecast_stop_by(forecast, never);
	ck_assert_uint_gt(forecast_what_if(forecast, rows), 0);
	forecast_free(forecast);
}
END_TEST

START_TEST(a_plan_that_nobody_wants_any_more_is_given_up_half_copied)
{
	const struct scene scene = simulated_scene(&site);
	struct forecast_plan *plan = forecast_plan_new(scene.model, scene.now);

	ck_assert_int_eq(forecast_plan_copy(plan, scene.model, 7), FORECAST_MORE);
	forecast_plan_free(plan);
	forecast_plan_free(NULL);
}
END_TEST

/* ---- what is shown ---- */

static void
draw(const struct scene *scene, const char *keys)
{
	const struct sink sink = { keep_bytes, &picture };
	struct span text = span_of(keys);
	int key;

	ck_assert(grid_resize(&grid, 120, 40));
	ui_draw(ui, scene, &grid);
	while (keys_take(&text, &key)) {
		ui_key(ui, scene, key);
		ui_draw(ui, scene, &grid);
	}
	picture.size = 0;
	grid_text(&grid, &sink);
}

#define SHOWS(what) ck_assert_msg(strstr(picture.text, what), "no \"%s\" in\n%s", what, picture.text)
#define HIDES(what) ck_assert_msg(!strstr(picture.text, what), "\"%s\" in\n%s", what, picture.text)

START_TEST(a_picture_shows_no_time_to_empty_before_one_has_been_worked_out_beside)
{
	struct foretold told = { .forecast = NULL };
	struct scene scene = simulated_scene(&site);

	scene.foretold = &told;
	draw(&scene, "");
	SHOWS("empty in -");
	draw(&scene, "w");
	SHOWS("Calculating");
	HIDES("ALL SITES");
}
END_TEST

START_TEST(a_picture_shows_the_last_forecast_and_how_old_it_is)
{
	struct scene scene = simulated_scene(&site);
	struct forecast *forecast = forecast_new(scene.model, scene.now);
	struct foretold told = { .forecast = forecast, .model = scene.model, .at = scene.now - 5 * WHEN_SECOND };

	scene.foretold = &told;
	draw(&scene, "");
	SHOWS("empty in ~");
	HIDES(" ago)");
	told.at = scene.now - 23 * WHEN_SECOND;
	draw(&scene, "");
	SHOWS("(23s ago)");
	draw(&scene, "w");
	SHOWS("Calculating");
	told.what_if_count = forecast_what_if(forecast, told.what_if);
	told.what_if_known = true;
	draw(&scene, "");
	SHOWS("ALL SITES");
	forecast_free(forecast);
}
END_TEST

START_TEST(a_forecast_of_another_model_is_not_shown)
{
	struct scene scene = simulated_scene(&site);
	struct forecast *forecast = forecast_new(scene.model, scene.now);
	struct model *other = model_new(NULL);
	struct foretold told = { .forecast = forecast, .model = other, .at = scene.now };

	scene.foretold = &told;
	draw(&scene, "");
	SHOWS("empty in -");
	forecast_free(forecast);
	model_free(other);
}
END_TEST

START_TEST(the_page_of_other_limits_says_that_it_wants_their_rows_also_while_it_is_exported)
{
	const struct scene scene = simulated_scene(&site);

	draw(&scene, "");
	ck_assert(!ui_wants_what_if(ui));
	draw(&scene, "w");
	ck_assert(ui_wants_what_if(ui));
	draw(&scene, "w");
	ck_assert(!ui_wants_what_if(ui));
}
END_TEST

/* ---- what it costs ---- */

static double
milliseconds_since(clock_t start)
{
	return (double)(clock() - start) * 1000 / CLOCKS_PER_SEC;
}

static void
read_unlisted(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	if (log != SIM_SCHED)
		simulated_read(payload, log, at, bytes, size);
}

/* Where no list says what waits, each minijob counts. */
static void
reopen_unlisted(void)
{
	const struct sim_sink sink = { read_unlisted, &site };

	simulated_close(&site);
	simulated_open(&site);
	sim_run(site.sim, sim_now(site.sim) + 100 * WHEN_MINUTE, &sink);
}

/* The simulated site's own sends wait too, and so does one more of each of so many packages for each of 400 sites. */
static void
let_many_fall_due(void)
{
	struct parser *parser = parser_new(0);
	struct frame frame = { "SMS_DISTRIBUTION_MANAGER", 4452, simulated_scene(&site).now, BIAS };
	char message[300], line[400];

	for (unsigned i = 0; i < MANY; i++) {
		snprintf(message, sizeof(message),
		         "~Created minijob to send compressed copy of package CS2%05X to site %c%02u.  "
		         "Transfer root = E:\\SMSPKG\\CS2%05X.PCK.1.",
		         i / 400, "TUVWX"[i / 99 % 5], i % 99 + 1, i / 400);
		feed_model(parser, site.model, NULL, line, frame_record(line, sizeof(line), &frame, message));
	}
	parser_free(parser);
}

START_TEST(of_a_million_sends_no_turn_copies_more_than_its_piece)
{
	struct scene scene = simulated_scene(&site);
	struct foretold told = { .forecast = NULL };
	struct forecast_plan *plan;
	enum forecast_copy copied;
	double longest = 0, spent;
	unsigned pieces = 0;
	clock_t start;

	reopen_unlisted();
	let_many_fall_due();
	scene = simulated_scene(&site);
	plan = forecast_plan_new(scene.model, scene.now);
	do {
		start = clock();
		copied = forecast_plan_copy(plan, scene.model, PIECE);
		spent = milliseconds_since(start);
		longest = spent > longest ? spent : longest;
		pieces++;
	} while (copied == FORECAST_MORE);
	ck_assert_int_eq(copied, FORECAST_COPIED);
	ck_assert_uint_ge(pieces, MANY / PIECE);
	forecast_plan_free(plan);
	scene.foretold = &told;
	draw(&scene, "");
	start = clock();
	draw(&scene, "");
	spent = milliseconds_since(start);
	printf("  %u pieces, the longest %.2f ms; a picture %.2f ms\n", pieces, longest, spent);
	ck_assert_double_lt(longest, TURN * SLOWER);
	ck_assert_double_lt(spent, TURN * SLOWER);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("background_forecast");
	TCase *tcase = tcase_create("background_forecast");

	tcase_add_checked_fixture(tcase, open_site, close_site);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, a_plan_that_is_copied_in_pieces_tells_what_one_tells_that_is_copied_at_once);
	tcase_add_test(tcase, a_forecast_does_not_look_at_the_model_that_its_plan_was_copied_from);
	tcase_add_test(tcase, a_forecast_can_be_stopped_between_two_runs);
	tcase_add_test(tcase, a_plan_that_nobody_wants_any_more_is_given_up_half_copied);
	tcase_add_test(tcase, a_picture_shows_no_time_to_empty_before_one_has_been_worked_out_beside);
	tcase_add_test(tcase, a_picture_shows_the_last_forecast_and_how_old_it_is);
	tcase_add_test(tcase, a_forecast_of_another_model_is_not_shown);
	tcase_add_test(tcase, the_page_of_other_limits_says_that_it_wants_their_rows_also_while_it_is_exported);
	tcase_add_test(tcase, of_a_million_sends_no_turn_copies_more_than_its_piece);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
