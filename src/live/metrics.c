#include "metrics.h"

#include <stdio.h>
#include <stdlib.h>

#include "cmtop/report.h"
#include "cmtop/scene.h"
#include "end.h"
#include "history.h"
#include "say.h"
#include "sizing.h"
#include "turns.h"
#include "whole.h"

#define WAIT 100  /* milliseconds between two looks whether the logs have been read */

struct metrics {
	uv_timer_t    timer;
	const char   *path;
	double        interval;  /* seconds */
	struct watch *watch;
	int           error;     /* of the last writing: negative libuv error, told once */
};

static int
write_scene(const char *path, const struct scene *scene)
{
	struct whole whole;
	int result;

	whole_open(&whole);
	if (!report_metrics(scene, &whole.sink))
		whole.no_memory = true;
	result = whole_write(&whole, path, 0644);  /* whoever collects the figures may be another user */
	whole_close(&whole);
	return result;
}

static void
say_why(const char *path, int error)
{
	say_error(path, "%s", uv_strerror(error));
}

/* ---- where it may be ---- */

static int
stat_folder(const char *path, uv_stat_t *out)
{
	char folder[4096];
	struct span name = span_basename(span_of(path));
	size_t size = (size_t)(name.at - path);
	uv_fs_t request;
	int result;

	span_copy(size ? (struct span){ path, size } : SPAN("."), folder, sizeof(folder));
	result = uv_fs_stat(NULL, &request, folder, NULL);
	*out = request.statbuf;
	uv_fs_req_cleanup(&request);
	return result;
}

/* Nothing is ever written where the server keeps its logs. */
static bool
is_among_logs(const char *path, const struct paths *paths)
{
	uv_stat_t here, there;

	if (stat_folder(path, &here))
		return false;
	for (size_t i = 0; i < paths->count; i++)
		if (!paths_is_input(&paths->log[i]) && !stat_folder(paths->log[i].path, &there) &&
		    here.st_dev == there.st_dev && here.st_ino == there.st_ino)
			return true;
	return false;
}

static int
may_be_kept(const char *path, const struct paths *paths)
{
	int result;

	if (is_among_logs(path, paths)) {
		say_error(path, "is in the folder of the logs, where nothing is ever written");
		return 1;
	}
	result = whole_try(path);
	if (result)
		say_why(path, result);
	return result ? 1 : 0;
}

int
metrics_write(const struct options *options, const struct paths *paths, const struct scene *scene)
{
	int result = may_be_kept(options->metrics, paths);

	if (result)
		return result;
	result = write_scene(options->metrics, scene);
	if (result)
		say_why(options->metrics, result);
	return result ? 1 : 0;
}

/* ---- keeping it ---- */

/* A full disk may have room again: the old file stays, and is replaced when that works. */
static void
write_now(struct metrics *metrics)
{
	struct scene scene = { .model = watch_model(metrics->watch), .now = watch_now(metrics->watch), .live = true,
	                       .foretold = watch_foretold(metrics->watch) };
	int error;

	scene.logs = watch_logs(metrics->watch, &scene.log_count);
	error = write_scene(metrics->path, &scene);
	if (error && error != metrics->error)
		say_why(metrics->path, error);
	metrics->error = error;
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
metrics_open(struct metrics **out, uv_loop_t *loop, const struct options *options, const struct paths *paths,
             struct watch *watch)
{
	struct metrics *metrics;

	*out = NULL;
	if (!options->metrics)
		return 0;
	if (may_be_kept(options->metrics, paths))
		return 1;
	metrics = calloc(1, sizeof(*metrics));
	if (!metrics)
		return paths_no_memory();
	*metrics = (struct metrics){ .path = options->metrics, .interval = options->interval, .watch = watch };
	uv_timer_init(loop, &metrics->timer);
	metrics->timer.data = metrics;
	uv_timer_start(&metrics->timer, time_over, 0, 0);
	*out = metrics;
	return 0;
}

static void
timer_closed(uv_handle_t *timer)
{
	free(timer->data);
}

void
metrics_close(struct metrics *metrics)
{
	if (metrics)
		uv_close((uv_handle_t *)&metrics->timer, timer_closed);
}

/* ---- alone ---- */

struct service {
	uv_loop_t       loop;
	struct end      end;
	struct turns    turns;
	struct watch   *watch;
	struct metrics *metrics;
	struct history *history;
	struct ending   ending;
};

static void
asked_to_end(void *payload, int signum)
{
	struct service *service = payload;

	service->ending.signum = signum;
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

struct ending
metrics_run(const struct options *options, const struct paths *paths, struct demo *demo)
{
	const struct watch_options how = { .poll = options->poll, .mappings = &options->mappings, .redact = options->redact, .demo = demo };
	const struct watch_events heard = { NULL, changed, rolled, NULL, sizing_say, NULL };
	struct service service = { .ending = { 0 } };
	int result = uv_loop_init(&service.loop);

	if (result) {
		say_error(NULL, "%s", uv_strerror(result));
		return (struct ending){ .code = 1 };
	}
	end_watch(&service.end, &service.loop, asked_to_end, &service);
	result = watch_open(&service.watch, &service.loop, paths, &how, &heard);
	if (result) {
		say_error(NULL, "%s", uv_strerror(result));
		service.ending.code = 1;
	} else {
		service.ending.code = metrics_open(&service.metrics, &service.loop, options, paths, service.watch);
		if (!service.ending.code) {
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
	service.ending.stuck = !end_loop(&service.loop);
	return service.ending;
}
