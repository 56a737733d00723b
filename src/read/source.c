/*
 * Lines become records, records become events.
 *
 * Most records are one line that ends in a frame. A text may also go over several
 * lines with the frame behind the last; so lines without a frame wait in
 * `pending`. When the line that brings the frame makes sense alone, what waited
 * was no part of it, but damaged.
 */
#include "cmtop/source.h"

#include <stdlib.h>
#include <string.h>

#include "lines.h"
#include "record.h"
#include "straight.h"
#include "wall.h"

#define WALLS_MOST 16
#define CACHED 4

/* A component met lately and its wall. */
struct acquaintance {
	char component[64];
	size_t size;
	const struct wall *wall;  /* NULL: nobody knows it */
	const struct templates *templates;
};

struct source {
	uint8_t log;
	struct lines lines;
	struct span rest;         /* of the current line: more records may be in it */
	uint64_t rest_offset;
	struct span extra;        /* of the current message: a second fact may be in it */
	struct event said;        /* the event that `extra` belongs to */
	char *pending;            /* SOURCE_RECORD_MOST bytes: lines whose frame has not come yet */
	size_t pended;
	uint64_t pended_lines, pended_offset;
	bool tagged;              /* what is pending began with "<![LOG[" */
	bool ending;
	char *text;               /* SOURCE_RECORD_MOST bytes: the message, its blanks collapsed */
	struct record_memory memory;
	struct templates *walls[WALLS_MOST];
	struct templates *any;
	struct acquaintance known[CACHED];
	unsigned next_known;
	const char *log_name;
	struct source_counts counts;
};

struct source *
source_new(uint8_t log)
{
	struct source *source = calloc(1, sizeof(*source));

	if (!source)
		return NULL;
	source->log = log;
	source->counts.newest = WHEN_NONE;
	source->memory.at = WHEN_NONE;
	source->pending = malloc(SOURCE_RECORD_MOST);
	source->text = malloc(SOURCE_RECORD_MOST);
	source->any = templates_new(wall_any.rows, wall_any.count);
	if (!lines_open(&source->lines) || !source->pending || !source->text || !source->any)
		goto fail;
	for (size_t i = 0; wall_at(i) && i < WALLS_MOST; i++) {
		source->walls[i] = templates_new(wall_at(i)->rows, wall_at(i)->count);
		if (!source->walls[i])
			goto fail;
	}
	return source;
fail:
	source_free(source);
	return NULL;
}

void
source_free(struct source *source)
{
	if (!source)
		return;
	for (size_t i = 0; i < WALLS_MOST; i++)
		templates_free(source->walls[i]);
	templates_free(source->any);
	lines_close(&source->lines);
	free(source->pending);
	free(source->text);
	free(source);
}

void
source_feed(struct source *source, const char *bytes, size_t size)
{
	struct span fed = { bytes, size };

	source->counts.bytes += size;
	lines_feed(&source->lines, fed);
}

void
source_end(struct source *source)
{
	source->ending = true;
}

static void
drop_pending(struct source *source)
{
	source->counts.damaged += source->pended_lines;
	source->pended = 0;
	source->pended_lines = 0;
	source->tagged = false;
}

void
source_restart(struct source *source, uint64_t offset, bool midline)
{
	if (source->lines.carried > 0 && !source->lines.skipping)
		source->counts.damaged++;
	drop_pending(source);
	source->rest = source->extra = SPAN("");
	source->ending = false;
	lines_restart(&source->lines, offset, midline);
}

const struct source_counts *
source_counts(const struct source *source)
{
	return &source->counts;
}

const char *
source_log_name(const struct source *source)
{
	return source->log_name;
}

/* ---- whose words ---- */

static bool
names_component(const struct wall *wall, struct span component)
{
	struct span list = span_of(wall->components), name;

	while (list.size > 0) {
		name = span_part(list, 0, span_find(list, SPAN(" ")));
		if (span_is_nocase(name, component))
			return true;
		list = span_from(list, name.size + 1);
	}
	return false;
}

static void
meet(struct source *source, struct span component, struct acquaintance *out)
{
	memset(out, 0, sizeof(*out));
	if (component.size <= sizeof(out->component)) {
		memcpy(out->component, component.at, component.size);
		out->size = component.size;
	}
	for (size_t i = 0; i < WALLS_MOST && wall_at(i); i++) {
		if (!names_component(wall_at(i), component))
			continue;
		out->wall = wall_at(i);
		out->templates = source->walls[i];
	}
}

static const struct acquaintance *
acquaintance_of(struct source *source, struct span component)
{
	struct acquaintance *known;

	for (unsigned i = 0; i < CACHED; i++) {
		known = &source->known[i];
		if (known->size == component.size && component.size > 0 &&
		    memcmp(known->component, component.at, component.size) == 0)
			return known;
	}
	known = &source->known[source->next_known++ % CACHED];
	meet(source, component, known);
	if (known->wall && !source->log_name)
		source->log_name = known->wall->log;
	return known;
}

/* As CMTrace guesses: these logs do not say how bad a message is. */
static uint8_t
guess_level(struct span message)
{
	size_t fail = span_find_nocase(message, SPAN("fail"));

	if (fail < message.size && !span_starts_nocase(span_from(message, fail), SPAN("failover")))
		return LEVEL_ERROR;
	if (span_find_nocase(message, SPAN("error")) < message.size)
		return LEVEL_ERROR;
	return span_find_nocase(message, SPAN("warn")) < message.size ? LEVEL_WARNING : LEVEL_INFO;
}

/* A message may go on after what a template looked at: "…package 'X'Used 0 out of 30 allowed…". */
static void
look_further(struct source *source, const struct event *event, struct span rest)
{
	if (rest.size == 0 || event->kind == EVENT_NOTE || span_find_nocase(rest, SPAN(" out of ")) == rest.size)
		return;
	source->extra = rest;
	source->said = *event;
}

static bool
understand(struct source *source, struct event *event)
{
	const struct acquaintance *known = acquaintance_of(source, event->component);
	struct span rest = SPAN("");

	event->kind = EVENT_NOTE;
	event->detail = 0;
	event->texts = event->numbers = 0;
	if (status_match(event))
		return true;
	if ((known->templates && templates_match(known->templates, event, &rest)) ||
	    templates_match(source->any, event, &rest))
		look_further(source, event, rest);
	return event->kind != EVENT_NOTE;
}

/* ---- one record ---- */

/*
 * Blanks collapsed, "~" off both ends. A "~" inside stands for a line break, but
 * only where a blank or another one is beside it: PROGRA~1 is a folder.
 */
static struct span
normalized(struct source *source, struct span message)
{
	size_t size = 0;
	bool plain = true;

	message = span_trim(message);
	for (size_t i = 1; i < message.size && plain; i++)
		plain = !(message.at[i] == '\t' || message.at[i] == '\r' || message.at[i] == '\n' ||
		          ((is_blank(message.at[i]) || message.at[i] == '~') &&
		           (is_blank(message.at[i - 1]) || message.at[i - 1] == '~')));
	if (plain)
		return message;
	for (size_t i = 0; i < message.size && size < SOURCE_RECORD_MOST; i++) {
		char c = message.at[i], next = i + 1 < message.size ? message.at[i + 1] : ' ';
		bool blank = is_blank(c) || c == '\r' || c == '\n' ||
		             (c == '~' && (is_blank(next) || next == '~' || (size > 0 && source->text[size - 1] == ' ')));

		if (!blank)
			source->text[size++] = c;
		else if (size > 0 && source->text[size - 1] != ' ')
			source->text[size++] = ' ';
	}
	return span_trim((struct span){ source->text, size });
}

static void
count(struct source *source, struct event *event)
{
	source->counts.records++;
	if (event->kind == EVENT_NOTE)
		source->counts.unknown++;
	if (event->at == WHEN_NONE)
		return;
	if (source->counts.newest == WHEN_NONE || event->at > source->counts.newest || event->zoned != source->counts.zoned)
		source->counts.newest = event->at;
	source->counts.zoned = event->zoned;
	if (event->zoned)
		source->counts.bias = event->bias;
}

/* What waited for its frame, with the line that brought it behind, as one text in `pending`. */
static struct span
joined(struct source *source, struct span own)
{
	size_t room = SOURCE_RECORD_MOST - source->pended;

	if (own.size > room)
		own.size = room;
	memcpy(source->pending + source->pended, own.at, own.size);
	return (struct span){ source->pending, source->pended + own.size };
}

/* The event's frame is known, `message` is its text. */
static void
finish(struct source *source, struct span message, uint8_t level, struct event *event)
{
	bool understood;

	event->level = level;
	event->message = normalized(source, message);
	understood = event->message.size > 0 && understand(source, event);
	if (source->pended > 0 && !source->tagged) {
		if (understood) {
			drop_pending(source);
		} else {
			event->offset = source->pended_offset;
			event->message = normalized(source, joined(source, message));
			source->pended = source->pended_lines = 0;
			understood = understand(source, event);
		}
	}
	if (event->message.size == 0)
		event->kind = EVENT_SEEN;
	else if (!understood || event->kind == EVENT_JOB_ERROR || event->kind == EVENT_PACKAGE_ERROR)
		if (event->level < guess_level(event->message))
			event->level = guess_level(event->message);
	count(source, event);
}

/* Where a whole frame begins in the line, and how long it is; line.size: nowhere. */
static size_t
find_frame(struct source *source, struct span line, struct event *event, size_t *size)
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
take_framed(struct source *source, struct event *event)
{
	struct span line = source->rest, rest;
	size_t size, at = find_frame(source, line, event, &size), more_size;
	struct event more;

	if (at == line.size)
		return false;
	rest = span_from(line, at + size);
	event->offset = source->rest_offset;
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
		source->counts.damaged++;  /* a time that does not exist: the record is taken, its time is unknown */
	finish(source, span_part(line, 0, at), LEVEL_INFO, event);
	return true;
}

static void
keep_pending(struct source *source, struct span line)
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
take_tagged_at(struct source *source, struct span text, size_t *size, struct event *event)
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
take_tagged(struct source *source, struct event *event)
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
		source->rest = span_from(source->rest, size > before ? size - before : source->rest.size);
		finish(source, event->message, event->level, event);
		source->pended = source->pended_lines = 0;
		source->tagged = false;
		return true;
	}
	if (take_tagged_at(source, text, &size, event)) {
		event->offset = source->rest_offset;
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

static bool
take_record(struct source *source, struct event *event)
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
	} else if (record_copied(line, event)) {
		event->offset = source->rest_offset;
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
without_noise(struct source *source, struct span line, uint64_t offset)
{
	size_t zeros = 0;

	if (offset == 0)
		span_skip(&line, SPAN("\xef\xbb\xbf"));
	while (zeros < line.size && line.at[zeros] == '\0')  /* a crash leaves runs of these */
		zeros++;
	if (zeros > 0)
		source->counts.damaged++;
	return span_from(line, zeros);
}

static bool
take_straight(struct source *source, struct span line, uint64_t offset, struct event *event)
{
	const struct acquaintance *known;

	if (source->pended > 0 || !straight_match(line, &source->memory, event) || event->at == WHEN_NONE)
		return false;
	known = acquaintance_of(source, event->component);
	if (known->wall != &wall_sender)
		return false;
	event->offset = offset;
	count(source, event);
	return true;
}

static bool
next_line(struct source *source, struct span *line, uint64_t *offset)
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
take_extra(struct source *source, struct event *event)
{
	*event = source->said;
	event->message = span_trim(source->extra);
	source->extra = SPAN("");
	return understand(source, event);
}

bool
source_next(struct source *source, struct event *event)
{
	struct span line;
	uint64_t offset;

	event->log = source->log;
	if (source->extra.size > 0 && take_extra(source, event))
		return true;
	for (;;) {
		while (source->rest.size > 0)
			if (take_record(source, event))
				return true;
		if (!next_line(source, &line, &offset))
			break;
		if (take_straight(source, line, offset, event))
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
