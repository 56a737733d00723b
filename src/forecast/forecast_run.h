/*
 * One run of a forecast while it goes on: forecast_start.c prepares it, forecast_run.c
 * lets sends begin and end, forecast_end.c tells whether it ends and when. For these alone.
 */
#ifndef FORECAST_FORECAST_RUN_H
#define FORECAST_FORECAST_RUN_H

#include "forecast/heap.h"
#include "forecast/forecast_plan.h"

#define UNLIMITED UINT32_MAX
#define FRESH     UINT32_MAX /* of a queue: a send that fell due on the way */
#define TIME_MOST 1e15       /* milliseconds; a time to empty beyond that is none */

#define SLOTS_MOST  4096  /* more than any sender has */
#define FRESH_MOST  1024u /* times that new sends fall due while what waits is done; after twice as many, */
#define FRESH_MORE  512u  /* … and then, before more of them are taken together: */
#define FRESH_TIMES 4u    /* … so many times as many, */
#define LEVELS_MOST 20u   /* … and that so often */
#define DUE_MOST    1e14  /* sends at once */

struct queue_state {
	uint32_t next[PRIORITIES]; /* column, by class */
	uint32_t used, limit;
	uint64_t fresh, taken; /* sends that fell due on the way, and of these taken */
	bool in_turn, closed;
};

struct run {
	const struct plan *plan;
	const struct run_limits *limits;
	const struct run_ends *ends;
	struct run_result *result;
	struct queue_state *state;
	struct heap turns;  /* queues that may have one more: by class, then by age */
	struct heap busy;   /* sends in slots: by when they end, in the time of the sends */
	struct heap closed; /* queues that take nothing yet: by when they do */
	uint32_t slots;
	uint32_t *open;
	uint32_t opens;     /* queues that take sends that fall due */
	double now, passed; /* the clock, and the time of the sends */
	double rate;        /* bytes per millisecond that all together would do */
	uint64_t waiting;   /* batches of queues that are not apart, at the beginning */
	uint64_t left[2],
		fresh_left[2];      /* batches and running ones to be ended; fresh sends to be taken; of queues apart */
	double due_every, due_next; /* of `due_many` sends at once */
	double load_slots, load_bytes;    /* slots that new sends ask for, and bytes per millisecond */
	bool grows;                       /* that is more than there is */
	uint64_t due, due_many, due_more; /* times that they fell due; when more are taken together */
	uint64_t due_last;                /* after that it does not end */
};

static inline bool
run_is_apart(const struct run *run, uint32_t queue)
{
	return queue != UNLIMITED && run->plan->queue[queue].apart;
}

static inline void
run_occupy_slot(struct run *run, struct entry send)
{
	heap_put(&run->busy, send);
	run->rate += send.rate;
}

/* forecast_start.c: `memory` is run_memory() bytes. */
void run_prepare(struct run *run, void *memory);

/* forecast_end.c */
enum run_end run_known_end(struct run *run); /* before the first send begins; RUN_EMPTY: it may have an end */
double
run_time_to_drain(const struct run *run); /* milliseconds until nothing waits, where less falls due than is done */
void run_set_empty(struct run *run, double time);
void run_settle(struct run *run); /* it goes on for long: what is known of its end decides */

#endif
