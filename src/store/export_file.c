#include "store/export_file.h"

#include "store/atomic_file.h"

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

void
export_tell(struct export *export, struct ui *ui, const struct scene *scene)
{
	int error;

	if (detached_task_state(export->detached_task) == TASK_RUNNING) {
		ui_export_result(ui, scene, UI_EXPORT_FAILED,
		                 "the file system does not answer; the file may still be written");
		return;
	}
	error = atomic_file_result(export->detached_task);
	detached_task_forget(export->detached_task);
	export->detached_task = NULL;
	if (error == UV_EEXIST)
		ui_export_result(ui, scene, UI_EXPORT_EXISTS, NULL);
	else if (error)
		ui_export_result(ui, scene, UI_EXPORT_FAILED, atomic_file_error_text(error));
	else
		ui_export_result(ui, scene, UI_EXPORTED, NULL);
}

struct rows_wanted {
	struct ui *ui;
	const struct scene *scene;
	enum ui_format format;
};

static bool
make_rows(void *payload, const struct sink *sink)
{
	const struct rows_wanted *rows = payload;

	ui_export(rows->ui, rows->scene, rows->format, sink);
	return true;
}

static struct detached_task *
send_rows(struct ui *ui, const struct scene *scene)
{
	struct ui_export wanted = ui_export_wanted(ui);
	struct rows_wanted rows = { ui, scene, wanted.format };

	return atomic_file_send_made(make_rows, &rows, wanted.path, 0666, wanted.over ? ATOMIC_REPLACE : ATOMIC_NEW);
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

void
export_rows(struct export *export, struct ui *ui, const struct scene *scene)
{
	if (export->detached_task) {
		ui_export_result(ui, scene, UI_EXPORT_FAILED, "the previous export is still being written");
		return;
	}
	export->detached_task = send_rows(ui, scene);
	if (!export->detached_task) {
		ui_export_result(ui, scene, UI_EXPORT_FAILED, "out of memory");
		return;
	}
	if (is_over(export)) {
		export_tell(export, ui, scene);
		return;
	}
	export->wait = SOON;
	export->told = false;
	export->sent = uv_now(export->timer.loop);
	uv_timer_start(&export->timer, look, SOON, 0);
}
