/*
 * Which components have spoken in one log: a gap in the log concerns them all.
 */
#ifndef LIVE_HEARD_H
#define LIVE_HEARD_H

#include "cmtop/event.h"

#define HEARD_MOST 8  /* a log is one component's, seldom a few ones' */

struct heard {
	char   name[HEARD_MOST][64];
	size_t count;
	size_t last;  /* the one that spoke last: mostly the next one too */
};

void heard_note(struct heard *heard, struct span component);

#endif
