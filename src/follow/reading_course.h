/*
 * How far a reading has come, alone and next to another one of the same logs.
 */
#ifndef FOLLOW_READING_COURSE_H
#define FOLLOW_READING_COURSE_H

#include "follow/reading.h"

/* Bytes of all logs that are known of and not read yet, and those that are. */
uint64_t reading_left(struct reading *reading, uint64_t *read);

/* It has come to the records that the other one has; `quiet`: or it never will, in logs that can be read. */
bool reading_has_reached(struct reading *reading, struct reading *other, bool quiet);

#endif
