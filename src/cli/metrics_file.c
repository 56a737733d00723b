#include "cli/metrics_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/report.h"
#include "cmtop/scene.h"
#include "cli/shutdown.h"
#include "store/history_keeper.h"
#include "os/message.h"
#include "follow/package_lookup.h"
#include "cli/loop_turns.h"
#include "store/atomic_file.h"

/* Milliseconds. */
#define WAIT  100  /* between two looks whether the logs have been read, or whether the file is written, */
#define START 2000 /* and at the start, until a folder that does not answer is left to itself */

struct metrics {
	uv_timer_t timer;
	uv_timer_t back;                     /* looks whether the file is written */
	struct detached_task *detached_task; /* that writes it; NULL: none is out */
	const char *path;
	double interval; /* seconds */
	struct watch *watch;
	int error;   /* of the last writing, as atomic_file_error_text() knows it: told once */
	int handles; /* to be closed before this is freed */
};

static bool
make_figures(void *scene, const struct sink *sink)
{
	return report_metrics(scene, sink);
}

static bool
gather(struct atomic_file *content, const struct scene *scene)
{
	atomic_file_init(content);
	if (!report_metrics(scene, &content->sink))
		content->no_memory = true;
	return !content->no_memory;
}

static void
say_why(const char *path, int error)
{
	message_error(path, "%s", atomic_file_error_text(error));
}

/* ---- once ---- */

/* Whoever collects the figures may be another user. */
#define MODE 0644

int
metrics_write(const struct options *options, const struct scene *scene)
{
	struct atomic_file content;
	int error;

	gather(&content, scene);
	error = atomic_file_write(&content, options->metrics, MODE, ATOMIC_REPLACE);
	atomic_file_destroy(&content);
	if (error)
		say_why(options->metrics, error);
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
		say_why(path, error);
	return error;
}

/* ---- keeping it ---- */

static void
tell(struct metrics *metrics, int error)
{
	if (error && error != metrics->error)
		say_why(metrics->path, error);
	metrics->error = error;
}

static void
look_back(uv_timer_t *timer)
{
	struct metrics *metrics = timer->data;

	if (detached_task_state(metrics->detached_task) == TASK_RUNNING)
		return;
	uv_timer_stop(timer);
	tell(metrics, atomic_file_result(metrics->detached_task));
	detached_task_forget(metrics->detached_task);
	metrics->detached_task = NULL;
}

/* A full disk may have room again: the old file stays, and is replaced when that works. */
static void
write_now(struct metrics *metrics)
{
	struct scene scene = { .model = watch_model(metrics->watch),
		               .now = watch_now(metrics->watch),
		               .live = true,
		               .foretold = watch_foretold(metrics->watch) };

	if (metrics->detached_task) {
		tell(metrics, UV_ETIMEDOUT);
		return;
	}
	scene.logs = watch_logs(metrics->watch, &scene.log_count);
	metrics->detached_task = atomic_file_send_made(make_figures, &scene, metrics->path, MODE, ATOMIC_REPLACE);
	if (metrics->detached_task)
		uv_timer_start(&metrics->back, look_back, 1, WAIT);
	else
		tell(metrics, UV_ENOMEM);
}

static void
time_over(uv_timer_t *timer)
{
	struct metrics *metrics = timer->data;
	uint64_t interval = (uint64_t)(metrics->interval * 1000);

	/* Half of the logs would be half of the figures; and the forecast may have to be worked out first. */
	if (!watch_caught_up(metrics->watch) || !watch_foresee(metrics->watch, false)) {
		uv_timer_start(timer, time_over, WAIT, 0);
		return;
	}
	uv_timer_start(timer, time_over, interval, 0);
	write_now(metrics);
}

int
metrics_open(struct metrics **out, uv_loop_t *loop, const struct options *options, struct watch *watch)
{
	struct metrics *metrics;

	*out = NULL;
	if (!options->metrics)
		return 0;
	if (try_place(options->metrics))
		return 1;
	metrics = calloc(1, sizeof(*metrics));
	if (!metrics)
		return paths_no_memory();
	*metrics = (struct metrics){
		.path = options->metrics, .interval = options->interval, .watch = watch, .handles = 2
	};
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
	struct metrics *metrics = timer->data;

	if (--metrics->handles == 0)
		free(metrics);
}

/* A writing that hangs is left to itself. */
void
metrics_close(struct metrics *metrics)
{
	if (!metrics)
		return;
	detached_task_forget(metrics->detached_task);
	uv_close((uv_handle_t *)&metrics->timer, timer_closed);
	uv_close((uv_handle_t *)&metrics->back, timer_closed);
}

/* ---- alone ---- */

struct service {
	uv_loop_t loop;
	struct end end;
	struct turns turns;
	struct watch *watch;
	struct metrics *metrics;
	struct history *history;
	struct exit_status status;
};

static void
asked_to_end(void *payload, int signum)
{
	struct service *service = payload;

	service->status.signum = signum;
	uv_stop(&service->loop);
}

static void
changed(void *payload)
{
	(void)payload;
}

static void
rolled(void *payload, size_t log, bool gap, uint64_t missed)
{
	(void)payload, (void)log, (void)gap, (void)missed;
}

struct exit_status
metrics_run(const struct options *options, const struct paths *paths, struct demo *demo)
{
	const struct watch_options how = {
		.poll = options->poll, .mappings = &options->mappings, .redact = options->redact, .demo = demo
	};
	const struct watch_events heard = { NULL, changed, rolled, NULL, sizing_say, NULL };
	struct service service = { .status = { 0 } };
	int result = uv_loop_init(&service.loop);

	if (result) {
		message_error(NULL, "%s", uv_strerror(result));
		return (struct exit_status){ .code = 1 };
	}
	end_watch(&service.end, &service.loop, asked_to_end, &service);
	result = watch_open(&service.watch, &service.loop, paths, &how, &heard);
	if (result) {
		message_error(NULL, "%s", uv_strerror(result));
		service.status.code = 1;
	} else {
		service.status.code = metrics_open(&service.metrics, &service.loop, options, service.watch);
		if (!service.status.code) {
			history_open(&service.history, &service.loop, options, paths, service.watch, history_say, NULL);
			turns_open(&service.turns, &service.loop);
			uv_run(&service.loop, UV_RUN_DEFAULT);
			turns_say(&service.turns);
			turns_close(&service.turns);
		}
	}
	history_close(service.history);
	metrics_close(service.metrics);
	watch_close(service.watch);
	end_close(&service.end);
	service.status.stuck = !end_loop(&service.loop);
	return service.status;
}
