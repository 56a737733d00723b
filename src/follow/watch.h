/*
 * The logs as they grow, and what they tell: a reading from their beginning on.
 *
 * Where that takes a while, a preview shows the newest state first. It is a second
 * reading that begins shortly before the ends of the logs and follows them, until
 * the first one has come up behind it and takes its place: so the final state
 * is that of a plain reading, whatever the preview made of a part of the records.
 */
#ifndef FOLLOW_WATCH_H
#define FOLLOW_WATCH_H

#include "cmtop/mapping.h"
#include "follow/reading.h"

struct watch;

/* Called on the loop. */
struct watch_events {
	void (*applied)(void *payload); /* after each event; may be NULL */
	void (*changed)(void *payload); /* the model, or what is known of a log */

	/* A log has rolled over; with a gap, `missed` bytes are known to be lost, and perhaps others. */
	void (*rolled)(void *payload, size_t log, bool gap, uint64_t missed);

	/*
	 * The logs have been read from their beginnings: another model is shown from now on
	 * than that of the preview, which goes when this returns. NULL: no previews.
	 */
	void (*completed)(void *payload, struct reading *preview);

	/* Files cannot be looked at in a folder that paths of the server are mapped to: negative libuv error, told once. */
	void (*unmapped)(void *payload, const char *folder, int error);
	void *payload;
};

struct watch_options {
	double poll;                     /* seconds; 0: found out by the file system */
	const struct mappings *mappings; /* where paths of the server are found here; must stay */
	bool redact;                     /* names are hidden before anything is kept */
	bool logstore;                   /* lines are kept */
	struct server_text *text;        /* the server's code page; must stay */

	/* Milliseconds that pass on the site server, where that is simulated; NULL: our own monotonic clock tells. */
	int64_t (*clock)(void *payload);
	void *clock_payload;
};

/* 0, or a negative libuv error. `paths` must stay. */
int watch_open(struct watch **out, uv_loop_t *loop, const struct paths *paths, const struct watch_options *options,
               const struct watch_events *events);
void watch_close(struct watch *watch); /* no callback any more; NULL is fine */

/* Of the preview, as long as there is one. */
const struct model *watch_model(const struct watch *watch);
const struct logstore *watch_logstore(const struct watch *watch); /* NULL: none is kept */

/* Points of an earlier run, newest first, join the model's own. */
void watch_restore(struct watch *watch, const struct sample *samples, size_t count);

/* The model tells of the ends of the logs, as far as they can be read at all. */
bool watch_is_current(const struct watch *watch);

/* … and of all that is in them. */
bool watch_caught_up(const struct watch *watch);

/* Per cent of the logs that is still to be read, 0: none. */
int watch_unread(const struct watch *watch);

/* Standard input was all there is to watch, and it is at its end. */
bool watch_ended(const struct watch *watch);

/* The running time that it is on the site server; WHEN_NONE: there is no record. */
int64_t watch_now(const struct watch *watch);

/* One for each of the paths; borrowed, valid until asked again. */
const struct log_status *watch_logs(struct watch *watch, size_t *count);

#endif
