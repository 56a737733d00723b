#include "follow/reading_state.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/redact.h"

/* ---- events into the model ---- */

static void
apply(struct reading *reading, const struct event *heard)
{
	const struct event *event = redact_event(reading->redact, heard);

	model_apply(reading->model, event);
	if (reading->logstore)
		logstore_keep(reading->logstore, reading->model, event);
	sizing_hear(reading->options.sizing, reading->model, heard);
	if (reading->events.applied)
		reading->events.applied(reading->events.payload);
}

/* The rest of a file that is over, or was lost. */
static void
end_file_stream(struct watched *log, struct file_stream *file_stream)
{
	struct event event;

	parser_end(file_stream->source);
	while (parser_next(file_stream->source, &event))
		apply(log->reading, &event);
}

static void
apply_gap(struct watched *log, uint64_t missed)
{
	const struct parser_counts *counts = parser_counts(log->file_stream[0].source);
	struct event gap = {
		.at = counts->newest,
		.zoned = counts->zoned,
		.bias = counts->bias,
		.kind = EVENT_LOG_GAP,
		.level = LEVEL_WARNING,
		.log = (uint8_t)(log - log->reading->log),
		.numbers = missed ? 1u << NUMBER_BYTES : 0,
	};

	gap.number[NUMBER_BYTES] = missed;
	for (size_t i = 0; i < log->heard.count; i++) {
		gap.component = span_of(log->heard.name[i]);
		apply(log->reading, &gap);
	}
}

/* ---- several logs as one ---- */

static bool
next_event(void *payload, struct event *event)
{
	struct watched *log = payload;

	if (!log->lends || !parser_next(log->file_stream[log->lent].source, event))
		return false;
	components_seen_add(&log->heard, event->component);
	return true;
}

/* Whether the log is still at what was there when we came, and gets on with it. */
static bool
is_behind(const struct watched *log)
{
	struct log_status status;

	if (!log->follow || (follow_caught_up(log->follow) && !log->reading->patient))
		return false;
	follow_status(log->follow, &status);
	if (status.state == LOG_STALLED)
		return log->reading->patient && status.left > 0;
	return !follow_caught_up(log->follow) && status.state != LOG_DENIED && status.state != LOG_ERROR;
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
must_wait(struct reading *reading)
{
	bool wait = false;

	for (size_t i = 0; i < reading->count; i++) {
		struct watched *log = &reading->log[i];

		/* Giving back may bring the next bytes at once. */
		while (log->lends && !stream_ready(&log->stream))
			give_back(log);
		wait |= !log->lends && is_behind(log);
	}
	return wait;
}

bool
reading_at_end(const struct reading *reading)
{
	for (size_t i = 0; i < reading->count; i++)
		if (reading->log[i].lends || is_behind(&reading->log[i]))
			return false;
	return true;
}

/* Applies whatever may be applied now. */
static void
pump(struct reading *reading)
{
	struct stream *first;
	int64_t until;

	if (reading->pumping || reading->held)
		return;
	reading->pumping = true;
	while (!must_wait(reading) && (first = merge_first(reading->streams, reading->count, &until)))
		do {
			apply(reading, &first->event);
			first->ready = false;
		} while (stream_ready(first) && first->reached <= until);
	reading->pumping = false;

	reading->caught_up = reading->caught_up || reading_at_end(reading);
	reading->events.changed(reading->events.payload);
}

/* ---- what a log does ---- */

static void
take_bytes(struct watched *log, unsigned file_stream, const char *bytes, size_t size)
{
	log->file_stream[file_stream].expected += size;
	log->lent = file_stream;
	log->lends = true;
	parser_feed(log->file_stream[file_stream].source, bytes, size);
	pump(log->reading);
}

static void
log_bytes(void *payload, unsigned number, uint64_t offset, const char *bytes, size_t size)
{
	struct watched *log = payload;
	struct file_stream *file_stream = &log->file_stream[number];

	if (offset != file_stream->expected) {
		parser_restart(file_stream->source, offset, offset > 0);
		file_stream->expected = offset;
	}
	take_bytes(log, number, bytes, size);
}

/*
 * The log begins anew. What has been begun in the old file may still be ended
 * there, by a writer who has not noticed: so its source goes on as the second
 * file_stream, and the source of the file before it is free for the new one.
 */
static void
log_rolled(void *payload, bool gap, uint64_t missed)
{
	struct watched *log = payload;
	struct reading *reading = log->reading;
	struct file_stream old = log->file_stream[0];

	end_file_stream(log, &log->file_stream[1]);
	if (!reading->caught_up || gap)
		end_file_stream(log, &old);
	log->file_stream[0] = log->file_stream[1];
	log->file_stream[1] = old;
	log->file_stream[0].expected = 0;
	parser_restart(log->file_stream[0].source, 0, false);
	if (gap)
		apply_gap(log, missed);
	reading->events.rolled(reading->events.payload, (size_t)(log - reading->log), gap, missed);
	reading->events.changed(reading->events.payload);
}

static void
log_changed(void *payload)
{
	struct watched *log = payload;

	pump(log->reading);
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

	end_file_stream(log, &log->file_stream[0]);
	log->ended = true;
	log->error = error;
	pump(log->reading);
}

/* ---- the door ---- */

static int
open_log(struct reading *reading, const struct log_path *path)
{
	struct watched *log = &reading->log[reading->count];
	const struct reading *beside = reading->options.beside;
	const struct follow_options options = {
		.poll = reading->options.poll,
		.previous = !path->given,
		.context = reading->options.context,
		.beside = beside ? beside->log[reading->count].follow : NULL,
	};
	const struct follow_events followed = { log_bytes, log_rolled, log_changed, log };
	const struct input_events read = { input_bytes, input_ended, log };

	log->reading = reading;
	log->path = path;
	for (int i = 0; i < 2; i++)
		log->file_stream[i].source = parser_new((uint8_t)reading->count);
	stream_open(&log->stream, next_event, log);
	reading->streams[reading->count++] = &log->stream;
	if (!log->file_stream[0].source || !log->file_stream[1].source)
		return UV_ENOMEM;
	if (paths_is_input(path))
		return input_open(&log->input, reading->loop, &read);
	return follow_open(&log->follow, reading->loop, path->path, &options, &followed);
}

int
reading_open(struct reading **out, uv_loop_t *loop, const struct paths *paths, const struct reading_options *options,
             const struct reading_events *events)
{
	struct reading *reading = calloc(1, sizeof(*reading));
	int result = 0;

	*out = reading;
	if (!reading)
		return UV_ENOMEM;
	reading->loop = loop;
	reading->options = *options;
	reading->events = *events;
	reading->model = model_new(NULL);
	if (options->redact)
		reading->redact = redact_new();
	if (options->logstore)
		reading->logstore = logstore_new(0, 0);
	if (!reading->model || (options->redact && !reading->redact) || (options->logstore && !reading->logstore))
		result = UV_ENOMEM;

	reading->pumping = true; /* nothing is merged before every log is there */
	for (size_t i = 0; i < paths->count && !result; i++)
		result = open_log(reading, &paths->log[i]);
	reading->pumping = false;
	if (result) {
		reading_close(reading);
		*out = NULL;
	} else {
		pump(reading);
	}
	return result;
}

void
reading_close(struct reading *reading)
{
	if (!reading)
		return;
	for (size_t i = 0; i < reading->count; i++) {
		struct watched *log = &reading->log[i];

		if (log->follow)
			follow_close(log->follow);
		input_close(log->input);
		parser_free(log->file_stream[0].source);
		parser_free(log->file_stream[1].source);
	}
	logstore_free(reading->logstore);
	model_free(reading->model);
	redact_free(reading->redact);
	free(reading);
}

const struct model *
reading_model(const struct reading *reading)
{
	return reading->model;
}

const struct logstore *
reading_logstore(const struct reading *reading)
{
	return reading->logstore;
}

void
reading_hold(struct reading *reading, bool hold)
{
	reading->held = hold;
	pump(reading);
}

void
reading_restore(struct reading *reading, const struct sample *points, size_t count)
{
	model_restore(reading->model, points, count);
}

void
reading_look(struct reading *reading, const struct event *event)
{
	model_apply(reading->model, event);
}

void
reading_be_patient(struct reading *reading, bool patient)
{
	reading->patient = patient;
}

bool
reading_caught_up(const struct reading *reading)
{
	return reading->caught_up;
}

bool
reading_ended(const struct reading *reading)
{
	for (size_t i = 0; i < reading->count; i++)
		if (!reading->log[i].ended)
			return false;
	return true;
}
