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
	char *path;
	char *data; /* FILES_DATA bytes */
	struct look look;
	struct seen seen;
	bool asked;  /* a question waits */
	bool closed; /* nobody wants an answer any more */
	void (*answered)(void *payload, const struct seen *seen);
	void *payload;
};

static void
free_worker(struct worker *worker)
{
	uv_cond_destroy(&worker->asked_for);
	uv_mutex_destroy(&worker->mutex);
	free(worker->path);
	free(worker->data);
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
answer(struct worker *worker, const struct seen *seen)
{
	uv_mutex_lock(&worker->mutex);
	if (!worker->closed) {
		worker->seen = *seen;
		uv_async_send(worker->async);
	}
	uv_mutex_unlock(&worker->mutex);
}

static DWORD WINAPI
work(void *payload)
{
	struct worker *worker = payload;
	struct files *files = files_new(worker->path, worker->data);
	struct seen seen;

	while (await_question(worker)) {
		seen = (struct seen){ .as = SEEN_FAILED, .error = UV_ENOMEM, .slot = -1, .age = -1 };
		if (files)
			files_look(files, &worker->look, &seen);
		answer(worker, &seen);
	}
	files_free(files);
	free_worker(worker);
	return 0;
}

/* ---- in ours ---- */

static void
hear(uv_async_t *async)
{
	struct worker *worker = async->data;

	worker->answered(worker->payload, &worker->seen);
}

static struct worker *
make_worker(const char *path)
{
	struct worker *worker = calloc(1, sizeof(*worker));

	if (!worker)
		return NULL;
	worker->path = _strdup(path);
	worker->data = malloc(FILES_DATA);
	worker->async = malloc(sizeof(*worker->async));
	if (worker->path && worker->data && worker->async && !uv_mutex_init(&worker->mutex)) {
		if (!uv_cond_init(&worker->asked_for))
			return worker;
		uv_mutex_destroy(&worker->mutex);
	}
	free(worker->path);
	free(worker->data);
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
worker_open(struct worker **out, uv_loop_t *loop, const char *path,
            void (*answered)(void *payload, const struct seen *seen), void *payload)
{
	struct worker *worker = make_worker(path);
	HANDLE thread;

	if (!worker)
		return UV_ENOMEM;
	worker->answered = answered;
	worker->payload = payload;
	uv_async_init(loop, worker->async, hear);
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

int
worker_ask(struct worker *worker, const struct look *look)
{
	uv_mutex_lock(&worker->mutex);
	worker->look = *look;
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
