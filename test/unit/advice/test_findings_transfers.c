/* Findings about transfers: each has a site server that makes it true, and one that nearly does. */
#include "cmtop/advice.h"
#include "run_suite.h"
#include "framed_log.h"

static struct framed_log s;

static void
open_log(void)
{
	framed_log_open(&s, NULL);
	s.component = "SMS_PACKAGE_TRANSFER_MANAGER";
}

static void
close_log(void)
{
	framed_log_close(&s);
}

static const char *
text_of(enum advice_code code)
{
	static struct advice found[ADVICE_COUNT];
	struct advice_look look = { s.model, NULL, 0, s.at, false };
	size_t count = advice_find(&look, found);

	for (size_t i = 0; i < count; i++)
		if (found[i].code == code)
			return found[i].text;
	return NULL;
}

static void
must(enum advice_code code, const char *evidence)
{
	ck_assert_msg(text_of(code) != NULL, "%s is not found", advice_word(code));
	ck_assert_msg(strstr(text_of(code), evidence) != NULL, "'%s' is not in '%s'", evidence, text_of(code));
}

static void
must_not(enum advice_code code)
{
	ck_assert_msg(text_of(code) == NULL, "%s: %s", advice_word(code), text_of(code));
}

static void
record_start(unsigned thread, unsigned job, const char *dp)
{
	record(&s, thread,
	       "Sending thread starting for Job: %u, package: PS100039, Version: 1, Priority: 2, server: %s, "
	       "DPPriority: "
	       "200",
	       job, dp);
}

static void
record_block_to(unsigned thread)
{
	record(&s, thread, "Wrote 983040 bytes to \\\\DP\\SMS_DP$\\X.temp at position 0 in 344 ticks");
}

START_TEST(a_silent_transfer_is_worth_a_word)
{
	record_start(100, 900, "DPA");
	record_start(104, 901, "DPB");
	record_block_to(100);
	s.at += 9 * WHEN_MINUTE;
	record_block_to(104);
	must_not(ADVICE_TRANSFERS_STALLED);
	s.at += 2 * WHEN_MINUTE;
	must(ADVICE_TRANSFERS_STALLED, "1 of 2");
	must(ADVICE_TRANSFERS_STALLED, "DPA (job 900)");
	record(&s, 100, "Words that no rule knows");
	must_not(ADVICE_TRANSFERS_STALLED);
}
END_TEST

START_TEST(several_threads_at_one_job_collide_only_where_they_lock_each_other_out)
{
	for (unsigned i = 0; i < 5; i++)
		record_start(100 + i * 4, 12771, "DPNAME.CONTOSO.COM");
	s.at += WHEN_HOUR;
	must_not(ADVICE_TRANSFER_COLLISION);
	record(&s, 100, "CSendFileAction::SendFiles failed; 0x80070005");
	record(&s, 100, "CSendFileAction::SendFiles failed; 0x80070005");
	must_not(ADVICE_TRANSFER_COLLISION);
	record(&s, 104, "CSendFileAction::SendFiles failed; 0x80070020");
	must_not(ADVICE_TRANSFER_COLLISION);
	record(&s, 108, "Failed to open the file, Win32 error = 32");
	must(ADVICE_TRANSFER_COLLISION, "2 sharing violations");
	must(ADVICE_TRANSFER_COLLISION, "job 12771");
}
END_TEST

START_TEST(a_thread_alone_collides_with_nobody)
{
	record_start(100, 1, "DPA");
	for (int i = 0; i < 5; i++)
		record(&s, 100, "CSendFileAction::SendFiles failed; 0x80070020");
	must_not(ADVICE_TRANSFER_COLLISION);
	record_start(104, 2, "DPA"); /* another job, the same package and distribution point */
	for (int i = 0; i < 2; i++)
		record(&s, 100, "CSendFileAction::SendFiles failed; 0x80070020");
	must(ADVICE_TRANSFER_COLLISION, "job 1)");
}
END_TEST

START_TEST(a_rate_limit_of_a_distribution_point_is_named)
{
	record_start(100, 1, "DPA");
	must_not(ADVICE_DP_THROTTLED);
	record(&s, 100,
	       "Yield 9 seconds due to bandwidth control, the current sending rate is 10 percent, the estimated "
	       "bandwidth "
	       "is 1048576 bytes per second");
	must(ADVICE_DP_THROTTLED, "DPA: a rate limit allows 10% of its bandwidth");
	record_start(104, 2, "DPB");
	record(&s, 104, "~Address to DPB is currently in pulse mode, therefore only one connection is allowed.");
	record_start(108, 3, "DPB");
	must(ADVICE_DP_THROTTLED, "DPB takes one connection at a time");
	record(&s, 100, "~Finished sending SWD package PS100039 version 1 to distribution point DPA");
	record(&s, 104, "Sending thread complete");
	record_start(104, 2, "DPB");
	must_not(ADVICE_DP_THROTTLED);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("findings_transfers");
	TCase *tcase = tcase_create("findings_transfers");

	tcase_add_checked_fixture(tcase, open_log, close_log);
	tcase_add_test(tcase, a_silent_transfer_is_worth_a_word);
	tcase_add_test(tcase, several_threads_at_one_job_collide_only_where_they_lock_each_other_out);
	tcase_add_test(tcase, a_thread_alone_collides_with_nobody);
	tcase_add_test(tcase, a_rate_limit_of_a_distribution_point_is_named);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
