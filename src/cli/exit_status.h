/*
 * How a way of running ends, for main() to carry out.
 */
#ifndef LIVE_ENDING_H
#define LIVE_ENDING_H

#include <stdbool.h>

struct ending {
	int  code;    /* exit code */
	int  signum;  /* not 0: let this signal take its own effect instead */
	bool stuck;   /* a worker never came back: leave without waiting for it */
};

#endif
