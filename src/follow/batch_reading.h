/*
 * All logs read once, from their beginnings to their ends, with plain blocking reads.
 * They are read as the merge needs them, a piece of each at a time.
 */
#ifndef FOLLOW_BATCH_READING_H
#define FOLLOW_BATCH_READING_H

#include "cmtop/ingest.h"
#include "cmtop/log.h"
#include "cmtop/mapping.h"
#include "follow/log_paths.h"

struct batch_reading;

struct batch_options {
	const struct mappings *mappings; /* where paths of the server are found here; must stay */
	bool model;                      /* false: events are only told */
	bool redact;                     /* names are hidden before anything is kept */
	bool logstore;                   /* lines are kept */
	struct server_text *text;        /* the server's code page; must stay */
	/* Before and after each event, as it is applied; either may be NULL. `logged`: as the log has it. */
	void (*before)(void *payload, const struct event *event, const struct event *logged);
	void (*applied)(void *payload, const struct event *event);
	void *payload;
};

/* 0, or a negative libuv error. `paths` must stay. */
int batch_reading_open(struct batch_reading **out, const struct paths *paths, const struct batch_options *options);
void batch_reading_close(struct batch_reading *reading); /* NULL is fine */

void batch_reading_run(struct batch_reading *reading);

/* Bytes from elsewhere than the file of the log, after all files have been read. */
void batch_reading_append(struct batch_reading *reading, size_t log, const char *bytes, size_t size);

/* Looks at the packages' files that the logs name, and waits: seconds, where nobody answers. */
void batch_reading_look(struct batch_reading *reading);

/* Samples of an earlier run, newest first, join the model's own. */
void batch_reading_restore(struct batch_reading *reading, const struct sample *samples, size_t count);

const struct model *batch_reading_model(const struct batch_reading *reading);       /* NULL: none */
const struct logstore *batch_reading_logstore(const struct batch_reading *reading); /* NULL: none is kept */

/* One for each of the paths; borrowed, valid until asked again. */
const struct log_status *batch_reading_logs(struct batch_reading *reading, size_t *count);

/* Of which file the event is that is being applied, by the name that the paths have for it. For `before` alone. */
const char *batch_reading_file(const struct batch_reading *reading, size_t log);

/* Why a log could not be read to its end: 0, or as opening_error_text() knows it; of which file. */
int batch_reading_error(const struct batch_reading *reading, size_t log, const char **path);

#endif
