/*
 * How much is on its way to the terminal. What the system has taken of us may lie before a
 * slow line for long, and nobody tells; so the terminal itself is asked from time to time
 * whether it is there (DSR), and what it has answered for, it has taken. One that never
 * answers is not waited for.
 */
#ifndef TERM_OUTPUT_FLOW_H
#define TERM_OUTPUT_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FLOW_QUESTION "\033[5n"
#define FLOW_ANSWER   "\033[0n"

/* Times are milliseconds. All zero at the beginning. */
struct flow {
	unsigned line;    /* bytes a second that a serial line takes, 0: not known */
	uint64_t free_at; /* when it will have taken all */
	bool answers;     /* it has answered before */
	bool asked;       /* and has not answered yet, */
	uint64_t asked_at;
	size_t since; /* bytes sent since it was asked last */
};

bool flow_sent(struct flow *flow, size_t bytes, uint64_t now); /* true: now it is to be asked */
void flow_asked(struct flow *flow, uint64_t now);
void flow_answered(struct flow *flow);
bool flow_full(struct flow *flow, uint64_t now); /* nothing more should be sent */

#endif
