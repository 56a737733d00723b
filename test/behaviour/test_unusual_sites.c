/*
 * What is told in text, JSON and on the screen alike: a site that sends to distribution
 * points alone, tables that are full, logs that are silent, times of a retry, sizes that
 * are not known.
 */
#include <jansson.h>

#include "cmtop/check.h"
#include "cmtop/figures.h"
#include "cmtop/report.h"
#include "cmtop/state_text.h"
#include "stage.h"

static struct stage stage;
static struct kept told;

static const struct sink sink = { keep_bytes, &told };

static void
open_stage(void)
{
	told = (struct kept){ 0 };
	stage_open(&stage);
}

static void
close_stage(void)
{
	kept_free(&told);
	stage_close(&stage);
}

static const char *
text(void)
{
	told.size = 0;
	report_text(&stage.scene, &sink);
	return told.text;
}

static json_t *
json(void)
{
	json_t *root;

	told.size = 0;
	ck_assert(report_json(&stage.scene, &sink));
	root = json_loadb(told.text, told.size, JSON_REJECT_DUPLICATES, NULL);
	ck_assert_ptr_nonnull(root);
	return root;
}

#define TOLD(what) ck_assert_msg(strstr(told.text, (what)) != NULL, "no \"%s\" in\n%s", (what), told.text)

/* ---- a site with distribution points and no child site ---- */

static void
play_dps(void)
{
	distmgr(&stage, 9, -99, "Currently using 0 out of 3 allowed package processing threads.");
	distmgr(&stage, 9, -99, "Started package processing thread for package 'ABC00F10', thread ID = 0x152C (5420)");
	distmgr(&stage, 5420, -98,
	        "Created DP processing thread 22444 for addition or update of package ABC00F10 on server "
	        "[\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP1.CONTOSO.COM\\");
	stage_copy(&stage);
}

START_TEST(a_site_without_child_sites_has_a_page_of_what_it_does)
{
	play_dps();
	text();
	TOLD("sender    nothing in these logs");
	TOLD("transfers 1 sending");
	TOLD(", 1 retrying, 1 failed");
	TOLD("\nPackage threads 1\n");
	TOLD("\nTransfers to distribution points 6\n");
	TOLD("    573 ABC0018B DP3.CONTOSO.COM        failed ");
	TOLD("    572 ABC0018B DP2.CONTOSO.COM        retry ");
	TOLD("\n        again 2026-07-30 12:29:04\n");
	TOLD("    576 ABC00F10 DP1.CONTOSO.COM        sending         20.0 MB");
	TOLD("\nand 1 done in the last hour\n");
	TOLD("running DP1.CONTOSO.COM");
	ck_assert_ptr_null(strstr(told.text, "Active sends"));
	ck_assert_ptr_null(strstr(told.text, "\nSites"));
	ck_assert_ptr_null(strstr(told.text, "queue "));
}
END_TEST

START_TEST(no_line_of_that_page_is_wider_than_80_columns)
{
	const char *line, *end;

	play_dps();
	for (line = text(); *line; line = end + 1) {
		end = strchr(line, '\n');
		ck_assert_msg(end - line <= 80, "%.*s", (int)(end - line), line);
	}
}
END_TEST

START_TEST(without_a_sender_the_room_goes_to_what_there_is)
{
	play_dps();
	stage_draw(&stage, 80, 24);
	SHOWS("-- 3 DistMgr 1/3");
	SHOWS("-- 4 Failures");
	SHOWS("-- 6 DP transfers 6, 1 failed, 1 to retry");
	HIDES("1 Active sends");
	HIDES("2 Sites");
	stage_draw(&stage, 120, 40);
	SHOWS("-- 3 DistMgr");
	SHOWS("-- 4 Failures");
	SHOWS("-- 5 Packages");
	SHOWS("-- 6 DP transfers");
	SHOWS("571 ABC0018B");
	HIDES("1 Active sends");
	/* Who asks for a pane gets it. */
	stage_type(&stage, "1");
	SHOWS("1 Active sends");
	stage_draw(&stage, 40, 8);
	stage_draw(&stage, 20, 3);
	stage_draw(&stage, 300, 100);
	SHOWS("6 DP transfers");
}
END_TEST

START_TEST(where_only_distmgr_was_heard_it_has_most_of_the_room)
{
	distmgr(&stage, 9, -99, "Started package processing thread for package 'ABC00F10', thread ID = 0x152C (5420)");
	stage_draw(&stage, 80, 24);
	SHOWS("> ABC00F10");
	SHOWS("-- 3 DistMgr 1/?");
	SHOWS("-- 4 Failures");
	SHOWS("-- 5 Packages 1");
	HIDES("6 DP transfers");
	HIDES("1 Active sends");
	stage_type(&stage, "6");
	SHOWS("6 DP transfers");
	stage_draw(&stage, 60, 9);
	stage_draw(&stage, 20, 3);
	stage_draw(&stage, 250, 80);
	SHOWS("6 DP transfers");
}
END_TEST

START_TEST(a_sender_that_is_heard_later_gets_its_place)
{
	play_dps();
	stage_draw(&stage, 80, 24);
	HIDES("1 Active sends");
	stage_send(&stage, 1, 1006, "20006CS1", "S31", 0, "ABC00EA1", 8);
	stage_draw(&stage, 80, 24);
	SHOWS("1 Active sends 1");
	SHOWS("> S31");
}
END_TEST

/* ---- full tables ---- */

static void
due_to(const char *site)
{
	stage_due(&stage, 0, "ABC0018B", site);
}

START_TEST(what_did_not_fit_is_counted_once_and_told)
{
	const struct model_limits limits = { .sites = 4 };
	char code[8];
	json_t *root;
	int round, i;

	model_free(stage.model);
	stage.model = model_new(&limits);
	stage.scene.model = stage.model;
	for (round = 0; round < 3; round++)
		for (i = 0; i < 16; i++) {
			snprintf(code, sizeof code, "S%02d", i);
			due_to(code);
		}
	ck_assert_uint_eq(model_truncated(stage.model).sites, 12);
	root = json();
	ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(root, "truncated"), "sites")), 12);
	ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(root, "truncated"), "packages")), 0);
	json_decref(root);
	text();
	TOLD("4 sites are kept, 12 more did not fit: figures are too low\n");
	stage_draw(&stage, 120, 40);
	SHOWS("4 sites are kept, 12 more did not fit: figures are too low");
	stage_draw(&stage, 80, 24);
	SHOWS("12 sites did not fit");
	stage_draw(&stage, 30, 20);
	SHOWS("12 sites did not fit");
	told.size = 0;
	ck_assert(report_metrics(&stage.scene, &sink));
	TOLD("\ncmtop_truncated_total{table=\"sites\"} 12\n");
	TOLD("\ncmtop_truncated_total{table=\"packages\"} 0\n");
}
END_TEST

START_TEST(nothing_is_said_of_tables_that_hold_all)
{
	stage_play(&stage);
	text();
	ck_assert_ptr_null(strstr(told.text, "did not fit"));
	stage_draw(&stage, 120, 40);
	HIDES("did not fit");
}
END_TEST

/* ---- logs that are silent ---- */

START_TEST(a_log_that_is_silent_while_others_go_on_is_told_at_every_width)
{
	static const int widths[] = { 30, 60, 80, 100, 120, 200 };
	size_t i;

	stage_play(&stage);
	stage_draw(&stage, 80, 24);
	HIDES("silent");
	sender(&stage, 1005, 3 * 3600, "Nobody knows this");
	for (i = 0; i < sizeof widths / sizeof *widths; i++) {
		stage_draw(&stage, widths[i], 40);
		stage.logs[1].reached = STAGE_NOON; /* the last word of distmgr.log */
		ui_draw(stage.ui, &stage.scene, &stage.grid);
		stage.kept.size = 0;
		grid_text(&stage.grid, &(struct sink){ keep_bytes, &stage.kept });
		SHOWS("distmgr.log silent 3h");
	}
	text();
	TOLD(": silent 3h 0m while other logs go on");
}
END_TEST

START_TEST(a_log_that_has_nothing_to_tell_may_be_silent)
{
	struct log_status logs[2] = { { .reached = 0 }, { .reached = 2 * WHEN_HOUR } };

	strcpy(logs[0].name, "sched");
	strcpy(logs[1].name, "sender");
	ck_assert_int_eq(log_silence(stage.model, logs, 2, 0, WHEN_NONE), -1);
	strcpy(logs[0].name, "distmgr");
	logs[1].reached = WHEN_HOUR;
	ck_assert_int_eq(log_silence(stage.model, logs, 2, 0, WHEN_NONE), -1);
	logs[1].reached = 4 * WHEN_HOUR;
	ck_assert_int_eq(log_silence(stage.model, logs, 2, 0, WHEN_NONE), 4 * WHEN_HOUR);
	/* Logs of another year were put together by hand. */
	logs[1].reached = 400 * WHEN_DAY;
	ck_assert_int_eq(log_silence(stage.model, logs, 2, 0, WHEN_NONE), -1);
	logs[1].reached = WHEN_NONE;
	ck_assert_int_eq(log_silence(stage.model, logs, 2, 0, WHEN_NONE), -1);
	distmgr(&stage, 9, 0, "Adding package 'ABC00F10' to package processing queue.");
	logs[1].reached = 2 * WHEN_HOUR;
	ck_assert_int_eq(log_silence(stage.model, logs, 2, 0, WHEN_NONE), 2 * WHEN_HOUR);
	ck_assert_int_eq(log_silence(stage.model, logs, 2, 0, 2 * WHEN_HOUR + WHEN_MINUTE),
	                 2 * WHEN_HOUR + WHEN_MINUTE);
	/* All have been silent since: that is another matter. */
	ck_assert_int_eq(log_silence(stage.model, logs, 2, 0, 4 * WHEN_HOUR), -1);
}
END_TEST

/* ---- times of a retry ---- */

START_TEST(a_time_that_can_be_read_is_a_time_and_any_other_the_whole_text)
{
	json_t *root, *rows;

	stage_transfer(&stage, -70, 572, 3002, "ABC0018B", 1, "DP2.CONTOSO.COM", "");
	pkgxfer(&stage, 3002, -69,
	        "Sending failed. Failure count = 1, Restart time = 30.07.2026 13:01:04 Mitteleurop\xc3\xa4ische "
	        "Sommerzeit");
	stage_transfer(&stage, -60, 573, 3003, "ABC0018B", 1, "DP3.CONTOSO.COM", "");
	pkgxfer(&stage, 3003, -59, "Sending failed. Failure count = 1, Restart time = 2026/07/30 qq. 1:07:21");
	stage_transfer(&stage, -50, 574, 3004, "ABC0018B", 1, "DP4.CONTOSO.COM", "");
	pkgxfer(&stage, 3004, -49,
	        "Sending failed. Failure count = 1, Restart time = 7/30/2026 1:07:21 PM Eastern Daylight Time");
	root = json();
	rows = json_object_get(root, "transfers");
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(rows, 0), "restart")),
	                 "2026-07-30T17:01:04.000Z");
	ck_assert(json_is_null(json_object_get(json_array_get(rows, 0), "restart_text")));
	ck_assert(json_is_null(json_object_get(json_array_get(rows, 1), "restart")));
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(rows, 1), "restart_text")),
	                 "2026/07/30 qq. 1:07:21");
	ck_assert_str_eq(json_string_value(json_object_get(json_array_get(rows, 2), "restart")),
	                 "2026-07-30T17:07:21.000Z");
	json_decref(root);
	stage_draw(&stage, 160, 40);
	stage_type(&stage, "6z");
	SHOWS(" 13:01:04");
	SHOWS(" 13:07:21");
	HIDES("1:07:21");
	stage_type(&stage, "j<Enter>");
	SHOWS("next try   2026/07/30 qq. 1:07:21");
	stage_type(&stage, "<Esc>");
	/* What is past is not shown as if it were to come. */
	stage.scene.now += 2 * WHEN_HOUR;
	stage_draw(&stage, 160, 40);
	SHOWS("was 13:01:04");
	text();
	TOLD("again 2026-07-30 13:07:21, in the past");
}
END_TEST

START_TEST(a_time_without_a_zone_has_no_stray_blank)
{
	static const char log[] = "Checking for sending capacity. Used 0 out of 5.  $$<SMS_LAN_SENDER><Fri Feb 05 "
				  "11:12:20.123 2010 Eastern Standard Time><thread=1150 (0x47E)>\r\n";

	feed_model(stage.parser, stage.model, NULL, log, strlen(log));
	stage.scene.now = model_newest(stage.model);
	text();
	TOLD("11:12:20, the server's time\n");
}
END_TEST

/* ---- sizes ---- */

START_TEST(sends_of_unknown_size_count_as_the_mean_of_the_others)
{
	struct backlog backlog;
	json_t *root;

	stage_due(&stage, -100, "ABC0018B", "S07");
	stage_due(&stage, -100, "ABC00EA1", "S07");
	backlog = backlog_at(stage.model, stage.scene.now);
	ck_assert_int_eq(backlog.bytes_left, -1);
	ck_assert_uint_eq(backlog.bytes_unknown, 2);
	distmgr(&stage, 500, -90, "The size of package ABC0018B, version 1 is 1024 KBytes");
	stage_due(&stage, -80, "ABC0018B", "S14");
	backlog = backlog_at(stage.model, stage.scene.now);
	ck_assert_int_eq(backlog.bytes_left, 3 * 1048576);
	ck_assert_uint_eq(backlog.bytes_unknown, 1);
	root = json();
	ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(root, "backlog"), "bytes_left")),
	                 3 * 1048576);
	ck_assert_int_eq(json_integer_value(json_object_get(json_object_get(root, "backlog"), "bytes_unknown")), 1);
	json_decref(root);
	text();
	TOLD(", ~3.0 MB left\n          size of 1 send not known: counted as the average of the others\n");
	stage_draw(&stage, 80, 24);
	SHOWS("~3.0 MB");
}
END_TEST

/* ---- the slots, the trend, the states ---- */

/* A slot that changes hands is not free where the advice says that all are in use. */
START_TEST(a_slot_that_changes_hands_is_not_free)
{
	double at;

	distmgr(&stage, 9, -3000, "Currently using 0 out of 3 allowed package processing threads.");
	for (at = 0; at < 20; at++)
		stage_due(&stage, -3000, "ABC0018B", "S07");
	sender(&stage, 4, -2000, "Checking for sending capacity. Used 0 out of 5.");
	for (at = 0; at < 5; at++) {
		char request[16], site[8];

		snprintf(request, sizeof request, "2000%dCS1", (int)at);
		snprintf(site, sizeof site, "S0%d", (int)at);
		stage_send(&stage, -1990 + at, 1001 + (unsigned)at, request, site, 0, "ABC0018B", 1);
	}
	for (at = -1900; at < 0; at += 5)
		sender(&stage, 1002, at,
		       "Wrote 1048576 bytes to \\\\S01SRV\\SMS_SITE\\20001CS1.PCK at position 1048576");
	ck_assert(sending_is_full(stage.model, stage.scene.now));
	sender(&stage, 1001, 0, "Sending completed successfully");
	ck_assert_uint_eq(model_sending(stage.model).used, 4);
	ck_assert(sending_is_full(stage.model, stage.scene.now));
	stage_draw(&stage, 80, 24);
	HIDES("1 free");
	sender(&stage, 1003, 1, "Sending completed successfully");
	ck_assert(!sending_is_full(stage.model, stage.scene.now));
	stage_draw(&stage, 80, 24);
	SHOWS("2 free");
}
END_TEST

/* The part of the trend that both pictures have, the newest columns, looks the same. */
START_TEST(the_trend_has_the_same_base_line_at_every_width)
{
	const char *narrow, *wide;
	char first[32], second[32];
	int hour, i;

	distmgr(&stage, 9, -40 * 300, "Currently using 0 out of 3 allowed package processing threads.");
	for (hour = 40; hour > 0; hour--)
		for (i = 0; i < (hour > 20 ? 1 : 6); i++)
			stage_due(&stage, -300.0 * hour, "ABC0018B", "S07");
	distmgr(&stage, 9, 0, "Currently using 0 out of 3 allowed package processing threads.");
	stage_draw(&stage, 75, 40);
	narrow = strstr(strstr(stage.kept.text, " trend "), " 140 ");
	ck_assert_ptr_nonnull(narrow);
	snprintf(first, sizeof first, "%.20s", narrow - 20);
	stage_draw(&stage, 170, 40);
	wide = strstr(strstr(stage.kept.text, " trend "), " 140 ");
	ck_assert_ptr_nonnull(wide);
	snprintf(second, sizeof second, "%.20s", wide - 20);
	ck_assert_str_eq(first, second);
}
END_TEST

START_TEST(a_state_says_what_holds_it)
{
	struct transfer transfer = {
		.state = TRANSFER_SENDING, .throttled = true, .limit_percent = 10, .last = 0, .started = 0
	};
	char out[STATE_TEXT];

	ck_assert_int_eq(transfer_state_text(&transfer, WHEN_MINUTE, out), STATE_WARNS);
	ck_assert_str_eq(out, "throttled 10%");
	transfer.limit_percent = 0;
	transfer_state_text(&transfer, WHEN_MINUTE, out);
	ck_assert_str_eq(out, "throttled");
	transfer.throttled = false;
	ck_assert_int_eq(transfer_state_text(&transfer, WHEN_MINUTE, out), STATE_GOOD);
	ck_assert_str_eq(out, "sending");
	transfer.state = TRANSFER_FAILED;
	ck_assert_int_eq(transfer_state_text(&transfer, WHEN_MINUTE, out), STATE_BAD);
	stage_play(&stage);
	ck_assert_int_eq(site_state_text(stage.model, model_site_named(stage.model, SPAN("S14")), stage.scene.now, out),
	                 STATE_BAD);
	ck_assert_str_eq(out, "STALLED 22m");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("unusual_sites");
	TCase *tcase = tcase_create("unusual_sites");

	tcase_add_checked_fixture(tcase, open_stage, close_stage);
	tcase_add_test(tcase, a_site_without_child_sites_has_a_page_of_what_it_does);
	tcase_add_test(tcase, no_line_of_that_page_is_wider_than_80_columns);
	tcase_add_test(tcase, without_a_sender_the_room_goes_to_what_there_is);
	tcase_add_test(tcase, where_only_distmgr_was_heard_it_has_most_of_the_room);
	tcase_add_test(tcase, a_sender_that_is_heard_later_gets_its_place);
	tcase_add_test(tcase, what_did_not_fit_is_counted_once_and_told);
	tcase_add_test(tcase, nothing_is_said_of_tables_that_hold_all);
	tcase_add_test(tcase, a_log_that_is_silent_while_others_go_on_is_told_at_every_width);
	tcase_add_test(tcase, a_log_that_has_nothing_to_tell_may_be_silent);
	tcase_add_test(tcase, a_time_that_can_be_read_is_a_time_and_any_other_the_whole_text);
	tcase_add_test(tcase, a_time_without_a_zone_has_no_stray_blank);
	tcase_add_test(tcase, sends_of_unknown_size_count_as_the_mean_of_the_others);
	tcase_add_test(tcase, a_slot_that_changes_hands_is_not_free);
	tcase_add_test(tcase, the_trend_has_the_same_base_line_at_every_width);
	tcase_add_test(tcase, a_state_says_what_holds_it);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
