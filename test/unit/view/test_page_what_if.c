/* The page of other limits: the same figures as in the snapshot, with what they stand on. */
#include <stdio.h>

#include "simulated_site.h"

#include "cmtop/forecast.h"
#include "cmtop/ui.h"
#include "run_suite.h"

static struct simulated site;
static struct ui *ui;
static struct grid grid;
static struct kept picture;

static void
open_site(void)
{
	const struct ui_options options = { .sort_key = -1, .ascii = true };

	simulated_open(&site);
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

static void
draw(int width, int height)
{
	const struct scene scene = simulated_scene(&site);
	const struct sink sink = { keep_bytes, &picture };

	ck_assert(grid_resize(&grid, width, height));
	ui_draw(ui, &scene, &grid);
	picture.size = 0;
	grid_text(&grid, &sink);
}

static void
type(const char *keys)
{
	const struct scene scene = simulated_scene(&site);
	struct span text = span_of(keys);
	int key;

	while (keys_take(&text, &key)) {
		ui_key(ui, &scene, key);
		draw(grid.width, grid.height);
	}
}

#define SHOWS(what) ck_assert_msg(strstr(picture.text, what), "no \"%s\" in\n%s", what, picture.text)
#define HIDES(what) ck_assert_msg(!strstr(picture.text, what), "\"%s\" in\n%s", what, picture.text)

START_TEST(w_opens_the_page_and_closes_it)
{
	simulated_run(&site, 100);
	draw(80, 24);
	type("w");
	SHOWS("-- What if --");
	SHOWS("ALL SITES     PER SITE        EMPTY IN    RANGE");
	SHOWS("in force");
	HIDES("1 Active sends");
	type("w");
	HIDES("What if");
	SHOWS("1 Active sends");
	type("wq");
	SHOWS("1 Active sends");
	type("wl");
	SHOWS("close this page first");
	type("a");
	SHOWS("Advice");
}
END_TEST

/* The first and the last number in so many bytes: "~5 (now) to 20". */
static void
numbers_in(const char *text, size_t size, int out[2])
{
	size_t i;

	out[0] = out[1] = -1;
	for (i = 0; i < size && text[i] != '\n'; i++) {
		if (text[i] < '0' || text[i] > '9' || (i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9'))
			continue;
		out[1] = atoi(text + i);
		if (out[0] < 0)
			out[0] = out[1];
	}
}

/* How many lines of the table speak of these limits, and of this time and range. */
static int
lines_for(int all, int per, const char *figures)
{
	const char *line = strstr(picture.text, "ALL SITES  ");
	int found = 0, alls[2], pers[2];

	while (line && (line = strchr(line, '\n')) && line[1] == ' ' && line[3] != ' ') {
		line++;
		numbers_in(line + 2, 12, alls);
		numbers_in(line + 16, 14, pers);
		if (alls[0] <= all && all <= alls[1] && pers[0] <= per && per <= pers[1])
			found += strncmp(line + 32, figures, strlen(figures)) == 0;
	}
	return found;
}

START_TEST(every_row_of_the_forecast_is_on_the_page_and_equal_ones_are_one)
{
	const struct scene scene = simulated_scene(&site);
	struct forecast_row rows[FORECAST_ROWS];
	struct forecast *forecast;
	size_t count, i, seen = 0;
	char text[160], eta[FMT_TEXT];
	int now;

	simulated_run(&site, 100);
	forecast = forecast_new(scene.model, model_newest(scene.model));
	ck_assert_ptr_nonnull(forecast);
	now = (int)model_sending(scene.model).site_capacity;
	count = forecast_what_if(forecast, rows);
	ck_assert_uint_gt(count, 12);
	draw(120, 60);
	type("w");
	for (i = 0; i < count; i++) {
		int per = rows[i].per_site < 0 ? now : (int)rows[i].per_site;

		if (rows[i].empty.likely >= 0)
			fmt_duration(rows[i].empty.likely, eta);
		snprintf(text, sizeof(text), "%s%s ", rows[i].empty.likely < 0 ? "" : "~",
		         rows[i].empty.likely < 0 ? "never" : eta);
		ck_assert_msg(lines_for((int)rows[i].all_sites, per, text) == 1,
		              "%d lines for all sites %d, per site %d: %s in\n%s",
		              lines_for((int)rows[i].all_sites, per, text), (int)rows[i].all_sites, per, text,
		              picture.text);
		seen += rows[i].seen;
	}
	ck_assert_uint_ge(seen, 1);
	SHOWS("5 to 20 ");
	SHOWS("untested; needs spare bandwidth");
	forecast_free(forecast);
}
END_TEST

/* The summary, the sentence and the table say the same of the limits in force. */
START_TEST(the_limits_in_force_have_one_time_to_empty)
{
	struct forecast_row rows[FORECAST_ROWS];
	char eta[FMT_TEXT], text[160];
	int minutes;

	for (minutes = 40; minutes <= 400; minutes += 60) {
		const struct scene scene = simulated_scene(&site);
		struct forecast *forecast;

		simulated_run(&site, 60);
		forecast = forecast_new(scene.model, model_newest(scene.model));
		ck_assert_uint_gt(forecast_what_if(forecast, rows), 0);
		ck_assert_int_eq(rows[0].empty.likely, forecast_empty(forecast).likely);
		ck_assert_int_eq(rows[0].empty.latest, forecast_empty(forecast).latest);
		ck_assert_int_eq(rows[0].empty.likely,
		                 forecast_backlog(forecast, scene.model, model_newest(scene.model)).eta);
		forecast_free(forecast);
		if (rows[0].empty.likely < 0)
			continue;
		fmt_duration(rows[0].empty.likely, eta);
		draw(120, 60);
		type("w");
		snprintf(text, sizeof(text), "per site 3: empty in ~%s", eta);
		SHOWS(text);
		snprintf(text, sizeof(text), "   empty in ~%s", eta);
		SHOWS(text);
		type("w");
	}
}
END_TEST

START_TEST(the_page_ends_with_what_the_figures_stand_on_and_a_warning)
{
	simulated_run(&site, 100);
	draw(120, 60);
	type("w");
	SHOWS("counted on  ");
	SHOWS("new per hour");
	SHOWS("than the highest rate seen");
	SHOWS("More sends at once load the WAN. Ask the network team before raising limits.");
	draw(80, 24);
	type("<End>");
	SHOWS("before raising limits.");
	SHOWS("untested: so many slots were never in use");
	type("<Home>");
	SHOWS("best  ");
}
END_TEST

START_TEST(the_gain_of_the_best_limits_is_told_in_words)
{
	simulated_run(&site, 100);
	draw(120, 40);
	type("w");
	SHOWS("  now         all sites ~5, per site 3: empty in ~");
	SHOWS(" sooner");
}
END_TEST

START_TEST(without_a_figure_the_page_says_why)
{
	draw(80, 24);
	type("w");
	SHOWS("No figure: no log says what waits.");
	simulated_run(&site, 2);
	draw(80, 24);
	SHOWS("No figure: ");
	HIDES("ALL SITES");
	SHOWS("before raising limits.");
}
END_TEST

START_TEST(any_size_can_be_drawn)
{
	int width, height;

	simulated_run(&site, 30);
	draw(80, 24);
	type("w");
	for (height = 0; height <= 30; height += 3) {
		for (width = 0; width <= 130; width += 13)
			draw(width, height);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("page_what_if");
	TCase *all = tcase_create("page_what_if");

	tcase_set_timeout(all, 30);
	tcase_add_checked_fixture(all, open_site, close_site);
	tcase_add_test(all, w_opens_the_page_and_closes_it);
	tcase_add_test(all, every_row_of_the_forecast_is_on_the_page_and_equal_ones_are_one);
	tcase_add_test(all, the_limits_in_force_have_one_time_to_empty);
	tcase_add_test(all, the_page_ends_with_what_the_figures_stand_on_and_a_warning);
	tcase_add_test(all, the_gain_of_the_best_limits_is_told_in_words);
	tcase_add_test(all, without_a_figure_the_page_says_why);
	tcase_add_test(all, any_size_can_be_drawn);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
