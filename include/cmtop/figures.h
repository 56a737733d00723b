/*
 * Figures that follow from the model and the time of day: what is shown and
 * reported under the same name everywhere is worked out here, once. Unknown is
 * -1 (or what a function says), never a guess.
 *
 * Steps, for J sends that hold a slot, at most 1,024: a figure of a send or a
 * transfer, its samples; of a site or a package, J where it holds a slot and one
 * where it does not; of all sites or all packages so J times J and one for each;
 * the backlog, the same; shares of time, the samples kept. See test_bounded_work.c.
 */
#ifndef CMTOP_FIGURES_H
#define CMTOP_FIGURES_H

#include "cmtop/log.h"
#include "cmtop/model.h"

#define RATE_LEAST (5 * WHEN_SECOND) /* rates, which look back RATE_WINDOW, are unknown before that */

/* What a figure in milliseconds is in whole seconds, wherever it is shown or reported; negative: -1. */
static inline int64_t
rounded_seconds(int64_t milliseconds)
{
	return milliseconds < 0 ? -1 : (milliseconds + WHEN_SECOND / 2) / WHEN_SECOND;
}

/* Bytes per second over the job's last writes; -1 when not known yet. */
double job_rate(const struct job *job);
bool job_rate_estimated(const struct job *job); /* by its rate limit, as no block was seen lately */

/* The same two as they are told: what has stalled has no rate, and nobody knows when it ends. */
double job_rate_told(const struct job *job, int64_t now);
int64_t job_eta_told(const struct model *model, const struct job *job, int64_t now);

/*
 * Milliseconds between its blocks, 0 when not known: the mean over time and not
 * over blocks, since a route that sends in bursts spends its time in the pauses,
 * and these are what is usual for it. Sends to its site that paused for longer
 * count too, so that a new one is not taken for stuck at its first pause.
 */
int64_t job_usual_gap(const struct job *job);

/* Silent for longer than six times its own usual gap, at least 60 s; 5 min before the first block and behind the last. */
bool job_stalled(const struct job *job, int64_t now);
int64_t
job_silence(const struct job *job,
            int64_t now); /* milliseconds since its last word, or the end of the pause it announced; never negative */

/* A rate limit or pulse mode makes it pause. */
bool job_throttled(const struct job *job);

/* Size of what the job sends; -1 unknown. */
int64_t job_size(const struct model *model, const struct job *job, enum size_source *source);
int64_t job_eta(const struct model *model, const struct job *job); /* milliseconds, -1 unknown */

/* A package thread that has said nothing for far longer than its phase usually takes. */
bool thread_stalled(const struct model *model, const struct package_thread *thread, int64_t now);
int64_t thread_silence(const struct package_thread *thread, int64_t now); /* milliseconds, never negative */

/* Its threads have been silent for more than six of their usual gaps, and for ten minutes; five before the first block. */
bool transfer_stalled(const struct transfer *transfer, int64_t now);
int64_t transfer_silence(const struct transfer *transfer,
                         int64_t now); /* milliseconds since their last word, or the end of the pause they announced */
int64_t transfer_usual_gap(const struct transfer *transfer); /* the median of the last ones, milliseconds; 0: too few */

/* A transfer to a distribution point is told while it goes on, and for an hour after it ended well. */
bool transfer_told(const struct transfer *transfer, int64_t now);
double transfer_rate(const struct transfer *transfer, int64_t now); /* bytes per second while it sends, else -1 */
bool transfer_rate_estimated(const struct transfer *transfer,
                             int64_t now); /* by its rate limit, as no block was seen lately */

/*
 * What is to be brought there: an estimate, since files that the distribution
 * point has already are left out; -1 unknown. The share of it, 0 to 1, is known
 * only of a first attempt, whose bytes are counted once; else -1.
 */
int64_t transfer_size(const struct model *model, const struct transfer *transfer);
double transfer_share(const struct model *model, const struct transfer *transfer);

/* All transfers together, at a time. */
struct transfers_now {
	bool seen;
	uint64_t sending, waiting, notified, retrying, failed; /* by their states; waiting: for a thread */
	uint64_t stalled, throttled;                           /* of those that are sending */
	uint64_t done, failures;                               /* since the log began */
	double rate;                                           /* bytes per second, -1 unknown */
	bool rate_estimated;                                   /* a part of it is what rate limits come to */
	double done_per_hour;                                  /* -1 unknown */
};

struct transfers_now transfers_at(const struct model *model, int64_t now);

/*
 * The first of these that is true: BLOCKED, the sender leaves it alone; STALLED,
 * all its sends are; THROTTLED, to one connection; FULL, its
 * own limit is reached; QUEUED, sends wait, none runs and nothing but the slots
 * of all sites holds them; STALLED, one of its sends is. OK: nothing is wanting.
 */
enum site_state { SITE_OK, SITE_FULL, SITE_BLOCKED, SITE_THROTTLED, SITE_STALLED, SITE_QUEUED };

enum site_state site_state(const struct model *model, uint32_t site, int64_t now);
const char *site_state_word(enum site_state state);
bool site_hangs(const struct model *model, uint32_t site,
                int64_t now); /* not left alone, and all its sends are stalled */

double site_rate(const struct model *model, uint32_t site, int64_t now); /* bytes per second, -1 unknown */
double sending_rate(const struct model *model, int64_t now);             /* -1 unknown */

/*
 * When it is tried again, in the model's own time; WHEN_NONE: not said, or the text
 * of the log cannot be read for certain. Text is then all there is.
 */
int64_t failure_retry(const struct model *model, const struct failure *failure);
/* The i-th newest failure, which there is, is the last word of a send that is to be tried again: it was not done since, and is not under way. */
bool failure_awaits_retry(const struct model *model, size_t i);
int64_t transfer_restart(const struct model *model, const struct transfer *transfer);

/* Share of the `span` before `now` in which all slots were in use, 0 to 1; -1: no limit was known then. */
double sending_full(const struct model *model, int64_t now, int64_t span);
double distribution_full(const struct model *model, int64_t now, int64_t span);

/*
 * All sending slots are in use: now, or nearly so while they were for most of the last
 * quarter of an hour. A slot that is just changing hands does not count as free.
 */
bool sending_is_full(const struct model *model, int64_t now);

int64_t package_bytes_left(const struct model *model, uint32_t package); /* waiting and running, -1 unknown */

#define ETA_UNKNOWN (-1)
#define ETA_NEVER   (-2)

/*
 * Every time left is a whole number of seconds, rounded here and nowhere else: so
 * one output that cuts and another that rounds say the same. Milliseconds.
 */
static inline int64_t
eta_rounded(double milliseconds)
{
	double most = 1e13; /* seconds: 300,000 years */

	milliseconds /= (double)WHEN_SECOND;
	return (int64_t)((milliseconds < most ? milliseconds : most) + 0.5) * WHEN_SECOND;
}

struct backlog {
	bool known;    /* something says what waits */
	bool listed;   /* the scheduler's list, not a count of due lines */
	int64_t since; /* when the count of due lines begins; WHEN_NONE where the list tells, or nothing does */
	uint64_t waiting, running;
	int64_t counted;    /* what the due lines come to where the list tells; -1: it does not, or there were none */
	int64_t drift;      /* model_drift() */
	int64_t bytes_left; /* sends without a size are taken for the mean of the others; -1: no size is known */
	uint64_t bytes_unknown; /* how many sends have no known size */
	int64_t bytes_least;    /* what is left of those whose size is known */
	double done_per_hour;   /* -1 unknown */
	double due_per_hour;    /* -1 unknown */
	int64_t eta;            /* milliseconds, ETA_UNKNOWN, ETA_NEVER */
};

/* For how long log `i` has been silent, in milliseconds, while others of the same server went on; -1: it is not, or may be. */
int64_t log_silence(const struct model *model, const struct log_status *logs, size_t count, size_t i, int64_t now);

/* What stands still, failed, or is to be tried again, now. */
struct trouble {
	uint64_t sends_stalled, threads_stalled;
	uint64_t sends_retrying;     /* failed; neither done since nor under way again */
	uint64_t transfers_retrying; /* failed, and will be tried again */
	uint64_t transfers_failed;   /* given up */
	uint64_t transfers_stalled, transfers_throttled;
};

struct trouble trouble_at(const struct model *model, int64_t now);

struct backlog backlog_at(const struct model *model, int64_t now);

#endif
