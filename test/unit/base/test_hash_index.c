/* The index of rows by hash: rows with one hash stay apart, and a row that is taken out is gone. */
#include <stdlib.h>

#include "cmtop/hash_index.h"
#include "run_suite.h"

static const uint64_t *keys;

static uint32_t
row_of(const struct hash_index *index, uint64_t hash, uint64_t key)
{
	uint32_t row = hash_index_first(index, hash);

	while (row != HASH_INDEX_NONE && keys[row] != key)
		row = hash_index_next(index, row);
	return row;
}

START_TEST(rows_of_one_hash_are_told_apart_by_their_keys)
{
	static const uint64_t of[] = { 7, 8, 9 };
	struct hash_index index;

	keys = of;
	ck_assert(hash_index_init(&index, 3));
	ck_assert_uint_eq(row_of(&index, 1, 7), HASH_INDEX_NONE);
	for (uint32_t i = 0; i < 3; i++)
		hash_index_add(&index, 1, i);
	for (uint32_t i = 0; i < 3; i++)
		ck_assert_uint_eq(row_of(&index, 1, of[i]), i);
	hash_index_remove(&index, 1, 1);
	ck_assert_uint_eq(row_of(&index, 1, 8), HASH_INDEX_NONE);
	ck_assert_uint_eq(row_of(&index, 1, 7), 0);
	ck_assert_uint_eq(row_of(&index, 1, 9), 2);
	hash_index_add(&index, 1, 1);
	ck_assert_uint_eq(row_of(&index, 1, 8), 1);
	hash_index_destroy(&index);
}
END_TEST

/* Against a plain array, with rows that come and go. */
START_TEST(what_is_in_is_found_and_nothing_else)
{
	enum { ROWS = 200 };
	static uint64_t of[ROWS];
	static bool in[ROWS];
	struct hash_index index;
	uint64_t number = 1;

	keys = of;
	ck_assert(hash_index_init(&index, ROWS));
	for (int step = 0; step < 20000; step++) {
		uint32_t row;

		number = number * 6364136223846793005u + 1442695040888963407u;
		row = (uint32_t)(number >> 33) % ROWS;
		if (in[row]) {
			ck_assert_uint_eq(row_of(&index, hash_number(of[row]), of[row]), row);
			hash_index_remove(&index, hash_number(of[row]), row);
			ck_assert_uint_eq(row_of(&index, hash_number(of[row]), of[row]), HASH_INDEX_NONE);
		} else {
			of[row] = number;
			hash_index_add(&index, hash_number(number), row);
		}
		in[row] = !in[row];
	}
	for (uint32_t row = 0; row < ROWS; row++)
		ck_assert_uint_eq(row_of(&index, hash_number(of[row]), of[row]), in[row] ? row : HASH_INDEX_NONE);
	hash_index_destroy(&index);
}
END_TEST

START_TEST(a_text_has_one_hash_in_either_case)
{
	ck_assert(hash_nocase(HASH_START, SPAN("PS100039")) == hash_nocase(HASH_START, SPAN("ps100039")));
	ck_assert(hash_nocase(HASH_START, SPAN("PS1")) != hash_nocase(HASH_START, SPAN("PS2")));
	ck_assert(hash_bytes(HASH_START, SPAN("ps1")) == hash_nocase(HASH_START, SPAN("PS1")));
	/* Names of files are made of it: FNV-1a of "a" as published. */
	ck_assert(hash_bytes(HASH_START, SPAN("a")) == UINT64_C(0xaf63dc4c8601ec8c));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("hash_index");
	TCase *tcase = tcase_create("hash_index");

	tcase_add_test(tcase, rows_of_one_hash_are_told_apart_by_their_keys);
	tcase_add_test(tcase, what_is_in_is_found_and_nothing_else);
	tcase_add_test(tcase, a_text_has_one_hash_in_either_case);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
