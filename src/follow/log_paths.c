#include "follow/log_paths.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "os/file_calls.h"
#include "os/message.h"
#include "os/open_file.h"

bool
paths_is_input(const struct log_path *path)
{
	return !strcmp(path->path, "-");
}

bool
paths_have_input(const struct paths *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		if (paths_is_input(&paths->log[i]))
			return true;
	return false;
}

/* "sender-2024" of "/a/sender-2024.log": what a log is called until its records tell. */
static void
short_name(const char *path, char *out, size_t size)
{
	struct span name = span_basename(span_of(path));

	if (span_is(name, SPAN("-")))
		name = SPAN("input");
	else if (span_ends_nocase(name, SPAN(LOG_END)) || span_ends_nocase(name, SPAN(PREVIOUS_END)))
		name.size -= sizeof(LOG_END) - 1;
	span_copy(name, out, size);
}

void
paths_drop_folder(char *path)
{
	struct span name = span_basename(span_of(path));

	memmove(path, name.at, name.size + 1);
}

int
paths_no_memory(void)
{
	message_error(NULL, "out of memory");
	return 1;
}

struct log_path *
paths_next(struct paths *out, const char *argument)
{
	if (out->count == PATHS_MOST) {
		message_error(argument, "too many logs: at most %d at a time", PATHS_MOST);
		return NULL;
	}
	return &out->log[out->count++];
}

int
paths_readable(const char *path)
{
	uv_fs_t request;
	int result = uv_fs_access(NULL, &request, path, 4 /* R_OK */, NULL);

	uv_fs_req_cleanup(&request);
	return result;
}

struct path_file
paths_file(const char *path)
{
	uv_stat_t stat;

	if (os_stat(path, &stat) < 0)
		return (struct path_file){ 0, 0 };
	return (struct path_file){ stat.st_dev, stat.st_ino };
}

bool
paths_same_file(struct path_file a, struct path_file b)
{
	return a.inode && a.inode == b.inode && a.device == b.device;
}

bool
paths_one_folder(const struct paths *paths, char *out, size_t size)
{
	struct span first = { NULL, 0 };

	for (size_t i = 0; i < paths->count; i++) {
		struct span path = span_of(paths->log[i].path);
		struct span folder = span_part(path, 0, path.size - span_basename(path).size);

		if (paths->log[i].given || (i > 0 && !span_is(folder, first)))
			return false;
		first = folder;
	}
	span_copy(first, out, size);
	return first.size > 0 && first.size < size;
}

/* What a log is written in; one that holds nothing but ASCII is UTF-8 as well. */
static void
fill_encoding(const struct parser_counts *counts, struct log_status *out)
{
	out->guessed = counts->text == LOG_TEXT_PAGE && counts->guessed;
	switch (counts->text) {
	case LOG_TEXT_PAGE: code_page_name(counts->page, out->encoding); break;
	case LOG_TEXT_UTF16LE: span_copy(SPAN("utf-16le"), out->encoding, sizeof(out->encoding)); break;
	case LOG_TEXT_UTF16BE: span_copy(SPAN("utf-16be"), out->encoding, sizeof(out->encoding)); break;
	default: code_page_name(PAGE_UTF8, out->encoding);
	}
	if (!counts->utf32)
		return;
	span_copy(SPAN("utf-32"), out->encoding, sizeof(out->encoding));
	span_copy(span_of(opening_error_text(OPENING_UTF32)), out->error, sizeof(out->error));
	out->state = LOG_ERROR;
}

void
paths_status(const struct log_path *path, const struct ingest *ingest, size_t number, struct log_status *out)
{
	const struct parser_counts counts = ingest_counts(ingest, number);
	const struct written_time newest = ingest_newest(ingest, number);
	const char *name = ingest_log_name(ingest, number);

	out->records = counts.records;
	out->unknown = counts.unknown;
	out->damaged = counts.damaged;
	out->newest = newest.at;
	out->zoned = newest.zoned;
	out->bias = newest.bias;
	out->reached = ingest_reached(ingest, number);
	fill_encoding(&counts, out);
	if (path->name[0])
		memcpy(out->name, path->name, sizeof(out->name));
	else if (name)
		span_copy(span_of(name), out->name, sizeof(out->name));
	else
		short_name(path->path, out->name, sizeof(out->name));
}

void
paths_destroy(struct paths *paths)
{
	for (size_t i = 0; i < paths->count; i++) {
		free(paths->log[i].path);
		free(paths->log[i].previous);
	}
	free(paths->folder);
	memset(paths, 0, sizeof(*paths));
}

static struct span
folder_of(const char *path)
{
	size_t size = strlen(path);

	while (size > 0 && path[size - 1] != '/' && path[size - 1] != '\\')
		size--;
	return (struct span){ path, size };
}

void
paths_servers(const struct paths *paths, uint8_t out[PATHS_MOST])
{
	for (size_t i = 0; i < paths->count; i++) {
		size_t first = 0;

		while (first < i && !span_is(folder_of(paths->log[i].path), folder_of(paths->log[first].path)))
			first++;
		out[i] = (uint8_t)first;
	}
}
