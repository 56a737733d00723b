/*
 * How a way of running ends, for main() to carry out.
 */
#ifndef CLI_EXIT_STATUS_H
#define CLI_EXIT_STATUS_H

#include <stdbool.h>

struct exit_status {
	int code;   /* exit code */
	int signum; /* not 0: let this signal take its own effect instead */
	bool stuck; /* a worker never came back: leave without waiting for it */
};

#endif
