/*
 * Jobs: each is one send by one sending thread, and holds one sending slot until it ends. All is from sender.log.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_JOB_H
#define CMTOP_MODEL_JOB_H

#include "cmtop/event.h"
#include "cmtop/intern.h"
#include "cmtop/when.h"

struct model;

/* clang-format off */
#define JOB_STATES(_) \
	_(STARTING,    "starting") \
	_(CONNECTING,  "connecting") \
	_(SENDING,     "sending") \
	_(FINISHING,   "finishing") \
	/* ended: */ \
	_(DONE,        "done") \
	_(FAILED,      "failed") \
	_(INTERRUPTED, "interrupted") \
	_(LOST,        "lost")
/* clang-format on */

enum job_state {
#define _(state, word) JOB_##state,
	JOB_STATES(_)
#undef _
		JOB_STATE_COUNT
};

enum job_kind { KIND_UNKNOWN, KIND_PACKAGE, KIND_REPLICATION };

#define JOB_SAMPLES 48
#define STALL_TIMES 6                  /* silent for more than so many usual gaps: stalled, … */
#define STALL_LEAST WHEN_MINUTE        /* … and for longer than this */
#define RATE_WINDOW (15 * WHEN_SECOND) /* rates look back so far */

/* How many bytes of the package file were written at a time: "Wrote N bytes to FILE at position P". */
struct progress_sample {
	int64_t at;
	uint64_t position;
};

/* The latest samples, at least half a second apart. */
struct progress {
	struct progress_sample sample[JOB_SAMPLES]; /* a ring */
	uint16_t first, count;
};

/* One send. The line that a figure is read from stands behind it in quotes. */
struct job {
	uint32_t thread;
	uint32_t component; /* model_component(): the sender that the thread belongs to */
	uint32_t site;    /* index of model_sites(), NAME_NONE: not known; "Found send request. ID: R, Dest Site: S" */
	uint32_t package; /* index of model_packages(), NAME_NONE: not known, or none; by its "Package file = " */
	uint32_t version; /* 0: not known */
	uint32_t delta_from; /* the file is the difference from this version; 0: it is whole */
	uint32_t attempt;    /* 1 at the first try of its request */
	uint8_t state;       /* enum job_state */
	uint8_t kind;        /* enum job_kind */
	uint8_t log;         /* that its newest line is in */
	uint8_t started_log; /* … and its first */
	bool start_seen;     /* its start was seen */
	uint8_t priority;    /* 1 high, 2 medium, 3 low; 0: not known */
	bool due;            /* it is one of the sends that were counted as due */
	bool wrote;          /* position is known */
	bool resumed;
	bool returned;        /* given back before it began, "Abandoning send request": does not count as an attempt */
	bool throttled;       /* "Address to S is currently under bandwidth control" or "in pulse mode" */
	char request[24];     /* "" when not known */
	char error[240];      /* first error line since the last progress, "" for none */
	int64_t started;      /* WHEN_NONE: began before the log did */
	int64_t last;         /* its newest line */
	int64_t writes_since; /* "Attempt to write" of its first block, else "Wrote"; WHEN_NONE */
	int64_t last_write;   /* WHEN_NONE: no block of the package file yet */
	int64_t usual_gap;    /* between its blocks, milliseconds, as job_usual_gap() in figures.h says */
	int64_t unusual;      /* milliseconds since its first block that were longer pauses than usual */
	int64_t pauses_until; /* "Yield N seconds due to bandwidth control": the end of that; WHEN_NONE */
	int64_t limit_rate;   /* bytes per second that its rate limit comes to, an estimate; -1: unknown */
	uint64_t position;    /* of the package file, in bytes */
	uint64_t bytes;       /* written by this job */
	uint64_t serial;      /* grows with every job, as thread numbers are used again */
	struct progress_sample rate_from; /* job_rate() counts from here to its last block; WHEN_NONE: no block yet */
};

/* The samples of its progress; valid until the next event, as all that the model lends. */
const struct progress *model_job_progress(const struct model *model, const struct job *job);

/* Jobs that hold a slot, oldest first: NULL begins, NULL ends. */
const struct job *model_next_job(const struct model *model, const struct job *after);

static inline bool
job_ended(const struct job *job)
{
	return job->state >= JOB_DONE;
}

const char *job_state_word(enum job_state state);

#endif
