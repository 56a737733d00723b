/* Figures as people read them. */
#include "cmtop/fmt.h"
#include "cmtop/when.h"
#include "run_suite.h"

static char out[FMT_TEXT];

START_TEST(sizes_are_counted_as_windows_explorer_does)
{
	/* clang-format off */
	static const struct { uint64_t bytes; const char *text; } sizes[] = {
		{ 0, "0 B" }, { 512, "512 B" }, { 1023, "1023 B" }, { 1024, "1.0 KB" },
		{ 209398784, "199.7 MB" }, { 4402341478u, "4.1 GB" }, { 2089072092774, "1.9 TB" },
		{ UINT64_MAX, "16.0 EB" },
	};
	/* clang-format on */
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		fmt_size(sizes[i].bytes, FMT_BYTES, out);
		ck_assert_str_eq(out, sizes[i].text);
	}
	fmt_size(1500000, FMT_BYTES_SI, out);
	ck_assert_str_eq(out, "1.5 MB");
}
END_TEST

START_TEST(a_size_is_never_rounded_up_to_1024_of_a_unit)
{
	fmt_size(1024u * 1024 - 1, FMT_BYTES, out);
	ck_assert_str_eq(out, "1.0 MB");
	fmt_size(1073741823, FMT_BYTES, out);
	ck_assert_str_eq(out, "1.0 GB");
	fmt_size(1000u * 1024, FMT_BYTES, out);
	ck_assert_str_eq(out, "1000.0 KB");
}
END_TEST

START_TEST(rates_may_be_bytes_or_bits_and_unknown)
{
	fmt_rate(10380902.4, FMT_BYTES, out);
	ck_assert_str_eq(out, "9.9 MB/s");
	fmt_rate(1250000, FMT_BITS, out);
	ck_assert_str_eq(out, "10.0 Mb/s");
	fmt_rate(0, FMT_BYTES, out);
	ck_assert_str_eq(out, "0 B/s");
	fmt_rate(-1, FMT_BYTES, out);
	ck_assert_str_eq(out, "-");
}
END_TEST

START_TEST(a_part_and_its_whole_share_a_unit)
{
	fmt_part(536870912, 4402341478, false, FMT_BYTES, out);
	ck_assert_str_eq(out, "  0.5 /   4.1 GB");
	fmt_part(1181116006, -1, false, FMT_BYTES, out);
	ck_assert_str_eq(out, "  1.1 /     ? GB");
	fmt_part(-1, 10737418240, true, FMT_BYTES, out);
	ck_assert_str_eq(out, "    - / ~10.0 GB");
	fmt_part(0, 900, false, FMT_BYTES, out);
	ck_assert_str_eq(out, "    0 /   900  B");
	fmt_part(-1, -1, false, FMT_BYTES, out);
	ck_assert_str_eq(out, "    - /     ?  B");
}
END_TEST

START_TEST(large_counts_have_commas)
{
	fmt_count(0, out);
	ck_assert_str_eq(out, "0");
	fmt_count(2914, out);
	ck_assert_str_eq(out, "2,914");
	fmt_count(UINT64_MAX, out);
	ck_assert_str_eq(out, "18,446,744,073,709,551,615");
}
END_TEST

START_TEST(durations_have_at_most_two_units)
{
	/* clang-format off */
	static const struct { int64_t at; const char *two, *one; } durations[] = {
		{ -5, "0s", "0s" }, { 12 * WHEN_SECOND, "12s", "12s" }, { 364 * WHEN_SECOND, "6m 4s", "6m" },
		{ 9 * WHEN_HOUR + 12 * WHEN_MINUTE, "9h 12m", "9h" },
		{ 2 * WHEN_DAY + 23 * WHEN_HOUR + 59 * WHEN_MINUTE, "2d 23h", "2d" },
	};
	/* clang-format on */
	size_t i;

	for (i = 0; i < sizeof(durations) / sizeof(*durations); i++) {
		fmt_duration(durations[i].at, out);
		ck_assert_str_eq(out, durations[i].two);
		fmt_duration_short(durations[i].at, out);
		ck_assert_str_eq(out, durations[i].one);
	}
	fmt_duration(INT64_MAX, out);
	fmt_duration(INT64_MIN, out);
	ck_assert_str_eq(out, "0s");
}
END_TEST

START_TEST(a_zone_has_the_sign_that_people_know)
{
	fmt_zone(240, out);
	ck_assert_str_eq(out, "-0400");
	fmt_zone(-120, out);
	ck_assert_str_eq(out, "+0200");
	fmt_zone(-330, out);
	ck_assert_str_eq(out, "+0530");
	fmt_zone(0, out);
	ck_assert_str_eq(out, "+0000");
}
END_TEST

START_TEST(clocks_show_the_time_of_day)
{
	fmt_clock(WHEN_DAY + 12 * WHEN_HOUR + 23 * WHEN_MINUTE + 7 * WHEN_SECOND, out);
	ck_assert_str_eq(out, "12:23:07");
	fmt_clock_short(WHEN_DAY + 59 * WHEN_MINUTE, out);
	ck_assert_str_eq(out, "00:59");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fmt");
	TCase *tcase = tcase_create("fmt");

	tcase_add_test(tcase, sizes_are_counted_as_windows_explorer_does);
	tcase_add_test(tcase, a_size_is_never_rounded_up_to_1024_of_a_unit);
	tcase_add_test(tcase, rates_may_be_bytes_or_bits_and_unknown);
	tcase_add_test(tcase, a_part_and_its_whole_share_a_unit);
	tcase_add_test(tcase, large_counts_have_commas);
	tcase_add_test(tcase, durations_have_at_most_two_units);
	tcase_add_test(tcase, a_zone_has_the_sign_that_people_know);
	tcase_add_test(tcase, clocks_show_the_time_of_day);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
