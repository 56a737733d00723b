/*
 * The manual against the lists that the program itself uses.
 */
#include <stdio.h>
#include <string.h>

#include "cmtop/advice.h"
#include "cmtop/ui.h"
#include "run_suite.h"

static char manual[128 * 1024], formats[128 * 1024];

static void
read_page(const char *path, char *out, size_t room)
{
	FILE *file = fopen(path, "r");
	size_t size;

	ck_assert_msg(file != NULL, "tests are run at the top of the tree");
	size = fread(out, 1, room - 1, file);
	out[size] = '\0';
	fclose(file);
	ck_assert(size > 0 && size < room - 1);
}

static void
read_manual(void)
{
	read_page("man/cmtop.1", manual, sizeof manual);
	read_page("man/cmtop.5", formats, sizeof formats);
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

static void
must_tell(const char *word, const char *meaning)
{
	char entry[200];

	snprintf(entry, sizeof entry, ".It Li %s\n%s\n", word, meaning);
	ck_assert_msg(strstr(formats, entry) != NULL, "cmtop(5) lacks %s: %s", word, meaning);
}

START_TEST(every_advice_is_in_the_manual)
{
#define _(code, word, meaning, find) must_tell(word, meaning);
	ADVICES(_)
#undef _
}
END_TEST

static Suite *
manual_suite(void)
{
	Suite *s = suite_create("manual");
	TCase *tc = tcase_create("manual");

	tcase_add_checked_fixture(tc, read_manual, NULL);
	tcase_add_test(tc, every_key_is_in_the_manual);
	tcase_add_test(tc, every_advice_is_in_the_manual);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(manual_suite());
}
