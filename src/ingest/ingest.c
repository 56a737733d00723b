#include "cmtop/ingest.h"

#include <stdlib.h>

#include "cmtop/redact.h"
#include "ingest/ingest_state.h"

/* ---- events into the model ---- */

static void
apply(struct ingest *ingest, const struct event *logged)
{
	const struct event *event = ingest->redact ? redact_event(ingest->redact, logged) : logged;

	ingest->taken_back = 0;
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
finish(struct ingest_log *log, struct parser *parser)
{
	struct event event;

	while (log_events_queued(log, &event))
		apply(log->ingest, &event);
	parser_end(parser);
	while (parser_next(parser, &event)) {
		log_events_place(log, &event);
		apply(log->ingest, &event);
	}
}

/* What is lost concerns every component that writes to the log. */
static void
apply_gap(struct ingest *ingest, size_t number, uint64_t missed)
{
	const struct ingest_log *log = &ingest->log[number];
	struct event gap = {
		.at = log->clock.at,
		.shift = when_between(log->clock.newest.at, log->clock.at),
		.zoned = log->clock.newest.zoned,
		.bias = log->clock.newest.bias,
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
ingest_written(struct ingest *ingest, size_t log, unsigned generation, int64_t at)
{
	parser_changed(ingest->log[log].generation[generation].parser, at);
	ingest->log[log].changed = at;
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

/* A server of its own may be set differently: what is new here is new there, so its running time is that of the others. */
static void
level_servers(struct ingest *ingest)
{
	int64_t most = WHEN_NONE;

	for (size_t i = 0; i < ingest->count; i++)
		if (ingest->server[i].ahead > most)
			most = ingest->server[i].ahead;
	for (size_t i = 0; i < ingest->count; i++)
		if (ingest->server[i].ahead != WHEN_NONE && most - ingest->server[i].ahead > WHEN_MINUTE)
			server_clock_raise(&ingest->server[i], most - ingest->server[i].ahead);
}

void
ingest_live(struct ingest *ingest, size_t number, int64_t arrived)
{
	struct ingest_log *log = &ingest->log[number];

	log->goes_live = log->queue.count > 0;
	log->arrived = arrived;
	if (!log->goes_live)
		log_clock_go_live(&log->clock, arrived);
}

void
ingest_arriving(struct ingest *ingest, size_t log, int64_t monotonic)
{
	ingest->log[log].clock.arriving = monotonic;
	level_servers(ingest);
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

	finish(log, log->generation[1].parser);
	if (!ingest->caught_up || gap)
		finish(log, old.parser);
	log->generation[0] = log->generation[1];
	log->generation[1] = old;
	log->generation[0].expected = 0;
	parser_restart(log->generation[0].parser, 0, false);
	if (gap)
		apply_gap(ingest, number, missed);
}

/* ---- several logs as one ---- */

/* The next event of each log, as far as there is one. Answers whether some log must be waited for. */
static bool
must_wait(struct ingest *ingest)
{
	bool wait = false;

	for (size_t i = 0; i < ingest->count; i++)
		wait |= !stream_ready(&ingest->log[i].stream) && log_events_behind(ingest, i);
	return wait;
}

bool
ingest_at_end(const struct ingest *ingest)
{
	for (size_t i = 0; i < ingest->count; i++)
		if (ingest->log[i].lends || log_events_behind(ingest, i))
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
	while (!must_wait(ingest) && (first = merge_first(ingest->streams, ingest->count, &until))) {
		ingest->reordered = false;
		do {
			apply(ingest, &first->event);
			first->ready = false;
		} while (stream_ready(first) && first->reached <= until && !ingest->reordered);
	}
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
open_logs(struct ingest *ingest, const struct ingest_options *options)
{
	bool good = ingest->log && ingest->streams && ingest->server;

	for (size_t i = 0; good && i < ingest->count; i++) {
		struct ingest_log *log = &ingest->log[i];

		unsigned server = options->servers ? options->servers[i] : 0;
		struct server_text *text = server_text_of(options->text, server);

		good &= !text == !options->text;
		for (int k = 0; k < 2; k++) {
			log->generation[k].parser = parser_new((uint8_t)i);
			good &= log->generation[k].parser != NULL;
			if (log->generation[k].parser)
				parser_read_text(log->generation[k].parser, text);
		}
		log->ingest = ingest;
		log->changed = WHEN_NONE;
		server_clock_init(&ingest->server[i]);
		log_clock_init(&log->clock, &ingest->server[server]);
		stream_open(&log->stream, log_events_next, log);
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
	ingest->server = calloc(ingest->count + 1, sizeof(*ingest->server));
	ingest->streams = calloc(ingest->count + 1, sizeof(*ingest->streams));
	if (options->model)
		ingest->model = model_new(NULL);
	if (options->redact)
		ingest->redact = redact_new();
	if (options->logstore)
		ingest->logstore = logstore_new(0, 0);
	if (open_logs(ingest, options) && !ingest->model == !options->model && !ingest->redact == !options->redact
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
	for (size_t i = 0; ingest->log && i < ingest->count; i++) {
		for (int k = 0; k < 2; k++)
			parser_free(ingest->log[i].generation[k].parser);
		event_queue_free(&ingest->log[i].queue);
	}
	free(ingest->log);
	free(ingest->server);
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
	counts.utf32 = counts.utf32 || before->utf32;
	if (counts.text == LOG_TEXT_ASCII) {
		counts.text = before->text;
		counts.page = before->page;
		counts.guessed = before->guessed;
	}
	return counts;
}

struct written_time
ingest_newest(const struct ingest *ingest, size_t log)
{
	return ingest->log[log].clock.newest;
}

int64_t
ingest_reached(const struct ingest *ingest, size_t log)
{
	return ingest->log[log].clock.at;
}

int64_t
ingest_now(const struct ingest *ingest, int64_t monotonic)
{
	const struct log_clock *newest = NULL;

	for (size_t i = 0; i < ingest->count; i++)
		if (!newest || ingest->log[i].clock.at > newest->at) /* WHEN_NONE is the smallest */
			newest = &ingest->log[i].clock;
	return newest ? log_clock_now(newest, monotonic) : WHEN_NONE;
}

const char *
ingest_log_name(const struct ingest *ingest, size_t log)
{
	const struct generation *generation = ingest->log[log].generation;
	const char *name = parser_log_name(generation[0].parser);

	return name ? name : parser_log_name(generation[1].parser);
}
