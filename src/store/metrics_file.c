#include "store/metrics_file.h"

#include <stdlib.h>
#include <string.h>

#include "os/message.h"

/* Milliseconds. */
#define WAIT  100  /* between two looks whether the logs have been read, or whether the file is written, */
#define START 2000 /* and at the start, until a folder that does not answer is left to itself */

struct metrics_file {
	uv_timer_t timer;
	uv_timer_t back;                     /* looks whether the file is written */
	struct detached_task *detached_task; /* that writes it; NULL: none is out */
	const char *path;
	double interval; /* seconds */
	struct metrics_source source;
	int error;   /* of the last writing, as atomic_file_error_text() knows it: told once */
	int handles; /* to be closed before this is freed */
};

static void
tell_why(const char *path, int error)
{
	message_error(path, "%s", atomic_file_error_text(error));
}

/* ---- once ---- */

/* Whoever collects the figures may be another user. */
#define MODE 0644

int
metrics_file_write(const char *path, atomic_file_make *make, void *payload)
{
	struct atomic_file content;
	int error;

	atomic_file_init(&content);
	if (!make(payload, &content.sink))
		content.no_memory = true;
	error = atomic_file_write(&content, path, MODE, ATOMIC_REPLACE);
	atomic_file_destroy(&content);
	if (error)
		tell_why(path, error);
	return error ? 1 : 0;
}

/* Whether it may be kept there, as far as can be known by now. */
static int
try_place(const char *path)
{
	struct detached_task *detached_task = atomic_file_send(NULL, path, MODE, ATOMIC_TRY);
	int error = detached_task ? 0 : strlen(path) < 4096 ? UV_ENOMEM : UV_ENAMETOOLONG;

	for (int i = 0; detached_task && detached_task_state(detached_task) == TASK_RUNNING && i < START; i++)
		uv_sleep(1);
	if (detached_task && detached_task_state(detached_task) != TASK_RUNNING)
		error = atomic_file_result(detached_task);
	detached_task_forget(detached_task);
	if (error)
		tell_why(path, error);
	return error;
}

/* ---- keeping it ---- */

static void
tell(struct metrics_file *metrics, int error)
{
	if (error && error != metrics->error)
		tell_why(metrics->path, error);
	metrics->error = error;
}

static void
look_back(uv_timer_t *timer)
{
	struct metrics_file *metrics = timer->data;

	if (detached_task_state(metrics->detached_task) == TASK_RUNNING)
		return;
	uv_timer_stop(timer);
	tell(metrics, atomic_file_result(metrics->detached_task));
	detached_task_forget(metrics->detached_task);
	metrics->detached_task = NULL;
}

/* A full disk may have room again: the old file stays, and is replaced when that works. */
static void
write_now(struct metrics_file *metrics)
{
	if (metrics->detached_task) {
		tell(metrics, UV_ETIMEDOUT);
		return;
	}
	metrics->detached_task = atomic_file_send_made(metrics->source.make, metrics->source.payload, metrics->path,
	                                               MODE, ATOMIC_REPLACE);
	if (metrics->detached_task)
		uv_timer_start(&metrics->back, look_back, 1, WAIT);
	else
		tell(metrics, UV_ENOMEM);
}

static void
time_over(uv_timer_t *timer)
{
	struct metrics_file *metrics = timer->data;
	uint64_t interval = (uint64_t)(metrics->interval * 1000);

	if (!metrics->source.ready(metrics->source.payload)) {
		uv_timer_start(timer, time_over, WAIT, 0);
		return;
	}
	uv_timer_start(timer, time_over, interval, 0);
	write_now(metrics);
}

int
metrics_file_open(struct metrics_file **out, uv_loop_t *loop, const char *path, double interval,
                  const struct metrics_source *source)
{
	struct metrics_file *metrics;

	*out = NULL;
	if (!path)
		return 0;
	if (try_place(path))
		return 1;
	metrics = calloc(1, sizeof(*metrics));
	if (!metrics) {
		message_error(NULL, "out of memory");
		return 1;
	}
	*metrics = (struct metrics_file){ .path = path, .interval = interval, .source = *source, .handles = 2 };
	uv_timer_init(loop, &metrics->timer);
	uv_timer_init(loop, &metrics->back);
	metrics->timer.data = metrics->back.data = metrics;
	uv_timer_start(&metrics->timer, time_over, 0, 0);
	*out = metrics;
	return 0;
}

static void
timer_closed(uv_handle_t *timer)
{
	struct metrics_file *metrics = timer->data;

	if (--metrics->handles == 0)
		free(metrics);
}

/* A writing that hangs is left to itself. */
void
metrics_file_close(struct metrics_file *metrics)
{
	if (!metrics)
		return;
	detached_task_forget(metrics->detached_task);
	uv_close((uv_handle_t *)&metrics->timer, timer_closed);
	uv_close((uv_handle_t *)&metrics->back, timer_closed);
}
