#include "parse/decode/page_table.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/utf8.h"
#include "parse/decode/two_bytes.h"

static bool
is_letter(uint16_t point)
{
	bool is_control = point < ' ' || (point >= 0x7F && point < 0xA0);
	bool is_half = point >= 0xD800 && point < 0xE000; /* of a letter beyond 16 bits */

	return !is_control && !is_half && point < 0xFFFD;
}

/* What is no letter, the system may still have a number for. */
static void
ask(struct page_table *page, int lead, uint16_t points[256])
{
	bool known = page->load && page->load(page->page, lead, points);

	for (size_t i = 0; i < 256; i++)
		if (!known || !is_letter(points[i]))
			points[i] = 0;
}

void
page_table_open(struct page_table *page, unsigned number, code_page_load *load)
{
	*page = (struct page_table){ .page = number, .load = load };
}

void
page_table_close(struct page_table *page)
{
	for (size_t i = 0; i < 0x80; i++)
		free(page->pair[i]);
	memset(page->pair, 0, sizeof(page->pair));
}

/* Not before a letter is asked for: most logs have none. */
static uint16_t
single_point(struct page_table *page, unsigned char byte)
{
	if (!page->asked_single)
		ask(page, -1, page->single);
	page->asked_single = true;
	return page->single[byte];
}

static uint16_t
pair_point(struct page_table *page, unsigned char lead, unsigned char next)
{
	size_t i = lead - 0x80u;

	if (!page->asked[i]) {
		page->asked[i] = true;
		page->pair[i] = calloc(256, sizeof(uint16_t));
		if (page->pair[i])
			ask(page, lead, page->pair[i]);
	}
	return page->pair[i] ? page->pair[i][next] : 0;
}

size_t
page_table_digits(unsigned char byte, char out[PAGE_TABLE_STEP])
{
	static const char digits[] = "0123456789ABCDEF";

	out[0] = '\\';
	out[1] = 'x';
	out[2] = digits[byte >> 4];
	out[3] = digits[byte & 15];
	return 4;
}

/* The code point that the text begins with, and how many bytes it takes; 0: none. */
static uint32_t
point_at(struct page_table *page, struct span text, size_t *size)
{
	unsigned char byte = (unsigned char)text.at[0];
	unsigned char next = text.size > 1 ? (unsigned char)text.at[1] : 0;
	struct span rest = text;
	uint32_t point;

	*size = 1;
	if (page->page == PAGE_UTF8) {
		utf8_take_point(&rest, &point);
		*size = text.size - rest.size;
		return point == UTF8_BROKEN ? 0 : point;
	}
	if (two_bytes_pair(page->page, byte, next)) {
		point = pair_point(page, byte, next);
		*size = point ? 2 : 1;
		return point;
	}
	return single_point(page, byte);
}

size_t
page_table_step(struct page_table *page, struct span *text, char out[PAGE_TABLE_STEP], bool *good)
{
	unsigned char byte = (unsigned char)text->at[0];
	size_t size = 1, put;
	char utf8[5];
	uint32_t point;

	*good = true;
	if (byte < 0x80) {
		out[0] = (char)byte;
		*text = span_from(*text, 1);
		return 1;
	}
	point = point_at(page, *text, &size);
	*text = span_from(*text, size);
	put = point ? utf8_put_point(point, utf8) : 0;
	*good = put > 0;
	if (!put)
		return page_table_digits(byte, out);
	memcpy(out, utf8, put);
	return put;
}

bool
page_table_reads(struct page_table *page, struct span text)
{
	char out[PAGE_TABLE_STEP];
	bool good = true;

	while (good && text.size > 0)
		page_table_step(page, &text, out, &good);
	return good;
}
