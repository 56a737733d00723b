#include "worker.h"

#include <stdlib.h>

#include "os_files.h"

#define STACK (256 * 1024)  /* bytes */

struct worker {
	uv_async_t async;
	uv_mutex_t mutex;
	uv_cond_t  asked_or_closed;

	/* Under the mutex. */
	bool asked;
	bool closed;
	int  owners;  /* the loop and the thread */

	/* The thread's while asked, the loop's else. */
	struct files *files;
	struct look   look;
	struct seen   seen;

	void (*answered)(void *payload, const struct seen *seen);
	void *payload;
};

static void
release(struct worker *worker)
{
	int owners;

	uv_mutex_lock(&worker->mutex);
	owners = --worker->owners;
	uv_mutex_unlock(&worker->mutex);
	if (owners > 0)
		return;
	uv_mutex_destroy(&worker->mutex);
	uv_cond_destroy(&worker->asked_or_closed);
	free(worker);
}

static void
work(void *payload)
{
	struct worker *worker = payload;

	uv_mutex_lock(&worker->mutex);
	for (;;) {
		while (!worker->asked && !worker->closed)
			uv_cond_wait(&worker->asked_or_closed, &worker->mutex);
		if (worker->closed)
			break;
		uv_mutex_unlock(&worker->mutex);
		files_look(worker->files, &worker->look, &worker->seen);
		uv_mutex_lock(&worker->mutex);
		worker->asked = false;
		if (!worker->closed)
			uv_async_send(&worker->async);
	}
	uv_mutex_unlock(&worker->mutex);
	files_free(worker->files);
	release(worker);
}

static void
take_answer(uv_async_t *async)
{
	struct worker *worker = async->data;

	worker->answered(worker->payload, &worker->seen);
}

static void
loop_lets_go(uv_handle_t *handle)
{
	release(handle->data);
}

int
worker_open(struct worker **out, uv_loop_t *loop, const char *path,
            void (*answered)(void *payload, const struct seen *seen), void *payload)
{
	const uv_thread_options_t options = { .flags = UV_THREAD_HAS_STACK_SIZE, .stack_size = STACK };
	struct worker *worker = calloc(1, sizeof(*worker));
	uv_thread_t thread;
	int result = UV_ENOMEM;

	if (!worker)
		return result;
	worker->answered = answered;
	worker->payload  = payload;
	worker->owners   = 2;
	worker->files    = files_new(path);
	if (!worker->files)
		goto no_files;
	if ((result = uv_mutex_init(&worker->mutex)) < 0)
		goto no_mutex;
	if ((result = uv_cond_init(&worker->asked_or_closed)) < 0)
		goto no_cond;
	if ((result = uv_async_init(loop, &worker->async, take_answer)) < 0)
		goto no_async;
	worker->async.data = worker;
	if ((result = uv_thread_create_ex(&thread, &options, work, worker)) < 0)
		goto no_thread;
	os_thread_detach(&thread);
	*out = worker;
	return 0;

no_thread:
	/* The rest is freed when the loop lets go. */
	files_free(worker->files);
	worker->owners = 1;
	uv_close((uv_handle_t *)&worker->async, loop_lets_go);
	return result;
no_async:
	uv_cond_destroy(&worker->asked_or_closed);
no_cond:
	uv_mutex_destroy(&worker->mutex);
no_mutex:
	files_free(worker->files);
no_files:
	free(worker);
	return result;
}

void
worker_ask(struct worker *worker, const struct look *look)
{
	worker->look = *look;
	uv_mutex_lock(&worker->mutex);
	worker->asked = true;
	uv_cond_signal(&worker->asked_or_closed);
	uv_mutex_unlock(&worker->mutex);
}

void
worker_close(struct worker *worker)
{
	uv_mutex_lock(&worker->mutex);
	worker->closed = true;
	uv_cond_signal(&worker->asked_or_closed);
	uv_mutex_unlock(&worker->mutex);
	uv_close((uv_handle_t *)&worker->async, loop_lets_go);
}
