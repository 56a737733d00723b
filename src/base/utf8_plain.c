/*
 * Texts in another form that is the same to a reader: composed, or as plain as one who looks for numbers and words takes
 * it. Like utf8.c it leaves what letters are to utf8proc.
 */
#include "cmtop/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define COMPOSED_LEAD 0xcc /* first byte of U+0300: nothing before it ever composes */

char *
utf8_composed(struct span text, size_t *size)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t made;
	size_t i = 0;

	while (i < text.size && (unsigned char)text.at[i] < COMPOSED_LEAD)
		i++;
	if (i == text.size)
		return NULL;
	made = utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.size, &out,
	                    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (made < 0 || ((size_t)made == text.size && memcmp(out, text.at, text.size) == 0)) {
		free(out);
		return NULL;
	}
	*size = (size_t)made;
	return (char *)out;
}

uint32_t
utf8_joined(uint32_t letter, uint32_t mark)
{
	utf8proc_int32_t points[8];
	utf8proc_uint8_t text[9];
	char *at = (char *)text;
	size_t size = utf8_put_point(letter, at);
	utf8proc_ssize_t count;

	size += utf8_put_point(mark, at + size);
	count = utf8proc_decompose(text, (utf8proc_ssize_t)size, points, 8, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
	if (count < 1 || count > 8 || utf8proc_normalize_utf32(points, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE) != 1)
		return UTF8_BROKEN;
	return (uint32_t)points[0];
}

/* Each script has its digits in a row, 0 to 9; some have several such rows behind each other. */
static uint32_t
digit_value(uint32_t point)
{
	uint32_t before = 0;

	while (before < point && utf8proc_category((utf8proc_int32_t)(point - before - 1)) == UTF8PROC_CATEGORY_ND)
		before++;
	return before % 10;
}

/* Another shape of a sign of ASCII; 0: it is none. */
static uint32_t
sign_of(uint32_t point)
{
	if (point > 0xFF00 && point < 0xFF5F) /* full-width */
		return point - 0xFEE0;
	switch (point) {
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2212: return '-';
	case 0x2044:
	case 0x2215: return '/';
	case 0x2236: return ':';
	case 0x060C:
	case 0x3001: return ',';
	case 0x2018:
	case 0x2019: return '\'';
	default: return 0;
	}
}

/* 0: it takes no place. */
static uint32_t
plain_of(uint32_t point)
{
	uint32_t sign = sign_of(point);

	if (sign)
		point = sign;
	if (point == UTF8_BROKEN)
		return '?';
	switch (utf8proc_category((utf8proc_int32_t)point)) {
	case UTF8PROC_CATEGORY_ND: return '0' + digit_value(point);
	case UTF8PROC_CATEGORY_ZS: return ' ';
	case UTF8PROC_CATEGORY_CC: return point == '\t' ? ' ' : '?';
	case UTF8PROC_CATEGORY_CF: return 0;
	default: return (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
	}
}

static size_t
put_plain(struct span text, char *out, size_t size)
{
	size_t used = 0;
	uint32_t point;
	char bytes[5];

	while (utf8_take_point(&text, &point)) {
		size_t more = (point = plain_of(point)) ? utf8_put_point(point, bytes) : 0;

		if (used + more >= size)
			break;
		memcpy(out + used, bytes, more);
		used += more;
	}
	out[used] = '\0';
	return used;
}

size_t
utf8_plain(struct span text, char *out, size_t size)
{
	size_t length = 0;
	char *composed = utf8_composed(text, &length);

	length = put_plain(composed ? (struct span){ composed, length } : text, out, size);
	free(composed);
	return length;
}
