/*
 * The step between the lines of a file and its records: what their bytes mean.
 */
#ifndef PARSE_LINE_READING_H
#define PARSE_LINE_READING_H

#include "parse/parser_state.h"

/* Bytes from another place follow; `file`: or of another file. */
void line_reading_begin(struct parser *parser, bool file);

/* After bytes were fed: finds out what the file is. One that cannot be read is left out. */
void line_reading_feed(struct parser *parser);

/* For the next one: a line that is not all ASCII. */
bool line_reading_convert(struct parser *parser, struct span *line);

/* Makes the line UTF-8, in place or in a buffer that is valid until the next one. False: it was damaged, and counted. */
static inline bool
line_reading_take(struct parser *parser, struct span *line, uint64_t offset)
{
	parser->line_offset = offset;
	parser->converted = NULL;
	return (!form_is_utf16(parser->form) && span_is_ascii(*line)) || line_reading_convert(parser, line);
}

/*
 * For who looks through the bytes that were fed before their lines are read: a piece of them as it will be read, valid
 * until the next one. The payload is the parser.
 */
struct span line_reading_piece(void *payload, struct span piece);

/* Where in the file a place of parser->rest is. */
uint64_t line_reading_offset(struct parser *parser, const char *at);

#endif
