#include "cli/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "cmtop/check.h"
#include "cmtop/logstore.h"
#include "cmtop/redact.h"
#include "cmtop/report.h"
#include "cmtop/sim.h"
#include "cmtop/ui.h"
#include "store/history_keeper.h"
#include "ingest/merge.h"
#include "cli/metrics_file.h"
#include "os/open_file.h"
#include "os/os.h"
#include "cli/stdout_sink.h"
#include "follow/log_reader.h"
#include "os/message.h"
#include "follow/package_lookup.h"
#include "cli/unknown.h"
#include "os/clock.h"

#define DEMO_STEP (10 * WHEN_SECOND) /* between two looks whether to go on */

struct batch {
	const struct options *options;
	struct model *model;       /* NULL: only the unknown messages count */
	struct unknown *unknown;   /* likewise */
	struct redact *redact;     /* NULL: names stay */
	struct sizing *sizing;     /* NULL: no path of the server is found here */
	struct logstore *logstore; /* of a drawing, which may show lines */
	struct reader *reader[PATHS_MOST];
	size_t count;              /* of readers */
	struct log_status *status; /* of each */
	int64_t now;               /* of the demo; WHEN_NONE: ask the model */
	enum verdict verdict;      /* of --check */
};

static void
take(struct batch *batch, const struct event *heard)
{
	const struct event *event = redact_event(batch->redact, heard);

	if (batch->unknown)
		unknown_count(batch->unknown, event);
	else
		model_apply(batch->model, event);
	if (batch->logstore)
		logstore_keep(batch->logstore, batch->model, event);
	sizing_hear(batch->sizing, batch->model, heard);
}

static bool
wants_look(void *payload, struct span path)
{
	const struct batch *batch = payload;

	return model_wants_look(batch->model, path);
}

static void
take_look(void *payload, const struct event *event)
{
	struct batch *batch = payload;

	model_apply(batch->model, event);
}

/* One log needs no merging, and nine tenths of all reading is that of one. */
static void
read_one(struct batch *batch)
{
	struct event event;

	while (reader_next(batch->reader[0], &event))
		take(batch, &event);
}

static void
read_merged(struct batch *batch, struct stream *streams)
{
	struct stream *pointers[PATHS_MOST], *first;
	int64_t until;

	for (size_t i = 0; i < batch->count; i++) {
		stream_open(&streams[i], reader_next, batch->reader[i]);
		stream_ready(&streams[i]);
		pointers[i] = &streams[i];
	}
	while ((first = merge_first(pointers, batch->count, &until)))
		do {
			take(batch, &first->event);
			first->ready = false;
		} while (stream_ready(first) && first->reached <= until);
}

/* False: out of memory. */
static bool
read_all(struct batch *batch)
{
	struct stream *streams;

	if (batch->count == 1) {
		read_one(batch);
		return true;
	}
	streams = calloc(batch->count, sizeof(*streams));
	if (!streams)
		return false;
	read_merged(batch, streams);
	free(streams);
	return true;
}

/* ---- a simulated site, read along as it writes: its logs roll away too soon ---- */

static void
hear_demo(void *payload, enum sim_log log, const char *bytes, size_t size)
{
	struct batch *batch = payload;
	struct event event;

	reader_feed(batch->reader[log], bytes, size);
	while (reader_next(batch->reader[log], &event))
		take(batch, &event);
}

/* The signal that ended it, or 0. */
static int
read_demo(struct batch *batch, struct demo *demo)
{
	int64_t until = demo_now(demo) + DEMO_TIME;

	demo_listen(demo, hear_demo, batch);
	while (demo_now(demo) < until && !os_ended())
		demo_run(demo, demo_now(demo) + DEMO_STEP < until ? demo_now(demo) + DEMO_STEP : until);
	batch->now = demo_now(demo);
	return os_ended();
}

/* ---- answers ---- */

static struct scene
scene_of(struct batch *batch)
{
	struct scene scene = {
		.model = batch->model, .logs = batch->status, .log_count = batch->count, .logstore = batch->logstore
	};

	for (size_t i = 0; i < batch->count; i++) {
		struct log_status *status = &batch->status[i];

		reader_status(batch->reader[i], status);
		/* The folder of a simulated site has another name each time, and is gone when this is read. */
		if (batch->now != WHEN_NONE || batch->redact)
			paths_drop_folder(status->path);
	}
	scene.now = batch->options->now != WHEN_NONE ? batch->options->now
	            : batch->now != WHEN_NONE        ? batch->now
	                                             : model_newest(batch->model);
	return scene;
}

static bool
print_snapshot(struct batch *batch, const struct sink *sink)
{
	struct scene scene = scene_of(batch);
	struct query_error error;
	struct query *query = NULL;
	bool good = true;

	if (batch->options->filter) {
		query = query_new(span_of(batch->options->filter), &error);
		if (!query)
			return false;
	}
	scene.query = query;
	switch (batch->options->format) {
	case FORMAT_JSON: good = report_json(&scene, sink); break;
	case FORMAT_CSV: good = report_csv(&scene, batch->options->table, sink); break;
	default: report_text(&scene, sink); break;
	}
	query_free(query);
	return good;
}

static void
type_keys(struct ui *ui, const struct scene *scene, struct grid *grid, const char *keys)
{
	struct span text = span_of(keys);
	int key;

	ui_draw(ui, scene, grid);
	while (keys_take(&text, &key) && ui_key(ui, scene, key) != UI_QUIT)
		ui_draw(ui, scene, grid); /* the next key may depend on what is seen */
}

static bool
print_drawing(struct batch *batch, const struct sink *sink)
{
	const struct options *options = batch->options;
	const struct ui_options look = {
		.ascii = options->ascii || !os_is_utf8(),
		.sort_key = options->sort_key,
		.sort_invert = options->sort_invert,
		.mouse = options->mouse,
		.about = "cmtop " PROGRAM_VERSION,
	};
	struct scene scene = scene_of(batch);
	struct grid grid = { 0 };
	struct query_error error;
	struct ui *ui = ui_new(&look);
	bool good = ui && grid_resize(&grid, options->width, options->height);

	if (good && options->filter)
		good = ui_filter(ui, span_of(options->filter), &error);
	if (good) {
		type_keys(ui, &scene, &grid, options->keys);
		grid_text(&grid, sink);
	}
	grid_free(&grid);
	ui_free(ui);
	return good;
}

/* The time of day on the site server, in the model's own time. */
static int64_t
clock_of(const struct batch *batch)
{
	int64_t rules = clock_now();

	if (batch->options->now != WHEN_NONE || batch->now != WHEN_NONE)
		return batch->options->now != WHEN_NONE ? batch->options->now : batch->now;
	return model_zoned(batch->model) ? rules : rules + os_utc_offset(rules) * WHEN_MINUTE;
}

static bool
print_check(struct batch *batch, const struct sink *sink)
{
	struct scene scene = scene_of(batch);
	struct check_error error;
	struct check *check = check_new(span_of(batch->options->check), &error);

	if (!check)
		return false; /* out of memory: it was read before */
	batch->verdict = check_report(check, &scene, clock_of(batch), sink);
	check_free(check);
	return true;
}

int
batch_unread(const char *what)
{
	char why[1024];
	struct out out;

	snprintf(why, sizeof(why), "%s%s%s", what, *what && *message_first() ? ": " : "", message_first());
	out_open(&out);
	check_report_unread(why, &out.sink);
	out_end(&out);
	return VERDICT_UNKNOWN;
}

static int
keep_metrics(struct batch *batch)
{
	struct scene scene = scene_of(batch);

	return metrics_write(batch->options, &scene);
}

static int
print_answer(struct batch *batch)
{
	struct out out;
	bool good = true;
	int code;

	out_open(&out);
	switch (batch->options->mode) {
	case MODE_DRAW: good = print_drawing(batch, &out.sink); break;
	case MODE_UNKNOWN: unknown_print(batch->unknown, &out.sink); break;
	case MODE_CHECK: good = print_check(batch, &out.sink); break;
	default: good = print_snapshot(batch, &out.sink); break;
	}
	if (!good) {
		message_error(NULL, "out of memory");
		return batch->options->mode == MODE_CHECK ? batch_unread("") : 1;
	}
	code = out_end(&out);
	if (batch->options->mode == MODE_CHECK) /* what monitoring did not get is unknown to it */
		return code ? VERDICT_UNKNOWN : (int)batch->verdict;
	return code;
}

/* ---- from beginning to end ---- */

/* Each log that is there, or should be, and was not read whole is told. */
struct trouble {
	bool all; /* nothing could be read */
	bool any;
};

static struct trouble
tell_trouble(struct batch *batch, const struct paths *paths)
{
	struct trouble trouble = { .all = true };

	for (size_t i = 0; i < batch->count; i++) {
		const char *name;
		int error = reader_error(batch->reader[i], &name);

		reader_status(batch->reader[i], &batch->status[i]);
		if (!error || batch->status[i].bytes)
			trouble.all = false;
		if (!error || (error == UV_ENOENT && !paths->log[i].given))
			continue;
		message_error(name, "%s", opening_error_text(error));
		trouble.any = true;
	}
	if (trouble.all && !trouble.any)
		message_error(paths->folder, "the logs in this folder have disappeared");
	return trouble;
}

static bool
open_batch(struct batch *batch, const struct paths *paths)
{
	const struct sizing_events looks = { wants_look, take_look, sizing_say, batch };

	batch->status = calloc(paths->count + 1, sizeof(*batch->status));
	if (!batch->status)
		return false;
	if (batch->options->redact)
		batch->redact = redact_new();
	if (batch->options->mode == MODE_UNKNOWN)
		batch->unknown = unknown_new();
	else
		batch->model = model_new(NULL);
	if (batch->options->mode == MODE_DRAW)
		batch->logstore = logstore_new(0, 0);
	if (batch->model && sizing_open(&batch->sizing, NULL, &batch->options->mappings, &looks) < 0)
		return false;
	for (; batch->count < paths->count; batch->count++) {
		batch->reader[batch->count] = reader_new(&paths->log[batch->count], (uint8_t)batch->count);
		if (!batch->reader[batch->count])
			return false;
		reader_open(batch->reader[batch->count]);
	}
	return (batch->unknown || batch->model) && (batch->redact || !batch->options->redact);
}

static void
close_batch(struct batch *batch)
{
	sizing_close(batch->sizing);
	while (batch->count)
		reader_free(batch->reader[--batch->count]);
	free(batch->status);
	unknown_free(batch->unknown);
	redact_free(batch->redact);
	logstore_free(batch->logstore);
	model_free(batch->model);
}

/* What was read is answered for, the exit code says if that was not all. */
static int
answer(struct batch *batch, const struct paths *paths)
{
	struct trouble trouble = tell_trouble(batch, paths);
	int code;

	if (batch->options->mode == MODE_CHECK) /* whose exit code is its verdict */
		return trouble.all ? batch_unread("no log could be read") : print_answer(batch);
	if (trouble.all)
		return 1;
	code = batch->options->metrics ? keep_metrics(batch) : print_answer(batch);
	return trouble.any ? 1 : code;
}

static int
no_memory(const struct options *options)
{
	message_error(NULL, "out of memory");
	return options->mode == MODE_CHECK ? batch_unread("") : 1;
}

struct exit_status
batch_run(const struct options *options, const struct paths *paths, struct demo *demo)
{
	struct batch batch = { .options = options, .now = WHEN_NONE };
	struct exit_status status = { .code = 0 };
	struct detached_task *fetch = history_fetch(options, paths);

	if (!open_batch(&batch, paths) || !read_all(&batch)) {
		status.code = no_memory(options);
		goto close;
	}
	if (demo)
		status.signum = read_demo(&batch, demo);
	if (status.signum)
		goto close;
	sizing_settle(batch.sizing);
	history_take(fetch, batch.model);
	fetch = NULL;
	status.code = answer(&batch, paths);
close:
	detached_task_forget(fetch);
	close_batch(&batch);
	return status;
}
