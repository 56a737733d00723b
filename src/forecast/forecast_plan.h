/*
 * The input of a forecast: a copy of what it needs of the model.
 */
#ifndef FORECAST_FORECAST_PLAN_H
#define FORECAST_FORECAST_PLAN_H

#include "cmtop/forecast.h"

#define PRIORITIES 3 /* high, medium, low */

/*
 * Sends of one site and one priority that follow each other: run one after the
 * other in one slot. Few where little waits, more of them together where much does.
 */
struct batch {
	double work; /* milliseconds in a slot */
	double bytes;
	uint64_t sends;
	uint32_t order; /* of the oldest */
};

/* What waits for one site, and how fast its sends go. */
struct queue {
	double rate;        /* bytes per millisecond of one send while it writes */
	double besides;     /* milliseconds that a send takes besides */
	int64_t limit;      /* of its sends at once, now; -1: none */
	bool single;        /* one connection, whatever the limit */
	int64_t closed_for; /* milliseconds */
	uint32_t retries;   /* of its sends that wait for the time of a retry, */
	int64_t next_retry; /* … and the first of these times */
	bool left_out;
	bool apart;                     /* it takes its own time, whatever the slots */
	uint64_t sends;                 /* that wait, */
	uint32_t batches;               /* … in so many batches, */
	double work;                    /* … which take so many milliseconds in a slot */
	double fresh_work, fresh_bytes; /* of a send that is still to fall due */
};

/* A send that holds a slot now. */
struct running {
	uint32_t queue, package;
	double work, bytes; /* left */
	bool stuck;         /* it may never give the slot back */
	bool package_send;  /* no replication, and its site is known: it counts */
	bool wrote;         /* it has begun to send its file */
	int64_t left;       /* bytes of it, -1: its size is not known */
};

/* What is copied of the model, until the plan is worked out from it. */
struct copied {
	struct waiting *waiting; /* all that waits */
	size_t count, space;
	size_t at;   /* the next to be copied, as model_waiting() counts */
	bool listed; /* it is copied from the scheduler's list */
	int64_t now;
	double fresh_bytes; /* of a send that falls due, -1: not known */
};

struct plan {
	uint32_t queues;  /* as many as there are sites */
	uint32_t classes; /* priorities that there are, the highest first: */
	uint32_t class_of[PRIORITIES];
	uint32_t fresh_class; /* … and that of sends that fall due */
	uint32_t columns;     /* batches of one queue and class */
	uint32_t first_order; /* of all that waits, */
	double orders;        /* … and how many there are in a column */
	struct queue *queue;
	struct batch *batch; /* by queue, class and column */
	struct running *running;
	uint32_t running_count;
	int64_t all_sites, per_site; /* limits now; per site -1: not known */
	double doubt;                /* by what part the load of new sends may be off */
	bool all_stalled;            /* stalled sends hold all slots, while others wait */
	bool no_way;                 /* all that waits is left out */
	bool ranges;                 /* enough log time was covered to give a range */
	double due_every;            /* milliseconds from one new send to the next; 0: none */
	double ceiling;              /* bytes per millisecond of all together, the highest seen; 0: none */
	struct forecast_basis basis;
	struct copied copied;
	struct forecast_stop stop; /* asked between two runs */
};

static inline size_t
plan_batch(const struct plan *plan, uint32_t queue, uint32_t class, uint32_t column)
{
	return ((size_t)queue * plan->classes + class) * plan->columns + column;
}

static inline size_t
plan_batches(const struct plan *plan)
{
	return plan_batch(plan, plan->queues, 0, 0);
}

/* Which batch the waiting sends are in. */
size_t plan_batch_of(const struct plan *plan, const struct waiting *waiting);

/*
 * In three steps, of which the first two need the model. Of what waits, so many sends at
 * most are copied at a time; then the rest of the model, which is small: sites, running
 * sends and samples. False: out of memory; plan_destroy() in any case.
 */
enum plan_progress { PLAN_MORE, PLAN_COPIED, PLAN_NO_MEMORY };

void plan_begin(struct plan *plan, const struct model *model, int64_t now);
enum plan_progress plan_copy_waiting(struct plan *plan, const struct model *model, size_t most);
bool plan_copy(struct plan *plan, const struct model *model);
bool plan_make(struct plan *plan);

void plan_forget_copy(struct plan *plan); /* nobody needs it any more */
void plan_destroy(struct plan *plan);

static inline bool
plan_stopped(const struct plan *plan)
{
	return plan->stop.asked && plan->stop.asked(plan->stop.payload);
}

/* site_pace.c: how fast each site goes */
bool queues_learn(struct plan *plan, const struct model *model, int64_t now); /* false: out of memory */

/* arrivals.c: sends that fall due */
struct arrivals {
	double per_hour;
	double bytes; /* of one, on average; -1: not known */
	double doubt; /* by what part of it the load may be off */
};

struct arrivals arrivals_of(const struct model *model, int64_t now);

/* Whether stuck sends, to sites that nothing gets through to, never give their slots back. */
enum run_stuck { STUCK_FREE, STUCK_HOLD_ALL /* where these are all slots */, STUCK_HOLD };

struct run_limits {
	int64_t all_sites;
	int64_t per_site; /* -1: each as it is now */
	double ceiling;   /* bytes per millisecond of all together; 0: none */
	enum run_stuck stuck;
	double slower; /* every send takes so many times as long */
	double due;    /* … and so many times as many fall due */
};

/* When each batch, each running send and each queue is done; 0: not within the run. The caller's, all zero before. */
struct run_ends {
	double *batch, *running, *queue;
};

#define RUN_NEVER (-1.0)

/* Why a run has no end. */
enum run_end {
	RUN_EMPTY,        /* it has one */
	RUN_STUCK,        /* stalled sends hold all slots */
	RUN_NO_SLOT,      /* the limit of all sites is 0 */
	RUN_NO_SITE_SLOT, /* that of a site with sends waiting is */
	RUN_GROWS,        /* more falls due than can ever be done */
	RUN_TOO_LONG,     /* more than 30,000 years */
};

struct run_result {
	double empty; /* milliseconds until nothing waits, but for what is apart; RUN_NEVER */
	enum run_end end;
	uint64_t steps;
	uint32_t stuck;             /* slots that stalled sends never give back */
	bool slots_held, site_held; /* a send had to wait for the limit of all sites; … of its site */
};

/* Within run_steps_most(plan) steps; `memory` is run_memory(plan) bytes. Needs the plan alone. */
struct run_result run_slots(const struct plan *plan, const struct run_limits *limits, const struct run_ends *ends,
                            void *memory);
uint64_t run_steps_most(const struct plan *plan);
/* what_if.c: the same three runs for the limits in force and for any others */
struct limit_runs {
	struct run_result soonest, likely, latest;
};

/* `ends` are those of the likely run; may be NULL. */
struct limit_runs limit_runs(const struct plan *plan, int64_t all_sites, int64_t per_site, const struct run_ends *ends,
                             void *memory);
struct forecast_span limit_span(const struct limit_runs *runs);

/* The rows, of which the first are the limits in force, whose runs are `now`. */
size_t what_if_rows(const struct plan *plan, const struct limit_runs *now, void *memory,
                    struct forecast_row out[FORECAST_ROWS]);

size_t run_memory(const struct plan *plan);

#endif
