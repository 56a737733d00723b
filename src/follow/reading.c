#include "follow/reading.h"

#include <stdlib.h>

#include "cmtop/ingest.h"
#include "follow/follow.h"
#include "follow/stdin_reader.h"
#include "os/clock.h"

/* One log, and who brings its bytes: one of the two. */
struct followed {
	struct reading *reading;
	const struct log_path *path;
	struct follow *follow; /* NULL: standard input */
	struct stdin_reader *input;
	bool live;  /* what was there at the start has been read: what comes now is new */
	bool ended; /* of standard input */
	int error;  /* likewise: negative libuv error */
};

struct reading {
	uv_loop_t *loop;
	struct ingest *ingest;
	struct followed log[PATHS_MOST];
	struct log_status status[PATHS_MOST];
	size_t count;
	bool opening; /* nothing is merged before every log is there */
	bool patient;
	struct reading_options options;
	struct reading_events events;
};

static size_t
number_of(const struct followed *log)
{
	return (size_t)(log - log->reading->log);
}

/* Milliseconds, by a clock that is never set. */
static int64_t
passed(const struct reading *reading)
{
	return reading->options.clock ? reading->options.clock(reading->options.clock_payload) : clock_passed();
}

/* Since when its newest record has been there is told by the file, once. */
static void
go_live(struct followed *log)
{
	struct log_status status;

	if (log->live || !follow_at_end(log->follow))
		return;
	log->live = true;
	follow_status(log->follow, &status);
	ingest_live(log->reading->ingest, number_of(log),
	            status.silent > LOG_OLD ? WHEN_NONE
	                                    : passed(log->reading) - (status.silent < 0 ? 0 : status.silent));
}

/* ---- what the ingest asks and tells ---- */

static void
give_more(void *payload, size_t number)
{
	struct reading *reading = payload;
	struct followed *log = &reading->log[number];

	if (log->follow) {
		follow_more(log->follow);
		go_live(log);
	}
	if (log->input && !log->ended)
		stdin_reader_more(log->input);
}

/* Whether the log is still at what was there when we came, and gets on with it. */
static bool
is_behind(void *payload, size_t number)
{
	const struct reading *reading = payload;
	const struct followed *log = &reading->log[number];
	struct log_status status;

	if (!log->follow || (follow_caught_up(log->follow) && !reading->patient))
		return false;
	follow_status(log->follow, &status);
	if (status.state == LOG_STALLED)
		return reading->patient && status.left > 0;
	return !follow_caught_up(log->follow) && status.state != LOG_DENIED && status.state != LOG_ERROR;
}

static void
applied(void *payload, const struct event *event, const struct event *logged)
{
	struct reading *reading = payload;

	(void)event;
	package_lookup_note(reading->options.lookup, ingest_model(reading->ingest), logged);
	if (reading->events.applied)
		reading->events.applied(reading->events.payload);
}

static void
pump(struct reading *reading)
{
	if (!reading->opening && ingest_pump(reading->ingest))
		reading->events.changed(reading->events.payload);
}

/* ---- what a log does ---- */

static void
log_bytes(void *payload, unsigned generation, uint64_t offset, const char *bytes, size_t size)
{
	struct followed *log = payload;

	ingest_written(log->reading->ingest, number_of(log), generation, follow_written(log->follow));
	if (log->live)
		ingest_arriving(log->reading->ingest, number_of(log), passed(log->reading));
	ingest_bytes(log->reading->ingest, number_of(log), generation, offset, bytes, size);
	pump(log->reading);
}

static void
log_rolled(void *payload, bool gap, uint64_t missed)
{
	struct followed *log = payload;
	struct reading *reading = log->reading;

	ingest_rolled(reading->ingest, number_of(log), gap, missed);
	reading->events.rolled(reading->events.payload, number_of(log), gap, missed);
	reading->events.changed(reading->events.payload);
}

static void
log_changed(void *payload)
{
	struct followed *log = payload;

	if (log->follow) /* it is still being opened */
		go_live(log);
	pump(log->reading);
}

static void
input_bytes(void *payload, const char *bytes, size_t size)
{
	struct followed *log = payload;

	ingest_arriving(log->reading->ingest, number_of(log), passed(log->reading));
	ingest_append(log->reading->ingest, number_of(log), bytes, size);
	pump(log->reading);
}

static void
input_ended(void *payload, int error)
{
	struct followed *log = payload;

	ingest_end(log->reading->ingest, number_of(log));
	log->ended = true;
	log->error = error;
	pump(log->reading);
	ingest_live(log->reading->ingest, number_of(log), WHEN_NONE); /* no time passes behind its end */
}

/* ---- from beginning to end ---- */

static int
open_log(struct reading *reading, const struct log_path *path)
{
	struct followed *log = &reading->log[reading->count];
	const struct reading *beside = reading->options.beside;
	const struct follow_options options = {
		.poll = reading->options.poll,
		.previous = !path->given,
		.context = reading->options.context,
		.beside = beside ? beside->log[reading->count].follow : NULL,
	};
	const struct follow_events followed = { log_bytes, log_rolled, log_changed, log };
	const struct stdin_reader_events read = { input_bytes, input_ended, log };

	log->reading = reading;
	log->path = path;
	reading->count++;
	if (paths_is_input(path)) {
		ingest_written(reading->ingest, number_of(log), 0, clock_now());
		return stdin_reader_open(&log->input, reading->loop, &read);
	}
	return follow_open(&log->follow, reading->loop, path->path, &options, &followed);
}

int
reading_open(struct reading **out, uv_loop_t *loop, const struct paths *paths, const struct reading_options *options,
             const struct reading_events *events)
{
	uint8_t servers[PATHS_MOST];
	const struct ingest_options wanted = {
		.logs = paths->count,
		.model = true,
		.redact = options->redact,
		.logstore = options->logstore,
		.servers = servers,
		.text = options->text,
	};
	struct reading *reading = calloc(1, sizeof(*reading));
	const struct ingest_events asked = {
		.more = give_more, .behind = is_behind, .applied = applied, .payload = reading
	};
	int result = 0;

	*out = reading;
	if (!reading)
		return UV_ENOMEM;
	paths_servers(paths, servers);
	reading->loop = loop;
	reading->options = *options;
	reading->events = *events;
	reading->ingest = ingest_new(&wanted, &asked);
	if (!reading->ingest)
		result = UV_ENOMEM;

	reading->opening = true;
	for (size_t i = 0; i < paths->count && !result; i++)
		result = open_log(reading, &paths->log[i]);
	reading->opening = false;
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
		if (reading->log[i].follow)
			follow_close(reading->log[i].follow);
		stdin_reader_close(reading->log[i].input);
	}
	ingest_free(reading->ingest);
	free(reading);
}

const struct model *
reading_model(const struct reading *reading)
{
	return ingest_model(reading->ingest);
}

const struct logstore *
reading_logstore(const struct reading *reading)
{
	return ingest_logstore(reading->ingest);
}

void
reading_tell(struct reading *reading, const struct reading_events *events)
{
	reading->events = *events;
}

void
reading_hold(struct reading *reading, bool hold)
{
	ingest_hold(reading->ingest, hold);
	pump(reading);
}

void
reading_restore(struct reading *reading, const struct sample *samples, size_t count)
{
	ingest_restore(reading->ingest, samples, count);
}

void
reading_look(struct reading *reading, const struct event *event)
{
	ingest_look(reading->ingest, event);
}

void
reading_be_patient(struct reading *reading, bool patient)
{
	reading->patient = patient;
}

bool
reading_at_end(const struct reading *reading)
{
	return ingest_at_end(reading->ingest);
}

bool
reading_caught_up(const struct reading *reading)
{
	return ingest_caught_up(reading->ingest);
}

int64_t
reading_now(const struct reading *reading)
{
	return ingest_now(reading->ingest, passed(reading));
}

bool
reading_ended(const struct reading *reading)
{
	for (size_t i = 0; i < reading->count; i++)
		if (!reading->log[i].ended)
			return false;
	return true;
}

/* ---- what is told of the logs themselves ---- */

static void
fill_status(struct reading *reading, size_t number, struct log_status *out)
{
	const struct followed *log = &reading->log[number];

	if (log->follow) {
		follow_status(log->follow, out);
	} else {
		*out = (struct log_status){ .silent = -1, .progress = 100 };
		out->state = log->error ? LOG_ERROR : log->ended ? LOG_READ : LOG_LIVE;
		out->bytes = ingest_counts(reading->ingest, number).bytes;
		span_copy(SPAN("-"), out->path, sizeof(out->path));
		if (log->error)
			span_copy(span_of(uv_strerror(log->error)), out->error, sizeof(out->error));
	}
	paths_status(log->path, reading->ingest, number, out);
	if (reading->options.redact)
		paths_drop_folder(out->path);
}

const struct log_status *
reading_logs(struct reading *reading, size_t *count)
{
	for (size_t i = 0; i < reading->count; i++)
		fill_status(reading, i, &reading->status[i]);
	*count = reading->count;
	return reading->status;
}
