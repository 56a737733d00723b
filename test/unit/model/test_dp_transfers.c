/* Transfers to distribution points. */
#include "run_suite.h"
#include "framed_log.h"

#define NAL(dp) "[\"Display=\\\\" dp "\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\" dp "\\"

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
record_begin(unsigned thread, unsigned job, const char *kind)
{
	record(&s, 5392,
	       "Found send request with ID: %u, Package: PS100039, Version:1, Priority: 2, Destination: "
	       "PS1DP1.CONTOSO.COM, DPPriority: 200",
	       job);
	record(&s, 5392, " ~Created sending thread (Thread ID = 0x%X)", thread);
	record(&s, thread,
	       "%s thread starting for Job: %u, package: PS100039, Version: 1, Priority: 2, server: "
	       "PS1DP1.CONTOSO.COM, "
	       "DPPriority: 200",
	       kind, job);
}

START_TEST(bytes_of_a_job_are_the_sum_over_its_files_and_threads)
{
	record_begin(4844, 577, "Sending");
	record(&s, 4900,
	       "Sending thread starting for Job: 577, package: PS100039, Version: 1, Priority: 2, server: "
	       "PS1DP1.CONTOSO.COM, DPPriority: 200");
	ck_assert_uint_eq(transfer_of(577)->threads, 2);
	ck_assert_int_eq(transfer_of(577)->state, TRANSFER_SENDING);
	for (int file = 0; file < 3; file++) {
		record(&s, 4844, "~Sending Started [E:\\SCCMContentLib\\FileLib\\73E0\\73E0%d]", file);
		record(&s, 4844, "~Wrote 1000 bytes to \\\\PS1DP1\\SMS_DP$\\73E0-%d.temp at position 0 in 344 ticks",
		       file);
		record(&s, 4844, "~Wrote 500 bytes to \\\\PS1DP1\\SMS_DP$\\73E0-%d.temp at position 1000 in 344 ticks",
		       file);
	}
	record(&s, 4900, "~Wrote 7 bytes to \\\\PS1DP1\\SMS_DP$\\X.temp at position 0 in 1 ticks");
	ck_assert_uint_eq(transfer_of(577)->bytes, 4507);
	record(&s, 4900, "Sending thread complete~");
	record(&s, 4844, "~Finished sending SWD package PS100039 version 1 to distribution point PS1DP1.CONTOSO.COM");
	record(&s, 4844,
	       "Sent status to the distribution manager for pkg PS100039, version 1, status 3 and distribution "
	       "point " NAL("PS1DP1.CONTOSO.COM") "~");
	record(&s, 4844, "Sending thread complete~");
	ck_assert_int_eq(transfer_of(577)->state, TRANSFER_DONE);
	ck_assert_uint_eq(transfer_of(577)->threads, 0);
	ck_assert_uint_eq(model_transfer_counts(s.model).done, 1);
	ck_assert_str_eq(model_server(s.model, transfer_of(577)->dp), "PS1DP1.CONTOSO.COM");
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(a_failed_transfer_says_how_often_and_when_it_is_tried_again)
{
	record_begin(4892, 26, "Sending");
	record(&s, 4892, "CContentDefinition::TotalFileSizes failed; 0x8007052e");
	record(&s, 4892, "CSendFileAction::SendFiles failed; 0x8007052e");
	record(&s, 4892, "Sending failed. Failure count = 24, Restart time = 14/06/2018 06:56:25 GMT Daylight Time");
	record(&s, 4892, "Sending thread complete~");
	ck_assert_int_eq(transfer_of(26)->state, TRANSFER_RETRY);
	ck_assert_uint_eq(transfer_of(26)->failures, 24);
	ck_assert_str_eq(transfer_of(26)->restart.text, "14/06/2018 06:56:25 GMT Daylight Time");
	ck_assert_ptr_nonnull(strstr(transfer_of(26)->error, "TotalFileSizes"));
	ck_assert_uint_eq(model_transfer_counts(s.model).retrying, 1);
}
END_TEST

START_TEST(a_pull_dp_is_told_and_fetches_for_itself)
{
	record_begin(11084, 190, "Pull DP Sending");
	record(&s, 11084,
	       "~ PullDP notification sent. Attempted count = 1/30, Restart time = 1/7/2019 4:06:04 PM Eastern "
	       "Standard "
	       "Time");
	record(&s, 11084, "Pull DP Sending thread complete~");
	ck_assert(transfer_of(190)->pull);
	ck_assert_int_eq(transfer_of(190)->state, TRANSFER_NOTIFIED);
	record(&s, 4712, "PullDP " NAL("PS1DP1.CONTOSO.COM") " has reached maximum capacity 50");
	record_begin(18724, 190, "Pull DP Sending");
	record(&s, 18724, "~Finished sending SWD package PS100039 version 1 to distribution point PS1DP1.CONTOSO.COM");
	record(&s, 18724, "Pull DP Sending thread complete~");
	ck_assert_int_eq(transfer_of(190)->state, TRANSFER_DONE);
}
END_TEST

START_TEST(one_connection_only_sends_a_job_back)
{
	record_begin(21216, 12, "Sending");
	record(&s, 21216,
	       "~Address to PS1DP1.CONTOSO.COM is currently under bandwidth control, therefore only one connection is "
	       "allowed, returning send request to the pool.");
	ck_assert(transfer_of(12)->throttled);
	ck_assert_int_eq(transfer_of(12)->state, TRANSFER_WAITING);
}
END_TEST

/* ---- several threads, and words of theirs ---- */

static void
record_join(unsigned thread, unsigned job)
{
	record(&s, thread,
	       "Sending thread starting for Job: %u, package: PS100039, Version: 1, Priority: 2, server: "
	       "PS1DP1.CONTOSO.COM, DPPriority: 200",
	       job);
}

static void
pass(int64_t milliseconds)
{
	s.at += milliseconds;
}

START_TEST(a_job_is_sent_while_any_of_its_threads_is_at_it)
{
	record_begin(4900, 577, "Sending");
	record_join(4844, 577);
	ck_assert_uint_eq(transfer_of(577)->thread[0], 4844);
	ck_assert_uint_eq(transfer_of(577)->thread[1], 4900);
	record(&s, 4900, "CSendFileAction::SendFiles failed; 0x80070005");
	record(&s, 4900,
	       "Sending failed. Failure count = 1, Restart time = 7/30/2026 8:30:00 AM Eastern Standard Time");
	ck_assert_int_eq(transfer_of(577)->state, TRANSFER_SENDING);
	record(&s, 4900, "Sending thread complete");
	ck_assert_int_eq(transfer_of(577)->state, TRANSFER_SENDING);
	ck_assert_uint_eq(transfer_of(577)->threads, 1);
	ck_assert_uint_eq(transfer_of(577)->failures, 1);
	record(&s, 4844, "Sending thread complete");
	ck_assert_int_eq(transfer_of(577)->state, TRANSFER_RETRY);
	ck_assert_uint_eq(transfers_at(s.model, s.at).failures, 1);
}
END_TEST

START_TEST(many_threads_are_listed_by_their_numbers)
{
	for (unsigned i = 40; i > 0; i--)
		record_join(1000 + i * 4 % 41 * 8, 577);
	ck_assert_uint_eq(transfer_of(577)->threads, 40);
	for (unsigned i = 1; i < TRANSFER_THREADS; i++)
		ck_assert_uint_lt(transfer_of(577)->thread[i - 1], transfer_of(577)->thread[i]);
	while (transfer_of(577)->threads > 0) {
		uint32_t before = transfer_of(577)->threads;

		record(&s, transfer_of(577)->thread[0], "Sending thread complete");
		ck_assert_uint_eq(transfer_of(577)->threads, before - 1);
	}
	ck_assert_int_eq(transfer_of(577)->state, TRANSFER_WAITING);
}
END_TEST

START_TEST(a_rate_limit_gives_its_share_of_the_line)
{
	double rate;

	record_begin(4844, 57, "Sending");
	pass(10 * WHEN_SECOND);
	record(&s, 4844,
	       "Yield 9 seconds due to bandwidth control, the current sending rate is 10 percent, the estimated "
	       "bandwidth "
	       "is 1048576 bytes per second");
	ck_assert(transfer_of(57)->throttled);
	ck_assert_uint_eq(transfer_of(57)->limit_percent, 10);
	rate = transfer_rate(transfer_of(57), s.at);
	ck_assert(rate >= 104857 && rate < 104858);
	ck_assert(transfer_rate_estimated(transfer_of(57), s.at));
	record(&s, 4844, "Wrote 983040 bytes to \\\\PS1DP1\\SMS_DP$\\X.temp at position 0 in 344 ticks");
	ck_assert(!transfer_rate_estimated(transfer_of(57), s.at));
	ck_assert(transfer_of(57)->throttled);
	record(&s, 4844, "Sending thread complete");
	record_join(4844, 57);
	ck_assert(!transfer_of(57)->throttled);
	ck_assert_uint_eq(transfer_of(57)->limit_percent, 0);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(a_yield_may_say_anything)
{
	static const char *const words[] = {
		"Yield 1 second due to bandwidth control, the current sending rate is 0 percent, the estimated "
		"bandwidth is 0 bytes per second",
		"Yield 4294967295 seconds due to bandwidth control, the current sending rate is 100 percent, the "
		"estimated bandwidth is 18446744073709551615 bytes per second",
		"Yield 9 seconds due to bandwidth control, the current sending rate is 4000000000 percent, the "
		"estimated bandwidth is 1 bytes per second",
		"Yield 9 seconds due to bandwidth control",
		"yield 9 seconds due to bandwidth control, the current sending rate is 12.5 percent",
		"Yield some time due to bandwidth control",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		record_begin(4844, 100 + (unsigned)i, "Sending");
		record(&s, 4844, "%s", words[i]);
		ck_assert(transfer_of(100 + i)->throttled);
		ck_assert(transfer_rate(transfer_of(100 + i), s.at) < 1e16);
		ck_assert(!transfer_stalled(transfer_of(100 + i), s.at));
	}
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
	record(&s, 9999, "Yield 9 seconds due to bandwidth control"); /* of a thread whose beginning is lost */
	ck_assert_uint_eq(model_transfer_counts(s.model).running, 1);
}
END_TEST

START_TEST(silence_of_ten_minutes_is_a_stall_of_five_before_the_first_block)
{
	record_begin(4844, 1, "Sending");
	ck_assert(!transfer_stalled(transfer_of(1), s.at + 5 * WHEN_MINUTE - WHEN_SECOND));
	ck_assert(transfer_stalled(transfer_of(1), s.at + 5 * WHEN_MINUTE + WHEN_SECOND));
	record(&s, 4844, "Wrote 7 bytes to \\\\A\\B.temp at position 0 in 1 ticks");
	ck_assert(!transfer_stalled(transfer_of(1), s.at + 10 * WHEN_MINUTE - WHEN_SECOND));
	ck_assert(transfer_stalled(transfer_of(1), s.at + 10 * WHEN_MINUTE + WHEN_SECOND));
	pass(9 * WHEN_MINUTE);
	record(&s, 4844, "Words that no rule knows");
	ck_assert(!transfer_stalled(transfer_of(1), s.at + 9 * WHEN_MINUTE));
	pass(9 * WHEN_MINUTE);
	record(&s, 4844,
	       "Yield 3000 seconds due to bandwidth control, the current sending rate is 1 percent, the estimated "
	       "bandwidth is 1000 bytes per second");
	ck_assert(!transfer_stalled(transfer_of(1), s.at + 59 * WHEN_MINUTE));
	ck_assert(transfer_stalled(transfer_of(1), s.at + 61 * WHEN_MINUTE));
	record(&s, 4844, "Sending thread complete");
	ck_assert(!transfer_stalled(transfer_of(1), s.at + 9 * WHEN_HOUR));
}
END_TEST

START_TEST(a_usual_gap_is_not_thrown_off_by_one_pause)
{
	record_begin(4844, 1, "Sending");
	for (int i = 0; i < 9; i++) {
		pass(i == 4 ? 100 * WHEN_MINUTE : 3 * WHEN_MINUTE);
		record(&s, 4844, "Wrote 7 bytes to \\\\A\\B.temp at position %d in 1 ticks", i * 7);
	}
	ck_assert_int_eq(transfer_usual_gap(transfer_of(1)), 3 * WHEN_MINUTE + 1);
	ck_assert(!transfer_stalled(transfer_of(1), s.at + 17 * WHEN_MINUTE));
	ck_assert(transfer_stalled(transfer_of(1), s.at + 19 * WHEN_MINUTE));
}
END_TEST

/* ---- ends ---- */

START_TEST(a_pull_dp_without_capacity_has_not_failed)
{
	record_begin(4712, 190, "Pull DP Sending");
	record(&s, 4712, "PullDP " NAL("PS1DP1.CONTOSO.COM") " has reached maximum capacity 50");
	record(&s, 4712, "~ PullDP has no capacity. Restart time = 7/30/2026 10:05:00 AM Eastern Standard Time");
	record(&s, 4712,
	       "Sent status to the distribution manager for pkg PS100039, version 1, status 4 and distribution "
	       "point " NAL("PS1DP1.CONTOSO.COM") "~");
	record(&s, 4712, "Pull DP Sending thread complete~");
	ck_assert_uint_eq(transfer_of(190)->failures, 0);
	ck_assert_int_eq(transfer_of(190)->state, TRANSFER_WAITING);
	ck_assert_str_eq(transfer_of(190)->restart.text, "7/30/2026 10:05:00 AM Eastern Standard Time");
	ck_assert_uint_eq(model_transfer_counts(s.model).failures, 0);
	ck_assert_ptr_null(model_failure(s.model, 0));
	record_begin(4712, 190, "Pull DP Sending");
	record(&s, 4712,
	       "~ PullDP notification failed. Failure count = 1/30, Restart time = 7/30/2026 10:15:00 AM Eastern "
	       "Standard "
	       "Time");
	ck_assert_uint_eq(transfer_of(190)->failures, 1);
}
END_TEST

static void
notify(unsigned thread, unsigned job)
{
	record_begin(thread, job, "Pull DP Sending");
	record(&s, thread,
	       "~ PullDP notification sent. Attempted count = 1/30, Restart time = 1/7/2019 4:06:04 PM Eastern "
	       "Standard "
	       "Time");
	record(&s, thread, "Pull DP Sending thread complete~");
}

START_TEST(a_finish_ends_older_jobs_that_were_notified_of_the_same)
{
	notify(8, 190);
	notify(8, 200);
	record(&s, 12,
	       "Pull DP Sending thread starting for Job: 191, package: PS100040, Version: 1, Priority: 2, server: "
	       "PS1DP1.CONTOSO.COM, DPPriority: 200");
	record(&s, 12,
	       "~ PullDP notification sent. Attempted count = 1/30, Restart time = 1/7/2019 4:06:04 PM Eastern "
	       "Standard "
	       "Time");
	record(&s, 12, "Pull DP Sending thread complete~");
	record_begin(16, 194, "Pull DP Sending");
	record(&s, 16, "~Finished sending SWD package PS100039 version 1 to distribution point PS1DP1.CONTOSO.COM");
	ck_assert_int_eq(transfer_of(190)->state, TRANSFER_DONE);
	ck_assert_int_eq(transfer_of(191)->state, TRANSFER_NOTIFIED);
	ck_assert_int_eq(transfer_of(194)->state, TRANSFER_DONE);
	ck_assert_int_eq(transfer_of(200)->state, TRANSFER_NOTIFIED);
	ck_assert_uint_eq(model_transfer_counts(s.model).done, 1);
	ck_assert(transfer_told(transfer_of(190), s.at + 59 * WHEN_MINUTE));
	ck_assert(!transfer_told(transfer_of(190), s.at + 61 * WHEN_MINUTE));
}
END_TEST

START_TEST(a_failure_is_told_once_with_its_names_and_its_code)
{
	const struct failure *failure;

	record_begin(4892, 26, "Sending");
	record(&s, 4892, "CSendFileAction::SendFiles failed; 0x8007052e");
	record(&s, 4892, "Sending failed. Failure count = 3, Restart time = 14/06/2018 06:56:25 GMT Daylight Time");
	record(&s, 4892,
	       "Sent status to the distribution manager for pkg PS100039, version 1, status 5 and distribution "
	       "point " NAL("PS1DP1.CONTOSO.COM") "~");
	record(&s, 4892, "Sending thread complete~");
	ck_assert_int_eq(transfer_of(26)->state, TRANSFER_FAILED);
	failure = model_failure(s.model, 0);
	ck_assert_ptr_nonnull(failure);
	ck_assert_ptr_null(model_failure(s.model, 1));
	ck_assert_int_eq(failure->kind, FAILURE_TRANSFER);
	ck_assert_int_eq(failure->what.kind, TRANSITION_TRANSFER_FAILED);
	ck_assert_uint_eq(failure->what.dp, transfer_of(26)->dp);
	ck_assert_uint_eq(failure->what.package, transfer_of(26)->package);
	ck_assert(failure->coded);
	ck_assert_uint_eq(failure->code, 0x8007052eu);
	ck_assert_str_eq(failure->retry.text, "14/06/2018 06:56:25 GMT Daylight Time");
}
END_TEST

/* Nobody said how it went, but something was wrong. */
START_TEST(a_thread_that_ends_with_an_error_has_failed)
{
	record_begin(4892, 26, "Sending");
	record(&s, 4892, "CSendFileAction::SendContent failed; 0x8007052e");
	record(&s, 4892, "Sending thread complete~");
	ck_assert_int_eq(transfer_of(26)->state, TRANSFER_RETRY);
	ck_assert_uint_eq(transfer_of(26)->failures, 0); /* the log has not counted */
	ck_assert_ptr_nonnull(model_failure(s.model, 0));
}
END_TEST

/* ---- numbers and names that come back ---- */

START_TEST(a_job_number_with_another_package_is_another_job)
{
	record_begin(4844, 57, "Sending");
	record(&s, 4844, "Wrote 7 bytes to \\\\A\\B.temp at position 0 in 1 ticks");
	record(&s, 4844, "Sending failed. Failure count = 9, Restart time = soon");
	record(&s, 4120, "SMS_EXECUTIVE started SMS_PACKAGE_TRANSFER_MANAGER as thread ID 7288 (0x1C78).");
	record(&s, 4844,
	       "Sending thread starting for Job: 57, package: PS100040, Version: 2, Priority: 2, server: "
	       "PS1DP1.CONTOSO.COM, DPPriority: 200");
	ck_assert_uint_eq(transfer_of(57)->bytes, 0);
	ck_assert_uint_eq(transfer_of(57)->failures, 0);
	ck_assert_uint_eq(transfer_of(57)->attempts, 1);
	ck_assert_int_eq(transfer_of(57)->state, TRANSFER_SENDING);
}
END_TEST

START_TEST(a_thread_number_used_again_leaves_its_first_job)
{
	record_begin(4844, 57, "Sending");
	record_begin(4844, 58, "Sending");
	ck_assert_int_eq(transfer_of(57)->state, TRANSFER_WAITING);
	ck_assert_uint_eq(transfer_of(57)->threads, 0);
	ck_assert_int_eq(transfer_of(58)->state, TRANSFER_SENDING);
}
END_TEST

static void
lose_lines(void)
{
	struct event gap = { .kind = EVENT_LOG_GAP,
		             .at = WHEN_NONE,
		             .component = SPAN("SMS_PACKAGE_TRANSFER_MANAGER") };

	model_apply(s.model, &gap);
	ck_assert_ptr_null(model_check(s.model));
}

START_TEST(a_thread_that_may_have_ended_in_lost_lines_stalls_nothing)
{
	record_begin(4844, 57, "Sending");
	record(&s, 4844, "Wrote 7 bytes to \\\\A\\B.temp at position 0 in 1 ticks");
	lose_lines();
	pass(11 * WHEN_MINUTE);
	record_begin(4900, 58, "Sending");
	ck_assert_int_eq(transfer_of(57)->state, TRANSFER_WAITING);
	record(&s, 4844, "Wrote 7 bytes to \\\\A\\B.temp at position 7 in 1 ticks");
	ck_assert_int_eq(transfer_of(57)->state, TRANSFER_SENDING);
	ck_assert_uint_eq(transfer_of(57)->bytes, 14);
	lose_lines();
	record_join(4904, 57);
	ck_assert_uint_eq(transfer_of(57)->threads, 1);
	record(&s, 4844, "Wrote 7 bytes to \\\\A\\B.temp at position 14 in 1 ticks");
	ck_assert_uint_eq(transfer_of(57)->threads, 2);
}
END_TEST

START_TEST(lost_lines_leave_a_thread_that_goes_on_alone)
{
	record_begin(4844, 57, "Sending");
	lose_lines();
	record(&s, 4844, "Sending legacy content PS100039.1 for package PS100039");
	record_join(4900, 57);
	ck_assert_uint_eq(transfer_of(57)->threads, 2);
	record(&s, 4844, "Sending thread complete");
	record(&s, 4900, "~Finished sending SWD package PS100039 version 1 to distribution point PS1DP1.CONTOSO.COM");
	ck_assert_int_eq(transfer_of(57)->state, TRANSFER_DONE);
}
END_TEST

START_TEST(the_short_name_of_a_distribution_point_is_the_same_one)
{
	record(&s, 5392,
	       "Found send request with ID: 57, Package: PS100039, Version:1, Priority: 2, Destination: PS1DP1, "
	       "DPPriority: 200");
	record(&s, 4844,
	       "Sending thread starting for Job: 57, package: PS100039, Version: 1, Priority: 2, server: "
	       "PS1DP1.CONTOSO.COM, DPPriority: 200");
	record(&s, 4844, "Sending thread complete");
	ck_assert_uint_eq(transfer_of(57)->attempts, 1);
	record(&s, 4844,
	       "Sending thread starting for Job: 57, package: PS100039, Version: 1, Priority: 2, server: "
	       "ps1dp1.contoso.com, DPPriority: 200");
	ck_assert_uint_eq(transfer_of(57)->attempts, 2);
	record(&s, 4844,
	       "Sending thread starting for Job: 57, package: PS100039, Version: 1, Priority: 2, server: "
	       "PS1DP1.FABRIKAM.COM, DPPriority: 200");
	ck_assert_uint_eq(transfer_of(57)->attempts, 1);
}
END_TEST

START_TEST(what_ends_without_a_beginning_is_counted_and_blames_nobody)
{
	record_begin(4844, 57, "Sending");
	record(&s, 5000, "~Finished sending SWD package PS100039 version 1 to distribution point PS1DP1.CONTOSO.COM");
	record(&s, 5004, "Sending failed. Failure count = 2, Restart time = soon");
	ck_assert_int_eq(transfer_of(57)->state, TRANSFER_SENDING);
	ck_assert_uint_eq(transfers_at(s.model, s.at).done, 1);
	ck_assert_uint_eq(transfers_at(s.model, s.at).failures, 1);
}
END_TEST

START_TEST(all_that_is_done_in_the_last_hour_is_its_rate)
{
	for (unsigned i = 0; i < 30; i++) {
		record_begin(4844, i + 1, "Sending");
		record(&s, 4844,
		       "~Finished sending SWD package PS100039 version 1 to distribution point PS1DP1.CONTOSO.COM");
		record(&s, 4844, "Sending thread complete");
		pass(6 * WHEN_MINUTE);
	}
	ck_assert(transfers_at(s.model, s.at).done_per_hour >= 9 && transfers_at(s.model, s.at).done_per_hour < 11);
	ck_assert_uint_eq(transfers_at(s.model, s.at).done, 30);
}
END_TEST

START_TEST(lines_without_their_last_fields_are_understood)
{
	record(&s, 5392,
	       "Found send request with ID: 57, Package: PS100039, Version:1, Priority: 2, Destination: PS1DP1");
	record(&s, 4844,
	       "Sending thread starting for Job: 57, package: PS100039, Version: 1, Priority: 2, server: PS1DP1");
	ck_assert_int_eq(transfer_of(57)->state, TRANSFER_SENDING);
	ck_assert_str_eq(model_server(s.model, transfer_of(57)->dp), "PS1DP1");
	record(&s, 4844, "Sending failed.");
	ck_assert_uint_eq(transfer_of(57)->failures, 1);
	record(&s, 4999, "Sending failed.");
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(the_idle_lines_of_the_main_thread_are_known)
{
	record(&s, 5484, "Waiting for new/rescheduled send requests, Maximum Sleep Time = 20 minutes");
	record(&s, 5484, "No (more) send requests found to process.");
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(tiny_tables_and_numbers_that_come_back_do_no_harm)
{
	struct model_limits tiny = { .transfers = 2, .threads = 2, .servers = 1, .packages = 1 };

	framed_log_close(&s);
	framed_log_open(&s, &tiny);
	s.component = "SMS_PACKAGE_TRANSFER_MANAGER";
	for (unsigned i = 0; i < 40; i++) {
		record_begin(100 + i % 5 * 4, i % 7, "Sending");
		record(&s, 100 + i % 3 * 4, "~Wrote 1000 bytes to \\\\A\\B at position 0 in 344 ticks");
		if (i % 4 == 0)
			record(&s, 100 + i % 5 * 4, "Sending thread complete~");
	}
	record(&s, 4120, "SMS_EXECUTIVE started SMS_PACKAGE_TRANSFER_MANAGER as thread ID 7288 (0x1C78).");
	ck_assert_uint_eq(model_transfer_counts(s.model).running, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("dp_transfers");
	TCase *tcase = tcase_create("dp_transfers");

	tcase_add_checked_fixture(tcase, open_log, close_log);
	tcase_add_test(tcase, bytes_of_a_job_are_the_sum_over_its_files_and_threads);
	tcase_add_test(tcase, a_failed_transfer_says_how_often_and_when_it_is_tried_again);
	tcase_add_test(tcase, a_pull_dp_is_told_and_fetches_for_itself);
	tcase_add_test(tcase, one_connection_only_sends_a_job_back);
	tcase_add_test(tcase, tiny_tables_and_numbers_that_come_back_do_no_harm);
	tcase_add_test(tcase, a_job_is_sent_while_any_of_its_threads_is_at_it);
	tcase_add_test(tcase, many_threads_are_listed_by_their_numbers);
	tcase_add_test(tcase, a_rate_limit_gives_its_share_of_the_line);
	tcase_add_test(tcase, a_yield_may_say_anything);
	tcase_add_test(tcase, silence_of_ten_minutes_is_a_stall_of_five_before_the_first_block);
	tcase_add_test(tcase, a_usual_gap_is_not_thrown_off_by_one_pause);
	tcase_add_test(tcase, a_pull_dp_without_capacity_has_not_failed);
	tcase_add_test(tcase, a_finish_ends_older_jobs_that_were_notified_of_the_same);
	tcase_add_test(tcase, a_failure_is_told_once_with_its_names_and_its_code);
	tcase_add_test(tcase, a_thread_that_ends_with_an_error_has_failed);
	tcase_add_test(tcase, a_job_number_with_another_package_is_another_job);
	tcase_add_test(tcase, a_thread_number_used_again_leaves_its_first_job);
	tcase_add_test(tcase, a_thread_that_may_have_ended_in_lost_lines_stalls_nothing);
	tcase_add_test(tcase, lost_lines_leave_a_thread_that_goes_on_alone);
	tcase_add_test(tcase, the_short_name_of_a_distribution_point_is_the_same_one);
	tcase_add_test(tcase, what_ends_without_a_beginning_is_counted_and_blames_nobody);
	tcase_add_test(tcase, all_that_is_done_in_the_last_hour_is_its_rate);
	tcase_add_test(tcase, lines_without_their_last_fields_are_understood);
	tcase_add_test(tcase, the_idle_lines_of_the_main_thread_are_known);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
