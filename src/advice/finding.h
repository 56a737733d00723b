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

/* stalled.c */
finding_fn find_stalled_sends;
bool are_stalled(uint32_t stuck, uint32_t slots); /* so many of these slots that the stalled sends are what is wrong */
uint32_t stalled_at(const struct known *known, uint32_t site); /* sends of the site that are stalled */

/* link.c */
finding_fn find_link_full;
bool link_is_full(const struct known *known);
bool link_has_room(const struct known *known);

/* sending.c */
finding_fn find_silent, find_slot_hog, find_sender_full, find_site_full, find_idle, find_small_behind_big,
	find_limits_equal;
/* routes.c */
int64_t advice_local(const struct known *known, int64_t at); /* the server's local time, as it is shown */
finding_fn find_site_blocked, find_address_closed, find_throttled;
/* trend.c */
finding_fn find_growing, find_retry_storm, find_changed;
/* transfers.c */
finding_fn find_transfers_stalled, find_transfer_collision, find_dp_throttled;
/* packages.c */
finding_fn find_distmgr_full, find_distmgr_serial;
/* distmgr.c */
finding_fn find_distmgr_aborting, find_distmgr_stuck, find_distmgr_silent, find_dp_upgrade_full;

uint32_t threads_stalled(const struct known *known); /* package threads that are stuck */

#endif
