#include "parse/record.h"

#include <string.h>

#include "parse/timestamp.h"

/* What stands before `end`, which is taken too; false if there is no `end`. */
static bool
take_until(struct span *text, char end, struct span *out)
{
	const char *hit = text->size ? memchr(text->at, end, text->size) : NULL;

	if (!hit)
		return false;
	*out = span_part(*text, 0, (size_t)(hit - text->at));
	*text = span_from(*text, out->size + 1);
	return true;
}

/* "4432 (0x1150)", or "E0" of the oldest. */
static bool
take_thread(struct span text, struct event *event)
{
	struct span decimal = text;
	uint64_t thread, hex;

	if (span_take_uint(&decimal, &thread) && span_skip(&decimal, SPAN(" (0x")) && span_take_hex(&decimal, &hex)
	    && span_is(decimal, SPAN(")"))) {
		if (thread > UINT32_MAX)
			return false;
		event->thread = (uint32_t)thread;
		return true;
	}
	if (!span_take_hex(&text, &thread) || text.size > 0 || thread > UINT32_MAX)
		return false;
	event->thread = (uint32_t)thread;
	return true;
}

#define COMPONENT_MOST 128 /* bytes */

/* The text up to its first control character, at most as long as a component's name may be. */
static struct span
component_part(struct span text)
{
	size_t size = 0;

	while (size < text.size && size < COMPONENT_MOST && (unsigned char)text.at[size] >= ' '
	       && text.at[size] != 0x7f)
		size++;
	return span_part(text, 0, size);
}

/* A frame of any form, at leisure. */
static size_t
any_frame(struct span text, struct record_memory *memory, struct event *event)
{
	struct span at = text, time, thread;

	event->at = WHEN_NONE;
	event->zoned = false;
	event->zone = SPAN("");
	event->bias = 0;
	if (!span_skip(&at, SPAN("$$<")) || !take_until(&at, '>', &event->component) || event->component.size == 0
	    || component_part(event->component).size < event->component.size)
		return 0;
	if (!span_skip(&at, SPAN("<")) || !take_until(&at, '>', &time) || time.size > 128)
		return 0;
	if (!span_skip(&at, SPAN("<thread=")) || !take_until(&at, '>', &thread) || !take_thread(thread, event))
		return 0;
	if (!timestamp_with_bias(time, memory, event) && !timestamp_with_weekday(time, event)) {
		event->at = WHEN_NONE;
		event->zoned = false;
		event->zone = SPAN("");
	}
	return (size_t)(at.at - text.at);
}

/* "$$<component><MM-DD-YYYY HH:MM": what two frames of one minute have in common. */
static void
remember(struct record_memory *memory, struct span text, const struct event *event)
{
	size_t begin = 3 + event->component.size + 2 + sizeof(memory->minute);
	struct span rest = span_from(text, begin + 7);
	size_t end = span_find(rest, SPAN("<thread=")) + 8;

	memory->begin_size = 0;
	memory->is_sender = false;
	if (!event->zoned || memchr(event->component.at, '$', event->component.size) || event->at == WHEN_NONE
	    || begin > sizeof(memory->begin) || end > sizeof(memory->end)
	    || memcmp(text.at + begin - sizeof(memory->minute), memory->minute, sizeof(memory->minute)) != 0)
		return;
	memcpy(memory->begin, text.at, begin);
	memcpy(memory->end, rest.at, end);
	memory->begin_size = begin;
	memory->component_size = event->component.size;
	memory->end_size = end;
	memory->begin_at = memory->at + event->bias * WHEN_MINUTE;
	memory->bias = event->bias;
}

size_t
record_frame(struct span text, struct record_memory *memory, struct event *event)
{
	size_t size;

	if (record_quick(text, memory, event))
		return text.size;
	size = any_frame(text, memory, event);
	if (size == text.size)
		remember(memory, text, event);
	return size;
}

/* The value of name="…" in the tail of a tagged record; empty if it is not there. */
static struct span
tagged_value(struct span tail, struct span name)
{
	size_t start = span_find(tail, name);
	struct span value;

	if (start == tail.size)
		return SPAN("");
	tail = span_from(tail, start + name.size);
	return take_until(&tail, '"', &value) ? value : SPAN("");
}

static void
tagged_time(struct span tail, struct event *event)
{
	struct span time = tagged_value(tail, SPAN(" time=\"")), date = tagged_value(tail, SPAN(" date=\""));
	struct civil c = { 0 };

	event->at = WHEN_NONE;
	event->zoned = false;
	event->zone = SPAN("");
	event->bias = 0;
	if (time.size == 0)
		time = tagged_value(tail, SPAN("<time=\""));
	if (!timestamp_date(&date, "-", &c) || !timestamp_clock(&time, &c))
		return;
	if (time.size > 0 && !timestamp_bias(&time, event))
		return;
	timestamp_set(event, &c);
}

size_t
record_tagged(struct span text, struct event *event)
{
	static const uint8_t levels[] = { LEVEL_INFO, LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR };
	struct span tail, number;
	size_t end, close;
	uint64_t value;

	if (!span_starts_nocase(text, SPAN("<![LOG[")))
		return 0;
	end = span_find(text, SPAN("]LOG]!>"));
	tail = span_from(text, end + 7);
	close = span_find(tail, SPAN(">"));
	if (close == tail.size)
		return 0;
	event->message = span_part(text, 7, end - 7);
	tail = span_part(tail, 0, close);
	tagged_time(tail, event);
	event->component = component_part(tagged_value(tail, SPAN(" component=\"")));
	number = tagged_value(tail, SPAN(" thread=\""));
	event->thread = span_take_uint(&number, &value) && value <= UINT32_MAX ? (uint32_t)value : 0;
	number = tagged_value(tail, SPAN(" type=\""));
	event->level = span_take_uint(&number, &value) && value < 4 ? levels[value] : LEVEL_INFO;
	return end + 7 + close + 1;
}

/* "SMS_LAN_SENDER": capitals, digits and underlines, with one of these at least. */
static bool
is_component(struct span word)
{
	bool underline = false;

	for (size_t i = 0; i < word.size; i++) {
		char c = word.at[i];

		if (!(c >= 'A' && c <= 'Z') && !is_digit(c) && c != '_')
			return false;
		underline |= c == '_';
	}
	return underline && word.size <= COMPONENT_MOST;
}

static void
skip_blanks(struct span *text)
{
	while (text->size > 0 && is_blank(text->at[0]))
		*text = span_from(*text, 1);
}

static struct span
take_plain(struct span *text)
{
	struct span word = *text;

	word.size = 0;
	while (word.size < text->size && !is_blank(text->at[word.size]))
		word.size++;
	*text = span_from(*text, word.size);
	return word;
}

/* "SMS_LAN_SENDER 6700 (0x1a2c) Found send request. …", perhaps after "Date Time". */
static bool
copied_article(struct span line, struct event *event)
{
	uint64_t thread, hex;

	skip_blanks(&line);
	if (span_skip(&line, SPAN("Date Time ")))
		skip_blanks(&line);
	event->component = take_plain(&line);
	skip_blanks(&line);
	if (!is_component(event->component) || !span_take_uint(&line, &thread) || thread > UINT32_MAX)
		return false;
	skip_blanks(&line);
	if (!span_skip(&line, SPAN("(0x")) || !span_take_hex(&line, &hex) || !span_skip(&line, SPAN(")")))
		return false;
	event->thread = (uint32_t)thread;
	event->message = line;
	return true;
}

/* The word before `end`, which moves to its beginning; blanks between are passed over. */
static struct span
word_before(struct span line, size_t *end)
{
	size_t stop = *end, start;

	while (stop > 0 && is_blank(line.at[stop - 1]))
		stop--;
	start = stop;
	while (start > 0 && !is_blank(line.at[start - 1]))
		start--;
	*end = start;
	return span_part(line, start, stop - start);
}

/* "10", "/": a number and what parts it from the next. */
static bool
take_part(struct span *text, int *out)
{
	uint64_t number;

	if (!span_take_uint(text, &number) || number > 9999)
		return false;
	*out = (int)number;
	if (text->size > 0 && memchr("./-", text->at[0], 3))
		*text = span_from(*text, 1);
	return true;
}

/*
 * "2/5/2019", "05/02/2019", "07.08.2012", "2019-02-05". Until a line of the file
 * tells which of the first two is the day, the month comes first where a half of
 * the day is named.
 */
static bool
copied_date(struct span text, bool half, struct record_memory *memory, struct civil *c)
{
	int first, second, third, swap;
	bool month_first;

	if (!take_part(&text, &first) || !take_part(&text, &second) || !take_part(&text, &third) || text.size > 0)
		return false;
	if (first > 31) {
		*c = (struct civil){ .year = first, .month = second, .day = third };
		return true;
	}
	if (memory->date_order == DATE_UNKNOWN && (first > 12) != (second > 12))
		memory->date_order = first > 12 ? DATE_DAY_FIRST : DATE_MONTH_FIRST;
	month_first = memory->date_order == DATE_MONTH_FIRST || (memory->date_order == DATE_UNKNOWN && half);
	if (first > 12 || second > 12)
		month_first = first <= 12;
	if (!month_first) {
		swap = first;
		first = second;
		second = swap;
	}
	*c = (struct civil){ .year = third < 100 ? 2000 + third : third, .month = first, .day = second };
	return true;
}

/* CMTrace's copy: "message<TAB>COMPONENT<TAB>10/9/2018 3:36:30 PM<TAB>1424 (0x0590)"; tabs may have become blanks. */
static bool
copied_cmtrace(struct span line, struct record_memory *memory, struct event *event)
{
	struct civil c = { 0 };
	size_t end = line.size;
	struct span hex = word_before(line, &end), thread = word_before(line, &end);
	struct span half = word_before(line, &end), clock = half, date;
	bool afternoon = span_is_nocase(half, SPAN("PM")), named = afternoon || span_is_nocase(half, SPAN("AM"));
	uint64_t value, check;

	if (!span_skip(&hex, SPAN("(0x")) || !span_take_hex(&hex, &check) || !span_is(hex, SPAN(")"))
	    || !span_take_uint(&thread, &value) || thread.size > 0 || value > UINT32_MAX)
		return false;
	if (named)
		clock = word_before(line, &end);
	date = word_before(line, &end);
	event->component = word_before(line, &end);
	if (!is_component(event->component) || !copied_date(date, named, memory, &c) || !timestamp_clock(&clock, &c))
		return false;
	if (named)
		c.hour = c.hour % 12 + (afternoon ? 12 : 0);
	timestamp_set(event, &c);
	event->thread = (uint32_t)value;
	event->message = span_part(line, 0, end);
	return true;
}

bool
record_copied(struct span line, struct record_memory *memory, struct event *event)
{
	event->at = WHEN_NONE;
	event->zoned = false;
	event->zone = SPAN("");
	event->bias = 0;
	return copied_article(line, event) || copied_cmtrace(line, memory, event);
}

void
record_look_ahead(struct span text, struct record_memory *memory)
{
	while (text.size > 0 && memory->date_order == DATE_UNKNOWN) {
		struct span line = span_part(text, 0, span_find(text, SPAN("\n")));
		struct event event;

		text = span_from(text, line.size + 1);
		while (line.size > 0 && line.at[line.size - 1] == '\r')
			line.size--;
		if (span_find(line, SPAN("(0x")) < line.size)
			copied_cmtrace(line, memory, &event);
	}
}
