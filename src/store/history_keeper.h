/*
 * When the samples of earlier runs are read, and when those of this run are written.
 * The program works without them: an error is shown once and nothing stops.
 */
#ifndef STORE_HISTORY_KEEPER_H
#define STORE_HISTORY_KEEPER_H

#include <uv.h>

#include "cmtop/model.h"
#include "os/detached_task.h"

struct history;

/* Whose points are kept; all are called on the loop. */
struct history_source {
	const struct model *(*model)(void *payload);
	bool (*caught_up)(void *payload); /* all logs have been read: half of them would be half of the samples */
	int64_t (*now)(void *payload);    /* running time */

	/* Points of earlier runs, newest first, join those of the model. */
	void (*restore)(void *payload, const struct sample *samples, size_t count);

	/* Called once at most: the file, and an error as atomic_file_error_text() knows it. */
	void (*trouble)(void *payload, const char *path, int error);
	void *payload;
};

/*
 * As soon as the logs have been read, points of earlier runs join those of the
 * model; from then on all are kept, every five minutes and at the close, but where
 * they are only to be read. `logs` is the folder of the logs as it was named. *out is
 * NULL if there is no history: that is NULL, or there is no place for it.
 */
void history_open(struct history **out, uv_loop_t *loop, const char *logs, bool read_only,
                  const struct history_source *source);
void history_close(struct history *history); /* before the source goes; NULL is fine */

/* A history_source.trouble that tells it on standard error; the payload is nothing. */
void history_message(void *payload, const char *path, int error);

/*
 * The same for a snapshot, which keeps nothing: sent before the logs are read, and taken
 * after. NULL: there is none. `samples` takes SAMPLES_KEPT, newest first. False: there is no
 * answer, or no good one. The task is over then; NULL is fine.
 */
struct detached_task *history_fetch(const char *logs);
bool history_take(struct detached_task *fetch, struct samples_clock clock, struct sample *samples, size_t *count);

#endif
