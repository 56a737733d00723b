/*
 * A piece of work outside that may take for ever, such as a file in a home on a
 * server that does not answer: somebody else does it, and nobody waits for it
 * longer than they like. It is sent with a bag of things and comes back with it.
 */
#ifndef LIVE_ERRAND_H
#define LIVE_ERRAND_H

#include <stdbool.h>
#include <stddef.h>

struct errand;

enum errand_state {
	ERRAND_OUT,
	ERRAND_BACK,
	ERRAND_LOST,  /* it was killed on the way */
};

/*
 * `work` gets a copy of the bag, of which the first `filled` bytes count and the
 * rest is zero, and may touch nothing else that we have: it is done beside us.
 * NULL: it could not be sent.
 */
struct errand *errand_send(void (*work)(void *bag), const void *bag, size_t filled, size_t size);

/* The work sees all our memory as it was when it was sent, and may do there what it likes; else its bag alone is its own. */
bool errand_has_copy(void);

enum errand_state errand_state(struct errand *errand);

/* The bag as the work has left it, once it is back; valid until it is forgotten. */
void *errand_bag(struct errand *errand);

/* One that is still out goes on for itself, and may outlive us. NULL is fine. */
void errand_forget(struct errand *errand);

#endif
