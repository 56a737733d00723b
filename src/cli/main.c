/*
 * cmtop: what a ConfigMgr site server sends and distributes, live from its logs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

#include "cli/batch.h"
#include "cli/batch_answer.h"
#include "cli/dashboard.h"
#include "cli/event_stream.h"
#include "cli/metrics_service.h"
#include "cli/stdout_sink.h"
#include "cmtop/utf8.h"
#include "follow/log_arguments.h"
#include "follow/log_folder.h"
#include "os/clock.h"
#include "os/file_calls.h"
#include "os/message.h"
#include "os/open_file.h"
#include "os/os.h"
#include "os/signals.h"
#include "store/atomic_file.h"
#include "store/write_guard.h"
#include "term/screen.h"

static bool
follows(const struct options *options)
{
	return options->mode == MODE_LIVE || options->mode == MODE_FOLLOW || options->mode == MODE_METRICS;
}

/* The site's clock when the demo begins: a snapshot is taken an hour of its time later, which is now. */
static int64_t
demo_start(const struct options *options)
{
	if (follows(options))
		return clock_now();
	return (options->now != WHEN_NONE ? options->now : clock_now()) - DEMO_TIME;
}

static struct exit_status
run(const struct options *options, const struct paths *paths, struct demo *demo)
{
	switch (options->mode) {
	case MODE_LIVE: return dashboard_run(options, paths, demo);
	case MODE_FOLLOW: return event_stream_run(options, paths, demo);
	case MODE_METRICS: return metrics_service_run(options, paths, demo);
	default: return batch_run(options, paths, demo);
	}
}

/* Nothing is ever written among the logs. */
static void
guard_logs(const struct paths *paths)
{
	guard_product();
	for (size_t i = 0; i < paths->count; i++) {
		const struct log_path *log = &paths->log[i];
		const struct guarded_path guarded = { log->path, log->previous, !log->given, !log->unseen };

		if (!paths_is_input(log))
			guard_log(&guarded);
	}
}

static struct exit_status
run_logs(const struct options *options)
{
	struct paths paths;
	struct exit_status status = { .code = paths_find(&paths, options->paths, options->path_count,
		                                         follows(options)) };

	guard_logs(&paths);
	if (!status.code)
		status = run(options, &paths, NULL);
	else if (options->mode == MODE_CHECK)
		status.code = answer_unread("no log could be read");
	paths_destroy(&paths);
	return status;
}

/* The file of the line is one of those that are read: alone, or with the others that were named. */
static struct exit_status
run_explain(const struct options *options)
{
	struct options with_file = *options;
	struct exit_status status = { .code = 1 };
	char **paths = calloc(options->path_count + 1, sizeof(*paths));
	uv_file file;
	int result = opening_file(options->explain.file, &file);

	if (!paths) {
		message_error(NULL, "out of memory");
	} else if (result) {
		message_error(options->explain.file, "%s", opening_error_text(result));
	} else {
		for (size_t i = 0; i < options->path_count; i++)
			paths[i] = options->paths[i];
		paths[with_file.path_count++] = with_file.explain.file;
		with_file.paths = paths;
		status = run_logs(&with_file);
	}
	if (!result)
		os_close(file);
	free(paths);
	return status;
}

/* The simulated site writes its logs among temporary files: not even they may be among those of a real one. */
static bool
demo_has_place(void)
{
	char folder[4096];
	size_t size = sizeof(folder);

	guard_product();
	if (uv_os_tmpdir(folder, &size) < 0 || !atomic_file_forbids(folder))
		return true;
	message_error(folder, "%s", atomic_file_error_text(REFUSED_AMONG_LOGS));
	return false;
}

static struct exit_status
run_demo(const struct options *options)
{
	struct exit_status status = { .code = 1 };
	struct paths paths = { .count = 0 };
	struct demo *demo = NULL;
	int result;

	os_catch_end(); /* the folder must go, whatever ends us */
	result = demo_has_place() ? demo_open(&demo, options->demo_sites, demo_start(options)) : UV_ECANCELED;
	if (result < 0 && result != UV_ECANCELED)
		message_error("--demo", "%s", uv_strerror(result));
	if (result < 0) {
		status.code = options->mode == MODE_CHECK ? answer_unread("") : 1;
		return status;
	}
	status.code = folder_take(&paths, demo_folder(demo), false);
	guard_logs(&paths);
	if (!status.code && os_ended())
		status.signum = os_ended();
	else if (!status.code)
		status = run(options, &paths, demo);
	os_catch_end(); /* a loop leaves signals as it would like to find them */
	paths_destroy(&paths);
	demo_close(demo);
	return status;
}

int
main(int argc, char **argv)
{
	struct options options;
	struct exit_status status;
	int code;

	os_use_locale();
	os_open_standard();
	os_ignore_failed_writes();
	message_nothing(options_ask_check(argc, argv));
	code = options_read(&options, argc, argv);
	if (code == 2 && options_ask_check(argc, argv))
		return answer_unread(""); /* monitoring looks at standard output only, and takes a 2 for an alert */
	if (code != OPTIONS_GO_ON)
		return code;
	message_nothing(false);
	if (options.mode == MODE_LIVE && screen_is_dumb()) {
		message_error(getenv("TERM"), "this terminal cannot move its cursor; printing a snapshot instead");
		options.mode = MODE_ONCE;
	}
	if (options.ascii) {
		utf8_ascii_only(true);
		out_ascii_only(options.format == FORMAT_JSON);
	}
	status = options.demo                   ? run_demo(&options)
	         : options.mode == MODE_EXPLAIN ? run_explain(&options)
	                                        : run_logs(&options);
	if (status.signum)
		os_raise(status.signum);
	if (status.stuck) {
		/* exit() would wait for the worker that hangs. */
		fflush(stdout);
		os_exit_now(status.code);
	}
	return status.code;
}
