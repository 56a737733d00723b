/*
 * Borrowed text: a place in somebody else's bytes and how many there are.
 *
 * A span owns nothing and ends with no NUL. It is as good as the bytes it
 * points into; whoever hands one out says how long that is. The bytes of a log
 * are hostile and may hold anything, NUL included.
 */
#ifndef CMTOP_SPAN_H
#define CMTOP_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const char *at;
	size_t size; /* in bytes */
};

/* A literal as a span, its NUL left out. */
#define SPAN(literal) ((struct span){ "" literal, sizeof("" literal) - 1 })

struct span span_of(const char *text); /* of a NUL-terminated text; NULL gives an empty span */

/*
 * What a NUL-terminated copy of it holds: all up to its first NUL. Whatever is
 * stored as such a copy is hashed, compared and found again by this.
 */
struct span span_stored(struct span text);

/* Bytes compared one by one; "nocase" takes A-Z and a-z for the same. */
bool span_is(struct span a, struct span b);
bool span_is_nocase(struct span a, struct span b);
bool span_starts_nocase(struct span text, struct span start);
bool span_ends_nocase(struct span text, struct span end);
int span_order_nocase(struct span a, struct span b); /* < 0, 0, > 0 as strcmp() */

/* Where `what` begins in `text`, or text.size. */
size_t span_find(struct span text, struct span what);
size_t span_find_nocase(struct span text, struct span what);
size_t span_find_last(struct span text, struct span what);

struct span span_from(struct span text, size_t start);              /* clipped at the end */
struct span span_part(struct span text, size_t start, size_t size); /* likewise */
struct span span_trim(struct span text);                            /* blanks and "~" off both ends */

/* What follows the last '\\' or '/'. */
struct span span_basename(struct span path);

/*
 * Each moves `text` past what it took and answers whether there was any;
 * on false `text` has not moved. A number past 64 bits is no number.
 */
bool span_skip(struct span *text, struct span what);
bool span_skip_nocase(struct span *text, struct span what);
bool span_take_uint(struct span *text, uint64_t *out); /* decimal digits */
bool span_take_hex(struct span *text, uint64_t *out);  /* hexadecimal digits, without 0x */

/* Copies span_stored(text), cut between characters of UTF-8 to fit, and ends it with a NUL. `size` counts the NUL and is at least 1. */
void span_copy(struct span text, char *out, size_t size);

static inline uint64_t
eight_bytes(const char *at)
{
	uint64_t bytes;

	memcpy(&bytes, at, sizeof(bytes));
	return bytes;
}

/* No byte beyond ASCII. Here, because it is asked of nearly every line. */
static inline bool
span_is_ascii(struct span text)
{
	const char *at = text.at;
	size_t left = text.size;
	uint64_t any = 0;

	for (; left >= 32; at += 32, left -= 32)
		any |= eight_bytes(at) | eight_bytes(at + 8) | eight_bytes(at + 16) | eight_bytes(at + 24);
	for (; left >= 8; at += 8, left -= 8)
		any |= eight_bytes(at);
	if (left > 0 && text.size >= 8) /* the last window reaches back */
		any |= eight_bytes(at + left - 8);
	else
		for (; left > 0; at++, left--)
			any |= (unsigned char)*at;
	return (any & UINT64_C(0x8080808080808080)) == 0;
}

/* Whether these are the same bytes: for names, which are so short that a call costs more than to compare them. */
static inline bool
bytes_are(const char *a, const char *b, size_t size)
{
	if (size < 8)
		return size == 0 || memcmp(a, b, size) == 0;
	for (size_t i = 0; i + 8 < size; i += 8)
		if (eight_bytes(a + i) != eight_bytes(b + i))
			return false;
	return eight_bytes(a + size - 8) == eight_bytes(b + size - 8);
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline char
to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

#endif
