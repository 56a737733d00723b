/*
 * Which components have spoken in one log: a gap in the log concerns them all.
 */
#ifndef INGEST_COMPONENTS_SEEN_H
#define INGEST_COMPONENTS_SEEN_H

#include "cmtop/event.h"

#define COMPONENTS_SEEN_MOST 8 /* a log is one component's, seldom a few ones' */

struct components_seen {
	char name[COMPONENTS_SEEN_MOST][64];
	size_t count;
	size_t last; /* the one that spoke last: mostly the next one too */
};

void components_seen_add(struct components_seen *heard, struct span component);

#endif
