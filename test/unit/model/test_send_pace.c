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

START_TEST(the_time_that_is_left_is_the_same_after_a_lone_pause)
{
	int64_t eta;

	begin("20001CS1", "PS1");
	for (int i = 0; i < 10; i++)
		burst("20001CS1", 2);
	end("20001CS1", "PS1");
	begin("20002CS1", "PS1");
	for (int i = 0; i < 50; i++) {
		record_block(&s, 1001, "20002CS1", 1000000, position);
		position += 1000000;
		s.at += i == 25 ? WHEN_HOUR : 3 * WHEN_SECOND;
	}
	/* 50 MB are left, at 1 MB in 3 s. */
	eta = job_eta(s.model, job_of(&s, 1001)) / WHEN_SECOND;
	ck_assert_int_ge(eta, 130);
	ck_assert_int_le(eta, 180);
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

/* Blocks of 1 MB, `apart` milliseconds one from the next, of threads 1001, 1002, …; each has its request. */
static void
write_on(unsigned threads, int blocks, int64_t apart)
{
	for (int i = 0; i < blocks; i++) {
		for (unsigned k = 0; k < threads; k++) {
			char request[16];

			snprintf(request, sizeof(request), "2000%uCS1", k + 1);
			record_block(&s, 1001 + k, request, 1000000, position);
		}
		position += 1000000;
		s.at += apart;
	}
}

static void
begin_all(unsigned threads)
{
	position = 0;
	for (unsigned k = 0; k < threads; k++) {
		char request[16];

		snprintf(request, sizeof(request), "2000%uCS1", k + 1);
		record_started(&s, 1, 1001 + k, request, "PS1", (int)k);
		record_file(&s, 1001 + k, "PS100039", request);
	}
}

START_TEST(a_pause_of_all_sends_to_a_site_is_one_pause)
{
	begin_all(2);
	for (int i = 0; i < 2; i++) {
		write_on(2, 300, 2 * WHEN_SECOND);
		s.at += WHEN_HOUR;
	}
	write_on(2, 300, 2 * WHEN_SECOND);
	position = 0;
	record_started(&s, 1, 1003, "20003CS1", "PS1", 2);
	record_file(&s, 1003, "PS100039", "20003CS1");
	write_on(3, 1, 2 * WHEN_SECOND);
	for (uint32_t thread = 1001; thread <= 1003; thread++)
		ck_assert(job_stalled(job_of(&s, thread), s.at + 61 * WHEN_SECOND));
}
END_TEST

START_TEST(short_sends_teach_their_site_what_none_of_them_can_know)
{
	for (int i = 0; i < 6; i++) {
		begin("20001CS1", "PS1");
		burst("20001CS1", 100);
		burst("20001CS1", 100);
		burst("20001CS1", 0);
		end("20001CS1", "PS1");
	}
	begin("20002CS1", "PS1");
	burst("20002CS1", 0);
	ck_assert(!job_stalled(job_of(&s, 1001), s.at + 100 * WHEN_SECOND));
}
END_TEST

/* So many blocks, then so long a pause, again and again, in a send to a site of which
 * nothing is known; after so many pauses that is known. */
static void
must_not_stall(int blocks, int64_t apart, int64_t pause, int known)
{
	close_log();
	open_log();
	begin_all(1);
	for (int i = 0; i < 12; i++) {
		write_on(1, blocks - 1, apart);
		write_on(1, 1, 0);
		if (i >= known)
			ck_assert(!job_stalled(job_of(&s, 1001), s.at + pause));
		s.at += pause;
	}
	ck_assert(job_stalled(job_of(&s, 1001), s.at + 12 * pause));
}

START_TEST(whoever_pauses_again_and_again_is_not_stalled)
{
	must_not_stall(1, 0, 3 * WHEN_MINUTE, 2);
	must_not_stall(2, WHEN_SECOND, 3 * WHEN_MINUTE, 3);
	must_not_stall(20, 2 * WHEN_SECOND, 4 * WHEN_MINUTE, 3);
	must_not_stall(20, 100, 4 * WHEN_MINUTE, 3);
	must_not_stall(20, 30 * WHEN_SECOND, 4 * WHEN_MINUTE, 6);
	must_not_stall(200, 500, 4 * WHEN_MINUTE, 4);
	must_not_stall(5, WHEN_SECOND, WHEN_HOUR, 3);
}
END_TEST

START_TEST(a_send_of_a_site_with_pauses_that_does_not_pause_is_soon_given_no_more_than_a_minute)
{
	begin("20001CS1", "PS1");
	for (int i = 0; i < 6; i++)
		burst("20001CS1", 100);
	end("20001CS1", "PS1");
	begin_all(1);
	write_on(1, 1500, WHEN_SECOND);
	ck_assert(job_stalled(job_of(&s, 1001), s.at + 61 * WHEN_SECOND));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("send_pace");
	TCase *tests = tcase_create("send_pace");

	tcase_add_checked_fixture(tests, open_log, close_log);
	tcase_add_test(tests, the_time_that_is_left_goes_by_whole_bursts);
	tcase_add_test(tests, the_time_that_is_left_is_the_same_after_a_lone_pause);
	tcase_add_test(tests, a_send_has_stalled_after_a_minute_where_sends_do_not_pause);
	tcase_add_test(tests, where_sends_are_known_to_pause_the_first_pause_is_no_stall);
	tcase_add_test(tests, that_holds_for_its_own_site_only);
	tcase_add_test(tests, trouble_now_and_then_does_not_become_usual);
	tcase_add_test(tests, a_site_under_bandwidth_control_is_given_five_minutes);
	tcase_add_test(tests, a_clock_that_is_set_back_loses_no_pause);
	tcase_add_test(tests, a_pause_of_all_sends_to_a_site_is_one_pause);
	tcase_add_test(tests, short_sends_teach_their_site_what_none_of_them_can_know);
	tcase_add_test(tests, whoever_pauses_again_and_again_is_not_stalled);
	tcase_add_test(tests, a_send_of_a_site_with_pauses_that_does_not_pause_is_soon_given_no_more_than_a_minute);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
