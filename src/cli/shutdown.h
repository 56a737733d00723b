/*
 * What a loop needs to come to its end in good order: the signals that ask for
 * it, and a bounded wait for what is still under way.
 */
#ifndef CLI_SHUTDOWN_H
#define CLI_SHUTDOWN_H

#include <uv.h>

#include "cli/exit_status.h"

#define SHUTDOWN_SIGNALS 3

struct shutdown {
	uv_signal_t signal[SHUTDOWN_SIGNALS];
	int open; /* of them */
	void (*asked)(void *payload, int signum);
	void *payload;
};

/* `asked` is called on the loop when SIGINT, SIGTERM or SIGHUP arrives. */
void shutdown_watch(struct shutdown *end, uv_loop_t *loop, void (*asked)(void *payload, int signum), void *payload);
void shutdown_close(struct shutdown *end);

/*
 * Gives the loop, whose handles have all been closed, a moment to let go. False:
 * a worker hangs in the file system, and nobody may wait for it.
 */
bool shutdown_loop(uv_loop_t *loop);

#endif
