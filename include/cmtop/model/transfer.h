/*
 * Transfers to distribution points, from PkgXferMgr.log.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_TRANSFER_H
#define CMTOP_MODEL_TRANSFER_H

#include "cmtop/model/announced.h"
#include "cmtop/intern.h"
#include "cmtop/rate_window.h"

struct model;

/* clang-format off */
#define TRANSFER_STATES(_) \
	_(WAITING,  "waiting") \
	_(SENDING,  "sending") \
	_(NOTIFIED, "notified") \
	_(RETRY,    "retry") \
	_(FAILED,   "failed") \
	_(DONE,     "done")
/* clang-format on */

enum transfer_state {
#define _(state, word) TRANSFER_##state,
	TRANSFER_STATES(_)
#undef _
		TRANSFER_STATE_COUNT
};

#define TRANSFER_JOB_MOST \
	((uint64_t)1 << 53) /* the greatest number of a job: greater ones would not stay exact in JSON */

#define TRANSFER_THREADS 16 /* shown of one job; more are only counted */

/*
 * One version of a package to one distribution point. "Found send request with ID: J, Package: P, Version:V,
 * Priority: N, Destination: DP" begins it; "Sending thread starting for Job: J" begins an attempt.
 */
struct transfer {
	uint64_t job;                      /* its number in the log */
	uint32_t package, version;         /* NAME_NONE, 0: not known */
	uint32_t dp;                       /* model_server() */
	uint8_t state;                     /* enum transfer_state: SENDING while a thread is at it */
	uint8_t log;                       /* that its newest line is in */
	uint8_t started_log;               /* … and the one that `started` is of */
	uint8_t priority;                  /* 1 high, 2 medium, 3 low; 0: not known */
	bool pull;                         /* a pull DP: it fetches the content itself */
	bool throttled;                    /* limited to one connection or by a rate limit */
	uint8_t limit_percent;             /* "the current sending rate is N percent"; 0: the log names none */
	int64_t limit_rate;                /* bytes per second that this comes to, an estimate; -1: unknown */
	uint32_t thread[TRANSFER_THREADS]; /* the smallest numbers, in their order */
	uint32_t threads;                  /* that have not ended */
	uint64_t bytes;                    /* "Wrote N bytes", summed over all files and attempts */
	uint64_t failures, attempts;
	int64_t started, last;    /* start of its newest attempt; newest line of its threads; WHEN_NONE: not known */
	int64_t moved;            /* newest "Wrote" or "Yield" of this attempt, WHEN_NONE: none yet */
	int64_t pauses_until;     /* end of its newest "Yield N seconds", WHEN_NONE */
	int64_t usual_gap;        /* between its lines, milliseconds, as transfer_usual_gap() in figures.h says */
	uint32_t collisions;      /* sharing violations while several threads were at it, of this attempt */
	struct announced restart; /* "Restart time = T" */
	char error[120];          /* the first one of this attempt, "" for none */
	uint64_t serial;          /* unique among transfers, sends and package threads */
	const struct rate_window *recent; /* its bytes of the last seconds, borrowed, */
	int64_t recent_since;             /* … counted from then on */
};

/* Those that are kept, in no order; `count` is how many. The table is bounded: the oldest ended ones leave it. */
const struct transfer *model_transfers(const struct model *model, size_t *count);
const struct transfer *model_transfer(const struct model *model, uint64_t job); /* NULL: unknown, or no longer kept */
const char *transfer_state_word(enum transfer_state state);

/* All together. `waiting` includes those that a pull DP was notified of, `retrying` those that will not be tried again. */
struct transfers {
	uint64_t running, waiting, retrying;
	uint64_t done, failures; /* since the logs begin */
	bool seen;               /* a record of a package transfer manager was read */
	int64_t since;           /* first record of a package transfer manager, WHEN_NONE */
};

struct transfers model_transfer_counts(const struct model *model);

#endif
