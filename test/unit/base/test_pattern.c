/* The patterns that users type. */
#include <string.h>
#include <time.h>

#include "cmtop/pattern.h"
#include "run_suite.h"

static enum pattern_answer
try(const char *text, const char *subject, size_t size)
{
	struct pattern_error error;
	struct pattern *pattern = pattern_new(span_of(text), &error);
	enum pattern_answer answer;

	ck_assert_ptr_nonnull(pattern);
	answer = pattern_try(pattern, (struct span){ subject, size });
	pattern_free(pattern);
	return answer;
}

#define TRY(pattern, literal) try(pattern, literal, sizeof(literal) - 1)

START_TEST(small_letters_ignore_case_and_one_capital_does_not)
{
	ck_assert_int_eq(TRY("s1", "S14"), PATTERN_HIT);
	ck_assert_int_eq(TRY("S1", "s14"), PATTERN_MISS);
	ck_assert_int_eq(TRY("S1", "S14"), PATTERN_HIT);
	ck_assert_int_eq(TRY("gr\xc3\xbc", "GR\xc3\x9c"), PATTERN_HIT);
	ck_assert_int_eq(TRY("\xc3\x9c", "\xc3\xbc"), PATTERN_MISS);
}
END_TEST

START_TEST(a_letter_and_its_mark_are_found_in_either_form)
{
	ck_assert_int_eq(TRY("b\u00fcro", "Bu\u0308ro"), PATTERN_HIT);
	ck_assert_int_eq(TRY("bu\u0308ro", "B\u00fcro"), PATTERN_HIT);
	ck_assert_int_eq(TRY("^B.ro$", "Bu\u0308ro"), PATTERN_HIT);
	ck_assert_int_eq(TRY("b[u\u0308o]ro", "B\u00dcro"), PATTERN_HIT);
	ck_assert_int_eq(TRY("B\u00fcro", "Buro"), PATTERN_MISS);
	ck_assert_int_eq(TRY("\u304c", "\u304b\u3099"), PATTERN_HIT);        /* kana, */
	ck_assert_int_eq(TRY("\uac01", "\u1100\u1161\u11a8"), PATTERN_HIT);  /* Korean in parts, */
	ck_assert_int_eq(TRY("ph\u1ea7n", "Pha\u0302\u0300n"), PATTERN_HIT); /* two marks */
	ck_assert_int_eq(TRY("\u0308", "\xff u\u0308"), PATTERN_HIT);        /* what is no UTF-8 stays as it is */
}
END_TEST

START_TEST(capitals_of_the_language_of_patterns_do_not_count)
{
	ck_assert_int_eq(TRY("s\\D", "Sx"), PATTERN_HIT);
	ck_assert_int_eq(TRY("\\p{Lu}s", "AS"), PATTERN_HIT);
	ck_assert_int_eq(TRY("\\x{41}b", "aB"), PATTERN_HIT);
}
END_TEST

START_TEST(a_broken_pattern_says_where_and_why)
{
	struct pattern_error error;

	ck_assert_ptr_null(pattern_new(SPAN("(S1"), &error));
	ck_assert_uint_eq(error.at, 3);
	ck_assert_str_eq(error.text, "missing closing parenthesis");
	ck_assert_ptr_null(pattern_new(SPAN("u\u0308(S1"), &error));
	ck_assert_uint_eq(error.at, 6);
	ck_assert_ptr_null(pattern_new(SPAN("a[b"), &error));
	ck_assert_uint_eq(error.at, 3);
	ck_assert_ptr_null(pattern_new(SPAN("*"), &error));
	ck_assert_uint_eq(error.at, 0);
	ck_assert(error.text[0] != '\0');
	ck_assert_ptr_null(pattern_new(SPAN("\xff"), &error));
	ck_assert_uint_le(error.at, 1);
}
END_TEST

START_TEST(text_that_is_no_utf8_is_searched_all_the_same)
{
	ck_assert_int_eq(TRY("abc", "\xff\xfe"
	                            "abc"),
	                 PATTERN_HIT);
	ck_assert_int_eq(TRY("^x", "\xff"), PATTERN_MISS);
	ck_assert_int_eq(TRY("b", "a\0b"), PATTERN_HIT);
	ck_assert_int_eq(TRY("", ""), PATTERN_HIT);
}
END_TEST

/* Forty a and a b: the classic that keeps an unlimited engine busy until the sun goes out. */
START_TEST(a_pattern_that_takes_too_long_gives_up_soon)
{
	static const char subject[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
	static const char *const costly[] = { "(a+)+$", "(a|aa)+$", "(a*)*c", "(?:a?){40}a{40}$",
		                              "(.*)(.*)(.*)(.*)(.*)x$" };
	size_t i;

	for (i = 0; i < sizeof(costly) / sizeof(*costly); i++) {
		clock_t start = clock();
		enum pattern_answer answer = try(costly[i], subject, sizeof(subject) - 1);

		ck_assert_int_ne(answer, PATTERN_HIT);
		ck_assert_int_lt(clock() - start, CLOCKS_PER_SEC / 5);
	}
	ck_assert_int_eq(try("(a+)+$", subject, sizeof(subject) - 1), PATTERN_SLOW);
}
END_TEST

/* Each of a hundred thousand texts would be just within the limit of one: together they are not. */
START_TEST(a_pattern_that_is_dear_on_many_texts_gives_up_soon)
{
	static const char subject[] = "aaaaaaaaaaaaaaab";
	struct pattern_error error;
	struct pattern *pattern = pattern_new(SPAN("(a+)+$"), &error);
	struct pattern *plain = pattern_new(SPAN(".*a.*a.*b$"), &error);
	clock_t start = clock();
	int slow = 0;

	ck_assert_int_eq(pattern_try(pattern, span_of(subject)), PATTERN_MISS);
	for (int i = 0; i < 100000; i++)
		slow += pattern_try(pattern, span_of(subject)) == PATTERN_SLOW;
	ck_assert_int_gt(slow, 90000);
	ck_assert_int_lt(clock() - start, CLOCKS_PER_SEC * 2);
	for (int i = 0; i < 100000; i++)
		ck_assert_int_eq(pattern_try(plain, span_of(subject)), PATTERN_HIT);
	pattern_free(pattern);
	pattern_free(plain);
}
END_TEST

START_TEST(a_pattern_too_large_to_compile_is_refused)
{
	struct pattern_error error;

	ck_assert_ptr_null(pattern_new(SPAN("((a{1000}){1000}){1000}"), &error));
	ck_assert_ptr_null(pattern_new(SPAN("a\\Cb"), &error));
	pattern_free(NULL);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("pattern");
	TCase *tcase = tcase_create("pattern");

	tcase_add_test(tcase, small_letters_ignore_case_and_one_capital_does_not);
	tcase_add_test(tcase, a_letter_and_its_mark_are_found_in_either_form);
	tcase_add_test(tcase, capitals_of_the_language_of_patterns_do_not_count);
	tcase_add_test(tcase, a_broken_pattern_says_where_and_why);
	tcase_add_test(tcase, text_that_is_no_utf8_is_searched_all_the_same);
	tcase_add_test(tcase, a_pattern_that_takes_too_long_gives_up_soon);
	tcase_add_test(tcase, a_pattern_that_is_dear_on_many_texts_gives_up_soon);
	tcase_add_test(tcase, a_pattern_too_large_to_compile_is_refused);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
