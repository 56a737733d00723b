/*
 * A time that a log line announces in the server's own way of writing.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_ANNOUNCED_H
#define CMTOP_MODEL_ANNOUNCED_H

#include "cmtop/event.h"

struct model;

#define ANNOUNCED_TEXT 224 /* bytes: the longest names of zones are in three bytes a letter */

struct announced {
	int64_t at;      /* running time; WHEN_NONE: the text cannot be read */
	int64_t written; /* the same by the clock of the line's record: UTC if zoned, else local */
	int16_t bias;    /* … and its minutes to add to local time to get UTC, if zoned */
	bool zoned;
	bool if_24;                /* `at` holds only if the log counts hours to 24; ask model_announced() */
	uint8_t log;               /* number of its source */
	char text[ANNOUNCED_TEXT]; /* as the log writes it, "" for none */
};

/* WHEN_NONE: none, or one that cannot be read for certain; the text is all there is then. */
int64_t model_announced(const struct model *model, const struct announced *announced);

/* One that can be read, in the server's local time, as the text says it. */
static inline int64_t
announced_local(const struct announced *announced)
{
	return announced->written - (announced->zoned ? announced->bias * WHEN_MINUTE : 0);
}

#endif
