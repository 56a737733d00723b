/*
 * Years as the calendars of Windows write them.
 */
#ifndef CMTOP_TEXT_YEARS_H
#define CMTOP_TEXT_YEARS_H

#include "cmtop/when.h"

#define BUDDHIST_AHEAD 543 /* years that Thailand counts more */

/* The year of our calendar: 1990 to 2199 stand, those of the Buddhist era are converted. 0: of another calendar. */
int year_known(int year);

/*
 * The same of a year in so many digits: two are of the century that is likely, three of Taiwan. Of another calendar it is
 * the year in which the file was changed, at `changed` in milliseconds of UTC; where that is WHEN_NONE it stands as it is.
 */
int year_written(int year, int digits, int64_t changed);

/*
 * The time of a date as somebody's calendar writes it, its year in so many digits; 0: it is counted from the beginning
 * of an era. Of a calendar that is not known the year is the one in which the file was changed; it may also be a date of
 * Persia, or of Islam, give or take a day, if that comes nearer to the change and not after it. Without the time of
 * change the year stands as it is. WHEN_NONE: there is no such time.
 */
int64_t time_written(const struct civil *c, int digits, int64_t changed);

#endif
