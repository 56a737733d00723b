/*
 * Bytes of the last seconds of log time, from which a rate of this moment comes.
 * A window of zeroed memory is empty. It may be given times out of order: what is
 * older than its sixteen seconds is left out.
 */
#ifndef CMTOP_RATE_WINDOW_H
#define CMTOP_RATE_WINDOW_H

#include <stdint.h>

#define RATE_WINDOW_SECONDS 16

struct rate_window {
	int64_t second[RATE_WINDOW_SECONDS]; /* since 1970; each at its place modulo 16 */
	uint64_t bytes[RATE_WINDOW_SECONDS]; /* … that came in it */
};

/* `at`: milliseconds, as in cmtop/when.h, and known. */
void rate_window_add(struct rate_window *window, int64_t at, uint64_t bytes);

/* Bytes of the `seconds` seconds, at most 16, that end with the one of `now`. 0 for WHEN_NONE. */
uint64_t rate_window_sum(const struct rate_window *window, int64_t now, int seconds);

#endif
