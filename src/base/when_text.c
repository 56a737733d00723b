/*
 * A time inside a message, as the server's own locale writes it:
 * "7/30/2026 1:06:04 PM Eastern Daylight Time", "30.11.2026 18.05.07",
 * "2026/11/30 午後 6:05:07". Which number is the day cannot be seen; it is told from
 * when the message was written. What cannot be read for certain is no time at all.
 */
#include "cmtop/text/clock_text.h"
#include "cmtop/text/day_half.h"
#include "cmtop/text/years.h"
#include "cmtop/when.h"

#define TEXT_MOST 512 /* bytes; a time with the longest name of a zone takes half of that */

#define SOON (8 * WHEN_DAY)

/* Three numbers and what stands between them. */
struct date {
	size_t begin, end;
	int number[3];
	int digits[3];
	bool of_era; /* "令和8年11月30日": the first is a year that is counted from no calendar's beginning */
};

/* A time that is looked for: the clock, when it was written, and what came nearest so far. */
struct search {
	const struct clock_text *clock;
	int64_t after, nearest;
};

/* ---- the date ---- */

/* The sign between two numbers: "/", ". ", "年". */
static bool
is_separator(struct span text)
{
	static const char *const words[] = { "年", "月", "년", "월" };
	size_t signs = 0;

	text = span_trim(text);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (span_is(text, span_of(words[i])))
			return true;
	while (signs < text.size && memchr("/.-,", text.at[signs], 4))
		signs++;
	return signs == text.size && signs <= 1;
}

static struct span
take_number(struct span text, size_t *begin, int *value, int *digits)
{
	*value = *digits = 0;
	while (*begin < text.size && !is_digit(text.at[*begin]))
		++*begin;
	for (size_t i = *begin; i < text.size && is_digit(text.at[i]); i++, ++*digits)
		*value = *digits < 4 ? *value * 10 + (text.at[i] - '0') : -1;
	return span_part(text, *begin, (size_t)*digits);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* The first three numbers of the text. */
static bool
take_date(struct span text, struct date *out)
{
	size_t at = 0, before = 0;

	*out = (struct date){ 0 };
	for (int i = 0; i < 3; i++) {
		struct span number = take_number(text, &at, &out->number[i], &out->digits[i]);

		if (number.size == 0 || out->number[i] < 0
		    || (i > 0 && (before == at || !is_separator(span_part(text, before, at - before)))))
			return false;
		if (i == 0)
			out->begin = at;
		if (i == 1)
			out->of_era = span_starts_nocase(span_from(text, before), SPAN("年"))
			              || span_starts_nocase(span_from(text, before), SPAN("년"));
		before = at += number.size;
	}
	out->end = at;
	if (out->begin > 0 && is_letter(text.at[out->begin - 1])) /* "R8/11/30" */
		out->of_era = true;
	out->of_era = out->of_era && out->digits[0] <= 2;
	return true;
}

static bool
has_digit(struct span text)
{
	for (size_t i = 0; i < text.size; i++)
		if (is_digit(text.at[i]))
			return true;
	return false;
}

/* Before the clock and all that is there; or right behind it, where there is none before it: "18:05:07 30/11/2026". */
static bool
find_date(struct span text, const struct clock_text *clock, struct date *out)
{
	struct span before = span_part(text, 0, clock->begin), behind = span_from(text, clock->end);

	if (has_digit(before))
		return take_date(before, out) && !has_digit(span_from(before, out->end));
	if (!take_date(behind, out))
		return false;
	out->begin += clock->end;
	out->end += clock->end;
	return true;
}

/* ---- the time ---- */

/* A day of that year, if it comes at or after what is written there, and soon. */
static void
try_day(struct search *search, int year, int month, int day)
{
	const struct clock_text *clock = search->clock;
	struct civil civil = { year, month, day, clock->hour, clock->minute, clock->second, 0 };
	int64_t at = when_from(&civil);
	/* The record has milliseconds, the text has none, and perhaps no seconds. */
	int64_t slack = clock->has_seconds ? WHEN_SECOND : WHEN_MINUTE;

	if (at == WHEN_NONE || at + slack <= search->after || at - search->after > SOON)
		return;
	if (search->nearest == WHEN_NONE || at < search->nearest)
		search->nearest = at;
}

static void
try_orders(struct search *search, int year, int one, int other)
{
	try_day(search, year, one, other);
	try_day(search, year, other, one);
}

/* The next such clock, whatever the day is called. */
static void
try_next_clock(struct search *search)
{
	struct civil day = when_civil(search->after);

	try_day(search, day.year, day.month, day.day);
	day = when_civil(search->after + WHEN_DAY);
	try_day(search, day.year, day.month, day.day);
}

/* The Gregorian year of one in a calendar with the same months and days: Thailand, Korea, Taiwan; 0: it is none. */
static int
same_months(int year, int digits)
{
	if (year_known(year))
		return year_known(year);
	if (year >= 4320 && year <= 4540)
		return year - 2333;
	return digits == 3 && year <= 290 ? year + 1911 : 0;
}

/* Persia, Islam, the Hebrew year. Not 1601, 1899, 1970, with which clocks of computers begin. */
static bool
is_other_calendar(int year)
{
	return (year >= 1300 && year < 1600) || (year >= 5700 && year < 6000);
}

/* "26" of 2026, "69" of the Thai year 2569. */
static bool
is_short_year(int number, int year)
{
	return number == year % 100 || (number > 31 && number == (year + BUDDHIST_AHEAD) % 100);
}

static void
try_long_year(struct search *search, int year, int digits, int one, int other)
{
	int gregorian = same_months(year, digits);

	if (gregorian)
		try_orders(search, gregorian, one, other);
	else if (is_other_calendar(year) && one >= 1 && one <= 31 && other >= 1 && other <= 31
	         && (one <= 13 || other <= 13))
		try_next_clock(search);
}

/* All of two digits: the year is the first or the last, if it is the present one. */
static void
try_short_years(struct search *search, const struct date *date)
{
	int first = when_civil(search->after).year, last = when_civil(search->after + SOON).year;

	for (int year = first; year <= last; year++) {
		if (date->of_era) {
			try_day(search, year, date->number[1], date->number[2]);
			continue;
		}
		if (date->digits[2] == 2 && is_short_year(date->number[2], year))
			try_orders(search, year, date->number[0], date->number[1]);
		if (date->digits[0] == 2 && is_short_year(date->number[0], year))
			try_orders(search, year, date->number[1], date->number[2]);
	}
}

static void
try_date(struct search *search, const struct date *date)
{
	if (date->digits[1] > 2)
		return;
	if (date->digits[0] > 2 && date->digits[2] <= 2)
		try_long_year(search, date->number[0], date->digits[0], date->number[1], date->number[2]);
	else if (date->digits[2] > 2 && date->digits[0] <= 2)
		try_long_year(search, date->number[2], date->digits[2], date->number[0], date->number[1]);
	else if (date->digits[0] <= 2 && date->digits[2] <= 2)
		try_short_years(search, date);
}

/* ---- the half of the day ---- */

static bool
parts_words(char c)
{
	return memchr(" ,;()", c, 5);
}

/* Both words name one: they must be the same. */
static enum day_half
half_of_both(enum day_half before, enum day_half behind)
{
	if (before == HALF_NONE || (before == HALF_UNKNOWN && behind != HALF_NONE))
		return behind;
	if (behind == HALF_NONE || behind == HALF_UNKNOWN || before == behind)
		return before;
	return HALF_UNKNOWN;
}

/* False: what sticks to the clock is no word that may. It is a part of something else, "l8:05:07", "18:05?07". */
static bool
find_half(struct span text, const struct clock_text *clock, const struct date *date, enum day_half *out)
{
	size_t from = 0, to = text.size;
	enum day_half before, behind;

	if (date->begin < clock->begin)
		from = date->end;
	else
		to = date->begin;
	before = half_before(span_part(text, from, clock->begin - from));
	behind = half_behind(span_part(text, clock->end, to - clock->end));
	*out = half_of_both(before, behind);
	return !(before == HALF_UNKNOWN && clock->begin > 0 && !parts_words(text.at[clock->begin - 1]))
	       && !(behind == HALF_UNKNOWN && clock->end < text.size && !parts_words(text.at[clock->end]));
}

/* False: there is no such clock. `out` says whether only one of 24 hours may be read so. */
static bool
set_half(struct clock_text *clock, enum day_half half, struct when_text *out)
{
	if (clock->hour == 0 || clock->hour > 12) {
		out->counts_24 = half == HALF_NONE || half == HALF_UNKNOWN;
		return clock->hour > 12 || half != HALF_PM; /* which of the two midday is "0:30 PM"? */
	}
	out->if_24 = half == HALF_UNKNOWN;
	if (half == HALF_PM && clock->hour < 12)
		clock->hour += 12;
	else if (half == HALF_AM && clock->hour == 12)
		clock->hour = 0;
	return true;
}

struct when_text
when_in_text(struct span text, int64_t after)
{
	struct when_text out = { .at = WHEN_NONE }, none = out;
	char plain[TEXT_MOST];
	struct search search = { .after = after, .nearest = WHEN_NONE };
	struct clock_text clock;
	struct date date;
	enum day_half half;

	if (after == WHEN_NONE || text.size >= TEXT_MOST)
		return none;
	text = (struct span){ plain, utf8_plain(text, plain, sizeof(plain)) };
	if (!clock_find(text, &clock) || !find_date(text, &clock, &date) || !find_half(text, &clock, &date, &half)
	    || !set_half(&clock, half, &out))
		return none;
	search.clock = &clock;
	try_date(&search, &date);
	out.at = search.nearest;
	return out;
}
