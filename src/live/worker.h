/*
 * A thread that looks at one log's files.
 *
 * Not libuv's pool: its four threads serve the whole process, so that four logs
 * on a share that hangs would stop every log of the local disk; and it joins
 * them at exit, so that quitting would wait for the share. A thread that hangs
 * here is left alone.
 */
#ifndef LIVE_WORKER_H
#define LIVE_WORKER_H

#include <uv.h>

#include "files.h"

struct worker;

/* 0, or a negative libuv error. `answered` is called on the loop; what was seen stays until the next question. */
int worker_open(struct worker **out, uv_loop_t *loop, const char *path,
                void (*answered)(void *payload, const struct seen *seen), void *payload);

/* One question at a time: the next one after the answer. */
void worker_ask(struct worker *worker, const struct look *look);

/* Nothing is answered any more. Memory is freed when the loop and the thread have let go of it. */
void worker_close(struct worker *worker);

#endif
