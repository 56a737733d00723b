#include "straight.h"

#include <string.h>

/* Digits, before some byte that is none; more than surely fit are left to the wall. NULL: none. */
static inline const char *
take_digits(const char *at, uint64_t *out)
{
	const char *start = at;
	uint64_t value = 0;
	unsigned digit;

	while ((digit = (unsigned)(unsigned char)*at - '0') < 10) {
		value = value * 10 + digit;
		at++;
	}
	*out = value;
	return at == start || at - start > 18 ? NULL : at;
}

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

/* "$$<component><MM-DD-YYYY HH:MM": what two frames of one minute have in common. */
static void
remember(struct record_memory *memory, struct span text, const struct event *event)
{
	size_t begin = 3 + event->component.size + 2 + sizeof(memory->minute);
	struct span rest = span_from(text, begin + 7);
	size_t end = span_find(rest, SPAN("<thread=")) + 8;

	memory->begin_size = 0;
	memory->is_sender = false;
	if (!event->zoned || event->at == WHEN_NONE || begin > sizeof(memory->begin) || end > sizeof(memory->end) ||
	    memcmp(text.at + begin - sizeof(memory->minute), memory->minute, sizeof(memory->minute)) != 0)
		return;
	memcpy(memory->begin, text.at, begin);
	memcpy(memory->end, rest.at, end);
	memory->begin_size = begin;
	memory->component_size = event->component.size;
	memory->end_size = end;
	memory->begin_at = memory->at + event->bias * WHEN_MINUTE;
	memory->bias = event->bias;
}

/* "4432 (0x1150)>" and nothing behind. */
static bool
straight_thread(const char *at, const char *end, uint32_t *out)
{
	uint64_t thread;

	at = take_digits(at, &thread);
	if (!at || thread > UINT32_MAX || end - at < 7 || memcmp(at, " (0x", 4) != 0 || end[-1] != '>' || end[-2] != ')')
		return false;
	for (at += 4; at < end - 2; at++)
		if ((unsigned)(*at - '0') > 9 && (unsigned)((*at | 0x20) - 'a') > 5)
			return false;
	*out = (uint32_t)thread;
	return true;
}

/* A frame that begins as the last one did: only seconds and thread have to be read. */
static bool
straight_frame(struct span text, const struct record_memory *memory, struct event *event)
{
	const char *at = text.at + memory->begin_size, *end = text.at + text.size;
	unsigned d[5];

	if (memory->begin_size == 0 || text.size < memory->begin_size + 7 + memory->end_size + 8 ||
	    memcmp(text.at, memory->begin, memory->begin_size) != 0 || at[0] != ':' || at[3] != '.' ||
	    memcmp(at + 7, memory->end, memory->end_size) != 0)
		return false;
	for (int i = 0; i < 5; i++) {
		d[i] = (unsigned)(unsigned char)at[i < 2 ? i + 1 : i + 2] - '0';
		if (d[i] > 9)
			return false;
	}
	if (d[0] > 5 || !straight_thread(at + 7 + memory->end_size, end, &event->thread))
		return false;
	event->at = memory->begin_at + (int64_t)(d[0] * 10000 + d[1] * 1000 + d[2] * 100 + d[3] * 10 + d[4]);
	event->bias = memory->bias;
	event->zoned = true;
	event->component = (struct span){ text.at + 3, memory->component_size };
	return true;
}

static bool
take_frame(struct span text, struct record_memory *memory, struct event *event)
{
	if (straight_frame(text, memory, event))
		return true;
	if (record_frame(text, memory, event) != text.size ||
	    memchr(event->component.at, '$', event->component.size))
		return false;
	remember(memory, text, event);
	return true;
}

bool
straight_match(struct span line, struct record_memory *memory, struct event *event)
{
	const char *at = line.at, *end = line.at + line.size, *start, *path, *path_end, *behind;
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
	if (!at || !(at = take_digits(at, &event->number[NUMBER_BYTES])) || !(at = SKIP(at, end, " bytes to ")))
		return false;
	path = at;
	if (!(path_end = take_path(path, end, memory)) || !(at = SKIP(path_end, end, " at position ")) ||
	    !(at = take_digits(at, &event->number[NUMBER_OFFSET])) || !(behind = SKIP(at, end, "  $$<")))
		return false;
	if (!take_frame((struct span){ behind - 3, (size_t)(end - behind) + 3 }, memory, event))
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
