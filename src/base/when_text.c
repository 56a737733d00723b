/*
 * A time inside a message, as the server's own locale writes it:
 * "7/30/2026 1:06:04 PM Eastern Daylight Time", "14/06/2018 06:56:25". Which number
 * is the day cannot be seen; it is told from when the message was written. What
 * cannot be read for certain is no time at all.
 */
#include "cmtop/when.h"
#include "cmtop/count_of.h"

#define SOON  (8 * WHEN_DAY)
#define SLACK WHEN_SECOND /* the text has no milliseconds, the record has */

enum half { HALF_NONE, HALF_AM, HALF_PM, HALF_UNKNOWN };

struct clock {
	size_t begin, end; /* its place in the text */
	int hour, minute, second;
};

static bool
two_digits(struct span text, size_t at, int most, int *out)
{
	if (at + 1 >= text.size || !is_digit(text.at[at]) || !is_digit(text.at[at + 1]))
		return false;
	*out = (text.at[at] - '0') * 10 + (text.at[at + 1] - '0');
	return *out <= most && (at + 2 == text.size || !is_digit(text.at[at + 2]));
}

/* The first H:MM or H:MM:SS. */
static bool
find_clock(struct span text, struct clock *out)
{
	size_t colon = span_find(text, SPAN(":"));
	size_t digits = 0;

	*out = (struct clock){ .begin = colon };
	while (out->begin > 0 && is_digit(text.at[out->begin - 1]) && digits < 3) {
		out->begin--;
		digits++;
	}
	if (digits == 0 || digits > 2 || !two_digits(text, colon + 1, 59, &out->minute))
		return false;
	for (size_t i = out->begin; i < colon; i++)
		out->hour = out->hour * 10 + (text.at[i] - '0');
	out->end = colon + 3;
	if (out->end < text.size && text.at[out->end] == ':') {
		if (!two_digits(text, out->end + 1, 59, &out->second))
			return false;
		out->end += 3;
	}
	return out->hour < 24;
}

static enum half
half_of(struct span word)
{
	/* clang-format off */
	static const struct { const char *word; enum half half; } words[] = {
		{ "AM", HALF_AM }, { "PM", HALF_PM }, { "a.m.", HALF_AM }, { "p.m.", HALF_PM },
	};
	/* clang-format on */

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (span_is_nocase(word, span_of(words[i].word)))
			return words[i].half;
	return HALF_UNKNOWN;
}

static struct span
first_word(struct span text)
{
	size_t begin = 0, end;

	while (begin < text.size && is_blank(text.at[begin]))
		begin++;
	for (end = begin; end < text.size && !is_blank(text.at[end]); end++)
		continue;
	return span_part(text, begin, end - begin);
}

/* The zone of an English Windows: "Eastern Daylight Time", "GMT Daylight Time". */
static bool
is_zone(struct span text)
{
	return span_ends_nocase(text, SPAN(" Time")) || span_is_nocase(text, SPAN("UTC"))
	       || span_is_nocase(text, SPAN("Coordinated Universal Time"));
}

/* Of the word right behind the clock; one right before it, which is no date, is not known here. */
static enum half
find_half(struct span text, const struct clock *clock)
{
	struct span before = span_trim(span_part(text, 0, clock->begin));
	struct span after = span_trim(span_from(text, clock->end));
	enum half half = HALF_NONE;

	if (before.size > 0 && !is_digit(before.at[before.size - 1]) && before.at[before.size - 1] != '.')
		return HALF_UNKNOWN;
	if (after.size > 0)
		half = half_of(first_word(after));
	return half == HALF_UNKNOWN && is_zone(after) ? HALF_NONE : half;
}

/* False: which half of the day it is cannot be told. */
static bool
set_half(struct clock *clock, enum half half)
{
	if (clock->hour == 0 || clock->hour > 12)
		return true;
	if (half == HALF_UNKNOWN)
		return false;
	if (half == HALF_PM && clock->hour < 12)
		clock->hour += 12;
	else if (half == HALF_AM && clock->hour == 12)
		clock->hour = 0;
	return true;
}

/* Three numbers with the same sign between them, "7/30/2026", "30. 7. 2026". */
static bool
take_date(struct span text, int number[3])
{
	uint64_t taken;
	char sign = '\0';

	while (text.size > 0 && !is_digit(text.at[0]))
		text = span_from(text, 1);
	for (int i = 0; i < 3; i++) {
		if (!span_take_uint(&text, &taken) || taken > 9999)
			return false;
		number[i] = (int)taken;
		if (i == 2)
			break;
		if (text.size == 0 || (text.at[0] != '/' && text.at[0] != '.' && text.at[0] != '-')
		    || (sign && text.at[0] != sign))
			return false;
		sign = text.at[0];
		for (text = span_from(text, 1); text.size > 0 && is_blank(text.at[0]);)
			text = span_from(text, 1);
	}
	return true;
}

/* The time if it comes at or after `after`, and soon; else WHEN_NONE. */
static int64_t
soon(int year, int month, int day, const struct clock *clock, int64_t after)
{
	struct civil civil = { year, month, day, clock->hour, clock->minute, clock->second, 0 };
	int64_t at = when_from(&civil);

	return at == WHEN_NONE || at + SLACK <= after || at - after > SOON ? WHEN_NONE : at;
}

/* "99" is the year of that end which is nearest to the record's. */
static int
full_year(int year, int64_t after)
{
	int century = when_civil(after).year / 100 * 100;

	if (year >= 100)
		return year;
	if (century + year > when_civil(after).year + 50)
		return century + year - 100;
	return century + year + (century + year < when_civil(after).year - 50 ? 100 : 0);
}

int64_t
when_in_text(struct span text, int64_t after)
{
	struct clock clock;
	int number[3];
	int64_t one, other;

	text = span_trim(text);
	if (after == WHEN_NONE || !find_clock(text, &clock) || !set_half(&clock, find_half(text, &clock))
	    || !take_date(span_part(text, 0, clock.begin), number))
		return WHEN_NONE;
	if (number[0] > 31)
		return soon(number[0], number[1], number[2], &clock, after);
	number[2] = full_year(number[2], after);
	one = soon(number[2], number[0], number[1], &clock, after);
	other = soon(number[2], number[1], number[0], &clock, after);
	if (one == WHEN_NONE || other == WHEN_NONE)
		return one == WHEN_NONE ? other : one;
	return one < other ? one : other;
}
