/*
 * Which language the dates of a log are written in.
 */
#ifndef PARSE_DATES_LANGUAGE_CHOICE_H
#define PARSE_DATES_LANGUAGE_CHOICE_H

#include "parse/dates/named_dates.h"

/* What the names of a log mean, by their places in its tables; 0: nothing. */
struct name_meanings {
	uint16_t month[MONTH_NAMES];
	uint8_t day[DAY_NAMES];
};

/* Midnight of the date in this month; WHEN_NONE: there is no such day. */
int64_t seen_date_in(const struct named_dates *dates, const struct seen_date *seen, int month);

/* Bit 0: Sunday. */
unsigned weekday_bit(int64_t midnight);

/* Some language has the month and any of the days that it stands with. */
bool month_has_language(const struct named_dates *dates, size_t month);

/* How many days of the log one language knows at most. */
size_t days_in_language(const struct named_dates *dates);

/* What the names mean in the language that the log fits best, or in all of those that it fits alike. */
void language_find(const struct named_dates *dates, struct name_meanings *out);

#endif
