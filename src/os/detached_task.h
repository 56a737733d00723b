/*
 * A piece of work outside that may take for ever, such as a file in a home on a
 * server that does not answer: somebody else does it, and nobody waits for it
 * longer than they like. It is sent with a payload of things and comes back with it.
 */
#ifndef OS_DETACHED_TASK_H
#define OS_DETACHED_TASK_H

#include <stdbool.h>
#include <stddef.h>

struct detached_task;

enum detached_task_state {
	TASK_RUNNING,
	TASK_DONE,
	TASK_KILLED, /* it was killed on the way */
};

/*
 * `work` gets a copy of the payload, of which the first `filled` bytes count and the
 * rest is zero, and may touch nothing else that we have: it is done beside us.
 * NULL: it could not be sent.
 */
struct detached_task *detached_task_start(void (*work)(void *payload), const void *payload, size_t filled, size_t size);

/* The work sees all our memory as it was when it was sent, and may do there what it likes; else its payload alone is its own. */
bool detached_task_has_copy(void);

enum detached_task_state detached_task_state(struct detached_task *detached_task);

/* The payload as the work has left it, once it is back; valid until it is forgotten. */
void *detached_task_payload(struct detached_task *detached_task);

/* One that is still out goes on for itself, and may outlive us. NULL is fine. */
void detached_task_forget(struct detached_task *detached_task);

#endif
