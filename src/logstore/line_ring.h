/*
 * Lines of any length in a fixed piece of memory: a new one pushes out the oldest.
 */
#ifndef LOGSTORE_LINE_RING_H
#define LOGSTORE_LINE_RING_H

#include "cmtop/logstore.h"

struct ring {
	char *memory;
	size_t size;        /* bytes; 0: it holds nothing */
	size_t first, next; /* where the oldest line stands, where a new one goes */
	size_t count;       /* lines kept */
	uint64_t gone;      /* lines pushed out */
};

bool ring_init(struct ring *ring, size_t bytes); /* false: out of memory */
void ring_destroy(struct ring *ring);

/* Copies the line and its text, which is cut when it is long for the ring. */
void ring_add(struct ring *ring, const struct logstore_line *line);

/* The oldest, and the next younger one; NULL: there is none. */
const struct logstore_line *ring_first(const struct ring *ring);
const struct logstore_line *ring_after(const struct ring *ring, const struct logstore_line *line);

#endif
