/*
 * Samples of five minutes of log time: what the trend, the ranges and the history file are made of.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_SAMPLES_H
#define CMTOP_MODEL_SAMPLES_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/when.h"

struct model;

/* Five minutes of log time: what happened in it, and how things stood at its end. */
#define SAMPLE_SPAN  (5 * WHEN_MINUTE)
#define SAMPLES_KEPT 2016 /* seven days */

/* What a count of what waits stands on, the better the later. */
enum waiting_source {
	WAITING_UNKNOWN,
	WAITING_COUNTED, /* sends seen falling due since the logs begin: at least so many */
	WAITING_LISTED,  /* by the scheduler */
};

struct sample {
	int64_t at;             /* its beginning, a multiple of SAMPLE_SPAN */
	uint64_t waiting;       /* at its end, by waiting_source */
	uint8_t waiting_source; /* enum waiting_source; UNKNOWN: `waiting` says nothing */
	uint64_t done, due, failed, bytes;
	uint64_t due_sized, due_bytes;      /* sends that fell due whose size became known in it, and their sum */
	int64_t capacity, distmgr_capacity; /* at its end, -1: unknown */
	uint32_t used_most;                 /* sending slots in use, at the most */
	uint32_t covered;                   /* milliseconds of it that the logs cover */
	uint32_t sender_covered,
		distmgr_covered; /* … after the first record of these: their logs need not begin together */
	uint32_t known, full;    /* … with a known limit of sending slots; with all of them in use */
	uint32_t distmgr_known, distmgr_full; /* the same of package threads */
	uint64_t slot_time;                   /* slots in use times milliseconds */
};

/* The i-th newest sample, 0 is the one that log time is in; NULL past the oldest kept. There may be gaps between them. */
const struct sample *model_sample(const struct model *model, size_t i);

/*
 * How the samples' times, which are running time, are written down for another run, whose running time may begin
 * anew: less `shift`, a multiple of SAMPLE_SPAN, they are UTC if zoned, else the server's local time. They are UTC as
 * soon as one record with a bias was read: one without is a slip then.
 */
struct samples_clock {
	int64_t shift;
	bool zoned;
};

struct samples_clock model_samples_clock(const struct model *model);

/*
 * Samples that an earlier run kept of the same logs, newest first, are joined with
 * the model's own, as samples_merge() says. Totals are not changed, and nothing is
 * restored before the first record. False: out of memory, and nothing has changed.
 */
bool model_restore(struct model *model, const struct sample *samples, size_t count);

#endif
