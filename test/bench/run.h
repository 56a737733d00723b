/*
 * Other programs, run and measured.
 */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include <stddef.h>
#include <sys/types.h>

struct measured {
	double seconds;
	long peak;  /* KiB of memory */
	int status; /* as of waitpid() */
};

double seconds_now(void); /* of a clock that never goes back */

/* Runs argv and keeps its standard output, cut at `size` and NUL-terminated. */
struct measured run_program(const char *const *argv, char *out, size_t size);

/* Starts argv on a terminal of its own and answers its other end, or -1. */
int run_on_terminal(const char *const *argv, int width, int height, pid_t *pid);

double median(double *values, size_t count); /* sorts them */

#endif
