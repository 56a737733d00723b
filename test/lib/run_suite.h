/*
 * The main that unit tests share: runs a suite and ends with the line that
 * test/all.sh adds up.
 *
 *	int main(void) { return run_suite(suite()); }
 */
#ifndef TEST_RUN_H
#define TEST_RUN_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

/* How many sites, worlds or plans are asked: so many, or as many as the environment variable of that name says. */
static inline int
asked_for(const char *name, int usual)
{
	const char *text = getenv(name);

	return text && atoi(text) > 0 ? atoi(text) : usual;
}

static inline int
run_suite(Suite *s)
{
	SRunner *runner = srunner_create(s);
	int run, failed;

	srunner_run_all(runner, CK_ENV);
	run = srunner_ntests_run(runner);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	printf("%d passed, %d failed\n", run - failed, failed);
	return failed > 0 || run == 0;
}

#endif
