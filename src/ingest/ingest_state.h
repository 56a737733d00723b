/*
 * The inside of an ingest: ingest.c is given bytes and applies events, log_events.c parses them and places each in time.
 */
#ifndef INGEST_INGEST_STATE_H
#define INGEST_INGEST_STATE_H

#include "cmtop/ingest.h"
#include "ingest/components_seen.h"
#include "ingest/event_queue.h"
#include "ingest/merge.h"
#include "ingest/server_clock.h"

/* A file's bytes and how far they have come. */
struct generation {
	struct parser *parser;
	uint64_t expected; /* offset of the next byte */
};

struct ingest_log {
	struct ingest *ingest;
	struct generation generation[2];
	unsigned lent; /* which of them has something to parse */
	bool lends;    /* … if any has */
	struct stream stream;
	struct event_queue queue; /* of events that are looked at to place the one before them in time */
	struct log_clock clock;
	bool goes_live; /* when the queue is empty: its newest record arrived then: */
	int64_t arrived;
	int64_t changed; /* the file's time of change, WHEN_NONE: not known */
	struct components_seen seen;
};

struct ingest {
	struct ingest_events events;
	struct model *model;       /* NULL: events are told and forgotten */
	struct logstore *logstore; /* NULL: lines are not kept */
	struct redact *redact;     /* NULL: names stay */
	struct ingest_log *log;
	struct server_clock *server; /* as many as logs */
	struct stream **streams;     /* of the logs */
	size_t count;
	bool pumping; /* `more` may bring bytes at once */
	bool held, caught_up;
	unsigned taken_back; /* how often that was done since an event was applied */
	bool reordered;      /* what a log has ready was placed again: another may come first now */
};

/* ---- log_events.c ---- */

/* The next event of a log, in its place in running time; false: none, or none yet. The payload is a struct ingest_log. */
bool log_events_next(void *payload, struct event *event);

/* The next of those that were parsed ahead, placed by what is known. False: there is none. */
bool log_events_queued(struct ingest_log *log, struct event *event);

/* Sets the running time of an event that is the next one of the log. */
void log_events_place(struct ingest_log *log, struct event *event);

/* Bytes of the log are still to come that may belong before what others have given. */
bool log_events_behind(const struct ingest *ingest, size_t log);

#endif
