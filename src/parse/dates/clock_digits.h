/*
 * Numbers of a time; each moves `text` past what it took. Whether such a time exists is not theirs to tell.
 */
#ifndef PARSE_DATES_CLOCK_DIGITS_H
#define PARSE_DATES_CLOCK_DIGITS_H

#include "cmtop/when.h"

bool small_number(struct span *text, uint64_t most, int *out);

/* "12:03:00", "8:13:13.869", "12.03.00.000", "00:00:13.4128412": what is finer than a millisecond is cut off. */
bool clock_digits(struct span *text, struct civil *c);

#endif
