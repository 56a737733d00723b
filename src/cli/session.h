/*
 * What all ways to follow logs have in common: the loop, the watch, the forecast, the
 * files that are kept beside them, and an end in good order.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <uv.h>

#include "cli/exit_status.h"
#include "cli/forecast_task.h"
#include "cli/loop_latency.h"
#include "cli/options.h"
#include "cli/shutdown.h"
#include "cmtop/scene.h"
#include "demo/demo_loop.h"
#include "follow/watch.h"
#include "store/history_keeper.h"
#include "store/metrics_file.h"

struct session {
	const struct options *options;
	const struct paths *paths;
	uv_loop_t loop;
	struct shutdown end;
	struct server_text *text;
	struct watch *watch; /* NULL: it is still being opened */
	struct forecast_task *forecast;
	struct demo_loop *demo;                                      /* NULL: the logs are real */
	struct metrics_file *metrics;                                /* NULL: none are kept */
	struct history *history;                                     /* likewise */
	void (*trouble)(void *payload, const char *path, int error); /* of the history */
	void *trouble_payload;
	struct loop_latency latency;
	struct exit_status status;
};

/* The loop, and the signals that ask for the end: `asked` is called on it. False: the user was told why not. */
bool session_init(struct session *session, const struct options *options, const struct paths *paths,
                  void (*asked)(void *payload, int signum), void *payload);

/*
 * The watch and what it needs; `demo` is NULL, or the simulated site that is kept running.
 * 0, or the exit code after the user was told why not. `events` is copied.
 */
int session_open(struct session *session, struct demo *demo, bool logstore, const struct watch_events *events);

/* Runs until somebody stops the loop. `trouble` is told of samples that cannot be kept. */
void session_run(struct session *session, void (*trouble)(void *payload, const char *path, int error), void *payload);

/* What was opened goes; the caller's own handles are closed already. Its exit status. */
struct exit_status session_close(struct session *session);

/* What there is to look at now. */
struct scene session_scene(struct session *session);

/* Begins a new forecast where the last has grown old. Answers whether it is good enough to be told as true now. */
bool session_foresee(struct session *session, bool what_if);

#endif
