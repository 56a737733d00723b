/*
 * The only file with utf8proc: what is a character, how wide it is, and what
 * must never reach a terminal are a standard's business, not ours.
 */
#include "cmtop/utf8.h"

#include <string.h>
#include <utf8proc.h>

enum nature {
	NATURE_PLAIN,
	NATURE_MARK,    /* joins the character before it */
	NATURE_SILENT,  /* a mark that only changes how terminals guess a width: left out */
	NATURE_HARMFUL, /* moves the cursor, turns the direction, hides, or is no character */
};

static enum nature
nature_of(utf8proc_int32_t point)
{
	const utf8proc_property_t *property = utf8proc_get_property(point);

	switch (property->category) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP: return NATURE_HARMFUL;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME: return property->ignorable ? NATURE_SILENT : NATURE_MARK;
	default: break;
	}
	if (property->ignorable)
		return NATURE_HARMFUL;
	/* The vowels of a Korean syllable written in parts have no column of their own. */
	return utf8proc_charwidth(point) == 0 ? NATURE_MARK : NATURE_PLAIN;
}

static bool
is_plain_ascii(char c)
{
	return c >= ' ' && c <= '~';
}

bool
utf8_take_point(struct span *text, uint32_t *out)
{
	utf8proc_int32_t point;
	utf8proc_ssize_t size;

	if (text->size == 0)
		return false;
	size = utf8proc_iterate((const utf8proc_uint8_t *)text->at, (utf8proc_ssize_t)text->size, &point);
	if (size <= 0) {
		*out = UTF8_BROKEN;
		*text = span_from(*text, 1);
		return true;
	}
	*out = (uint32_t)point;
	*text = span_from(*text, (size_t)size);
	return true;
}

size_t
utf8_put_point(uint32_t point, char out[5])
{
	utf8proc_ssize_t size = 0;

	if (utf8proc_codepoint_valid((utf8proc_int32_t)point))
		size = utf8proc_encode_char((utf8proc_int32_t)point, (utf8proc_uint8_t *)out);
	out[size] = '\0';
	return (size_t)size;
}

bool
utf8_is_capital(uint32_t point)
{
	if (!utf8proc_codepoint_valid((utf8proc_int32_t)point))
		return false;
	return utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_LU;
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

/* Bytes past what a cell holds are dropped: a hundred marks on one letter are no text. */
static void
join_marks(struct span *text, struct glyph *out)
{
	size_t used = strlen(out->text);
	struct span rest = *text;
	uint32_t point;

	while (rest.size > 0 && (unsigned char)rest.at[0] >= 0x80 && utf8_take_point(&rest, &point)) {
		size_t size = text->size - rest.size;
		enum nature nature = point == UTF8_BROKEN ? NATURE_HARMFUL : nature_of((utf8proc_int32_t)point);

		if (nature != NATURE_MARK && nature != NATURE_SILENT)
			return;
		if (nature == NATURE_MARK && used + size <= UTF8_MOST) {
			memcpy(out->text + used, text->at, size);
			used += size;
			out->text[used] = '\0';
		}
		*text = rest;
	}
}

bool
utf8_take(struct span *text, struct glyph *out)
{
	uint32_t point;

	if (text->size == 0)
		return false;
	*out = (struct glyph){ "?", 1 };
	if (is_plain_ascii(text->at[0])) {
		out->text[0] = text->at[0];
		*text = span_from(*text, 1);
		if (text->size == 0 || (unsigned char)text->at[0] < 0x80)
			return true;
	} else {
		utf8_take_point(text, &point);
		if (point != UTF8_BROKEN && nature_of((utf8proc_int32_t)point) == NATURE_PLAIN) {
			utf8_put_point(point, out->text);
			out->width = utf8proc_charwidth((utf8proc_int32_t)point) == 2 ? 2 : 1;
		}
	}
	join_marks(text, out);
	return true;
}

int
utf8_width(struct span text)
{
	struct glyph glyph;
	int width = 0;

	while (utf8_take(&text, &glyph))
		width += glyph.width;
	return width;
}

void
utf8_clean(struct span text, char *out, size_t size)
{
	struct glyph glyph;
	size_t used = 0;

	while (utf8_take(&text, &glyph)) {
		size_t more = strlen(glyph.text);

		if (used + more >= size)
			break;
		memcpy(out + used, glyph.text, more);
		used += more;
	}
	out[used] = '\0';
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

size_t
utf8_plain(struct span text, char *out, size_t size)
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
