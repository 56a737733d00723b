/* The scheduler's log: the true backlog, with sizes. */
#include "sched_lists.h"
#include "run_suite.h"
#include "framed_log.h"

static struct framed_log s;

static void
open_log(void)
{
	framed_log_open(&s, NULL);
}

static void
close_log(void)
{
	framed_log_close(&s);
}

static void
sched(const char *message)
{
	s.component = "SMS_SCHEDULER";
	record(&s, 5492, "%s", message);
	s.component = "SMS_LAN_SENDER";
}

static void
list_row(const char *request, const char *site, const char *state, const char *package, unsigned kbytes, unsigned left)
{
	char row[512];

	snprintf(row, sizeof(row),
	         "Send Request %s JobID: 00000E2A DestSite: %s FinalSite: State: %s Status: Action: None "
	         "Total size: %uk Remaining: %uk Heartbeat: 12:23 Start: 12:00 Finish: 12:00 Retry: SWD PkgID: %s SWD "
	         "Pkg Version: 1",
	         request, site, state, kbytes, left, package);
	sched(row);
}

static uint64_t
waiting(void)
{
	return model_sending(s.model).waiting;
}

START_TEST(a_whole_list_replaces_the_count_of_due_lines)
{
	enum size_source source;

	record_due(&s, "PS100039", "PS1");
	record_due(&s, "PS100039", "PS2");
	record_due(&s, "PS100039", "PS3");
	ck_assert_uint_eq(waiting(), 3);
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "PS100039", 204864, 204864);
	list_row("203SQCS1", "PS2", "Sending", "PS100039", 204864, 100000);
	ck_assert_uint_eq(waiting(), 3);
	ck_assert(!backlog_at(s.model, s.at).listed);
	sched("======  Checking Status of All Send Requests  ======");
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(site_of(&s, "PS1")->waiting, 1);
	ck_assert_uint_eq(site_of(&s, "PS2")->waiting, 0);
	ck_assert(backlog_at(s.model, s.at).listed);
	ck_assert_int_eq(backlog_at(s.model, s.at).bytes_left, 204864 * 1024);
	ck_assert_int_eq(package_size(s.model, 0, &source), 204864 * 1024);
	ck_assert_int_eq(source, SIZE_SCHED);
	record_due(&s, "PS100039", "PS4");
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(a_list_may_be_spread_over_records)
{
	sched("====== Updating Send Request List =======");
	sched("Send Request 202SQCS1");
	sched("JobID: 00000E2A DestSite: PS1 FinalSite:");
	sched("State: Pending Status: Action: None");
	sched("Total size: 204864k Remaining: 1000k");
	sched("Heartbeat: 12:23 Start: 12:00 Finish: 12:00 Retry: 12/4/2014 6:14:27 AM");
	sched("SWD PkgID: PS100039 SWD Pkg Version: 1");
	sched("Send Request 203SQCS1");
	sched("DestSite: PS1 State: Pending");
	sched("SWD PkgID: PS10003A");
	sched("======== Processing Jobs ========");
	ck_assert_uint_eq(waiting(), 2);
	ck_assert_int_eq(package_bytes_left(s.model, 0), 1000 * 1024);
	ck_assert_int_eq(package_bytes_left(s.model, 1), -1);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(requests_are_carried_fail_and_are_done_between_two_lists)
{
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "PS100039", 100, 100);
	list_row("203SQCS1", "PS1", "Pending", "PS100039", 100, 100);
	sched("======== Processing Jobs ========");
	ck_assert_uint_eq(waiting(), 2);
	record_started(&s, 1, 0x100, "202SQCS1", "PS1", 0);
	ck_assert_uint_eq(waiting(), 1);
	record(&s, 0x100, "Restart time = soon");
	ck_assert_uint_eq(waiting(), 2);
	record_started(&s, 1, 0x104, "202SQCS1", "PS1", 0);
	record_file(&s, 0x104, "PS100039", "202SQCS1");
	record_done(&s, 0x104, "PS100039", "202SQCS1", "PS1");
	ck_assert_uint_eq(waiting(), 1);
	sched("<Activating JOB 00000E2B>[Software Distribution for Dummy1, Package ID = PS10003A]~");
	sched("Destination site:  PS2, Preferred Address: *, Priority: 3");
	sched("<Updating JOB 00000E2B>[Software Distribution for Dummy1, Package ID = PS10003A]~");
	sched("Created new send request ID:  204SQCS1~");
	ck_assert_uint_eq(waiting(), 2);
	ck_assert_uint_eq(site_of(&s, "PS2")->waiting, 1);
	sched("Deleting send request with ID: 203SQCS1.~");
	ck_assert_uint_eq(waiting(), 1);
	sched("====== Updating Send Request List =======");
	list_row("204SQCS1", "PS2", "Pending", "PS10003A", 100, 100);
	sched("======== Processing Jobs ========");
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_str_eq(package_of(&s, "PS10003A")->name, "Dummy1");
}
END_TEST

START_TEST(a_job_that_began_before_its_log_is_known_by_the_list)
{
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Sending", "PS100039", 1000, 500);
	sched("======== Processing Jobs ========");
	record(&s, 0x100, "~Wrote 1024 bytes to \\\\PS1SITE\\SMS_SITE\\202SQCS1.PCK at position 512000");
	ck_assert_uint_eq(job_of(&s, 0x100)->site, 0);
	ck_assert_uint_eq(job_of(&s, 0x100)->package, 0);
	ck_assert_uint_eq(waiting(), 0);
}
END_TEST

START_TEST(the_average_speed_and_sites_without_address_are_learnt)
{
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "PS100039", 1000, 500);
	sched("Checking send request 202SQCS1~");
	sched("Sending completed (13985442 bytes/sec).~");
	sched("Send request has successfully completed.~");
	ck_assert_int_eq(site_of(&s, "PS1")->speed, 13985442);
	ck_assert_uint_eq(waiting(), 0);
	sched("There is no address defined for site PS1");
	ck_assert_int_eq(site_state(s.model, 0, s.at), SITE_BLOCKED);
}
END_TEST

START_TEST(a_list_that_lost_its_end_is_not_believed)
{
	struct event gap = { .kind = EVENT_LOG_GAP, .at = WHEN_NONE, .component = SPAN("SMS_SCHEDULER") };

	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "PS100039", 1000, 500);
	list_row("203SQCS1", "PS1", "Pending", "PS100039", 1000, 500);
	sched("======== Processing Jobs ========");
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "PS100039", 1000, 500);
	model_apply(s.model, &gap);
	sched("======== Processing Jobs ========");
	ck_assert_uint_eq(waiting(), 2);
}
END_TEST

/* ---- layouts ---- */

/* A row over three records: cut before its labels. */
static void
record_spread(const char *line)
{
	static const char *const cuts[] = { " State:", " SWD PkgID:" };
	char piece[1024];

	for (size_t i = 0; i < 2; i++) {
		const char *cut = strstr(line, cuts[i]);

		snprintf(piece, sizeof(piece), "%.*s", (int)(cut - line), line);
		sched(piece);
		line = cut + 1;
	}
	sched(line);
}

static void
record_made(const struct made_list *list, enum made_layout layout)
{
	char line[1024];

	sched("====== Updating Send Request List =======");
	for (int row = -1; row < list->rows; row++) {
		if (!made_line(list, layout, row, line, sizeof(line)))
			continue;
		if (layout == MADE_SPREAD)
			record_spread(line);
		else
			sched(line);
	}
	sched("======  Checking Status of All Send Requests  ======");
}

/* All that follows from the list. */
static void
tell(char *out, size_t size)
{
	struct backlog backlog = backlog_at(s.model, s.at);
	size_t at = 0, count,
	       used = (size_t)snprintf(out, size, "listed %d, %llu wait, %lld bytes, least %lld; ", backlog.listed,
	                               (unsigned long long)backlog.waiting, (long long)backlog.bytes_left,
	                               (long long)backlog.bytes_least);
	const struct package *packages = model_packages(s.model, &count);
	const struct site *sites = model_sites(s.model, &count);
	struct waiting row;

	while (model_waiting(s.model, &at, &row) && used < size)
		used += (size_t)snprintf(out + used, size - used, "%s to %s: %llu, %lld bytes, priority %u, order %u; ",
		                         packages[row.package].id, sites[row.site].code, (unsigned long long)row.count,
		                         (long long)row.bytes, row.priority, (unsigned)row.order);
	for (size_t i = 0; i < count && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s %llu; ", sites[i].code,
		                         (unsigned long long)sites[i].waiting);
}

START_TEST(a_list_tells_the_same_in_every_layout)
{
	static char told[MADE_LAYOUTS][16384];
	struct made_list list;

	for (uint64_t seed = 0; seed < 40; seed++) {
		made_list(&list, seed + (uint64_t)_i * 40);
		for (int layout = 0; layout < MADE_LAYOUTS; layout++) {
			if (layout == MADE_COLLAPSED
			    && (list.columns > MADE_PRIORITY || list.order[0] != 0 || list.order[1] != 1))
				continue; /* which digit is which cannot be told */
			close_log();
			open_log();
			record_due(&s, "PS100039", "PS1");
			record_made(&list, (enum made_layout)layout);
			ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
			tell(told[layout], sizeof(told[0]));
			ck_assert_msg(strcmp(told[layout], told[0]) == 0, "seed %d, layout %d:\n%s\nlabelled:\n%s",
			              (int)seed + _i * 40, layout, told[layout], told[0]);
		}
	}
}
END_TEST

START_TEST(a_list_of_which_no_row_is_understood_is_none)
{
	record_due(&s, "PS100039", "PS1");
	record_due(&s, "PS100039", "PS2");
	sched("====== Updating Send Request List =======");
	sched("20101PS1 | 00000101 | A10 | Pending | 20480k");
	sched("20102PS1 | 00000102 | A11 | Pending | 20480k");
	sched("======  Checking Status of All Send Requests  ======");
	ck_assert(!backlog_at(s.model, s.at).listed);
	ck_assert_uint_eq(waiting(), 2);
	sched("====== Updating Send Request List =======");
	sched("======  Checking Status of All Send Requests  ======");
	ck_assert(backlog_at(s.model, s.at).listed);
	ck_assert_uint_eq(waiting(), 0);
}
END_TEST

START_TEST(a_request_in_a_row_that_is_not_understood_is_still_there)
{
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "PS100039", 100, 100);
	list_row("203SQCS1", "PS2", "Pending", "PS100039", 100, 100);
	list_row("204SQCS1", "PS2", "Pending", "PS100039", 100, 100);
	sched("======== Processing Jobs ========");
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "PS100039", 100, 100);
	sched("?? 203SQCS1 ??");
	sched("======== Processing Jobs ========");
	ck_assert_uint_eq(waiting(), 2);
	ck_assert_uint_eq(site_of(&s, "PS2")->waiting, 1);
}
END_TEST

/* What a list says counts when it is whole: until then the last whole one does. */
START_TEST(a_list_that_has_not_ended_changes_nothing)
{
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "PS100039", 100, 100);
	sched("======== Processing Jobs ========");
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Sending", "PS100039", 100, 50);
	list_row("203SQCS1", "PS2", "Pending", "PS100039", 100, 100);
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_int_eq(backlog_at(s.model, s.at).bytes_left, 100 * 1024);
	sched("======== Processing Jobs ========");
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(site_of(&s, "PS1")->waiting, 0);
	ck_assert_uint_eq(site_of(&s, "PS2")->waiting, 1);
}
END_TEST

START_TEST(rows_without_a_package_are_in_no_figure)
{
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "", 100, 100);
	sched("======== Processing Jobs ========");
	ck_assert(backlog_at(s.model, s.at).listed);
	ck_assert_uint_eq(waiting(), 0);
	ck_assert_int_eq(backlog_at(s.model, s.at).bytes_left, 0);
}
END_TEST

START_TEST(a_list_under_an_underlined_header_may_be_empty)
{
	record_due(&s, "PS100039", "PS1");
	sched("====== Updating Send Request List =======");
	sched("Send Request  JobID     DestSite  State     Total size  SWD PkgID");
	sched("------------  --------  --------  --------  ----------  ---------");
	sched("======  Checking Status of All Send Requests  ======");
	ck_assert(backlog_at(s.model, s.at).listed);
	ck_assert_uint_eq(waiting(), 0);
}
END_TEST

/* The frame comes with the last line. */
START_TEST(a_list_may_be_one_record_of_many_lines)
{
	static const char *const texts[] = {
		"====== Updating Send Request List =======\n"
		"Send Request JobID    DestSite FinalSite State     Status   Action   Total size  Remaining SWD PkgID "
		"SWD Pkg Version\n"
		"20101PS1     00000101 A10                Pending            None         20480k     20480k PS100010  "
		"1\n"
		"20102PS1     00000102 A11                Pending            None         20480k     20480k PS100010  "
		"1",
		"====== Updating Send Request List =======\n"
		"Send Request 20101PS1 JobID: 00000101 DestSite: A10\nState: Pending Total size: 20480k\nSWD PkgID: "
		"PS100010 SWD Pkg Version: 1\n"
		"Send Request 20102PS1 JobID: 00000102 DestSite: A11\nState: Pending Total size: 20480k\nSWD PkgID: "
		"PS100010 SWD Pkg Version: 1",
	};

	for (size_t i = 0; i < 2; i++) {
		close_log();
		open_log();
		sched(texts[i]);
		sched("======  Checking Status of All Send Requests  ======");
		ck_assert_uint_eq(waiting(), 2);
		ck_assert_uint_eq(site_of(&s, "A11")->waiting, 1);
		ck_assert_int_eq(backlog_at(s.model, s.at).bytes_left, 2 * 20480 * 1024);
		ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
		ck_assert_uint_eq(parser_counts(s.parser)->damaged, 0);
	}
}
END_TEST

static void
sched_by(unsigned thread, const char *message)
{
	s.component = "SMS_SCHEDULER";
	record(&s, thread, "%s", message);
	s.component = "SMS_LAN_SENDER";
}

/* Each thread has its own columns. */
START_TEST(two_lists_at_once_do_not_mix)
{
	sched_by(100, "====== Updating Send Request List =======");
	sched_by(104, "====== Updating Send Request List =======");
	sched_by(100, "Send Request JobID    DestSite State     Total size  SWD PkgID SWD Pkg Version");
	sched_by(104, "State     SWD PkgID Send Request DestSite Total size");
	for (int i = 0; i < 9; i++) {
		char row[200];

		snprintf(row, sizeof(row), "2010%dPS1     0000010%d A1%d      Pending        20480k PS100010  1", i, i,
		         i);
		sched_by(100, row);
		snprintf(row, sizeof(row), "Pending   PS100010  2010%dPS1     A1%d      20480k", i, i);
		sched_by(104, row);
		sched_by(108, "Another thread says something");
	}
	sched_by(104, "======  Checking Status of All Send Requests  ======");
	sched_by(100, "======  Checking Status of All Send Requests  ======");
	ck_assert_uint_eq(waiting(), 9);
	ck_assert_int_eq(backlog_at(s.model, s.at).bytes_left, 9 * 20480 * 1024);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 9);
}
END_TEST

START_TEST(a_list_of_ten_thousand_rows_is_read)
{
	char line[300];

	framed_log_close(&s);
	s.parser = parser_new(0);
	s.model = model_new(NULL);
	sched("====== Updating Send Request List =======");
	sched("Send Request JobID    DestSite FinalSite State     Status   Action   Total size  Remaining SWD PkgID "
	      "SWD Pkg Version");
	for (int i = 0; i < 10000; i++) {
		int n = snprintf(
			line, sizeof(line),
			FRAMED("SMS_SCHEDULER", "10:00:09.000+0", "5492 (0x1574)",
		               "2%04XPS1     %08X S%02d                Pending            None         20480k     "
		               "20480k PS1%05X  1"),
			i, i, i % 70, i % 50);

		feed_model(s.parser, s.model, NULL, line, (size_t)n);
	}
	sched("======  Checking Status of All Send Requests  ======");
	ck_assert_uint_eq(waiting(), 10000);
	ck_assert_int_eq(backlog_at(s.model, s.at).bytes_left, INT64_C(10000) * 20480 * 1024);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("scheduler");
	TCase *tcase = tcase_create("scheduler");

	tcase_add_checked_fixture(tcase, open_log, close_log);
	tcase_add_test(tcase, a_whole_list_replaces_the_count_of_due_lines);
	tcase_add_test(tcase, a_list_may_be_spread_over_records);
	tcase_add_test(tcase, requests_are_carried_fail_and_are_done_between_two_lists);
	tcase_add_test(tcase, a_job_that_began_before_its_log_is_known_by_the_list);
	tcase_add_test(tcase, the_average_speed_and_sites_without_address_are_learnt);
	tcase_add_test(tcase, a_list_that_lost_its_end_is_not_believed);
	tcase_add_loop_test(tcase, a_list_tells_the_same_in_every_layout, 0, 10);
	tcase_add_test(tcase, a_list_of_which_no_row_is_understood_is_none);
	tcase_add_test(tcase, a_request_in_a_row_that_is_not_understood_is_still_there);
	tcase_add_test(tcase, a_list_that_has_not_ended_changes_nothing);
	tcase_add_test(tcase, rows_without_a_package_are_in_no_figure);
	tcase_add_test(tcase, a_list_under_an_underlined_header_may_be_empty);
	tcase_add_test(tcase, a_list_may_be_one_record_of_many_lines);
	tcase_add_test(tcase, two_lists_at_once_do_not_mix);
	tcase_add_test(tcase, a_list_of_ten_thousand_rows_is_read);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
