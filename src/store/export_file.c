#include "store/export_file.h"

/* Milliseconds. */
#define AT_ONCE 20   /* that a key waits for its answer */
#define SOON    20   /* until the next look, */
#define LATER   1000 /* and at last */
#define LONG    5000 /* when it is said that there is no answer yet */

static void
look(uv_timer_t *timer)
{
	struct export *export = timer->data;

	if (detached_task_state(export->detached_task) != TASK_RUNNING) {
		export->done(export->payload);
		return;
	}
	uv_timer_start(timer, look, export->wait, 0);
	export->wait = export->wait * 2 < LATER ? export->wait * 2 : LATER;
	if (export->told || uv_now(timer->loop) - export->sent < LONG)
		return;
	export->told = true;
	export->done(export->payload);
}

void
export_open(struct export *export, uv_loop_t *loop, void (*done)(void *payload), void *payload)
{
	*export = (struct export){ .done = done, .payload = payload };
	uv_timer_init(loop, &export->timer);
	export->timer.data = export;
}

void
export_close(struct export *export)
{
	detached_task_forget(export->detached_task);
	export->detached_task = NULL;
	uv_close((uv_handle_t *)&export->timer, NULL);
}

enum export_state
export_result(struct export *export, const char **why)
{
	int error;

	if (detached_task_state(export->detached_task) == TASK_RUNNING) {
		*why = "the file system does not answer; the file may still be written";
		return EXPORT_FAILED;
	}
	error = atomic_file_result(export->detached_task);
	detached_task_forget(export->detached_task);
	export->detached_task = NULL;
	*why = atomic_file_error_text(error);
	return error == UV_EEXIST ? EXPORT_EXISTS : error ? EXPORT_FAILED : EXPORT_DONE;
}

/* A folder of this machine has answered before anybody notices; another one is looked after by the clock. */
static bool
is_over(const struct export *export)
{
	uint64_t deadline = uv_hrtime() + AT_ONCE * 1000000u;

	while (detached_task_state(export->detached_task) == TASK_RUNNING) {
		if (uv_hrtime() >= deadline)
			return false;
		uv_sleep(1);
	}
	return true;
}

enum export_state
export_start(struct export *export, atomic_file_make *make, void *payload, const char *path, bool over,
             const char **why)
{
	if (export->detached_task) {
		*why = "the previous export is still being written";
		return EXPORT_FAILED;
	}
	export->detached_task = atomic_file_send_made(make, payload, path, 0666, over ? ATOMIC_REPLACE : ATOMIC_NEW);
	if (!export->detached_task) {
		*why = "out of memory";
		return EXPORT_FAILED;
	}
	if (is_over(export))
		return export_result(export, why);
	export->wait = SOON;
	export->told = false;
	export->sent = uv_now(export->timer.loop);
	uv_timer_start(&export->timer, look, SOON, 0);
	return EXPORT_RUNNING;
}
