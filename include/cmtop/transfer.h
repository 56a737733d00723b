/*
 * Transfers to distribution points, as the package transfer manager tells of them.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_TRANSFER_H
#define CMTOP_TRANSFER_H

#include "cmtop/event.h"
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
	((uint64_t)1 << 53) /* a job's number; what is greater is none: no reader of JSON would keep it exact */

#define TRANSFER_THREADS 16 /* shown of one job; more are only counted */

/* A job of the package transfer manager: one version of a package to one distribution point. */
struct transfer {
	uint64_t job;                      /* its number */
	uint32_t package, version;         /* NAME_NONE, 0: not known */
	uint32_t dp;                       /* model_server() */
	uint8_t state;                     /* enum transfer_state: SENDING while a thread is at it */
	uint8_t priority;                  /* 1 high, 2 medium, 3 low; 0: not known */
	bool pull;                         /* the DP fetches for itself */
	bool throttled;                    /* by one connection only, or a rate limit */
	uint8_t limit_percent;             /* of its rate limit, 0: the log names none */
	int64_t limit_rate;                /* bytes per second that this comes to, an estimate; -1: unknown */
	uint32_t thread[TRANSFER_THREADS]; /* the smallest numbers, in their order */
	uint32_t threads;                  /* that have not ended */
	uint64_t bytes;                    /* written, over all files and attempts */
	uint64_t failures, attempts;
	int64_t started, last; /* its newest attempt; the newest word of any of its threads; WHEN_NONE: not known */
	int64_t moved;         /* newest block or Yield of this attempt, WHEN_NONE: none yet */
	int64_t pauses_until;  /* it said that it pauses until then, WHEN_NONE */
	uint32_t usual_gap;  /* of the silences of a second or more while it is sent, milliseconds; 0: not known yet */
	uint32_t collisions; /* sharing violations while several threads were at it, of this attempt */
	char restart[64];    /* as the log writes it, "" for none */
	char error[120];     /* the first one of this attempt, "" for none */
	uint64_t serial;     /* unlike that of any other transfer, send or package thread */
	const struct rate_window *recent; /* its bytes of the last seconds, borrowed */
};

/* Those not forgotten, in no order; a row with state DONE ended well. */
const struct transfer *model_transfers(const struct model *model, size_t *count);
const struct transfer *model_transfer(const struct model *model, uint64_t job); /* NULL: unknown, or forgotten */
const char *transfer_state_word(enum transfer_state state);

/* All of them together. `waiting` has those a pull DP was told of, `retrying` those that have failed for good. */
struct transfers {
	uint64_t running, waiting, retrying;
	uint64_t done, failures; /* since the logs begin */
	bool seen;               /* a record of a package transfer manager was read */
	int64_t since;           /* first record of a package transfer manager, WHEN_NONE */
};

struct transfers model_transfer_counts(const struct model *model);

#endif
