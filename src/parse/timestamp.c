#include "parse/timestamp.h"

#include <string.h>

#include "parse/dates/clock_digits.h"
#include "parse/dates/frames_ahead.h"
#include "parse/dates/month_choice.h"
#include "cmtop/text/years.h"

/* "07-30-2026", "8-9-2023": month, day, year. */
bool
timestamp_date(struct span *text, const char *between, struct civil *c)
{
	return small_number(text, 99, &c->month) && span_skip(text, span_of(between)) && small_number(text, 99, &c->day)
	       && span_skip(text, span_of(between)) && small_number(text, 9999, &c->year);
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
	if (!small_number(text, 24 * 60, &minutes))
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
	if (!timestamp_date(&text, "-", &c) || !span_skip(&text, SPAN(" ")) || !clock_digits(&text, &c)
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

/* What stands behind the last blank. */
static struct span
last_word(struct span text)
{
	size_t at = text.size;

	while (at > 0 && text.at[at - 1] != ' ')
		at--;
	return span_from(text, at);
}

/* The month of an English name, or of a number that is no part of a name: "Mon Jan", "화 1", not "الثلاثاء تشرين 1". */
static int
plain_month(struct span names)
{
	struct span word = last_word(names);

	if (is_digit(word.at[0]) && span_find(names, SPAN(" ")) + 1 + word.size < names.size)
		return 0;
	return month_plain(word);
}

/* Month and year by their names and numbers. */
static bool
know_date(struct record_memory *memory, struct named_date *date)
{
	enum date_known known;

	if (year_known(date->civil.year) == date->civil.year && (date->civil.month = plain_month(date->names)) > 0)
		return true;
	known = dates_know(&memory->names, date);
	if (known != DATE_ASKS)
		return known == DATE_KNOWN;
	dates_see(&memory->names, date);
	if (memory->fed)
		dates_ahead(&memory->names, *memory->fed, &memory->pieces);
	months_choose(&memory->names, memory->changed);
	return dates_know(&memory->names, date) == DATE_KNOWN;
}

/*
 * The clock of a day that is not known: that of the record before or the next, or the one on which the file was
 * changed. It orders the records, and tells how fast things are.
 */
static void
clock_alone(const struct record_memory *memory, const struct civil *c, struct event *event)
{
	int64_t last = memory->names.latest, base = last != WHEN_NONE ? last : memory->changed;
	struct civil day;

	if (base == WHEN_NONE)
		return;
	day = when_civil(base);
	day.hour = c->hour;
	day.minute = c->minute;
	day.second = c->second;
	day.milli = c->milli;
	timestamp_set(event, &day);
	if (event->at != WHEN_NONE && last != WHEN_NONE && event->at < last - WHEN_DAY / 2)
		event->at += WHEN_DAY;
}

bool
timestamp_with_weekday(struct span text, struct record_memory *memory, struct event *event)
{
	struct named_date date;
	int year;
	bool known;

	if (!named_date_take(text, &date))
		return false;
	year = date.civil.year;
	known = know_date(memory, &date);
	event->zoned = false;
	event->zone = date.zone;
	event->at = WHEN_NONE;
	if (known)
		timestamp_set(event, &date.civil);
	if (event->at == WHEN_NONE && !(year_known(year) && dates_certain(&memory->names, date.names)))
		clock_alone(memory, &date.civil, event);
	if (event->at != WHEN_NONE)
		memory->names.latest = event->at;
	return true;
}
