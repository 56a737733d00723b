/*
 * Years as the calendars of Windows write them.
 */
#ifndef CMTOP_TEXT_YEARS_H
#define CMTOP_TEXT_YEARS_H

#include <stdint.h>

#define BUDDHIST_AHEAD 543 /* years that Thailand counts more */

/* The year of our calendar: 1990 to 2199 stand, those of the Buddhist era are converted. 0: of another calendar. */
int year_known(int year);

/*
 * The same of a year in so many digits: two are of the century that is likely. Of another calendar it is the year in
 * which the file was changed, at `changed` in milliseconds of UTC; where that is WHEN_NONE it stands as it is.
 */
int year_written(int year, int digits, int64_t changed);

#endif
