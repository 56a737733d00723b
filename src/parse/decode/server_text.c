#include "parse/decode/server_text_state.h"

#include <stdio.h>
#include <stdlib.h>

#include "cmtop/count_of.h"
#include "cmtop/utf8.h"
#include "parse/decode/line_text.h"
#include "parse/decode/two_bytes.h"

#define CUT_GOOD    4 /* letters of UTF-8 for each byte that is none: in a code page, few bytes look like such by chance */
#define CUT_LEAST   2 /* … where each such byte begins a letter of which the end is missing; longer letters count twice */
#define EITHER_MOST 4 /* letters that look like UTF-8 and may all be of a code page */

#define LONGER_LEAD 0xE0 /* from here on, a first byte of a letter of UTF-8 that has three bytes, or four */

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

/* Bytes of a letter of UTF-8 that was cut off before its end: ASCII follows, or nothing. 0: it is none. */
static size_t
cut_size(struct span text)
{
	unsigned char first = (unsigned char)text.at[0];
	size_t size = 1;

	while (size < text.size && ((unsigned char)text.at[size] & 0xC0) == 0x80)
		size++;
	return first >= 0xC2 && first < 0xF5 && (size == text.size || (unsigned char)text.at[size] < 0x80) ? size : 0;
}

/*
 * The letters of UTF-8 that have three bytes may all be Thai in its code page too: a vowel that is written first and two
 * consonants, as in "แผน". What is Thai in UTF-8 is none of them.
 */
static bool
may_be_thai(struct span line)
{
	const unsigned char *at = (const unsigned char *)line.at;

	for (size_t i = 0; i < line.size; i++)
		if (at[i] >= 0x80
		    && (at[i] < 0xA1 || at[i] > 0xE4 || (at[i] == 0xE0 && (at[i + 1] == 0xB8 || at[i + 1] == 0xB9))))
			return false;
	return true;
}

enum line_kind
line_kind_of(struct span line)
{
	struct span all = line;
	size_t good = 0, longer = 0, bad = 0, cut = 0, parts = 0, most = line.size / 2; /* letters of two bytes */

	if (span_is_ascii(line))
		return LINE_ASCII;
	while (line.size > 0) {
		size_t size = (unsigned char)line.at[0] < 0x80 ? 1 : utf8_size(line);

		good += size > 1;
		longer += size > 2;
		bad += size == 0;
		if (size == 0) {
			size = cut_size(line);
			cut += size > 0;
			parts += size > 1;
		}
		if (bad > 1 && bad * CUT_LEAST > most)
			return LINE_PAGE;
		line = span_from(line, size ? size : 1);
	}
	if (bad == 0)
		return good > EITHER_MOST || (longer && !may_be_thai(all)) ? LINE_UTF8 : LINE_EITHER;
	if (good >= CUT_GOOD * bad || (cut == bad && good + longer >= CUT_LEAST * bad))
		return LINE_CUT;
	return cut == bad && good + parts > 0 ? LINE_STUB : LINE_PAGE;
}

/* ---- the page ---- */

/*
 * Scripts of which two letters may well look like one of UTF-8. "Ã¼" is no word of any; nor are the pairs that Arabic
 * in UTF-8 looks like in its code page.
 */
static bool
looks_like_utf8(unsigned page)
{
	return two_bytes_page(page) || page == 874;
}

/*
 * Whether a line that may be UTF-8 is rather one of the page. A server has few such among the lines of its page; one that
 * writes UTF-8 has few that were cut so that they are none.
 */
static bool
may_claim(const struct server_text *text)
{
	return text->known && looks_like_utf8(text->page.page)
	       && (!text->guessed || text->guess.texts >= text->guess.doubts);
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
		text->too_soon |= text->doubted && may_claim(text);
		text->doubted = text->doubted && !may_claim(text);
	}
	text->read = true;
}

static bool
page_reads(struct server_text *text, struct span line)
{
	for (size_t i = 0; i < line.size && text->page.page != 874; i++)
		if ((unsigned char)line.at[i] >= LONGER_LEAD)
			return false;
	return page_table_reads(&text->page, line);
}

bool
server_text_would_claim(struct server_text *text, struct span line)
{
	return may_claim(text) && page_reads(text, line);
}

bool
server_text_claims(struct server_text *text, struct span line)
{
	bool claims;

	if (text->guessed)
		page_guess_doubt(&text->guess, line);
	if (!may_claim(text)) {
		text->too_soon |= text->claimed;
		text->claimed = false;
		text->doubted = true;
		return false;
	}
	claims = page_reads(text, line);
	text->claimed |= claims;
	return claims;
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
