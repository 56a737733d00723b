/*
 * The manual against the lists that the program itself uses.
 */
#include <string.h>

#include "cmtop/ui.h"
#include "run.h"

static char manual[128 * 1024];

static void
read_manual(void)
{
	FILE *file = fopen("man/cmtop.1", "r");
	size_t size;

	ck_assert_msg(file != NULL, "tests are run at the top of the tree");
	size = fread(manual, 1, sizeof manual - 1, file);
	manual[size] = '\0';
	fclose(file);
	ck_assert(size > 0 && size < sizeof manual - 1);
}

START_TEST(every_key_is_in_the_manual)
{
	const char *group, *keys, *does;
	size_t count = 0;

	for (; ui_key_help(count, &group, &keys, &does); count++)
		ck_assert_msg(strstr(manual, does) != NULL, "%s: %s", keys, does);
	ck_assert_uint_gt(count, 10);
}
END_TEST

static Suite *
manual_suite(void)
{
	Suite *s = suite_create("manual");
	TCase *tc = tcase_create("manual");

	tcase_add_checked_fixture(tc, read_manual, NULL);
	tcase_add_test(tc, every_key_is_in_the_manual);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(manual_suite());
}
