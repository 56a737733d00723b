/* Signs of life of sending threads, and rate limits. */
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
pass(int64_t milliseconds)
{
	s.at += milliseconds;
}

static void
record_sends(void)
{
	record_started(&s, 6700, 0x1150, "202SQCS1", "PS1", 0);
	record_file(&s, 0x1150, "PS100039", "202SQCS1");
}

START_TEST(any_word_of_a_sending_thread_is_a_sign_of_life)
{
	record_sends();
	record_block(&s, 0x1150, "202SQCS1", 1024, 0);
	for (int i = 0; i < 20; i++) {
		pass(50 * WHEN_SECOND);
		record(&s, 0x1150, "%s",
		       i % 3 == 0   ? "Words that no rule knows"
		       : i % 3 == 1 ? "SQL>>>select 1"
		                    : "STATMSG: ID=9999 SEV=I LEV=M");
		ck_assert(!job_stalled(job_of(&s, 0x1150), s.at + 50 * WHEN_SECOND));
	}
	ck_assert(job_stalled(job_of(&s, 0x1150), s.at + 5 * WHEN_MINUTE));
}
END_TEST

START_TEST(who_was_given_up_and_speaks_again_is_taken_up)
{
	record(&s, 6700, "Checking for sending capacity. Used 0 out of 5.");
	record_sends();
	record(&s, 6700, "Checking for sending capacity. Used 0 out of 5.");
	ck_assert_ptr_null(job_of(&s, 0x1150));
	record(&s, 6700, "Words of the main thread that no rule knows");
	ck_assert_ptr_null(job_of(&s, 0x1150));
	record(&s, 0x1150, "Words that no rule knows");
	ck_assert_ptr_nonnull(job_of(&s, 0x1150));
}
END_TEST

START_TEST(a_rate_limit_throttles_a_send_and_gives_its_rate)
{
	record_sends();
	ck_assert(!job_of(&s, 0x1150)->throttled);
	for (int i = 0; i < 60; i++) {
		record(&s, 0x1150,
		       "~Yield 9 seconds due to bandwidth control, the current sending rate is 10 percent, the "
		       "estimated "
		       "bandwidth is 1048576 bytes per second");
		pass(10 * WHEN_SECOND);
		ck_assert(job_of(&s, 0x1150)->throttled);
		ck_assert(!job_stalled(job_of(&s, 0x1150), s.at));
	}
	ck_assert((int)job_rate(job_of(&s, 0x1150)) == 104857);
	ck_assert(job_rate_estimated(job_of(&s, 0x1150)));
	ck_assert_int_eq(site_state(s.model, job_of(&s, 0x1150)->site, s.at), SITE_THROTTLED);
	record(&s, 0x1150,
	       "~Yield 600 seconds due to bandwidth control, the current sending rate is 1 percent, the estimated "
	       "bandwidth is 1048576 bytes per second");
	ck_assert(!job_stalled(job_of(&s, 0x1150), s.at + 11 * WHEN_MINUTE));
	ck_assert(job_stalled(job_of(&s, 0x1150), s.at + 30 * WHEN_MINUTE));
	record_block(&s, 0x1150, "202SQCS1", 1024, 0);
	pass(20 * WHEN_SECOND);
	record_block(&s, 0x1150, "202SQCS1", 1024, 1024);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(one_pause_is_not_usual)
{
	uint64_t position = 0;

	record_sends();
	for (int i = 0; i < 60; i++, position += 1000) {
		pass(i == 30 ? 20 * WHEN_MINUTE : WHEN_SECOND);
		record_block(&s, 0x1150, "202SQCS1", 1000, position);
	}
	ck_assert(!job_stalled(job_of(&s, 0x1150), s.at + 55 * WHEN_SECOND));
	ck_assert(job_stalled(job_of(&s, 0x1150), s.at + 65 * WHEN_SECOND));
	for (int i = 0; i < 20; i++, position += 1000) {
		pass(i % 5 == 0 ? 20 * WHEN_MINUTE : WHEN_SECOND);
		record_block(&s, 0x1150, "202SQCS1", 1000, position);
	}
	ck_assert(!job_stalled(job_of(&s, 0x1150), s.at + 20 * WHEN_MINUTE));
}
END_TEST

START_TEST(one_connection_only_throttles_the_send_that_has_it)
{
	record_sends();
	record(&s, 6700, "Found send request.  ID: 203SQCS1, Dest Site: PS1");
	record(&s, 6700,
	       "Address to PS1SITE.CONTOSO.COM is currently under bandwidth control, therefore only one connection is "
	       "allowed, returning send request to the pool.");
	ck_assert(job_of(&s, 0x1150)->throttled);
	record_started(&s, 6700, 0x1160, "204SQCS1", "PS2", 0);
	ck_assert(!job_of(&s, 0x1160)->throttled);
}
END_TEST

START_TEST(a_yield_of_a_thread_whose_beginning_is_lost_is_a_send)
{
	record(&s, 0x1150,
	       "Yield 9 seconds due to bandwidth control, the current sending rate is 10 percent, the estimated "
	       "bandwidth "
	       "is 1048576 bytes per second");
	ck_assert_ptr_nonnull(job_of(&s, 0x1150));
	ck_assert(job_of(&s, 0x1150)->throttled);
}
END_TEST

START_TEST(a_component_called_sms_sender_is_a_sender)
{
	s.component = "SMS_SENDER";
	record(&s, 6700, "Checking for sending capacity. Used 0 out of 5.");
	record_sends();
	ck_assert_uint_eq(model_sending(s.model).used, 1);
	ck_assert_int_eq(model_sending(s.model).capacity, 5);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(limits_of_999_and_beyond_are_taken)
{
	static const unsigned limits[] = { 999, 1000, 25000, 4000000000u };

	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
		record(&s, 6700, "Checking for sending capacity. Used 3 out of %u.", limits[i]);
		record(&s, 6700, "Found send request.  ID: 202SQCS1, Dest Site: PS1");
		record(&s, 6700, "Checking for site-specific sending capacity.  Used 1 out of %u.", limits[i]);
		ck_assert_int_eq(model_sending(s.model).capacity, limits[i]);
		ck_assert_int_eq(site_of(&s, "PS1")->capacity, limits[i]);
		s.component = "SMS_DISTRIBUTION_MANAGER";
		record(&s, 6800, "Currently using 2 out of %u allowed package processing threads.", limits[i]);
		ck_assert_int_eq(model_distribution(s.model).capacity, limits[i]);
		s.component = "SMS_LAN_SENDER";
	}
}
END_TEST

/* As many threads as the product allows. */
START_TEST(a_thousand_sends_at_once_hold_a_thousand_slots)
{
	for (unsigned i = 0; i < 999; i++) {
		char request[16];

		snprintf(request, sizeof(request), "2%04uCS1", i);
		record_started(&s, 6700, 8000 + i * 4, request, "PS1", (int)i);
	}
	ck_assert_uint_eq(model_sending(s.model).used, 999);
	ck_assert_uint_eq(model_lost(s.model), 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("sender_thread");
	TCase *tcase = tcase_create("sender_thread");

	tcase_set_timeout(tcase, 30);
	tcase_add_checked_fixture(tcase, open_log, close_log);
	tcase_add_test(tcase, any_word_of_a_sending_thread_is_a_sign_of_life);
	tcase_add_test(tcase, who_was_given_up_and_speaks_again_is_taken_up);
	tcase_add_test(tcase, a_rate_limit_throttles_a_send_and_gives_its_rate);
	tcase_add_test(tcase, one_pause_is_not_usual);
	tcase_add_test(tcase, one_connection_only_throttles_the_send_that_has_it);
	tcase_add_test(tcase, a_yield_of_a_thread_whose_beginning_is_lost_is_a_send);
	tcase_add_test(tcase, a_component_called_sms_sender_is_a_sender);
	tcase_add_test(tcase, limits_of_999_and_beyond_are_taken);
	tcase_add_test(tcase, a_thousand_sends_at_once_hold_a_thousand_slots);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
