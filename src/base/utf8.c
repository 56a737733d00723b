/*
 * By utf8proc, as in utf8_plain.c: what is a character, how wide it is, and what
 * must never reach a terminal are a standard's business, not ours.
 */
#include "cmtop/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool ascii_only;

enum nature {
	NATURE_PLAIN,
	NATURE_MARK,    /* joins the character before it */
	NATURE_HARMFUL, /* moves the cursor, turns the direction, hides, or is no character */
};

#define NON_JOINER  0x200c
#define JOINER      0x200d
#define TEXT_LOOK   0xfe0e /* selectors that ask for another look of the same character, */
#define EMOJI_LOOK  0xfe0f /* … by which terminals guess another width */
#define SKIN_FIRST  0x1f3fb
#define SKIN_LAST   0x1f3ff
#define TAG_FIRST   0xe0020
#define TAG_LAST    0xe007f
#define ARABIC      0x600  /* scripts before it need no joiner: there it only hides */
#define HANGUL_PART 0x1160 /* vowels and finals of a syllable that is written in parts */

static bool
is_in(uint32_t point, uint32_t first, uint32_t last)
{
	return point >= first && point <= last;
}

/* The vowels and finals of a Korean syllable written in parts have no column of their own. */
static bool
is_hangul_part(uint32_t point)
{
	return is_in(point, HANGUL_PART, 0x11ff) || is_in(point, 0xd7b0, 0xd7fb);
}

static bool
is_hangul(uint32_t point)
{
	return is_in(point, 0x1100, 0x11ff) || is_in(point, 0xa960, 0xa97c) || is_in(point, 0xac00, 0xd7fb);
}

static bool
is_picture(uint32_t point)
{
	return utf8proc_get_property((utf8proc_int32_t)point)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static enum nature
nature_of(uint32_t point)
{
	const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)point);
	int width = utf8proc_charwidth((utf8proc_int32_t)point);

	switch (property->category) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP: return NATURE_HARMFUL;
	case UTF8PROC_CATEGORY_MC: return width == 2 ? NATURE_PLAIN : NATURE_MARK;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_ME: return NATURE_MARK;
	default: break;
	}
	if (is_hangul_part(point))
		return NATURE_MARK;
	if (property->ignorable)
		return NATURE_HARMFUL;
	return width == 0 ? NATURE_MARK : NATURE_PLAIN;
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

uint32_t
utf8_lower(uint32_t point)
{
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
}

bool
utf8_is_capital(uint32_t point)
{
	if (!utf8proc_codepoint_valid((utf8proc_int32_t)point))
		return false;
	return utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_LU;
}

int
utf8_mark_columns(uint32_t point)
{
	if (!utf8proc_codepoint_valid((utf8proc_int32_t)point))
		return 0;
	/* A joiner has none, but some draw the letter behind it into the same cell. */
	if (point == JOINER || is_hangul_part(point)
	    || utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_MC)
		return 1;
	return nature_of(point) == NATURE_PLAIN ? 2 : 0;
}

/* What has been taken of one character: its first code point, and the one before the next. */
struct taken {
	uint32_t first, last;
	int width;
};

/* Whether the code point belongs to the character before it. */
static bool
joins(const struct taken *taken, uint32_t point)
{
	switch (point) {
	case JOINER:
	case NON_JOINER: return taken->first >= ARABIC && nature_of(taken->first) == NATURE_PLAIN;
	default: break;
	}
	if (is_in(point, SKIN_FIRST, SKIN_LAST))
		return taken->width == 2 && is_picture(taken->first);
	if (is_in(point, TAG_FIRST, TAG_LAST))
		return is_picture(taken->first);
	if (is_hangul_part(point))
		return is_hangul(taken->first);
	if (taken->last == JOINER && is_picture(point))
		return is_picture(taken->first);
	return nature_of(point) == NATURE_MARK;
}

/* A part of the character that only changes how terminals guess its width, or of which no cell holds enough. */
static bool
is_left_out(const struct taken *taken, uint32_t point)
{
	return (point == EMOJI_LOOK && taken->width == 1) || (point == TEXT_LOOK && taken->width == 2)
	       || is_in(point, TAG_FIRST, TAG_LAST);
}

/* Bytes past what a cell holds are dropped: a hundred marks on one letter are no text. */
static void
join_marks(struct span *text, uint32_t first, struct glyph *out)
{
	struct taken taken = { first, first, out->width };
	size_t used = strlen(out->text);
	struct span rest = *text;
	bool full = false;
	uint32_t point;

	while (rest.size > 0 && (unsigned char)rest.at[0] >= 0x80 && utf8_take_point(&rest, &point)) {
		size_t size = text->size - rest.size;

		if (point == UTF8_BROKEN || !joins(&taken, point))
			break;
		if (!is_left_out(&taken, point)) {
			full |= used + size > UTF8_MOST;
			if (!full) {
				memcpy(out->text + used, text->at, size);
				used += size;
			}
		}
		taken.last = point;
		*text = rest;
	}
	/* A joiner of which the other side did not fit. */
	if (full && used > 3 && memcmp(out->text + used - 3, "\xe2\x80\x8d", 3) == 0)
		used -= 3;
	memset(out->text + used, 0, sizeof(out->text) - used);
}

/* "\u00FC", "\U0001F4BB": so that two names stay two. */
static void
put_escape(uint32_t point, struct glyph *out)
{
	static const char digits[] = "0123456789ABCDEF";
	int count = point > 0xffff ? 8 : 4;

	out->text[0] = '\\';
	out->text[1] = count == 8 ? 'U' : 'u';
	for (int i = 0; i < count; i++)
		out->text[2 + i] = digits[point >> 4 * (count - 1 - i) & 0xf];
	out->width = count + 2;
}

void
utf8_ascii_only(bool only)
{
	ascii_only = only;
}

static void
take_beyond_ascii(struct span *text, struct glyph *out, bool escapes)
{
	uint32_t point;

	utf8_take_point(text, &point);
	if (point == UTF8_BROKEN || point < 0xa0)
		return;
	if (escapes) {
		put_escape(point, out);
		return;
	}
	if (nature_of(point) != NATURE_PLAIN) {
		join_marks(text, '?', out);
		return;
	}
	utf8_put_point(point, out->text);
	out->width = utf8proc_charwidth((utf8proc_int32_t)point) == 2 ? 2 : 1;
	join_marks(text, point, out);
}

static bool
take(struct span *text, struct glyph *out, bool escapes)
{
	if (text->size == 0)
		return false;
	*out = (struct glyph){ "?", 1 };
	if (!is_plain_ascii(text->at[0])) {
		take_beyond_ascii(text, out, escapes);
		return true;
	}
	out->text[0] = text->at[0];
	*text = span_from(*text, 1);
	if (!escapes && text->size > 0 && (unsigned char)text->at[0] >= 0x80)
		join_marks(text, (unsigned char)out->text[0], out);
	return true;
}

bool
utf8_take(struct span *text, struct glyph *out)
{
	return take(text, out, ascii_only);
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

/* As they stand, also what no cell holds; but for what was harmful, which the glyph tells. */
static struct span
as_written(struct span text, const struct glyph *glyph)
{
	return text.at[0] == glyph->text[0] ? text : span_of(glyph->text);
}

void
utf8_clean(struct span text, char *out, size_t size)
{
	struct span before = text;
	struct glyph glyph;
	size_t used = 0;

	while (take(&text, &glyph, false)) {
		struct span more = as_written(span_part(before, 0, before.size - text.size), &glyph);

		if (used + more.size >= size)
			break;
		memcpy(out + used, more.at, more.size);
		used += more.size;
		before = text;
	}
	out[used] = '\0';
}

void
utf8_shown(struct span text, char *out, size_t size)
{
	struct glyph glyph;
	size_t used = 0;

	for (size_t more; utf8_take(&text, &glyph) && used + (more = strlen(glyph.text)) < size; used += more)
		memcpy(out + used, glyph.text, more);
	out[used] = '\0';
}
