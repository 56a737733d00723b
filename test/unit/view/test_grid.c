/* A picture in memory. */
#include <string.h>

#include "cmtop/grid.h"
#include "run_suite.h"

static struct grid grid;
static struct area all;
static char text[2000];
static size_t used;

static void
open_grid(void)
{
	memset(&grid, 0, sizeof(grid));
	ck_assert(grid_resize(&grid, 10, 3));
	all = (struct area){ 0, 0, 10, 3 };
}

static void
close_grid(void)
{
	grid_destroy(&grid);
}

static void
put(void *payload, const char *bytes, size_t size)
{
	(void)payload;
	memcpy(text + used, bytes, size);
	used += size;
	text[used] = '\0';
}

static const char *
picture(void)
{
	struct sink sink = { put, NULL };

	used = 0;
	grid_text(&grid, &sink);
	return text;
}

START_TEST(text_is_put_into_cells_and_blanks_at_the_end_are_left_out)
{
	ck_assert_int_eq(grid_put(&grid, &all, 2, 1, SPAN("abc "), STYLE_GOOD), 4);
	ck_assert_str_eq(picture(), "\n  abc\n\n");
	ck_assert_int_eq(grid_cell(&grid, 2, 1)->style, STYLE_GOOD);
	ck_assert_int_eq(grid_cell(&grid, 1, 1)->style, STYLE_NORMAL);
	ck_assert_ptr_null(grid_cell(&grid, 10, 0));
	ck_assert_ptr_null(grid_cell(&grid, 0, -1));
}
END_TEST

START_TEST(nothing_is_put_outside_of_the_area)
{
	struct area area = { 3, 1, 4, 1 };

	ck_assert_int_eq(grid_put(&grid, &area, 2, 0, SPAN("abcdef"), STYLE_NORMAL), 2);
	grid_put(&grid, &area, 0, 1, SPAN("below"), STYLE_NORMAL);
	grid_put(&grid, &area, -1, 0, SPAN("xy"), STYLE_NORMAL);
	ck_assert_str_eq(picture(), "\n   y ab\n\n");
}
END_TEST

START_TEST(an_area_may_reach_beyond_the_picture)
{
	struct area area = { 8, 2, 100, 100 };

	grid_put(&grid, &area, 0, 0, SPAN("abcdef"), STYLE_NORMAL);
	grid_put(&grid, &area, 0, 5, SPAN("abcdef"), STYLE_NORMAL);
	grid_style(&grid, &area, 0, CELL_SELECTED);
	ck_assert_str_eq(picture(), "\n\n        ab\n");
}
END_TEST

START_TEST(a_wide_character_takes_two_cells_or_none)
{
	struct area area = { 0, 0, 5, 1 };

	ck_assert_int_eq(grid_put(&grid, &area, 0, 0, SPAN("\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2"), STYLE_NORMAL), 5);
	ck_assert_str_eq(grid_cell(&grid, 1, 0)->text, "");
	ck_assert_str_eq(grid_cell(&grid, 4, 0)->text, " ");
	ck_assert_str_eq(picture(), "\xe6\xbc\xa2\xe5\xad\x97\n\n\n");
}
END_TEST

START_TEST(painting_over_half_of_a_wide_character_removes_the_other_half)
{
	grid_put(&grid, &all, 0, 0, SPAN("\xe6\xbc\xa2"), STYLE_NORMAL);
	grid_put(&grid, &all, 1, 0, SPAN("x"), STYLE_NORMAL);
	ck_assert_str_eq(picture(), " x\n\n\n");
	grid_put(&grid, &all, 0, 1, SPAN("\xe6\xbc\xa2"), STYLE_NORMAL);
	grid_put(&grid, &all, 0, 1, SPAN("x"), STYLE_NORMAL);
	ck_assert_str_eq(picture(), " x\nx\n\n");
	grid_put(&grid, &all, 0, 2, SPAN("\xe6\xbc\xa2\xe6\xbc\xa2"), STYLE_NORMAL);
	grid_put(&grid, &all, 1, 2, SPAN("\xe5\xad\x97"), STYLE_NORMAL);
	ck_assert_str_eq(picture(), " x\nx\n \xe5\xad\x97\n");
}
END_TEST

START_TEST(control_characters_never_reach_a_cell)
{
	int x;

	grid_put(&grid, &all, 0, 0, SPAN("a\033[2J\r\n\t\xc2\x9b"), STYLE_NORMAL);
	for (x = 0; x < 10; x++)
		ck_assert(grid_cell(&grid, x, 0)->text[0] >= ' ');
	ck_assert_str_eq(picture(), "a?[2J????\n\n\n");
}
END_TEST

START_TEST(a_style_is_added_to_a_row)
{
	struct area area = { 2, 0, 3, 3 };

	grid_put(&grid, &all, 0, 1, SPAN("abcdef"), STYLE_BAD);
	grid_style(&grid, &area, 1, CELL_SELECTED);
	ck_assert_int_eq(grid_cell(&grid, 1, 1)->style, STYLE_BAD);
	ck_assert_int_eq(grid_cell(&grid, 2, 1)->style, STYLE_BAD | CELL_SELECTED);
	ck_assert_int_eq(grid_cell(&grid, 5, 1)->style, STYLE_BAD);
}
END_TEST

START_TEST(a_picture_may_have_no_cells)
{
	ck_assert(grid_resize(&grid, 0, 0));
	grid_put(&grid, &all, 0, 0, SPAN("abc"), STYLE_NORMAL);
	ck_assert(grid_resize(&grid, -3, 4));
	ck_assert_int_eq(grid.width, 0);
	grid_clear(&grid);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("grid");
	TCase *tcase = tcase_create("grid");

	tcase_add_checked_fixture(tcase, open_grid, close_grid);
	tcase_add_test(tcase, text_is_put_into_cells_and_blanks_at_the_end_are_left_out);
	tcase_add_test(tcase, nothing_is_put_outside_of_the_area);
	tcase_add_test(tcase, an_area_may_reach_beyond_the_picture);
	tcase_add_test(tcase, a_wide_character_takes_two_cells_or_none);
	tcase_add_test(tcase, painting_over_half_of_a_wide_character_removes_the_other_half);
	tcase_add_test(tcase, control_characters_never_reach_a_cell);
	tcase_add_test(tcase, a_style_is_added_to_a_row);
	tcase_add_test(tcase, a_picture_may_have_no_cells);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
