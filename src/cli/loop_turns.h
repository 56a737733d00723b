/*
 * How long the turns of a loop take: the longest is what a key has to wait for at worst.
 * Measured where CMTOP_TURNS is set in the environment, which tests do.
 */
#ifndef CLI_LOOP_TURNS_H
#define CLI_LOOP_TURNS_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* Nanoseconds. */
struct turns {
	uv_prepare_t prepare;
	bool measured;
	uint64_t count;
	uint64_t began, idle, processor;     /* of this turn: the clock, what the loop slept, the thread's own time */
	uint64_t longest, longest_processor; /* the former also counts a sleep that a signal has ended */
};

void turns_open(struct turns *turns, uv_loop_t *loop); /* before the loop runs */
void turns_tell(const struct turns *turns);            /* on standard error, if measured */
void turns_close(struct turns *turns);

#endif
