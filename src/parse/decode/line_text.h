/*
 * A line as UTF-8, whatever it is in the file.
 */
#ifndef PARSE_DECODE_LINE_TEXT_H
#define PARSE_DECODE_LINE_TEXT_H

#include "parse/decode/page_table.h"
#include "cmtop/text/text_form.h"

struct line_text {
	char *text;         /* SERVER_LINE_MOST bytes; NULL until a line needs them */
	struct span source; /* of the line whose text that is */
	size_t size;
	size_t at, source_at; /* a place in the text, and which place in the source it is */
};

void line_text_close(struct line_text *line);

/* The line in UTF-8, its newline left out. False: it is too long as UTF-8, or there is no memory. */
bool line_text_from_page(struct line_text *line, struct page_table *page, struct span source, struct span *out);
bool line_text_from_utf16(struct line_text *line, enum text_form form, struct span source, struct span *out);

/* How many bytes of the file the first `size` of the text are. Places are asked in their order. */
size_t line_text_source(struct line_text *line, enum text_form form, struct page_table *page, size_t size);

#endif
