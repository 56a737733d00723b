/*
 * Destination sites: what waits for them, what they hold, how they do.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_SITE_H
#define CMTOP_SITE_H

#include "cmtop/event.h"
#include "cmtop/intern.h"

struct model;

/*
 * What sending packages to a site has taken, the later sends counting more: of
 * jobs that have ended. Those that began before the log did give only what they
 * wrote. All zero: nothing is known.
 */
struct send_pace {
	double tries, sends; /* jobs that ended at all, and well */
	double slots;        /* milliseconds that they held a slot */
	double writing;      /* … of these from their first block to their last, pauses included */
	double bytes;        /* written in that time */
};

struct site {
	char code[16];
	uint32_t used;         /* jobs that hold a slot */
	uint32_t used_most;    /* … at any time */
	uint32_t unseen;       /* slots that began before the log did */
	int64_t capacity;      /* newest reading, -1: unknown */
	uint64_t waiting;      /* due sends that no thread carries */
	uint64_t unnamed;      /* jobs whose package is not known yet: each is taken for one of the waiting */
	uint64_t done, failed; /* package sends */
	uint64_t bytes;        /* package bytes written */
	int64_t last_done;     /* WHEN_NONE */
	int64_t last_failed;   /* WHEN_NONE */
	bool blocked;          /* left alone by the sender */
	bool closed;           /* … because its addresses are closed */
	int64_t blocked_until; /* WHEN_NONE: not said */
	int64_t speed;         /* bytes per second of the last whole send, as the scheduler tells; -1: unknown */
	int64_t throttled;     /* last said to be limited to one connection, WHEN_NONE */
};

/* What waits for the site: one less for each job that must carry one of them, we do not know which yet. */
static inline uint64_t
site_waiting(const struct site *site)
{
	return site->waiting > site->unnamed ? site->waiting - site->unnamed : 0;
}

/* Slots that the site holds: of jobs that are known, and those that a reading counted besides. */
static inline uint32_t
site_slots(const struct site *site)
{
	return site->used + site->unseen;
}

const struct site *model_sites(const struct model *model, size_t *count);

struct send_pace model_site_pace(const struct model *model, uint32_t site);

/* Package bytes written in the `seconds` (at most 15) that end at `now`, to that site. */
uint64_t model_site_recent_bytes(const struct model *model, uint32_t site, int64_t now, int seconds);

/*
 * The limit that holds for the site, -1: unknown. The setting is one for all sites: where it has changed
 * since the site's own reading, what the newest reading says holds for this one too.
 */
int64_t model_site_limit(const struct model *model, uint32_t site);

/* The server that the site's sends go to, as model_server(); NAME_NONE: not known, or it serves others too. */
uint32_t model_site_server(const struct model *model, uint32_t site);

#endif
