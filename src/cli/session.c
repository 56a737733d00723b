#include "cli/session.h"

#include "cmtop/report.h"
#include "os/clock.h"
#include "os/code_page.h"
#include "os/message.h"

/* ---- what the files kept beside ask for ---- */

static const struct model *
model_of(void *payload)
{
	const struct session *session = payload;

	return watch_model(session->watch);
}

static bool
has_caught_up(void *payload)
{
	const struct session *session = payload;

	return watch_caught_up(session->watch);
}

static int64_t
now_of(void *payload)
{
	const struct session *session = payload;

	return watch_now(session->watch);
}

static void
restore(void *payload, const struct sample *samples, size_t count)
{
	const struct session *session = payload;

	watch_restore(session->watch, samples, count);
}

static void
tell_trouble(void *payload, const char *path, int error)
{
	const struct session *session = payload;

	session->trouble(session->trouble_payload, path, error);
}

/* Half of the logs would be half of the figures; and the forecast may have to be worked out first. */
static bool
figures_ready(void *payload)
{
	struct session *session = payload;

	return watch_caught_up(session->watch) && session_foresee(session, false);
}

static bool
make_figures(void *payload, const struct sink *sink)
{
	const struct scene scene = session_scene(payload);

	return report_metrics(&scene, sink);
}

/* ---- from beginning to end ---- */

bool
session_init(struct session *session, const struct options *options, const struct paths *paths,
             void (*asked)(void *payload, int signum), void *payload)
{
	int result;

	*session = (struct session){ .options = options, .paths = paths };
	result = uv_loop_init(&session->loop);
	if (result) {
		message_error(NULL, "%s", uv_strerror(result));
		return false;
	}
	shutdown_watch(&session->end, &session->loop, asked, payload);
	return true;
}

static int64_t
time_of_demo(void *payload)
{
	return demo_clock(payload, clock_now());
}

/* 0, or a negative libuv error. */
static int
open_watch(struct session *session, struct demo *demo, bool logstore, const struct watch_events *events)
{
	const struct options *options = session->options;
	const struct watch_options wanted = {
		.poll = options->poll,
		.mappings = &options->mappings,
		.redact = options->redact,
		.logstore = logstore,
		.text = session->text,
		.clock = demo ? time_of_demo : NULL,
		.clock_payload = demo,
	};
	int result = forecast_task_open(&session->forecast, &session->loop, events->changed, events->payload);

	if (!result && demo)
		result = demo_loop_open(&session->demo, &session->loop, demo);
	if (!result)
		result = watch_open(&session->watch, &session->loop, session->paths, &wanted, events);
	return result;
}

int
session_open(struct session *session, struct demo *demo, bool logstore, const struct watch_events *events)
{
	const struct metrics_source figures = { figures_ready, make_figures, session };
	int result;

	session->text = server_text_new(options_page(session->options), os_code_page_load);
	result = session->text ? open_watch(session, demo, logstore, events) : UV_ENOMEM;
	if (result) {
		message_error(NULL, "%s", uv_strerror(result));
		return 1;
	}
	return metrics_file_open(&session->metrics, &session->loop, session->options->metrics,
	                         session->options->interval, &figures);
}

void
session_run(struct session *session, void (*trouble)(void *payload, const char *path, int error), void *payload)
{
	const struct options *options = session->options;
	const struct history_source source = { model_of, has_caught_up, now_of, restore, tell_trouble, session };
	char folder[4096];

	session->trouble = trouble;
	session->trouble_payload = payload;
	if (!options->no_history && !options->demo && paths_one_folder(session->paths, folder, sizeof(folder)))
		history_open(&session->history, &session->loop, folder, options->redact, &source);
	loop_latency_open(&session->latency, &session->loop);
	uv_run(&session->loop, UV_RUN_DEFAULT);
}

struct exit_status
session_close(struct session *session)
{
	loop_latency_tell(&session->latency);
	loop_latency_close(&session->latency);
	history_close(session->history);
	metrics_file_close(session->metrics);
	forecast_task_close(session->forecast);
	watch_close(session->watch);
	demo_loop_close(session->demo);
	shutdown_close(&session->end);
	session->status.stuck = !shutdown_loop(&session->loop);
	server_text_free(session->text);
	return session->status;
}

/* ---- what is known ---- */

struct scene
session_scene(struct session *session)
{
	struct scene scene = { .model = watch_model(session->watch),
		               .now = watch_now(session->watch),
		               .live = true,
		               .logstore = watch_logstore(session->watch),
		               .unread = watch_unread(session->watch),
		               .foretold = forecast_task_newest(session->forecast) };

	scene.logs = watch_logs(session->watch, &scene.log_count);
	scene.clock = (int64_t)uv_now(&session->loop);
	return scene;
}

bool
session_foresee(struct session *session, bool what_if)
{
	return forecast_task_refresh(session->forecast, watch_model(session->watch), watch_now(session->watch),
	                             what_if);
}
