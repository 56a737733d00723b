/*
 * A heap: the entry with the smallest key comes first.
 */
#ifndef FORECAST_HEAP_H
#define FORECAST_HEAP_H

#include <stdint.h>

struct entry {
	double key;
	double rate; /* of a send: bytes per millisecond */
	uint32_t queue, what;
};

/* The memory is the caller's, who also sees to it that it suffices. */
struct heap {
	struct entry *at;
	uint32_t count;
};

void heap_put(struct heap *heap, struct entry entry);
struct entry heap_take(struct heap *heap); /* the first; there must be one */

#endif
