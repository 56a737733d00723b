#include "parse/timestamp.h"

#include <string.h>

#include "cmtop/count_of.h"

static bool
take_small(struct span *text, uint64_t most, int *out)
{
	uint64_t value;

	if (!span_take_uint(text, &value) || value > most)
		return false;
	*out = (int)value;
	return true;
}

/* "12:03:00", "8:13:13.869", "00:00:13.4128412": what is finer than a millisecond is cut off. */
bool
timestamp_clock(struct span *text, struct civil *c)
{
	int place = 100;

	c->milli = 0;
	if (!take_small(text, 99, &c->hour) || !span_skip(text, SPAN(":")) || !take_small(text, 99, &c->minute)
	    || !span_skip(text, SPAN(":")) || !take_small(text, 99, &c->second))
		return false;
	if (!span_skip(text, SPAN(".")))
		return true;
	for (; text->size > 0 && is_digit(text->at[0]); *text = span_from(*text, 1), place /= 10)
		c->milli += place * (text->at[0] - '0');
	return true;
}

/* "07-30-2026", "8-9-2023": month, day, year. */
bool
timestamp_date(struct span *text, const char *between, struct civil *c)
{
	return take_small(text, 99, &c->month) && span_skip(text, span_of(between)) && take_small(text, 99, &c->day)
	       && span_skip(text, span_of(between)) && take_small(text, 9999, &c->year);
}

/*
 * "+300": minutes to add to get UTC, the sign of Windows. Scripts put a "+" before a number that
 * brings its own sign: "+-420" is -420.
 */
bool
timestamp_bias(struct span *text, struct event *event)
{
	bool plus = span_skip(text, SPAN("+")), minus = span_skip(text, SPAN("-"));
	int minutes;

	if (!plus && !minus)
		return false;
	if (!take_small(text, 24 * 60, &minutes))
		return false;
	event->bias = (int16_t)(minus ? -minutes : minutes);
	event->zoned = true;
	return true;
}

void
timestamp_set(struct event *event, const struct civil *c)
{
	int64_t local = when_from(c);

	event->at = local == WHEN_NONE ? WHEN_NONE : local + (event->zoned ? event->bias * WHEN_MINUTE : 0);
}

/* Two digits, or -1. */
static int
two_digits(const char *at)
{
	return is_digit(at[0]) && is_digit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

/* As all but the oldest write it: "07-30-2026 12:03:00.000+300"; the minute is mostly known already. */
bool
timestamp_with_bias(struct span text, struct record_memory *memory, struct event *event)
{
	struct civil c = { 0 };
	struct span start = text;
	int second;

	if (text.size < 24)
		return false;
	if (memory->at != WHEN_NONE && memcmp(memory->minute, text.at, sizeof(memory->minute)) == 0
	    && text.at[16] == ':' && (second = two_digits(text.at + 17)) >= 0 && second < 60 && text.at[19] == '.'
	    && is_digit(text.at[20]) && two_digits(text.at + 21) >= 0) {
		struct span bias = span_from(text, 23);

		if (!timestamp_bias(&bias, event) || bias.size > 0)
			return false;
		event->at = memory->at + second * WHEN_SECOND + (text.at[20] - '0') * 100 + two_digits(text.at + 21)
		            + event->bias * WHEN_MINUTE;
		return true;
	}
	if (!timestamp_date(&text, "-", &c) || !span_skip(&text, SPAN(" ")) || !timestamp_clock(&text, &c)
	    || !timestamp_bias(&text, event) || text.size > 0)
		return false;
	timestamp_set(event, &c);
	if (event->at != WHEN_NONE && start.at[16] == ':') {
		memcpy(memory->minute, start.at, sizeof(memory->minute));
		c.second = c.milli = 0;
		memory->at = when_from(&c);
	}
	return true;
}

/* Up to the next blank, which is taken too. */
static struct span
take_word(struct span *text)
{
	struct span word = span_part(*text, 0, span_find(*text, SPAN(" ")));

	*text = span_from(*text, word.size + 1);
	return word;
}

/* The month's number, by its English name or by a German one that differs; 0: neither. */
static int
month_of(struct span name)
{
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};
	/* clang-format off */
	static const struct { const char *name; int month; } others[] = {
		{ "M\xe4r", 3 }, { "M\xc3\xa4r", 3 }, { "Mrz", 3 }, { "Mai", 5 }, { "Okt", 10 }, { "Dez", 12 },
		{ "Avr", 4 }, { "Mai", 5 }, { "Ao\xfb", 8 }, { "Ao\xc3\xbb", 8 },
	};
	/* clang-format on */

	for (int i = 0; i < 12; i++)
		if (span_starts_nocase(name, span_of(months[i])))
			return i + 1;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (span_starts_nocase(name, span_of(others[i].name)))
			return others[i].month;
	return 0;
}

/*
 * "Fri Oct 15 17:09:46.507 1999 Pacific Daylight Time" and, older still, "Mon Dec 04
 * 15:41:45 1995~": local time. The zone's name is not translated.
 */
bool
timestamp_with_weekday(struct span text, struct event *event)
{
	struct civil c = { 0 };
	struct span weekday, month;

	weekday = take_word(&text);
	month = take_word(&text);
	if (weekday.size == 0)
		return false;
	c.month = month_of(month);
	if (!take_small(&text, 99, &c.day) || !span_skip(&text, SPAN(" ")) || !timestamp_clock(&text, &c)
	    || !span_skip(&text, SPAN(" ")) || !take_small(&text, 9999, &c.year))
		return false;
	if (text.size > 0 && text.at[0] != ' ' && text.at[0] != '~')
		return false;
	event->zoned = false;
	event->zone = span_trim(text);
	timestamp_set(event, &c);
	return true;
}
