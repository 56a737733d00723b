/*
 * Which components have spoken in one log: a gap in the log concerns them all.
 */
#ifndef INGEST_COMPONENTS_SEEN_H
#define INGEST_COMPONENTS_SEEN_H

#include "cmtop/event.h"

#define COMPONENTS_SEEN_MOST 8 /* a log is one component's, seldom a few ones' */

struct components_seen {
	char name[COMPONENTS_SEEN_MOST][64];
	size_t size[COMPONENTS_SEEN_MOST];
	size_t count;
	size_t last; /* the one that spoke last: mostly the next one too */
};

void components_seen_add_other(struct components_seen *seen, struct span component);

/* Here, because it is asked for every event, and mostly it is the one before. */
static inline void
components_seen_add(struct components_seen *seen, struct span component)
{
	if (component.size != seen->size[seen->last]
	    || !bytes_are(component.at, seen->name[seen->last], component.size))
		components_seen_add_other(seen, component);
}

#endif
