/*
 * What is known of the logs themselves: filled by whoever reads them, shown by
 * views and reports.
 */
#ifndef CMTOP_LOG_H
#define CMTOP_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/when.h"

/* clang-format off */
#define LOG_STATES(_) \
	_(LIVE,    "live",    "LIVE",   "followed, and written within the last minute") \
	_(IDLE,    "idle",    "IDLE",   "followed, no new record for longer") \
	_(WAITING, "waiting", "WAIT",   "not there; looked for again and again") \
	_(DENIED,  "denied",  "DENIED", "may not be read") \
	_(STALLED, "stalled", "STALE",  "the file system does not answer") \
	_(ERROR,   "error",   "ERROR",  "cannot be read; `error` says why") \
	_(READ,    "read",    "READ",   "read to its end, not followed")
/* clang-format on */

enum log_state {
#define _(state, word, light, meaning) LOG_##state,
	LOG_STATES(_)
#undef _
		LOG_STATE_COUNT
};

#define LOGS_MOST 16

/* A log that nobody has written for so long is a copy, or its server is gone: no time passes in it. */
#define LOG_OLD (7 * WHEN_DAY)

struct log_status {
	char name[32];   /* "sender" */
	char path[1024]; /* of the newest generation, as it was given */
	enum log_state state;
	char error[160]; /* "" when there is none */
	uint64_t bytes;  /* read */
	uint64_t records, unknown, damaged;
	uint64_t rollovers;
	uint64_t missed;   /* bytes known to be lost between two looks */
	uint64_t gaps;     /* ends of generations that were not seen: what was lost there is not known */
	int64_t newest;    /* what its newest record says, WHEN_NONE: no record with a time yet */
	bool zoned;        /* … and it is UTC */
	int16_t bias;      /* … with so many minutes from local time to it */
	char encoding[24]; /* of what is beyond ASCII: "utf-8", "windows-1251", … */
	bool guessed;      /* … and nobody said so */
	int64_t reached;   /* running time of that record, by which it compares with those of other logs; WHEN_NONE */
	int64_t silent;    /* milliseconds since the log last grew, -1: unknown */
	int progress;      /* per cent of the catch-up, 100 when done */
	uint64_t left;     /* bytes of the catch-up that are known of and not read yet */
};

static inline struct written_time
log_newest(const struct log_status *log)
{
	return (struct written_time){ log->newest, log->bias, log->zoned };
}

const char *log_state_word(enum log_state state);  /* "stalled": JSON */
const char *log_state_light(enum log_state state); /* "STALE": screen */

/* "windows-1251, guessed"; "" for UTF-8, of which nothing need be said */
const char *log_encoding_words(const struct log_status *log, char out[40]);

#endif
