/*
 * One finding: a question to what is known, answered with evidence or not at
 * all. Furniture of this room.
 */
#ifndef ADVICE_FINDING_H
#define ADVICE_FINDING_H

#include "cmtop/advice.h"
#include "cmtop/fmt.h"

#define LATELY (15 * WHEN_MINUTE)  /* how far most findings look back */
#define MOSTLY 0.8                 /* share of that time that counts as most of it */

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
	int64_t  hog_silence;/* milliseconds since the last of them made progress */
	double   full;       /* share of LATELY with all sending slots in use, -1 unknown */
};

/* Writes the evidence into text[240]; false: there is none. */
typedef bool finding_fn(const struct known *known, char *text, size_t size);

/* sending.c */
finding_fn find_silent, find_slot_hog, find_sender_full, find_site_full, find_idle, find_small_behind_big, find_limits_equal;
/* routes.c */
finding_fn find_site_blocked, find_address_closed, find_throttled;
/* trend.c */
finding_fn find_growing, find_retry_storm, find_changed;
/* transfers.c */
finding_fn find_transfers_stalled, find_transfer_collision, find_dp_throttled;
/* packages.c */
finding_fn find_distmgr_full, find_distmgr_serial;

#endif
