/* A record becomes an event, and some become several. */
#include <string.h>

#include "parse/parser_state.h"

void
record_drop_pending(struct parser *parser)
{
	parser->counts.damaged += parser->pended_lines;
	parser->pended = 0;
	parser->pended_lines = 0;
	parser->tagged = false;
}

void
record_count(struct parser *parser, const struct event *event)
{
	parser->counts.records++;
	if (event->kind == EVENT_NOTE)
		parser->counts.unknown++;
}

/* Puts the record behind what waited for its frame: the whole stands in `pending` then. Answers the whole message. */
static struct span
joined(struct parser *parser, struct span message, struct event *event)
{
	struct span raw = span_part(event->raw, 0, PARSER_RECORD_MOST - parser->pended);
	size_t size = parser->pended + (message.size < raw.size ? message.size : raw.size);

	memcpy(parser->pending + parser->pended, raw.at, raw.size);
	event->raw = (struct span){ parser->pending, parser->pended + raw.size };
	return (struct span){ parser->pending, size };
}

/* Understands the message. What a template did not look at may hold a second fact: "…package 'X'Used 0 out of 30…". */
static bool
understand(struct parser *parser, struct event *event)
{
	struct span rest;
	bool understood = classifier_find(&parser->classifier, event, &rest);

	if (understood && rest.size > 0 && span_find_nocase(rest, SPAN(" out of ")) < rest.size) {
		parser->extra = rest;
		parser->first = *event;
	}
	return understood;
}

static bool
tells_of_trouble(const struct event *event)
{
	switch (event->kind) {
	case EVENT_JOB_ERROR:
	case EVENT_PACKAGE_ERROR:
	case EVENT_TRANSFER_ERROR:
	case EVENT_FAILURE: return true;
	default: return false;
	}
}

/* To what its words say, where the record's own level says less. */
static void
raise_level(struct event *event)
{
	uint8_t level = event->message.size > 0 ? message_level(event->message) : LEVEL_INFO;

	if (event->kind == EVENT_FAILURE && event->detail != FAILING_AGAIN && level < LEVEL_WARNING)
		level = LEVEL_WARNING;
	if (event->level < level)
		event->level = level;
}

/* In the file, of so many of the text: such a list holds no letters beyond ASCII that would count differently. */
static uint64_t
bytes_of(const struct parser *parser, size_t size)
{
	return form_is_utf16(parser->form) ? 2 * (uint64_t)size : size;
}

/* The next line of a list that is one record: each is told as if it had the frame for itself. False: there is none left. */
bool
record_next_line(struct parser *parser, struct event *event)
{
	struct span line = SPAN("");

	while (parser->split.size > 0 && span_trim(line).size == 0) {
		line = span_part(parser->split, 0, span_find(parser->split, SPAN("\n")));
		parser->split = span_from(parser->split, line.size + 1);
		parser->split_line++;
	}
	if (span_trim(line).size == 0)
		return false;
	*event = parser->first;
	event->offset = parser->pended_offset + bytes_of(parser, (size_t)(line.at - parser->pending))
	                + (parser->split_line - 1) * parser->split_cut;
	event->offset = event->offset < parser->line_end ? event->offset : parser->line_end;
	event->end = event->offset + bytes_of(parser, line.size);
	event->end = event->end < parser->line_end ? event->end : parser->line_end;
	event->raw = line;
	event->message = message_plain(line, parser->text);
	parser->classifier.spaced = line;
	if (!understand(parser, event) || tells_of_trouble(event))
		raise_level(event);
	record_count(parser, event);
	return true;
}

/* The scheduler's list as one record of many lines, whose frame has come with the last of them. */
static bool
is_split(struct parser *parser, struct span message, struct event *event)
{
	struct span waiting = { parser->pending, parser->pended };
	uint64_t before, taken;

	if (parser->pended == 0 || parser->tagged
	    || classifier_rules(&parser->classifier, event->component) != &rules_sched
	    || !listed_holds_rows(waiting, event->thread, &parser->classifier.listed))
		return false;
	/* Every line of a file ends alike; blank lines, which are not kept, spoil the count. */
	before = parser->rest_offset - parser->pended_offset;
	taken = bytes_of(parser, parser->pended);
	parser->split_cut = before > taken ? (before - taken) / parser->pended_lines : 0;
	parser->split_line = 0;
	parser->split = joined(parser, message, event);
	parser->pended = parser->pended_lines = 0;
	parser->first = *event;
	return record_next_line(parser, event);
}

/* The event's frame is known, `message` is its text. */
void
record_finish(struct parser *parser, struct span message, uint8_t level, struct event *event)
{
	bool understood;

	event->kind = EVENT_SEEN;
	event->family = FAMILY_NONE;
	event->detail = 0;
	event->status = 0;
	event->rule = NULL;
	event->texts = event->numbers = 0;
	event->level = level;
	event->end = parser->line_end;
	if (is_split(parser, message, event))
		return;
	event->message = message_plain(message, parser->text);
	parser->classifier.spaced = message;
	understood = event->message.size > 0 && understand(parser, event);
	if (parser->pended > 0 && !parser->tagged) {
		if (understood) {
			record_drop_pending(parser);
		} else {
			event->offset = parser->pended_offset;
			parser->classifier.spaced = joined(parser, message, event);
			event->message = message_plain(parser->classifier.spaced, parser->text);
			parser->pended = parser->pended_lines = 0;
			understood = understand(parser, event);
		}
	}
	if (!understood || tells_of_trouble(event))
		raise_level(event);
	record_count(parser, event);
}

/* The second fact of the message just told. */
bool
record_extra(struct parser *parser, struct event *event)
{
	if (parser->extra.size == 0)
		return false;
	*event = parser->first;
	event->message = parser->classifier.spaced = span_trim(parser->extra);
	parser->extra = SPAN("");
	return understand(parser, event);
}
