/*
 * When the points of earlier runs are fetched, and when those of this one are
 * kept. Nothing of it is needed: what does not work is told once, and is no end.
 */
#ifndef STORE_HISTORY_KEEPER_H
#define STORE_HISTORY_KEEPER_H

#include "os/detached_task.h"
#include "cli/options.h"
#include "follow/log_paths.h"
#include "cli/watch.h"

struct history;

/* Called on the loop, once at most: the file, and an error as atomic_file_error_text() knows it. */
typedef void history_trouble(void *payload, const char *path, int error);

/*
 * As soon as the logs have been read, points of earlier runs join those of the
 * watch; from then on all are kept, every five minutes and at the close. *out is
 * NULL if there is no history: it was not wanted, has no place, or what is looked
 * at is not one LOGDIR.
 */
void history_open(struct history **out, uv_loop_t *loop, const struct options *options, const struct paths *paths,
                  struct watch *watch, history_trouble *trouble, void *payload);
void history_close(struct history *history); /* before the watch is; NULL is fine */

/* Says so on standard error; the payload is nothing. */
history_trouble history_say;

/* The same for a snapshot, which keeps nothing: sent before the logs are read, and taken after. NULL: there is none. */
struct detached_task *history_fetch(const struct options *options, const struct paths *paths);
void history_take(struct detached_task *fetch, struct model *model); /* NULL is fine; the detached_task is over */

#endif
