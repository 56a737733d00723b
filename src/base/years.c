#include "cmtop/text/years.h"

#include "cmtop/when.h"

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
	int known = digits <= 2 ? two_digits(year, changed) : year_known(year);

	if (known)
		return known;
	return changed == WHEN_NONE ? year : when_civil(changed).year;
}
