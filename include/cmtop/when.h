/*
 * Times: milliseconds since 1970-01-01 00:00:00.000, by our own arithmetic, so
 * that no zone database and no locale of this machine takes part in it.
 *
 * Records of the current product carry a bias, and their times are UTC. Records
 * without one are the server's local time, counted as if it were UTC: such times
 * compare among themselves, and are printed without a zone.
 */
#ifndef CMTOP_WHEN_H
#define CMTOP_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmtop/span.h"

#define WHEN_NONE INT64_MIN /* unknown */

#define WHEN_SECOND ((int64_t)1000)
#define WHEN_MINUTE (60 * WHEN_SECOND)
#define WHEN_HOUR   (60 * WHEN_MINUTE)
#define WHEN_DAY    (24 * WHEN_HOUR)

#define WHEN_TEXT 32 /* bytes that hold any formatted time and its NUL */

struct civil {
	int year, month, day;     /* 1601..9999, 1..12, 1..31 */
	int hour, minute, second; /* 0..23, 0..59, 0..59 */
	int milli;                /* 0..999 */
};

/* Milliseconds from one time to another; 0 when one of them is not known. */
static inline int64_t
when_between(int64_t from, int64_t to)
{
	return from == WHEN_NONE || to == WHEN_NONE ? 0 : to - from;
}

/* WHEN_NONE when there is no such day or time. */
int64_t when_from(const struct civil *civil);
struct civil when_civil(int64_t at);

/* RFC 3339, "2026-07-30T17:03:00.000Z" or with an offset; a blank may stand for the T. */
bool when_parse(struct span text, int64_t *out);

/* What a text says of a time. */
struct when_text {
	int64_t at;     /* local, WHEN_NONE: it cannot be read for certain */
	bool if_24;     /* … and only where the one who wrote it counts hours to 24: a word beside it is not known */
	bool counts_24; /* it has an hour of 0 or above 12: the one who wrote it counts to 24 */
};

/*
 * A time that a message written at `after` announces in the form of the server's own
 * locale, "7/30/2026 1:06:04 PM Eastern Daylight Time": in any script, with the words of
 * any language for the halves of the day. Day and month in whichever order makes it come
 * at or after that, within eight days, the nearer of two; where the year is of a calendar
 * with other months, the next such clock. Both are local.
 */
struct when_text when_in_text(struct span text, int64_t after);

/* "2026-07-30T17:03:00.000Z", or without the Z when not zoned. */
void when_format(int64_t at, bool zoned, char out[WHEN_TEXT]);

#endif
