/*
 * The model's insides, shared by the files of this room and by nobody else.
 */
#ifndef MODEL_STATE_H
#define MODEL_STATE_H

#include <string.h>

#include "cmtop/model.h"
#include "model/apply.h"
#include "model/distmgr.h"
#include "model/fifo_map.h"
#include "model/slots.h"
#include "model/transfer_table.h"

#define COMPONENTS_MOST 64
#define COMPONENT_REST  (COMPONENTS_MOST - 1) /* more than any site has: the rest share the last number */
#define MAINS_MOST      32
#define SECONDS_KEPT    3600

/* A component that has spoken. */
struct component {
	uint32_t used;   /* open jobs, or package threads, of it */
	uint32_t unseen; /* held when it was last read, and not known to us */
	bool gap;        /* part of its log was lost: what is unknown may have begun there */
	uint8_t family;  /* enum family, of its newest record */
};

/* A main thread: it takes requests or packages and hands them to new threads. */
struct main_thread {
	uint32_t component, thread;
	char request[24]; /* found and not handed on yet, "" for none */
	uint32_t site;    /* of that */
	uint32_t package; /* last one notified, or worked on by the scheduler; NAME_NONE */
	uint8_t priority; /* of the scheduler's job */
};

/* What a job needs besides what is shown of it. */
struct job_extra {
	uint64_t spoke;           /* model->events when last heard: the order of silence */
	uint64_t high;            /* package bytes counted up to this position */
	uint64_t told, told_site; /* of the job's bytes: counted for all and its package, and for its site */
	bool in_package;          /* the file in hand is the package file, not the instruction */
	uint64_t before;          /* bytes of the same request that an earlier job had sent */
	bool unnamed;             /* counts as one of its site's unnamed jobs */
	bool uncertain;           /* lines of it were lost: its last position may not be the end */
	uint8_t before_lost;      /* enum job_state: where it stood when it was given up */
};

/* Sends of one package to one site. */
struct pair {
	uint32_t package;
	uint16_t site;
	uint16_t running;
	uint32_t waiting, done, failed;
	uint32_t undue_job;    /* serial of a send that ran before it was seen falling due */
	uint32_t undue_second; /* when it began, seconds since 1970 */
	uint32_t due;          /* waiting by due lines alone; `waiting` is the same until a list is believed */
	uint8_t undue;         /* enum undue */
	uint8_t back;          /* its file is the difference from a version so much older; 0: it is whole */
	uint16_t version;      /* of the file that its oldest waiting send carries; 0: not known */
};

enum undue { UNDUE_NONE, UNDUE_RUNNING, UNDUE_ENDED, UNDUE_FAILED };

/* A file that carries a package, whole or as a difference. */
struct file {
	uint64_t exact;             /* bytes, as it was sent whole; 0: not known */
	uint64_t looked;            /* … as it was found to have by looking at it */
	uint64_t sched;             /* of the largest request that the scheduler lists for it, bytes, 0: not known */
	int64_t kbytes, compressed; /* -1: not known */
	uint32_t unsized_due;       /* sends of it that fell due before its size was known, */
	uint32_t due_second;        /* … the last of them at this second since 1970 */
};

#define REQUEST_NONE NAME_NONE

/* What a list says of a request: it counts when the list is whole. */
struct listed_request {
	uint32_t list; /* its number, 0: none */
	uint32_t package, site, version, kbytes, left;
	uint8_t priority;
	bool sized, runs;
};

/* A send request as the scheduler tells of it. */
struct request {
	char id[16];            /* "" where the row is free */
	uint32_t next;          /* in its bucket, or among the free */
	uint32_t package, site; /* NAME_NONE: not known, or no package */
	uint32_t version;
	uint32_t kbytes, left; /* of the whole, and still to send; valid if `sized` */
	uint32_t list;         /* number of the list it was last in */
	uint32_t carrier;      /* open job that carries it, JOB_NONE */
	uint32_t order;        /* smaller was heard of earlier */
	uint32_t second;       /* when, since 1970 */
	uint8_t priority;      /* 0: not known */
	bool sized, runs, completed, counted;
	struct listed_request listed;
};

struct requests {
	struct request *rows;
	uint32_t *buckets;
	uint32_t used, room, mask, free, count;
	uint32_t order; /* of the newest */
	bool active;    /* a whole list was read: the requests tell what waits */
	bool listing;   /* in the middle of one */
	uint32_t list;  /* its number */
	uint32_t list_thread, list_component;
	uint32_t read, unread; /* rows of the list in hand, and lines of it that may be rows and were not understood */
	uint32_t row;          /* told of last */
	int64_t begun;         /* when the list in hand began, WHEN_NONE */
	int64_t listed_at;     /* when the newest whole list began, WHEN_NONE */
};

/* A mean in which what came later counts more. */
struct mean {
	double sum, weight;
};

/* How sends feel each other: line.c. */
struct line {
	int64_t window;            /* when the one that runs began */
	double gaps, bytes;        /* in it: milliseconds that blocks took, of all sends; bytes, */
	double usual;              /* … and what would be usual for these sites in that time */
	double strange;            /* milliseconds of sites of which nothing is usual yet */
	double x, y;               /* logarithms of the window before: how many wrote, and how fast by what is usual */
	bool told;                 /* … which are known */
	double writers;            /* lately */
	double weight, xx, xy, yy; /* of the changes from window to window: how many, and the sums of their products */
};

/* How far the count of due lines may be off for what was not read: drift.c. */
struct drift {
	uint64_t over;     /* counted, and perhaps sent unseen; DRIFT_UNBOUND: nothing is known of it */
	uint64_t under;    /* not counted, and perhaps waiting; likewise */
	int64_t due_since; /* due lines are read without a hole from here on, WHEN_NONE */
	bool holed;        /* records of the scheduler were lost since its last whole list */
};

#define DRIFT_UNBOUND UINT64_MAX

/* What two failures have in common: the kind of failure, or also whom it hit. */
enum failure_shapes { SHAPE_KIND, SHAPE_NAMED, SHAPES };

struct failure_shape {
	uint64_t shape;
	uint32_t count; /* of the failures kept; 0: free */
};

struct failure_row {
	struct failure failure;
	uint64_t shape[SHAPES];
	uint32_t group[SHAPES]; /* where these are counted */
	bool joined;            /* its thread has named what it was about */
	bool given_up;          /* its thread gave a transfer up, and has not said yet when it is tried again */
	bool guessed; /* when it is tried again is what its earlier ones tell: a line that says it counts more */
};

struct failures {
	uint32_t most, count;
	struct failure_row *rows; /* in no order */
	uint32_t *order;          /* rows, oldest first */
	uint32_t told;            /* row told last */
	struct failure_shape *shapes[SHAPES];
	uint32_t last[SHAPES]; /* counted last */
};

struct rate_counters {
	int64_t second[SECONDS_KEPT];
	uint32_t count[SECONDS_KEPT][RATE_COUNT];
	int64_t byte_second[16];
	uint64_t bytes[16];
};

#define LEFT_OUT_BITS 65536

/* Names that did not fit and have been counted: a bit of their hash each. */
struct left_out {
	uint8_t sites[LEFT_OUT_BITS / 8], packages[LEFT_OUT_BITS / 8], servers[LEFT_OUT_BITS / 8],
		pairs[LEFT_OUT_BITS / 8];
};

struct model {
	struct model_limits limits;
	uint64_t events;  /* applied */
	uint64_t serials; /* given to jobs, package threads and transfers */
	struct model_truncated truncated;
	struct left_out left_out;
	int64_t newest;
	bool zoned;
	int16_t bias;

	struct intern *site_names, *package_names, *server_names, *component_names;
	struct component components[COMPONENTS_MOST];
	char last_component[64]; /* spelled as last met, and its number: the next record is mostly of the same */
	size_t last_component_size;
	uint32_t last_component_number;
	struct main_thread mains[MAINS_MOST];
	unsigned next_main;

	struct site *sites;
	struct package *packages;

	struct pair *pairs;
	uint32_t pair_count, pair_room;
	uint32_t *pair_index; /* place + 1, 0: free */
	uint32_t pair_mask;

	struct slots job_slots;
	struct job *jobs;
	struct job_extra *extras;
	struct sending sending; /* `used`, `unseen`, `running` are worked out when asked */
	bool all_heard;         /* a reading for all sites has been seen */
	uint64_t
		site_limit_changed; /* the number of the event at which the limit per site was last another one than before, 0: never */
	uint32_t siteless;    /* open jobs whose site is not known */
	uint32_t replicating; /* open jobs that send no package */
	uint64_t site_unseen; /* of all sites */
	uint32_t unseen;      /* slots in use without our knowing whose, as of the last event */

	struct distmgr distmgr;
	struct transfer_table transfers;

	uint32_t *server_site; /* by server: the site it serves, NAME_NONE: unknown */
	bool *server_shared;   /* … and more than one */

	struct fifo_map file_keys;
	struct file *files;
	struct requests requests;
	struct drift drift;
	struct line line;
	struct ahead *ahead; /* what was counted last: ahead.c */

	struct fifo_map request_keys;
	uint32_t *request_tries; /* tries that ended badly */
	uint32_t *request_site;  /* as far as known */
	uint64_t *request_high;  /* package bytes that had been sent when it failed */
	uint64_t resent;         /* bytes sent again after a failure */

	struct mean handover; /* milliseconds until a freed slot was taken again */
	int64_t freed;        /* when one of all slots became free, WHEN_NONE: none is awaited */

	struct rate_counters rate_counters;
	struct sample *points; /* SAMPLES_KEPT, a ring */
	struct sample *point;  /* the newest, NULL: none */
	uint64_t sample_count;
	int64_t booked;     /* log time that is booked on the points, WHEN_NONE: none */
	bool samples_zoned; /* their times are UTC */

	struct note *notes;
	uint64_t note_count;
	struct transition *transitions;
	uint64_t transition_count;
	struct failures failures;
	uint64_t failure_count; /* ever */
};

/* places.c, files.c: sites, packages, the pairs of them, servers, files */
uint32_t site_at(struct model *model, struct span code); /* NAME_NONE: no room, or no code */
uint32_t package_at(struct model *model, struct span id);
uint32_t server_at(struct model *model, struct span name);
uint32_t server_find(const struct model *model, struct span name);          /* NAME_NONE: not heard of */
uint32_t component_find(const struct model *model, struct span name);       /* as component_at(), but adds none */
uint32_t component_new(struct model *model, struct span name);              /* what is left of component_at() */
struct pair *pair_at(struct model *model, uint32_t package, uint32_t site); /* NULL: no room */
struct pair *pair_find(const struct model *model, uint32_t package, uint32_t site); /* NULL: not there */
void pair_wait(struct model *model, struct pair *pair, int change);                 /* +1 or -1 waiting */
void pair_due(struct model *model, struct pair *pair, int change);                  /* … by a due line */
void site_count(struct model *model, uint32_t site, int waiting, int unnamed);      /* changes of what waits there */
struct file *file_at(struct model *model, uint32_t package, uint32_t version, uint32_t from);
void file_due(struct model *model, uint32_t package);       /* a send of its newest file fell due */
void file_sent(struct model *model, const struct job *job); /* whole: its size is known */
void request_weighed(struct model *model, uint64_t bytes,
                     uint32_t second); /* a new one, heard of then, is listed with its size */
void file_listed(struct model *model, uint32_t package, uint32_t version,
                 uint64_t bytes); /* a request that carries it weighs so much */
void server_serves(struct model *model, uint32_t server, uint32_t site);
uint32_t site_of_server(const struct model *model, uint32_t server);
void package_seen(struct model *model, uint32_t package, uint64_t version, int64_t at);

/* The component's number; mostly that of the record before. */
static inline uint32_t
component_at(struct model *model, struct span name)
{
	if (name.size > 0 && name.size == model->last_component_size
	    && memcmp(name.at, model->last_component, name.size) == 0)
		return model->last_component_number;
	return component_new(model, name);
}

/* Where a file name says what it carries. False: it carries no package. */
struct cargo {
	struct span package;
	uint32_t version, delta_from;
};

bool cargo_of(struct span path, struct cargo *out);
bool is_replication(struct span path); /* a file of schedule.box\tosend */
bool is_instruction(struct span path); /* … that is an order, not what is ordered */

/* sending.c, transfer.c, distribution.c: what each kind of event does */
apply_fn sender_found, sender_pending, sender_created, sender_busy, sender_closed, sender_throttled,
	sender_capacity_all, sender_capacity_site, sender_connecting, sender_heard, sender_error, sender_unreachable,
	sender_package_file, sender_instruction, sender_remote, sender_opened, sender_file_started, sender_writing,
	sender_wrote, sender_file_done, sender_sent, sender_done, sender_failed, sender_returned, sender_yields;
apply_fn sched_list, sched_listed, sched_job, sched_destination, sched_created, sched_deleted, sched_checked,
	sched_completed, sched_speed;
apply_fn file_looked; /* files.c */

/* scheduler.c */
void sched_goes_on(struct model *model, const struct event *event, uint32_t component); /* before every event */
void sched_forget_list(struct model *model, uint32_t component);                        /* part of it was lost */

/* requests.c */
void request_id(struct span id, char *out,
                size_t size); /* keeps it; "" where it is too long: it is refused, never cut */
uint64_t request_key(struct span id);
uint32_t request_find(const struct model *model, struct span id); /* REQUEST_NONE: not there */
uint32_t request_at(struct model *model, struct span id);         /* REQUEST_NONE: no room, or no id */
void request_remove(struct model *model, uint32_t i);
void request_count(struct model *model, uint32_t i);   /* it may wait now, or no more */
void request_uncount(struct model *model, uint32_t i); /* before what it weighs or where it goes changes */
void request_carried(struct model *model, uint32_t job);
void request_put_down(struct model *model, uint32_t job);
void requests_free(struct requests *requests);
const char *requests_check(const struct model *model);

/* send_pace.c: what sends take, for forecasts, and how they pause */
void send_pace_pause(struct model *model, const struct job *job, int64_t gap); /* between two blocks, milliseconds */
void send_pace_site(struct model *model, struct job *job);                     /* its site is known now, or throttled */
void send_pace_throttled(struct model *model, uint32_t site, int64_t at);
void send_pace_job_began(struct model *model, const struct event *event);
void send_pace_job_ends(struct model *model, const struct job *job, enum job_state state,
                        int64_t at); /* it still holds its slot */

/* jobs.c: the life of a job */
#define JOB_NONE NAME_NONE

enum hearing { HEAR_ONLY, HEAR_WEAK, HEAR_STRONG };

/* What is left of job_heard() where the thread has no open job. */
uint32_t job_heard_anew(struct model *model, const struct event *event, uint32_t component, enum hearing hearing);

/*
 * The job that the event's thread is at. One that was given up and speaks again
 * is taken up; for a thread without a job, WEAK begins one only where the thread
 * was never heard, STRONG always, ONLY never: then JOB_NONE. Asked for every
 * block, hence in here.
 */
static inline uint32_t
job_heard(struct model *model, const struct event *event, uint32_t component, enum hearing hearing)
{
	uint32_t i = slots_find(&model->job_slots, component, event->thread);

	if (i == NAME_NONE || slots_where(&model->job_slots, i) != SLOTS_OPEN)
		return job_heard_anew(model, event, component, hearing);
	if (event->at != WHEN_NONE)
		model->jobs[i].last = event->at;
	model->extras[i].spoke = model->events;
	return i;
}

void job_speaks(struct model *model, const struct event *event,
                uint32_t component); /* words that no rule knows, or that change nothing */
uint32_t job_begin(struct model *model, uint32_t component, uint32_t thread, bool born, const struct event *event);
void job_end(struct model *model, uint32_t i, enum job_state state, const struct event *event, const char *text);
void job_return(struct model *model, uint32_t i,
                const struct event *event); /* handed back before it began: no try, no failure */
void jobs_interrupt(struct model *model, uint32_t component, const struct event *event);
void jobs_recount(struct model *model, bool out); /* takes all open jobs out of the counts, or puts them in again */
void jobs_uncertain(struct model *model, uint32_t component);
void jobs_close_silent(struct model *model, uint32_t component, uint32_t site, uint32_t count,
                       const struct event *event);

/* freight.c: what a job carries, and where to */
void job_count_running(struct model *model, uint32_t i,
                       int change); /* +1 adds it to what runs where, -1 takes it from it */
void job_site(struct model *model, uint32_t i, uint32_t site);
void job_package(struct model *model, uint32_t i, uint32_t package, uint32_t version, uint32_t from);
void job_replication(struct model *model, uint32_t i);
void job_request(struct model *model, uint32_t i, struct span request);
void job_remember_request(struct model *model, const struct job *job,
                          bool again); /* it has ended, and will be tried again */
void job_bytes(struct model *model, uint32_t i,
               int64_t at); /* the job's bytes have grown, or where they belong is known now */
void job_blame(struct model *model, uint32_t i, struct span error);

/* due.c: goes on where the scheduler lists what waits, and then counts for the drift alone */
void due_falls(struct model *model, uint32_t package, uint32_t site, const struct event *event);
void due_carried(struct model *model, struct job *job); /* its package and site have become known */
void due_again(struct model *model, struct job *job);   /* it has ended */

/* line.c */
void line_block(struct model *model, const struct job *job, int64_t at,
                uint64_t bytes); /* before it counts as the job's last */

/* ahead.c */
struct ahead *ahead_new(uint32_t sites); /* NULL: out of memory */
void ahead_free(struct ahead *ahead);

/* drift.c */
void drift_listed(struct model *model); /* a whole list was read */
/* truncated.c */
void site_left_out(struct model *model, struct span code);
void package_left_out(struct model *model, struct span id);
void server_left_out(struct model *model, struct span name);
void pair_left_out(struct model *model, uint32_t package, uint32_t site);

void drift_hole(struct model *model, enum family family); /* its records begin here, or some were lost */
void drift_lost(struct model *model);                     /* a due send is at an end that was not seen */

/* sending.c */
void sites_forget_unseen(struct model *model);
struct main_thread *main_at(struct model *model, uint32_t component, uint32_t thread);
bool is_main(const struct model *model, uint32_t component, uint32_t thread);
void main_forget(struct model *model, uint32_t component, uint32_t thread); /* its number was given to another thread */

#define YIELD_MOST 86400u /* seconds; who pauses for longer is believed no more */

int64_t yielded_rate(const struct event *event);  /* bytes per second, an estimate; -1 unknown */
int64_t yielded_until(const struct event *event); /* the end of the pause that was announced, WHEN_NONE */
/* notes.c */
void note_event(struct model *model, const struct event *event);
struct transition *transition_record(struct model *model, enum transition_kind kind, const struct event *event);

/* failures.c */
bool failures_new(struct failures *failures, uint32_t most); /* false: out of memory; failures_free() either way */
void failures_free(struct failures *failures);
/* After each event: `failed` and `happened` are the numbers of failures and transitions before it. */
void failures_hear(struct model *model, const struct event *event, uint32_t component, uint64_t failed,
                   uint64_t happened);
/* Keeps it among the failures: its code is taken from the event or the transition's text. Borrowed until the next one. */
void failure_repeats(const struct model *model, struct failure_row *row); /* repeats.c: how often it is tried */
struct failure *failure_record(struct model *model, const struct transition *transition, enum failure_kind kind,
                               const struct event *event, uint32_t component);

/* blame.c: whose a failure is */
#define CLOSE_BY WHEN_MINUTE /* lines of one thread that are about the same */

enum failure_kind failure_blame(struct model *model, const struct event *event, uint32_t component,
                                struct transition *h);
void failure_names(struct model *model, const struct event *event, struct transition *h, enum failure_kind *kind);
bool failure_is_nobodys(const struct model *model, const struct event *event,
                        uint32_t component); /* no thread's own end will tell of it */

/* status_text.c: "status message 2384: the first string; the second". False: it is no status message */
bool status_text(struct span message, char *out, size_t size);

/* history.c */
void history_pass(struct model *model, int64_t to, bool zoned,
                  bool soon); /* log time has gone on; soon: the slots may change now */
void history_count(struct model *model, enum rate_counter rate_counter, int64_t at);
struct sample *history_sample(struct model *model, int64_t at); /* NULL: of that time none is kept */

/* rate_counters.c */
void rate_count(struct model *model, enum rate_counter rate_counter, int64_t at);
void rate_bytes(struct model *model, struct site *site, int64_t at, uint64_t bytes);
void rate_second(int64_t *seconds, uint64_t *sums, int64_t at, uint64_t bytes); /* rings of 16 seconds */

#endif
