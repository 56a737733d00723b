/* Times: as numbers and as civil time. */
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

int
main(void)
{
	Suite *suite = suite_create("when");
	TCase *tcase = tcase_create("when");

	tcase_add_test(tcase, every_day_of_four_centuries_comes_back);
	tcase_add_test(tcase, times_that_do_not_exist_are_refused);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
