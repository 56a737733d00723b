#include "follow/overlap.h"

#include <stdlib.h>
#include <uv.h>

#include "cmtop/parser.h"
#include "os/open_file.h"
#include "os/message.h"

#define END_BYTES (64 * 1024)       /* looked at on either side of a log */
#define TOGETHER  (5 * WHEN_MINUTE) /* what is still written to a generation that has rolled is less */

struct stretch {
	const char *kind; /* "sender"; NULL: not known */
	int64_t from, to;
	bool zoned;
};

/* Bytes, 0 also when they cannot be read. */
static size_t
read_at(uv_file file, char *bytes, uint64_t offset)
{
	uv_buf_t buffer = uv_buf_init(bytes, END_BYTES);
	uv_fs_t request;
	int size = uv_fs_read(NULL, &request, file, &buffer, 1, (int64_t)offset, NULL);

	uv_fs_req_cleanup(&request);
	return size > 0 ? (size_t)size : 0;
}

static uint64_t
size_of(uv_file file)
{
	uv_fs_t request;
	uint64_t size = uv_fs_fstat(NULL, &request, file, NULL) ? 0 : request.statbuf.st_size;

	uv_fs_req_cleanup(&request);
	return size;
}

static void
hear(struct parser *source, const char *bytes, size_t size, struct stretch *out)
{
	struct event event;

	parser_feed(source, bytes, size);
	while (parser_next(source, &event)) {
		if (event.at == WHEN_NONE)
			continue;
		if (out->from == WHEN_NONE || event.at < out->from)
			out->from = event.at;
		if (event.at > out->to) /* WHEN_NONE is the smallest */
			out->to = event.at;
		out->zoned = event.zoned;
	}
}

static void
hear_ends(struct parser *source, uv_file file, char *bytes, struct stretch *out)
{
	uint64_t size = size_of(file);

	hear(source, bytes, read_at(file, bytes, 0), out);
	if (size > END_BYTES) {
		parser_restart(source, size - END_BYTES, true);
		hear(source, bytes, read_at(file, bytes, size - END_BYTES), out);
	}
	out->kind = parser_log_name(source);
}

static struct stretch
stretch_of(const char *path)
{
	struct stretch out = { .from = WHEN_NONE, .to = WHEN_NONE };
	struct parser *source = parser_new(0);
	char *bytes = malloc(END_BYTES);
	uv_file file = -1;
	uv_fs_t request;

	if (source && bytes && !opening_file(path, &file)) {
		hear_ends(source, file, bytes, &out);
		uv_fs_close(NULL, &request, file, NULL);
		uv_fs_req_cleanup(&request);
	}
	parser_free(source);
	free(bytes);
	return out;
}

static bool
overlap(const struct stretch *a, const struct stretch *b)
{
	int64_t from = a->from > b->from ? a->from : b->from, to = a->to < b->to ? a->to : b->to;

	return a->kind && b->kind && span_is(span_of(a->kind), span_of(b->kind)) && a->zoned == b->zoned
	       && a->from != WHEN_NONE && b->from != WHEN_NONE && to - from > TOGETHER;
}

static bool
counts(const struct log_path *log)
{
	return !log->unseen && !paths_is_input(log);
}

/* The first log before this one that it goes together with, or NULL. */
static const struct log_path *
other_of(const struct paths *paths, const struct stretch *stretches, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if ((paths->log[i].given || paths->log[k].given) && overlap(&stretches[k], &stretches[i]))
			return &paths->log[k];
	return NULL;
}

void
overlap_tell(const struct paths *paths)
{
	struct stretch *stretches;
	const struct log_path *other = NULL;
	bool given = false;

	for (size_t i = 0; i < paths->count; i++)
		given |= paths->log[i].given;
	stretches = given && paths->count > 1 ? calloc(paths->count, sizeof(*stretches)) : NULL;
	for (size_t i = 0; stretches && i < paths->count && !other; i++) {
		if (counts(&paths->log[i]))
			stretches[i] = stretch_of(paths->log[i].path);
		other = other_of(paths, stretches, i);
		if (other)
			message_note(paths->log[i].path,
			             "covers the same time as %s. Are these logs of two site servers? Then start cmtop "
			             "once for each: "
			             "now their figures are added up",
			             other->path);
	}
	free(stretches);
}
