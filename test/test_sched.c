/* The scheduler's log: the true backlog, with sizes. Grammar §9. */
#include "run.h"
#include "said.h"

static struct said s;

static void
open_said(void)
{
	said_open(&s, NULL);
}

static void
close_said(void)
{
	said_close(&s);
}

static void
sched(const char *message)
{
	s.component = "SMS_SCHEDULER";
	say(&s, 5492, "%s", message);
	s.component = "SMS_LAN_SENDER";
}

static void
list_row(const char *request, const char *site, const char *state, const char *package, unsigned kbytes, unsigned left)
{
	char row[512];

	snprintf(row, sizeof(row), "Send Request %s JobID: 00000E2A DestSite: %s FinalSite: State: %s Status: Action: None "
	         "Total size: %uk Remaining: %uk Heartbeat: 12:23 Start: 12:00 Finish: 12:00 Retry: SWD PkgID: %s SWD Pkg Version: 1",
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

	say_due(&s, "PS100039", "PS1");
	say_due(&s, "PS100039", "PS2");
	say_due(&s, "PS100039", "PS3");
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
	say_due(&s, "PS100039", "PS4");
	ck_assert_uint_eq(waiting(), 1);
	ck_assert_uint_eq(source_counts(s.source)->unknown, 0);
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
	ck_assert_uint_eq(source_counts(s.source)->unknown, 0);
}
END_TEST

START_TEST(requests_are_carried_fail_and_are_done_between_two_lists)
{
	sched("====== Updating Send Request List =======");
	list_row("202SQCS1", "PS1", "Pending", "PS100039", 100, 100);
	list_row("203SQCS1", "PS1", "Pending", "PS100039", 100, 100);
	sched("======== Processing Jobs ========");
	ck_assert_uint_eq(waiting(), 2);
	say_started(&s, 1, 0x100, "202SQCS1", "PS1", 0);
	ck_assert_uint_eq(waiting(), 1);
	say(&s, 0x100, "Restart time = soon");
	ck_assert_uint_eq(waiting(), 2);
	say_started(&s, 1, 0x104, "202SQCS1", "PS1", 0);
	say_file(&s, 0x104, "PS100039", "202SQCS1");
	say_ended(&s, 0x104, "PS100039", "202SQCS1", "PS1");
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
	say(&s, 0x100, "~Wrote 1024 bytes to \\\\PS1SITE\\SMS_SITE\\202SQCS1.PCK at position 512000");
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

int
main(void)
{
	Suite *suite = suite_create("sched");
	TCase *tcase = tcase_create("sched");

	tcase_add_checked_fixture(tcase, open_said, close_said);
	tcase_add_test(tcase, a_whole_list_replaces_the_count_of_due_lines);
	tcase_add_test(tcase, a_list_may_be_spread_over_records);
	tcase_add_test(tcase, requests_are_carried_fail_and_are_done_between_two_lists);
	tcase_add_test(tcase, a_job_that_began_before_its_log_is_known_by_the_list);
	tcase_add_test(tcase, the_average_speed_and_sites_without_address_are_learnt);
	tcase_add_test(tcase, a_list_that_lost_its_end_is_not_believed);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
