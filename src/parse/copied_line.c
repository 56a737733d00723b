#include "parse/copied_line.h"

#define TIME_MOST  80 /* bytes */
#define TIME_WORDS 10

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

/*
 * The end of a line of CMTrace: all but the message and the time, which is left as text. Tabs may have
 * become blanks, and a time may hold some.
 */
static bool
take_end(struct span line, struct event *event, struct span *time)
{
	size_t end = line.size, stop, words = 0;
	struct span hex = word_before(line, &end), thread = word_before(line, &end), word;
	uint64_t value, check;

	if (!span_skip(&hex, SPAN("(0x")) || !span_take_hex(&hex, &check) || !span_is(hex, SPAN(")"))
	    || !span_take_uint(&thread, &value) || thread.size > 0 || value > UINT32_MAX)
		return false;
	stop = end;
	do {
		size_t begin = end;

		word = word_before(line, &end);
		*time = span_part(line, begin, stop - begin);
		if (word.size == 0 || time->size > TIME_MOST)
			return false;
	} while (!is_component(word) && words++ < TIME_WORDS);
	if (!is_component(word))
		return false;
	event->component = word;
	event->thread = (uint32_t)value;
	event->message = span_part(line, 0, end);
	return true;
}

static bool
copied_cmtrace(struct span line, struct record_memory *memory, struct event *event)
{
	struct span time;

	if (!take_end(line, event, &time))
		return false;
	if (!memory->looked && (!copied_decided(&memory->copied) || !memory->copied.possible)) {
		memory->looked = true;
		copied_see(&memory->copied, time, memory->changed);
		if (memory->fed)
			copied_ahead(*memory->fed, memory);
	}
	return copied_read(&memory->copied, time, memory->changed, &event->at);
}

void
copied_ahead(struct span text, struct record_memory *memory)
{
	struct event event;

	while (text.size > 0) {
		struct span line = span_part(text, 0, span_find(text, SPAN("\n"))), time;

		text = span_from(text, line.size + 1);
		while (line.size > 0 && line.at[line.size - 1] == '\r')
			line.size--;
		if (span_ends_nocase(line, SPAN(")")) && take_end(line, &event, &time))
			copied_see(&memory->copied, piece_text(&memory->pieces, time), memory->changed);
	}
}

bool
copied_line(struct span line, struct record_memory *memory, struct event *event)
{
	event->at = WHEN_NONE;
	event->zoned = false;
	event->zone = SPAN("");
	event->bias = 0;
	return copied_article(line, event) || copied_cmtrace(line, memory, event);
}
