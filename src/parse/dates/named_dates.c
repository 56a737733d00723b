#include "parse/dates/named_dates.h"

#include <string.h>

#include "parse/dates/clock_digits.h"
#include "cmtop/text/years.h"

void
dates_open(struct named_dates *dates)
{
	*dates = (struct named_dates){ .latest = WHEN_NONE };
}

/* ---- the text ---- */

/* Digits that stand before `end`, at most so many, as a number; -1: none do. `end` moves before them. */
static int
number_before(struct span text, size_t *end, size_t most)
{
	int value = 0, place = 1;
	size_t digits = 0;

	for (; *end > 0 && digits < most && is_digit(text.at[*end - 1]); digits++, place *= 10)
		value += place * (text.at[--*end] - '0');
	return digits > 0 ? value : -1;
}

static bool
skip_blanks_before(struct span text, size_t *end)
{
	size_t start = *end;

	while (*end > 0 && is_blank(text.at[*end - 1]))
		(*end)--;
	return *end < start;
}

/* The first colon behind a digit: names may hold some (Mohawk "tsothohrkó:wa"). text.size: there is none. */
static size_t
find_clock(struct span text)
{
	size_t at = span_find(text, SPAN(":"));

	while (at < text.size && (at == 0 || !is_digit(text.at[at - 1])))
		at += 1 + span_find(span_from(text, at + 1), SPAN(":"));
	return at < text.size ? at : text.size;
}

bool
named_date_take(struct span text, struct named_date *out)
{
	struct civil *c = &out->civil;
	size_t end = find_clock(text);
	struct span clock;
	uint64_t year;

	*out = (struct named_date){ 0 };
	if (number_before(text, &end, 2) < 0)
		return false;
	clock = span_from(text, end);
	if (!skip_blanks_before(text, &end) || (c->day = number_before(text, &end, 2)) < 0
	    || !skip_blanks_before(text, &end) || end == 0)
		return false;
	out->names = span_part(text, 0, end);
	if (!clock_digits(&clock, c) || !span_skip(&clock, SPAN(" ")) || !span_take_uint(&clock, &year) || year > 9999)
		return false;
	if (clock.size > 0 && clock.at[0] != ' ' && clock.at[0] != '~')
		return false;
	c->year = (int)year;
	out->zone = span_trim(clock);
	return memchr(out->names.at, ' ', out->names.size) != NULL;
}

/* ---- names ---- */

struct span
seen_name_text(const struct seen_name *name)
{
	return (struct span){ name->text, name->size };
}

/* The name's place in the table; `count`: it is not there. */
static size_t
place_of(const struct seen_name *table, size_t count, struct span name)
{
	size_t i = 0;

	while (i < count && !span_is(seen_name_text(&table[i]), name))
		i++;
	return i;
}

/* Puts the name into the table, if there is room. Answers its place; `most`: there is none. */
static size_t
keep_name(struct seen_name *table, uint16_t *count, size_t most, struct span name,
          unsigned meanings(const struct plain_name *name, size_t language))
{
	size_t i = place_of(table, *count, name);
	struct plain_name plain;

	if (i < *count || i == most || name.size > NAME_BYTES || !name_plain(name, &plain))
		return i < *count ? i : most;
	table[i] =
		(struct seen_name){ .size = (uint8_t)name.size, .meanings = (uint16_t)meanings(&plain, ANY_LANGUAGE) };
	memcpy(table[i].text, name.at, name.size);
	(*count)++;
	return i;
}

#define MONTH_WORDS 4

/* Whether the log or some language has such a month. Languages are asked so many times, and no more: the text may be anything. */
static bool
is_month(struct named_dates *dates, struct span name)
{
	struct plain_name plain;

	if (place_of(dates->month, dates->months, name) < dates->months)
		return true;
	if (dates->asked == ASKED_MOST || !name_plain(name, &plain) || plain.unsure)
		return false;
	dates->asked++;
	return month_meanings(&plain, ANY_LANGUAGE) != 0;
}

/*
 * Where the month's name begins: it may hold blanks, and so may the day's. The longest end of
 * the two that is a month is one; else it is the last word.
 */
static size_t
month_begins(struct named_dates *dates, struct span names)
{
	size_t at = names.size, first = span_find(names, SPAN(" ")) + 1, begin[MONTH_WORDS], words = 0;

	while (at > first && words < MONTH_WORDS)
		if (names.at[--at - 1] == ' ' && names.at[at] != ' ')
			begin[words++] = at;
	for (size_t i = words; i > 1; i--)
		if (is_month(dates, span_from(names, begin[i - 1])))
			return begin[i - 1];
	return words > 0 ? begin[0] : first;
}

/*
 * The place of the name of the month; MONTH_NAMES: there is no room left. What all languages agree on is decided at once,
 * if one of them knows the day, too.
 */
static size_t
keep_month(struct named_dates *dates, struct span names, size_t begin)
{
	struct span name = span_from(names, begin);
	size_t before = dates->months;
	size_t i = keep_name(dates->month, &dates->months, MONTH_NAMES, name, month_meanings);
	struct seen_name *seen = &dates->month[i];

	if (dates->months == before)
		return i;
	seen->month = (uint8_t)month_plain(name);
	if (!seen->month && !share_language(span_trim(span_part(names, 0, begin)), name))
		return i;
	for (uint8_t m = 1; m <= 12 && seen->month == 0; m++)
		if (seen->meanings == 1u << m)
			seen->month = m;
	return i;
}

static bool
same_as_last(const struct named_dates *dates, struct span names)
{
	return dates->size == names.size && memcmp(dates->last, names.at, names.size) == 0;
}

static enum date_known
know_month(struct named_dates *dates, struct span names, int *month)
{
	size_t i;

	if (same_as_last(dates, names)) {
		*month = dates->last_month;
		return DATE_KNOWN;
	}
	i = keep_month(dates, names, month_begins(dates, names));
	if (i == MONTH_NAMES || dates->month[i].month == 0)
		return i == MONTH_NAMES ? DATE_NEVER : DATE_ASKS;
	*month = dates->month[i].month;
	if (names.size <= sizeof(dates->last)) {
		memcpy(dates->last, names.at, names.size);
		dates->size = (uint8_t)names.size;
		dates->last_month = dates->month[i].month;
	}
	return DATE_KNOWN;
}

enum date_known
dates_know(struct named_dates *dates, struct named_date *date)
{
	enum date_known known = know_month(dates, date->names, &date->civil.month);
	int year = year_known(date->civil.year);

	if (year == 0 && !dates->year_known && known == DATE_KNOWN)
		known = DATE_ASKS;
	date->civil.year = year ? year : date->civil.year + dates->year_shift;
	return known;
}

void
dates_see(struct named_dates *dates, const struct named_date *date)
{
	size_t begin = month_begins(dates, date->names);
	size_t month = keep_month(dates, date->names, begin);
	size_t day = keep_name(dates->day, &dates->days, DAY_NAMES, span_trim(span_part(date->names, 0, begin)),
	                       day_meanings);
	struct seen_date seen = { (uint8_t)month, (uint8_t)day, (uint8_t)date->civil.day, (int16_t)date->civil.year };
	const struct seen_date *last = &dates->seen[dates->count - (dates->count > 0)];

	if (month == MONTH_NAMES)
		return;
	if (dates->count > 0 && last->month == seen.month && last->day_name == seen.day_name && last->day == seen.day
	    && last->year == seen.year)
		return;
	if (dates->count == DATES_SEEN) { /* every other one tells enough */
		dates->count = DATES_SEEN / 2;
		for (size_t i = 0; i < dates->count; i++)
			dates->seen[i] = dates->seen[2 * i + 1];
	}
	dates->seen[dates->count++] = seen;
}

bool
dates_certain(struct named_dates *dates, struct span names)
{
	struct span name = span_from(names, month_begins(dates, names));
	size_t i = place_of(dates->month, dates->months, name);
	unsigned meanings = i < dates->months ? dates->month[i].meanings : 0;

	return month_plain(name) > 0 || (meanings && !(meanings & (meanings - 1)));
}
