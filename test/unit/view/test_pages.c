/* Log lines behind a row, what leaves for a file, and the mouse. */
#include "stage.h"

static struct stage stage;

static void
open_stage(void)
{
	stage_open(&stage);
	stage_play(&stage);
	stage_draw(&stage, 120, 40);
}

static void
close_stage(void)
{
	stage_close(&stage);
}

static bool
cursor_on(const char *what)
{
	const char *line = strstr(stage.kept.text, "\n>");
	size_t size = line ? strcspn(line + 1, "\n") : 0;

	return line && span_find((struct span){ line + 1, size }, span_of(what)) < size;
}

/* ---- log lines ---- */

START_TEST(l_shows_the_lines_behind_a_send_and_where_they_stand)
{
	stage_type(&stage, "l");
	SHOWS("Log lines of 20006CS1: ABC00EA1 to S31");
	SHOWS("sender  Found send request.  ID: 20006CS1, Dest Site: S31");
	SHOWS("line 15 of 15");
	SHOWS("sender.log, byte ");
	SHOWS("thread 1006 (0x3EE)");
	ck_assert(cursor_on("at position 7340032"));
	HIDES("20005CS1");
	stage_type(&stage, "q");
	SHOWS("1 Active sends");
}
END_TEST

START_TEST(the_lines_of_every_kind_of_row_can_be_seen)
{
	static const char *const keys[] = { "2lq", "3lq", "3<End>lq", "4lq", "5lq", "<Enter>lqq", "tlq" };
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		stage_type(&stage, "1");
		stage_type(&stage, keys[i]);
		SHOWS("1 Active sends");
	}
	stage_type(&stage, "4l");
	SHOWS("Win32 error = 32");
	SHOWS("Restart time");
}
END_TEST

START_TEST(new_lines_move_the_newest_into_sight_but_not_a_line_that_was_chosen)
{
	stage_type(&stage, "l");
	sender(&stage, 1006, 1,
	       "Wrote 1048576 bytes to \\\\S31SRV.CONTOSO.COM\\SMS_SITE\\20006CS1.PCK at position 8388608");
	stage_draw(&stage, 120, 40);
	ck_assert(cursor_on("position 8388608"));
	stage_type(&stage, "k");
	ck_assert(cursor_on("position 7340032"));
	sender(&stage, 1006, 2,
	       "Wrote 1048576 bytes to \\\\S31SRV.CONTOSO.COM\\SMS_SITE\\20006CS1.PCK at position 9437184");
	stage_draw(&stage, 120, 40);
	ck_assert(cursor_on("position 7340032"));
	SHOWS("line 15 of 17");
}
END_TEST

START_TEST(lines_are_searched_and_errors_found)
{
	stage_type(&stage, "4l<Home>/0 out of\r");
	ck_assert(cursor_on("Used 0 out of 3"));
	stage_type(&stage, "e");
	ck_assert(cursor_on("Win32 error = 32"));
	stage_type(&stage, "e");
	SHOWS("no error after this line");
	stage_type(&stage, "N");
	ck_assert(cursor_on("Used 0 out of 3"));
	stage_type(&stage, "/(");
	SHOWS("! missing closing parenthesis");
	stage_type(&stage, "<Esc>L");
	SHOWS("cmtop understands all lines after this one");
}
END_TEST

START_TEST(a_line_that_nobody_understands_is_marked)
{
	sender(&stage, 1006, 1, "Words that no template has");
	stage_type(&stage, "l");
	SHOWS(">?");
	SHOWS("not understood");
}
END_TEST

START_TEST(long_lines_are_cut_scrolled_or_wrapped)
{
	stage_draw(&stage, 60, 24);
	stage_type(&stage, "l");
	SHOWS("..");
	HIDES("<thread=1006");
	stage_type(&stage, "w");
	SHOWS("<thread=1006");
	stage_type(&stage, "w<Right><Right><Right><Right><Right>");
	HIDES("Wrote 1048576");
}
END_TEST

START_TEST(what_has_rolled_away_is_said_to_be_gone)
{
	int i;

	logstore_free(stage.logstore);
	stage.scene.logstore = stage.logstore = logstore_new(8000, 4000);
	for (i = 0; i < 100; i++)
		sender(&stage, 1001, 1 + i, "Some words that push out others");
	stage_type(&stage, "/S14 pkg:EA1\rl");
	SHOWS("Older lines are no longer kept");
	stage.scene.logstore = NULL;
	stage_draw(&stage, 120, 40);
	SHOWS("Lines are kept only while the dashboard runs");
}
END_TEST

/* ---- export ---- */

static char written[100000];

static void
write_down(void *payload, const char *bytes, size_t size)
{
	size_t *used = payload;

	ck_assert_uint_lt(*used + size, sizeof(written));
	memcpy(written + *used, bytes, size);
	*used += size;
	written[*used] = '\0';
}

static void export(enum ui_format format)
{
	size_t used = 0;
	const struct sink sink = { write_down, &used };

	written[0] = '\0';
	ui_export(stage.ui, &stage.scene, format, &sink);
}

#define WRITTEN(what) ck_assert_msg(strstr(written, what), "no \"%s\" in\n%s", what, written)

START_TEST(x_asks_for_a_name_whose_end_says_the_form)
{
	ck_assert_int_eq(stage_type(&stage, "xout.csv\r"), UI_EXPORT);
	ck_assert_str_eq(ui_export_wanted(stage.ui).path, "out.csv");
	ck_assert_int_eq(ui_export_wanted(stage.ui).format, UI_FORMAT_CSV);
	stage_type(&stage, "xa.JSON\r");
	ck_assert_int_eq(ui_export_wanted(stage.ui).format, UI_FORMAT_JSON);
	stage_type(&stage, "xout\r");
	ck_assert_int_eq(ui_export_wanted(stage.ui).format, UI_FORMAT_TEXT);
	ui_export_result(stage.ui, &stage.scene, UI_EXPORTED, NULL);
	stage_draw(&stage, 120, 40);
	SHOWS("out written");
	ui_export_result(stage.ui, &stage.scene, UI_EXPORT_FAILED, "permission denied");
	stage_draw(&stage, 120, 40);
	SHOWS("out: permission denied");
	ck_assert_int_ne(stage_type(&stage, "x<Esc>"), UI_EXPORT);
	ck_assert_int_ne(stage_type(&stage, "x\r"), UI_EXPORT);
}
END_TEST

START_TEST(no_file_is_written_over_unasked)
{
	stage_type(&stage, "xout.csv\r");
	ck_assert(!ui_export_wanted(stage.ui).over);
	ui_export_result(stage.ui, &stage.scene, UI_EXPORT_EXISTS, NULL);
	stage_draw(&stage, 120, 40);
	SHOWS("out.csv exists. Overwrite it? y n");
	ck_assert_int_eq(stage_type(&stage, "n"), UI_REDRAW);
	SHOWS("nothing was written");
	stage_type(&stage, "xout.csv\r");
	ui_export_result(stage.ui, &stage.scene, UI_EXPORT_EXISTS, NULL);
	ck_assert_int_eq(stage_type(&stage, "y"), UI_EXPORT);
	ck_assert(ui_export_wanted(stage.ui).over);
}
END_TEST

START_TEST(what_is_shown_is_what_is_exported)
{
	stage_type(&stage, "/S14\r");
	export(UI_FORMAT_CSV);
	WRITTEN("site,package,name,request,attempt,position,");
	WRITTEN("S14,ABC00EA1,?,20001CS1,1,4194304,,,");
	ck_assert_ptr_null(strstr(written, "S07"));
	export(UI_FORMAT_JSON);
	WRITTEN("\"pane\": \"Active sends\", \"filter\": \"S14\"");
	WRITTEN("\"site\": \"S14\", \"package\": \"ABC00EA1\"");
	WRITTEN("\"rate\": null");
	export(UI_FORMAT_TEXT);
	WRITTEN("S14   ABC00EA1");
	stage_type(&stage, "<Del>2");
	export(UI_FORMAT_CSV);
	WRITTEN("site,waiting,used,done,");
	stage_type(&stage, "4l");
	export(UI_FORMAT_TEXT);
	WRITTEN("Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time~  $$<SMS_LAN_SENDER><07-30-2026");
	export(UI_FORMAT_CSV);
	WRITTEN("log,offset,line\r\nsender,");
}
END_TEST

START_TEST(a_spreadsheet_calculates_nothing_that_a_log_says)
{
	stage_due(&stage, 1, "ABC0AAAA", "S22");
	distmgr(&stage, 5420, 2,
	        "STATMSG: ID=2300 SEV=I LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" "
	        "SYS=S SITE=CS1 PID=1 TID=1 GMTDATE=Thu Jul 30 16:00:00.000 2026 ISTR0=\"=cmd|x,y\" ISTR1=\"ABC0AAAA\" "
	        "ISTR2=\"\" NUMATTRS=1 AID0=400 AVAL0=\"ABC0AAAA\"");
	stage_type(&stage, "5");
	export(UI_FORMAT_CSV);
	WRITTEN("ABC0AAAA,\"'=cmd|x,y\"");
}
END_TEST

/* ---- the mouse ---- */

/* Where the picture has this text. */
static void
find(const char *what, int *x, int *y)
{
	const char *found = strstr(stage.kept.text, what), *at;

	ck_assert_msg(found, "no \"%s\" in\n%s", what, stage.kept.text);
	for (*y = 0, at = stage.kept.text; (size_t)(found - at) > strcspn(at, "\n"); at += strcspn(at, "\n") + 1)
		(*y)++;
	*x = (int)(found - at);
}

static void
click_on(const char *what)
{
	int x, y;

	find(what, &x, &y);
	ui_mouse(stage.ui, &stage.scene, x, y, UI_CLICK);
	stage_draw(&stage, stage.grid.width, stage.grid.height);
}

START_TEST(a_click_focuses_and_chooses_a_row)
{
	click_on("S40      3");
	ck_assert(cursor_on("S40"));
	SHOWS("\n> S40");
	click_on("S14  ABC007F5");
	ck_assert(cursor_on("S14  ABC007F5"));
}
END_TEST

START_TEST(a_click_on_a_heading_sorts_and_turns_round)
{
	click_on("TRY");
	SHOWS("sort try v");
	click_on("TRY");
	SHOWS("sort try ^");
	click_on("WAIT ");
	SHOWS("sort waiting ^"); /* it was sorted by that already */
}
END_TEST

START_TEST(the_wheel_moves_in_the_pane_under_it)
{
	int x, y;

	find("S14  ABC007F5", &x, &y);
	ui_mouse(stage.ui, &stage.scene, x, y, UI_WHEEL_DOWN);
	stage_draw(&stage, 120, 40);
	ck_assert(cursor_on("S14  ABC007F5"));
	ui_mouse(stage.ui, &stage.scene, x, y, UI_WHEEL_UP);
	stage_draw(&stage, 120, 40);
	ck_assert(cursor_on("S31"));
	ck_assert_int_eq(ui_mouse(stage.ui, &stage.scene, 0, 0, UI_CLICK), UI_NOTHING);
}
END_TEST

START_TEST(m_asks_for_the_mouse_and_gives_it_back)
{
	ck_assert(!ui_wants_mouse(stage.ui));
	ck_assert_int_eq(stage_type(&stage, "m"), UI_MOUSE);
	ck_assert(ui_wants_mouse(stage.ui));
	stage_type(&stage, "m");
	ck_assert(!ui_wants_mouse(stage.ui));
}
END_TEST

START_TEST(plus_and_minus_say_how_often_a_picture_is_drawn)
{
	ck_assert_uint_eq(ui_refresh(stage.ui), 0);
	stage_type(&stage, "+++");
	ck_assert_uint_eq(ui_refresh(stage.ui), 1000);
	SHOWS("refresh: at most every 1.0 s");
	stage_type(&stage, "++++++");
	ck_assert_uint_eq(ui_refresh(stage.ui), 10000);
	stage_type(&stage, "---------");
	ck_assert_uint_eq(ui_refresh(stage.ui), 0);
}
END_TEST

/* ---- the summary ---- */

START_TEST(the_trend_of_the_queue_comes_from_the_logs_own_time)
{
	SHOWS(" trend 15 ");
	SHOWS("waiting, 10:00 to 12:00, one column = 5 min");
	stage_draw(&stage, 200, 60);
	SHOWS("Waiting sends");
	stage_draw(&stage, 80, 24);
	HIDES("trend");
}
END_TEST

START_TEST(a_queue_that_was_always_empty_has_a_trend_too)
{
	struct stage idle;

	stage_open(&idle);
	distmgr(&idle, 9, -3600, "Currently using 0 out of 3 allowed package processing threads.");
	distmgr(&idle, 9, 0, "Currently using 0 out of 3 allowed package processing threads.");
	stage_draw(&idle, 120, 40);
	ck_assert(stage_shows(&idle, " trend 0 "));
	stage_draw(&idle, 200, 60);
	ck_assert(stage_shows(&idle, "11:00 to 12:00, one column = 5 min"));
	stage_close(&idle);
}
END_TEST

START_TEST(the_summary_says_who_holds_the_slots) { SHOWS("S14 holds 3 of 5 and has sent nothing for 22m"); }
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pages");
	TCase *all = tcase_create("pages");

	tcase_add_checked_fixture(all, open_stage, close_stage);
	tcase_add_test(all, l_shows_the_lines_behind_a_send_and_where_they_stand);
	tcase_add_test(all, the_lines_of_every_kind_of_row_can_be_seen);
	tcase_add_test(all, new_lines_move_the_newest_into_sight_but_not_a_line_that_was_chosen);
	tcase_add_test(all, lines_are_searched_and_errors_found);
	tcase_add_test(all, a_line_that_nobody_understands_is_marked);
	tcase_add_test(all, long_lines_are_cut_scrolled_or_wrapped);
	tcase_add_test(all, what_has_rolled_away_is_said_to_be_gone);
	tcase_add_test(all, x_asks_for_a_name_whose_end_says_the_form);
	tcase_add_test(all, no_file_is_written_over_unasked);
	tcase_add_test(all, what_is_shown_is_what_is_exported);
	tcase_add_test(all, a_spreadsheet_calculates_nothing_that_a_log_says);
	tcase_add_test(all, a_click_focuses_and_chooses_a_row);
	tcase_add_test(all, a_click_on_a_heading_sorts_and_turns_round);
	tcase_add_test(all, the_wheel_moves_in_the_pane_under_it);
	tcase_add_test(all, m_asks_for_the_mouse_and_gives_it_back);
	tcase_add_test(all, plus_and_minus_say_how_often_a_picture_is_drawn);
	tcase_add_test(all, the_trend_of_the_queue_comes_from_the_logs_own_time);
	tcase_add_test(all, a_queue_that_was_always_empty_has_a_trend_too);
	tcase_add_test(all, the_summary_says_who_holds_the_slots);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
