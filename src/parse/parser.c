/*
 * Lines become records, records become events.
 *
 * Most records are one line that ends in a frame. A text may also go over several
 * lines with the frame behind the last; so lines without a frame wait in
 * `pending`. When the line that brings the frame makes sense alone, what waited
 * was no part of it, but damaged.
 */
#include "cmtop/parser.h"

#include <stdlib.h>
#include <string.h>

#include "parse/line_splitter.h"
#include "parse/classifier.h"
#include "parse/record.h"
#include "parse/fast_path.h"

struct parser {
	uint8_t log;
	struct lines lines;
	struct span rest; /* of the current line: more records may be in it */
	uint64_t rest_offset;
	struct span extra; /* of the message just told: a second fact may be in it */
	struct span split; /* lines of a list that share one frame, in `pending`: told one by one */
	struct event said; /* the event that `extra` or `split` belongs to */
	char *pending;     /* SOURCE_RECORD_MOST bytes: lines whose frame has not come yet */
	size_t pended;
	uint64_t pended_lines, pended_offset;
	bool tagged; /* what is pending began with "<![LOG[" */
	bool ending;
	bool ahead; /* what is fed was looked through for the order of dates */
	char *text; /* SOURCE_RECORD_MOST bytes: the message, its blanks collapsed */
	struct record_memory memory;
	struct classifier classifier;
	struct parser_counts counts;
};

struct parser *
parser_new(uint8_t log)
{
	struct parser *source = calloc(1, sizeof(*source));

	if (!source)
		return NULL;
	source->log = log;
	source->counts.newest = WHEN_NONE;
	source->memory.at = WHEN_NONE;
	source->pending = malloc(SOURCE_RECORD_MOST);
	source->text = malloc(SOURCE_RECORD_MOST);
	if (lines_open(&source->lines) && classifier_open(&source->classifier) && source->pending && source->text)
		return source;
	parser_free(source);
	return NULL;
}

void
parser_free(struct parser *source)
{
	if (!source)
		return;
	classifier_close(&source->classifier);
	lines_close(&source->lines);
	free(source->pending);
	free(source->text);
	free(source);
}

void
parser_feed(struct parser *source, const char *bytes, size_t size)
{
	struct span fed = { bytes, size };

	source->counts.bytes += size;
	source->ahead = false;
	lines_feed(&source->lines, fed);
}

void
parser_end(struct parser *source)
{
	source->ending = true;
}

static void
drop_pending(struct parser *source)
{
	source->counts.damaged += source->pended_lines;
	source->pended = 0;
	source->pended_lines = 0;
	source->tagged = false;
}

void
parser_restart(struct parser *source, uint64_t offset, bool midline)
{
	if (source->lines.carried > 0 && !source->lines.skipping)
		source->counts.damaged++;
	drop_pending(source);
	source->rest = source->extra = source->split = SPAN("");
	source->ending = false;
	lines_restart(&source->lines, offset, midline);
}

const struct parser_counts *
parser_counts(const struct parser *source)
{
	return &source->counts;
}

const char *
parser_log_name(const struct parser *source)
{
	return source->classifier.log_name;
}

/* ---- one record ---- */

static void
count(struct parser *source, struct event *event)
{
	source->counts.records++;
	if (event->kind == EVENT_NOTE)
		source->counts.unknown++;
	if (event->at == WHEN_NONE)
		return;
	if (source->counts.newest == WHEN_NONE || event->at > source->counts.newest
	    || event->zoned != source->counts.zoned)
		source->counts.newest = event->at;
	source->counts.zoned = event->zoned;
	if (event->zoned)
		source->counts.bias = event->bias;
}

/* Puts the record behind what waited for its frame: the whole stands in `pending` then. Answers the whole message. */
static struct span
joined(struct parser *source, struct span message, struct event *event)
{
	struct span raw = span_part(event->raw, 0, SOURCE_RECORD_MOST - source->pended);
	size_t size = source->pended + (message.size < raw.size ? message.size : raw.size);

	memcpy(source->pending + source->pended, raw.at, raw.size);
	event->raw = (struct span){ source->pending, source->pended + raw.size };
	return (struct span){ source->pending, size };
}

/* Understands the message. What a template did not look at may hold a second fact: "…package 'X'Used 0 out of 30…". */
static bool
understand(struct parser *source, struct event *event)
{
	struct span rest;
	bool understood = classifier_find(&source->classifier, event, &rest);

	if (understood && rest.size > 0 && span_find_nocase(rest, SPAN(" out of ")) < rest.size) {
		source->extra = rest;
		source->said = *event;
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

/* The next line of a list that is one record: each is told as if it had the frame for itself. False: there is none left. */
static bool
take_split(struct parser *source, struct event *event)
{
	struct span line = SPAN("");

	while (source->split.size > 0 && span_trim(line).size == 0) {
		line = span_part(source->split, 0, span_find(source->split, SPAN("\n")));
		source->split = span_from(source->split, line.size + 1);
	}
	if (span_trim(line).size == 0)
		return false;
	*event = source->said;
	event->offset = source->pended_offset + (uint64_t)(line.at - source->pending);
	event->raw = line;
	event->message = message_plain(line, source->text);
	source->classifier.spaced = line;
	if (!understand(source, event) || tells_of_trouble(event))
		raise_level(event);
	count(source, event);
	return true;
}

/* The scheduler's list as one record of many lines, whose frame has come with the last of them. */
static bool
is_split(struct parser *source, struct span message, struct event *event)
{
	struct span waiting = { source->pending, source->pended };

	if (source->pended == 0 || source->tagged
	    || classifier_rules(&source->classifier, event->component) != &rules_sched
	    || !listed_holds_rows(waiting, event->thread, &source->classifier.listed))
		return false;
	source->split = joined(source, message, event);
	source->pended = source->pended_lines = 0;
	source->said = *event;
	return take_split(source, event);
}

/* The event's frame is known, `message` is its text. */
static void
finish(struct parser *source, struct span message, uint8_t level, struct event *event)
{
	bool understood;

	event->kind = EVENT_SEEN;
	event->family = FAMILY_NONE;
	event->detail = 0;
	event->status = 0;
	event->texts = event->numbers = 0;
	event->level = level;
	if (is_split(source, message, event))
		return;
	event->message = message_plain(message, source->text);
	source->classifier.spaced = message;
	understood = event->message.size > 0 && understand(source, event);
	if (source->pended > 0 && !source->tagged) {
		if (understood) {
			drop_pending(source);
		} else {
			event->offset = source->pended_offset;
			source->classifier.spaced = joined(source, message, event);
			event->message = message_plain(source->classifier.spaced, source->text);
			source->pended = source->pended_lines = 0;
			understood = understand(source, event);
		}
	}
	if (!understood || tells_of_trouble(event))
		raise_level(event);
	count(source, event);
}

/* Where a whole frame begins in the line, and how long it is; line.size: nowhere. */
static size_t
find_frame(struct parser *source, struct span line, struct event *event, size_t *size)
{
	size_t at = 0, next;

	for (;;) {
		next = span_find(span_from(line, at), SPAN("$$<"));
		if (at + next >= line.size)
			return line.size;
		at += next;
		*size = record_frame(span_from(line, at), &source->memory, event);
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
take_framed(struct parser *source, struct event *event)
{
	struct span line = source->rest, rest;
	size_t size, at = find_frame(source, line, event, &size), more_size;
	struct event more;

	if (at == line.size)
		return false;
	rest = span_from(line, at + size);
	event->offset = source->rest_offset;
	event->raw = span_part(line, 0, at + size);
	source->rest = SPAN("");
	if (!all_blank(rest)) {
		if (find_frame(source, rest, &more, &more_size) < rest.size) {
			source->rest_offset += (uint64_t)(rest.at - line.at);
			source->rest = rest;
		} else {
			source->counts.damaged++;
		}
	}
	if (event->at == WHEN_NONE)
		source->counts.damaged++; /* a time that does not exist: the record is taken, its time is unknown */
	finish(source, span_part(line, 0, at), LEVEL_INFO, event);
	return true;
}

static void
keep_pending(struct parser *source, struct span line)
{
	if (line.size + 1 > SOURCE_RECORD_MOST - source->pended) {
		drop_pending(source);
		source->counts.damaged++;
		return;
	}
	if (source->pended == 0)
		source->pended_offset = source->rest_offset;
	memcpy(source->pending + source->pended, line.at, line.size);
	source->pended += line.size;
	source->pending[source->pended++] = '\n';
	source->pended_lines++;
}

static bool
take_tagged_at(struct parser *source, struct span text, size_t *size, struct event *event)
{
	*size = record_tagged(text, event);
	if (*size == 0)
		return false;
	if (event->at == WHEN_NONE)
		source->counts.damaged++;
	return true;
}

/* A tagged record, whole in this line or ending in it. */
static bool
take_tagged(struct parser *source, struct event *event)
{
	struct span text = source->rest;
	size_t size, before = source->tagged ? source->pended : 0;

	if (source->tagged) {
		keep_pending(source, text);
		text = (struct span){ source->pending, source->pended };
		if (source->pended == 0 || !take_tagged_at(source, text, &size, event)) {
			source->rest = SPAN("");
			return false;
		}
		event->offset = source->pended_offset;
		event->raw = span_part(text, 0, size);
		source->rest = span_from(source->rest, size > before ? size - before : source->rest.size);
		finish(source, event->message, event->level, event);
		source->pended = source->pended_lines = 0;
		source->tagged = false;
		return true;
	}
	if (take_tagged_at(source, text, &size, event)) {
		event->offset = source->rest_offset;
		event->raw = span_part(text, 0, size);
		source->rest = span_trim(span_from(text, size));
		drop_pending(source);
		finish(source, event->message, event->level, event);
		return true;
	}
	drop_pending(source);
	keep_pending(source, text);
	source->tagged = source->pended > 0;
	source->rest = SPAN("");
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

/* A line that people have copied. What its date means may be decided by a later one, as far as it is there already. */
static bool
is_copied(struct parser *source, struct span line, struct event *event)
{
	struct record_memory *memory = &source->memory;

	if (!record_copied(line, memory, event))
		return false;
	if (event->at == WHEN_NONE || memory->date_order != DATE_UNKNOWN || source->ahead)
		return true;
	source->ahead = true;
	record_look_ahead(source->lines.fed, memory);
	return record_copied(line, memory, event);
}

static bool
take_record(struct parser *source, struct event *event)
{
	struct span line = source->rest;

	if (span_starts_nocase(line, SPAN("<![LOG["))) {
		if (source->tagged)
			drop_pending(source);
		return take_tagged(source, event);
	}
	if (span_find(line, SPAN("$$<")) < line.size) {
		if (source->tagged)
			drop_pending(source);
		if (take_framed(source, event))
			return true;
	} else if (source->tagged) {
		return take_tagged(source, event);
	} else if (is_copied(source, line, event)) {
		event->offset = source->rest_offset;
		event->raw = line;
		source->rest = SPAN("");
		drop_pending(source);
		finish(source, event->message, LEVEL_INFO, event);
		return true;
	}
	source->rest = SPAN("");
	if (is_broken(line)) {
		drop_pending(source);
		source->counts.damaged++;
	} else if (!all_blank(line)) {
		keep_pending(source, line);
	}
	return false;
}

/* ---- one line ---- */

static struct span
without_noise(struct parser *source, struct span line, uint64_t offset)
{
	size_t zeros = 0;

	if (offset == 0)
		span_skip(&line, SPAN("\xef\xbb\xbf"));
	while (zeros < line.size && line.at[zeros] == '\0') /* a crash leaves runs of these */
		zeros++;
	if (zeros > 0)
		source->counts.damaged++;
	return span_from(line, zeros);
}

static bool
take_fast_path(struct parser *source, struct span line, uint64_t offset, struct event *event)
{
	if (source->pended > 0 || !fast_path_match(line, &source->memory, event) || event->at == WHEN_NONE)
		return false;
	if (!source->memory.is_sender && classifier_rules(&source->classifier, event->component) != &rules_sender)
		return false;
	source->memory.is_sender = source->memory.begin_size > 0;
	event->family = FAMILY_SENDER;
	event->offset = offset;
	event->raw = line;
	count(source, event);
	return true;
}

static bool
next_line(struct parser *source, struct span *line, uint64_t *offset)
{
	uint64_t overlong = source->lines.overlong;
	bool any = lines_next(&source->lines, line, offset);

	if (!any && source->ending)
		any = lines_last(&source->lines, line, offset);
	source->counts.damaged += source->lines.overlong - overlong;
	return any;
}

/* The second fact of the message just told. */
static bool
take_extra(struct parser *source, struct event *event)
{
	*event = source->said;
	event->message = source->classifier.spaced = span_trim(source->extra);
	source->extra = SPAN("");
	return understand(source, event);
}

bool
parser_next(struct parser *source, struct event *event)
{
	struct span line;
	uint64_t offset;

	event->log = source->log;
	if (source->extra.size > 0 && take_extra(source, event))
		return true;
	if (source->split.size > 0 && take_split(source, event))
		return true;
	for (;;) {
		while (source->rest.size > 0)
			if (take_record(source, event))
				return true;
		if (!next_line(source, &line, &offset))
			break;
		if (take_fast_path(source, line, offset, event))
			return true;
		line = without_noise(source, line, offset);
		if (span_starts_nocase(line, SPAN("<MAXIMUM LOG FILE SIZE REACHED")))
			continue;
		source->rest = line;
		source->rest_offset = offset;
	}
	if (source->ending) {
		drop_pending(source);
		source->ending = false;
		lines_restart(&source->lines, 0, false);
	}
	return false;
}
