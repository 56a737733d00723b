#include "cmtop/span.h"

#include <string.h>

struct span
span_of(const char *text)
{
	return (struct span){ text, text ? strlen(text) : 0 };
}

struct span
span_stored(struct span text)
{
	const char *end = text.size ? memchr(text.at, '\0', text.size) : NULL;

	return end ? (struct span){ text.at, (size_t)(end - text.at) } : text;
}

bool
span_is(struct span a, struct span b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

int
span_order_nocase(struct span a, struct span b)
{
	size_t shorter = a.size < b.size ? a.size : b.size;

	for (size_t i = 0; i < shorter; i++) {
		unsigned char x = (unsigned char)to_lower(a.at[i]);
		unsigned char y = (unsigned char)to_lower(b.at[i]);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return a.size == b.size ? 0 : a.size < b.size ? -1 : 1;
}

bool
span_is_nocase(struct span a, struct span b)
{
	size_t i = 0;

	if (a.size != b.size)
		return false;
	/* Mostly the cases are the same too: eight bytes at a time, as long as they are. */
	while (i + 8 <= a.size && eight_bytes(a.at + i) == eight_bytes(b.at + i))
		i += 8;
	if (i > 0 && i + 8 > a.size && eight_bytes(a.at + a.size - 8) == eight_bytes(b.at + a.size - 8))
		return true;
	for (; i < a.size; i++)
		if (a.at[i] != b.at[i] && to_lower(a.at[i]) != to_lower(b.at[i]))
			return false;
	return true;
}

bool
span_starts_nocase(struct span text, struct span start)
{
	return text.size >= start.size && span_is_nocase((struct span){ text.at, start.size }, start);
}

bool
span_ends_nocase(struct span text, struct span end)
{
	return text.size >= end.size && span_is_nocase(span_from(text, text.size - end.size), end);
}

size_t
span_find(struct span text, struct span what)
{
	size_t start = 0;

	if (what.size == 0)
		return 0;
	while (text.size - start >= what.size) {
		const char *hit = memchr(text.at + start, what.at[0], text.size - start - what.size + 1);

		if (!hit)
			break;
		start = (size_t)(hit - text.at);
		if (memcmp(hit, what.at, what.size) == 0)
			return start;
		start++;
	}
	return text.size;
}

/* The bit in which the two cases of a letter differ. */
static char
case_bit(char c)
{
	c = to_lower(c);
	return c >= 'a' && c <= 'z' ? 'a' - 'A' : 0;
}

size_t
span_find_nocase(struct span text, struct span what)
{
	char first, second, bit, bit2;
	size_t k = what.size > 1;

	if (what.size == 0 || what.size > text.size)
		return what.size == 0 ? 0 : text.size;
	first = to_lower(what.at[0]);
	second = to_lower(what.at[k]);
	bit = case_bit(first);
	bit2 = case_bit(second);
	/* Two letters settle it for most places, before anything is called. */
	for (size_t i = 0; i + what.size <= text.size; i++)
		if ((char)(text.at[i] | bit) == first && (char)(text.at[i + k] | bit2) == second
		    && span_is_nocase((struct span){ text.at + i, what.size }, what))
			return i;
	return text.size;
}

size_t
span_find_last(struct span text, struct span what)
{
	for (size_t i = text.size + 1; i-- > what.size;)
		if (memcmp(text.at + i - what.size, what.at, what.size) == 0)
			return i - what.size;
	return text.size;
}

struct span
span_from(struct span text, size_t start)
{
	if (start >= text.size)
		return (struct span){ text.at ? text.at + text.size : text.at, 0 };
	return (struct span){ text.at + start, text.size - start };
}

struct span
span_part(struct span text, size_t start, size_t size)
{
	struct span rest = span_from(text, start);

	if (rest.size > size)
		rest.size = size;
	return rest;
}

static bool
is_edge(char c)
{
	return is_blank(c) || c == '~' || c == '\r' || c == '\n';
}

struct span
span_trim(struct span text)
{
	while (text.size > 0 && is_edge(text.at[0]))
		text = span_from(text, 1);
	while (text.size > 0 && is_edge(text.at[text.size - 1]))
		text.size--;
	return text;
}

struct span
span_basename(struct span path)
{
	for (size_t i = path.size; i > 0; i--)
		if (path.at[i - 1] == '\\' || path.at[i - 1] == '/')
			return span_from(path, i);
	return path;
}

bool
span_skip(struct span *text, struct span what)
{
	if (text->size < what.size || !span_is(span_part(*text, 0, what.size), what))
		return false;
	*text = span_from(*text, what.size);
	return true;
}

bool
span_skip_nocase(struct span *text, struct span what)
{
	if (!span_starts_nocase(*text, what))
		return false;
	*text = span_from(*text, what.size);
	return true;
}

bool
span_take_uint(struct span *text, uint64_t *out)
{
	uint64_t value = 0;
	size_t i = 0;

	for (; i < text->size && is_digit(text->at[i]); i++) {
		unsigned digit = (unsigned)(text->at[i] - '0');

		if (value > (UINT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (i == 0)
		return false;
	*text = span_from(*text, i);
	*out = value;
	return true;
}

static int
hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	c = to_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
span_take_hex(struct span *text, uint64_t *out)
{
	uint64_t value = 0;
	size_t i = 0;

	for (; i < text->size && hex_digit(text->at[i]) >= 0; i++) {
		if (value >> 60)
			return false;
		value = value << 4 | (unsigned)hex_digit(text->at[i]);
	}
	if (i == 0)
		return false;
	*text = span_from(*text, i);
	*out = value;
	return true;
}

/* The last place at or before `size` that is not within a character; bytes that are no UTF-8 are cut anywhere. */
static size_t
between_characters(struct span text, size_t size)
{
	size_t back = 0;

	while (back < 3 && back < size && ((unsigned char)text.at[size - back] & 0xc0) == 0x80)
		back++;
	return (unsigned char)text.at[size - back] >= 0xc0 ? size - back : size;
}

void
span_copy(struct span text, char *out, size_t size)
{
	size_t n;

	text = span_stored(text);
	n = text.size < size ? text.size : between_characters(text, size - 1);

	if (n > 0)
		memcpy(out, text.at, n);
	out[n] = '\0';
}
