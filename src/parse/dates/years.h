/*
 * Years as the calendars of Windows write them.
 */
#ifndef PARSE_DATES_YEARS_H
#define PARSE_DATES_YEARS_H

#include <stdint.h>

/* The year of our calendar: 1990 to 2199 stand, those of the Buddhist era are converted. 0: of another calendar. */
int year_known(int year);

/*
 * The same of a year in so many digits: two are of the century that is likely. Of another calendar it is the year in
 * which the file was changed; without that it stands as it is.
 */
int year_written(int year, int digits, int64_t changed);

#endif
