#include "cli/dashboard.h"

#include "cmtop/count_of.h"
#include "cmtop/ui.h"
#include "cli/frame_pace.h"
#include "cli/notices.h"
#include "cli/row_export.h"
#include "cli/session.h"
#include "cli/stop_signals.h"
#include "cli/ui_setup.h"
#include "os/clock.h"
#include "os/message.h"
#include "os/os.h"
#include "os/signals.h"
#include "term/screen.h"

struct app {
	struct session session;
	struct export export;
	struct ui *ui;
	struct grid grid;
	uv_signal_t resized;
	struct stop_signals stop;
	uv_timer_t second;    /* ages grow although nothing happens */
	uv_timer_t frame;     /* something came too soon after the last picture */
	uv_idle_t more_keys;  /* there were more than could be taken at once */
	uv_prepare_t prepare; /* all timers have run, */
	uv_check_t check;     /* all files and keys have been served: is there something to draw? */
	bool dirty;
	bool new_size; /* of the window */
	bool at_once;  /* somebody waits: a key was pressed, the window has changed */
	struct pace pace;
	bool leaving;
};

static void
leave(struct app *app, struct exit_status status)
{
	if (app->leaving)
		return;
	app->session.status = status;
	app->leaving = true;
	os_end_soon(status.signum, status.code);
	uv_stop(&app->session.loop);
}

/* ---- drawing ---- */

static void
look_ahead(struct app *app)
{
	session_foresee(&app->session, ui_wants_what_if(app->ui));
}

static void take_size(struct app *app);

static void
draw(struct app *app)
{
	struct scene scene = session_scene(&app->session);

	if (app->new_size) {
		screen_resized();
		take_size(app);
	}
	look_ahead(app);
	uv_timer_stop(&app->frame);
	app->dirty = app->at_once = false;
	ui_draw(app->ui, &scene, &app->grid);
	screen_show(&app->grid);
	pace_drawn(&app->pace, watch_is_current(app->session.watch));
}

static void draw_if_due(struct app *app);

static void
frame_due(uv_timer_t *timer)
{
	draw_if_due(timer->data);
}

static void
draw_if_due(struct app *app)
{
	uint64_t now = pace_now(), due;

	if (!app->dirty || app->leaving || screen_is_busy())
		return;
	due = pace_next(&app->pace, watch_is_current(app->session.watch), watch_caught_up(app->session.watch),
	                ui_refresh(app->ui));
	if (app->at_once || now >= due)
		draw(app);
	else
		uv_timer_start(&app->frame, frame_due, due - now, 0);
}

/* What has happened while the terminal was slow is shown at once, as one picture. */
static void
picture_taken(void *payload)
{
	struct app *app = payload;

	app->at_once |= app->dirty;
}

static void
timers_served(uv_prepare_t *prepare)
{
	draw_if_due(prepare->data);
}

static void
files_served(uv_check_t *check)
{
	draw_if_due(check->data);
}

/* Once a second: the clock that is shown goes on, and so do ages. */
static void
second_over(uv_timer_t *timer)
{
	struct app *app = timer->data;

	uv_timer_start(timer, second_over, (uint64_t)(1000 - clock_now() % 1000), 0);
	pace_second(&app->pace);
	look_ahead(app);
	app->dirty = true;
}

static void
applied(void *payload)
{
	struct app *app = payload;

	app->pace.events++;
}

static void
changed(void *payload)
{
	struct app *app = payload;

	app->dirty = true;
}

static void
rolled(void *payload, size_t log, bool gap, uint64_t missed)
{
	struct app *app = payload;
	struct scene scene;

	if (!gap)
		return;
	scene = session_scene(&app->session);
	notice_lost(app->ui, &scene, log, missed);
}

static void
unmapped(void *payload, const char *folder, int error)
{
	struct app *app = payload;
	struct scene scene = session_scene(&app->session);

	notice_unmapped(app->ui, &scene, app->session.options->redact ? "--map" : folder, error);
	app->dirty = true;
}

static void
history_troubled(void *payload, const char *path, int error)
{
	struct app *app = payload;
	struct scene scene = session_scene(&app->session);

	notice_unsaved(app->ui, &scene, path, error);
	app->dirty = true;
}

/* What was looked at in the preview is looked at in the full reading. */
static void
completed(void *payload, struct reading *preview)
{
	struct app *app = payload;
	struct scene content = session_scene(&app->session), before = content;

	before.model = reading_model(preview), before.logstore = reading_logstore(preview);
	before.logs = reading_logs(preview, &before.log_count);
	ui_handover(app->ui, &before, &content);
	forecast_task_forget(app->session.forecast, before.model);
}

/* Later than the key: the folder that is written to was slow. */
static void
exported(void *payload)
{
	struct app *app = payload;
	struct scene scene = session_scene(&app->session);

	row_export_finish(&app->export, app->ui, &scene);
	app->dirty = app->at_once = true;
}

/* ---- the terminal ---- */

static void
take_size(struct app *app)
{
	int width, height;

	screen_size(&width, &height);
	grid_resize(&app->grid, width, height); /* out of memory: the old one goes on */
	app->new_size = false;
	app->dirty = app->at_once = true;
}

/* However often that happens before the next picture, it is done once. */
static void
window_resized(uv_signal_t *handle, int signum)
{
	struct app *app = handle->data;

	(void)signum;
	app->new_size = app->dirty = app->at_once = true;
}

static void
come_back(struct app *app)
{
	screen_resume();
	take_size(app);
}

static void
was_continued(void *payload)
{
	come_back(payload);
}

static void
suspend(struct app *app)
{
	if (!stop_signals_suspend(&app->stop, screen_suspend))
		return;
	come_back(app);
	stop_signals_again(&app->stop);
}

static void
was_stopped(void *payload)
{
	suspend(payload);
}

static void
asked_to_end(void *payload, int signum)
{
	leave(payload, (struct exit_status){ .signum = signum });
}

/* ---- keys ---- */

static void
take_effect(struct app *app, const struct scene *scene, enum ui_effect effect)
{
	switch (effect) {
	case UI_NOTHING: return;
	case UI_QUIT: leave(app, (struct exit_status){ 0 }); return;
	case UI_SUSPEND: suspend(app); return;
	case UI_THEME:
		screen_next_theme();
		screen_repaint();
		break;
	case UI_REPAINT: screen_repaint(); break;
	case UI_MOUSE: screen_mouse(ui_wants_mouse(app->ui)); break;
	case UI_EXPORT: row_export_start(&app->export, app->ui, scene, app->session.options->ascii); break;
	case UI_REDRAW: break;
	}
	app->dirty = app->at_once = true;
}

/* What is pasted, or a key that is held down, does not keep the loop for longer than this at once. */
#define KEYS_AT_ONCE 5000000u /* nanoseconds */

/* False: there is more. */
static bool
take_keys(struct app *app)
{
	struct scene scene = session_scene(&app->session);
	uint64_t until = uv_hrtime() + KEYS_AT_ONCE;
	struct input input;

	while (!app->leaving && screen_input(&input)) {
		if (input.key == KEY_CTRL_C) /* raw mode makes no signal of it */
			leave(app, (struct exit_status){ .signum = SIGINT });
		else if (input.key != KEY_NONE)
			take_effect(app, &scene, ui_key(app->ui, &scene, input.key));
		else
			take_effect(app, &scene, ui_mouse(app->ui, &scene, input.x, input.y, input.mouse));
		if (uv_hrtime() >= until)
			return false;
	}
	return true;
}

/* ncurses may hold keys that the terminal does not tell of any more. */
static void
more_keys(uv_idle_t *handle)
{
	if (take_keys(handle->data))
		uv_idle_stop(handle);
}

static void
keys_ready(void *payload, bool lost)
{
	struct app *app = payload;

	if (!uv_is_active((uv_handle_t *)&app->more_keys) && !take_keys(app))
		uv_idle_start(&app->more_keys, more_keys);
	if (lost && !app->leaving) {
		leave(app, (struct exit_status){ .code = 1 });
		message_error(NULL, "the terminal was closed");
	}
}

/* ---- from beginning to end ---- */

/* Before the screen is: ncurses takes the signals that nobody has taken. */
static void
open_handles(struct app *app)
{
	uv_signal_init(&app->session.loop, &app->resized);
	uv_timer_init(&app->session.loop, &app->second);
	uv_timer_init(&app->session.loop, &app->frame);
	uv_idle_init(&app->session.loop, &app->more_keys);
	uv_prepare_init(&app->session.loop, &app->prepare);
	uv_check_init(&app->session.loop, &app->check);
	app->resized.data = app;
	app->second.data = app->frame.data = app->more_keys.data = app->prepare.data = app->check.data = app;

	export_open(&app->export, &app->session.loop, exported, app);
	uv_signal_start(&app->resized, window_resized, SIGWINCH);
	stop_signals_open(&app->stop, &app->session.loop, was_stopped, was_continued, app);
	uv_prepare_start(&app->prepare, timers_served);
	uv_check_start(&app->check, files_served);
}

static void
close_handles(struct app *app)
{
	uv_handle_t *const handles[] = {
		(uv_handle_t *)&app->resized,   (uv_handle_t *)&app->second,  (uv_handle_t *)&app->frame,
		(uv_handle_t *)&app->more_keys, (uv_handle_t *)&app->prepare, (uv_handle_t *)&app->check,
	};

	for (size_t i = 0; i < COUNT_OF(handles); i++)
		uv_close(handles[i], NULL);
	stop_signals_close(&app->stop);
	export_close(&app->export);
}

static void
run(struct app *app)
{
	int result;

	if (!screen_open(app->session.options->color, app->session.options->theme)) {
		app->session.status.code = 1;
		return;
	}
	screen_watch(&app->session.loop, picture_taken, app);
	screen_mouse(app->session.options->mouse);
	take_size(app);
	app->at_once = false;
	result = app->grid.cells ? os_keys_open(&app->session.loop, keys_ready, app) : UV_ENOMEM;
	if (result && result != UV_ENOTTY) { /* without a keyboard it still can be looked at */
		message_error("terminal", "%s", uv_strerror(result));
		app->session.status.code = 1;
	} else {
		second_over(&app->second);
		session_run(&app->session, history_troubled, app);
	}
	os_keys_close();
	screen_close();
}

struct exit_status
dashboard_run(const struct options *options, const struct paths *paths, struct demo *demo)
{
	struct app app = { .pace.started = pace_now() };
	const struct watch_events events = { applied, changed, rolled, completed, unmapped, &app };
	struct exit_status status;

	if (!session_init(&app.session, options, paths, asked_to_end, &app))
		return (struct exit_status){ .code = 1 };
	open_handles(&app);
	app.ui = ui_setup(options);
	if (!app.ui)
		message_error(NULL, "%s", uv_strerror(UV_ENOMEM));
	app.session.status.code = app.ui ? session_open(&app.session, demo, true, &events) : 1;
	if (!app.session.status.code)
		run(&app);
	close_handles(&app);
	status = session_close(&app.session);
	ui_free(app.ui);
	grid_destroy(&app.grid);
	return status;
}
