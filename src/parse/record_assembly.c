/*
 * Lines become records.
 *
 * Most records are one line that ends in a frame. A text may also go over several
 * lines with the frame behind the last; so lines without a frame wait in
 * `pending`. When the line that brings the frame makes sense alone, what waited
 * was no part of it, but damaged.
 */
#include <string.h>

#include "parse/copied_line.h"
#include "parse/line_reading.h"
#include "parse/parser_state.h"

/* Where a whole frame begins in the line, and how long it is; line.size: nowhere. */
static size_t
find_frame(struct parser *parser, struct span line, struct event *event, size_t *size)
{
	size_t at = 0, next;

	for (;;) {
		next = span_find(span_from(line, at), SPAN("$$<"));
		if (at + next >= line.size)
			return line.size;
		at += next;
		*size = record_frame(span_from(line, at), &parser->memory, event);
		if (*size > 0)
			return at;
		at += 3;
	}
}

static bool
all_blank(struct span text)
{
	return span_trim(text).size == 0;
}

/*
 * The first record of the line. A frame is the end of its record; where text and
 * another whole frame follow, the line holds several. Text behind the last frame
 * is a damaged piece.
 */
static bool
take_framed(struct parser *parser, struct event *event)
{
	struct span line = parser->rest, rest;
	size_t size, at = find_frame(parser, line, event, &size), more_size;
	struct event more;

	if (at == line.size)
		return false;
	rest = span_from(line, at + size);
	event->offset = parser->rest_offset;
	event->raw = span_part(line, 0, at + size);
	parser->rest = SPAN("");
	if (!all_blank(rest)) {
		if (find_frame(parser, rest, &more, &more_size) < rest.size) {
			parser->rest = line;
			parser->rest_offset = line_reading_offset(parser, rest.at);
			parser->rest = rest;
		} else {
			parser->counts.damaged++;
		}
	}
	if (event->at == WHEN_NONE)
		parser->counts.damaged++; /* a time that does not exist: the record is taken, its time is unknown */
	record_finish(parser, span_part(line, 0, at), LEVEL_INFO, event);
	return true;
}

static void
keep_pending(struct parser *parser, struct span line)
{
	if (line.size + 1 > PARSER_RECORD_MOST - parser->pended) {
		record_drop_pending(parser);
		parser->counts.damaged++;
		return;
	}
	if (parser->pended == 0)
		parser->pended_offset = parser->rest_offset;
	memcpy(parser->pending + parser->pended, line.at, line.size);
	parser->pended += line.size;
	parser->pending[parser->pended++] = '\n';
	parser->pended_lines++;
}

static bool
take_tagged_at(struct parser *parser, struct span text, size_t *size, struct event *event)
{
	*size = record_tagged(text, &parser->memory, event);
	if (*size == 0)
		return false;
	if (event->at == WHEN_NONE)
		parser->counts.damaged++;
	return true;
}

/* A tagged record, whole in this line or ending in it. */
static bool
take_tagged(struct parser *parser, struct event *event)
{
	struct span text = parser->rest;
	size_t size, before = parser->tagged ? parser->pended : 0;

	if (parser->tagged) {
		keep_pending(parser, text);
		text = (struct span){ parser->pending, parser->pended };
		if (parser->pended == 0 || !take_tagged_at(parser, text, &size, event)) {
			parser->rest = SPAN("");
			return false;
		}
		event->offset = parser->pended_offset;
		event->raw = span_part(text, 0, size);
		parser->rest = span_from(parser->rest, size > before ? size - before : parser->rest.size);
		record_finish(parser, event->message, event->level, event);
		parser->pended = parser->pended_lines = 0;
		parser->tagged = false;
		return true;
	}
	if (take_tagged_at(parser, text, &size, event)) {
		event->offset = parser->rest_offset;
		event->raw = span_part(text, 0, size);
		parser->rest = span_trim(span_from(text, size));
		record_drop_pending(parser);
		record_finish(parser, event->message, event->level, event);
		return true;
	}
	record_drop_pending(parser);
	keep_pending(parser, text);
	parser->tagged = parser->pended > 0;
	parser->rest = SPAN("");
	return false;
}

/* No part of a text over several lines: a frame that is none, or bytes that no text holds. */
static bool
is_broken(struct span line)
{
	for (size_t i = 0; i < line.size; i++)
		if ((unsigned char)line.at[i] < ' ' && line.at[i] != '\t' && line.at[i] != '\r')
			return true;
	return span_find(line, SPAN("$$<")) < line.size;
}

bool
record_next(struct parser *parser, struct event *event)
{
	struct span line = parser->rest;

	if (span_starts_nocase(line, SPAN("<![LOG["))) {
		if (parser->tagged)
			record_drop_pending(parser);
		return take_tagged(parser, event);
	}
	if (span_find(line, SPAN("$$<")) < line.size) {
		if (parser->tagged)
			record_drop_pending(parser);
		if (take_framed(parser, event))
			return true;
	} else if (parser->tagged) {
		return take_tagged(parser, event);
	} else if (copied_line(line, &parser->memory, event)) {
		event->offset = parser->rest_offset;
		event->raw = line;
		parser->rest = SPAN("");
		record_drop_pending(parser);
		record_finish(parser, event->message, LEVEL_INFO, event);
		return true;
	}
	parser->rest = SPAN("");
	if (is_broken(line)) {
		record_drop_pending(parser);
		parser->counts.damaged++;
	} else if (!all_blank(line)) {
		keep_pending(parser, line);
	}
	return false;
}
