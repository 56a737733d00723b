/* The forms in which the product has written a record since 1994; README.md shows them. */
#ifndef PARSE_RECORD_H
#define PARSE_RECORD_H

#include <string.h>

#include "cmtop/event.h"
#include "parse/dates/copied_dates.h"
#include "parse/dates/frames_ahead.h"
#include "parse/dates/named_dates.h"

/* What the last record was made of: the next one differs little. */
struct record_memory {
	char minute[16]; /* "07-30-2026 12:03" */
	int64_t at;      /* of that minute, local; WHEN_NONE: nothing remembered */

	/* Of the last frame in the current form; sizes 0: none. */
	char begin[96]; /* "$$<SMS_LAN_SENDER><07-30-2026 12:03" */
	size_t begin_size, component_size;
	char end[24]; /* "+300><thread=" */
	size_t end_size;
	int64_t begin_at; /* the minute in UTC */
	int16_t bias;
	bool is_sender; /* its component has been looked up: it is one of the senders */

	/* Of times that can only be read with what stands behind them. */
	const struct span *fed;     /* the bytes behind this line, as far as they are there; NULL: none */
	struct piece_reader pieces; /* of these bytes */
	int64_t changed;            /* when the file was changed last, UTC; WHEN_NONE: not known */
	bool looked;                /* the copied lines in what is fed, or in all of the file, were looked through */
	struct named_dates names;
	struct copied_dates copied;
};

/*
 * Eight digits at once, where the machine is little-endian; false: it is not, or
 * they are not all digits. Positions in large files have ten and more.
 */
static inline bool
record_eight_digits(const char *at, uint64_t *out)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint64_t w;

	memcpy(&w, at, sizeof(w));
	if ((w & 0xf0f0f0f0f0f0f0f0u) != 0x3030303030303030u
	    || ((w + 0x0606060606060606u) & 0xf0f0f0f0f0f0f0f0u) != 0x3030303030303030u)
		return false;
	w &= 0x0f0f0f0f0f0f0f0fu;
	w = w * 10 + (w >> 8); /* pairs, in every other byte */
	*out = ((w & 0x000000ff000000ffu) * 0x000f424000000064u + (w >> 16 & 0x000000ff000000ffu) * 0x0000271000000001u)
	       >> 32;
	return true;
#else
	(void)at;
	(void)out;
	return false;
#endif
}

/* Digits before some byte that is none, all before `end`; more than surely fit are left to the rules. NULL: none. */
static inline const char *
record_digits(const char *at, const char *end, uint64_t *out)
{
	const char *start = at;
	uint64_t value = 0;
	unsigned digit;

	if (end - at > 8 && record_eight_digits(at, &value))
		at += 8;
	while ((digit = (unsigned)(unsigned char)*at - '0') < 10) {
		value = value * 10 + digit;
		at++;
	}
	*out = value;
	return at == start || at - start > 18 ? NULL : at;
}

/* "4432 (0x1150)>" before `end`, which follows a ">". */
static inline bool
record_thread(const char *at, const char *end, uint32_t *out)
{
	uint64_t thread;

	at = record_digits(at, end, &thread);
	if (!at || thread > UINT32_MAX || end - at < 7 || memcmp(at, " (0x", 4) != 0 || end[-2] != ')')
		return false;
	for (at += 4; at < end - 2; at++)
		if ((unsigned)(*at - '0') > 9 && (unsigned)((*at | 0x20) - 'a') > 5)
			return false;
	*out = (uint32_t)thread;
	return true;
}

static inline unsigned
record_digit(char c)
{
	return (unsigned)(unsigned char)c - '0';
}

/* A frame that begins as the last one did, and ends the text: only seconds and thread have to be read. */
static inline bool
record_quick(struct span text, const struct record_memory *memory, struct event *event)
{
	const char *at = text.at + memory->begin_size, *end = text.at + text.size;
	unsigned a, b, c, d, e;

	if (memory->begin_size == 0 || text.size < memory->begin_size + 7 + memory->end_size + 8 || end[-1] != '>'
	    || !bytes_are(text.at, memory->begin, memory->begin_size) || at[0] != ':' || at[3] != '.'
	    || !bytes_are(at + 7, memory->end, memory->end_size))
		return false;
	a = record_digit(at[1]), b = record_digit(at[2]), c = record_digit(at[4]), d = record_digit(at[5]),
	e = record_digit(at[6]);
	if (a > 5 || b > 9 || c > 9 || d > 9 || e > 9 || !record_thread(at + 7 + memory->end_size, end, &event->thread))
		return false;
	event->at = memory->begin_at + (int64_t)(a * 10000 + b * 1000 + c * 100 + d * 10 + e);
	event->bias = memory->bias;
	event->zoned = true;
	event->component = (struct span){ text.at + 3, memory->component_size };
	return true;
}

/*
 * Takes a frame "$$<component><time><thread=…>" that begins at text.at, with the
 * time in any of its three forms. Fills component, at, bias, zoned and thread. A time
 * that does not exist leaves `at` WHEN_NONE and is still a frame. Answers its
 * length, 0: no frame.
 */
size_t record_frame(struct span text, struct record_memory *memory, struct event *event);

/*
 * Takes a tagged record "<![LOG[message]LOG]!><time="…" …>" that begins at
 * text.at, and fills the message, too. Answers its length; 0: none, or its end
 * is not there yet.
 */
size_t record_tagged(struct span text, const struct record_memory *memory, struct event *event);

#endif
