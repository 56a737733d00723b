/* The dashboard: keys in, pictures out. */
#include "stage.h"

static struct stage stage;

static void
open_stage(void)
{
	stage_open(&stage);
	stage_play(&stage);
}

static void
close_stage(void)
{
	stage_close(&stage);
}

/* The line under the cursor, "" when there is none. */
static const char *
cursor(void)
{
	static char line[600];
	const char *found = strstr(stage.kept.text, "\n>");

	snprintf(line, sizeof(line), "%.*s", found ? (int)strcspn(found + 1, "\n") : 0, found ? found + 1 : "");
	return line;
}

static bool
cursor_on(const char *text)
{
	return strncmp(cursor() + 2, text, strlen(text)) == 0;
}

/* ---- what is seen ---- */

START_TEST(the_first_line_holds_both_kinds_of_slots_and_the_time)
{
	stage_draw(&stage, 80, 24);
	ck_assert(strncmp(stage.kept.text, " sender 5/5  distmgr 1/3  ", 26) == 0);
	SHOWS("12:00:00 LIVE");
	SHOWS("queue 10 sends");
	SHOWS("slots [#####] full");
	SHOWS("S14 holds 3, STALLED");
}
END_TEST

START_TEST(unknown_is_a_question_mark_and_nothing_is_a_nought)
{
	struct stage fresh;

	stage_open(&fresh);
	stage_draw(&fresh, 80, 24);
	ck_assert(strncmp(fresh.kept.text, " sender 0/?  distmgr 0/?", 24) == 0);
	ck_assert(stage_shows(&fresh, "queue ?"));
	ck_assert(stage_shows(&fresh, "no sender has written anything yet"));
	distmgr(&fresh, 9, 0, "Currently using 0 out of 3 allowed package processing threads.");
	stage_draw(&fresh, 80, 24);
	ck_assert(stage_shows(&fresh, "queue 0 sends"));
	stage_close(&fresh);
}
END_TEST

START_TEST(right_scrolls_the_columns_away_behind_the_first)
{
	stage_draw(&stage, 80, 24);
	SHOWS("  SITE PACKAGE  ");
	stage_type(&stage, "<Right><Right>");
	HIDES("  SITE PACKAGE  ");
	SHOWS("  SITE TRY ");
	SHOWS("> S31    1 ");
	stage_type(&stage, "<Left><Left>");
	SHOWS("  SITE PACKAGE  ");
}
END_TEST

/* Two lists an hour apart: what falls due and is on none of them has drifted away. */
START_TEST(the_summary_says_what_the_queue_stands_on)
{
	static const char row[] =
		"Send Request 20010CS1 JobID: 00000E2A DestSite: S22 FinalSite: State: Pending Status: Action: None "
		"Total size: 40960k Remaining: 40960k Heartbeat: Start: Finish: Retry: SWD PkgID: ABC0018B SWD Pkg "
		"Version: 1";
	int i;

	stage_draw(&stage, 80, 24);
	SHOWS("queue 10 sends since 10:00  ~329.0 MB");
	stage_draw(&stage, 120, 40);
	SHOWS("queue 10 sends since 10:00 (distmgr.log)");
	stage_record(&stage, "SMS_SCHEDULER", 5492, 10, "====== Updating Send Request List =======");
	stage_record(&stage, "SMS_SCHEDULER", 5492, 10, row);
	stage_record(&stage, "SMS_SCHEDULER", 5492, 11, "======  Checking Status of All Send Requests  ======");
	stage_draw(&stage, 80, 24);
	SHOWS("queue 1 send (sched.log)");
	stage_type(&stage, "?<End>kkkk");
	SHOWS("send requests in the last list of sched.log, of 12:00:10");
	SHOWS("give 10. Some may not be");
	HIDES("cmtop uses the number");
	for (i = 0; i < 40; i++)
		stage_due(&stage, 20, "ABC00C02", "S40");
	stage.scene.now += WHEN_HOUR;
	stage_draw(&stage, 80, 24);
	SHOWS("give 49 more. cmtop uses the number");
	stage_draw(&stage, 120, 40);
	SHOWS("queue 1 send (sched.log)");
	SHOWS("distmgr counts 49 more");
	stage_draw(&stage, 100, 6);
	SHOWS("(sched.log)");
}
END_TEST

START_TEST(a_log_that_is_missing_is_named)
{
	struct stage fresh;

	stage_open(&fresh);
	fresh.logs[1].state = LOG_WAITING;
	stage_draw(&fresh, 80, 24);
	ck_assert(stage_shows(&fresh, "distmgr.log WAIT"));
	ck_assert(stage_shows(&fresh, "waiting for distmgr.log: /logs/distmgr.log"));
	fresh.logs[0].state = LOG_DENIED;
	snprintf(fresh.logs[0].error, sizeof(fresh.logs[0].error), "permission denied");
	stage_draw(&fresh, 80, 24);
	ck_assert(stage_shows(&fresh, "no permission to read sender.log: /logs/sender.log"));
	ck_assert(stage_shows(&fresh, "sender.log: permission denied"));
	stage_close(&fresh);
}
END_TEST

START_TEST(every_pane_has_its_title_and_rows_at_80_by_24)
{
	stage_draw(&stage, 80, 24);
	SHOWS("-- 1 Active sends 5 ---");
	SHOWS("-- 2 Sites 5 ---");
	SHOWS("-- 3 DistMgr 1/3, 2 queued ---");
	SHOWS("-- 4 Failures and retries 1 ---");
	HIDES("5 Packages");
	SHOWS("S31  ABC00EA1      1  ~80   8.0 / ~10.0 MB   1.0 MB/s      ~2s sending");
	SHOWS("S14  ABC007F5      1    ?   1.0 /     ? MB          -        ? STALLED 22m");
	SHOWS("S22      3     0/3       0    1    3.0 MB");
	SHOWS("ABC00F10 waiting for DPs 1m");
	SHOWS("11:59:04    S22  ABC0018B failed, error 32: Cannot create/open the remote");
	SHOWS("no filter   5 sends, 5 sites   parsed 100%, 0 bytes lost");
	SHOWS("F1Help F4/Filter");
}
END_TEST

START_TEST(wide_screens_show_packages_and_distribution_points)
{
	stage_draw(&stage, 120, 40);
	SHOWS("-- 5 Packages 6 --");
	SHOWS("DP1.CONTOSO.COM");
	SHOWS("1/2 1 run");
	SHOWS("ABC00F11 queued");
	SHOWS("20006CS1");
	SHOWS("sender.log LIVE");
	SHOWS("12:00:00 -0400");
	stage_draw(&stage, 200, 60);
	SHOWS("-- 5 Packages 6 --");
	SHOWS("-- 4 Failures and retries 1 --");
}
END_TEST

START_TEST(small_screens_still_say_something_true)
{
	stage_draw(&stage, 40, 10);
	SHOWS("sender 5/5  distmgr 1/3");
	SHOWS("queue 10 sends");
	SHOWS("> S31   ~80");
	stage_draw(&stage, 20, 3);
	ck_assert_str_eq(stage.kept.text, "sender 5/5\ndistmgr 1/3\nqueue 10  1.4 MB/s\n");
	stage_draw(&stage, 80, 3);
	SHOWS("sender 5/5  distmgr 1/3  queue 10");
}
END_TEST

START_TEST(any_size_can_be_drawn)
{
	int width, height;

	for (height = 0; height <= 26; height++) {
		for (width = 0; width <= 90; width++)
			stage_draw(&stage, width, height);
	}
	stage_draw(&stage, 500, 200);
	SHOWS("1 Active sends 5");
	stage_type(&stage, "5z?");
	for (height = 0; height <= 12; height++) {
		for (width = 0; width <= 60; width++)
			stage_draw(&stage, width, height);
	}
}
END_TEST

START_TEST(what_a_log_says_never_reaches_the_terminal_as_it_is)
{
	int x, y;

	stage_send(&stage, 10, 1010, "2\033[7mCS1", "S\007X", 0, "ABC\302\2330BAD", 2);
	sender(&stage, 1010, 20, "Cannot create/open the remote file \\\\\033]0;x\007, Win32 error = 5");
	sender(&stage, 1010, 20, "Restart time = \302\205soon");
	stage_draw(&stage, 120, 40);
	for (y = 0; y < 40; y++) {
		for (x = 0; x < 120; x++) {
			const char *text = grid_cell(&stage.grid, x, y)->text;

			ck_assert(text[0] == '\0' || ((unsigned char)text[0] >= ' ' && text[0] != 127));
			ck_assert_msg((unsigned char)text[0] < 0x80, "--ascii shows %s", text);
		}
	}
}
END_TEST

START_TEST(a_silent_sender_with_sends_under_way_is_a_warning)
{
	stage.scene.now += 14 * WHEN_MINUTE;
	stage_draw(&stage, 80, 24);
	SHOWS("sender.log silent 14m: is SMS_EXECUTIVE up?");
}
END_TEST

/* ---- moving ---- */

START_TEST(the_cursor_stays_on_its_row_while_rows_move)
{
	stage_draw(&stage, 80, 24);
	ck_assert(cursor_on("S31"));
	stage_type(&stage, "j");
	ck_assert(cursor_on("S07"));
	stage_type(&stage, "I");
	ck_assert(cursor_on("S07"));
	stage_send(&stage, 5, 1011, "20009CS1", "S40", 0, "ABC00EA1", 6);
	stage_draw(&stage, 80, 24);
	ck_assert(cursor_on("S07"));
	stage_type(&stage, "<End>");
	ck_assert(!cursor_on("S07"));
	stage_type(&stage, "<Home>");
	stage_type(&stage, "I");
	ck_assert(cursor_on("S40") || cursor_on("S31"));
}
END_TEST

START_TEST(digits_and_tab_go_from_pane_to_pane)
{
	stage_draw(&stage, 80, 24);
	stage_type(&stage, "2");
	ck_assert(cursor_on("S22"));
	stage_type(&stage, "<Tab><Tab>");
	ck_assert(cursor_on("11:59:04"));
	stage_type(&stage, "<Tab>");
	ck_assert(cursor_on("S31"));
	stage_type(&stage, "<S-Tab>");
	ck_assert(cursor_on("11:59:04"));
	HIDES("5 Packages");
	stage_type(&stage, "5");
	SHOWS("-- 5 Packages 6 --");
	ck_assert(cursor_on("ABC0018B"));
}
END_TEST

START_TEST(a_zoomed_pane_has_the_screen_alone)
{
	stage_type(&stage, "3z");
	HIDES("1 Active sends");
	SHOWS("DP1.CONTOSO.COM");
	SHOWS("done");
	stage_type(&stage, "<Esc>");
	SHOWS("1 Active sends");
}
END_TEST

START_TEST(a_key_that_does_nothing_says_so)
{
	ck_assert_int_eq(stage_type(&stage, "v"), UI_REDRAW);
	SHOWS("key \"v\" does nothing here; F1 lists the keys");
	/* The clock of the logs, which a demo lets run faster, has no say in it. */
	stage.scene.now += 60000;
	stage_draw(&stage, 80, 24);
	SHOWS("does nothing here");
	stage.scene.clock += 5000;
	stage_draw(&stage, 80, 24);
	HIDES("does nothing here");
	stage_type(&stage, "<F9>");
	SHOWS("key \"F9\" does nothing here");
	stage_type(&stage, "j");
	HIDES("does nothing here");
}
END_TEST

START_TEST(keys_answer_with_what_the_caller_is_to_do)
{
	ck_assert_int_eq(stage_type(&stage, "<C-z>"), UI_SUSPEND);
	ck_assert_int_eq(stage_type(&stage, "<C-l>"), UI_REPAINT);
	ck_assert_int_eq(stage_type(&stage, "/abc<C-c>"), UI_QUIT);
	ck_assert_int_eq(stage_type(&stage, "<Esc>?q"), UI_REDRAW);
	ck_assert_int_eq(stage_type(&stage, "q"), UI_QUIT);
	ck_assert_int_eq(stage_type(&stage, "<F10>"), UI_QUIT);
}
END_TEST

START_TEST(rows_are_sorted_by_menu_column_and_turned_round)
{
	stage_type(&stage, "s");
	SHOWS("Sort Active sends by");
	SHOWS("> eta");
	stage_type(&stage, "j<Enter>");
	SHOWS("sort site ^");
	ck_assert(cursor_on("S07"));
	stage_type(&stage, ">");
	SHOWS("sort package ^");
	stage_type(&stage, "<I");
	SHOWS("sort site v");
	ck_assert(cursor_on("S31"));
	stage_type(&stage, "4s");
	SHOWS("cannot be sorted");
}
END_TEST

START_TEST(sends_are_grouped_by_site_and_by_package)
{
	stage_type(&stage, "jt");
	SHOWS("by site  sort eta ^");
	SHOWS("  S14  3 sends  -");
	SHOWS("1 Active sends 5 -"); /* headings are no sends */
	ck_assert(cursor_on("S07  ABC0018B"));
	stage_type(&stage, "t");
	SHOWS("by package  sort eta ^");
	SHOWS("  ABC0018B  2 sends  ");
	ck_assert(cursor_on("S07  ABC0018B"));
	stage_type(&stage, "t");
	SHOWS("-- sort eta ^");
}
END_TEST

START_TEST(pinned_rows_stand_on_top)
{
	stage_type(&stage, "<End> <Home>");
	ck_assert(strncmp(cursor(), ">+S14", 5) == 0);
	stage_type(&stage, "U<Home>");
	ck_assert(cursor_on("S31"));
}
END_TEST

START_TEST(a_followed_send_is_followed_into_its_next_try)
{
	stage_type(&stage, "F");
	SHOWS("following");
	sender(&stage, 1006, 1, "Cannot create/open the remote file \\\\X, Win32 error = 32.");
	sender(&stage, 1006, 1, "Restart time = later");
	stage_send(&stage, 2, 1020, "20006CS1", "S31", 0, "ABC00EA1", 2);
	stage_type(&stage, "I");
	ck_assert(cursor_on("S31"));
}
END_TEST

START_TEST(a_held_picture_stays_and_says_how_far_behind_it_is)
{
	stage_type(&stage, "p");
	SHOWS("PAUSED 0 lines behind");
	stage_send(&stage, 5, 1011, "20009CS1", "S40", 0, "ABC00EA1", 3);
	stage_draw(&stage, 80, 24);
	SHOWS("PAUSED 10 lines behind");
	SHOWS("1 Active sends 5");
	stage_type(&stage, "j");
	SHOWS("display paused; press p to resume");
	stage_type(&stage, "p");
	SHOWS("1 Active sends 6");
	HIDES("PAUSED");
}
END_TEST

/* ---- filter, search, detail, help ---- */

START_TEST(a_filter_is_in_force_as_it_is_typed)
{
	stage_type(&stage, "/S0");
	SHOWS("/S0");
	SHOWS("1 Active sends 1 of 5");
	stage_type(&stage, "7\\r");
	SHOWS("[S07]   1 of 5 sites, 1 of 5 sends");
	SHOWS("queue 10 sends");
	SHOWS("2 Sites 1 of 5");
	stage_type(&stage, "<Del>");
	SHOWS("no filter   5 sends, 5 sites");
}
END_TEST

START_TEST(a_broken_filter_leaves_the_last_good_one_in_force)
{
	stage_type(&stage, "/site:S07|");
	stage_type(&stage, "(");
	SHOWS("/site:S07|(  ! missing closing parenthesis at 11");
	SHOWS("1 Active sends 5 of 5");
	stage_type(&stage, "\\r");
	SHOWS("! missing closing parenthesis");
	stage_type(&stage, "<BS><BS>\\r");
	SHOWS("[site:S07]");
	SHOWS("1 Active sends 1 of 5");
}
END_TEST

START_TEST(escape_goes_back_to_the_filter_before)
{
	stage_type(&stage, "/S07\\r/<C-u>S31");
	SHOWS("/S31");
	ck_assert(cursor_on("S31"));
	stage_type(&stage, "<Esc>");
	SHOWS("[S07]");
	ck_assert(cursor_on("S07"));
	stage_type(&stage, "<Esc>");
	SHOWS("press Esc again to remove the filter");
	stage_type(&stage, "<Esc>");
	SHOWS("no filter");
}
END_TEST

START_TEST(filters_have_a_history_and_words)
{
	stage_type(&stage, "/S07\\r/<C-u>S31 pkg:EA\\r/<C-u>S1<Up>");
	SHOWS("/S31 pkg:EA");
	stage_type(&stage, "<Up>");
	SHOWS("/S07");
	stage_type(&stage, "<Down><Down>");
	SHOWS("/S1\n");
	stage_type(&stage, "<Up><C-w>");
	SHOWS("/S31");
	HIDES("pkg:EA");
	stage_type(&stage, "<Home>!<End><Left><Del>\\r");
	SHOWS("[!S31]");
}
END_TEST

START_TEST(a_search_marks_and_hides_nothing)
{
	stage_type(&stage, "<F3>7f5\\r");
	SHOWS("1 Active sends 5 -");
	ck_assert(strncmp(cursor(), ">*S14  ABC007F5", 15) == 0);
	stage_type(&stage, "<F3><C-u>S14\\rn");
	ck_assert(strncmp(cursor(), ">*S14", 5) == 0);
	stage_type(&stage, "nN");
	ck_assert(strncmp(cursor(), ">*S14", 5) == 0);
	stage_type(&stage, "<F3><C-u>nowhere\\r");
	SHOWS("not found in this pane");
}
END_TEST

START_TEST(enter_shows_all_that_is_known_of_each_kind_of_row)
{
	stage_type(&stage, "\\r");
	SHOWS("Send of ABC00EA1 to S31");
	SHOWS("20006CS1");
	SHOWS("estimate");
	stage_type(&stage, "q2\\r");
	SHOWS("Site S22");
	SHOWS("ABC0018B");
	stage_type(&stage, "<Esc>3\\r");
	SHOWS("Package thread 5420");
	SHOWS("DP2.CONTOSO.COM");
	stage_type(&stage, "<Esc>4\\r");
	SHOWS("Win32 error = 32");
	stage_type(&stage, "<Esc>5\\r");
	SHOWS("Package ABC0018B");
	SHOWS("1 waiting");
}
END_TEST

START_TEST(the_detail_of_a_send_that_has_ended_says_so)
{
	stage_type(&stage, "\\r");
	sender(&stage, 1006, 1, "Sending completed successfully");
	stage_draw(&stage, 80, 24);
	SHOWS("This send has ended");
}
END_TEST

START_TEST(the_help_lists_every_key_that_the_table_has)
{
	const char *group, *keys, *does;
	size_t i;

	stage_draw(&stage, 80, 200);
	stage_type(&stage, "?");
	for (i = 0; ui_key_help(i, &group, &keys, &does); i++) {
		SHOWS(group);
		SHOWS(does);
	}
	ck_assert_uint_gt(i, 20);
	SHOWS("/logs/distmgr.log");
	stage_type(&stage, "?");
	HIDES("/logs/distmgr.log");
}
END_TEST

START_TEST(keys_are_written_as_people_write_them)
{
	static const char text[] = "a\\r\\x1b<Up><S-Tab><F12><C-x><foo\\\\\xc3\xbc<";
	static const int expected[] = { 'a',  13,  27,  KEY_UP_ARROW, KEY_SHIFT_TAB, KEY_FUNCTION + 12,
		                        24,   '<', 'f', 'o',          'o',           '\\',
		                        0xfc, '<' };
	struct span rest = span_of(text);
	size_t i;
	int key;

	for (i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
		ck_assert(keys_take(&rest, &key));
		ck_assert_int_eq(key, expected[i]);
	}
	ck_assert(!keys_take(&rest, &key));
}
END_TEST

START_TEST(a_filter_may_be_in_force_from_the_start)
{
	struct query_error error;

	ck_assert(ui_filter(stage.ui, SPAN("S07"), &error));
	ck_assert(!ui_filter(stage.ui, SPAN("(("), &error));
	stage_draw(&stage, 80, 24);
	SHOWS("[S07]");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ui");
	TCase *tcase = tcase_create("ui");

	tcase_add_checked_fixture(tcase, open_stage, close_stage);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, the_first_line_holds_both_kinds_of_slots_and_the_time);
	tcase_add_test(tcase, unknown_is_a_question_mark_and_nothing_is_a_nought);
	tcase_add_test(tcase, right_scrolls_the_columns_away_behind_the_first);
	tcase_add_test(tcase, the_summary_says_what_the_queue_stands_on);
	tcase_add_test(tcase, a_log_that_is_missing_is_named);
	tcase_add_test(tcase, every_pane_has_its_title_and_rows_at_80_by_24);
	tcase_add_test(tcase, wide_screens_show_packages_and_distribution_points);
	tcase_add_test(tcase, small_screens_still_say_something_true);
	tcase_add_test(tcase, any_size_can_be_drawn);
	tcase_add_test(tcase, what_a_log_says_never_reaches_the_terminal_as_it_is);
	tcase_add_test(tcase, a_silent_sender_with_sends_under_way_is_a_warning);
	tcase_add_test(tcase, the_cursor_stays_on_its_row_while_rows_move);
	tcase_add_test(tcase, digits_and_tab_go_from_pane_to_pane);
	tcase_add_test(tcase, a_zoomed_pane_has_the_screen_alone);
	tcase_add_test(tcase, a_key_that_does_nothing_says_so);
	tcase_add_test(tcase, keys_answer_with_what_the_caller_is_to_do);
	tcase_add_test(tcase, rows_are_sorted_by_menu_column_and_turned_round);
	tcase_add_test(tcase, sends_are_grouped_by_site_and_by_package);
	tcase_add_test(tcase, pinned_rows_stand_on_top);
	tcase_add_test(tcase, a_followed_send_is_followed_into_its_next_try);
	tcase_add_test(tcase, a_held_picture_stays_and_says_how_far_behind_it_is);
	tcase_add_test(tcase, a_filter_is_in_force_as_it_is_typed);
	tcase_add_test(tcase, a_broken_filter_leaves_the_last_good_one_in_force);
	tcase_add_test(tcase, escape_goes_back_to_the_filter_before);
	tcase_add_test(tcase, filters_have_a_history_and_words);
	tcase_add_test(tcase, a_search_marks_and_hides_nothing);
	tcase_add_test(tcase, enter_shows_all_that_is_known_of_each_kind_of_row);
	tcase_add_test(tcase, the_detail_of_a_send_that_has_ended_says_so);
	tcase_add_test(tcase, the_help_lists_every_key_that_the_table_has);
	tcase_add_test(tcase, keys_are_written_as_people_write_them);
	tcase_add_test(tcase, a_filter_may_be_in_force_from_the_start);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
