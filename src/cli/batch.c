#include "cli/batch.h"

#include <stdlib.h>
#include <uv.h>

#include "cli/batch_answer.h"
#include "cli/explain.h"
#include "cmtop/report.h"
#include "cmtop/sim.h"
#include "follow/batch_reading.h"
#include "os/clock.h"
#include "os/code_page.h"
#include "os/message.h"
#include "os/open_file.h"
#include "os/os.h"
#include "os/signals.h"
#include "store/history_keeper.h"
#include "store/metrics_file.h"

#define DEMO_STEP (10 * WHEN_SECOND) /* between two looks whether to go on */

struct batch {
	const struct options *options;
	const struct paths *paths;
	struct batch_reading *reading;
	struct unknown *unknown; /* NULL: a model is made instead */
	struct explain *explain; /* NULL: nothing is to be explained */
	struct server_text *text;
	int64_t now; /* of the demo; WHEN_NONE: ask the model */
};

static void
applied(void *payload, const struct event *event)
{
	struct batch *batch = payload;

	if (batch->unknown)
		unknown_count(batch->unknown, event);
	if (batch->explain)
		explain_applied(batch->explain, batch->reading, event);
}

static void
before(void *payload, const struct event *event, const struct event *logged)
{
	struct batch *batch = payload;

	explain_before(batch->explain, batch->reading, event, logged);
}

/* ---- a simulated site, read along as it writes: its logs roll away too soon ---- */

static void
take_demo(void *payload, enum sim_log log, const char *bytes, size_t size)
{
	struct batch *batch = payload;

	batch_reading_append(batch->reading, log, bytes, size);
}

/* The signal that ended it, or 0. */
static int
read_demo(struct batch *batch, struct demo *demo)
{
	int64_t until = demo_now(demo) + DEMO_TIME;

	demo_listen(demo, take_demo, batch);
	while (demo_now(demo) < until && !os_ended())
		demo_run(demo, demo_now(demo) + DEMO_STEP < until ? demo_now(demo) + DEMO_STEP : until);
	batch->now = demo_now(demo);
	return os_ended();
}

/* ---- answers ---- */

/* Running time of what the server's clock shows: as far from the newest record's as that is from its own time. */
static int64_t
running_time(const struct batch *batch, int64_t at)
{
	const struct model *model = batch_reading_model(batch->reading);
	int64_t newest = model ? model_newest(model) : WHEN_NONE;

	if (at == WHEN_NONE || newest == WHEN_NONE)
		return at;
	return newest + (at - model_written_newest(model, newest).at);
}

/* The time that was given, or that of the demo, as running time; WHEN_NONE: neither. */
static int64_t
given_time(const struct batch *batch)
{
	return running_time(batch, batch->options->now != WHEN_NONE ? batch->options->now : batch->now);
}

/* The status is borrowed from the reading; `status` is changed where folders are not to be shown. */
static struct scene
scene_of(struct batch *batch, struct log_status *status)
{
	struct scene scene = { .model = batch_reading_model(batch->reading),
		               .logstore = batch_reading_logstore(batch->reading) };
	const struct log_status *logs = batch_reading_logs(batch->reading, &scene.log_count);

	scene.logs = status;
	for (size_t i = 0; i < scene.log_count; i++) {
		status[i] = logs[i];
		/* The folder of a simulated site has another name each time, and is gone when this is read. */
		if (batch->now != WHEN_NONE || batch->options->redact)
			paths_drop_folder(status[i].path);
	}
	scene.now = given_time(batch);
	if (scene.now == WHEN_NONE && scene.model)
		scene.now = model_newest(scene.model);
	return scene;
}

static bool
make_figures(void *payload, const struct sink *sink)
{
	return report_metrics(payload, sink);
}

static int
print_answer(struct batch *batch, struct scene *scene)
{
	const struct options *options = batch->options;

	if (options->mode == MODE_CHECK)
		return answer_check(options, scene, given_time(batch));
	if (options->metrics)
		return metrics_file_write(options->metrics, make_figures, scene);
	switch (options->mode) {
	case MODE_DRAW: return answer_drawing(options, scene);
	case MODE_UNKNOWN: return answer_unknown(batch->unknown);
	case MODE_EXPLAIN: return explain_end(batch->explain, batch->text);
	default: return answer_snapshot(options, scene);
	}
}

/* ---- from beginning to end ---- */

/* Each log that is there, or should be, and was not read to its end is told. */
struct trouble {
	bool all; /* nothing could be read */
	bool any;
};

static struct trouble
tell_trouble(struct batch *batch)
{
	struct trouble trouble = { .all = true };
	size_t count;
	const struct log_status *logs = batch_reading_logs(batch->reading, &count);

	for (size_t i = 0; i < count; i++) {
		const char *name;
		int error = batch_reading_error(batch->reading, i, &name);

		if (!error || logs[i].bytes)
			trouble.all = false;
		if (!error || (error == UV_ENOENT && !batch->paths->log[i].given))
			continue;
		message_error(name, "%s", opening_error_text(error));
		trouble.any = true;
	}
	if (trouble.all && !trouble.any)
		message_error(batch->paths->folder, "the logs in this folder have disappeared");
	return trouble;
}

/* What was read is answered for, the exit code tells if that was not all. */
static int
answer(struct batch *batch)
{
	struct trouble trouble = tell_trouble(batch);
	struct log_status *status;
	struct scene scene;
	int code;

	if (trouble.all)
		return batch->options->mode == MODE_CHECK ? answer_unread("no log could be read") : 1;
	status = calloc(batch->paths->count + 1, sizeof(*status));
	if (!status)
		return answer_no_memory(batch->options);
	scene = scene_of(batch, status);
	code = print_answer(batch, &scene);
	free(status);
	if (batch->options->mode == MODE_CHECK) /* whose exit code is its verdict */
		return code;
	return trouble.any ? 1 : code;
}

/* 0, or the exit code after the user was told. */
static int
open_batch(struct batch *batch)
{
	const struct options *options = batch->options;
	const struct batch_options wanted = {
		.mappings = &options->mappings,
		.model = options->mode != MODE_UNKNOWN,
		.redact = options->redact,
		.logstore = options->mode == MODE_DRAW,
		.text = batch->text,
		.before = options->mode == MODE_EXPLAIN ? before : NULL,
		.applied = options->mode == MODE_UNKNOWN || options->mode == MODE_EXPLAIN ? applied : NULL,
		.payload = batch,
	};

	int code = 0;

	if (options->mode == MODE_UNKNOWN && !(batch->unknown = unknown_new()))
		return answer_no_memory(options);
	if (options->mode == MODE_EXPLAIN)
		code = explain_open(&batch->explain, options, batch->paths);
	if (!code && batch_reading_open(&batch->reading, batch->paths, &wanted) != 0)
		code = answer_no_memory(options);
	return code;
}

static void
close_batch(struct batch *batch)
{
	batch_reading_close(batch->reading);
	unknown_free(batch->unknown);
	explain_close(batch->explain);
	batch->reading = NULL;
	batch->unknown = NULL;
	batch->explain = NULL;
}

/* A code page that was guessed from the first names may prove wrong: then all is read once more. 0, or an exit code. */
static int
read_logs(struct batch *batch)
{
	int code = open_batch(batch);

	if (!code)
		batch_reading_run(batch->reading);
	if (code || !server_text_read_too_soon(batch->text) || paths_have_input(batch->paths))
		return code;
	close_batch(batch);
	code = open_batch(batch);
	if (!code)
		batch_reading_run(batch->reading);
	return code;
}

/* A snapshot shows samples of earlier runs too. NULL: there are none. */
static struct detached_task *
fetch_history(const struct batch *batch)
{
	const struct options *options = batch->options;
	char folder[4096];

	if ((options->mode != MODE_ONCE && options->mode != MODE_DRAW) || options->no_history || options->demo
	    || !paths_one_folder(batch->paths, folder, sizeof(folder)))
		return NULL;
	return history_fetch(folder);
}

static void
take_history(struct batch *batch, struct detached_task *fetch)
{
	struct sample *samples = fetch ? calloc(SAMPLES_KEPT, sizeof(*samples)) : NULL;
	size_t count;

	if (!samples) {
		detached_task_forget(fetch);
		return;
	}
	if (history_take(fetch, model_samples_clock(batch_reading_model(batch->reading)), samples, &count))
		batch_reading_restore(batch->reading, samples, count);
	free(samples);
}

struct exit_status
batch_run(const struct options *options, const struct paths *paths, struct demo *demo)
{
	struct batch batch = { .options = options, .paths = paths, .now = WHEN_NONE };
	struct exit_status status = { .code = 0 };
	struct detached_task *fetch = fetch_history(&batch);

	batch.text = server_text_new(options_page(options), os_code_page_load);
	status.code = batch.text ? read_logs(&batch) : answer_no_memory(options);
	if (status.code)
		goto close;
	if (demo)
		status.signum = read_demo(&batch, demo);
	if (status.signum)
		goto close;
	batch_reading_look(batch.reading);
	take_history(&batch, fetch);
	fetch = NULL;
	status.code = answer(&batch);
close:
	detached_task_forget(fetch);
	close_batch(&batch);
	server_text_free(batch.text);
	return status;
}
