/*
 * The calendar is the proleptic Gregorian one. Days are counted in eras of 400
 * years that begin on 1 March, so that the leap day comes last.
 */
#include "cmtop/when.h"

#include <stdio.h>

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

static int64_t
day_number(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t era = y / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

int64_t
when_from(const struct civil *civil)
{
	const struct civil *c = civil;

	if (c->year < 1601 || c->year > 9999 || c->month < 1 || c->month > 12)
		return WHEN_NONE;
	if (c->day < 1 || c->day > days_in(c->year, c->month))
		return WHEN_NONE;
	if (c->hour < 0 || c->hour > 23 || c->minute < 0 || c->minute > 59)
		return WHEN_NONE;
	if (c->second < 0 || c->second > 59 || c->milli < 0 || c->milli > 999)
		return WHEN_NONE;
	return day_number(c->year, c->month, c->day) * WHEN_DAY + c->hour * WHEN_HOUR + c->minute * WHEN_MINUTE
	       + c->second * WHEN_SECOND + c->milli;
}

struct civil
when_civil(int64_t at)
{
	int64_t days = at / WHEN_DAY, rest = at % WHEN_DAY;
	int64_t era, day_of_era, year_of_era, day_of_year, month;
	struct civil c;

	if (rest < 0) {
		rest += WHEN_DAY;
		days--;
	}
	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	day_of_era = days - era * 146097;
	year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month = (5 * day_of_year + 2) / 153;
	c.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
	c.month = (int)(month < 10 ? month + 3 : month - 9);
	c.year = (int)(year_of_era + era * 400 + (c.month <= 2));
	c.hour = (int)(rest / WHEN_HOUR);
	c.minute = (int)(rest / WHEN_MINUTE % 60);
	c.second = (int)(rest / WHEN_SECOND % 60);
	c.milli = (int)(rest % WHEN_SECOND);
	return c;
}

/* Exactly `digits` digits. */
static bool
take_digits(struct span *text, int digits, int *out)
{
	int value = 0;

	if (text->size < (size_t)digits)
		return false;
	for (int i = 0; i < digits; i++) {
		if (!is_digit(text->at[i]))
			return false;
		value = value * 10 + (text->at[i] - '0');
	}
	*text = span_from(*text, (size_t)digits);
	*out = value;
	return true;
}

/* ".123", ".1", ".123456": what is finer than a millisecond is cut off. */
static bool
take_fraction(struct span *text, int *milli)
{
	int place = 100;

	*milli = 0;
	if (!span_skip(text, SPAN(".")))
		return true;
	if (text->size == 0 || !is_digit(text->at[0]))
		return false;
	for (; text->size > 0 && is_digit(text->at[0]); *text = span_from(*text, 1), place /= 10)
		*milli += place * (text->at[0] - '0');
	return true;
}

/* "Z", "+02:00": milliseconds to take away to get UTC. */
static bool
take_offset(struct span *text, int64_t *out)
{
	bool minus = false;
	int hours, minutes;

	*out = 0;
	if (span_skip_nocase(text, SPAN("z")))
		return true;
	if (span_skip(text, SPAN("-")))
		minus = true;
	else if (!span_skip(text, SPAN("+")))
		return false;
	if (!take_digits(text, 2, &hours) || !span_skip(text, SPAN(":")) || !take_digits(text, 2, &minutes))
		return false;
	if (hours > 23 || minutes > 59)
		return false;
	*out = (hours * WHEN_HOUR + minutes * WHEN_MINUTE) * (minus ? -1 : 1);
	return true;
}

bool
when_parse(struct span text, int64_t *out)
{
	struct civil c;
	int64_t offset, at;

	if (!take_digits(&text, 4, &c.year) || !span_skip(&text, SPAN("-")) || !take_digits(&text, 2, &c.month)
	    || !span_skip(&text, SPAN("-")) || !take_digits(&text, 2, &c.day))
		return false;
	if (!span_skip_nocase(&text, SPAN("t")) && !span_skip(&text, SPAN(" ")))
		return false;
	if (!take_digits(&text, 2, &c.hour) || !span_skip(&text, SPAN(":")) || !take_digits(&text, 2, &c.minute)
	    || !span_skip(&text, SPAN(":")) || !take_digits(&text, 2, &c.second) || !take_fraction(&text, &c.milli))
		return false;
	if (!take_offset(&text, &offset) || text.size > 0)
		return false;
	at = when_from(&c);
	if (at == WHEN_NONE)
		return false;
	*out = at - offset;
	return true;
}

void
when_format(int64_t at, bool zoned, char out[WHEN_TEXT])
{
	struct civil c = when_civil(at);

	snprintf(out, WHEN_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%s", c.year % 10000, c.month, c.day, c.hour,
	         c.minute, c.second, c.milli, zoned ? "Z" : "");
}
