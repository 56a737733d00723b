/*
 * Destination sites: sends that wait for them, slots in use, results.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_SITE_H
#define CMTOP_MODEL_SITE_H

#include "cmtop/event.h"
#include "cmtop/intern.h"

struct model;

/*
 * How long sends of packages to a site have taken, newer ones counting more. Only
 * jobs that have ended are in it; of one that began before the log only its bytes
 * and its writing. All zero: nothing is known.
 */
struct send_pace {
	double tries, sends; /* jobs that ended at all, and well */
	double slots;        /* milliseconds that they held a slot */
	double writing;      /* … of these from their first block to their last, pauses included */
	double bytes;        /* written in that time */
};

struct site {
	char code[16];
	uint32_t used;      /* jobs to this site that hold a slot */
	uint32_t used_most; /* … at any time */
	uint32_t unseen;    /* U of that line less the jobs known then: they began before the log */
	int64_t capacity;   /* "Checking for site-specific sending capacity. Used U out of L": newest L, -1: unknown */
	uint64_t waiting;   /* sends of packages that wait */
	uint64_t unnamed;   /* jobs whose package is not known yet: each is taken for one of the waiting */
	uint64_t done, failed; /* sends of packages: "Sending completed successfully"; errors */
	uint64_t bytes;        /* of package files: "Wrote N bytes" */
	int64_t last_done;     /* WHEN_NONE */
	int64_t last_failed;   /* WHEN_NONE */
	bool blocked; /* the sender skips it: "Site S added to list of busy sites", "won't try send requests" */
	bool closed;  /* … because "existing addresses to destination site S are closed" */
	int64_t blocked_until; /* WHEN_NONE: the log names no time */
	int64_t speed;     /* of the last complete send: "Sending completed (N bytes/sec)" of sched.log; -1: unknown */
	int64_t throttled; /* newest "currently under bandwidth control, therefore only one connection", WHEN_NONE */
	uint8_t done_log, failed_log, blocked_log, throttled_log; /* the logs that these times are of */
};

/* Sends that wait. A job whose package is not known yet is one of those counted in `waiting`, so it is taken off. */
static inline uint64_t
site_waiting(const struct site *site)
{
	return site->waiting > site->unnamed ? site->waiting - site->unnamed : 0;
}

/* Slots in use for the site: known jobs, and those that the sender's own count has besides. */
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
 * since the newest line about this site, the newest line about any site holds for this one too.
 */
int64_t model_site_limit(const struct model *model, uint32_t site);

/* The server that the site's sends go to, as model_server(); NAME_NONE: not known, or it serves others too. */
uint32_t model_site_server(const struct model *model, uint32_t site);

#endif
