#include "cmtop/check.h"
#include "run_suite.h"
#include "framed_log.h"
#include "simulated_site.h"

static struct framed_log framed;
static struct kept kept;
static const struct sink sink = { keep_bytes, &kept };

static void
set_up(void)
{
	framed_log_open(&framed, NULL);
	framed.component = "SMS_DISTRIBUTION_MANAGER";
	record_due(&framed, "CS100015", "PS1");
	record_due(&framed, "CS100016", "PS1");
	framed.component = "SMS_LAN_SENDER";
	record(&framed, 10, "Checking for sending capacity. Used 0 out of 5.~");
	record_started(&framed, 10, 0x1150, "202SQCS1", "PS1", 0);
	record_file(&framed, 0x1150, "CS100015", "202SQCS1");
}

static void
tear_down(void)
{
	framed_log_close(&framed);
	kept_free(&kept);
}

static enum verdict
verdict(const char *text)
{
	struct scene scene = { .model = framed.model, .now = model_newest(framed.model) };
	struct check_error error;
	struct check *check = check_new(span_of(text), &error);
	enum verdict out;

	ck_assert_msg(check != NULL, "%s: %s at %zu", text, error.text, error.at);
	kept.size = 0;
	out = check_report(check, &scene, scene.now + 90 * WHEN_SECOND, &sink);
	check_free(check);
	return out;
}

#define ANSWERS(part) ck_assert_msg(strstr(kept.text, part) != NULL, "no \"%s\" in: %s", part, kept.text)

START_TEST(each_relation_means_what_it_says)
{
	ck_assert_int_eq(verdict("waiting>0"), VERDICT_CRITICAL);
	ck_assert_int_eq(verdict("waiting>1"), VERDICT_OK);
	ck_assert_int_eq(verdict("waiting>=1"), VERDICT_CRITICAL);
	ck_assert_int_eq(verdict("waiting<1"), VERDICT_OK);
	ck_assert_int_eq(verdict("waiting<=1"), VERDICT_CRITICAL);
	ck_assert_int_eq(verdict("waiting=1"), VERDICT_CRITICAL);
	ck_assert_int_eq(verdict("waiting = 2"), VERDICT_OK);
	ck_assert_int_eq(verdict("used>0.5"), VERDICT_CRITICAL);
}
END_TEST

START_TEST(the_worst_condition_counts)
{
	ck_assert_int_eq(verdict("warn:waiting>0"), VERDICT_WARNING);
	ck_assert_int_eq(verdict("warn:waiting>0,used>0"), VERDICT_CRITICAL);
	ck_assert_int_eq(verdict("used>0,warn:waiting>0"), VERDICT_CRITICAL);
	ck_assert_int_eq(verdict("used>5, warn:waiting>5"), VERDICT_OK);
}
END_TEST

START_TEST(a_figure_that_is_not_known_weighs_less_than_a_warning)
{
	ck_assert_int_eq(verdict("eta>3600"), VERDICT_UNKNOWN);
	ANSWERS("cmtop UNKNOWN: eta is not known |");
	ck_assert_int_eq(verdict("eta>3600,warn:waiting>0"), VERDICT_WARNING);
	ck_assert_int_eq(verdict("eta>3600,waiting>100"), VERDICT_UNKNOWN);
}
END_TEST

START_TEST(silence_is_measured_by_the_clock)
{
	ck_assert_int_eq(verdict("silent>1m"), VERDICT_CRITICAL);
	ANSWERS("silent 90 > 60");
	ck_assert_int_eq(verdict("silent>2m"), VERDICT_OK);
	ck_assert_int_eq(verdict("silent>1h"), VERDICT_OK);
}
END_TEST

START_TEST(the_line_says_why_and_gives_the_data)
{
	verdict("waiting>0,warn:waiting>5,used<3");
	/* New figures come behind those that readers know. */
	ANSWERS("cmtop CRITICAL: waiting 1 > 0, used 1 < 3 | waiting=1;5;0 used=1;;3: capacity=5;; "
	        "failed=0;; stalled=0;; silent=90s;; eta=U;; done_per_hour=U;; retrying=0;; transfers=U;; "
	        "transfers_failed=U;; transfers_stalled=U;; threads_stalled=0;;");
	verdict("waiting>=7");
	ANSWERS("cmtop OK: waiting 1 | waiting=1;;@7: ");
}
END_TEST

START_TEST(what_is_no_check_says_where_it_broke)
{
	/* clang-format off */
	static const struct { const char *text; size_t at; } broken[] = {
		{ "", 0 }, { "waiting", 7 }, { "waiting>", 8 }, { "wating>3", 0 }, { "waiting>3x", 9 }, { "waiting>3,", 10 },
		{ "waiting>3000m", 12 }, { "warn:", 5 }, { "waiting!3", 7 }, { "waiting>3 used>2", 10 }, { "waiting>-1", 8 },
	};
	/* clang-format on */
	struct check_error error;

	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		ck_assert_msg(!check_new(span_of(broken[i].text), &error), "%s", broken[i].text);
		ck_assert_msg(error.at == broken[i].at, "%s: at %zu", broken[i].text, error.at);
		ck_assert_ptr_nonnull(error.text);
	}
}
END_TEST

/* "transfers" is the beginning of others: the longest name counts. */
START_TEST(transfers_and_what_went_wrong_with_them_are_figures)
{
	framed.component = "SMS_PACKAGE_TRANSFER_MANAGER";
	record(&framed, 30,
	       "Found send request with ID: 571, Package: CS100015, Version:1, Priority: 2, Destination: "
	       "DP1.CONTOSO.COM, "
	       "DPPriority: 200");
	record(&framed, 3001,
	       "Sending thread starting for Job: 571, package: CS100015, Version: 1, Priority: 2, server: "
	       "DP1.CONTOSO.COM, DPPriority: 200");
	ck_assert_int_eq(verdict("transfers>0,transfers_failed>0,transfers_stalled>0,threads_stalled>0,retrying>0"),
	                 VERDICT_CRITICAL);
	ANSWERS("cmtop CRITICAL: transfers 1 > 0 |");
	ANSWERS(" transfers=1;;0 transfers_failed=0;;0 transfers_stalled=0;;0 threads_stalled=0;;0");
	record(&framed, 3001,
	       "Sending failed. Failure count = 1, Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	record(&framed, 3001, "Sending thread complete");
	ck_assert_int_eq(verdict("retrying>0"), VERDICT_CRITICAL);
	ANSWERS("retrying 1 > 0");
	ANSWERS(" transfers=0;;");
}
END_TEST

START_TEST(a_send_that_failed_is_to_be_tried_again_until_it_is_under_way)
{
	ck_assert_int_eq(verdict("retrying>0"), VERDICT_OK);
	record(&framed, 0x1150,
	       "Cannot create/open the remote file \\\\PS1SITE\\SMS_SITE\\202SQCS1.PCK, Win32 error = 32.");
	record(&framed, 0x1150, "Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	ck_assert_int_eq(verdict("retrying=1"), VERDICT_CRITICAL);
	record_started(&framed, 10, 0x1151, "202SQCS1", "PS1", 0);
	ck_assert_int_eq(verdict("retrying>0"), VERDICT_OK);
}
END_TEST

START_TEST(nothing_read_is_unknown_in_one_line)
{
	ck_assert_int_eq(check_report_unread("/logs: a | b\nc", &sink), VERDICT_UNKNOWN);
	ck_assert_ptr_null(strchr(kept.text, '|'));
	ck_assert_ptr_eq(strchr(kept.text, '\n'), kept.text + kept.size - 1);
}
END_TEST

static Suite *
check_suite(void)
{
	Suite *s = suite_create("check");
	TCase *tc = tcase_create("check");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, each_relation_means_what_it_says);
	tcase_add_test(tc, the_worst_condition_counts);
	tcase_add_test(tc, a_figure_that_is_not_known_weighs_less_than_a_warning);
	tcase_add_test(tc, silence_is_measured_by_the_clock);
	tcase_add_test(tc, the_line_says_why_and_gives_the_data);
	tcase_add_test(tc, what_is_no_check_says_where_it_broke);
	tcase_add_test(tc, transfers_and_what_went_wrong_with_them_are_figures);
	tcase_add_test(tc, a_send_that_failed_is_to_be_tried_again_until_it_is_under_way);
	tcase_add_test(tc, nothing_read_is_unknown_in_one_line);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(check_suite());
}
