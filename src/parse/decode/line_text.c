#include "parse/decode/line_text.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/utf8.h"

#define STEP 8 /* bytes that a step gives at most: two bytes that are no letter, in digits */

void
line_text_close(struct line_text *line)
{
	free(line->text);
}

/* ---- UTF-16 ---- */

static uint32_t
unit_at(enum text_form form, struct span source)
{
	const unsigned char *at = (const unsigned char *)source.at;

	if (source.size < 2)
		return UTF8_BROKEN;
	return form == FORM_UTF16LE ? (uint32_t)(at[0] | at[1] << 8) : (uint32_t)(at[0] << 8 | at[1]);
}

/* A half of a letter that stands alone, or a byte, comes out in digits. */
static size_t
put_bytes(struct span bytes, char out[STEP])
{
	size_t used = 0;

	for (size_t i = 0; i < bytes.size; i++)
		used += page_table_digits((unsigned char)bytes.at[i], out + used);
	return used;
}

static size_t
utf16_step(enum text_form form, struct span *source, char out[STEP])
{
	uint32_t unit = unit_at(form, *source), low = unit_at(form, span_from(*source, 2));
	size_t size = source->size < 2 ? source->size : 2, put;
	char utf8[5];

	if (unit >= 0xD800 && unit < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
		unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
		size = 4;
	}
	put = unit == 0 ? 1 : utf8_put_point(unit, utf8);
	if (unit == 0)
		out[0] = '\0';
	else if (put)
		memcpy(out, utf8, put);
	else
		put = put_bytes(span_part(*source, 0, size), out);
	*source = span_from(*source, size);
	return put;
}

/* ---- either ---- */

static size_t
step(enum text_form form, struct page_table *page, struct span *source, char out[STEP])
{
	bool good;

	return form_is_utf16(form) ? utf16_step(form, source, out) : page_table_step(page, source, out, &good);
}

/*
 * Vietnamese is written as a letter and a tone in its code page, and as one letter everywhere else. `before` is where the
 * last letter begins. Answers the bytes of the letter with the tone that stand there then, 0: these two are not one.
 */
static size_t
join_tone(struct line_text *line, size_t before, const char *mark, size_t size)
{
	struct span letter = { line->text + before, line->size - before }, tone = { mark, size };
	char joined[5];
	uint32_t base, tone_point;
	size_t put;

	if (!utf8_take_point(&letter, &base) || !utf8_take_point(&tone, &tone_point) || letter.size > 0)
		return 0;
	put = utf8_put_point(utf8_joined(base, tone_point), joined);
	if (put == 0 || put > SERVER_LINE_MOST - before)
		return 0;
	memcpy(line->text + before, joined, put);
	return put;
}

static bool
convert(struct line_text *line, enum text_form form, struct page_table *page, struct span source)
{
	struct span rest = source;
	size_t before = 0;
	char out[STEP];

	if (!line->text)
		line->text = malloc(SERVER_LINE_MOST);
	line->source = source;
	line->size = line->at = line->source_at = 0;
	while (line->text && rest.size > 0) {
		size_t put = step(form, page, &rest, out), joined = 0;

		if (page && page->page == 1258 && line->size > 0 && put == 2 && ((unsigned char)out[0] & 0xFE) == 0xCC)
			joined = join_tone(line, before, out, put);
		if (joined) {
			line->size = before + joined;
			continue;
		}
		if (put > SERVER_LINE_MOST - line->size)
			return false;
		before = line->size;
		memcpy(line->text + line->size, out, put);
		line->size += put;
	}
	return line->text != NULL;
}

static struct span
without_end(struct span text)
{
	while (text.size > 0 && (text.at[text.size - 1] == '\n' || text.at[text.size - 1] == '\r'))
		text.size--;
	return text;
}

bool
line_text_from_page(struct line_text *line, struct page_table *page, struct span source, struct span *out)
{
	bool fits = convert(line, FORM_BYTES, page, source);

	*out = (struct span){ line->text, line->size };
	return fits;
}

bool
line_text_from_utf16(struct line_text *line, enum text_form form, struct span source, struct span *out)
{
	bool fits = convert(line, form, NULL,
	                    span_part(source, 0, source.size & ~(size_t)1)); /* half of an end may follow */

	*out = without_end((struct span){ line->text, line->size });
	return fits;
}

size_t
line_text_source(struct line_text *line, enum text_form form, struct page_table *page, size_t size)
{
	struct span rest = span_from(line->source, line->source_at);
	char out[STEP];

	while (line->at < size && rest.size > 0)
		line->at += step(form, page, &rest, out);
	line->source_at = line->source.size - rest.size;
	return line->source_at;
}
