#include "follow/batch_reading.h"

#include <stdlib.h>

#include "follow/log_reader.h"
#include "follow/package_lookup.h"
#include "os/open_file.h"

struct batch_reading {
	struct batch_options options;
	struct ingest *ingest;
	struct package_lookup *lookup; /* NULL: no path of the server is found here */
	struct log_reader *reader[PATHS_MOST];
	struct log_status status[PATHS_MOST];
	size_t count; /* of readers */
};

/* ---- what the ingest asks and tells ---- */

static void
give_more(void *payload, size_t log)
{
	struct batch_reading *reading = payload;

	log_reader_more(reading->reader[log], reading->ingest);
}

static void
applied(void *payload, const struct event *event, const struct event *logged)
{
	struct batch_reading *reading = payload;

	package_lookup_note(reading->lookup, ingest_model(reading->ingest), logged);
	if (reading->options.applied)
		reading->options.applied(reading->options.payload, event);
}

static void
before(void *payload, const struct event *event, const struct event *logged)
{
	struct batch_reading *reading = payload;

	reading->options.before(reading->options.payload, event, logged);
}

/* ---- sizes of packages' files ---- */

static bool
wants_look(void *payload, struct span path)
{
	const struct batch_reading *reading = payload;

	return model_wants_look(ingest_model(reading->ingest), path);
}

static void
take_look(void *payload, const struct event *event)
{
	struct batch_reading *reading = payload;

	ingest_look(reading->ingest, event);
}

void
batch_reading_look(struct batch_reading *reading)
{
	package_lookup_settle(reading->lookup);
}

/* ---- from beginning to end ---- */

static int
open_logs(struct batch_reading *reading, const struct paths *paths)
{
	for (; reading->count < paths->count; reading->count++) {
		struct log_reader *reader = log_reader_new(&paths->log[reading->count], reading->count);

		reading->reader[reading->count] = reader;
		if (!reader)
			return UV_ENOMEM;
		log_reader_open(reader);
	}
	return 0;
}

int
batch_reading_open(struct batch_reading **out, const struct paths *paths, const struct batch_options *options)
{
	uint8_t servers[PATHS_MOST];
	const struct ingest_options wanted = {
		.logs = paths->count,
		.model = options->model,
		.redact = options->redact,
		.logstore = options->logstore,
		.servers = servers,
		.text = options->text,
	};
	struct batch_reading *reading = calloc(1, sizeof(*reading));
	struct ingest_events asked = { .more = give_more, .payload = reading };
	const struct package_lookup_events looks = { wants_look, take_look, package_lookup_message, reading };
	int result = 0;

	*out = NULL;
	if (!reading)
		return UV_ENOMEM;
	paths_servers(paths, servers);
	reading->options = *options;
	if (options->model)
		result = package_lookup_open(&reading->lookup, NULL, options->mappings, &looks);
	if (reading->lookup || options->applied)
		asked.applied = applied;
	if (options->before)
		asked.before = before;
	if (!result && !(reading->ingest = ingest_new(&wanted, &asked)))
		result = UV_ENOMEM;
	if (!result)
		result = open_logs(reading, paths);
	if (result)
		batch_reading_close(reading);
	else
		*out = reading;
	return result;
}

void
batch_reading_close(struct batch_reading *reading)
{
	if (!reading)
		return;
	package_lookup_close(reading->lookup);
	for (size_t i = 0; i < reading->count; i++)
		log_reader_free(reading->reader[i]);
	ingest_free(reading->ingest);
	free(reading);
}

void
batch_reading_run(struct batch_reading *reading)
{
	for (size_t i = 0; i < reading->count; i++)
		log_reader_more(reading->reader[i], reading->ingest);
	ingest_pump(reading->ingest);
}

void
batch_reading_append(struct batch_reading *reading, size_t log, const char *bytes, size_t size)
{
	ingest_append(reading->ingest, log, bytes, size);
	ingest_pump(reading->ingest);
}

void
batch_reading_restore(struct batch_reading *reading, const struct sample *samples, size_t count)
{
	ingest_restore(reading->ingest, samples, count);
}

/* ---- what is known ---- */

const struct model *
batch_reading_model(const struct batch_reading *reading)
{
	return ingest_model(reading->ingest);
}

const struct logstore *
batch_reading_logstore(const struct batch_reading *reading)
{
	return ingest_logstore(reading->ingest);
}

const struct log_status *
batch_reading_logs(struct batch_reading *reading, size_t *count)
{
	for (size_t i = 0; i < reading->count; i++)
		log_reader_status(reading->reader[i], reading->ingest, &reading->status[i]);
	*count = reading->count;
	return reading->status;
}

const char *
batch_reading_file(const struct batch_reading *reading, size_t log)
{
	return log_reader_file(reading->reader[log], ingest_counts(reading->ingest, log).files);
}

int
batch_reading_error(const struct batch_reading *reading, size_t log, const char **path)
{
	int error = log_reader_error(reading->reader[log], path);

	return !error && ingest_counts(reading->ingest, log).utf32 ? OPENING_UTF32 : error;
}
