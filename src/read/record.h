/*
 * The forms in which the product has written a record since 1994. Furniture of
 * this room.
 */
#ifndef READ_RECORD_H
#define READ_RECORD_H

#include <string.h>

#include "cmtop/event.h"

/* What the last record was made of: the next one differs little. */
struct record_memory {
	char    minute[16];  /* "07-30-2026 12:03" */
	int64_t at;          /* of that minute, local; WHEN_NONE: nothing remembered */

	/* Of the last frame in the current form; sizes 0: none. */
	char    begin[96];   /* "$$<SMS_LAN_SENDER><07-30-2026 12:03" */
	size_t  begin_size, component_size;
	char    end[24];     /* "+300><thread=" */
	size_t  end_size;
	int64_t begin_at;    /* the minute in UTC */
	int16_t bias;
	bool    is_sender;   /* its component has been looked up: it is one of the senders */
	char    path[128];   /* that straight_match() looked through and found simple */
	size_t  path_size;
};

/* Digits, before some byte that is none; more than surely fit are left to the wall. NULL: none. */
static inline const char *
record_digits(const char *at, uint64_t *out)
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

/* "4432 (0x1150)>" and nothing behind. */
static inline bool
record_thread(const char *at, const char *end, uint32_t *out)
{
	uint64_t thread;

	at = record_digits(at, &thread);
	if (!at || thread > UINT32_MAX || end - at < 7 || memcmp(at, " (0x", 4) != 0 || end[-1] != '>' || end[-2] != ')')
		return false;
	for (at += 4; at < end - 2; at++)
		if ((unsigned)(*at - '0') > 9 && (unsigned)((*at | 0x20) - 'a') > 5)
			return false;
	*out = (uint32_t)thread;
	return true;
}

/* A frame that begins as the last one did: only seconds and thread have to be read. */
static inline bool
record_quick(struct span text, const struct record_memory *memory, struct event *event)
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
	if (d[0] > 5 || !record_thread(at + 7 + memory->end_size, end, &event->thread))
		return false;
	event->at = memory->begin_at + (int64_t)(d[0] * 10000 + d[1] * 1000 + d[2] * 100 + d[3] * 10 + d[4]);
	event->bias = memory->bias;
	event->zoned = true;
	event->component = (struct span){ text.at + 3, memory->component_size };
	return true;
}

/*
 * Takes a frame "$$<component><time><thread=…>" that begins at text.at, in any
 * of the forms F0 to F2. Fills component, at, bias, zoned and thread. A time
 * that does not exist leaves `at` WHEN_NONE and is still a frame. Answers its
 * length, 0: no frame.
 */
size_t record_frame(struct span text, struct record_memory *memory, struct event *event);

/*
 * Takes a tagged record "<![LOG[message]LOG]!><time="…" …>" (F3) that begins at
 * text.at, and fills the message, too. Answers its length; 0: none, or its end
 * is not there yet.
 */
size_t record_tagged(struct span text, struct event *event);

/*
 * A whole line in one of the forms in which people pass lines on (F4):
 * CMTrace's copy, or "COMPONENT tid (0xhex) message". Fills everything.
 */
bool record_copied(struct span line, struct event *event);

#endif
