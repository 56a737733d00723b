/*
 * Bytes of the last seconds of log time, from which a rate of this moment comes.
 * A window of zeroed memory is empty. It may be given times out of order: what is
 * older than its sixteen seconds is left out.
 */
#ifndef CMTOP_RATE_WINDOW_H
#define CMTOP_RATE_WINDOW_H

#include <stdint.h>

#include "cmtop/when.h"

#define RATE_WINDOW_SECONDS 16

struct rate_window {
	int64_t second[RATE_WINDOW_SECONDS]; /* since some moment; each at its place modulo 16 */
	uint64_t bytes[RATE_WINDOW_SECONDS]; /* … that came in it */
};

/* The second of a time, which may be one before that moment. */
static inline int64_t
rate_window_second(int64_t at)
{
	return at / WHEN_SECOND - (at % WHEN_SECOND < 0);
}

/* Bytes that came in this second. Here, because it is asked for every block. */
static inline void
rate_window_add_second(struct rate_window *window, int64_t second, uint64_t bytes)
{
	uint32_t i = (uint32_t)second & (RATE_WINDOW_SECONDS - 1);

	if (window->second[i] != second) {
		if (window->bytes[i] > 0 && window->second[i] > second)
			return;
		window->second[i] = second;
		window->bytes[i] = 0;
	}
	window->bytes[i] += bytes;
}

/* `at`: milliseconds since that moment, and known. */
static inline void
rate_window_add(struct rate_window *window, int64_t at, uint64_t bytes)
{
	rate_window_add_second(window, rate_window_second(at), bytes);
}

/* Bytes of the `seconds` seconds, at most 16, that end with the one of `now`. 0 for WHEN_NONE. */
uint64_t rate_window_sum(const struct rate_window *window, int64_t now, int seconds);

#endif
