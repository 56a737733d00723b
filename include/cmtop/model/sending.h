/*
 * All sends together: slots, what waits, rates, and how sends slow each other down.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_SENDING_H
#define CMTOP_MODEL_SENDING_H

#include "cmtop/event.h"
#include "cmtop/intern.h"

struct model;

/* Sends of one thing to one site that wait. */
struct waiting {
	uint32_t package, site;
	uint64_t count;   /* 1 where the scheduler lists them */
	int64_t bytes;    /* of one, still to send; -1: unknown */
	uint8_t priority; /* 1 high, 2 medium, 3 low; 0: not known */
	uint32_t order;   /* smaller has waited longer */
};

/* The next of all that wait, in no order; *at begins at 0. False: no more. */
bool model_waiting(const struct model *model, size_t *at, struct waiting *out);

/*
 * Sends that come before the first one that waits for the site: of higher
 * priority, or as high and older, for sites that the sender does not leave alone.
 * -1: none waits there, or nothing says what waits. All sites are counted at
 * once, when the model has changed since: two walks over what waits.
 */
int64_t site_ahead(const struct model *model, uint32_t site);

/* Mean milliseconds until a slot that became free was taken again, while all others were in use; 0: never seen. */
double model_handover(const struct model *model);

/*
 * How sends slow each other down, over the last hours: when 1 % more sends write at
 * once, each gets faster by `slope` %. -1: the sum stays the same, so the uplink of
 * the server is full; 0: sends do not slow each other down.
 */
struct uplink_share {
	double windows;      /* windows of 30 s that were measured, older ones counting less; 0: not known */
	double slope, error; /* error: standard error of the slope */
	double writers;      /* sends that write at once, on average */
};

struct uplink_share model_uplink_share(const struct model *model);

/* Size of a send request in the scheduler's list, KBytes of 1,024 bytes; 0: unknown. */
uint64_t model_request_kbytes(const struct model *model, const char *request);

/* All sites together. */
struct sending {
	uint32_t used;         /* jobs that hold a slot, and `unseen` */
	uint32_t unseen;       /* slots in use by the sender's own count, of jobs that began before the log */
	int64_t capacity;      /* "Checking for sending capacity. Used U out of L": newest L, -1: unknown */
	int64_t site_capacity; /* "site-specific sending capacity. Used U out of L": newest L of any site, -1: unknown */
	uint64_t done, failed, bytes;
	uint64_t waiting;  /* sends that wait, all sites */
	uint64_t running;  /* jobs that hold a slot and are no replication */
	bool seen;         /* a record of a sender was read */
	bool due_seen;     /* a record of a distribution manager was read: due sends are known from there on */
	int64_t since;     /* first record of a sender, WHEN_NONE */
	int64_t due_since; /* first record of a distribution manager, WHEN_NONE */
	bool listed; /* `waiting` is the scheduler's list ("Updating Send Request List"), not a count of due lines */
	int64_t listed_at;           /* when its newest list began, WHEN_NONE: none yet */
	uint8_t due_log, listed_log; /* the logs that `due_since` and `listed_at` are of */
	uint64_t counted;            /* the count of due lines, also where the list is used */
};

struct sending model_sending(const struct model *model);

/*
 * How many more (negative: fewer) sends the due lines tell of than the scheduler
 * lists, when that can be explained neither by where the logs begin or have holes
 * nor by what is on its way between them at `now`; else 0.
 */
int64_t model_drift(const struct model *model, int64_t now);

/* Things counted by the second over the last hour of log time. */
enum rate_counter {
	RATE_DONE,
	RATE_DUE,
	RATE_FAILED,
	RATE_TRANSFERS,
	RATE_COUNT
}; /* TRANSFERS: done, to distribution points */

/* How many in the `span` milliseconds (at most an hour) that end at `now`. */
uint64_t model_rate_count(const struct model *model, enum rate_counter rate_counter, int64_t now, int64_t span);

/* Package bytes that were sent again after a failure, since the log began. */
uint64_t model_resent_bytes(const struct model *model);

/* Package bytes written in the `seconds` (at most 15) that end at `now`, all sites. */
uint64_t model_recent_bytes(const struct model *model, int64_t now, int seconds);

#endif
