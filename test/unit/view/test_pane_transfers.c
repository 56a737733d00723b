/* Transfers to distribution points: their pane, and what becomes of a package's distribution points. */
#include "cmtop/figures.h"
#include "stage.h"

static struct stage stage;

static void
open_stage(void)
{
	stage_open(&stage);
	stage_play(&stage);
	stage_copy(&stage);
}

static void
close_stage(void)
{
	stage_close(&stage);
}

/* The line under the cursor holds it. */
static bool
cursor_on(const char *what)
{
	const char *line = strstr(stage.kept.text, "\n>");
	size_t size = line ? strcspn(line + 1, "\n") : 0;

	return line && span_find((struct span){ line + 1, size }, span_of(what)) < size;
}

#define CURSOR_ON(what) ck_assert_msg(cursor_on(what), "the cursor is not on \"%s\" in\n%s", what, stage.kept.text)

/* A line of the page has this label and this text. */
static bool
has_detail(const char *label, const char *text)
{
	struct span rest = span_of(stage.kept.text), line;

	while (rest.size > 0) {
		line = span_part(rest, 0, span_find(rest, SPAN("\n")));
		rest = span_from(rest, line.size + 1);
		line = span_trim(line);
		if (span_skip(&line, span_of(label)) && span_starts_nocase(span_trim(line), span_of(text)))
			return true;
	}
	return false;
}

#define DETAIL(label, what) ck_assert_msg(has_detail(label, what), "no %s: %s in\n%s", label, what, stage.kept.text)

/* ---- the pane ---- */

START_TEST(six_shows_the_transfers_and_what_went_wrong_stands_on_top)
{
	stage_draw(&stage, 80, 24);
	HIDES("DP transfers");
	stage_type(&stage, "6z");
	SHOWS("-- 6 DP transfers 6, 1 failed, 1 to retry ---");
	SHOWS("sort state ^");
	CURSOR_ON("ABC0018B DP3.CONTOSO.COM  failed");
	SHOWS("ABC0018B DP2.CONTOSO.COM  retry               0 B          -    2 12:29:04\n");
	SHOWS("ABC00F10 DP1.CONTOSO.COM  sending         20.0 MB   1.0 MB/s    0");
	SHOWS("ABC00EA1 DP4.BRA..OSO.COM throttled           0 B");
	SHOWS("ABC0018B PULLDP...OSO.COM notified              ?          -    0 13:06:04\n");
	SHOWS("ABC0018B DP1.CONTOSO.COM  done             3.0 MB");
}
END_TEST

START_TEST(wider_screens_show_threads_share_and_errors)
{
	stage_draw(&stage, 160, 24);
	stage_type(&stage, "6z");
	SHOWS("CSendFileAction");
	SHOWS("pull 3");
	SHOWS("  2   20.0 MB  ~20");
	stage_draw(&stage, 250, 24);
	SHOWS("DP4.BRANCH.CONTOSO.COM");
	SHOWS("~100.0 MB");
	SHOWS("VER");
	SHOWS("CSendFileAction::SendFiles failed; 0x8007052e");
	stage_draw(&stage, 40, 12);
	SHOWS("ABC0018B");
	SHOWS("failed");
	stage_draw(&stage, 24, 12);
	SHOWS("DP3..COM failed");
}
END_TEST

START_TEST(the_pane_comes_by_itself_where_there_is_room_and_something_to_show)
{
	struct stage fresh;

	stage_draw(&stage, 120, 40);
	SHOWS("-- 6 DP transfers 6");
	SHOWS("-- 5 Packages");
	stage_draw(&stage, 200, 60);
	SHOWS("-- 6 DP transfers 6");
	stage_draw(&stage, 120, 26);
	HIDES("6 DP transfers");
	stage_type(&stage, "6");
	SHOWS("-- 6 DP transfers 6");
	HIDES("5 Packages");
	stage_draw(&stage, 80, 24);
	SHOWS("-- 6 DP transfers 6");

	stage_open(&fresh);
	stage_play(&fresh);
	stage_draw(&fresh, 200, 60);
	ck_assert(!stage_shows(&fresh, "6 DP transfers"));
	stage_type(&fresh, "6");
	ck_assert(stage_shows(&fresh, "-- 6 DP transfers 0 --"));
	ck_assert(stage_shows(&fresh, "no PkgXferMgr.log among the logs that are read"));
	stage_close(&fresh);
}
END_TEST

START_TEST(tab_reaches_the_pane_where_it_is_shown)
{
	stage_draw(&stage, 120, 40);
	stage_type(&stage, "<S-Tab>");
	SHOWS("> ABC0018B DP3.CO..SO.COM failed");
	stage_draw(&stage, 80, 24);
	stage_type(&stage, "1<S-Tab>");
	CURSOR_ON("11:59:04");
}
END_TEST

START_TEST(transfers_are_filtered_by_what_is_said_of_them)
{
	stage_draw(&stage, 100, 24);
	stage_type(&stage, "6z/state:retry<Enter>");
	SHOWS("6 DP transfers 1 of 6");
	CURSOR_ON("572");
	stage_type(&stage, "<Del>/state:throttled<Enter>");
	CURSOR_ON("575");
	stage_type(&stage, "<Del>/server:^dp1<Enter>");
	SHOWS("6 DP transfers 2 of 6");
	stage_type(&stage, "<Del>/try:>2<Enter>");
	CURSOR_ON("574");
	stage_type(&stage, "<Del>/text:8007052e<Enter>");
	CURSOR_ON("572");
	stage_type(&stage, "<Del>/pkg:F10<Enter>");
	CURSOR_ON("576");
	stage_type(&stage, "<Del>/size:>50M<Enter>");
	SHOWS("6 DP transfers 1 of 6");
	stage_type(&stage, "<Del>/rate:>0<Enter>");
	SHOWS("6 DP transfers 1 of 6");
	stage_type(&stage, "<Del>/server:nowhere<Enter>");
	SHOWS("the filter hides all rows here");
}
END_TEST

START_TEST(a_package_that_goes_to_a_dp_is_in_a_filter_on_that_server)
{
	stage_draw(&stage, 120, 40);
	stage_type(&stage, "5z/server:DP4<Enter>");
	SHOWS("5 Packages 1 of 6");
	CURSOR_ON("ABC00EA1");
}
END_TEST

START_TEST(transfers_are_sorted_by_every_key_and_by_a_click)
{
	stage_draw(&stage, 100, 24);
	stage_type(&stage, "6z");
	stage_type(&stage, "sj<Enter>");
	SHOWS("sort job ^");
	CURSOR_ON("571");
	stage_type(&stage, "I");
	CURSOR_ON("576");
	stage_type(&stage, "I<Esc>6z");
	stage_type(&stage, "s<End>kk<Enter>");
	SHOWS("sort failures v");
	CURSOR_ON("572");
	stage_type(&stage, ">");
	SHOWS("sort attempts v");
	CURSOR_ON("574");
	/* The heading of the bytes. */
	ck_assert_int_eq(ui_mouse(stage.ui, &stage.scene, 57, 4, UI_CLICK), UI_REDRAW);
	stage_draw(&stage, 100, 24);
	SHOWS("sort bytes v");
	CURSOR_ON("576");
	ui_mouse(stage.ui, &stage.scene, 57, 4, UI_CLICK);
	stage_draw(&stage, 100, 24);
	SHOWS("sort bytes ^");
}
END_TEST

START_TEST(a_transfer_is_pinned_searched_for_and_followed)
{
	stage_draw(&stage, 100, 24);
	stage_type(&stage, "6z<End> <Home>");
	CURSOR_ON("571");
	stage_type(&stage, "U<F3>EA1<Enter>");
	CURSOR_ON("575");
	stage_type(&stage, "<Home>F");
	SHOWS("following");
	CURSOR_ON("573");
	stage_transfer(&stage, 30, 573, 3009, "ABC0018B", 1, "DP3.CONTOSO.COM", "");
	stage_draw(&stage, 100, 24);
	CURSOR_ON("573 ABC0018B");
	CURSOR_ON("sending");
	stage_type(&stage, "F");
	HIDES("following");
}
END_TEST

START_TEST(enter_tells_all_that_is_known_of_a_transfer)
{
	stage_draw(&stage, 120, 40);
	stage_type(&stage, "6j<Enter>");
	SHOWS("Transfer of ABC0018B to DP2.CONTOSO.COM");
	SHOWS("retry: it failed and will be tried again");
	SHOWS("next try   12:29:04\n");
	stage.scene.now += WHEN_HOUR;
	stage_draw(&stage, 120, 40);
	SHOWS("next try   was 12:29:04\n");
	stage.scene.now -= WHEN_HOUR;
	stage_draw(&stage, 120, 40);
	SHOWS("SendFiles failed");
	SHOWS("1, failed 2 times");
	stage_type(&stage, "qj<Enter>");
	SHOWS("3006 3007");
	SHOWS("20.0 MB");
	SHOWS("~20.0 %");
	stage_type(&stage, "qj<Enter>");
	SHOWS("only one connection is allowed");
	stage_type(&stage, "qj<Enter>");
	SHOWS("a pull distribution point");
}
END_TEST

START_TEST(l_shows_the_lines_of_a_transfer_and_of_no_other)
{
	stage_draw(&stage, 160, 40);
	stage_type(&stage, "6jl");
	SHOWS("Log lines of job 572: ABC0018B to DP2.CONTOSO.COM");
	SHOWS("Found send request with ID: 572");
	SHOWS("Sending failed. Failure count = 2");
	SHOWS("Sending thread complete");
	SHOWS("line 5 of 5");
	HIDES("ID: 571");
	stage_type(&stage, "qjl");
	SHOWS("Log lines of job 576");
	SHOWS("at position 19922944");
}
END_TEST

START_TEST(lines_of_blocks_do_not_push_out_the_others)
{
	unsigned i;

	for (i = 0; i < 30000; i++) {
		pkgxfer(&stage, 3006, 10 + i / 100.0,
		        "Attempt to write 1048576 bytes to \\\\DP1.CONTOSO.COM\\SMS_DP$\\73E0.temp at position 0");
		pkgxfer(&stage, 3006, 10 + i / 100.0,
		        "Wrote 1048576 bytes to \\\\DP1.CONTOSO.COM\\SMS_DP$\\73E0.temp at position 0 in 344 ticks");
	}
	ck_assert_uint_eq(logstore_gone(stage.logstore).lines, 0);
	ck_assert_uint_gt(logstore_gone(stage.logstore).blocks, 0);
	stage_draw(&stage, 120, 40);
	stage_type(&stage, "6jl");
	SHOWS("Found send request with ID: 572");
}
END_TEST

START_TEST(an_export_has_the_names_of_the_json)
{
	struct sink sink = { keep_bytes, &stage.kept };

	stage_draw(&stage, 80, 24);
	stage_type(&stage, "6");
	stage.kept.size = 0;
	ui_export(stage.ui, &stage.scene, UI_FORMAT_CSV, &sink);
	SHOWS("job,package,name,version,dp,state,threads,bytes,size,rate,failures,attempts,error,restart,restart_text,"
	      "stalled,throttled\r\n");
	SHOWS("576,ABC00F10,?,2,DP1.CONTOSO.COM,sending,2,20971520,104857600,1048576,0,1,,,,false,false\r\n");
	stage.kept.size = 0;
	ui_export(stage.ui, &stage.scene, UI_FORMAT_JSON, &sink);
	SHOWS("\"pane\": \"DP transfers\"");
	SHOWS("\"failures\": 2");
}
END_TEST

START_TEST(a_done_transfer_is_shown_for_an_hour)
{
	stage_draw(&stage, 80, 24);
	stage_type(&stage, "6");
	SHOWS("6 DP transfers 6,");
	stage.scene.now += 2 * WHEN_HOUR;
	stage_draw(&stage, 80, 24);
	SHOWS("6 DP transfers 5,");
}
END_TEST

START_TEST(a_rate_is_told_while_bytes_flow_and_only_then)
{
	const struct transfer *transfer = model_transfer(stage.model, 576);

	ck_assert_double_eq_tol(transfer_rate(transfer, stage.scene.now), 1048576, 1);
	ck_assert(transfer_rate(transfer, stage.scene.now + 20 * WHEN_SECOND) == 0);
	ck_assert(transfer_rate(transfer, WHEN_NONE) < 0);
	ck_assert(transfer_rate(model_transfer(stage.model, 571), stage.scene.now) < 0);
	stage_transfer(&stage, 40, 580, 3010, "ABC00F11", 1, "DP1.CONTOSO.COM", "");
	ck_assert(transfer_rate(model_transfer(stage.model, 580), STAGE_NOON + 44 * WHEN_SECOND) < 0);
	ck_assert(transfer_rate(model_transfer(stage.model, 580), STAGE_NOON + 46 * WHEN_SECOND) == 0);
	ck_assert_ptr_null(model_transfer(stage.model, 9999));
}
END_TEST

/* ---- the distribution points of a package ---- */

START_TEST(a_dp_of_two_logs_is_one_line_under_its_package)
{
	size_t lines = 0;
	const char *at;

	stage_draw(&stage, 120, 40);
	stage_type(&stage, "3z");
	SHOWS("ABC00F10 waiting for DPs");
	SHOWS("0/2 1 send 1 run");
	for (at = stage.kept.text; (at = strstr(at, "DP1.CONTOSO.COM")); at++)
		lines++;
	/* Under ABC00F10, and under ABC0018B, whose thread has ended. */
	ck_assert_uint_eq(lines, 2);
	SHOWS("20s   20.0 MB sending");
	stage_type(&stage, "<Enter>");
	DETAIL("sending", "DP1.CONTOSO.COM  20.0 MB written");
	DETAIL("running", "DP2.CONTOSO.COM");
	stage_type(&stage, "qj<Enter>");
	SHOWS("Distribution point DP1.CONTOSO.COM");
	SHOWS("22444, done");
	SHOWS("3006 3007");
}
END_TEST

START_TEST(a_package_whose_thread_has_ended_is_shown_until_its_dps_are_done)
{
	stage_draw(&stage, 120, 40);
	stage_type(&stage, "3z");
	SHOWS("ABC0018B on its way to DPs");
	SHOWS("1/4 1 FAILED 1 retry 1 pull");
	SHOWS("ABC00EA1 on its way to DPs");
	SHOWS("0/1 1 throttled");
	stage_transfer(&stage, 50, 575, 3011, "ABC00EA1", 1, "DP4.BRANCH.CONTOSO.COM", "");
	pkgxfer(&stage, 3011, 51,
	        "Finished sending SWD package ABC00EA1 version 1 to distribution point DP4.BRANCH.CONTOSO.COM");
	stage_draw(&stage, 120, 40);
	HIDES("ABC00EA1 on its way to DPs");
}
END_TEST

START_TEST(the_page_of_a_package_has_its_distribution_points)
{
	stage_draw(&stage, 120, 40);
	stage_type(&stage, "5<Enter>");
	SHOWS("Package ABC0018B");
	DETAIL("done", "DP1.CONTOSO.COM  3.0 MB written");
	DETAIL("retry", "DP2.CONTOSO.COM  0 B written, failed 2 times, again 12:29:04");
	DETAIL("failed", "DP3.CONTOSO.COM");
	DETAIL("notified", "PULLDP.CONTOSO.COM  told 3 times to fetch it");
}
END_TEST

START_TEST(what_the_transfer_manager_never_spoke_of_is_said_to_be_handed_over)
{
	stage_draw(&stage, 120, 40);
	distmgr(&stage, 22445, 1,
	        "Created package transfer job to send package ABC00F10 to distribution point "
	        "[\"Display=\\\\DP2.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP2.CONTOSO.COM\\.");
	distmgr(&stage, 5420, 1, "DP thread for package ABC00F10 with thread handle 1 and thread ID 22445 ended.");
	stage_type(&stage, "3z");
	SHOWS("0/2 1 send 1 handed");
	SHOWS("handed over");
}
END_TEST

START_TEST(without_its_log_the_dp_threads_are_all_that_is_told)
{
	struct stage fresh;

	stage_open(&fresh);
	stage_play(&fresh);
	stage_draw(&fresh, 120, 40);
	ck_assert(stage_shows(&fresh, "1/2 1 run"));
	ck_assert(!stage_shows(&fresh, "handed"));
	ck_assert(!stage_shows(&fresh, "on its way to DPs"));
	stage_close(&fresh);
}
END_TEST

START_TEST(a_new_round_begins_from_nothing)
{
	distmgr(&stage, 9, 60, "Started package processing thread for package 'ABC0018B', thread ID = 0x1530 (5424)");
	distmgr(&stage, 5424, 61,
	        "Created DP processing thread 22450 for addition or update of package ABC0018B on server "
	        "[\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP1.CONTOSO.COM\\");
	stage_draw(&stage, 120, 40);
	stage_type(&stage, "3z");
	SHOWS("0/1 1 run");
	HIDES("ABC0018B on its way to DPs");
	/* The page of the package has the others too, which are still what they were. */
	stage_type(&stage, "z5<Enter>");
	DETAIL("running", "DP1.CONTOSO.COM");
	DETAIL("retry", "DP2.CONTOSO.COM");
}
END_TEST

START_TEST(a_short_name_is_the_same_server)
{
	distmgr(&stage, 5420, 2,
	        "Created DP processing thread 22460 for addition or update of package ABC00F10 on server "
	        "[\"Display=\\\\DP9\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP9\\");
	stage_transfer(&stage, 3, 590, 3020, "ABC00F10", 2, "DP9.CONTOSO.COM", "");
	stage_draw(&stage, 120, 40);
	stage_type(&stage, "3z");
	SHOWS("0/3 2 send 1 run");
}
END_TEST

START_TEST(a_thousand_servers_are_each_found_by_short_and_by_whole_name)
{
	char text[200], name[40];
	unsigned i;

	for (i = 0; i < 1000; i++) {
		snprintf(text, sizeof(text),
		         "Created DP processing thread %u for addition or update of package ABC00F10 on server "
		         "[\"Display=\\\\Many%u\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\Many%u\\",
		         30000 + 4 * i, i, i);
		distmgr(&stage, 5420, 2, text);
	}
	for (i = 1000; i-- > 0;) {
		snprintf(name, sizeof(name), "MANY%u%s", i, i % 2 ? ".CONTOSO.COM" : "");
		stage_transfer(&stage, 3, 1000 + i, 50000 + 4 * i, "ABC00F10", 2, name, "");
	}
	stage_draw(&stage, 160, 40);
	stage_type(&stage, "3z");
	SHOWS("0/1002 1001 send 1 run");
}
END_TEST

START_TEST(a_dp_that_failed_in_distmgr_has_failed)
{
	distmgr(&stage, 22445, 2,
	        "Cannot establish connection to "
	        "[\"Display=\\\\DP2.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP2.CONTOSO.COM\\. Error = 53");
	stage_draw(&stage, 120, 40);
	stage_type(&stage, "3z");
	SHOWS("0/2 1 FAILED 1 send");
}
END_TEST

START_TEST(the_rows_under_a_package_have_pages_and_lines_of_their_own)
{
	stage_draw(&stage, 120, 40);
	/* The thread, its two distribution points, a package without thread, and under it a transfer. */
	stage_type(&stage, "3zjjj");
	CURSOR_ON("ABC0018B on its way to DPs");
	stage_type(&stage, "<Enter>");
	SHOWS("Package ABC0018B");
	stage_type(&stage, "ql");
	SHOWS("Log lines of package ABC0018B");
	stage_type(&stage, "qjj<Enter>");
	SHOWS("Transfer of ABC0018B to DP2.CONTOSO.COM");
	stage_type(&stage, "l");
	SHOWS("Log lines of job 572");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pane_transfers");
	TCase *all = tcase_create("pane_transfers");

	tcase_add_checked_fixture(all, open_stage, close_stage);
	tcase_add_test(all, six_shows_the_transfers_and_what_went_wrong_stands_on_top);
	tcase_add_test(all, wider_screens_show_threads_share_and_errors);
	tcase_add_test(all, the_pane_comes_by_itself_where_there_is_room_and_something_to_show);
	tcase_add_test(all, tab_reaches_the_pane_where_it_is_shown);
	tcase_add_test(all, transfers_are_filtered_by_what_is_said_of_them);
	tcase_add_test(all, a_package_that_goes_to_a_dp_is_in_a_filter_on_that_server);
	tcase_add_test(all, transfers_are_sorted_by_every_key_and_by_a_click);
	tcase_add_test(all, a_transfer_is_pinned_searched_for_and_followed);
	tcase_add_test(all, enter_tells_all_that_is_known_of_a_transfer);
	tcase_add_test(all, l_shows_the_lines_of_a_transfer_and_of_no_other);
	tcase_add_test(all, lines_of_blocks_do_not_push_out_the_others);
	tcase_add_test(all, an_export_has_the_names_of_the_json);
	tcase_add_test(all, a_done_transfer_is_shown_for_an_hour);
	tcase_add_test(all, a_rate_is_told_while_bytes_flow_and_only_then);
	tcase_add_test(all, a_dp_of_two_logs_is_one_line_under_its_package);
	tcase_add_test(all, a_package_whose_thread_has_ended_is_shown_until_its_dps_are_done);
	tcase_add_test(all, the_page_of_a_package_has_its_distribution_points);
	tcase_add_test(all, what_the_transfer_manager_never_spoke_of_is_said_to_be_handed_over);
	tcase_add_test(all, without_its_log_the_dp_threads_are_all_that_is_told);
	tcase_add_test(all, a_new_round_begins_from_nothing);
	tcase_add_test(all, a_short_name_is_the_same_server);
	tcase_add_test(all, a_thousand_servers_are_each_found_by_short_and_by_whole_name);
	tcase_add_test(all, a_dp_that_failed_in_distmgr_has_failed);
	tcase_add_test(all, the_rows_under_a_package_have_pages_and_lines_of_their_own);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
