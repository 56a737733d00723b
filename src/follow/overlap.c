#include "follow/overlap.h"

#include <stdlib.h>
#include <uv.h>

#include "cmtop/parser.h"
#include "os/file_calls.h"
#include "os/message.h"
#include "os/open_file.h"

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
	int size = os_read(file, bytes, END_BYTES, (int64_t)offset);

	return size > 0 ? (size_t)size : 0;
}

static uint64_t
size_of(uv_file file)
{
	uv_stat_t stat;

	return os_fstat(file, &stat) < 0 ? 0 : stat.st_size;
}

static void
take_times(struct parser *parser, const char *bytes, size_t size, struct stretch *out)
{
	struct event event;

	parser_feed(parser, bytes, size);
	while (parser_next(parser, &event)) {
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
read_ends(struct parser *parser, uv_file file, char *bytes, struct stretch *out)
{
	uint64_t size = size_of(file);

	take_times(parser, bytes, read_at(file, bytes, 0), out);
	if (size > END_BYTES) {
		parser_restart(parser, size - END_BYTES, true);
		take_times(parser, bytes, read_at(file, bytes, size - END_BYTES), out);
	}
	out->kind = parser_log_name(parser);
}

static struct stretch
stretch_of(const char *path)
{
	struct stretch out = { .from = WHEN_NONE, .to = WHEN_NONE };
	struct parser *parser = parser_new(0);
	char *bytes = malloc(END_BYTES);
	uv_file file = -1;

	if (parser && bytes && !opening_file(path, &file)) {
		read_ends(parser, file, bytes, &out);
		os_close(file);
	}
	parser_free(parser);
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
