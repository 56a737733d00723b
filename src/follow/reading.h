/*
 * Logs that are read and followed, all the way into a model of their own. What is
 * there at the start is merged by time; then events are applied as they come.
 */
#ifndef FOLLOW_READING_H
#define FOLLOW_READING_H

#include <uv.h>

#include "cmtop/log.h"
#include "cmtop/model.h"
#include "cmtop/logstore.h"
#include "follow/log_paths.h"
#include "follow/package_lookup.h"

struct reading;

/* Called on the loop. */
struct reading_events {
	void (*applied)(void *payload); /* after each event; may be NULL */
	void (*changed)(void *payload); /* the model, or what is known of a log */

	/* A log has rolled over; with a gap, `missed` bytes are known to be lost, and perhaps others. */
	void (*rolled)(void *payload, size_t log, bool gap, uint64_t missed);
	void *payload;
};

struct reading_options {
	double poll;                     /* seconds; 0: found out by the file system */
	bool redact;                     /* names are hidden before anything is kept */
	bool logstore;                   /* lines are kept */
	struct server_text *text;        /* the server's code page; must stay */
	int64_t (*clock)(void *payload); /* of struct watch_options */
	void *clock_payload;
	uint64_t context; /* of each log, begin at most so many bytes before its end; 0: at its beginning */

	struct package_lookup *lookup; /* NULL, or who is told of the files that the logs name */

	/* NULL, or a reading of the same paths: a log's file system is asked by one of the two at a time. */
	const struct reading *beside;
};

/* 0, or a negative libuv error. `paths` must stay. */
int reading_open(struct reading **out, uv_loop_t *loop, const struct paths *paths,
                 const struct reading_options *options, const struct reading_events *events);
void reading_close(struct reading *reading); /* no callback any more; NULL is fine */

/* Somebody else is told from now on. */
void reading_tell(struct reading *reading, const struct reading_events *events);

/* Nothing is applied, and soon nothing more is read, until it goes on. */
void reading_hold(struct reading *reading, bool hold);

/* A log that does not answer is waited for, so that what comes of it still goes where its time belongs. */
void reading_be_patient(struct reading *reading, bool patient);

const struct model *reading_model(const struct reading *reading);
const struct logstore *reading_logstore(const struct reading *reading); /* NULL: none is kept */

/* Points of an earlier run, newest first, join the model's own. */
void reading_restore(struct reading *reading, const struct sample *samples, size_t count);

/* The size of a file that was looked at: it stands in no log, and nothing is said of it. */
void reading_look(struct reading *reading, const struct event *event);

/* What was there has been read once, as far as the logs can be read at all. */
bool reading_caught_up(const struct reading *reading);

/* … and nothing is known to be left at this moment. */
bool reading_at_end(const struct reading *reading);

/* Standard input was all there is to read, and it is at its end. */
bool reading_ended(const struct reading *reading);

/*
 * The running time that it is on the site server: that of the newest record, and what has passed here since it arrived.
 * WHEN_NONE: there is no record.
 */
int64_t reading_now(const struct reading *reading);

/* One for each of the paths; borrowed, valid until asked again. */
const struct log_status *reading_logs(struct reading *reading, size_t *count);

#endif
