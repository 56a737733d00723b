/*
 * Times as the logs write them.
 */
#ifndef PARSE_TIMESTAMP_H
#define PARSE_TIMESTAMP_H

#include "parse/record.h"

/* The current form, "07-30-2026 12:03:00.000+300": sets at, bias and zoned. False: it is not that form. */
bool timestamp_with_bias(struct span text, struct record_memory *memory, struct event *event);

/*
 * "Fri Oct 15 17:09:46.507 1999 Pacific Daylight Time" and, older still, "Mon Dec 04 15:41:45 1995~": local time, with
 * names in the language of the server. Sets at, zoned and zone.
 */
bool timestamp_with_weekday(struct span text, struct record_memory *memory, struct event *event);

/* Pieces of a time; each moves `text` past what it took. Whether such a time exists is timestamp_set()'s to say. */
bool timestamp_date(struct span *text, const char *between, struct civil *c); /* month, day, year */
bool timestamp_bias(struct span *text, struct event *event);

/* The event's time, WHEN_NONE if there is no such time. */
void timestamp_set(struct event *event, const struct civil *c);

#endif
