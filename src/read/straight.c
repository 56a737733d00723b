#include "straight.h"

#include <string.h>

static inline const char *
skip(const char *at, const char *end, const char *what, size_t size)
{
	return (size_t)(end - at) >= size && memcmp(at, what, size) == 0 ? at + size : NULL;
}

#define SKIP(at, end, literal) skip(at, end, literal, sizeof(literal) - 1)

/*
 * The end of a path without blanks (the wall would collapse these); NULL: it is
 * not so simple. The block that is attempted and the one that is written have
 * the same, so the last one is not looked through again.
 */
static const char *
take_path(const char *at, const char *end, struct record_memory *memory)
{
	const char *blank;
	size_t size = memory->path_size;

	if (size > 0 && (size_t)(end - at) > size && at[size] == ' ' && memcmp(at, memory->path, size) == 0)
		return at + size;
	blank = memchr(at, ' ', (size_t)(end - at));
	size = blank ? (size_t)(blank - at) : 0;
	if (size == 0 || blank[-1] == '.' || blank[-1] == '~' || at[0] == '~' || memchr(at, '\t', size) || memchr(at, '$', size))
		return NULL;
	memory->path_size = size <= sizeof(memory->path) ? size : 0;
	memcpy(memory->path, at, memory->path_size);
	return blank;
}

bool
straight_match(struct span line, struct record_memory *memory, struct event *event)
{
	const char *at = line.at, *end = line.at + line.size, *start, *path, *path_end, *behind;
	struct span frame;
	uint8_t kind = EVENT_WROTE;

	if (line.size < 80 || end[-1] != '>')
		return false;
	at += *at == '~';
	start = at;
	at = SKIP(start, end, "Wrote ");
	if (!at) {
		at = SKIP(start, end, "Attempt to write ");
		kind = EVENT_WRITING;
	}
	if (!at || !(at = record_digits(at, end, &event->number[NUMBER_BYTES])) || !(at = SKIP(at, end, " bytes to ")))
		return false;
	path = at;
	if (!(path_end = take_path(path, end, memory)) || !(at = SKIP(path_end, end, " at position ")) ||
	    !(at = record_digits(at, end, &event->number[NUMBER_OFFSET])) || !(behind = SKIP(at, end, "  $$<")))
		return false;
	frame = (struct span){ behind - 3, (size_t)(end - behind) + 3 };
	if (!record_quick(frame, memory, event) && record_frame(frame, memory, event) != frame.size)
		return false;
	event->message = (struct span){ start, (size_t)(at - start) };
	event->kind = kind;
	event->level = LEVEL_INFO;
	event->detail = 0;
	event->texts = 1u << TEXT_PATH;
	event->numbers = 1u << NUMBER_BYTES | 1u << NUMBER_OFFSET;
	event->text[TEXT_PATH] = (struct span){ path, (size_t)(path_end - path) };
	return true;
}
