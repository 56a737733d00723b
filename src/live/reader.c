#include "reader.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

/* Large enough that the calls do not count, small enough to stay in the cache. */
#define CHUNK (128 * 1024)

/* The system copies into a buffer on a page's border several times as fast as into another. */
#define PAGE 4096

#define GENERATIONS 2

struct reader {
	const struct log_path *path;
	struct source *source;
	uv_file  file[GENERATIONS];  /* yet to be read, in this order from `at` */
	int      files, at;
	int      error;              /* negative libuv error */
	char    *buffer;             /* CHUNK bytes on the border of a page, */
	char    *memory;             /* … which is in here */
};

static int
open_file(const char *path)
{
	uv_fs_t request;
	int file = uv_fs_open(NULL, &request, path, UV_FS_O_RDONLY, 0, NULL);

	uv_fs_req_cleanup(&request);
	return file;
}

static void
close_file(uv_file file)
{
	uv_fs_t request;

	if (file == 0)  /* standard input is not ours */
		return;
	uv_fs_close(NULL, &request, file, NULL);
	uv_fs_req_cleanup(&request);
}

static bool
same_file(uv_file a, uv_file b)
{
	uv_fs_t one, other;
	bool same;

	same = !uv_fs_fstat(NULL, &one, a, NULL) && !uv_fs_fstat(NULL, &other, b, NULL) &&
	       one.statbuf.st_ino && one.statbuf.st_ino == other.statbuf.st_ino &&
	       one.statbuf.st_dev == other.statbuf.st_dev;
	uv_fs_req_cleanup(&one);
	uv_fs_req_cleanup(&other);
	return same;
}

/*
 * The log is opened before its previous generation: if it rolls over in between,
 * both names lead to the file that we have, and nothing is read twice.
 */
void
reader_open(struct reader *reader)
{
	const struct log_path *path = reader->path;
	int log = paths_is_input(path) ? 0 : open_file(path->path);
	int previous = path->previous ? open_file(path->previous) : UV_ENOENT;

	if (log >= 0 && previous >= 0 && same_file(log, previous)) {
		close_file(previous);
		previous = UV_ENOENT;
	}
	if (previous >= 0)
		reader->file[reader->files++] = previous;
	if (log >= 0)
		reader->file[reader->files++] = log;
	if (log < 0)
		reader->error = log;
	else if (previous < 0 && previous != UV_ENOENT)
		reader->error = previous;
}

struct reader *
reader_new(const struct log_path *path, uint8_t log)
{
	struct reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return NULL;
	reader->path = path;
	reader->source = source_new(log);
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
	for (; reader->at < reader->files; reader->at++)
		close_file(reader->file[reader->at]);
	source_free(reader->source);
	free(reader->memory);
	free(reader);
}

static ssize_t
read_chunk(struct reader *reader)
{
	uv_buf_t buffer = uv_buf_init(reader->buffer, CHUNK);
	uv_fs_t request;
	ssize_t size;

	for (;;) {
		size = uv_fs_read(NULL, &request, reader->file[reader->at], &buffer, 1, -1, NULL);
		uv_fs_req_cleanup(&request);
		if (size != UV_EAGAIN)
			return size;
		uv_sleep(5);  /* somebody has left our standard input non-blocking */
	}
}

/* Gives the source more to read, or its end. False: there is nothing left. */
static bool
refill(struct reader *reader)
{
	ssize_t size;

	if (reader->at == reader->files)
		return false;
	size = read_chunk(reader);
	if (size > 0) {
		source_feed(reader->source, reader->buffer, (size_t)size);
		return true;
	}
	if (size < 0)
		reader->error = (int)size;
	close_file(reader->file[reader->at++]);
	source_end(reader->source);
	return true;
}

bool
reader_next(void *payload, struct event *event)
{
	struct reader *reader = payload;

	do {
		if (source_next(reader->source, event))
			return true;
	} while (refill(reader));
	return false;
}

void
reader_feed(struct reader *reader, const char *bytes, size_t size)
{
	source_feed(reader->source, bytes, size);
}

int
reader_error(const struct reader *reader)
{
	return reader->error;
}

void
status_of_source(struct log_status *status, const struct source_counts *counts)
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
status_of_path(struct log_status *status, const struct log_path *path, const struct source *source)
{
	const char *name = source_log_name(source);

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
	case 0:         return LOG_READ;
	case UV_ENOENT: return LOG_WAITING;
	case UV_EACCES:
	case UV_EPERM:  return LOG_DENIED;
	default:        return LOG_ERROR;
	}
}

void
reader_status(const struct reader *reader, struct log_status *out)
{
	const struct source_counts *counts = source_counts(reader->source);

	*out = (struct log_status){ .newest = WHEN_NONE, .silent = -1, .progress = 100 };
	status_of_path(out, reader->path, reader->source);
	status_of_source(out, counts);
	span_copy(span_of(reader->path->path), out->path, sizeof(out->path));
	out->bytes = counts->bytes;
	out->state = state_of(reader);
	if (reader->error && out->state != LOG_WAITING)  /* which says it all */
		span_copy(span_of(uv_strerror(reader->error)), out->error, sizeof(out->error));
}
