/* Times: as numbers, as civil time, and as texts write them. */
#include <stdlib.h>
#include <string.h>

#include "cmtop/when.h"
#include "run_suite.h"

START_TEST(every_day_of_four_centuries_comes_back)
{
	int64_t at = when_from(&(struct civil){ .year = 1801, .month = 1, .day = 1 });

	for (int day = 0; day < 146097; day++, at += WHEN_DAY) {
		struct civil c = when_civil(at + 12345678);

		ck_assert_int_eq(when_from(&c), at + 12345678);
	}
	ck_assert_int_eq(when_from(&(struct civil){ .year = 1970, .month = 1, .day = 1 }), 0);
}
END_TEST

START_TEST(times_that_do_not_exist_are_refused)
{
	static const char *const wrong[] = {
		"2026-02-29T00:00:00Z",
		"2026-13-01T00:00:00Z",
		"2026-01-01T24:00:00Z",
		"2026-01-01T00:60:00Z",
		"2026-01-01T00:00:00",
		"2026-01-01",
		"",
		"2026-01-01T00:00:00.Z",
		"2026-01-01T00:00:00Zx",
		"2026-1-01T00:00:00Z",
	};
	char text[WHEN_TEXT];
	int64_t at;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!when_parse(span_of(wrong[i]), &at), "'%s'", wrong[i]);
	ck_assert(when_parse(SPAN("2028-02-29t23:59:59.9999+02:00"), &at));
	when_format(at, true, text);
	ck_assert_str_eq(text, "2028-02-29T21:59:59.999Z");
	when_format(at, false, text);
	ck_assert_str_eq(text, "2028-02-29T21:59:59.999");
}
END_TEST

/* The text as it was written at `at`, RFC 3339 without a zone, and what it names. */
static void
expect_time(const char *written, const char *text, const char *expected)
{
	char out[WHEN_TEXT] = "none";
	int64_t at, found;

	ck_assert(when_parse(span_of(written), &at));
	found = when_in_text(span_of(text), at);
	if (found != WHEN_NONE)
		when_format(found, false, out);
	ck_assert_msg(strncmp(out, expected, strlen(expected)) == 0, "'%s' is %s", text, out);
}

START_TEST(a_time_in_a_text_is_read_in_either_order_of_day_and_month)
{
	expect_time("2026-07-30T12:00:00Z", "7/30/2026 1:06:04 PM Eastern Daylight Time", "2026-07-30T13:06:04");
	expect_time("2018-06-14T06:36:25Z", "14/06/2018 06:56:25 GMT Daylight Time", "2018-06-14T06:56:25");
	expect_time("1999-03-17T10:17:16Z", "03/17/99 10:47:16 Eastern Standard Time", "1999-03-17T10:47:16");
	expect_time("2014-12-04T06:00:00Z", "12/4/2014 6:14:27 AM Eastern Standard Time", "2014-12-04T06:14:27");
	expect_time("2014-04-12T06:00:00Z", "12/4/2014 6:14:27 AM Eastern Standard Time", "2014-04-12T06:14:27");
	expect_time("2026-07-30T12:00:00Z", "2026-07-30 13:06:04", "2026-07-30T13:06:04");
	expect_time("2026-07-30T12:00:00Z", "30.07.2026 13:06", "2026-07-30T13:06:00");
	expect_time("2026-07-30T12:00:00Z", "30. 7. 2026 13:06:04 Romance Zeit", "2026-07-30T13:06:04");
	/* Both orders lie ahead: the nearer one. */
	expect_time("2026-03-04T23:50:00Z", "5/3/2026 0:10:00", "2026-03-05T00:10:00");
	/* The half of the day. */
	expect_time("2026-07-30T12:00:00Z", "7/30/2026 12:29:04 PM", "2026-07-30T12:29:04");
	expect_time("2026-07-30T23:59:00Z", "7/31/2026 12:29:04 AM", "2026-07-31T00:29:04");
	expect_time("2026-07-30T12:00:00Z", "30/07/2026 6:05:07 p.m.", "2026-07-30T18:05:07");
	/* The text has whole seconds, the record has not. */
	expect_time("2026-07-30T13:06:04.900Z", "7/30/2026 1:06:04 PM", "2026-07-30T13:06:04");
}
END_TEST

START_TEST(a_time_that_cannot_be_read_for_certain_is_none)
{
	static const char *const texts[] = {
		"",
		"soon",
		"13:06:04",
		"7/30/2026",
		"7/30 13:06:04",
		"7/30/2026 25:06:04",
		"7/30/2026 13:60:04",
		"7/30/2026 13:6",
		"7/30/2026 113:06:04",
		"2026/07/30 \xe5\x8d\x88\xe5\xbe\x8c 1:06:04",
		"7/30/2026 1:06:04 nm.",
		"7/30/2026 1:06:04 XY",
		/* past, and more than eight days ahead, in both orders */
		"7/30/2026 11:59:58 AM",
		"7/29/2026 1:06:04 PM",
		"8/8/2026 1:06:04 PM",
		"30/30/2026 13:06:04",
		/* another calendar */
		"7/30/2569 13:06:04",
		"15/02/1448 13:06:04",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		expect_time("2026-07-30T12:00:00Z", texts[i], "none");
	ck_assert(when_in_text(SPAN("7/30/2026 1:06:04 PM"), WHEN_NONE) == WHEN_NONE);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("when");
	TCase *tcase = tcase_create("when");

	tcase_add_test(tcase, every_day_of_four_centuries_comes_back);
	tcase_add_test(tcase, times_that_do_not_exist_are_refused);
	tcase_add_test(tcase, a_time_in_a_text_is_read_in_either_order_of_day_and_month);
	tcase_add_test(tcase, a_time_that_cannot_be_read_for_certain_is_none);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
