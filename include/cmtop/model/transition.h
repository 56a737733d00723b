/*
 * The journal: notes, which are what was said, and transitions, which are what has changed.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_TRANSITION_H
#define CMTOP_MODEL_TRANSITION_H

#include "cmtop/event.h"
#include "cmtop/intern.h"

struct model;

struct note {
	int64_t at;
	struct written_time written;
	uint32_t thread;
	uint8_t log;   /* number of its source */
	uint8_t level; /* enum level */
	char text[232];
};

/* The i-th newest, 0 is the newest; NULL past the oldest kept. */
const struct note *model_note(const struct model *model, size_t i);

/* clang-format off */
#define TRANSITIONS(_) \
	_(DUE,             "due") \
	_(JOB_STARTED,     "job-started") \
	_(JOB_RESUMED,     "job-resumed") \
	_(JOB_DONE,        "job-done") \
	_(JOB_FAILED,      "job-failed") \
	_(JOB_INTERRUPTED, "job-interrupted") \
	_(JOB_LOST,        "job-lost") \
	_(JOB_STALLED,     "job-stalled") \
	_(SITE_BLOCKED,    "site-blocked") \
	_(CAPACITY,        "capacity") \
	_(PACKAGE_QUEUED,  "package-queued") \
	_(PACKAGE_STARTED, "package-started") \
	_(PACKAGE_DONE,    "package-done") \
	_(PACKAGE_FAILED,  "package-failed") \
	_(DP_STARTED,      "dp-started") \
	_(DP_DONE,         "dp-done") \
	_(DP_FAILED,       "dp-failed") \
	_(PACKAGE_ENDED,   "package-ended") \
	_(DP_ENDED,        "dp-ended") \
	_(THREAD_STALLED,  "thread-stalled") \
	_(TRANSFER_STARTED, "transfer-started") \
	_(TRANSFER_DONE,   "transfer-done") \
	_(TRANSFER_FAILED, "transfer-failed") \
	_(TRANSFER_STALLED, "transfer-stalled") \
	_(FAILURE,         "failure") \
	_(LOG_ROLLED,      "log-rolled") \
	_(LOG_MISSED,      "log-missed") \
	_(LOG_STATE,       "log-state")
/* clang-format on */

enum transition_kind {
#define _(kind, word) TRANSITION_##kind,
	TRANSITIONS(_)
#undef _
		TRANSITION_COUNT
};

/* One line of the event stream (--follow), with the same names; what does not apply is NAME_NONE, -1, 0 or "". */
struct transition {
	uint64_t number; /* 1, 2, 3, … without a gap */
	int64_t at;
	struct written_time written; /* … as the record wrote it */
	uint8_t kind;                /* enum transition_kind */
	uint8_t attempt;             /* of jobs, 255 for more */
	uint32_t site, package, version, thread;
	uint32_t dp; /* model_server() */
	char request[24];
	int64_t used, capacity, bytes, seconds; /* -1: does not apply */
	char text[480];
};

const char *transition_word(enum transition_kind kind);

/* Of the last ones (their number is bounded): the one with this number, NULL: gone or not yet. */
const struct transition *model_transition(const struct model *model, uint64_t number);
uint64_t model_transitions(const struct model *model); /* newest number, 0: none */

#endif
