#include "follow/log_reader.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "follow/file_age.h"
#include "os/clock.h"
#include "os/file_calls.h"
#include "os/file_system.h"
#include "os/open_file.h"

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
	int64_t changed; /* UTC; WHEN_NONE: not known, as of a pipe */
};

struct log_reader {
	const struct log_path *path;
	size_t log;                    /* its number in the ingest */
	struct part part[GENERATIONS]; /* yet to be read, in this order from `at` */
	int parts, at;
	int error; /* the first; as opening_error_text() knows it */
	const char *error_path;
	int64_t age;  /* milliseconds since the newest generation was changed, -1: not known */
	char *buffer; /* CHUNK bytes on the border of a page, */
	char *memory; /* … which is in here */
};

static void
note_error(struct log_reader *reader, const char *path, int error)
{
	if (reader->error)
		return;
	reader->error = error;
	reader->error_path = path;
}

/* Standard input is not ours. */
static void
close_part(const struct part *part)
{
	if (part->file != 0)
		os_close(part->file);
}

static bool
same_file(uv_file a, uv_file b)
{
	uv_stat_t one, other;

	return os_fstat(a, &one) == 0 && os_fstat(b, &other) == 0 && one.st_ino && one.st_ino == other.st_ino
	       && one.st_dev == other.st_dev;
}

/* 0, or why not. A pipe is read only where the user named it. */
static int
open_part(const struct log_path *path, const char *name, struct part *out)
{
	uv_stat_t stat;
	int result;

	*out = (struct part){ .file = -1, .path = name, .changed = WHEN_NONE };
	if (paths_is_input(path)) {
		out->file = 0;
		if (os_fstat(0, &stat) == 0 && stat.st_size > 0)
			out->changed = file_changed(&stat);
		return 0;
	}
	result = path->given ? opening_stream(name, &out->file, &out->pipe) : opening_file(name, &out->file);
	if (!result && !out->pipe && os_fstat(out->file, &stat) == 0) {
		out->size = stat.st_size;
		out->changed = file_changed(&stat);
	}
	return result;
}

/* Of a log that is open; in the folder that it is in, where that is a share. */
static int64_t
age_of(const struct part *part)
{
	const char *name = strrchr(part->path, '/');
	char folder[4096] = ".";
	uv_stat_t stat;
	int64_t behind = 0;

	if (part->changed == WHEN_NONE || os_fstat(part->file, &stat) < 0)
		return -1;
	if (name)
		span_copy((struct span){ part->path, (size_t)(name - part->path) + (name == part->path) }, folder,
		          sizeof(folder));
	if (!os_file_is_local(part->file))
		behind = folder_clock_behind(folder);
	return file_age(&stat, behind);
}

/*
 * The log is opened before its previous generation: if it rolls over in between,
 * both names lead to the file that we have, and nothing is read twice.
 */
void
log_reader_open(struct log_reader *reader)
{
	const struct log_path *path = reader->path;
	struct part log, previous;
	int result = open_part(path, path->path, &log), before = UV_ENOENT;

	if (path->previous)
		before = open_part(path, path->previous, &previous);
	if (!result && !before && same_file(log.file, previous.file)) {
		close_part(&previous);
		before = UV_ENOENT;
	}
	if (!before)
		reader->part[reader->parts++] = previous;
	if (!result) {
		reader->part[reader->parts++] = log;
		reader->age = age_of(&log);
	}
	if (result && result != UV_ENOENT)
		note_error(reader, path->path, result);
	if (before != UV_ENOENT && before)
		note_error(reader, path->previous, before);
	if (result)
		note_error(reader, path->path, result);
}

struct log_reader *
log_reader_new(const struct log_path *path, size_t log)
{
	struct log_reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return NULL;
	reader->path = path;
	reader->log = log;
	reader->age = -1;
	reader->memory = malloc(CHUNK + PAGE);
	if (!reader->memory) {
		free(reader);
		return NULL;
	}
	reader->buffer = reader->memory + PAGE - (uintptr_t)reader->memory % PAGE;
	return reader;
}

void
log_reader_free(struct log_reader *reader)
{
	if (!reader)
		return;
	for (; reader->at < reader->parts; reader->at++)
		close_part(&reader->part[reader->at]);
	free(reader->memory);
	free(reader);
}

/*
 * Bytes behind the first `got` of the buffer; 0 at the end, and with an error. Whoever has left our standard input
 * non-blocking is waited for like a pipe.
 */
static size_t
read_some(struct log_reader *reader, const struct part *part, size_t got, int *error)
{
	uint64_t deadline = uv_hrtime() + NOBODY * UINT64_C(1000000);
	bool untouched = part->pipe && part->read + got == 0;

	for (;;) {
		int size = os_read(part->file, reader->buffer + got, CHUNK - got, -1);

		if (size > 0)
			return (size_t)size;
		if (size == UV_EAGAIN) {
			os_file_wait(part->file, NOBODY);
		} else if (size == 0 && untouched && uv_hrtime() < deadline) {
			uv_sleep(MOMENT); /* its writer may be about to open it */
		} else if (size != UV_EINTR) {
			*error = size ? size : untouched ? OPENING_SILENT : 0;
			return 0;
		}
	}
}

/* Once over all of the file, where its dates want that; the bytes just read are its first. */
static void
survey(struct log_reader *reader, const struct part *part, size_t first, struct ingest *ingest)
{
	uint64_t at = first;
	char *buffer;
	int size;

	ingest_written(ingest, reader->log, 0, part->changed == WHEN_NONE ? clock_now() : part->changed);
	if (part->pipe || part->file == 0 || !ingest_survey(ingest, reader->log, reader->buffer, first))
		return;
	buffer = malloc(CHUNK);
	while (buffer && at < part->size && (size = os_read(part->file, buffer, CHUNK, (int64_t)at)) > 0) {
		ingest_survey(ingest, reader->log, buffer, (size_t)size);
		at += (uint64_t)size;
	}
	free(buffer);
	ingest_survey(ingest, reader->log, NULL, 0);
}

/* What can be read only once comes in large pieces: its code page is guessed from the first of them. */
static size_t
read_chunk(struct log_reader *reader, const struct part *part, int *error)
{
	size_t got = read_some(reader, part, 0, error), more = got;

	while ((part->pipe || part->file == 0) && more > 0 && got < CHUNK) {
		more = read_some(reader, part, got, error);
		got += more;
	}
	return got;
}

void
log_reader_more(struct log_reader *reader, struct ingest *ingest)
{
	struct part *part = &reader->part[reader->at];
	size_t size = 0;
	int error = 0;

	if (reader->at == reader->parts)
		return;
	if (!part->size || part->read < part->size + GROWN_MOST)
		size = read_chunk(reader, part, &error);
	part->read += size;
	if (size > 0 && part->read == size)
		survey(reader, part, size, ingest);
	if (size > 0) {
		if (error)
			note_error(reader, part->path, error);
		ingest_bytes(ingest, reader->log, 0, part->read - size, reader->buffer, size);
		return;
	}
	/* What was there when it was opened must have been read; what came meanwhile may have been. */
	if (!error && part->size > part->read)
		error = OPENING_CUT;
	if (error)
		note_error(reader, part->path, error);
	close_part(part);
	reader->at++;
	ingest_end(ingest, reader->log);
}

const char *
log_reader_file(const struct log_reader *reader, uint64_t read)
{
	return read < (uint64_t)reader->parts ? reader->part[read].path : reader->path->path;
}

int
log_reader_error(const struct log_reader *reader, const char **path)
{
	*path = reader->error ? reader->error_path : reader->path->path;
	return reader->error;
}

static enum log_state
state_of(const struct log_reader *reader)
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
log_reader_status(const struct log_reader *reader, const struct ingest *ingest, struct log_status *out)
{
	*out = (struct log_status){ .silent = reader->age, .progress = 100 };
	span_copy(span_of(reader->path->path), out->path, sizeof(out->path));
	out->bytes = ingest_counts(ingest, reader->log).bytes;
	out->state = state_of(reader);
	if (reader->error && out->state != LOG_WAITING) /* which tells enough */
		span_copy(span_of(opening_error_text(reader->error)), out->error, sizeof(out->error));
	paths_status(reader->path, ingest, reader->log, out);
}
