/* Bytes of the last seconds. */
#include <stdlib.h>

#include "cmtop/rate_window.h"
#include "cmtop/when.h"
#include "run_suite.h"

START_TEST(only_the_seconds_asked_for_count)
{
	struct rate_window window = { .second = { 0 } };

	ck_assert_uint_eq(rate_window_sum(&window, 100 * WHEN_SECOND, 15), 0);
	rate_window_add(&window, 100 * WHEN_SECOND, 10);
	rate_window_add(&window, 100 * WHEN_SECOND + 999, 5);
	rate_window_add(&window, 110 * WHEN_SECOND, 7);
	ck_assert_uint_eq(rate_window_sum(&window, 110 * WHEN_SECOND, 15), 22);
	ck_assert_uint_eq(rate_window_sum(&window, 114 * WHEN_SECOND + 999, 15), 22);
	ck_assert_uint_eq(rate_window_sum(&window, 115 * WHEN_SECOND, 15), 7);
	ck_assert_uint_eq(rate_window_sum(&window, 110 * WHEN_SECOND, 1), 7);
	ck_assert_uint_eq(rate_window_sum(&window, 99 * WHEN_SECOND, 15), 0);
	ck_assert_uint_eq(rate_window_sum(&window, WHEN_NONE, 15), 0);
}
END_TEST

START_TEST(what_is_older_than_the_window_is_left_out)
{
	struct rate_window window = { .second = { 0 } };

	rate_window_add(&window, 116 * WHEN_SECOND, 1);
	rate_window_add(&window, 100 * WHEN_SECOND, 64); /* the same place, sixteen seconds before */
	rate_window_add(&window, 101 * WHEN_SECOND, 2);
	ck_assert_uint_eq(rate_window_sum(&window, 116 * WHEN_SECOND, 16), 3);
}
END_TEST

START_TEST(times_before_1970_are_times)
{
	struct rate_window window = { .second = { 0 } };

	rate_window_add(&window, -1, 3);
	rate_window_add(&window, -1000, 4);
	rate_window_add(&window, -1001, 8);
	ck_assert_uint_eq(rate_window_sum(&window, -1, 1), 7);
	ck_assert_uint_eq(rate_window_sum(&window, -1, 2), 15);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rate_window");
	TCase *tcase = tcase_create("rate_window");

	tcase_add_test(tcase, only_the_seconds_asked_for_count);
	tcase_add_test(tcase, what_is_older_than_the_window_is_left_out);
	tcase_add_test(tcase, times_before_1970_are_times);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
