#include "parse/line_splitter.h"

#include <stdlib.h>
#include <string.h>

bool
lines_open(struct lines *lines)
{
	memset(lines, 0, sizeof(*lines));
	lines->most = PARSER_RECORD_MOST;
	lines->carry = malloc(lines->most);
	return lines->carry != NULL;
}

void
lines_close(struct lines *lines)
{
	free(lines->carry);
}

void
lines_feed(struct lines *lines, struct span bytes)
{
	lines->fed = bytes;
}

/* Keeps the beginning of a line for the next feed; one that grows too long is given up. */
static void
keep(struct lines *lines, struct span piece)
{
	if (piece.size == 0 || lines->skipping)
		return;
	if (piece.size > lines->most - lines->carried) {
		lines->skipping = true;
		lines->overlong++;
		lines->carried = 0;
		return;
	}
	if (lines->carried == 0)
		lines->handover_offset = lines->offset;
	memcpy(lines->carry + lines->carried, piece.at, piece.size);
	lines->carried += piece.size;
}

static struct span
without_return(struct span line)
{
	while (line.size > 0 && line.at[line.size - 1] == '\r')
		line.size--;
	return line;
}

/* The line in `piece`, or in the carry where it began there; false if it is given up. */
static bool
complete(struct lines *lines, struct span piece, struct span *line, uint64_t *offset)
{
	bool carried = lines->carried > 0;

	if (carried)
		keep(lines, piece);
	if (!lines->skipping && !carried && piece.size > lines->most) {
		lines->overlong++;
		return false;
	}
	if (lines->skipping) {
		lines->skipping = false;
		return false;
	}
	*line = without_return(carried ? (struct span){ lines->carry, lines->carried } : piece);
	*offset = carried ? lines->handover_offset : lines->offset;
	lines->carried = 0;
	return true;
}

bool
lines_take_form(struct lines *lines, enum text_form form)
{
	lines->form = form;
	lines->wide = form_is_utf16(form);
	lines->before = lines->carried ? (unsigned char)lines->carry[lines->carried - 1] : '\0';
	if (lines->wide && lines->most == PARSER_RECORD_MOST) {
		char *carry = realloc(lines->carry, 2 * lines->most);

		if (!carry)
			return false;
		lines->carry = carry;
		lines->most *= 2;
	}
	return true;
}

/* The last byte of the end of the next line, NULL: it is not there yet. */
static const char *
wide_end(struct lines *lines)
{
	bool ends;
	size_t size = text_form_line(lines->form, lines->fed, lines->offset, lines->before, &ends);

	lines->before = (unsigned char)lines->fed.at[size - 1];
	return ends ? lines->fed.at + size - 1 : NULL;
}

bool
lines_next(struct lines *lines, struct span *line, uint64_t *offset)
{
	while (lines->fed.size > 0) {
		const char *newline = lines->wide ? wide_end(lines) : memchr(lines->fed.at, '\n', lines->fed.size);
		struct span piece = lines->fed;
		bool is_complete = false;

		if (newline) {
			piece.size = (size_t)(newline - piece.at);
			is_complete = complete(lines, piece, line, offset);
			piece.size++;
		} else {
			keep(lines, piece);
		}
		lines->offset += piece.size;
		lines->fed = span_from(lines->fed, piece.size);
		if (is_complete)
			return true;
	}
	return false;
}

bool
lines_last(struct lines *lines, struct span *line, uint64_t *offset)
{
	bool any = lines->carried > 0 && !lines->skipping;

	*line = (struct span){ lines->carry, any ? lines->carried : 0 };
	if (!lines->wide)
		*line = without_return(*line);
	*offset = lines->handover_offset;
	lines_restart(lines, 0, false);
	return any;
}

void
lines_restart(struct lines *lines, uint64_t offset, bool midline)
{
	lines->fed = SPAN("");
	lines->form = FORM_UNKNOWN;
	lines->wide = false;
	lines->most = PARSER_RECORD_MOST;
	lines->offset = offset;
	lines->carried = 0;
	lines->skipping = midline;
}
