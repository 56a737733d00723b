/*
 * Somebody who looks at one log's files, so that the loop never waits for a disk.
 *
 * Not libuv's pool: its four threads serve the whole process, so that four logs
 * on a share that hangs would stop the logs of the local disk too. And no thread
 * at all: a process does not end before its threads have, and one that waits for
 * a FUSE file system cannot even be killed, so that quitting would wait for the
 * share. A worker is a small process of its own that nobody waits for.
 */
#ifndef OS_WORKER_H
#define OS_WORKER_H

#include <stdbool.h>

#include <uv.h>

#include "follow/log_files.h"

struct worker;

/*
 * Before there is a loop: a worker of its own looks at what is there, a file or a folder.
 * False: it did not come back within so long, and whoever looks himself would hang too.
 */
bool worker_answers(const char *path, int milliseconds);

/* 0, or a negative libuv error. `answered` is called on the loop; what was seen stays until the next question. */
int worker_open(struct worker **out, uv_loop_t *loop, const char *path,
                void (*answered)(void *payload, const struct seen *seen), void *payload);

/* One question at a time: the next one after the answer. 0, or a negative libuv error and nothing is asked. */
int worker_ask(struct worker *worker, const struct look *look);

/* Nothing is answered any more. A worker that hangs goes when it comes back; memory, when the loop has let go. */
void worker_close(struct worker *worker);

#endif
