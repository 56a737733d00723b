/* Transfers to distribution points: grammar §8. */
#include "run.h"
#include "said.h"

#define NAL(dp) "[\"Display=\\\\" dp "\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\" dp "\\"

static struct said s;

static void
open_said(void)
{
	said_open(&s, NULL);
	s.component = "SMS_PACKAGE_TRANSFER_MANAGER";
}

static void
close_said(void)
{
	said_close(&s);
}

static const struct transfer *
transfer_of(uint64_t job)
{
	size_t count;
	const struct transfer *rows = model_transfers(s.model, &count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].job == job)
			return &rows[i];
	ck_abort_msg("no transfer %llu", (unsigned long long)job);
	return NULL;
}

static void
say_begins(unsigned thread, unsigned job, const char *kind)
{
	say(&s, 5392, "Found send request with ID: %u, Package: PS100039, Version:1, Priority: 2, Destination: PS1DP1.CONTOSO.COM, DPPriority: 200", job);
	say(&s, 5392, " ~Created sending thread (Thread ID = 0x%X)", thread);
	say(&s, thread, "%s thread starting for Job: %u, package: PS100039, Version: 1, Priority: 2, server: PS1DP1.CONTOSO.COM, DPPriority: 200", kind, job);
}

START_TEST(bytes_of_a_job_are_the_sum_over_its_files_and_threads)
{
	say_begins(4844, 577, "Sending");
	say(&s, 4900, "Sending thread starting for Job: 577, package: PS100039, Version: 1, Priority: 2, server: PS1DP1.CONTOSO.COM, DPPriority: 200");
	ck_assert_uint_eq(transfer_of(577)->threads, 2);
	ck_assert_int_eq(transfer_of(577)->state, TRANSFER_SENDING);
	for (int file = 0; file < 3; file++) {
		say(&s, 4844, "~Sending Started [E:\\SCCMContentLib\\FileLib\\73E0\\73E0%d]", file);
		say(&s, 4844, "~Wrote 1000 bytes to \\\\PS1DP1\\SMS_DP$\\73E0-%d.temp at position 0 in 344 ticks", file);
		say(&s, 4844, "~Wrote 500 bytes to \\\\PS1DP1\\SMS_DP$\\73E0-%d.temp at position 1000 in 344 ticks", file);
	}
	say(&s, 4900, "~Wrote 7 bytes to \\\\PS1DP1\\SMS_DP$\\X.temp at position 0 in 1 ticks");
	ck_assert_uint_eq(transfer_of(577)->bytes, 4507);
	say(&s, 4900, "Sending thread complete~");
	say(&s, 4844, "~Finished sending SWD package PS100039 version 1 to distribution point PS1DP1.CONTOSO.COM");
	say(&s, 4844, "Sent status to the distribution manager for pkg PS100039, version 1, status 3 and distribution point " NAL("PS1DP1.CONTOSO.COM") "~");
	say(&s, 4844, "Sending thread complete~");
	ck_assert_int_eq(transfer_of(577)->state, TRANSFER_DONE);
	ck_assert_uint_eq(transfer_of(577)->threads, 0);
	ck_assert_uint_eq(model_transfer_counts(s.model).done, 1);
	ck_assert_str_eq(model_server(s.model, transfer_of(577)->dp), "PS1DP1.CONTOSO.COM");
	ck_assert_uint_eq(source_counts(s.source)->unknown, 0);
}
END_TEST

START_TEST(a_failed_transfer_says_how_often_and_when_it_is_tried_again)
{
	say_begins(4892, 26, "Sending");
	say(&s, 4892, "CContentDefinition::TotalFileSizes failed; 0x8007052e");
	say(&s, 4892, "CSendFileAction::SendFiles failed; 0x8007052e");
	say(&s, 4892, "Sending failed. Failure count = 24, Restart time = 14/06/2018 06:56:25 GMT Daylight Time");
	say(&s, 4892, "Sending thread complete~");
	ck_assert_int_eq(transfer_of(26)->state, TRANSFER_RETRY);
	ck_assert_uint_eq(transfer_of(26)->failures, 24);
	ck_assert_str_eq(transfer_of(26)->restart, "14/06/2018 06:56:25 GMT Daylight Time");
	ck_assert_ptr_nonnull(strstr(transfer_of(26)->error, "TotalFileSizes"));
	ck_assert_uint_eq(model_transfer_counts(s.model).retrying, 1);
}
END_TEST

START_TEST(a_pull_dp_is_told_and_fetches_for_itself)
{
	say_begins(11084, 190, "Pull DP Sending");
	say(&s, 11084, "~ PullDP notification sent. Attempted count = 1/30, Restart time = 1/7/2019 4:06:04 PM Eastern Standard Time");
	say(&s, 11084, "Pull DP Sending thread complete~");
	ck_assert(transfer_of(190)->pull);
	ck_assert_int_eq(transfer_of(190)->state, TRANSFER_NOTIFIED);
	say(&s, 4712, "PullDP " NAL("PS1DP1.CONTOSO.COM") " has reached maximum capacity 50");
	say_begins(18724, 190, "Pull DP Sending");
	say(&s, 18724, "~Finished sending SWD package PS100039 version 1 to distribution point PS1DP1.CONTOSO.COM");
	say(&s, 18724, "Pull DP Sending thread complete~");
	ck_assert_int_eq(transfer_of(190)->state, TRANSFER_DONE);
}
END_TEST

START_TEST(one_connection_only_sends_a_job_back)
{
	say_begins(21216, 12, "Sending");
	say(&s, 21216, "~Address to PS1DP1.CONTOSO.COM is currently under bandwidth control, therefore only one connection is allowed, returning send request to the pool.");
	ck_assert(transfer_of(12)->throttled);
	ck_assert_int_eq(transfer_of(12)->state, TRANSFER_WAITING);
}
END_TEST

START_TEST(tiny_tables_and_numbers_that_come_back_do_no_harm)
{
	struct model_limits tiny = { .transfers = 2, .threads = 2, .servers = 1, .packages = 1 };

	said_close(&s);
	said_open(&s, &tiny);
	s.component = "SMS_PACKAGE_TRANSFER_MANAGER";
	for (unsigned i = 0; i < 40; i++) {
		say_begins(100 + i % 5 * 4, i % 7, "Sending");
		say(&s, 100 + i % 3 * 4, "~Wrote 1000 bytes to \\\\A\\B at position 0 in 344 ticks");
		if (i % 4 == 0)
			say(&s, 100 + i % 5 * 4, "Sending thread complete~");
	}
	say(&s, 4120, "SMS_EXECUTIVE started SMS_PACKAGE_TRANSFER_MANAGER as thread ID 7288 (0x1C78).");
	ck_assert_uint_eq(model_transfer_counts(s.model).running, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("transfers");
	TCase *tcase = tcase_create("transfers");

	tcase_add_checked_fixture(tcase, open_said, close_said);
	tcase_add_test(tcase, bytes_of_a_job_are_the_sum_over_its_files_and_threads);
	tcase_add_test(tcase, a_failed_transfer_says_how_often_and_when_it_is_tried_again);
	tcase_add_test(tcase, a_pull_dp_is_told_and_fetches_for_itself);
	tcase_add_test(tcase, one_connection_only_sends_a_job_back);
	tcase_add_test(tcase, tiny_tables_and_numbers_that_come_back_do_no_harm);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
