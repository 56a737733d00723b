/* Bytes become lines, lines records, records events. */
#include "cmtop/parser.h"

#include <stdlib.h>

#include "parse/fast_path.h"
#include "parse/line_reading.h"
#include "parse/parser_state.h"

static const struct template *
first_rule(const struct rules *rules, enum event_kind kind)
{
	size_t i = 0;

	while (rules->rows[i].kind != kind)
		i++;
	return &rules->rows[i];
}

struct parser *
parser_new(uint8_t log)
{
	struct parser *parser = calloc(1, sizeof(*parser));

	if (!parser)
		return NULL;
	parser->log = log;
	parser->fast_rule[0] = first_rule(&rules_sender, EVENT_WRITING);
	parser->fast_rule[1] = first_rule(&rules_sender, EVENT_WROTE);
	parser->memory.at = parser->memory.changed = WHEN_NONE;
	parser->memory.fed = &parser->lines.fed;
	parser->memory.pieces = (struct piece_reader){ line_reading_piece, parser };
	dates_open(&parser->memory.names);
	copied_open(&parser->memory.copied);
	parser->pending = malloc(PARSER_RECORD_MOST);
	parser->text = malloc(PARSER_RECORD_MOST);
	if (lines_open(&parser->lines) && classifier_open(&parser->classifier) && parser->pending && parser->text)
		return parser;
	parser_free(parser);
	return NULL;
}

void
parser_free(struct parser *parser)
{
	if (!parser)
		return;
	classifier_close(&parser->classifier);
	lines_close(&parser->lines);
	line_text_close(&parser->line_text);
	line_text_close(&parser->piece);
	free(parser->pending);
	free(parser->text);
	free(parser);
}

void
parser_read_text(struct parser *parser, struct server_text *text)
{
	parser->server = text;
}

void
parser_feed(struct parser *parser, const char *bytes, size_t size)
{
	struct span fed = { bytes, size };

	parser->counts.bytes += size;
	parser->memory.looked = parser->survey == SURVEY_ENDED;
	lines_feed(&parser->lines, fed);
	if (parser->form == FORM_UNKNOWN || parser->form == FORM_UTF32)
		line_reading_feed(parser);
}

void
parser_changed(struct parser *parser, int64_t at)
{
	parser->memory.changed = at;
}

void
parser_end(struct parser *parser)
{
	parser->at_end = true;
}

void
parser_restart(struct parser *parser, uint64_t offset, bool midline)
{
	if (parser->lines.carried > 0 && !parser->lines.skipping)
		parser->counts.damaged++;
	record_drop_pending(parser);
	parser->rest = parser->extra = parser->split = SPAN("");
	parser->at_end = false;
	if (offset == 0)
		parser->counts.utf32 = false;
	line_reading_begin(parser, offset == 0);
	lines_restart(&parser->lines, offset, midline);
}

const struct parser_counts *
parser_counts(const struct parser *parser)
{
	return &parser->counts;
}

const char *
parser_log_name(const struct parser *parser)
{
	return parser->classifier.log_name;
}

/* ---- one line ---- */

static struct span
without_noise(struct parser *parser, struct span line, uint64_t offset)
{
	size_t zeros = 0;

	if (offset == 0)
		span_skip(&line, SPAN("\xef\xbb\xbf"));
	while (zeros < line.size && line.at[zeros] == '\0') /* a crash leaves runs of these */
		zeros++;
	if (zeros > 0)
		parser->counts.damaged++;
	return span_from(line, zeros);
}

static bool
take_fast_path(struct parser *parser, struct span line, uint64_t offset, struct event *event)
{
	if (parser->pended > 0 || !fast_path_match(line, &parser->memory, event) || event->at == WHEN_NONE)
		return false;
	if (!parser->memory.is_sender && classifier_rules(&parser->classifier, event->component) != &rules_sender)
		return false;
	parser->memory.is_sender = parser->memory.begin_size > 0;
	event->family = FAMILY_SENDER;
	event->rule = parser->fast_rule[event->kind == EVENT_WROTE];
	event->offset = offset;
	event->end = parser->line_end;
	event->raw = line;
	record_count(parser, event);
	return true;
}

static bool
next_line(struct parser *parser, struct span *line, uint64_t *offset)
{
	uint64_t overlong = parser->lines.overlong;
	bool any = lines_next(&parser->lines, line, offset);

	if (!any && parser->at_end)
		any = lines_last(&parser->lines, line, offset);
	parser->counts.damaged += parser->lines.overlong - overlong;
	return any;
}

bool
parser_next(struct parser *parser, struct event *event)
{
	struct span line;
	uint64_t offset;

	event->log = parser->log;
	event->shift = 0;
	event->stray = false;
	if (record_extra(parser, event))
		return true;
	if (parser->split.size > 0 && record_next_line(parser, event))
		return true;
	for (;;) {
		while (parser->rest.size > 0)
			if (record_next(parser, event))
				return true;
		if (!next_line(parser, &line, &offset))
			break;
		parser->line_end = offset + line.size;
		if (form_is_utf16(parser->form) && !line_reading_take(parser, &line, offset))
			continue;
		if (take_fast_path(parser, line, offset, event))
			return true;
		if (!form_is_utf16(parser->form) && !line_reading_take(parser, &line, offset))
			continue;
		line = without_noise(parser, line, offset);
		if (span_starts_nocase(line, SPAN("<MAXIMUM LOG FILE SIZE REACHED")))
			continue;
		parser->rest = line;
		parser->rest_offset = offset;
	}
	if (parser->at_end) {
		record_drop_pending(parser);
		parser->at_end = false;
		parser->survey = SURVEY_NONE;
		parser->counts.files++;
		line_reading_begin(parser, true);
		lines_restart(&parser->lines, 0, false);
	}
	return false;
}
