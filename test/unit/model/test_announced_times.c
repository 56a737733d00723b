/*
 * "Restart time = …": read by the clock and the bias of its own record, and by what the
 * log has shown of how it counts its hours.
 */
#include "run_suite.h"
#include "framed_log.h"

static struct model *model;
static struct parser *parser;

static void
setup(void)
{
	model = model_new(NULL);
	parser = parser_new(0);
	ck_assert(model && parser);
}

static void
teardown(void)
{
	parser_free(parser);
	model_free(model);
}

/* A record of thread 9 in this log, whose clock is `shift` behind the running time. */
static void
tell(uint8_t log, const char *component, const char *time, int bias, int64_t shift, const char *message)
{
	struct frame frame = { component, 9, 0, bias };
	char line[1000];
	struct event event;

	ck_assert(when_parse(span_of(time), &frame.at));
	parser_feed(parser, line, frame_record(line, sizeof(line), &frame, message));
	while (parser_next(parser, &event)) {
		event.log = log;
		event.shift = shift;
		event.at += shift;
		model_apply(model, &event);
	}
}

static void
tell_sender(uint8_t log, const char *time, const char *message)
{
	tell(log, "SMS_LAN_SENDER", time, -60, 0, message);
}

static void
expect_retry(size_t i, const char *expected)
{
	const struct failure *failure = model_failure(model, i);
	char out[WHEN_TEXT] = "none";

	ck_assert_ptr_nonnull(failure);
	if (failure_retry(model, failure) != WHEN_NONE)
		when_format(failure_retry(model, failure), true, out);
	ck_assert_str_eq(out, expected);
}

START_TEST(a_later_change_of_the_bias_does_not_move_it)
{
	tell_sender(0, "2026-11-30T16:35:05Z", "Restart time = 2026/11/30 午後 6:05:07");
	expect_retry(0, "2026-11-30T17:05:07.000Z");
	tell(0, "SMS_LAN_SENDER", "2026-11-30T16:40:00Z", -120, 0, "Restart time = 2026/11/30 午後 7:05:07");
	expect_retry(0, "2026-11-30T17:05:07.000Z");
	expect_retry(1, "2026-11-30T17:05:07.000Z");
	ck_assert_int_eq(announced_local(&model_failure(model, 0)->retry)
	                         - announced_local(&model_failure(model, 1)->retry),
	                 WHEN_HOUR);
}
END_TEST

START_TEST(it_is_of_the_running_time_where_the_clock_was_set)
{
	tell(0, "SMS_LAN_SENDER", "2026-11-30T16:35:05Z", -60, WHEN_HOUR, "Restart time = 30.11.2026 18:05:07");
	expect_retry(0, "2026-11-30T18:05:07.000Z");
	ck_assert_int_eq(model_failure(model, 0)->retry.at - model_failure(model, 0)->retry.written, WHEN_HOUR);
	/* By the running time it would lie before its record. */
	tell(0, "SMS_LAN_SENDER", "2026-11-30T16:36:05Z", -60, WHEN_HOUR, "Restart time = 30.11.2026 17:40:00");
	expect_retry(0, "2026-11-30T17:40:00.000Z");
}
END_TEST

START_TEST(whether_a_log_counts_to_24_may_be_seen_later)
{
	tell_sender(1, "2026-11-30T04:35:05Z", "Restart time = 30.11.2026 6:05:07 qq");
	expect_retry(0, "none");
	ck_assert_str_eq(model_failure(model, 0)->retry.text, "30.11.2026 6:05:07 qq");
	/* Another log is another's writing. */
	tell_sender(2, "2026-11-30T16:35:05Z", "Restart time = 30.11.2026 18:05:07 qq");
	expect_retry(0, "2026-11-30T17:05:07.000Z");
	expect_retry(1, "none");
	tell_sender(1, "2026-11-30T16:36:05Z", "Restart time = 30.11.2026 18:05:07 qq");
	expect_retry(2, "2026-11-30T05:05:07.000Z");
}
END_TEST

START_TEST(the_text_is_kept_whole)
{
	static const char text[] = "12/1/2026 6:05:07 qq (UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna, "
				   "and where the names of the others are as long, Asunción too";
	char message[300];

	snprintf(message, sizeof(message), "Restart time = %s", text);
	tell_sender(0, "2026-11-30T16:35:05Z", message);
	expect_retry(0, "none");
	ck_assert_str_eq(model_failure(model, 0)->retry.text, text);
}
END_TEST

START_TEST(a_transfer_is_restarted_at_the_time_of_its_own_record)
{
	static const char me[] = "SMS_PACKAGE_TRANSFER_MANAGER";
	const struct transfer *transfer;
	char out[WHEN_TEXT];

	tell(0, me, "2026-11-30T23:34:05Z", -60, 0,
	     "Sending thread starting for Job: 26, package: PS100039, Version: 1, Priority: 2, server: "
	     "PS1DP1.CONTOSO.COM, DPPriority: 200");
	tell(0, me, "2026-11-30T23:35:05Z", -60, 0,
	     "Sending failed. Failure count = 1, Restart time = 1/12/2569 0:50:07");
	transfer = model_transfer(model, 26);
	ck_assert_ptr_nonnull(transfer);
	/* Its thread speaks on long after that time. */
	tell(0, me, "2026-12-03T23:35:05Z", -120, 0, "Sending thread complete~");
	when_format(transfer_restart(model, transfer), true, out);
	ck_assert_str_eq(out, "2026-11-30T23:50:07.000Z");
}
END_TEST

START_TEST(a_record_without_a_bias_tells_it_in_local_time)
{
	static const char line[] = "Restart time = 11/30/2026 6:05:07 PM  $$<SMS_LAN_SENDER><Mon Nov 30 17:35:05.250 "
				   "2026 Romance Standard Time><thread=9 (0x9)>\r\n";

	feed_model(parser, model, NULL, line, strlen(line));
	expect_retry(0, "2026-11-30T18:05:07.000Z"); /* the Z is of the test */
}
END_TEST

START_TEST(a_record_without_a_time_leaves_the_text)
{
	static const char line[] = "Restart time = 11/30/2026 6:05:07 PM  $$<SMS_LAN_SENDER><13-45-2026 "
				   "17:35:05.000-60><thread=9 (0x9)>\r\n";

	feed_model(parser, model, NULL, line, strlen(line));
	expect_retry(0, "none");
	ck_assert_str_eq(model_failure(model, 0)->retry.text, "11/30/2026 6:05:07 PM");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("announced_times");
	TCase *tcase = tcase_create("announced_times");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_later_change_of_the_bias_does_not_move_it);
	tcase_add_test(tcase, it_is_of_the_running_time_where_the_clock_was_set);
	tcase_add_test(tcase, whether_a_log_counts_to_24_may_be_seen_later);
	tcase_add_test(tcase, the_text_is_kept_whole);
	tcase_add_test(tcase, a_transfer_is_restarted_at_the_time_of_its_own_record);
	tcase_add_test(tcase, a_record_without_a_bias_tells_it_in_local_time);
	tcase_add_test(tcase, a_record_without_a_time_leaves_the_text);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
