#include "follow/log_reader.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "os/open_file.h"
#include "os/file_system.h"

/* Large enough that the calls do not count, small enough to stay in the cache. */
#define CHUNK (128 * 1024)

/* The system copies into a buffer on a page's border several times as fast as into another. */
#define PAGE 4096

#define GENERATIONS 2

/* A log that is written faster than it is read has an end all the same: so many bytes after what there was. */
#define GROWN_MOST (64u << 20)

/* Milliseconds. */
#define NOBODY 2000 /* that a pipe is given until somebody writes to it, */
#define MOMENT 20   /* and looked at again after */

/* One generation, open. */
struct part {
	uv_file file;
	const char *path;
	bool pipe;
	uint64_t size; /* when it was opened; 0: not known, as of a pipe */
	uint64_t read;
};

struct reader {
	const struct log_path *path;
	struct parser *source;
	struct part part[GENERATIONS]; /* yet to be read, in this order from `at` */
	int parts, at;
	int error; /* the first; as opening_error_text() knows it */
	const char *error_path;
	char *buffer; /* CHUNK bytes on the border of a page, */
	char *memory; /* … which is in here */
};

static void
note_error(struct reader *reader, const char *path, int error)
{
	if (reader->error)
		return;
	reader->error = error;
	reader->error_path = path;
}

static void
close_file(uv_file file)
{
	uv_fs_t request;

	if (file == 0) /* standard input is not ours */
		return;
	uv_fs_close(NULL, &request, file, NULL);
	uv_fs_req_cleanup(&request);
}

static bool
stat_file(uv_file file, uv_stat_t *out)
{
	uv_fs_t request;
	bool known = uv_fs_fstat(NULL, &request, file, NULL) == 0;

	*out = request.statbuf;
	uv_fs_req_cleanup(&request);
	return known;
}

static bool
same_file(uv_file a, uv_file b)
{
	uv_stat_t one, other;

	return stat_file(a, &one) && stat_file(b, &other) && one.st_ino && one.st_ino == other.st_ino
	       && one.st_dev == other.st_dev;
}

/* 0, or why not. A pipe is read only where the user named it. */
static int
open_part(const struct log_path *path, const char *name, struct part *out)
{
	uv_stat_t stat;
	int result;

	*out = (struct part){ .file = -1, .path = name };
	if (paths_is_input(path)) {
		out->file = 0;
		return 0;
	}
	result = path->given ? opening_stream(name, &out->file, &out->pipe) : opening_file(name, &out->file);
	if (!result && !out->pipe && stat_file(out->file, &stat))
		out->size = stat.st_size;
	return result;
}

/*
 * The log is opened before its previous generation: if it rolls over in between,
 * both names lead to the file that we have, and nothing is read twice.
 */
void
reader_open(struct reader *reader)
{
	const struct log_path *path = reader->path;
	struct part log, previous;
	int result = open_part(path, path->path, &log), before = UV_ENOENT;

	if (path->previous)
		before = open_part(path, path->previous, &previous);
	if (!result && !before && same_file(log.file, previous.file)) {
		close_file(previous.file);
		before = UV_ENOENT;
	}
	if (!before)
		reader->part[reader->parts++] = previous;
	if (!result)
		reader->part[reader->parts++] = log;
	if (result && result != UV_ENOENT)
		note_error(reader, path->path, result);
	if (before != UV_ENOENT && before)
		note_error(reader, path->previous, before);
	if (result)
		note_error(reader, path->path, result);
}

struct reader *
reader_new(const struct log_path *path, uint8_t log)
{
	struct reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return NULL;
	reader->path = path;
	reader->source = parser_new(log);
	reader->memory = malloc(CHUNK + PAGE);
	if (!reader->source || !reader->memory) {
		reader_free(reader);
		return NULL;
	}
	reader->buffer = reader->memory + PAGE - (uintptr_t)reader->memory % PAGE;
	return reader;
}

void
reader_free(struct reader *reader)
{
	if (!reader)
		return;
	for (; reader->at < reader->parts; reader->at++)
		close_file(reader->part[reader->at].file);
	parser_free(reader->source);
	free(reader->memory);
	free(reader);
}

static ssize_t
read_once(struct reader *reader, uv_file file)
{
	uv_buf_t buffer = uv_buf_init(reader->buffer, CHUNK);
	uv_fs_t request;
	ssize_t size = uv_fs_read(NULL, &request, file, &buffer, 1, -1, NULL);

	uv_fs_req_cleanup(&request);
	return size;
}

/* Bytes; 0 at the end, and with an error. Whoever has left our standard input non-blocking is waited for like a pipe. */
static size_t
read_chunk(struct reader *reader, const struct part *part, int *error)
{
	uint64_t deadline = uv_hrtime() + NOBODY * UINT64_C(1000000);
	bool untouched = part->pipe && part->read == 0;

	for (;;) {
		ssize_t size = read_once(reader, part->file);

		if (size > 0)
			return (size_t)size;
		if (size == UV_EAGAIN) {
			os_file_wait(part->file, NOBODY);
		} else if (size == 0 && untouched && uv_hrtime() < deadline) {
			uv_sleep(MOMENT); /* its writer may be about to open it */
		} else if (size != UV_EINTR) {
			*error = size ? (int)size : untouched ? OPENING_SILENT : 0;
			return 0;
		}
	}
}

/* Gives the source more to read, or its end. False: there is nothing left. */
static bool
refill(struct reader *reader)
{
	struct part *part = &reader->part[reader->at];
	size_t size = 0;
	int error = 0;

	if (reader->at == reader->parts)
		return false;
	if (!part->size || part->read < part->size + GROWN_MOST)
		size = read_chunk(reader, part, &error);
	part->read += size;
	if (size > 0) {
		parser_feed(reader->source, reader->buffer, size);
		return true;
	}
	/* What was there when it was opened must have been read; what came meanwhile may have been. */
	if (!error && part->size > part->read)
		error = OPENING_CUT;
	if (error)
		note_error(reader, part->path, error);
	close_file(part->file);
	reader->at++;
	parser_end(reader->source);
	return true;
}

bool
reader_next(void *payload, struct event *event)
{
	struct reader *reader = payload;

	do {
		if (parser_next(reader->source, event))
			return true;
	} while (refill(reader));
	return false;
}

void
reader_feed(struct reader *reader, const char *bytes, size_t size)
{
	parser_feed(reader->source, bytes, size);
}

int
reader_error(const struct reader *reader, const char **path)
{
	*path = reader->error ? reader->error_path : reader->path->path;
	return reader->error;
}

void
status_of_source(struct log_status *status, const struct parser_counts *counts)
{
	status->records += counts->records;
	status->unknown += counts->unknown;
	status->damaged += counts->damaged;
	if (counts->newest > status->newest) {
		status->newest = counts->newest;
		status->zoned = counts->zoned;
	}
}

void
status_of_path(struct log_status *status, const struct log_path *path, const struct parser *source)
{
	const char *name = parser_log_name(source);

	if (path->name[0])
		memcpy(status->name, path->name, sizeof(status->name));
	else if (name)
		span_copy(span_of(name), status->name, sizeof(status->name));
	else
		paths_short_name(path->path, status->name, sizeof(status->name));
}

static enum log_state
state_of(const struct reader *reader)
{
	switch (reader->error) {
	case 0: return LOG_READ;
	case UV_ENOENT: return LOG_WAITING;
	case UV_EACCES:
	case UV_EPERM: return LOG_DENIED;
	default: return LOG_ERROR;
	}
}

void
reader_status(const struct reader *reader, struct log_status *out)
{
	const struct parser_counts *counts = parser_counts(reader->source);

	*out = (struct log_status){ .newest = WHEN_NONE, .silent = -1, .progress = 100 };
	status_of_path(out, reader->path, reader->source);
	status_of_source(out, counts);
	span_copy(span_of(reader->path->path), out->path, sizeof(out->path));
	out->bytes = counts->bytes;
	out->state = state_of(reader);
	if (reader->error && out->state != LOG_WAITING) /* which says it all */
		span_copy(span_of(opening_error_text(reader->error)), out->error, sizeof(out->error));
}
