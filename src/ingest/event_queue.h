/*
 * Events of a log that were parsed ahead of their turn. They are copies, since the spans of an event are borrowed from the
 * parser until it is asked for the next one.
 */
#ifndef INGEST_EVENT_QUEUE_H
#define INGEST_EVENT_QUEUE_H

#include "cmtop/event.h"

#define QUEUE_MOST  512       /* a power of two */
#define QUEUE_BYTES (4 << 20) /* of which no more need be looked at ahead, however few events these are */

struct event_queue {
	struct queued_event *row[QUEUE_MOST];
	unsigned first, count;
	size_t bytes;              /* of these events */
	struct queued_event *lent; /* the one taken last */
};

void event_queue_free(struct event_queue *queue);

/* False: out of memory, or full. */
bool event_queue_add(struct event_queue *queue, const struct event *event);

/* The same as the first. What was lent is no longer used then. */
bool event_queue_put_back(struct event_queue *queue, const struct event *event);

/* The i-th; NULL: there are not so many. */
struct event *event_queue_at(const struct event_queue *queue, size_t i);

/* Takes the first; its spans are valid until the next one is taken. False: there is none. */
bool event_queue_take(struct event_queue *queue, struct event *out);

#endif
