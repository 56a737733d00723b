/*
 * Physical lines from bytes that were cut anywhere.
 */
#ifndef PARSE_LINE_SPLITTER_H
#define PARSE_LINE_SPLITTER_H

#include "cmtop/parser.h"
#include "cmtop/text/text_form.h"

struct lines {
	struct span fed; /* borrowed bytes not looked at yet */
	uint64_t offset; /* of fed.at in the file */
	char *carry;     /* `most` bytes: the beginning of a line whose end was not fed yet */
	size_t most;     /* PARSER_RECORD_MOST characters */
	size_t carried;
	enum text_form form;
	bool wide;            /* that is UTF-16, */
	unsigned char before; /* … and this the byte before the next one */
	uint64_t handover_offset;
	bool skipping;     /* in a line that is too long, or not begun at its beginning */
	uint64_t overlong; /* lines passed over for their length */
};

bool lines_open(struct lines *lines); /* false: out of memory */
void lines_close(struct lines *lines);

void lines_feed(struct lines *lines, struct span bytes);

/* What the file's characters are; what was carried already is of them too. False: out of memory. */
bool lines_take_form(struct lines *lines, enum text_form form);

/* The next whole line without its end (in UTF-16: with the first byte of it), valid until the next call; false: bytes are wanted. */
bool lines_next(struct lines *lines, struct span *line, uint64_t *offset);

/* What is left when there will be no more: a line without its newline. */
bool lines_last(struct lines *lines, struct span *line, uint64_t *offset);

void lines_restart(struct lines *lines, uint64_t offset, bool midline);

#endif
