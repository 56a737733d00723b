#include "parse/fast_path.h"

#include <string.h>

static inline const char *
skip(const char *at, const char *end, const char *what, size_t size)
{
	return (size_t)(end - at) >= size && memcmp(at, what, size) == 0 ? at + size : NULL;
}

#define SKIP(at, end, literal) skip(at, end, literal, sizeof(literal) - 1)

/*
 * Any control character or dollar in it, or anything beyond ASCII: the rules would clean the first, the second may begin a
 * frame, and the third is rare enough to be left to it. Eight bytes at a time: the high bit of one stays clear where each
 * is a plain character, since none of them borrows or carries then.
 */
static bool
is_other(const char *at, size_t size)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t word, any = 0;

	if (size < sizeof(word))
		return true; /* no path is so short: let the rules look */
	/* The last window reaches back, so that none reaches beyond. */
	for (size_t i = 0; i < size; i += sizeof(word)) {
		memcpy(&word, at + (i + sizeof(word) > size ? size - sizeof(word) : i), sizeof(word));
		any |= (word - ones * ' ') | (word + ones) | ((word ^ ones * '$') - ones);
	}
	return (any & ones * 0x80) != 0;
}

/* The end of a path without blanks (the rules would collapse these); NULL: it is not so simple. */
static const char *
take_path(const char *at, const char *end)
{
	const char *blank = memchr(at, ' ', (size_t)(end - at));

	if (!blank || blank == at || blank[-1] == '.' || blank[-1] == '~' || at[0] == '~'
	    || is_other(at, (size_t)(blank - at)))
		return NULL;
	return blank;
}

bool
fast_path_match(struct span line, struct record_memory *memory, struct event *event)
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
	if (!(path_end = take_path(path, end)) || !(at = SKIP(path_end, end, " at position "))
	    || !(at = record_digits(at, end, &event->number[NUMBER_OFFSET])) || !(behind = SKIP(at, end, "  $$<")))
		return false;
	frame = (struct span){ behind - 3, (size_t)(end - behind) + 3 };
	/* The name of a zone is in the server's language: what is beyond ASCII must be made text first. */
	if (!record_quick(frame, memory, event)
	    && (!span_is_ascii(frame) || record_frame(frame, memory, event) != frame.size))
		return false;
	event->message = (struct span){ start, (size_t)(at - start) };
	event->kind = kind;
	event->level = LEVEL_INFO;
	event->detail = 0;
	event->status = 0;
	event->texts = 1u << TEXT_PATH;
	event->numbers = 1u << NUMBER_BYTES | 1u << NUMBER_OFFSET;
	event->text[TEXT_PATH] = (struct span){ path, (size_t)(path_end - path) };
	return true;
}
