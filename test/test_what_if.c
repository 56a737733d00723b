/* The page of other limits: the same figures as in the snapshot, with what they stand on. */
#include <stdio.h>

#include "simulated.h"

#include "cmtop/forecast.h"
#include "cmtop/ui.h"
#include "run.h"

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
	grid_free(&grid);
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
	SHOWS("ALL SITES   PER SITE    EMPTY IN    RANGE");
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

START_TEST(every_row_of_the_forecast_is_on_the_page)
{
	const struct scene scene = simulated_scene(&site);
	struct forecast_row rows[FORECAST_ROWS];
	struct forecast *forecast;
	size_t count, i, seen = 0;
	char text[160], eta[FMT_TEXT];

	simulated_run(&site, 100);
	forecast = forecast_new(scene.model, model_newest(scene.model));
	ck_assert_ptr_nonnull(forecast);
	count = forecast_what_if(forecast, rows);
	ck_assert_uint_gt(count, 12);
	draw(120, 60);
	type("w");
	for (i = 0; i < count; i++) {
		bool now = rows[i].all_sites == rows[0].all_sites;
		char all[24], per[24];

		/* The simulated log does not tell the limit: the most that was seen is taken for it. */
		snprintf(all, sizeof(all), "%s%d%s", now ? "~" : "", (int)rows[i].all_sites, now ? " (now)" : "");
		if (rows[i].per_site < 0)
			snprintf(per, sizeof(per), "%d (now)", (int)model_sending(scene.model).site_capacity);
		else
			snprintf(per, sizeof(per), "%d", (int)rows[i].per_site);
		if (rows[i].empty.likely >= 0)
			fmt_duration(rows[i].empty.likely, eta);
		snprintf(text, sizeof(text), "%-10s  %-10s  %s%s", all, per, rows[i].empty.likely < 0 ? "" : "~",
		         rows[i].empty.likely < 0 ? "never" : eta);
		SHOWS(text);
		seen += rows[i].seen;
	}
	ck_assert_uint_ge(seen, 1);
	SHOWS("not seen, assumes the line has room");
	forecast_free(forecast);
}
END_TEST

START_TEST(the_page_ends_with_what_the_figures_stand_on_and_a_warning)
{
	simulated_run(&site, 100);
	draw(120, 60);
	type("w");
	SHOWS("counted on  ");
	SHOWS("an hour that fall due");
	SHOWS("all together never go faster than the highest");
	SHOWS("More sends at once load the WAN: before limits are raised, the network team has a say.");
	draw(80, 24);
	type("<End>");
	SHOWS("has a say.");
	SHOWS("not seen: so many slots were never in use");
	type("<Home>");
	SHOWS("best  ");
}
END_TEST

START_TEST(the_gain_of_the_best_limits_is_told_in_words)
{
	simulated_run(&site, 100);
	draw(120, 40);
	type("w");
	SHOWS("  now         all sites ~5 (now), per site 3 (now): empty in ~");
	SHOWS(" sooner");
}
END_TEST

START_TEST(without_a_figure_the_page_says_why)
{
	draw(80, 24);
	type("w");
	SHOWS("No figure: nothing read tells what waits.");
	simulated_run(&site, 2);
	draw(80, 24);
	SHOWS("No figure: ");
	HIDES("ALL SITES");
	SHOWS("has a say.");
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
	Suite *suite = suite_create("what if");
	TCase *all = tcase_create("what if");

	tcase_set_timeout(all, 30);
	tcase_add_checked_fixture(all, open_site, close_site);
	tcase_add_test(all, w_opens_the_page_and_closes_it);
	tcase_add_test(all, every_row_of_the_forecast_is_on_the_page);
	tcase_add_test(all, the_page_ends_with_what_the_figures_stand_on_and_a_warning);
	tcase_add_test(all, the_gain_of_the_best_limits_is_told_in_words);
	tcase_add_test(all, without_a_figure_the_page_says_why);
	tcase_add_test(all, any_size_can_be_drawn);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
