/* Slices of text: searched, cut, and read as numbers. */
#include <string.h>

#include "cmtop/span.h"
#include "run_suite.h"

START_TEST(a_number_past_64_bits_is_no_number)
{
	struct span text = SPAN("18446744073709551615 rest"), big = SPAN("18446744073709551616"),
		    hex = SPAN("10000000000000000");
	uint64_t value;

	ck_assert(span_take_uint(&text, &value));
	ck_assert(value == UINT64_MAX);
	ck_assert(span_is(text, SPAN(" rest")));
	ck_assert(!span_take_uint(&big, &value));
	ck_assert_uint_eq(big.size, 20);
	ck_assert(!span_take_hex(&hex, &value));
}
END_TEST

START_TEST(empty_spans_are_fine_everywhere)
{
	struct span empty = { NULL, 0 };
	uint64_t value;
	char out[2] = "x";

	ck_assert(span_is(empty, SPAN("")));
	ck_assert_uint_eq(span_find(empty, SPAN("a")), 0);
	ck_assert_uint_eq(span_find_last(SPAN("aXbX"), SPAN("X")), 3);
	ck_assert_uint_eq(span_find_last(SPAN("ab"), SPAN("X")), 2);
	ck_assert_uint_eq(span_trim(SPAN(" ~ ~\t")).size, 0);
	ck_assert(!span_take_uint(&empty, &value));
	span_copy(empty, out, sizeof(out));
	ck_assert_str_eq(out, "");
	ck_assert(span_is(span_basename(SPAN("E:\\SMSPKG\\A.PCK")), SPAN("A.PCK")));
	ck_assert_uint_eq(span_basename(SPAN("E:\\SMSPKG\\")).size, 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("span");
	TCase *tcase = tcase_create("span");

	tcase_add_test(tcase, a_number_past_64_bits_is_no_number);
	tcase_add_test(tcase, empty_spans_are_fine_everywhere);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
