/* Memory that is given back all at once. */
#include <stdint.h>
#include <string.h>

#include "cmtop/arena.h"
#include "run_suite.h"

START_TEST(what_is_taken_is_zeroed_aligned_and_stays)
{
	struct arena *arena = arena_new();
	char *first = arena_take(arena, 10);
	char *taken[200];
	size_t i;

	memset(first, 'a', 10);
	for (i = 0; i < 200; i++) {
		taken[i] = arena_take(arena, 1000 + i);
		ck_assert_ptr_nonnull(taken[i]);
		ck_assert_uint_eq((uintptr_t)taken[i] % _Alignof(max_align_t), 0);
		ck_assert_int_eq(taken[i][0] | taken[i][999], 0);
		memset(taken[i], (int)i, 1000 + i);
	}
	for (i = 0; i < 200; i++)
		ck_assert_int_eq((unsigned char)taken[i][999 + i], (int)i);
	ck_assert_int_eq(first[9], 'a');
	arena_free(arena);
}
END_TEST

START_TEST(a_cleared_arena_gives_the_same_memory_again_zeroed)
{
	struct arena *arena = arena_new();
	char *first = arena_take(arena, 100000), *again;

	memset(first, 1, 100000);
	arena_take(arena, 5);
	arena_clear(arena);
	again = arena_take(arena, 100000);
	ck_assert_ptr_eq(first, again);
	ck_assert_int_eq(again[0] | again[99999], 0);
	arena_free(arena);
}
END_TEST

START_TEST(text_of_any_length_is_formatted)
{
	struct arena *arena = arena_new();
	const char *text = arena_format(arena, "%*s|%d", 70000, "", 7);

	ck_assert_uint_eq(strlen(text), 70002);
	ck_assert_str_eq(text + 70000, "|7");
	ck_assert_str_eq(arena_format(arena, "%s", ""), "");
	arena_free(arena);
}
END_TEST

START_TEST(more_than_there_is_is_refused)
{
	struct arena *arena = arena_new();

	ck_assert_ptr_null(arena_take(arena, SIZE_MAX));
	ck_assert_ptr_nonnull(arena_take(arena, 0));
	arena_free(arena);
	arena_free(NULL);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("arena");
	TCase *tcase = tcase_create("arena");

	tcase_add_test(tcase, what_is_taken_is_zeroed_aligned_and_stays);
	tcase_add_test(tcase, a_cleared_arena_gives_the_same_memory_again_zeroed);
	tcase_add_test(tcase, text_of_any_length_is_formatted);
	tcase_add_test(tcase, more_than_there_is_is_refused);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
