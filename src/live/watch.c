#include "watch.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/redact.h"
#include "cmtop/source.h"
#include "demo_loop.h"
#include "follow.h"
#include "heard.h"
#include "input.h"
#include "merge.h"
#include "os.h"
#include "reader.h"
#include "wall.h"

/* A file's bytes and how far they have come. */
struct strand {
	struct source *source;
	uint64_t       expected;  /* offset of the next byte */
};

struct watched {
	struct watch  *watch;
	const struct log_path *path;
	struct follow *follow;   /* NULL: standard input */
	struct input  *input;
	uint64_t gaps;           /* of the follow, when it was last asked */
	bool ended;              /* of standard input */
	int  error;              /* likewise: negative libuv error */

	struct strand strand[2]; /* the log, and its previous generation while somebody still writes there */
	unsigned lent;           /* which strand has bytes that follow_more() waits for */
	bool     lends;          /* … if any has */
	struct stream stream;    /* of the strand that has bytes */
	struct heard heard;
};

struct watch {
	uv_loop_t    *loop;
	struct model *model;
	struct watched log[PATHS_MOST];
	struct stream *streams[PATHS_MOST];
	struct log_status status[PATHS_MOST];
	size_t        count;
	bool          caught_up;
	struct redact *redact;   /* NULL: names stay */
	bool          pumping;   /* follow_more() may call back at once */
	struct watch_options options;
	struct watch_events  events;
	struct demo_loop *demo;
};

/* ---- events into the model ---- */

static void
apply(struct watch *watch, const struct event *heard)
{
	const struct event *event = redact_event(watch->redact, heard);

	model_apply(watch->model, event);
	if (watch->options.proof)
		proof_keep(watch->options.proof, watch->model, event);
	if (watch->events.applied)
		watch->events.applied(watch->events.payload);
}

/* The rest of a file that is over, or was lost. */
static void
end_strand(struct watched *log, struct strand *strand)
{
	struct event event;

	source_end(strand->source);
	while (source_next(strand->source, &event))
		apply(log->watch, &event);
}

static void
apply_gap(struct watched *log, uint64_t missed)
{
	const struct source_counts *counts = source_counts(log->strand[0].source);
	struct event gap = {
		.at = counts->newest, .zoned = counts->zoned, .bias = counts->bias,
		.kind = EVENT_LOG_GAP, .level = LEVEL_WARNING,
		.log = (uint8_t)(log - log->watch->log),
		.numbers = missed ? 1u << NUMBER_BYTES : 0,
	};

	gap.number[NUMBER_BYTES] = missed;
	for (size_t i = 0; i < log->heard.count; i++) {
		gap.component = span_of(log->heard.name[i]);
		apply(log->watch, &gap);
	}
}

/* ---- several logs as one ---- */

static bool
next_event(void *payload, struct event *event)
{
	struct watched *log = payload;

	if (!log->lends || !source_next(log->strand[log->lent].source, event))
		return false;
	heard_note(&log->heard, event->component);
	return true;
}

/* Whether the log is still at what was there when we came, and gets on with it. */
static bool
is_behind(const struct watched *log)
{
	struct log_status status;

	if (!log->follow || follow_caught_up(log->follow))
		return false;
	follow_status(log->follow, &status);
	return status.state != LOG_STALLED && status.state != LOG_DENIED && status.state != LOG_ERROR;
}

/* All bytes that are lent have been read: the next may come. */
static void
give_back(struct watched *log)
{
	log->lends = false;
	if (log->follow)
		follow_more(log->follow);
	else
		input_more(log->input);
}

static bool
must_wait(struct watch *watch)
{
	bool wait = false;

	for (size_t i = 0; i < watch->count; i++) {
		struct watched *log = &watch->log[i];

		/* Giving back may bring the next bytes at once. */
		while (log->lends && !stream_ready(&log->stream))
			give_back(log);
		wait |= !log->lends && is_behind(log);
	}
	return wait;
}

static bool
is_caught_up(const struct watch *watch)
{
	for (size_t i = 0; i < watch->count; i++)
		if (watch->log[i].lends || is_behind(&watch->log[i]))
			return false;
	return true;
}

/* Applies whatever may be applied now. */
static void
pump(struct watch *watch)
{
	struct stream *first;
	int64_t until;

	if (watch->pumping)
		return;
	watch->pumping = true;
	while (!must_wait(watch) && (first = merge_first(watch->streams, watch->count, &until)))
		do {
			apply(watch, &first->event);
			first->ready = false;
		} while (stream_ready(first) && first->reached <= until);
	watch->pumping = false;

	watch->caught_up = watch->caught_up || is_caught_up(watch);
	watch->events.changed(watch->events.payload);
}

/* ---- what a log does ---- */

static void
take_bytes(struct watched *log, unsigned strand, const char *bytes, size_t size)
{
	log->strand[strand].expected += size;
	log->lent = strand;
	log->lends = true;
	source_feed(log->strand[strand].source, bytes, size);
	pump(log->watch);
}

static void
log_bytes(void *payload, unsigned number, uint64_t offset, const char *bytes, size_t size)
{
	struct watched *log = payload;
	struct strand *strand = &log->strand[number];

	if (offset != strand->expected) {
		source_restart(strand->source, offset, offset > 0);
		strand->expected = offset;
	}
	take_bytes(log, number, bytes, size);
}

/* The end of the generation before was not seen: bytes were lost, or may have been. */
static bool
has_new_gap(struct watched *log)
{
	struct log_status status;
	uint64_t before = log->gaps;

	follow_status(log->follow, &status);
	log->gaps = status.gaps;
	return log->gaps != before;
}

/*
 * The log begins anew. What has been begun in the old file may still be ended
 * there, by a writer who has not noticed: so its source goes on as the second
 * strand, and the source of the file before it is free for the new one.
 */
static void
log_rolled(void *payload, uint64_t missed)
{
	struct watched *log = payload;
	struct watch *watch = log->watch;
	struct strand old = log->strand[0];
	bool gap = has_new_gap(log) || missed;

	end_strand(log, &log->strand[1]);
	if (!watch->caught_up || gap)
		end_strand(log, &old);
	log->strand[0] = log->strand[1];
	log->strand[1] = old;
	log->strand[0].expected = 0;
	source_restart(log->strand[0].source, 0, false);
	if (gap)
		apply_gap(log, missed);
	watch->events.rolled(watch->events.payload, (size_t)(log - watch->log), gap, missed);
	watch->events.changed(watch->events.payload);
}

static void
log_changed(void *payload)
{
	struct watched *log = payload;

	pump(log->watch);
}

static void
input_bytes(void *payload, const char *bytes, size_t size)
{
	take_bytes(payload, 0, bytes, size);
}

static void
input_ended(void *payload, int error)
{
	struct watched *log = payload;

	end_strand(log, &log->strand[0]);
	log->ended = true;
	log->error = error;
	pump(log->watch);
}

/* ---- the door ---- */

static int
open_log(struct watch *watch, const struct log_path *path)
{
	struct watched *log = &watch->log[watch->count];
	const struct follow_options options = { .poll = watch->options.poll, .previous = !path->given };
	const struct follow_events followed = { log_bytes, log_rolled, log_changed, log };
	const struct input_events read = { input_bytes, input_ended, log };

	log->watch = watch;
	log->path = path;
	for (int i = 0; i < 2; i++)
		log->strand[i].source = source_new((uint8_t)watch->count);
	stream_open(&log->stream, next_event, log);
	watch->streams[watch->count++] = &log->stream;
	if (!log->strand[0].source || !log->strand[1].source)
		return UV_ENOMEM;
	if (paths_is_input(path))
		return input_open(&log->input, watch->loop, &read);
	return follow_open(&log->follow, watch->loop, path->path, &options, &followed);
}

int
watch_open(struct watch **out, uv_loop_t *loop, const struct paths *paths,
           const struct watch_options *options, const struct watch_events *events)
{
	struct watch *watch = calloc(1, sizeof(*watch));
	int result = 0;

	*out = watch;
	if (!watch)
		return UV_ENOMEM;
	watch->loop = loop;
	watch->options = *options;
	watch->events = *events;
	watch->model = model_new(NULL);
	if (options->redact)
		watch->redact = redact_new();
	if (!watch->model || (options->redact && !watch->redact))
		result = UV_ENOMEM;
	if (!result && options->demo)
		result = demo_loop_open(&watch->demo, loop, options->demo);

	watch->pumping = true;  /* nothing is merged before every log is there */
	for (size_t i = 0; i < paths->count && !result; i++)
		result = open_log(watch, &paths->log[i]);
	watch->pumping = false;
	if (result) {
		watch_close(watch);
		*out = NULL;
	} else {
		pump(watch);
	}
	return result;
}

void
watch_close(struct watch *watch)
{
	if (!watch)
		return;
	for (size_t i = 0; i < watch->count; i++) {
		struct watched *log = &watch->log[i];

		if (log->follow)
			follow_close(log->follow);
		input_close(log->input);
		source_free(log->strand[0].source);
		source_free(log->strand[1].source);
	}
	demo_loop_close(watch->demo);
	model_free(watch->model);
	redact_free(watch->redact);
	free(watch);
}

const struct model *
watch_model(const struct watch *watch)
{
	return watch->model;
}

void
watch_restore(struct watch *watch, const struct point *points, size_t count)
{
	model_restore(watch->model, points, count);
	watch->events.changed(watch->events.payload);
}

bool
watch_caught_up(const struct watch *watch)
{
	return watch->caught_up;
}

bool
watch_ended(const struct watch *watch)
{
	for (size_t i = 0; i < watch->count; i++)
		if (!watch->log[i].ended)
			return false;
	return true;
}

int64_t
watch_now(const struct watch *watch)
{
	int64_t wall = wall_clock();

	if (watch->options.demo)
		return demo_clock(watch->options.demo, wall);
	/* Times without a bias are the server's local ones; the best guess is that we stand beside it. */
	if (model_newest(watch->model) != WHEN_NONE && !model_zoned(watch->model))
		return wall + os_utc_offset(wall) * WHEN_MINUTE;
	return wall;
}

static void
fill_status(struct watched *log, struct log_status *out)
{
	if (log->follow) {
		follow_status(log->follow, out);
	} else {
		*out = (struct log_status){ .silent = -1, .progress = 100 };
		out->state = log->error ? LOG_ERROR : log->ended ? LOG_READ : LOG_LIVE;
		out->bytes = source_counts(log->strand[0].source)->bytes;
		span_copy(SPAN("-"), out->path, sizeof(out->path));
		if (log->error)
			span_copy(span_of(uv_strerror(log->error)), out->error, sizeof(out->error));
	}
	out->records = out->unknown = out->damaged = 0;
	out->newest = WHEN_NONE;
	out->zoned = false;
	for (int i = 0; i < 2; i++)
		status_of_source(out, source_counts(log->strand[i].source));
	status_of_path(out, log->path, log->strand[source_log_name(log->strand[0].source) ? 0 : 1].source);
}

const struct log_status *
watch_logs(struct watch *watch, size_t *count)
{
	for (size_t i = 0; i < watch->count; i++)
		fill_status(&watch->log[i], &watch->status[i]);
	for (size_t i = 0; watch->redact && i < watch->count; i++)
		paths_drop_folder(watch->status[i].path);
	*count = watch->count;
	return watch->status;
}
