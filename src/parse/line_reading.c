/* The lines of a file become UTF-8 before anything looks at them: in some code pages half a letter looks like a '~'. */
#include "parse/line_reading.h"

/* ---- what is looked at ahead ---- */

/* The bytes just fed as UTF-8, as much of them as one record may hold. */
static void
look_ahead(struct parser *parser)
{
	struct span fed = span_from(parser->lines.fed, parser->lines.offset & 1);

	parser->ahead = SPAN("");
	parser->memory.fed = &parser->ahead;
	line_text_from_utf16(&parser->piece, parser->form, fed, &parser->ahead);
}

struct span
line_reading_piece(void *payload, struct span piece)
{
	struct parser *parser = payload;
	enum line_kind kind = line_kind_of(piece);
	struct span text = piece;

	if (form_is_utf16(parser->form) || !parser->server || !parser->server->known || kind == LINE_ASCII
	    || kind == LINE_UTF8 || (kind == LINE_EITHER && !server_text_would_claim(parser->server, piece)))
		return piece;
	return line_text_from_page(&parser->piece, &parser->server->page, piece, &text) ? text : piece;
}

/* ---- what the file is ---- */

void
line_reading_begin(struct parser *parser, bool file)
{
	parser->form = FORM_UNKNOWN;
	if (!file)
		return;
	parser->last_kind = LINE_ASCII;
	parser->looked_ahead = parser->paged = false;
}

void
line_reading_feed(struct parser *parser)
{
	struct lines *lines = &parser->lines;
	struct span carried = { lines->carry, lines->carried };
	uint64_t offset = carried.size ? lines->handover_offset : lines->offset;

	if (parser->form == FORM_UNKNOWN) {
		parser->form = text_form_of(carried, lines->fed, offset);
		if (parser->form == FORM_UTF16LE || parser->form == FORM_UTF16BE)
			parser->counts.text = parser->form == FORM_UTF16LE ? LOG_TEXT_UTF16LE : LOG_TEXT_UTF16BE;
		else if (parser->form == FORM_BYTES && parser->counts.text >= LOG_TEXT_UTF16LE)
			parser->counts.text = LOG_TEXT_ASCII;
		if (parser->form == FORM_UTF32)
			parser->counts.utf32 = true;
		if (parser->form != FORM_UNKNOWN && !lines_take_form(lines, parser->form))
			parser->form = FORM_UTF32; /* no memory: nothing of it can be read */
	}
	if (form_is_utf16(parser->form))
		look_ahead(parser);
	else
		parser->memory.fed = &lines->fed;
	if (parser->form != FORM_UTF32)
		return;
	lines->offset += lines->fed.size;
	lines->fed = SPAN("");
	lines->carried = 0;
}

/* ---- a line ---- */

/* Of the next line in what was fed that can be only one of the two. */
static enum line_kind
kind_ahead(struct span ahead)
{
	enum line_kind kind = LINE_ASCII;

	while (ahead.size > 0 && kind != LINE_UTF8 && kind != LINE_PAGE) {
		struct span line = span_part(ahead, 0, span_find(ahead, SPAN("\n")));

		kind = line_kind_of(line);
		ahead = span_from(ahead, line.size + 1);
	}
	return kind;
}

/* What can be either goes with what stands around it in the file; where that cannot tell, with the server. */
static bool
is_of_page(struct parser *parser, struct span line, enum line_kind kind)
{
	bool is_stub = kind == LINE_STUB;

	if ((kind != LINE_EITHER && !is_stub) || !parser->server)
		return kind == LINE_PAGE;
	if (parser->last_kind == LINE_ASCII && !parser->looked_ahead) {
		parser->looked_ahead = true;
		kind = kind_ahead(parser->lines.fed);
		if (kind == LINE_UTF8 || kind == LINE_PAGE)
			parser->last_kind = kind;
	}
	return parser->last_kind != LINE_UTF8 && (is_stub || server_text_claims(parser->server, line));
}

static bool
read_with(struct parser *parser, struct page_table *page, struct span *line)
{
	parser->page = page;
	parser->converted = NULL;
	if (!line_text_from_page(&parser->line_text, page, *line, line))
		return false;
	parser->converted = line->at;
	return true;
}

static bool
read_in_page(struct parser *parser, struct span *line)
{
	struct server_text *server = parser->server;

	parser->counts.text = LOG_TEXT_PAGE;
	parser->counts.page = server_text_page(server);
	parser->counts.guessed = server_text_guessed(server);
	parser->paged = true;
	return read_with(parser, &server->page, line);
}

static bool
read_bytes(struct parser *parser, struct span *line)
{
	enum line_kind kind = line_kind_of(*line);

	if (kind >= LINE_STUB && !parser->server)
		return true;
	if (is_of_page(parser, *line, kind)) {
		if (kind >= LINE_STUB) {
			parser->last_kind = LINE_PAGE;
			server_text_hear(parser->server, *line, parser->lines.fed);
		}
		return read_in_page(parser, line);
	}
	if (kind == LINE_UTF8 || kind >= LINE_CUT)
		parser->last_kind = LINE_UTF8;
	if (!parser->paged)
		parser->counts.text = LOG_TEXT_UTF8;
	parser->utf8.page = PAGE_UTF8;
	return kind < LINE_CUT || !parser->server || read_with(parser, &parser->utf8, line);
}

bool
line_reading_convert(struct parser *parser, struct span *line)
{
	bool fits;

	if (!form_is_utf16(parser->form)) {
		fits = read_bytes(parser, line);
	} else {
		fits = line_text_from_utf16(&parser->line_text, parser->form, *line, line);
		parser->converted = line->at;
	}
	if (!fits)
		parser->counts.damaged++;
	return fits;
}

uint64_t
line_reading_offset(struct parser *parser, const char *at)
{
	if (!parser->converted)
		return parser->rest_offset + (uint64_t)(at - parser->rest.at);
	return parser->line_offset
	       + line_text_source(&parser->line_text, parser->form, parser->page, (size_t)(at - parser->converted));
}
