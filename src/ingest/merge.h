/*
 * Several logs as one stream of events in the order of their times. Each log is
 * pulled one event ahead; a log stands at the largest time it has shown so far,
 * so that the order within it is kept even where its times go back, and records
 * without a time stay with their neighbours.
 */
#ifndef INGEST_MERGE_H
#define INGEST_MERGE_H

#include "cmtop/event.h"

struct stream {
	/* The next event of the log; false: none, or none yet. */
	bool (*pull)(void *payload, struct event *event);
	void *payload;
	struct event event; /* pulled and not taken, when ready */
	bool ready;
	int64_t reached;
};

void stream_open(struct stream *stream, bool (*pull)(void *payload, struct event *event), void *payload);

/* Pulls an event unless one is ready; answers whether one is. Here, because it is asked for every event. */
static inline bool
stream_ready(struct stream *stream)
{
	if (stream->ready)
		return true;
	stream->ready = stream->pull(stream->payload, &stream->event);
	if (stream->ready && stream->event.at > stream->reached) /* WHEN_NONE is the smallest */
		stream->reached = stream->event.at;
	return stream->ready;
}

/*
 * The stream whose event comes first, NULL: none is ready. Its events may be
 * taken one after the other while it has reached no more than `until`.
 */
struct stream *merge_first(struct stream *const *streams, size_t count, int64_t *until);

#endif
