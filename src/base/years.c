#include "cmtop/text/years.h"

#define TAIWAN 1911

int
year_known(int year)
{
	if (year >= 1990 && year <= 2199)
		return year;
	return year >= 2450 && year <= 2750 ? year - BUDDHIST_AHEAD : 0;
}

/* "26", and "69" of the Buddhist era; 0: neither is a year in which the file can have been written. */
static int
two_digits(int year, int64_t changed)
{
	int most = changed == WHEN_NONE ? 2069 : when_civil(changed).year + 1, full = 2000 + year;

	if (full <= most)
		return full;
	if (year >= 90)
		return 1900 + year;
	full = 2500 + year - BUDDHIST_AHEAD;
	return full >= most - 3 && full <= most ? full : 0;
}

int
year_written(int year, int digits, int64_t changed)
{
	int known = digits <= 2   ? two_digits(year, changed)
	            : digits == 3 ? year_known(year + TAIWAN)
	                          : year_known(year);

	if (known)
		return known;
	return changed == WHEN_NONE ? year : when_civil(changed).year;
}

/* Eight years of 33 have a day more. */
static bool
is_long_in_persia(int year)
{
	return (25 * year + 11) % 33 < 8;
}

/* Six months of 31 days, then months of 30, and the rest. */
static int64_t
midnight_in_persia(int year, int month, int day)
{
	static const struct civil first = { .year = 2021, .month = 3, .day = 21 }; /* of 1400 */
	int length = month <= 6 ? 31 : month < 12 || is_long_in_persia(year) ? 30 : 29;
	int days = (month - 1) * 30 + (month <= 6 ? month - 1 : 6) + day - 1;

	if (year < 1360 || year > 1460 || month < 1 || month > 12 || day < 1 || day > length)
		return WHEN_NONE;
	for (int y = 1400; y < year; y++)
		days += 365 + is_long_in_persia(y);
	for (int y = year; y < 1400; y++)
		days -= 365 + is_long_in_persia(y);
	return when_from(&first) + days * WHEN_DAY;
}

/* Months of 30 and 29 days, and eleven years of 30 have a day more. */
static int64_t
midnight_in_islam(int year, int month, int day)
{
	static const struct civil first = { .year = 1990, .month = 7, .day = 24 }; /* of 1411 */
	int days = (year - 1) * 354 + (3 + 11 * year) / 30 - 1410 * 354 - (3 + 11 * 1411) / 30;

	if (year < 1411 || year > 1620 || month < 1 || month > 12 || day < 1 || day > 30)
		return WHEN_NONE;
	return when_from(&first) + (days + (month - 1) * 29 + month / 2 + day - 1) * WHEN_DAY;
}

/* The last such day that is not after the change. */
static int64_t
time_of_era(struct civil c, int64_t changed)
{
	int64_t at;

	if (changed == WHEN_NONE)
		return WHEN_NONE;
	c.year = when_civil(changed).year;
	at = when_from(&c);
	if (at != WHEN_NONE && at <= changed + WHEN_DAY)
		return at;
	c.year--;
	return when_from(&c);
}

/* `best`: the time if only the year is of another calendar. */
static int64_t
nearest_of_calendars(const struct civil *c, int64_t best, int64_t changed)
{
	const int64_t midnights[] = { midnight_in_persia(c->year, c->month, c->day),
		                      midnight_in_islam(c->year, c->month, c->day) };
	int64_t clock = ((c->hour * 60 + c->minute) * 60 + c->second) * WHEN_SECOND;

	for (int i = 0; i < 2 && changed != WHEN_NONE; i++) {
		int64_t at = midnights[i] + clock;

		/* The server's zone is not known, nor the reader's. */
		if (midnights[i] == WHEN_NONE || at > changed + WHEN_DAY)
			continue;
		if (best == WHEN_NONE || best > changed + WHEN_DAY || at > best)
			best = at;
	}
	return best;
}

int64_t
time_written(const struct civil *c, int digits, int64_t changed)
{
	struct civil plain = *c;

	if (digits == 0)
		return time_of_era(plain, changed);
	plain.year = year_written(c->year, digits, changed);
	return digits < 4 || year_known(c->year) ? when_from(&plain)
	                                         : nearest_of_calendars(c, when_from(&plain), changed);
}
