/*
 * How long the iterations of a loop take: the longest is what a key has to wait for at worst.
 * Measured where CMTOP_TURNS is set in the environment, which tests do.
 */
#ifndef CLI_LOOP_LATENCY_H
#define CLI_LOOP_LATENCY_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* Nanoseconds. */
struct loop_latency {
	uv_prepare_t prepare;
	bool measured;
	uint64_t count;
	uint64_t began, idle, processor; /* of this iteration: the clock, what the loop slept, the thread's own time */
	uint64_t longest, longest_processor; /* the former also counts a sleep that a signal has ended */
};

void loop_latency_open(struct loop_latency *latency, uv_loop_t *loop); /* before the loop runs */
void loop_latency_tell(const struct loop_latency *latency);            /* on standard error, if measured */
void loop_latency_close(struct loop_latency *latency);

#endif
