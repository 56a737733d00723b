#include "parse/decode/server_text_state.h"

#include <stdio.h>
#include <stdlib.h>

#include "cmtop/count_of.h"
#include "cmtop/utf8.h"
#include "parse/decode/line_text.h"
#include "parse/decode/two_bytes.h"

#define CUT_GOOD 4 /* letters of UTF-8 for each byte that is none: in a code page, few bytes look like such by chance */

#define AHEAD_TEXTS 256 /* lines without UTF-8 that are looked for in what follows the first of them */

/* ---- names ---- */

/* What people and programs call them, other than "windows-N", "cpN", "msN" and "N". */
static const struct {
	const char *name;
	unsigned page;
} page_names[] = {
	{ "utf8", PAGE_UTF8 },  { "shiftjis", 932 },   { "sjis", 932 },      { "windows31j", 932 },
	{ "gbk", 936 },         { "gb2312", 936 },     { "euckr", 949 },     { "uhc", 949 },
	{ "ksc56011987", 949 }, { "big5", 950 },       { "tis620", 874 },    { "iso885911", 874 },
	{ "iso88591", 1252 },   { "latin1", 1252 },    { "iso88592", 1250 }, { "iso88595", 1251 },
	{ "iso88596", 1256 },   { "iso88597", 1253 },  { "iso88598", 1255 }, { "iso88599", 1254 },
	{ "iso885913", 1257 },  { "iso885915", 1252 }, { "latin2", 1250 },   { "latin5", 1254 },
};

static const unsigned pages[] = { PAGE_UTF8, 1250, 1251, 1252, 1253, 1254, 1255, 1256,
	                          1257,      1258, 874,  932,  936,  949,  950 };

unsigned
code_page_at(size_t i)
{
	return i < COUNT_OF(pages) ? pages[i] : 0;
}

unsigned
code_page_named(struct span name)
{
	char plain[24];
	struct span rest;
	size_t size = 0;
	uint64_t number;

	for (size_t i = 0; i < name.size; i++) {
		if (name.at[i] == '-' || name.at[i] == '_' || name.at[i] == ' ')
			continue;
		if (size == sizeof(plain))
			return 0;
		plain[size++] = to_lower(name.at[i]);
	}
	rest = (struct span){ plain, size };
	for (size_t i = 0; i < COUNT_OF(page_names); i++)
		if (span_is(rest, span_of(page_names[i].name)))
			return page_names[i].page;
	if (!span_skip(&rest, SPAN("windows")) && !span_skip(&rest, SPAN("cp")))
		span_skip(&rest, SPAN("ms"));
	if (!span_take_uint(&rest, &number) || rest.size > 0)
		return 0;
	for (size_t i = 0; i < COUNT_OF(pages); i++)
		if (pages[i] == number)
			return pages[i];
	return 0;
}

const char *
code_page_name(unsigned page, char out[24])
{
	if (page == PAGE_UTF8)
		snprintf(out, 24, "utf-8");
	else
		snprintf(out, 24, "windows-%u", page);
	return out;
}

/* ---- what a line is ---- */

/* Bytes of the UTF-8 letter that the text begins with, 0: it is none. */
static size_t
utf8_size(struct span text)
{
	struct span rest = text;
	uint32_t point;

	utf8_take_point(&rest, &point);
	return point == UTF8_BROKEN ? 0 : text.size - rest.size;
}

enum line_kind
line_kind_of(struct span line)
{
	size_t good = 0, bad = 0, longer = 0, most = line.size / 2; /* letters of two bytes */

	if (span_is_ascii(line))
		return LINE_ASCII;
	while (line.size > 0) {
		size_t size = (unsigned char)line.at[0] < 0x80 ? 1 : utf8_size(line);

		bad += size == 0;
		if (bad * CUT_GOOD > most)
			return LINE_PAGE;
		good += size > 1;
		longer += size > 2;
		line = span_from(line, size ? size : 1);
	}
	if (bad > 0)
		return good >= CUT_GOOD * bad ? LINE_CUT : LINE_PAGE;
	return longer ? LINE_UTF8 : LINE_EITHER;
}

/* ---- the page ---- */

/* Scripts of which two letters may well look like one of UTF-8; "Ã¼" is no word of any. */
static bool
looks_like_utf8(unsigned page)
{
	return two_bytes_page(page) || page == 874 || page == 1256;
}

static void
use_page(struct server_text *text, unsigned number)
{
	code_page_load *load = text->page.load;

	if (text->page.page == number)
		return;
	text->too_soon |= text->read;
	text->read = false;
	page_table_close(&text->page);
	page_table_open(&text->page, number, load);
}

static void
hear_ahead(struct server_text *text, struct span ahead)
{
	size_t count = 0;

	while (ahead.size > 0 && count < AHEAD_TEXTS && !page_guess_full(&text->guess)) {
		struct span line = span_part(ahead, 0, span_find(ahead, SPAN("\n")));

		if (line_kind_of(line) == LINE_PAGE) {
			page_guess_hear(&text->guess, line);
			count++;
		}
		ahead = span_from(ahead, line.size + 1);
	}
}

void
server_text_hear(struct server_text *text, struct span line, struct span ahead)
{
	bool first = !text->known;

	if (text->guessed) {
		size_t texts = text->guess.texts;

		page_guess_hear(&text->guess, line);
		if (first)
			hear_ahead(text, ahead);
		if (text->guess.texts > texts)
			use_page(text, page_guess_best(&text->guess));
		text->known = true;
		text->too_soon |= text->doubted && looks_like_utf8(text->page.page);
		text->doubted = text->doubted && !looks_like_utf8(text->page.page);
	}
	text->read = true;
}

bool
server_text_claims(struct server_text *text, struct span line)
{
	if (!text->known) {
		text->doubted = true;
		return false;
	}
	return looks_like_utf8(text->page.page) && page_table_reads(&text->page, line);
}

struct span
server_text_line(struct server_text *text, enum text_form form, struct span line, char out[SERVER_LINE_MOST])
{
	struct line_text converted = { .text = out };
	struct page_table utf8 = { .page = PAGE_UTF8 };

	if (form_is_utf16(form))
		line_text_from_utf16(&converted, form, line, &line);
	else if (line_kind_of(line) >= LINE_CUT)
		line_text_from_page(&converted, line_kind_of(line) == LINE_CUT ? &utf8 : &text->page, line, &line);
	return line;
}

struct server_text *
server_text_new(unsigned page, code_page_load *load)
{
	struct server_text *text = calloc(1, sizeof(*text));

	if (!text)
		return NULL;
	text->guessed = page == PAGE_GUESSED;
	text->known = !text->guessed;
	page_table_open(&text->page, text->guessed ? page_guess_best(&text->guess) : page, load);
	return text;
}

void
server_text_free(struct server_text *text)
{
	while (text) {
		struct server_text *next = text->next;

		page_table_close(&text->page);
		free(text);
		text = next;
	}
}

struct server_text *
server_text_of(struct server_text *first, unsigned server)
{
	struct server_text *text = first;

	while (text && text->server != server && text->next)
		text = text->next;
	if (!text || text->server == server)
		return text;
	text->next = server_text_new(first->guessed ? PAGE_GUESSED : first->page.page, first->page.load);
	if (text->next)
		text->next->server = server;
	return text->next;
}

unsigned
server_text_page(const struct server_text *text)
{
	return text->page.page;
}

bool
server_text_guessed(const struct server_text *text)
{
	return text->guessed;
}

bool
server_text_read_too_soon(struct server_text *text)
{
	bool too_soon = false;

	for (; text; text = text->next) {
		too_soon |= text->too_soon;
		text->too_soon = false;
	}
	return too_soon;
}
