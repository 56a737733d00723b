/* Which files are looked at for their sizes, and which answers are believed. */
#include <stdio.h>

#include "cmtop/file_sizes.h"
#include "run_suite.h"

#define SECOND 1000
#define OLD    (3600 * SECOND)

static struct sizes *sizes;
static uint32_t file; /* that is looked at */
static int64_t now;

static void
open_sizes(void)
{
	sizes = sizes_new(4);
	now = 5 * SECOND;
	ck_assert_ptr_nonnull(sizes);
}

static void
close_sizes(void)
{
	sizes_free(sizes);
}

static void
want(const char *path)
{
	sizes_want(sizes, span_of(path), now);
}

/* NULL: nothing is to be looked at now. */
static void
next_is(const char *path)
{
	uint32_t next = sizes_next(sizes, now);
	struct span found = next == SIZES_NONE ? (struct span){ 0, 0 } : sizes_path(sizes, next);

	ck_assert_msg(span_is(found, span_of(path)), "%.*s at %lld", (int)found.size, found.at, (long long)now);
	if (next != SIZES_NONE)
		file = next;
}

/* A file of this size that was changed so long ago. */
static enum sizes_news
answer(uint64_t size, int64_t age)
{
	struct sized found = { .there = true, .size = size, .changed = now - age, .age = age };

	return sizes_answer(sizes, file, &found, now);
}

static enum sizes_news
missing(void)
{
	return sizes_answer(sizes, file, &(struct sized){ 0 }, now);
}

/* To the next look, wherever the clock stands then. */
static int64_t
wait(void)
{
	int64_t waited = sizes_due(sizes) - now;

	ck_assert_int_lt(sizes_due(sizes), INT64_MAX);
	now += waited;
	return waited;
}

START_TEST(a_file_that_rests_is_believed_at_once_and_left_alone)
{
	want("E:\\a");
	ck_assert(sizes_early(sizes));
	next_is("E:\\a");
	ck_assert_int_eq(answer(7, OLD), SIZES_KNOWN);
	ck_assert(!sizes_early(sizes));
	next_is(NULL);
	ck_assert_int_eq(sizes_due(sizes), INT64_MAX);
}
END_TEST

START_TEST(a_young_file_is_believed_when_it_is_the_same_at_two_looks)
{
	want("E:\\a");
	next_is("E:\\a");
	ck_assert_int_eq(answer(7, 100), SIZES_NO_NEWS);
	ck_assert(sizes_early(sizes));
	next_is(NULL);
	ck_assert_int_eq(wait(), SECOND);
	next_is("E:\\a");
	ck_assert_int_eq(answer(7, 1100), SIZES_KNOWN);
	ck_assert(!sizes_early(sizes));
}
END_TEST

START_TEST(a_young_file_is_looked_at_until_it_rests)
{
	int looks = 1;

	want("E:\\a");
	next_is("E:\\a");
	answer(7, 0);
	while (sizes_due(sizes) < INT64_MAX) {
		wait();
		next_is("E:\\a");
		answer(7, now - 5 * SECOND);
		ck_assert_int_lt(++looks, 8);
	}
	ck_assert_int_ge(now, 15 * SECOND);
}
END_TEST

START_TEST(a_file_that_grows_is_not_believed_before_it_is_done)
{
	uint64_t size = 0;

	want("E:\\a");
	for (int i = 0; i < 20; i++) {
		next_is("E:\\a");
		ck_assert_int_eq(answer(size += 100, 50), SIZES_NO_NEWS);
		ck_assert_int_eq(wait(), SECOND);
	}
	ck_assert(!sizes_early(sizes)); /* nobody is kept waiting for it */
	next_is("E:\\a");
	ck_assert_int_eq(answer(size, 1050), SIZES_KNOWN);
}
END_TEST

START_TEST(a_size_believed_too_early_is_doubted_and_then_put_right)
{
	want("E:\\a");
	next_is("E:\\a");
	answer(7, 0);
	wait();
	next_is("E:\\a");
	ck_assert_int_eq(answer(7, SECOND), SIZES_KNOWN);
	wait();
	next_is("E:\\a");
	ck_assert_int_eq(answer(9, 0), SIZES_DOUBTED);
	wait();
	next_is("E:\\a");
	ck_assert_int_eq(answer(10, 0), SIZES_NO_NEWS);
	wait();
	next_is("E:\\a");
	ck_assert_int_eq(answer(10, SECOND), SIZES_KNOWN);
}
END_TEST

START_TEST(a_time_that_changes_makes_a_file_young_though_its_size_stays)
{
	struct sized found = { .there = true, .size = 7, .changed = 1, .age = 0 };

	want("E:\\a");
	next_is("E:\\a");
	sizes_answer(sizes, file, &found, now);
	wait();
	next_is("E:\\a");
	found.changed = 2;
	ck_assert_int_eq(sizes_answer(sizes, file, &found, now), SIZES_NO_NEWS);
}
END_TEST

START_TEST(a_server_whose_clock_is_ahead_is_asked_ever_more_rarely)
{
	struct sized found = { .there = true, .size = 7, .changed = 1, .age = -OLD };
	int64_t waited = 0;

	want("E:\\a");
	for (int i = 0; i < 20; i++) {
		next_is("E:\\a");
		ck_assert_int_eq(sizes_answer(sizes, file, &found, now), i == 1 ? SIZES_KNOWN : SIZES_NO_NEWS);
		ck_assert_int_ge(sizes_due(sizes) - now, waited);
		waited = wait();
	}
	ck_assert_int_eq(waited, 600 * SECOND);
}
END_TEST

START_TEST(what_is_not_there_is_looked_for_ever_more_rarely)
{
	int64_t waited = 0;

	want("E:\\a");
	for (int i = 0; i < 20; i++) {
		next_is("E:\\a");
		ck_assert_int_eq(missing(), SIZES_NO_NEWS);
		ck_assert(!sizes_early(sizes));
		ck_assert_int_ge(sizes_due(sizes) - now, waited);
		waited = wait();
	}
	ck_assert_int_eq(waited, 600 * SECOND);
	next_is("E:\\a");
	ck_assert_int_eq(answer(7, OLD), SIZES_KNOWN);
}
END_TEST

START_TEST(what_is_named_again_is_looked_at_again_but_not_at_every_word)
{
	want("E:\\a");
	next_is("E:\\a");
	answer(7, OLD);
	for (int i = 0; i < 59; i++) {
		now += SECOND;
		want("e:\\A");
		next_is(NULL);
	}
	now += SECOND;
	want("E:\\A");
	next_is("E:\\a");
	ck_assert_int_eq(answer(7, OLD), SIZES_NO_NEWS);
	now += 60 * SECOND;
	want("E:\\a");
	next_is("E:\\a");
	ck_assert_int_eq(answer(8, OLD), SIZES_KNOWN);
}
END_TEST

START_TEST(what_is_named_while_it_is_missing_is_looked_for_soon)
{
	want("E:\\a");
	for (int i = 0; i < 12; i++) {
		next_is("E:\\a");
		missing();
		wait();
	}
	next_is("E:\\a");
	missing();
	now += SECOND;
	want("E:\\a");
	next_is(NULL);
	now += 5 * SECOND;
	want("E:\\a");
	next_is("E:\\a");
	missing();
	ck_assert_int_eq(wait(), SECOND);
}
END_TEST

START_TEST(what_is_removed_after_a_look_keeps_its_size)
{
	want("E:\\a");
	next_is("E:\\a");
	ck_assert_int_eq(answer(7, OLD), SIZES_KNOWN);
	now += 60 * SECOND;
	want("E:\\a");
	next_is("E:\\a");
	ck_assert_int_eq(missing(), SIZES_NO_NEWS);
	wait();
	next_is("E:\\a");
	ck_assert_int_eq(answer(8, 0), SIZES_DOUBTED);
}
END_TEST

START_TEST(what_is_believed_can_be_told_again)
{
	uint64_t size = 0;
	uint32_t known = 0;

	want("E:\\a");
	next_is("E:\\a");
	answer(7, OLD);
	want("E:\\b");
	next_is("E:\\b");
	answer(8, 0);
	want("E:\\c");
	next_is("E:\\c");
	missing();
	want("E:\\d");
	for (uint32_t i = 0; i < 9; i++)
		if (sizes_known(sizes, i, &size)) {
			ck_assert(span_is(sizes_path(sizes, i), SPAN("E:\\a")));
			known++;
		}
	ck_assert_uint_eq(known, 1);
	ck_assert_uint_eq(size, 7);
}
END_TEST

START_TEST(the_one_named_last_comes_first)
{
	want("E:\\a");
	want("E:\\b");
	want("E:\\c");
	want("E:\\a");
	next_is("E:\\a");
	answer(1, OLD);
	next_is("E:\\c");
	missing();
	next_is("E:\\b");
	answer(1, 0);
	next_is(NULL);
	ck_assert_int_eq(wait(), SECOND);
	next_is("E:\\c");
}
END_TEST

START_TEST(several_are_looked_at_together_and_each_once)
{
	uint32_t a, b;

	want("E:\\a");
	want("E:\\b");
	next_is("E:\\b");
	b = file;
	next_is("E:\\a");
	a = file;
	want("E:\\a");
	next_is(NULL);
	ck_assert_int_eq(sizes_due(sizes), INT64_MAX);
	file = b;
	ck_assert_int_eq(answer(7, OLD), SIZES_KNOWN);
	ck_assert(sizes_early(sizes));
	file = a;
	ck_assert_int_eq(answer(7, OLD), SIZES_KNOWN);
	ck_assert(!sizes_early(sizes));
}
END_TEST

START_TEST(what_nobody_needs_is_not_looked_at)
{
	want("E:\\a");
	want("E:\\b");
	next_is("E:\\b");
	sizes_drop(sizes, file);
	next_is("E:\\a");
	answer(7, OLD);
	next_is(NULL);
	ck_assert(!sizes_early(sizes));
	want("E:\\b");
	next_is("E:\\b");
}
END_TEST

START_TEST(too_many_files_forget_those_not_named_for_longest_but_never_one_that_is_looked_at)
{
	char path[16];
	uint32_t asked;

	want("E:\\asked");
	next_is("E:\\asked");
	asked = file;
	for (int i = 0; i < 20; i++) {
		snprintf(path, sizeof(path), "E:\\%d", i);
		want(path);
	}
	ck_assert(span_is(sizes_path(sizes, asked), SPAN("E:\\asked")));
	ck_assert_int_eq(answer(7, OLD), SIZES_KNOWN);
	next_is("E:\\19");
	answer(1, OLD);
	next_is("E:\\18");
	answer(1, OLD);
	next_is("E:\\17");
	answer(1, OLD);
	next_is(NULL);
}
END_TEST

START_TEST(where_all_are_being_looked_at_there_is_no_room)
{
	char path[16];

	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "E:\\%d", i);
		want(path);
		next_is(path);
	}
	want("E:\\4");
	next_is(NULL);
	ck_assert_int_eq(answer(7, OLD), SIZES_KNOWN);
	want("E:\\4");
	next_is("E:\\4");
}
END_TEST

START_TEST(a_path_that_is_none_is_left_alone)
{
	char path[300];

	memset(path, 'x', sizeof(path));
	sizes_want(sizes, (struct span){ path, sizeof(path) }, now);
	sizes_want(sizes, (struct span){ 0, 0 }, now);
	next_is(NULL);
	ck_assert(!sizes_early(sizes));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("file_sizes");
	TCase *c = tcase_create("file_sizes");

	tcase_add_checked_fixture(c, open_sizes, close_sizes);
	tcase_add_test(c, a_file_that_rests_is_believed_at_once_and_left_alone);
	tcase_add_test(c, a_young_file_is_believed_when_it_is_the_same_at_two_looks);
	tcase_add_test(c, a_young_file_is_looked_at_until_it_rests);
	tcase_add_test(c, a_file_that_grows_is_not_believed_before_it_is_done);
	tcase_add_test(c, a_size_believed_too_early_is_doubted_and_then_put_right);
	tcase_add_test(c, a_time_that_changes_makes_a_file_young_though_its_size_stays);
	tcase_add_test(c, a_server_whose_clock_is_ahead_is_asked_ever_more_rarely);
	tcase_add_test(c, what_is_not_there_is_looked_for_ever_more_rarely);
	tcase_add_test(c, what_is_named_again_is_looked_at_again_but_not_at_every_word);
	tcase_add_test(c, what_is_named_while_it_is_missing_is_looked_for_soon);
	tcase_add_test(c, what_is_removed_after_a_look_keeps_its_size);
	tcase_add_test(c, what_is_believed_can_be_told_again);
	tcase_add_test(c, the_one_named_last_comes_first);
	tcase_add_test(c, several_are_looked_at_together_and_each_once);
	tcase_add_test(c, what_nobody_needs_is_not_looked_at);
	tcase_add_test(c, too_many_files_forget_those_not_named_for_longest_but_never_one_that_is_looked_at);
	tcase_add_test(c, where_all_are_being_looked_at_there_is_no_room);
	tcase_add_test(c, a_path_that_is_none_is_left_alone);
	suite_add_tcase(s, c);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
