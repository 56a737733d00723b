/*
 * Looks through bytes for frames whose dates have names, without making records of them.
 */
#ifndef PARSE_DATES_FRAMES_AHEAD_H
#define PARSE_DATES_FRAMES_AHEAD_H

#include "parse/dates/named_dates.h"

/* The next frame of the bytes, moved past it: its time. False: there is none left. */
bool frame_ahead(struct span *bytes, struct span *time);

/* Shows them to dates_see(). */
void dates_ahead(struct named_dates *dates, struct span bytes);

#endif
