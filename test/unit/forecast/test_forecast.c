/*
 * When the backlog is empty: small sites whose answer can be worked out by hand.
 * The simulated site, with its truth, is asked in test_forecast_against_site.c.
 */
#include "cmtop/forecast.h"
#include "run_suite.h"
#include "framed_log.h"

#define MB 1000000u

static struct framed_log s;
static struct forecast *f;
static unsigned number;

static void
open_log(void)
{
	framed_log_open(&s, NULL);
	f = NULL;
	number = 0;
}

static void
close_log(void)
{
	forecast_free(f);
	framed_log_close(&s);
}

static void
look(void)
{
	forecast_free(f);
	f = forecast_new(s.model, s.at);
	ck_assert_ptr_nonnull(f);
}

static double
minutes(int64_t time)
{
	return time < 0 ? (double)time : (double)time / WHEN_MINUTE;
}

static double
empty_in(void)
{
	look();
	return minutes(forecast_empty(f).likely);
}

static void
must_be_about(double told, double right)
{
	ck_assert_msg(told > right * 0.9 - 0.1 && told < right * 1.1 + 0.1, "%.2f minutes are told, %.2f are right",
	              told, right);
}

/* A send of so many MB, at this speed, from its first line to its last. */
static void
send_all(const char *site, const char *package, unsigned mb, unsigned mb_a_second)
{
	char request[16];
	unsigned sent;

	snprintf(request, sizeof(request), "%05uCS1", 20000 + number++);
	record_started(&s, 1, 1001, request, site, 0);
	record(&s, 1001, "~Package file = E:\\SMSPKG\\%s.PCK.1", package);
	record(&s, 1001, "~Attempt to write 1 bytes to \\\\%s\\SMS_SITE\\%s.PCK at position 0", site, request);
	for (sent = 0; sent < mb; sent += 10 * mb_a_second) {
		s.at += 10 * WHEN_SECOND;
		record(&s, 1001, "~Wrote %u bytes to \\\\%s\\SMS_SITE\\%s.PCK at position %u", 10 * mb_a_second * MB,
		       site, request, sent * MB);
	}
	record(&s, 1001, "~Sending completed [E:\\SMSPKG\\%s.PCK.1]", package);
	record(&s, 1001, "~Sending completed successfully");
}

static void
sched(const char *message)
{
	s.component = "SMS_SCHEDULER";
	record(&s, 5492, "%s", message);
	s.component = "SMS_LAN_SENDER";
}

static void
begin_list(void)
{
	sched("====== Updating Send Request List =======");
}

static void
end_list(void)
{
	sched("======  Checking Status of All Send Requests  ======");
}

static void
list(const char *site, const char *package, unsigned mb, unsigned priority)
{
	char row[512];

	snprintf(row, sizeof(row),
	         "Send Request %05uCS1 JobID: 00000E2A DestSite: %s FinalSite: State: Pending Status: Action: None "
	         "Total size: %uk Remaining: %uk Heartbeat: 12:23 Start: 12:00 Finish: 12:00 Retry: Priority: %u SWD "
	         "PkgID: %s "
	         "SWD Pkg Version: 1",
	         50000 + number++, site, mb * 1000, mb * 1000, priority, package);
	sched(row);
}

static void
limits(unsigned all)
{
	record(&s, 1, "Checking for sending capacity.  Used 0 out of %u.~", all);
}

/* Five sites, each known for 6 MB a second. */
static void
get_to_know(void)
{
	static const char *const sites[] = { "S01", "S02", "S03", "S04", "S05" };

	limits(2);
	for (unsigned i = 0; i < 10; i++)
		send_all(sites[i % 5], "CS100001", 360, 6);
}

static void
list_many(unsigned each, unsigned mb)
{
	static const char *const sites[] = { "S01", "S02", "S03", "S04", "S05" };

	begin_list();
	for (unsigned i = 0; i < 5 * each; i++)
		list(sites[i % 5], "CS100002", mb, 2);
	end_list();
}

START_TEST(what_waits_takes_its_time_in_all_slots)
{
	get_to_know();
	list_many(20, 360);
	must_be_about(empty_in(), 100 * 1.0 * 1.024 / 2);
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_NOTHING);
	ck_assert_uint_eq(forecast_basis(f)->sends, 100);
}
END_TEST

START_TEST(nothing_is_told_before_enough_sends_were_done)
{
	limits(2);
	send_all("S01", "CS100001", 3600, 6);
	list_many(20, 360);
	look();
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_SPEED);
	ck_assert_int_eq(forecast_empty(f).likely, ETA_UNKNOWN);
	ck_assert_int_eq(forecast_empty(f).soonest, ETA_UNKNOWN);
}
END_TEST

START_TEST(nothing_is_told_where_nothing_says_what_waits)
{
	get_to_know();
	look();
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_WAITING);
	ck_assert_uint_eq(forecast_what_if(f, (struct forecast_row[FORECAST_ROWS]){ { 0 } }), 0);
}
END_TEST

START_TEST(nothing_is_told_where_sizes_are_not_known)
{
	get_to_know();
	for (unsigned i = 0; i < 10; i++)
		record_due(&s, "CS100077", "S01");
	look();
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_SIZES);
}
END_TEST

START_TEST(nothing_is_told_once_the_logs_have_been_silent)
{
	get_to_know();
	list_many(2, 360);
	s.at += 16 * WHEN_MINUTE;
	look();
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_SILENT);
	ck_assert_int_eq(forecast_empty(f).likely, ETA_UNKNOWN);
}
END_TEST

START_TEST(a_site_cannot_have_more_slots_than_its_limit)
{
	get_to_know();
	limits(50);
	begin_list();
	for (unsigned i = 0; i < 30; i++)
		list("S01", "CS100002", 360, 2);
	end_list();
	/* record_started() says that each site may have three */
	must_be_about(empty_in(), 30 * 1.024 / 3);
}
END_TEST

/* The setting is one for all sites: what S01 was told before S02 showed that it has changed is out of date. */
START_TEST(a_limit_per_site_that_was_changed_holds_for_all_sites)
{
	get_to_know();
	limits(50);
	begin_list();
	for (unsigned i = 0; i < 30; i++)
		list("S01", "CS100002", 360, 2);
	end_list();
	record(&s, 1, "Found send request.  ID: 60001CS1, Dest Site: S02");
	record(&s, 1, "Checking for site-specific sending capacity.  Used 0 out of 10.");
	must_be_about(empty_in(), 30 * 1.024 / 10);
	record(&s, 1, "Found send request.  ID: 60002CS1, Dest Site: S01");
	record(&s, 1, "Checking for site-specific sending capacity.  Used 0 out of 5.");
	must_be_about(empty_in(), 30 * 1.024 / 5);
}
END_TEST

START_TEST(a_throttled_site_has_one_slot_and_is_told_apart)
{
	size_t count;

	get_to_know();
	limits(50);
	list_many(6, 360);
	record(&s, 1, "Found send request.  ID: 77777CS1, Dest Site: S05~");
	record(&s, 1,
	       "Address to S05 is currently under bandwidth control, therefore only one connection is allowed, "
	       "returning"
	       " send request to pending state.");
	look();
	ck_assert_uint_eq(forecast_basis(f)->apart_sites, 1);
	ck_assert_str_eq(model_sites(s.model, &count)[forecast_basis(f)->apart_site].code, "S05");
	must_be_about(minutes(forecast_basis(f)->apart_eta), 6 * 1.024);
	must_be_about(minutes(forecast_empty(f).likely), 6 * 1.024 / 3);
}
END_TEST

START_TEST(sends_that_nothing_gets_through_for_are_left_out_and_said)
{
	size_t count;

	get_to_know();
	for (unsigned i = 0; i < 3; i++) {
		record_started(&s, 1, 1001, "99999CS1", "S66", 0);
		record(&s, 1001, "~Could not establish connection.");
		record(&s, 1001, "~Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	}
	begin_list();
	for (unsigned i = 0; i < 10; i++)
		list("S01", "CS100002", 360, 2);
	for (unsigned i = 0; i < 7; i++)
		list("S66", i ? "CS100002" : "CS100003", 360, 2);
	end_list();
	must_be_about(empty_in(), 10 * 1.024 / 2);
	ck_assert_uint_eq(forecast_basis(f)->left_out, 7);
	ck_assert_str_eq(model_sites(s.model, &count)[forecast_basis(f)->left_out_site].code, "S66");
	ck_assert_uint_eq(forecast_package(f, model_package_named(s.model, SPAN("CS100002"))).left_out, 6);
	ck_assert_uint_eq(forecast_package(f, model_package_named(s.model, SPAN("CS100003"))).left_out, 1);
}
END_TEST

/* It is about a quarter past eight on the server then. */
START_TEST(what_waits_for_a_retry_is_not_sent_before)
{
	char request[16];
	double at_once;

	get_to_know();
	begin_list();
	list("S01", "CS100001", 360, 2);
	end_list();
	at_once = empty_in();
	snprintf(request, sizeof(request), "%05uCS1", 50000 + number - 1);
	record_started(&s, 1, 1001, request, "S01", 0);
	record(&s, 1001, "~Package file = E:\\SMSPKG\\CS100001.PCK.1");
	record(&s, 1001, "~Cannot create/open the remote file \\\\S01\\SMS_SITE\\X.PCK, Win32 error = 32.");
	record(&s, 1001, "~Restart time = 2026/07/30 午前 9:00:00");
	must_be_about(empty_in(),
	              at_once
	                      + minutes(when_in_text(SPAN("2026-07-30 09:00:00"), s.at - BIAS * WHEN_MINUTE).at
	                                + BIAS * WHEN_MINUTE - s.at));
	ck_assert(empty_in() > 30);
	/* Once something else waits there, the site gets that. */
	begin_list();
	list("S01", "CS100001", 360, 2);
	list("S01", "CS100001", 360, 2);
	end_list();
	ck_assert(empty_in() < 10);
}
END_TEST

START_TEST(a_backlog_that_is_all_stuck_has_no_time_to_empty)
{
	get_to_know();
	for (unsigned i = 0; i < 3; i++) {
		record_started(&s, 1, 1001, "99999CS1", "S66", 0);
		record(&s, 1001, "~Could not establish connection.");
		record(&s, 1001, "~Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	}
	begin_list();
	list("S66", "CS100002", 360, 2);
	end_list();
	look();
	ck_assert_uint_eq(forecast_basis(f)->left_out, 1);
	ck_assert_int_eq(forecast_backlog(f, s.model, s.at).eta, ETA_UNKNOWN);
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_WAY);
	ck_assert_uint_eq(forecast_what_if(f, (struct forecast_row[FORECAST_ROWS]){ { 0 } }), 0);
}
END_TEST

START_TEST(what_is_urgent_goes_first)
{
	int64_t urgent, other;

	get_to_know();
	begin_list();
	for (unsigned i = 0; i < 20; i++)
		list("S01", "CS100002", 360, 3);
	for (unsigned i = 0; i < 4; i++)
		list("S02", "CS100003", 360, 1);
	end_list();
	look();
	urgent = forecast_package(f, model_package_named(s.model, SPAN("CS100003"))).done.likely;
	other = forecast_package(f, model_package_named(s.model, SPAN("CS100002"))).done.likely;
	must_be_about(minutes(urgent), 4 * 1.024 / 2);
	must_be_about(minutes(other), 24 * 1.024 / 2);
	ck_assert_int_eq(forecast_empty(f).likely, other);
}
END_TEST

START_TEST(a_package_of_which_nothing_waits_is_done_now)
{
	get_to_know();
	list_many(2, 360);
	look();
	ck_assert_int_eq(forecast_package(f, model_package_named(s.model, SPAN("CS100001"))).done.likely, 0);
	ck_assert_int_eq(forecast_package(f, 12345).done.likely, 0);
}
END_TEST

START_TEST(it_never_ends_where_more_falls_due_than_the_slots_can_take)
{
	get_to_know();
	for (unsigned i = 0; i < 400; i++) {
		record_due(&s, "CS100001", i % 2 ? "S01" : "S02");
		s.at += 10 * WHEN_SECOND;
	}
	limits(2);
	look();
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_NOTHING);
	ck_assert_int_eq(forecast_empty(f).likely, ETA_NEVER);
	ck_assert_int_eq(forecast_empty(f).latest, ETA_NEVER);
	/* And with ten slots it does end. */
	limits(10);
	look();
	ck_assert_int_gt(forecast_empty(f).likely, 0);
}
END_TEST

/* A backlog of 400 falls due at once; after that nothing more does, or one a minute. */
static void
burst(unsigned more)
{
	get_to_know();
	for (unsigned i = 0; i < 400; i++)
		record_due(&s, "CS100001", i % 2 ? "S01" : "S02");
	for (unsigned i = 0; i < 20; i++) {
		s.at += WHEN_MINUTE;
		if (i < more)
			record_due(&s, "CS100001", "S03");
		s.component = "SMS_DISTRIBUTION_MANAGER";
		record(&s, 512, "Sleep 60 seconds...");
		s.component = "SMS_LAN_SENDER";
	}
	limits(2);
	look();
}

START_TEST(the_burst_that_a_backlog_begins_with_is_not_taken_to_go_on)
{
	burst(0);
	ck_assert_int_eq(forecast_basis(f)->never, NEVER_NOT);
	must_be_about(minutes(forecast_empty(f).likely), 400 * 1.024 / 2);
	ck_assert(forecast_basis(f)->due_per_hour < 1);
	close_log();
	open_log();
	burst(20);
	ck_assert(forecast_basis(f)->due_per_hour > 50 && forecast_basis(f)->due_per_hour < 70);
}
END_TEST

/* They began before the others that fall due, and so they have an end although the backlog has none. */
START_TEST(what_waits_now_has_an_end_where_the_backlog_has_none)
{
	get_to_know();
	for (unsigned i = 0; i < 400; i++) {
		record_due(&s, i < 4 ? "CS100001" : "CS100003", i % 2 ? "S01" : "S02");
		s.at += 10 * WHEN_SECOND;
	}
	s.component = "SMS_DISTRIBUTION_MANAGER";
	record(&s, 512, "The size of package CS100003, version 1 is 360000 KBytes");
	s.component = "SMS_LAN_SENDER";
	limits(2);
	look();
	ck_assert_int_eq(forecast_empty(f).likely, ETA_NEVER);
	ck_assert_int_eq(forecast_basis(f)->never, NEVER_GROWS);
	must_be_about(minutes(forecast_package(f, model_package_named(s.model, SPAN("CS100001"))).done.likely),
	              4 * 1.024 / 2);
}
END_TEST

/* A thread that has begun to send and then says nothing more. */
static void
begin_send(const char *site, unsigned thread)
{
	char request[16];

	snprintf(request, sizeof(request), "%05uCS1", 70000 + number++);
	record_started(&s, 1, thread, request, site, 0);
	record_file(&s, thread, "CS100001", request);
	record_block(&s, thread, request, 1000, 0);
	record_block(&s, thread, request, 1000, 1000);
}

START_TEST(it_is_never_empty_while_stalled_sends_hold_all_slots)
{
	struct forecast_row rows[FORECAST_ROWS];
	size_t count;

	get_to_know();
	list_many(20, 360);
	begin_send("S01", 2001);
	begin_send("S02", 2005);
	s.at += 12 * WHEN_MINUTE;
	record(&s, 1, "Checking for sending capacity.  Used 2 out of 2.~");
	look();
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_NOTHING);
	ck_assert_int_eq(forecast_empty(f).likely, ETA_NEVER);
	ck_assert_int_eq(forecast_basis(f)->never, NEVER_STUCK);
	ck_assert_str_eq(forecast_never_text(forecast_basis(f)->never), "while sends stay stalled");
	ck_assert_uint_eq(forecast_basis(f)->stuck, 2);
	ck_assert_int_eq(forecast_backlog(f, s.model, s.at).eta, ETA_NEVER);
	/* With more slots there are some that nothing holds. */
	count = forecast_what_if(f, rows);
	ck_assert_int_eq(rows[0].empty.likely, ETA_NEVER);
	ck_assert_int_gt(rows[count - 1].empty.likely, 0);
	/* And as soon as one of them is given up. */
	record(&s, 2005, "~Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	look();
	ck_assert_int_gt(forecast_empty(f).likely, 0);
	ck_assert_int_eq(forecast_basis(f)->never, NEVER_NOT);
}
END_TEST

/* No speed and no size need be known for that. */
START_TEST(slots_held_by_stalled_sends_are_told_although_too_little_is_known)
{
	limits(2);
	list_many(20, 360);
	begin_send("S01", 2001);
	begin_send("S02", 2005);
	s.at += 12 * WHEN_MINUTE;
	record(&s, 1, "Checking for sending capacity.  Used 2 out of 2.~");
	look();
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_SPEED);
	ck_assert_int_eq(forecast_backlog(f, s.model, s.at).eta, ETA_NEVER);
	ck_assert_int_eq(forecast_basis(f)->never, NEVER_STUCK);
}
END_TEST

START_TEST(without_any_slot_it_is_never_empty)
{
	get_to_know();
	list_many(20, 360);
	limits(0);
	look();
	ck_assert_int_eq(forecast_empty(f).likely, ETA_NEVER);
	ck_assert_int_eq(forecast_basis(f)->never, NEVER_NO_SLOT);
}
END_TEST

/* An hour in which more fell due than was done says nothing of what comes: a run that ends has an end. */
START_TEST(a_run_that_ends_is_not_never_because_of_the_last_hour)
{
	struct backlog counted;

	get_to_know();
	list_many(8, 360);
	for (unsigned i = 0; i < 10; i++) {
		s.at += WHEN_MINUTE;
		record_due(&s, "CS100001", "S01");
	}
	limits(10);
	look();
	counted = backlog_at(s.model, s.at);
	ck_assert_int_eq(counted.eta, ETA_NEVER);
	ck_assert_int_gt(forecast_backlog(f, s.model, s.at).eta, 0);
	ck_assert_int_eq(forecast_backlog(NULL, s.model, s.at).eta, ETA_UNKNOWN);
}
END_TEST

START_TEST(other_limits_are_told_once_each_and_the_ones_in_force_first)
{
	struct forecast_row rows[FORECAST_ROWS];
	size_t count;

	get_to_know();
	limits(20);
	list_many(40, 360);
	look();
	count = forecast_what_if(f, rows);
	ck_assert_uint_eq(count, 5 * FORECAST_PER); /* 20 is as now */
	ck_assert(rows[0].now && rows[0].seen);
	ck_assert_int_eq(rows[0].all_sites, 20);
	ck_assert_int_eq(rows[0].per_site, -1);
	for (size_t i = 1; i < count; i++) {
		ck_assert(!rows[i].now);
		ck_assert(!rows[i].seen); /* more than one slot was never used */
		for (size_t k = 0; k < i; k++)
			ck_assert(rows[i].all_sites != rows[k].all_sites || rows[i].per_site != rows[k].per_site);
	}
}
END_TEST

START_TEST(the_range_goes_from_a_line_with_room_to_the_highest_speed_seen)
{
	struct forecast_row rows[FORECAST_ROWS];
	size_t count;

	get_to_know();
	list_many(400, 360); /* an hour has been heard by now */
	for (unsigned i = 0; i < 6; i++) {
		s.at += 10 * WHEN_MINUTE;
		record(&s, 1, "Checking for sending capacity.  Used 0 out of 2.~");
	}
	look();
	count = forecast_what_if(f, rows);
	ck_assert_uint_gt(count, 0);
	for (size_t i = 0; i < count; i++) {
		if (rows[i].all_sites != 10 || rows[i].per_site != -1)
			continue;
		/* Ten at once where the line has room; 6 MB a second in all where it has none. */
		must_be_about(minutes(rows[i].empty.soonest), 2000 * 1.024 / 10 * 0.92);
		ck_assert_int_gt(rows[i].empty.latest, (int64_t)(2000 * 1.024 * 0.9 * WHEN_MINUTE));
		ck_assert_int_le(rows[i].empty.soonest, rows[i].empty.likely);
		ck_assert_int_le(rows[i].empty.likely, rows[i].empty.latest);
		return;
	}
	ck_abort_msg("no row for ten");
}
END_TEST

START_TEST(a_backlog_without_a_forecast_keeps_its_time_by_dones_an_hour)
{
	struct backlog backlog, told;

	get_to_know();
	record_due(&s, "CS100077", "S01");
	s.at += 10 * WHEN_MINUTE;
	record(&s, 1, "Checking for sending capacity.  Used 0 out of 2.~");
	look();
	ck_assert_int_eq(forecast_basis(f)->lack, LACK_SIZES);
	backlog = backlog_at(s.model, s.at);
	told = forecast_backlog(f, s.model, s.at);
	ck_assert_int_gt(backlog.eta, 0);
	ck_assert_int_eq(told.eta, backlog.eta);
	told = forecast_backlog(NULL, s.model, s.at);
	ck_assert_int_eq(told.eta, backlog.eta);
}
END_TEST

START_TEST(nothing_read_is_nothing_told)
{
	f = forecast_new(s.model, WHEN_NONE);
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(forecast_empty(f).likely, ETA_UNKNOWN);
	ck_assert_int_eq(forecast_package(f, 0).done.likely, ETA_UNKNOWN);
	ck_assert_uint_eq(forecast_what_if(f, (struct forecast_row[FORECAST_ROWS]){ { 0 } }), 0);
	ck_assert_str_ne(forecast_lack_text(forecast_basis(f)->lack), "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("forecast");
	TCase *tests = tcase_create("forecast");

	tcase_add_checked_fixture(tests, open_log, close_log);
	tcase_add_test(tests, what_waits_takes_its_time_in_all_slots);
	tcase_add_test(tests, nothing_is_told_before_enough_sends_were_done);
	tcase_add_test(tests, nothing_is_told_where_nothing_says_what_waits);
	tcase_add_test(tests, nothing_is_told_where_sizes_are_not_known);
	tcase_add_test(tests, nothing_is_told_once_the_logs_have_been_silent);
	tcase_add_test(tests, a_site_cannot_have_more_slots_than_its_limit);
	tcase_add_test(tests, a_limit_per_site_that_was_changed_holds_for_all_sites);
	tcase_add_test(tests, a_throttled_site_has_one_slot_and_is_told_apart);
	tcase_add_test(tests, sends_that_nothing_gets_through_for_are_left_out_and_said);
	tcase_add_test(tests, what_waits_for_a_retry_is_not_sent_before);
	tcase_add_test(tests, a_backlog_that_is_all_stuck_has_no_time_to_empty);
	tcase_add_test(tests, what_is_urgent_goes_first);
	tcase_add_test(tests, a_package_of_which_nothing_waits_is_done_now);
	tcase_add_test(tests, it_never_ends_where_more_falls_due_than_the_slots_can_take);
	tcase_add_test(tests, the_burst_that_a_backlog_begins_with_is_not_taken_to_go_on);
	tcase_add_test(tests, what_waits_now_has_an_end_where_the_backlog_has_none);
	tcase_add_test(tests, it_is_never_empty_while_stalled_sends_hold_all_slots);
	tcase_add_test(tests, slots_held_by_stalled_sends_are_told_although_too_little_is_known);
	tcase_add_test(tests, without_any_slot_it_is_never_empty);
	tcase_add_test(tests, a_run_that_ends_is_not_never_because_of_the_last_hour);
	tcase_add_test(tests, other_limits_are_told_once_each_and_the_ones_in_force_first);
	tcase_add_test(tests, the_range_goes_from_a_line_with_room_to_the_highest_speed_seen);
	tcase_add_test(tests, a_backlog_without_a_forecast_keeps_its_time_by_dones_an_hour);
	tcase_add_test(tests, nothing_read_is_nothing_told);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
