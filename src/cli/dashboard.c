#include "cli/dashboard.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cmtop/fmt.h"
#include "cmtop/report.h"
#include "cmtop/ui.h"
#include "cli/shutdown.h"
#include "store/export_file.h"
#include "store/history_keeper.h"
#include "cli/metrics_file.h"
#include "os/os.h"
#include "cli/frame_pace.h"
#include "os/message.h"
#include "term/screen.h"
#include "cli/loop_turns.h"
#include "os/clock.h"
#include "cli/watch.h"
#include "store/atomic_file.h"

struct app {
	const struct options *options;
	uv_loop_t loop;
	struct watch *watch;
	struct metrics *metrics; /* NULL: none are kept */
	struct history *history; /* likewise */
	struct turns turns;
	struct export export;
	struct ui *ui;
	struct grid grid;
	struct end end;
	uv_signal_t resized, stopped, continued;
	uv_timer_t second;    /* ages grow although nothing happens */
	uv_timer_t frame;     /* something came too soon after the last picture */
	uv_idle_t more_keys;  /* there were more than could be taken at once */
	uv_prepare_t prepare; /* all timers have run, */
	uv_check_t check;     /* all files and keys have been served: is there something to draw? */
	bool dirty;
	bool new_size; /* of the window */
	bool at_once;  /* somebody waits: a key was pressed, the window has changed */
	struct pace pace;
	struct exit_status status;
	bool leaving;
};

static void
leave(struct app *app, struct exit_status status)
{
	if (app->leaving)
		return;
	app->status = status;
	app->leaving = true;
	os_end_soon(status.signum, status.code);
	uv_stop(&app->loop);
}

static struct scene
scene_of(struct app *app)
{
	struct scene scene = { .model = watch_model(app->watch),
		               .now = watch_now(app->watch),
		               .live = true,
		               .logstore = watch_logstore(app->watch),
		               .unread = watch_unread(app->watch),
		               .foretold = watch_foretold(app->watch) };

	scene.logs = watch_logs(app->watch, &scene.log_count);
	scene.clock = (int64_t)uv_now(&app->loop);
	return scene;
}

/* ---- drawing ---- */

static void
look_ahead(struct app *app)
{
	watch_foresee(app->watch, ui_wants_what_if(app->ui));
}

static void take_size(struct app *app);

static void
draw(struct app *app)
{
	struct scene scene = scene_of(app);

	if (app->new_size) {
		screen_resized();
		take_size(app);
	}
	look_ahead(app);
	uv_timer_stop(&app->frame);
	app->dirty = app->at_once = false;
	ui_draw(app->ui, &scene, &app->grid);
	screen_show(&app->grid);
	pace_drawn(&app->pace, watch_is_current(app->watch));
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
	due = pace_next(&app->pace, watch_is_current(app->watch), watch_caught_up(app->watch), ui_refresh(app->ui));
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
world_served(uv_check_t *check)
{
	draw_if_due(check->data);
}

/* On the full second of the clock that is shown. */
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
	char size[FMT_TEXT] = "an unknown part", text[128];

	if (!gap)
		return;
	scene = scene_of(app);
	if (missed)
		fmt_size(missed, FMT_BYTES, size);
	snprintf(text, sizeof(text), "%s: %s lost when the log rolled over", scene.logs[log].name, size);
	ui_notice(app->ui, &scene, text);
}

static void
unmapped(void *payload, const char *folder, int error)
{
	struct app *app = payload;
	struct scene scene = scene_of(app);
	char text[256];

	snprintf(text, sizeof(text), "cannot look up file sizes: %s: %s", uv_strerror(error),
	         app->options->redact ? "--map" : folder);
	ui_notice(app->ui, &scene, text);
	app->dirty = true;
}

static void
history_troubled(void *payload, const char *path, int error)
{
	struct app *app = payload;
	struct scene scene = scene_of(app);
	char text[256];

	snprintf(text, sizeof(text), "history is not saved: %s%s: %s", error > 0 ? "the file " : "",
	         atomic_file_error_text(error), path);
	ui_notice(app->ui, &scene, text);
	app->dirty = true;
}

/* Later than the key: the folder that is written to was slow. */
static void
exported(void *payload)
{
	struct app *app = payload;
	struct scene scene = scene_of(app);

	export_tell(&app->export, app->ui, &scene);
	app->dirty = app->at_once = true;
}

/* What was looked at in the preview is looked at in the whole. */
static void
completed(void *payload, struct reading *preview)
{
	struct app *app = payload;
	struct scene content = scene_of(app), before = content;

	before.model = reading_model(preview), before.logstore = reading_logstore(preview);
	before.logs = reading_logs(preview, &before.log_count);
	ui_handover(app->ui, &before, &content);
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
was_continued(uv_signal_t *handle, int signum)
{
	(void)signum;
	come_back(handle->data);
}

static void was_stopped(uv_signal_t *handle, int signum);

/* Not every system stops programs, and whoever started us may not want it. */
static void
hear(uv_signal_t *handle, uv_signal_cb heard, int signum)
{
	if (signum != 0 && !os_is_ignored(signum))
		uv_signal_start(handle, heard, signum);
}

static void
suspend(struct app *app)
{
	if (os_stop_signal() == 0 || os_is_ignored(os_stop_signal()))
		return;
	uv_signal_stop(&app->stopped);
	screen_suspend();
	os_suspend();
	come_back(app);
	hear(&app->stopped, was_stopped, os_stop_signal());
}

static void
was_stopped(uv_signal_t *handle, int signum)
{
	(void)signum;
	suspend(handle->data);
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
	case UI_EXPORT: export_rows(&app->export, app->ui, scene); break;
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
	struct scene scene = scene_of(app);
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
	end_watch(&app->end, &app->loop, asked_to_end, app);
	uv_signal_init(&app->loop, &app->resized);
	uv_signal_init(&app->loop, &app->stopped);
	uv_signal_init(&app->loop, &app->continued);
	uv_timer_init(&app->loop, &app->second);
	uv_timer_init(&app->loop, &app->frame);
	uv_idle_init(&app->loop, &app->more_keys);
	uv_prepare_init(&app->loop, &app->prepare);
	uv_check_init(&app->loop, &app->check);
	app->resized.data = app->stopped.data = app->continued.data = app;
	app->second.data = app->frame.data = app->more_keys.data = app->prepare.data = app->check.data = app;

	export_open(&app->export, &app->loop, exported, app);
	uv_signal_start(&app->resized, window_resized, SIGWINCH);
	hear(&app->stopped, was_stopped, os_stop_signal());
	hear(&app->continued, was_continued, os_continue_signal());
	uv_prepare_start(&app->prepare, timers_served);
	uv_check_start(&app->check, world_served);
}

static void
close_handles(struct app *app)
{
	uv_handle_t *const handles[] = {
		(uv_handle_t *)&app->resized, (uv_handle_t *)&app->stopped, (uv_handle_t *)&app->continued,
		(uv_handle_t *)&app->second,  (uv_handle_t *)&app->frame,   (uv_handle_t *)&app->more_keys,
		(uv_handle_t *)&app->prepare, (uv_handle_t *)&app->check,
	};

	for (size_t i = 0; i < sizeof(handles) / sizeof(handles[0]); i++)
		uv_close(handles[i], NULL);
	export_close(&app->export);
	end_close(&app->end);
}

static struct ui *
make_ui(const struct options *options)
{
	const struct ui_options look = {
		.ascii = options->ascii || !os_is_utf8(),
		.sort_key = options->sort_key,
		.sort_invert = options->sort_invert,
		.mouse = options->mouse,
		.about = "cmtop " PROGRAM_VERSION,
	};
	struct ui *ui = ui_new(&look);
	struct query_error error;

	if (ui && options->filter && !ui_filter(ui, span_of(options->filter), &error)) {
		ui_free(ui);
		ui = NULL;
	}
	return ui;
}

/* 0, or a negative libuv error. */
static int
open_watch(struct app *app, const struct paths *paths, struct demo *demo)
{
	const struct watch_options options = { .poll = app->options->poll,
		                               .mappings = &app->options->mappings,
		                               .redact = app->options->redact,
		                               .logstore = true,
		                               .demo = demo };
	const struct watch_events events = { applied, changed, rolled, completed, unmapped, app };

	return watch_open(&app->watch, &app->loop, paths, &options, &events);
}

static void
run(struct app *app, const struct paths *paths)
{
	int result;

	if (!screen_open(app->options->color, app->options->theme)) {
		app->status.code = 1;
		return;
	}
	screen_watch(&app->loop, picture_taken, app);
	screen_mouse(app->options->mouse);
	take_size(app);
	app->at_once = false;
	result = app->grid.cells ? os_keys_open(&app->loop, keys_ready, app) : UV_ENOMEM;
	if (result && result != UV_ENOTTY) { /* without a keyboard it still can be looked at */
		message_error("terminal", "%s", uv_strerror(result));
		app->status.code = 1;
	} else {
		history_open(&app->history, &app->loop, app->options, paths, app->watch, history_troubled, app);
		second_over(&app->second);
		turns_open(&app->turns, &app->loop);
		uv_run(&app->loop, UV_RUN_DEFAULT);
	}
	os_keys_close();
	screen_close();
	turns_say(&app->turns);
	turns_close(&app->turns);
}

struct exit_status
app_run(const struct options *options, const struct paths *paths, struct demo *demo)
{
	struct app app = { .options = options, .pace.started = pace_now() };
	int result = uv_loop_init(&app.loop);

	if (result) {
		message_error(NULL, "%s", uv_strerror(result));
		return (struct exit_status){ .code = 1 };
	}
	open_handles(&app);
	app.ui = make_ui(options);
	result = app.ui ? open_watch(&app, paths, demo) : UV_ENOMEM;
	if (result)
		message_error(NULL, "%s", uv_strerror(result));
	if (result || metrics_open(&app.metrics, &app.loop, options, app.watch))
		app.status.code = 1;
	else
		run(&app, paths);
	history_close(app.history);
	metrics_close(app.metrics);
	watch_close(app.watch);
	close_handles(&app);
	app.status.stuck = !end_loop(&app.loop);
	ui_free(app.ui);
	grid_free(&app.grid);
	return app.status;
}
