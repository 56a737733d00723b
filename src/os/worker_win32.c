/*
 * Workers as threads: here a process ends with its threads, whatever they wait
 * for. Compiled for Windows only.
 */
#include "os/worker.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

/* Shared by both sides, freed by whoever leaves last. */
struct worker {
	uv_mutex_t mutex;
	uv_cond_t asked_for;
	uv_async_t *async; /* freed by the loop */
	const struct worker_kind *kind;
	char *path;
	void *mailbox;
	bool asked;  /* a question waits */
	bool closed; /* nobody wants an answer any more */
	void (*answered)(void *payload);
	void *payload;
};

static void
free_worker(struct worker *worker)
{
	uv_cond_destroy(&worker->asked_for);
	uv_mutex_destroy(&worker->mutex);
	free(worker->path);
	free(worker->mailbox);
	free(worker);
}

/* ---- in its thread ---- */

/* False: there is no more to do. */
static bool
await_question(struct worker *worker)
{
	uv_mutex_lock(&worker->mutex);
	while (!worker->asked && !worker->closed)
		uv_cond_wait(&worker->asked_for, &worker->mutex);
	worker->asked = false;
	uv_mutex_unlock(&worker->mutex);
	return !worker->closed;
}

static void
answer(struct worker *worker)
{
	uv_mutex_lock(&worker->mutex);
	if (!worker->closed)
		uv_async_send(worker->async);
	uv_mutex_unlock(&worker->mutex);
}

static DWORD WINAPI
work(void *payload)
{
	struct worker *worker = payload;
	void *state = worker->kind->begin(worker->path, worker->mailbox);

	while (await_question(worker)) {
		if (state)
			worker->kind->work(state, worker->mailbox);
		else
			worker->kind->died(worker->mailbox, UV_ENOMEM);
		answer(worker);
	}
	if (state)
		worker->kind->end(state);
	free_worker(worker);
	return 0;
}

/* ---- in ours ---- */

static void
take_answer(uv_async_t *async)
{
	struct worker *worker = async->data;

	worker->answered(worker->payload);
}

static struct worker *
make_worker(const struct worker_kind *kind, const char *path)
{
	struct worker *worker = calloc(1, sizeof(*worker));

	if (!worker)
		return NULL;
	worker->kind = kind;
	worker->path = _strdup(path);
	worker->mailbox = calloc(1, kind->mailbox);
	worker->async = malloc(sizeof(*worker->async));
	if (worker->path && worker->mailbox && worker->async && !uv_mutex_init(&worker->mutex)) {
		if (!uv_cond_init(&worker->asked_for))
			return worker;
		uv_mutex_destroy(&worker->mutex);
	}
	free(worker->path);
	free(worker->mailbox);
	free(worker->async);
	free(worker);
	return NULL;
}

static void
free_async(uv_handle_t *async)
{
	free(async);
}

int
worker_open(struct worker **out, uv_loop_t *loop, const struct worker_kind *kind, const char *path,
            void (*answered)(void *payload), void *payload)
{
	struct worker *worker = make_worker(kind, path);
	HANDLE thread;

	if (!worker)
		return UV_ENOMEM;
	worker->answered = answered;
	worker->payload = payload;
	uv_async_init(loop, worker->async, take_answer);
	worker->async->data = worker;
	thread = CreateThread(NULL, 0, work, worker, 0, NULL);
	if (!thread) {
		uv_close((uv_handle_t *)worker->async, free_async);
		free_worker(worker);
		return UV_EAGAIN;
	}
	CloseHandle(thread); /* nobody waits for its end */
	*out = worker;
	return 0;
}

void *
worker_mailbox(struct worker *worker)
{
	return worker->mailbox;
}

/* What has been put on the mailbox before is seen by the thread, which takes the same lock. */
int
worker_ask(struct worker *worker)
{
	uv_mutex_lock(&worker->mutex);
	worker->asked = true;
	uv_cond_signal(&worker->asked_for);
	uv_mutex_unlock(&worker->mutex);
	return 0;
}

void
worker_close(struct worker *worker)
{
	uv_mutex_lock(&worker->mutex);
	worker->closed = true;
	uv_close((uv_handle_t *)worker->async, free_async);
	uv_cond_signal(&worker->asked_for);
	uv_mutex_unlock(&worker->mutex);
}

/* A share that is gone answers with an error here, if late. */
bool
worker_answers(const char *path, int milliseconds)
{
	(void)path;
	(void)milliseconds;
	return true;
}
