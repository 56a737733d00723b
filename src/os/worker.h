/*
 * Work that may block, done one piece at a time by somebody else, so that the loop
 * never waits for a disk.
 *
 * Not libuv's pool: its four threads serve the whole process, so that four logs
 * on a share that hangs would stop the logs of the local disk too. And no thread
 * at all: a process does not end before its threads have, and one that waits for
 * a FUSE file system cannot even be killed, so that quitting would wait for the
 * share. A worker is a small process of its own that nobody waits for.
 *
 * Question and answer lie in memory that both sides share, the mailbox.
 */
#ifndef OS_WORKER_H
#define OS_WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include <uv.h>

struct worker;

/* What a worker does. All but `died` is called in the worker, where nothing but the mailbox is shared. */
struct worker_kind {
	size_t mailbox; /* bytes, zeroed at first */

	/* Once, before the first question: what it needs for its work. NULL: out of memory. */
	void *(*begin)(const char *path, void *mailbox);

	/* Answers the question that lies on the mailbox. */
	void (*work)(void *state, void *mailbox);
	void (*end)(void *state);

	/* Puts an answer on the mailbox that tells why there is none: negative libuv error. */
	void (*died)(void *mailbox, int error);
};

/*
 * Before there is a loop: a worker of its own looks at what is there, a file or a folder.
 * False: it did not come back within so long, and whoever looks himself would hang too.
 */
bool worker_answers(const char *path, int milliseconds);

/* 0, or a negative libuv error. `kind` must stay. `answered` is called on the loop. */
int worker_open(struct worker **out, uv_loop_t *loop, const struct worker_kind *kind, const char *path,
                void (*answered)(void *payload), void *payload);

/* Ours while nothing is asked: a question is put here, and the answer stays until the next. */
void *worker_mailbox(struct worker *worker);

/* One question at a time: the next one after the answer. 0, or a negative libuv error and nothing is asked. */
int worker_ask(struct worker *worker);

/* Nothing is answered any more. A worker that hangs goes when it comes back; memory, when the loop has let go. */
void worker_close(struct worker *worker);

#endif
