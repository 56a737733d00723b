/*
 * The logs as they grow, all the way into the model. At the start what is there
 * is merged by time; then events are applied as they come.
 */
#ifndef LIVE_WATCH_H
#define LIVE_WATCH_H

#include <uv.h>

#include "cmtop/log.h"
#include "cmtop/model.h"
#include "cmtop/proof.h"
#include "demo.h"
#include "paths.h"

struct watch;

/* Called on the loop. */
struct watch_events {
	void (*applied)(void *payload);  /* after each event; may be NULL */
	void (*changed)(void *payload);  /* the model, or what is known of a log */

	/* A log has rolled over; with a gap, `missed` bytes are known to be lost, and perhaps others. */
	void (*rolled)(void *payload, size_t log, bool gap, uint64_t missed);
	void *payload;
};

struct watch_options {
	double poll;        /* seconds; 0: found out by the file system */
	bool redact;        /* names are hidden before anything is kept */
	struct proof *proof;/* NULL, or where lines are kept */
	struct demo *demo;  /* NULL, or a simulated site that is kept running */
};

/* 0, or a negative libuv error. `paths` must stay. */
int  watch_open(struct watch **out, uv_loop_t *loop, const struct paths *paths,
                const struct watch_options *options, const struct watch_events *events);
void watch_close(struct watch *watch);  /* no callback any more; NULL is fine */

const struct model *watch_model(const struct watch *watch);

/* Points of an earlier run, newest first, join the model's own. */
void watch_restore(struct watch *watch, const struct point *points, size_t count);

/* What was there has been read, as far as the logs can be read at all. */
bool watch_caught_up(const struct watch *watch);

/* Standard input was all there is to watch, and it is at its end. */
bool watch_ended(const struct watch *watch);

/* The time that it is on the site server, in the model's own time. */
int64_t watch_now(const struct watch *watch);

/* One for each of the paths; borrowed, valid until asked again. */
const struct log_status *watch_logs(struct watch *watch, size_t *count);

#endif
