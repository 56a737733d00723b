/* Names by number. */
#include <string.h>

#include "cmtop/intern.h"
#include "run_suite.h"

START_TEST(a_name_has_one_number_in_either_case_until_the_table_is_full)
{
	struct intern *names = intern_new(3, 12);

	ck_assert_uint_eq(intern_add(names, SPAN("PS1")), 0);
	ck_assert_uint_eq(intern_add(names, SPAN("ps1")), 0);
	ck_assert_str_eq(intern_name(names, 0), "PS1");
	ck_assert_uint_eq(intern_add(names, SPAN("")), NAME_NONE);
	ck_assert_uint_eq(intern_add(names, SPAN("PS2")), 1);
	ck_assert_uint_eq(intern_add(names, SPAN("PS34")), NAME_NONE);
	ck_assert_uint_eq(intern_add(names, SPAN("PS3")), 2);
	ck_assert_uint_eq(intern_add(names, SPAN("X")), NAME_NONE);
	ck_assert_uint_eq(intern_find(names, SPAN("pS3")), 2);
	ck_assert_uint_eq(intern_find(names, SPAN("PS4")), NAME_NONE);
	ck_assert_str_eq(intern_name(names, NAME_NONE), "");
	intern_free(names);
	intern_free(NULL);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("intern");
	TCase *tcase = tcase_create("intern");

	tcase_add_test(tcase, a_name_has_one_number_in_either_case_until_the_table_is_full);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
