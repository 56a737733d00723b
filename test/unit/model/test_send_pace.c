/* Sends that come in bursts: how long is usual, when they have stalled, and how long they still take. */
#include "run_suite.h"
#include "framed_log.h"

static struct framed_log s;
static unsigned long long position;

static void
open_log(void)
{
	framed_log_open(&s, NULL);
	position = 0;
}

static void
close_log(void)
{
	framed_log_close(&s);
}

static void
begin(const char *request, const char *site)
{
	position = 0;
	record_started(&s, 1, 1001, request, site, 0);
	record_file(&s, 1001, "PS100039", request);
}

/* Ten blocks of 1 MB in a second, then so many seconds of nothing. */
static void
burst(const char *request, int seconds)
{
	for (int i = 0; i < 10; i++) {
		record_block(&s, 1001, request, 1000000, position);
		position += 1000000;
		s.at += 100;
	}
	s.at += seconds * WHEN_SECOND;
}

static void
end(const char *request, const char *site)
{
	record_done(&s, 1001, "PS100039", request, site);
	s.at += 10 * WHEN_SECOND;
}

START_TEST(the_time_that_is_left_goes_by_whole_bursts)
{
	int64_t eta;

	/* 100 MB, so that the next one's size is known. */
	begin("20001CS1", "PS1");
	for (int i = 0; i < 10; i++)
		burst("20001CS1", 20);
	end("20001CS1", "PS1");
	begin("20002CS1", "PS2");
	for (int i = 0; i < 5; i++)
		burst("20002CS1", 20);
	burst("20002CS1", 0);
	/* 40 MB are left, at about 10 MB in 21 s; the last second's speed would say four seconds. */
	eta = job_eta(s.model, job_of(&s, 1001)) / WHEN_SECOND;
	ck_assert_int_ge(eta, 60);
	ck_assert_int_le(eta, 100);
}
END_TEST

START_TEST(a_send_has_stalled_after_a_minute_where_sends_do_not_pause)
{
	begin("20001CS1", "PS1");
	burst("20001CS1", 0);
	burst("20001CS1", 0);
	ck_assert(!job_stalled(job_of(&s, 1001), s.at + 59 * WHEN_SECOND));
	ck_assert(job_stalled(job_of(&s, 1001), s.at + 61 * WHEN_SECOND));
}
END_TEST

START_TEST(where_sends_are_known_to_pause_the_first_pause_is_no_stall)
{
	begin("20001CS1", "PS1");
	for (int i = 0; i < 5; i++)
		burst("20001CS1", 100);
	end("20001CS1", "PS1");
	begin("20002CS1", "PS1");
	burst("20002CS1", 0);
	ck_assert(!job_stalled(job_of(&s, 1001), s.at + 100 * WHEN_SECOND));
	ck_assert(job_stalled(job_of(&s, 1001), s.at + 20 * WHEN_MINUTE));
}
END_TEST

START_TEST(that_holds_for_its_own_site_only)
{
	begin("20001CS1", "PS1");
	for (int i = 0; i < 5; i++)
		burst("20001CS1", 100);
	end("20001CS1", "PS1");
	begin("20002CS1", "PS2");
	burst("20002CS1", 0);
	ck_assert(job_stalled(job_of(&s, 1001), s.at + 61 * WHEN_SECOND));
}
END_TEST

START_TEST(trouble_now_and_then_does_not_become_usual)
{
	begin("20001CS1", "PS1");
	for (int i = 0; i < 300; i++)
		burst("20001CS1", i % 100 == 50 ? 50 : 0);
	end("20001CS1", "PS1");
	for (int i = 0; i < 3600; i += 60) {
		begin("20003CS1", "PS1");
		for (int k = 0; k < 30; k++)
			burst("20003CS1", 1);
		end("20003CS1", "PS1");
	}
	begin("20002CS1", "PS1");
	burst("20002CS1", 0);
	ck_assert(job_stalled(job_of(&s, 1001), s.at + 61 * WHEN_SECOND));
}
END_TEST

START_TEST(a_site_under_bandwidth_control_is_given_five_minutes)
{
	begin("20001CS1", "PS1");
	burst("20001CS1", 0);
	ck_assert(job_stalled(job_of(&s, 1001), s.at + 61 * WHEN_SECOND));
	record(&s, 1, "Found send request.  ID: 77777CS1, Dest Site: PS1~");
	record(&s, 1,
	       "Address to PS1 is currently under bandwidth control, therefore only one connection is allowed, "
	       "returning"
	       " send request to pending state.");
	ck_assert(!job_stalled(job_of(&s, 1001), s.at + 4 * WHEN_MINUTE));
	ck_assert(job_stalled(job_of(&s, 1001), s.at + 6 * WHEN_MINUTE));
}
END_TEST

START_TEST(a_clock_that_is_set_back_loses_no_pause)
{
	begin("20001CS1", "PS1");
	for (int i = 0; i < 3; i++)
		burst("20001CS1", 100);
	s.at -= WHEN_DAY;
	for (int i = 0; i < 3; i++)
		burst("20001CS1", 100);
	end("20001CS1", "PS1");
	begin("20002CS1", "PS1");
	burst("20002CS1", 0);
	ck_assert(!job_stalled(job_of(&s, 1001), s.at + 100 * WHEN_SECOND));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("send_pace");
	TCase *tests = tcase_create("send_pace");

	tcase_add_checked_fixture(tests, open_log, close_log);
	tcase_add_test(tests, the_time_that_is_left_goes_by_whole_bursts);
	tcase_add_test(tests, a_send_has_stalled_after_a_minute_where_sends_do_not_pause);
	tcase_add_test(tests, where_sends_are_known_to_pause_the_first_pause_is_no_stall);
	tcase_add_test(tests, that_holds_for_its_own_site_only);
	tcase_add_test(tests, trouble_now_and_then_does_not_become_usual);
	tcase_add_test(tests, a_site_under_bandwidth_control_is_given_five_minutes);
	tcase_add_test(tests, a_clock_that_is_set_back_loses_no_pause);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
