#include "cmtop/ingest.h"

#include <stdlib.h>

#include "cmtop/redact.h"
#include "ingest/components_seen.h"
#include "ingest/merge.h"

/* A file's bytes and how far they have come. */
struct generation {
	struct parser *parser;
	uint64_t expected; /* offset of the next byte */
};

struct ingest_log {
	struct ingest *ingest;
	struct generation generation[2];
	unsigned lent; /* which of them has something to parse */
	bool lends;    /* … if any has */
	struct stream stream;
	struct components_seen seen;
};

struct ingest {
	struct ingest_events events;
	struct model *model;       /* NULL: events are told and forgotten */
	struct logstore *logstore; /* NULL: lines are not kept */
	struct redact *redact;     /* NULL: names stay */
	struct ingest_log *log;
	struct stream **streams; /* of the logs */
	size_t count;
	bool pumping; /* `more` may bring bytes at once */
	bool held, caught_up;
};

/* ---- events into the model ---- */

static void
apply(struct ingest *ingest, const struct event *logged)
{
	const struct event *event = ingest->redact ? redact_event(ingest->redact, logged) : logged;

	if (ingest->events.before)
		ingest->events.before(ingest->events.payload, event, logged);
	if (ingest->model)
		model_apply(ingest->model, event);
	if (ingest->logstore)
		logstore_keep(ingest->logstore, ingest->model, event);
	if (ingest->events.applied)
		ingest->events.applied(ingest->events.payload, event, logged);
}

/* The rest of a file that is over, or was lost. */
static void
finish(struct ingest *ingest, struct parser *parser)
{
	struct event event;

	parser_end(parser);
	while (parser_next(parser, &event))
		apply(ingest, &event);
}

/* What is lost concerns every component that writes to the log. */
static void
apply_gap(struct ingest *ingest, size_t number, uint64_t missed)
{
	const struct ingest_log *log = &ingest->log[number];
	const struct parser_counts *counts = parser_counts(log->generation[0].parser);
	struct event gap = {
		.at = counts->newest,
		.zoned = counts->zoned,
		.bias = counts->bias,
		.kind = EVENT_LOG_GAP,
		.level = LEVEL_WARNING,
		.log = (uint8_t)number,
		.numbers = missed ? 1u << NUMBER_BYTES : 0,
	};

	gap.number[NUMBER_BYTES] = missed;
	for (size_t i = 0; i < log->seen.count; i++) {
		gap.component = span_of(log->seen.name[i]);
		apply(ingest, &gap);
	}
}

/* ---- what is given of a log ---- */

void
ingest_changed(struct ingest *ingest, size_t log, unsigned generation, int64_t at)
{
	parser_changed(ingest->log[log].generation[generation].parser, at);
}

bool
ingest_survey(struct ingest *ingest, size_t log, const char *bytes, size_t size)
{
	return parser_survey(ingest->log[log].generation[0].parser, bytes, size);
}

void
ingest_bytes(struct ingest *ingest, size_t number, unsigned generation, uint64_t offset, const char *bytes, size_t size)
{
	struct ingest_log *log = &ingest->log[number];
	struct generation *file = &log->generation[generation];

	if (offset != file->expected)
		parser_restart(file->parser, offset, offset > 0);
	file->expected = offset + size;
	log->lent = generation;
	log->lends = true;
	parser_feed(file->parser, bytes, size);
}

void
ingest_append(struct ingest *ingest, size_t log, const char *bytes, size_t size)
{
	ingest_bytes(ingest, log, 0, ingest->log[log].generation[0].expected, bytes, size);
}

void
ingest_end(struct ingest *ingest, size_t number)
{
	struct ingest_log *log = &ingest->log[number];

	parser_end(log->generation[0].parser);
	log->generation[0].expected = 0;
	log->lent = 0;
	log->lends = true;
}

/*
 * What has been begun in the old file may still be ended there, by a writer who has
 * not noticed: so its parser goes on as that of generation 1, and the parser of the
 * file before it is free for the new one.
 */
void
ingest_rolled(struct ingest *ingest, size_t number, bool gap, uint64_t missed)
{
	struct ingest_log *log = &ingest->log[number];
	struct generation old = log->generation[0];

	finish(ingest, log->generation[1].parser);
	if (!ingest->caught_up || gap)
		finish(ingest, old.parser);
	log->generation[0] = log->generation[1];
	log->generation[1] = old;
	log->generation[0].expected = 0;
	parser_restart(log->generation[0].parser, 0, false);
	if (gap)
		apply_gap(ingest, number, missed);
}

/* ---- several logs as one ---- */

/* Parses what is given; when that is used up, asks for more, which may bring the next bytes at once. */
static bool
next_event(void *payload, struct event *event)
{
	struct ingest_log *log = payload;
	struct ingest *ingest = log->ingest;

	while (log->lends) {
		if (parser_next(log->generation[log->lent].parser, event)) {
			components_seen_add(&log->seen, event->component);
			return true;
		}
		log->lends = false;
		ingest->events.more(ingest->events.payload, (size_t)(log - ingest->log));
	}
	return false;
}

static bool
is_behind(const struct ingest *ingest, size_t log)
{
	const struct ingest_events *events = &ingest->events;

	return events->behind && events->behind(events->payload, log);
}

/* The next event of each log, as far as there is one. Answers whether some log must be waited for. */
static bool
must_wait(struct ingest *ingest)
{
	bool wait = false;

	for (size_t i = 0; i < ingest->count; i++)
		wait |= !stream_ready(&ingest->log[i].stream) && is_behind(ingest, i);
	return wait;
}

bool
ingest_at_end(const struct ingest *ingest)
{
	for (size_t i = 0; i < ingest->count; i++)
		if (ingest->log[i].lends || is_behind(ingest, i))
			return false;
	return true;
}

bool
ingest_pump(struct ingest *ingest)
{
	struct stream *first;
	int64_t until;

	if (ingest->pumping || ingest->held)
		return false;
	ingest->pumping = true;
	while (!must_wait(ingest) && (first = merge_first(ingest->streams, ingest->count, &until)))
		do {
			apply(ingest, &first->event);
			first->ready = false;
		} while (stream_ready(first) && first->reached <= until);
	ingest->pumping = false;
	ingest->caught_up = ingest->caught_up || ingest_at_end(ingest);
	return true;
}

void
ingest_hold(struct ingest *ingest, bool hold)
{
	ingest->held = hold;
}

/* ---- from beginning to end ---- */

static bool
open_logs(struct ingest *ingest)
{
	bool good = ingest->log && ingest->streams;

	for (size_t i = 0; good && i < ingest->count; i++) {
		struct ingest_log *log = &ingest->log[i];

		for (int k = 0; k < 2; k++) {
			log->generation[k].parser = parser_new((uint8_t)i);
			good &= log->generation[k].parser != NULL;
		}
		log->ingest = ingest;
		stream_open(&log->stream, next_event, log);
		ingest->streams[i] = &log->stream;
	}
	return good;
}

struct ingest *
ingest_new(const struct ingest_options *options, const struct ingest_events *events)
{
	struct ingest *ingest = calloc(1, sizeof(*ingest));

	if (!ingest)
		return NULL;
	ingest->events = *events;
	ingest->count = options->logs;
	ingest->log = calloc(ingest->count + 1, sizeof(*ingest->log));
	ingest->streams = calloc(ingest->count + 1, sizeof(*ingest->streams));
	if (options->model)
		ingest->model = model_new(NULL);
	if (options->redact)
		ingest->redact = redact_new();
	if (options->logstore)
		ingest->logstore = logstore_new(0, 0);
	if (open_logs(ingest) && !ingest->model == !options->model && !ingest->redact == !options->redact
	    && !ingest->logstore == !options->logstore)
		return ingest;
	ingest_free(ingest);
	return NULL;
}

void
ingest_free(struct ingest *ingest)
{
	if (!ingest)
		return;
	for (size_t i = 0; ingest->log && i < ingest->count; i++)
		for (int k = 0; k < 2; k++)
			parser_free(ingest->log[i].generation[k].parser);
	free(ingest->log);
	free(ingest->streams);
	logstore_free(ingest->logstore);
	redact_free(ingest->redact);
	model_free(ingest->model);
	free(ingest);
}

/* ---- what is known ---- */

void
ingest_restore(struct ingest *ingest, const struct sample *samples, size_t count)
{
	model_restore(ingest->model, samples, count);
}

void
ingest_look(struct ingest *ingest, const struct event *event)
{
	model_apply(ingest->model, event);
}

bool
ingest_caught_up(const struct ingest *ingest)
{
	return ingest->caught_up;
}

const struct model *
ingest_model(const struct ingest *ingest)
{
	return ingest->model;
}

const struct logstore *
ingest_logstore(const struct ingest *ingest)
{
	return ingest->logstore;
}

struct parser_counts
ingest_counts(const struct ingest *ingest, size_t log)
{
	const struct generation *generation = ingest->log[log].generation;
	struct parser_counts counts = *parser_counts(generation[0].parser);
	const struct parser_counts *before = parser_counts(generation[1].parser);

	counts.bytes += before->bytes;
	counts.records += before->records;
	counts.unknown += before->unknown;
	counts.damaged += before->damaged;
	counts.files += before->files;
	if (before->newest > counts.newest) { /* WHEN_NONE is the smallest */
		counts.newest = before->newest;
		counts.zoned = before->zoned;
		counts.bias = before->bias;
	}
	return counts;
}

const char *
ingest_log_name(const struct ingest *ingest, size_t log)
{
	const struct generation *generation = ingest->log[log].generation;
	const char *name = parser_log_name(generation[0].parser);

	return name ? name : parser_log_name(generation[1].parser);
}
