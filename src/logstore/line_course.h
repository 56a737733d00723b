/*
 * Which generation of its log a line stands in: only where the line stands tells, since a file of the same name takes the
 * place of the one before.
 */
#ifndef LOGSTORE_LINE_COURSE_H
#define LOGSTORE_LINE_COURSE_H

#include "cmtop/event.h"

/* Where the lines of a log have come to, in its newest file and in the one before. All zero to begin with. */
struct course {
	uint64_t next[2]; /* where the next line may begin at the earliest, in bytes of the file */
	uint64_t end[2];  /* behind the last one */
	uint32_t generation;
};

/* Of the next line of the log: it grows when the log rolls over. */
uint32_t course_generation(struct course *course, const struct event *event);

#endif
