/* From a preview to all that the logs tell: what is looked at stays in view, though all numbers change. */
#include "stage.h"

static struct stage preview, full;

/* What was before the preview begins: other numbers for all that comes after. */
static void
tell_history(struct stage *stage)
{
	char request[32], site[32], package[32];
	int i;

	for (i = 0; i < 6; i++) {
		snprintf(request, sizeof(request), "1000%dCS1", i);
		snprintf(site, sizeof(site), "T%02d", i);
		snprintf(package, sizeof(package), "ABC0FFF%d", i);
		stage_due(stage, -9000 + i, package, site);
		stage_send(stage, -8900 + 60 * i, 900, request, site, 0, package, 2);
		sender(stage, 900, -8890 + 60 * i,
		       "Cannot create/open the remote file \\\\X.CONTOSO.COM\\SMS_SITE\\1.PCK, Win32 error = 32.");
		sender(stage, 900, -8889 + 60 * i, "Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	}
	distmgr(stage, 9, -8000, "Started package processing thread for package 'ABC0FFF1', thread ID = 0x1 (1)");
	distmgr(stage, 1, -7990,
	        "Created DP processing thread 22 for addition or update of package ABC0FFF1 on server "
	        "[\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP1.CONTOSO.COM\\");
	distmgr(stage, 1, -7980, "Exiting package processing thread for package ABC0FFF1.");
	distmgr(stage, 9, -7970, "Adding package 'ABC00F99' to package processing queue.");
}

static void
open_both(void)
{
	stage_open(&preview);
	stage_open(&full);
	tell_history(&full);
	parser_restart(preview.parser, parser_counts(full.parser)->bytes, false);
	stage_play(&preview);
	stage_play(&full);
	stage_draw(&preview, 140, 50);
}

static void
close_both(void)
{
	stage_close(&full);
	stage_close(&preview);
}

/* The whole takes the place of the preview. */
static void
carry(void)
{
	struct ui *ui = full.ui;

	ui_handover(preview.ui, &preview.scene, &full.scene);
	full.ui = preview.ui;
	preview.ui = ui;
	stage_draw(&full, 140, 50);
}

/* The words of the line under the cursor up to column `width`, "" when there is none. */
static const char *
cursor(const struct stage *stage, int width)
{
	static char lines[2][200];
	static unsigned next;
	char *line = lines[next++ % 2];
	const char *found = strstr(stage->kept.text, "\n>");

	snprintf(line, sizeof(lines[0]), "%.*s", width, found ? found + 1 : "");
	return line;
}

#define SHOWS_IN(stage, what) ck_assert_msg(stage_shows(stage, what), "no \"%s\" in\n%s", what, (stage)->kept.text)

/* ---- rows ---- */

static void
stays(const char *keys, const char *expected, int width)
{
	open_both();
	stage_type(&preview, keys);
	ck_assert_msg(strstr(cursor(&preview, width), expected), "%s: \"%s\" in\n%s", keys, cursor(&preview, width),
	              preview.kept.text);
	carry();
	ck_assert_msg(strstr(cursor(&full, width), expected), "%s: \"%s\" in\n%s", keys, cursor(&full, width),
	              full.kept.text);
	close_both();
}

START_TEST(the_cursor_stays_on_its_row)
{
	stays("1z<Down>", "S07", 12);
	stays("1z<Down><Down><Down>", "20002CS1", 60);
	stays("2z<Down><Down>", "S07", 12);
	stays("3z<Down>", "DP ", 12);
	stays("3z<Down><Down>", "DP2", 60);
	stays("3z<Down><Down><Down><Down>", "ABC00F12", 20);
	stays("5z<Down>", "ABC00EA1", 20);
}
END_TEST

START_TEST(the_cursor_stays_on_the_heading_of_a_group)
{
	static const char *const keys[] = { "1zt<Down><Down>", "1ztt<Down><Down><Down>" };
	static const char *const titles[] = { "S14  3 sends", "ABC007F5  1 send" };
	size_t i;

	for (i = 0; i < 2; i++) {
		open_both();
		stage_type(&preview, keys[i]);
		ck_assert_msg(strstr(cursor(&preview, 40), titles[i]), "%s", preview.kept.text);
		sender(&full, 1005, 1, "Sending completed successfully"); /* it stood above */
		carry();
		ck_assert_msg(strstr(cursor(&full, 40), titles[i]), "%s", full.kept.text);
		close_both();
	}
}
END_TEST

START_TEST(the_cursor_stays_on_a_failure)
{
	open_both();
	sender(&preview, 1003, 1, "Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	sender(&full, 1003, 1, "Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	stage_type(&preview, "4z<Down>");
	ck_assert_ptr_nonnull(strstr(cursor(&preview, 40), "S22"));
	sender(&full, 1002, 2, "Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	carry();
	ck_assert_ptr_nonnull(strstr(cursor(&full, 40), "S22"));
	close_both();
}
END_TEST

START_TEST(a_cursor_that_was_not_moved_stays_on_top)
{
	open_both();
	carry();
	ck_assert_ptr_nonnull(strstr(cursor(&full, 12), cursor(&preview, 12)));
	close_both();
}
END_TEST

START_TEST(pinned_rows_stay_on_top)
{
	open_both();
	stage_type(&preview, "2z<Down><Down><Down> g");
	ck_assert_ptr_nonnull(strstr(cursor(&preview, 12), "S31"));
	carry();
	ck_assert_ptr_nonnull(strstr(cursor(&full, 12), "S31"));
	close_both();
}
END_TEST

START_TEST(a_row_that_is_gone_leaves_the_cursor_to_its_neighbour)
{
	open_both();
	stage_type(&preview, "1z<Down>");
	sender(&full, 1005, 1, "Sending completed successfully");
	carry();
	ck_assert_ptr_null(strstr(cursor(&full, 12), "S07"));
	ck_assert_str_ne(cursor(&full, 12), "");
	close_both();
}
END_TEST

/* ---- pages ---- */

START_TEST(the_page_of_a_row_stays_that_of_the_row)
{
	static const char *const keys[] = { "1z<Down><Enter>", "2z<Enter>", "3z<Enter>", "5z<Down><Enter>" };
	static const char *const titles[] = { "20005CS1", "Site S22", "ABC00F10", "Package ABC00EA1" };
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		open_both();
		stage_type(&preview, keys[i]);
		SHOWS_IN(&preview, titles[i]);
		carry();
		SHOWS_IN(&full, titles[i]);
		close_both();
	}
}
END_TEST

START_TEST(the_page_of_lines_stays_on_its_line)
{
	static const char *const keys[] = { "1z<Down>l<Up><Up><Up>", "2z<Down><Down>l<Up><Up><Up>", "3zl<Up><Up>",
		                            "5z<Down>l<Up><Up>" };
	char before[200];
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		open_both();
		stage_type(&preview, keys[i]);
		snprintf(before, sizeof(before), "%s", cursor(&preview, 130));
		ck_assert_str_ne(before, "");
		carry();
		ck_assert_str_eq(cursor(&full, 130), before);
		close_both();
	}
}
END_TEST

START_TEST(what_is_followed_is_followed_on)
{
	open_both();
	stage_type(&preview, "1z<Down>F");
	stage_send(&full, 1, 1021, "20021CS1", "S07", 1, "ABC0018B", 9);
	carry();
	ck_assert_ptr_nonnull(strstr(cursor(&full, 60), "20005CS1"));
	sender(&full, 1005, 1, "Sending completed successfully");
	stage_send(&full, 2, 1020, "20005CS1", "S07", 0, "ABC0018B", 2);
	stage_draw(&full, 140, 50);
	ck_assert_ptr_nonnull(strstr(cursor(&full, 60), "20005CS1"));
	close_both();
}
END_TEST

START_TEST(a_held_picture_counts_on_from_where_it_was_held)
{
	open_both();
	stage_type(&preview, "p");
	SHOWS_IN(&preview, "PAUSED 0 lines behind");
	sender(&preview, 1005, 1, "Heartbeat");
	sender(&preview, 1005, 2, "Heartbeat");
	sender(&full, 1005, 1, "Heartbeat");
	sender(&full, 1005, 2, "Heartbeat");
	stage_draw(&preview, 140, 50);
	SHOWS_IN(&preview, "PAUSED 2 lines behind");
	stage_draw(&full, 140, 50);
	carry();
	SHOWS_IN(&full, "PAUSED 2 lines behind");
	close_both();
}
END_TEST

/* ---- while the history is being read ---- */

START_TEST(the_summary_says_how_far_the_history_has_been_read)
{
	static const int sizes[][2] = { { 140, 50 }, { 80, 24 }, { 40, 10 } };
	size_t i;

	stage_open(&preview);
	stage_play(&preview);
	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		preview.scene.unread = 38;
		stage_draw(&preview, sizes[i][0], sizes[i][1]);
		SHOWS_IN(&preview, "reading history 62 %");
		ck_assert(!stage_shows(&preview, "empty in"));
		preview.scene.unread = 0;
		stage_draw(&preview, sizes[i][0], sizes[i][1]);
		ck_assert(!stage_shows(&preview, "reading history"));
	}
	stage_close(&preview);
}
END_TEST

START_TEST(what_waits_is_at_least_what_has_been_read)
{
	stage_open(&preview);
	preview.scene.unread = 99;
	stage_draw(&preview, 80, 24);
	SHOWS_IN(&preview, "queue ?");
	SHOWS_IN(&preview, "reading history 1 %");
	stage_play(&preview);
	stage_draw(&preview, 80, 24);
	SHOWS_IN(&preview, "queue 10+ sends");
	preview.scene.unread = 0;
	stage_draw(&preview, 80, 24);
	SHOWS_IN(&preview, "queue 10 sends");
	stage_close(&preview);
}
END_TEST

START_TEST(an_export_meanwhile_says_what_it_lacks)
{
	stage_open(&preview);
	stage_play(&preview);
	preview.scene.unread = 38;
	ck_assert_int_eq(stage_type(&preview, "xsends.csv\r"), UI_EXPORT);
	ui_export_result(preview.ui, &preview.scene, UI_EXPORTED, NULL);
	stage_draw(&preview, 80, 24);
	SHOWS_IN(&preview, "sends.csv written, but the logs are not read to the end yet");
	stage_close(&preview);
}
END_TEST

START_TEST(what_a_list_says_waits_is_about_so_many)
{
	stage_open(&preview);
	stage_record(&preview, "SMS_SCHEDULER", 5, 1, "====== Updating Send Request List =======");
	stage_record(&preview, "SMS_SCHEDULER", 5, 1,
	             "Send Request 202SQCS1 JobID: 00000E2A DestSite: PS1 FinalSite: State: Pending "
	             "Status: Action: None Total size: 10k Remaining: 10k Heartbeat: 12:23 Start: 12:00 Finish: 12:00 "
	             "Retry: "
	             "SWD PkgID: PS100039 SWD Pkg Version: 1");
	stage_record(&preview, "SMS_SCHEDULER", 5, 1, "======  Checking Status of All Send Requests  ======");
	preview.scene.unread = 50;
	stage_draw(&preview, 80, 24);
	SHOWS_IN(&preview, "queue ~1 send");
	preview.scene.unread = 0;
	stage_draw(&preview, 80, 24);
	SHOWS_IN(&preview, "queue 1 send");
	stage_close(&preview);
}
END_TEST

static Suite *
handover_suite(void)
{
	Suite *s = suite_create("handover");
	TCase *c = tcase_create("handover");

	tcase_add_test(c, the_cursor_stays_on_its_row);
	tcase_add_test(c, the_cursor_stays_on_the_heading_of_a_group);
	tcase_add_test(c, the_cursor_stays_on_a_failure);
	tcase_add_test(c, a_cursor_that_was_not_moved_stays_on_top);
	tcase_add_test(c, pinned_rows_stay_on_top);
	tcase_add_test(c, a_row_that_is_gone_leaves_the_cursor_to_its_neighbour);
	tcase_add_test(c, the_page_of_a_row_stays_that_of_the_row);
	tcase_add_test(c, the_page_of_lines_stays_on_its_line);
	tcase_add_test(c, what_is_followed_is_followed_on);
	tcase_add_test(c, a_held_picture_counts_on_from_where_it_was_held);
	tcase_add_test(c, the_summary_says_how_far_the_history_has_been_read);
	tcase_add_test(c, what_waits_is_at_least_what_has_been_read);
	tcase_add_test(c, an_export_meanwhile_says_what_it_lacks);
	tcase_add_test(c, what_a_list_says_waits_is_about_so_many);
	suite_add_tcase(s, c);
	return s;
}

int
main(void)
{
	return run_suite(handover_suite());
}
