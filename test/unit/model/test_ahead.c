/* What a site is at, and how many sends come before its first one. */
#include <stdlib.h>

#include "run_suite.h"
#include "framed_log.h"

static struct framed_log s;
static unsigned number;

static void
open_log(void)
{
	framed_log_open(&s, NULL);
	number = 0;
}

static void
close_log(void)
{
	framed_log_close(&s);
}

static uint32_t
site(const char *code)
{
	return model_site_named(s.model, span_of(code));
}

static void
must_be(const char *code, const char *word)
{
	ck_assert_msg(site(code) != NAME_NONE, "no site %s", code);
	ck_assert_str_eq(site_state_word(site_state(s.model, site(code), s.at)), word);
}

static void
sched(const char *message)
{
	s.component = "SMS_SCHEDULER";
	record(&s, 5492, "%s", message);
	s.component = "SMS_LAN_SENDER";
}

static void
list(const char *code, unsigned priority)
{
	char row[512];

	snprintf(row, sizeof(row),
	         "Send Request %05uCS1 JobID: 00000E2A DestSite: %s FinalSite: State: Pending Status: Action: None "
	         "Total size: 100k Remaining: 100k Heartbeat: 12:23 Start: 12:00 Finish: 12:00 Retry: Priority: %u SWD "
	         "PkgID: CS100002 "
	         "SWD Pkg Version: 1",
	         50000 + number++, code, priority);
	sched(row);
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

/* Two sends to S01 run, with three slots for all. */
static void
two_run(void)
{
	record(&s, 1, "Checking for sending capacity.  Used 0 out of 3.~");
	for (unsigned i = 0; i < 2; i++) {
		char request[16];

		snprintf(request, sizeof(request), "2000%uCS1", i);
		record_started(&s, 1, 1000 + 4 * i, request, "S01", (int)i);
		record_file(&s, 1000 + 4 * i, "CS100001", request);
		record_block(&s, 1000 + 4 * i, request, 1000, 0);
	}
}

START_TEST(ok_is_a_site_of_which_nothing_is_wanting)
{
	two_run();
	must_be("S01", "ok");
	record_due(&s, "CS100002", "S01");
	must_be("S01", "ok"); /* it goes on there, and there is more */
	s.at += 2 * WHEN_MINUTE;
	record_block(&s, 1000, "20000CS1", 1000, 1000);
	must_be("S01", "stalled"); /* one of its sends is */
	ck_assert(!site_hangs(s.model, site("S01"), s.at));
	s.at += 20 * WHEN_MINUTE;
	must_be("S01", "stalled");
	ck_assert(site_hangs(s.model, site("S01"), s.at));
}
END_TEST

START_TEST(a_site_whose_sends_wait_while_none_runs_is_queued)
{
	two_run();
	record_due(&s, "CS100002", "S02");
	must_be("S02", "queued");
	ck_assert_int_eq(site_ahead(s.model, site("S02")), 0);
	ck_assert_int_eq(site_ahead(s.model, site("S01")), -1);
	record_started(&s, 1, 1008, "20009CS1", "S02", 0);
	must_be("S02", "ok");
}
END_TEST

START_TEST(a_send_that_waits_for_its_next_try_is_queued)
{
	record_due(&s, "CS100002", "S02");
	record_started(&s, 1, 1008, "20009CS1", "S02", 0);
	record_file(&s, 1008, "CS100002", "20009CS1");
	record(&s, 1008, "~Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	must_be("S02", "queued");
}
END_TEST

START_TEST(left_alone_is_blocked_until_that_is_over)
{
	record_due(&s, "CS100002", "S02");
	record(&s, 0x200,
	       "Cannot connect to server \\\\X at remote site S02, won't try send requests going to site S02 for an "
	       "hour "
	       "or until there are no active send requests.");
	record(&s, 0x200, "~Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	must_be("S02", "blocked");
	s.at += 59 * WHEN_MINUTE;
	must_be("S02", "blocked");
	s.at += 2 * WHEN_MINUTE;
	must_be("S02", "queued");
}
END_TEST

START_TEST(a_site_at_its_own_limit_is_full)
{
	two_run();
	record(&s, 1, "Found send request.  ID: 20007CS1, Dest Site: S01~");
	record(&s, 1, "Checking for site-specific sending capacity.  Used 2 out of 2.~");
	must_be("S01", "full");
	/* And where the limit is nothing at all. */
	record_due(&s, "CS100002", "S02");
	record(&s, 1, "Found send request.  ID: 20008CS1, Dest Site: S02~");
	record(&s, 1, "Checking for site-specific sending capacity.  Used 0 out of 0.~");
	must_be("S02", "full");
}
END_TEST

START_TEST(urgent_and_older_sends_come_first)
{
	begin_list();
	list("S01", 2);
	list("S02", 3);
	list("S03", 2);
	list("S03", 1);
	list("S04", 2);
	list("S02", 3);
	end_list();
	ck_assert_int_eq(site_ahead(s.model, site("S03")), 0);
	ck_assert_int_eq(site_ahead(s.model, site("S01")), 1);
	ck_assert_int_eq(site_ahead(s.model, site("S04")), 3);
	ck_assert_int_eq(site_ahead(s.model, site("S02")), 4);
	/* Those of a site that is left alone do not come first. */
	record(&s, 1, "all existing addresses to destination site S03 are closed");
	ck_assert_int_eq(site_ahead(s.model, site("S04")), 1);
	ck_assert_int_eq(site_ahead(s.model, 12345), -1);
}
END_TEST

START_TEST(nothing_is_known_to_come_first_where_nothing_says_what_waits)
{
	record_started(&s, 1, 1008, "20009CS1", "S02", 0);
	ck_assert_int_eq(site_ahead(s.model, site("S02")), -1);
}
END_TEST

/* ---- counted by hand ---- */

static unsigned
class_of(const struct waiting *w)
{
	return w->priority == 0 ? 2 : w->priority > 3 ? 3 : w->priority;
}

static bool
comes_before(const struct waiting *a, const struct waiting *b)
{
	return class_of(a) != class_of(b) ? class_of(a) < class_of(b) : a->order < b->order;
}

static int64_t
ahead_by_hand(uint32_t of)
{
	struct waiting first = { .count = 0 }, w;
	int64_t ahead = 0;
	size_t count;
	const struct site *sites = model_sites(s.model, &count);

	for (size_t at = 0; model_waiting(s.model, &at, &w);)
		if (w.site == of && (first.count == 0 || comes_before(&w, &first)))
			first = w;
	for (size_t at = 0; first.count > 0 && model_waiting(s.model, &at, &w);)
		if (comes_before(&w, &first) && !sites[w.site].blocked)
			ahead += (int64_t)w.count;
	return first.count > 0 ? ahead : -1;
}

START_TEST(what_comes_first_is_what_a_count_by_hand_says)
{
	size_t count;

	srand(5);
	for (int round = 0; round < 60; round++) {
		char code[8], package[16];

		if (round % 3 == 2) {
			begin_list();
			for (int i = 0; i < 60; i++) {
				snprintf(code, sizeof(code), "S%02d", rand() % 12);
				list(code, (unsigned)rand() % 5);
			}
			end_list();
		}
		snprintf(code, sizeof(code), "S%02d", rand() % 12);
		snprintf(package, sizeof(package), "CS10%04d", rand() % 9);
		record_due(&s, package, code);
		if (round % 10 == 9)
			record(&s, 1, "all existing addresses to destination site %s are closed", code);
		model_sites(s.model, &count);
		for (uint32_t i = 0; i < count; i++) {
			enum site_state state = site_state(s.model, i, s.at);
			const struct site *of = &model_sites(s.model, &count)[i];

			ck_assert_int_eq(site_ahead(s.model, i), ahead_by_hand(i));
			ck_assert(state != SITE_OK || site_waiting(of) == 0 || site_slots(of) > 0);
		}
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("ahead");
	TCase *tests = tcase_create("ahead");

	tcase_add_checked_fixture(tests, open_log, close_log);
	tcase_add_test(tests, ok_is_a_site_of_which_nothing_is_wanting);
	tcase_add_test(tests, a_site_whose_sends_wait_while_none_runs_is_queued);
	tcase_add_test(tests, a_send_that_waits_for_its_next_try_is_queued);
	tcase_add_test(tests, left_alone_is_blocked_until_that_is_over);
	tcase_add_test(tests, a_site_at_its_own_limit_is_full);
	tcase_add_test(tests, urgent_and_older_sends_come_first);
	tcase_add_test(tests, nothing_is_known_to_come_first_where_nothing_says_what_waits);
	tcase_add_test(tests, what_comes_first_is_what_a_count_by_hand_says);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
