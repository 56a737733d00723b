/*
 * The senders: their threads, each with its job, and the slots in use. A job is open
 * while it holds a slot.
 */
#ifndef MODEL_SENDER_SENDER_H
#define MODEL_SENDER_SENDER_H

#include "model/records/usual_gap.h"
#include "model/tables/apply.h"
#include "model/tables/slots.h"
#include "model/tables/state.h"

#define JOB_NONE NAME_NONE

/* What is known of the pauses between the blocks of a job, but for its own gaps; milliseconds. */
struct site_gaps {
	int64_t usual;        /* of sends to its site, until it is known of itself */
	int64_t least;        /* that it is given in any case */
	int64_t told;         /* the job's `gaps.passed` that its site has been told, */
	uint32_t told_number; /* … and its `gaps.gaps` */
};

/* What a job needs besides what is shown of it. */
struct job_extra {
	uint64_t last_event;      /* number of the newest event of its thread: the order of silence */
	uint64_t high;            /* package bytes counted up to this position */
	uint64_t told, told_site; /* of the job's bytes: counted for all and its package, and for its site */
	bool in_package;          /* the file in hand is the package file, not the instruction */
	uint64_t before;          /* bytes of the same request that an earlier job had sent */
	bool unnamed;             /* counts as one of its site's unnamed jobs */
	bool uncertain;           /* lines of it were lost: its last position may not be the end */
	uint8_t before_lost;      /* enum job_state: where it stood when it was given up */
	uint16_t window;          /* the rate counts from this one of `progress`, 0 is the oldest */
	int64_t window_ends;      /* when the next one of them was taken, INT64_MAX: it is the newest */
	int64_t sampled;          /* when the newest one was */
	struct usual_gap gaps;    /* between its blocks */
	struct site_gaps site;
	struct progress progress;
};

struct sender {
	struct slots slots; /* the threads; an open one has an open job */
	struct job *jobs;
	struct job_extra *extras;
	int64_t capacity, site_capacity; /* newest readings, of all sites and of any one; -1: unknown */
	uint64_t done, failed, bytes;
	uint64_t resent;            /* bytes sent again after a failure */
	uint64_t *site_limit_event; /* by site: the number of the event that told its limit */
	uint64_t limit_event;       /* the number of the event that changed the limit per site last, 0: none did */
	uint32_t siteless;          /* open jobs whose site is not known */
	uint32_t replicating;       /* open jobs that send no package */
	uint64_t site_unseen;       /* of all sites */
	uint32_t unseen;            /* slots in use without our knowing whose, as of the last event */
};

struct sender *sender_new(const struct model_limits *limits); /* NULL: out of memory */
void sender_free(struct sender *sender);

/* Slots in use, those without our knowing whose among them. */
static inline uint32_t
sender_slots_used(const struct model *model)
{
	return model->sender->slots.count[SLOTS_OPEN] + model->sender->unseen;
}

/* ---- jobs.c: the life of a job ---- */

/* What a line is worth as a sign that its thread is at a send. */
enum evidence { EVIDENCE_NONE, EVIDENCE_WEAK, EVIDENCE_STRONG };

/* What is left of job_of_event() where the thread has no open job. */
uint32_t job_begin_or_revive(struct model *model, const struct event *event, uint32_t component,
                             enum evidence evidence);

/*
 * The job that the event's thread is at. One that was given up and speaks again
 * is taken up; for a thread without a job, WEAK begins one only where the thread
 * was never seen, STRONG always, NONE never: then JOB_NONE. Asked for every
 * block, hence in here.
 */
static inline uint32_t
job_of_event(struct model *model, const struct event *event, uint32_t component, enum evidence evidence)
{
	struct sender *sender = model->sender;
	uint32_t i = slots_find(&sender->slots, component, event->thread);

	if (i == NAME_NONE || slots_where(&sender->slots, i) != SLOTS_OPEN)
		return job_begin_or_revive(model, event, component, evidence);
	if (event->at != WHEN_NONE) {
		sender->jobs[i].last = event->at;
		sender->jobs[i].log = event->log;
	}
	sender->extras[i].last_event = model->events;
	return i;
}

/* Its thread wrote a line that no rule knows, or that changes nothing. */
void job_is_alive(struct model *model, const struct event *event, uint32_t component);
uint32_t job_begin(struct model *model, uint32_t component, uint32_t thread, bool start_seen,
                   const struct event *event);
void job_end(struct model *model, uint32_t i, enum job_state state, const struct event *event, const char *text);
/* Handed back before it began: no try, no failure. */
void job_return(struct model *model, uint32_t i, const struct event *event);
void jobs_interrupt(struct model *model, uint32_t component, const struct event *event);
void jobs_recount(struct model *model, bool out); /* takes all open jobs out of the counts, or puts them in again */
void jobs_uncertain(struct model *model, uint32_t component);
void jobs_close_silent(struct model *model, uint32_t component, uint32_t site, uint32_t count,
                       const struct event *event);

/* ---- job_accounting.c: what a job carries, and where to ---- */

/* +1 adds it to what runs where, -1 takes it from it. */
void job_count_running(struct model *model, uint32_t i, int change);
void job_site(struct model *model, uint32_t i, uint32_t site);
void job_package(struct model *model, uint32_t i, uint32_t package, uint32_t version, uint32_t from);
void job_replication(struct model *model, uint32_t i);
void job_request(struct model *model, uint32_t i, struct span request);
/* It carries the request that it names, if the scheduler tells of it. */
void job_carries(struct model *model, uint32_t i);
/* It has ended: so that the next thread with this request knows how often it was tried, and where it goes. */
void job_remember_request(struct model *model, const struct job *job, bool again);
/* Its bytes have grown, or where they belong is known now. */
void job_bytes(struct model *model, uint32_t i, int64_t at);
void job_blame(struct model *model, uint32_t i, struct span error);

/* ---- job_progress.c ---- */

/* Where the package file stands; a sample is kept where the last one is half a second old. */
void job_sample(struct model *model, uint32_t i, int64_t at, uint64_t position);
/* Likewise: a block was written that ends at this position. */
void job_block(struct model *model, uint32_t i, int64_t at, uint64_t position);
/* Sends to its site usually pause for so many milliseconds; it is given at least so many. */
void job_site_pauses(struct model *model, uint32_t i, int64_t usual, int64_t least);

/* ---- sender_main.c: what the main threads say ---- */

apply_fn sender_found, sender_pending, sender_created, sender_busy, sender_closed, sender_throttled,
	sender_capacity_all, sender_capacity_site, sender_unreachable, sender_yields;
void sites_forget_unseen(struct model *model);

/* ---- sender_thread.c: what the sending threads say ---- */

apply_fn sender_connecting, sender_active, sender_error, sender_package_file, sender_instruction, sender_remote,
	sender_opened, sender_file_started, sender_writing, sender_wrote, sender_file_done, sender_sent, sender_done,
	sender_failed, sender_returned;

#endif
