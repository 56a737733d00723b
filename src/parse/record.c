#include "parse/record.h"

#include <string.h>

#include "parse/dates/clock_digits.h"
#include "parse/timestamp.h"
#include "cmtop/text/years.h"

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
	if (!span_skip(&at, SPAN("<")) || !take_until(&at, '>', &time) || time.size > FRAME_TIME_MOST)
		return 0;
	if (!span_skip(&at, SPAN("<thread=")) || !take_until(&at, '>', &thread) || !take_thread(thread, event))
		return 0;
	if (!timestamp_with_bias(time, memory, event) && !timestamp_with_weekday(time, memory, event)) {
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
tagged_time(struct span tail, const struct record_memory *memory, struct event *event)
{
	struct span time = tagged_value(tail, SPAN(" time=\"")), date = tagged_value(tail, SPAN(" date=\""));
	struct civil c = { 0 };

	event->at = WHEN_NONE;
	event->zoned = false;
	event->zone = SPAN("");
	event->bias = 0;
	if (time.size == 0)
		time = tagged_value(tail, SPAN("<time=\""));
	if (!timestamp_date(&date, "-", &c) || !clock_digits(&time, &c))
		return;
	if (time.size > 0 && !timestamp_bias(&time, event))
		return;
	/* Scripts write the year as the calendar of their culture counts it. */
	if (c.year < 1601 || c.year > 2199)
		c.year = year_written(c.year, 4, memory->changed);
	timestamp_set(event, &c);
}

size_t
record_tagged(struct span text, const struct record_memory *memory, struct event *event)
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
	tagged_time(tail, memory, event);
	event->component = component_part(tagged_value(tail, SPAN(" component=\"")));
	number = tagged_value(tail, SPAN(" thread=\""));
	event->thread = span_take_uint(&number, &value) && value <= UINT32_MAX ? (uint32_t)value : 0;
	number = tagged_value(tail, SPAN(" type=\""));
	event->level = span_take_uint(&number, &value) && value < 4 ? levels[value] : LEVEL_INFO;
	return end + 7 + close + 1;
}
