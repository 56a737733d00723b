/*
 * A file whose dates cannot be read as they come is looked through before it is read: names of
 * months that not all languages agree on, and days and months that look alike.
 */
#include "parse/copied_line.h"
#include "parse/dates/frames_ahead.h"
#include "parse/dates/month_choice.h"
#include "parse/parser_state.h"

/* By the first date of the file; all others are written alike. */
static bool
asks(struct parser *parser, struct span bytes)
{
	struct record_memory *memory = &parser->memory;
	struct span text = bytes, time;
	struct named_date date;

	if (span_starts_nocase(bytes, SPAN("<![LOG[")))
		return false;
	if (frame_ahead(&text, &time))
		return named_date_take(piece_text(&memory->pieces, time), &date)
		       && dates_know(&memory->names, &date) == DATE_ASKS;
	copied_ahead(bytes, memory);
	return memory->copied.possible && !copied_decided(&memory->copied);
}

static bool
end(struct parser *parser)
{
	if (parser->memory.names.count > 0)
		months_choose(&parser->memory.names, parser->memory.changed);
	parser->survey = SURVEY_ENDED;
	return false;
}

bool
parser_survey(struct parser *parser, const char *bytes, size_t size)
{
	struct span part = { bytes, size };

	if (size == 0)
		return end(parser);
	if (parser->survey != SURVEY_BEGUN) {
		if (!asks(parser, part))
			return false;
		parser->survey = SURVEY_BEGUN;
	} else {
		copied_ahead(part, &parser->memory);
	}
	dates_ahead(&parser->memory.names, part, &parser->memory.pieces);
	return true;
}
