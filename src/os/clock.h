/*
 * The time of day, as this machine has it.
 */
#ifndef OS_CLOCK_H
#define OS_CLOCK_H

#include <stdint.h>
#include <uv.h>

/* Milliseconds since 1970, UTC. */
static inline int64_t
clock_now(void)
{
	uv_timeval64_t now;

	uv_gettimeofday(&now);
	return now.tv_sec * 1000 + now.tv_usec / 1000;
}

#endif
