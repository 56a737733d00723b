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

/*
 * Milliseconds of a clock that is never set, from some time on. It goes on while the machine sleeps, where the system has
 * such a clock: what the server writes meanwhile is read afterwards.
 */
int64_t clock_passed(void);

#endif
