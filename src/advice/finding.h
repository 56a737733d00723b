/*
 * One finding: a check of the model that returns its evidence, or nothing.
 */
#ifndef ADVICE_FINDING_H
#define ADVICE_FINDING_H

#include "cmtop/advice.h"
#include "cmtop/fmt.h"

#define LATELY (15 * WHEN_MINUTE) /* how far most findings look back */
#define MOSTLY 0.8                /* share of that time that counts as most of it */

/* What every finding needs, worked out once. */
struct known {
	const struct advice_look *look;
	const struct model *model;
	int64_t now;
	struct sending sending;
	struct distribution distribution;
	struct backlog backlog;
	const struct site *sites;
	size_t site_count;
	uint32_t stuck;      /* jobs that are stalled */
	uint32_t hog;        /* the site that holds most of these, NAME_NONE */
	uint32_t hog_slots;  /* how many it holds, all of them stalled; 0: none is such */
	int64_t hog_silence; /* milliseconds since the last of them made progress */
	double full;         /* share of LATELY with all sending slots in use, -1 unknown */
};

/* Writes the evidence into text[240]; false: there is none. */
typedef bool finding_fn(const struct known *known, char *text, size_t size);

/* One for each advice, in a findings_*.c. */
#define _(code, word, text, find) finding_fn find;
ADVICES(_)
#undef _

/* findings_stalled.c */
bool are_stalled(uint32_t stuck, uint32_t slots); /* so many of these slots that the stalled sends are what is wrong */
uint32_t stalled_at(const struct known *known, uint32_t site); /* sends of the site that are stalled */

/* findings_uplink.c */
bool link_is_full(const struct known *known);
bool link_has_room(const struct known *known);

/* findings_routes.c */
int64_t advice_local(const struct known *known, uint8_t log, int64_t at); /* local, as the log writes it */

/* findings_distmgr.c */
uint32_t threads_stalled(const struct known *known); /* package threads that are stuck */

#endif
