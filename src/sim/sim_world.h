/*
 * The inside of the simulated site server: who lives in it, and what happens next.
 *
 * Everything takes turns on one agenda. A thread is a chain of steps: each step
 * says its lines, changes what is true, names the step that follows it and
 * returns how long that takes. So what is true and what has been said change in
 * the same moment, and a comparison between two steps is exact.
 */
#ifndef SIM_SIM_WORLD_H
#define SIM_SIM_WORLD_H

#include "cmtop/sim.h"
#include "sim/rng.h"

#define NOBODY      UINT32_MAX
#define SITES_MOST  2376u
#define PRIORITIES  3         /* 1 high, 2 medium, 3 low */
#define BLOCK       983040u   /* bytes of one write, as the product does it */
#define FIRST       1024u     /* … and of the first one of a file */
#define INSTRUCTION 2115u     /* bytes of an instruction file, which goes along with every package */
#define DPS         5         /* distribution points of the site itself: */
#define NARROW_DP   3         /* … one is under bandwidth control, */
#define PULL_DP     4         /* … and one fetches for itself */
#define DP_ROWS     (3 * DPS) /* … some of them tried again */
#define COPIES      1024      /* transfers to them that are remembered */
#define DONE        (-1)      /* a step's answer: the thread has ended */
#define WAITS       (-2)      /* … it goes on when something else happens */

/* Milliseconds. */
#define SECOND WHEN_SECOND
#define MINUTE WHEN_MINUTE

/* One thread as its lines show it. */
struct voice {
	enum sim_log log;
	uint32_t thread; /* 0: nobody */
	int64_t last;    /* time on its newest line: a thread never goes back in time */
	char end[48];    /* "><thread=4432 (0x1150)>\r\n" */
	uint8_t end_size;
};

/* A send request, in the outbox, on a thread, or waiting for its next try. */
struct request {
	uint32_t number; /* gives its id and its job's id */
	uint32_t site;
	uint32_t package; /* NOBODY: replication */
	uint16_t version, delta_from;
	uint16_t attempt;  /* 1 on its first thread */
	uint8_t priority;  /* 0 is the highest */
	uint64_t size;     /* of the file, in bytes */
	uint64_t position; /* written so far, over all tries */
	uint32_t next;     /* in its queue, or in the list of free ones */
	uint32_t order;    /* smaller came earlier */
	bool listed;       /* the scheduler has made it, and said so */
	bool carried;      /* by a sending thread */
	bool sent;         /* whole; the scheduler has yet to notice */
	int64_t begun;     /* its newest thread, */
	int64_t ended;     /* … or the last one to come to an end; 0: none */
	int64_t retry;     /* not before this; 0: no try has failed */
};

/* Requests one after the other, linked by `next`; both NOBODY: none. */
struct row {
	uint32_t first, last;
};

struct place {
	char code[4];
	bool dead, throttled;
	uint64_t speed;                              /* bytes per second of one connection */
	uint64_t link;                               /* … of all of them */
	uint32_t head[PRIORITIES], tail[PRIORITIES]; /* requests in the outbox */
	int64_t blocked_until;
	int64_t next_excess; /* when the sender next tries one more than a throttled address takes */
	uint32_t used;       /* sending threads */
	uint32_t unnamed;    /* … that have not said what they send */
	uint32_t writing;    /* … that share the link */
	uint64_t due;        /* package sends that no thread is known to carry */
	uint64_t listed;     /* package requests that no thread carries */
	uint64_t done, failed, bytes;
};

struct title {
	char id[9];
	uint16_t version;
	uint16_t delta_from; /* the newest version was sent as the difference from this one; 0: whole */
	uint64_t kbytes;     /* of the source */
	uint64_t full;       /* compressed, in bytes */
	uint64_t size;       /* of the file that is sent */
	uint8_t priority;
	bool queued, processing;
	int64_t notified;                /* last; 0: never */
	uint32_t first_site, site_count; /* where the next processing sends it to */
	uint8_t work;                    /* enum work */
	uint64_t waiting, listed, running, done, failed;
};

enum work { WORK_ADD, WORK_UPDATE, WORK_REFRESH };

struct sending;
struct processing;

enum failure { FAIL_NEVER, FAIL_OPEN, FAIL_BROKEN, FAIL_HEARTBEAT, FAIL_RENAME, FAIL_HICCUP };

/* A sending thread. */
struct sending {
	bool open, named, writing, wrote, excess;
	bool throttled;  /* a line has said so since it began */
	uint32_t serial; /* tells it from the one that was here before */
	uint32_t request;
	enum sim_job_state state;
	int64_t (*next)(struct sim *sim, struct sending *sending);
	struct voice voice;
	char remote[64];   /* "\\S01SITE.CONTOSO.COM\SMS_SITE\202SQCS1" */
	char file[96];     /* the package file, here */
	char order[96];    /* the instruction file */
	uint8_t fails;     /* enum failure */
	uint64_t fails_at; /* position */
	uint32_t block;    /* bytes on their way */
	uint32_t burst;    /* blocks until a throttled address pauses */
};

/* How a DP thread goes wrong, or ends in another way than by a transfer job. */
enum dp_end { DP_END_USUAL, DP_END_ERROR, DP_END_CODE, DP_END_STATUS, DP_END_SILENT, DP_END_NOTHING };

/* A package processing thread, and a DP thread under it. */
struct dp_work {
	bool open, fails;
	bool late;   /* what it did is logged after the line that it has ended */
	bool done;   /* what it did is logged */
	uint8_t how; /* enum dp_end, where it fails */
	uint32_t serial, processing, dp;
	uint32_t row; /* of the package thread's list */
	int64_t (*next)(struct sim *sim, struct dp_work *dp);
	struct voice voice;
};

struct processing {
	bool open, fails;
	uint32_t serial, package;
	int64_t (*next)(struct sim *sim, struct processing *processing);
	struct voice voice;
	uint32_t dps, minijobs;      /* DP threads that run; minijobs made */
	uint32_t first_dp, dps_left; /* the next DP, and how many still have no thread */
	uint8_t how;                 /* enum run_end: odd ways to end */
	bool counted;                /* as failed, while it is still at work */
	/* what a reader should tell of it */
	const char *phase;
	uint32_t version;
	int64_t started;
	struct sim_dp_truth rows[DP_ROWS];
	uint32_t row_count;
};

/* PLAIN: it does not say how it went; CODE: an error code is all that tells; CONTENT: it waits for another site. */
enum run_end { RUN_USUAL, RUN_PLAIN, RUN_CODE, RUN_CONTENT };

/* A package on its way to one distribution point of the site itself: a job of the package transfer manager. */
struct copy {
	uint64_t job; /* its number; 0: nobody has used this row */
	uint32_t package, dp;
	uint16_t version;
	uint8_t work;     /* enum work: how much the distribution point has already */
	uint8_t priority; /* 0 is the highest */
	enum sim_transfer_state state;
	bool told;  /* a reader knows of it */
	bool ready; /* wants its first thread */
	bool over;
	bool tried; /* a thread has said what it does */
	bool fails, doomed, notified, throttled;
	bool restarts, moved, limits;
	uint8_t percent;  /* of its rate limit, as said since its last start; 0: not said */
	uint64_t reports; /* the job whose pull DP it reports about, 0: its own */
	int64_t heard, begun, told_at, pauses_until;
	uint32_t threads; /* that have said what they do */
	uint32_t helpers; /* made, besides the first one */
	uint32_t helpers_wanted;
	uint32_t file, files; /* next one; how many there are */
	uint64_t bytes, failures;
};

/* A thread of the package transfer manager. */
struct copier {
	bool open, leads, excess, spoke;
	uint32_t serial, copy;
	int64_t (*next)(struct sim *sim, struct copier *copier);
	struct voice voice;
	char hash[65]; /* of the file in hand, which is its name in the content library */
	uint32_t file, block, ticks;
	bool breaks;             /* it will fail alone */
	uint64_t size, position; /* of that file */
};

/* What is to transition_record, soonest first. */
struct turn {
	int64_t at;
	uint64_t order; /* of equal times the earlier made comes first */
	void (*transition_record)(struct sim *sim, uint32_t which, uint32_t serial);
	uint32_t which, serial;
};

struct sim {
	struct sim_options options;
	struct rng rng;
	struct rng odd; /* for what only odd_transfers asks: the rest of the site stays as it is */
	struct sim_transfers_truth transfers;
	int64_t now;
	uint32_t all_sites; /* the limit in force */

	struct place *sites;
	uint32_t site_count;
	struct title *packages;
	uint32_t package_count, package_most;
	struct request *requests;
	uint32_t request_most, request_used, request_free, requests_live;
	struct sending *sendings;
	uint32_t sending_most, sending_used;
	struct processing *processings; /* options.package_threads of them */
	struct dp_work *dps;
	uint32_t dp_most;
	struct copy *copies;
	uint32_t copy_next; /* COPIES of them, a ring */
	struct copier *copiers;
	uint32_t copier_most, copiers_used;
	struct turn *agenda;
	uint32_t turns, turns_most;
	uint64_t turn_order;
	uint64_t said; /* lines so far */

	/* main threads */
	struct voice executive, sender, distmgr, scheduler, pkgxfer;
	struct voice replicator; /* of the distribution manager */
	uint32_t replicated;     /* the package whose metadata it works on, NOBODY */
	struct rng odd_packages; /* for what only that option asks: the rest of the site stays as it is */
	uint32_t sender_serial, distmgr_serial;
	bool sender_awake, distmgr_awake, stopping;
	uint32_t found;                     /* the request that the sender has just found, NOBODY */
	int64_t full_said;                  /* when it last said that all slots are in use */
	struct row jobs;                    /* minijobs that the scheduler will take up */
	struct row sent;                    /* requests whose end it will notice */
	uint32_t scheduler_serial, listing; /* the next request to be listed */
	int64_t (*scheduler_next)(struct sim *sim);
	int64_t list_due;  /* when it prints the list again */
	bool list_printed; /* since it began */
	uint32_t pkgxfer_serial;
	bool pkgxfer_awake;
	uint64_t copy_number; /* of the newest job */
	int64_t next_excess;  /* when it next tries a second connection to the narrow one */
	uint32_t *queue;      /* packages to be processed: a ring of package_most */
	uint32_t queue_first, queued;

	uint32_t distmgr_freed;            /* the thread id of the distribution manager that became free last, 0 */
	uint32_t recent[16], recent_count; /* thread ids that have become free */
	uint32_t request_number, request_order;
	uint32_t writing;       /* threads that share the server's line */
	struct sim_truth truth; /* without what is counted elsewhere */

	/* the line being written */
	const struct sim_sink *sink;
	int64_t stamped; /* the minute that `stamp` holds */
	char stamp[24];  /* "07-30-2026 12:03:" */
	char bias[8];    /* "+240" */
	char line[1024];
	char asked[9]; /* the id that sim_job_truth() lends */
};

/* say.c */
void voice_begin(struct sim *sim, struct voice *voice, enum sim_log log);
void voice_end(struct sim *sim, struct voice *voice);
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void
say(struct sim *sim, struct voice *voice, const char *format, ...);
void say_status(struct sim *sim, struct voice *voice, unsigned id, char severity, const char *first, const char *second,
                const char *package);
void say_status_dp(struct sim *sim, struct voice *voice, unsigned id, const char *package,
                   const char *dp); /* an error about both */
void say_block(struct sim *sim, struct sending *sending, const char *verb, uint64_t position);
void say_restart_time(struct sim *sim, struct voice *voice, int64_t at);
void restart_text(const struct sim *sim, int64_t at, char out[64]); /* a time as the server's people write it */

/* agenda.c */
int64_t some_ms(struct sim *sim, uint64_t low, uint64_t high); /* by chance, both included */
void agenda_add(struct sim *sim, int64_t delay, void (*transition_record)(struct sim *, uint32_t, uint32_t),
                uint32_t which, uint32_t serial);
bool agenda_take(struct sim *sim, int64_t until, struct turn *out);

/* outbox.c */
uint32_t request_new(struct sim *sim, uint32_t site, uint32_t package); /* NOBODY: too many */
void request_delete(struct sim *sim, uint32_t request);
void request_text(const struct request *request, char id[9], char job[16]);
void request_file(const struct sim *sim, const struct request *request, char out[48]);
void outbox_add(struct sim *sim, uint32_t request);
void outbox_return(struct sim *sim, uint32_t request);               /* before all others of its priority */
void outbox_later(struct sim *sim, uint32_t request, int64_t delay); /* … after a while */
uint32_t outbox_take(struct sim *sim);                               /* NOBODY: nothing may be sent now */

/* scheduler.c */
void scheduler_begin(struct sim *sim);
void scheduler_restart(struct sim *sim);
void scheduler_order(struct sim *sim, uint32_t request, int64_t delay); /* its minijob is there after a while */
void scheduler_notice(struct sim *sim, uint32_t request);               /* it was sent whole */
void list_add(struct sim *sim, uint32_t request);                       /* it waits, as sched.log tells it, */
void list_take(struct sim *sim, uint32_t request);                      /* … and waits no more */

/* sender.c */
void sender_begin(struct sim *sim);
void sender_wake(struct sim *sim, int64_t delay);
void sender_stop(struct sim *sim);

/* sending.c */
void sending_begin(struct sim *sim, struct sending *sending, uint32_t request);
struct sending *sending_free(struct sim *sim);
void sending_interrupt(struct sim *sim, struct sending *sending);
void sending_named(struct sim *sim, struct sending *sending);         /* a reader knows now what it carries */
void sending_writes(struct sim *sim, struct sending *sending);        /* takes its share of the lines, */
void sending_stops_writing(struct sim *sim, struct sending *sending); /* and gives it back */
int64_t sending_done(struct sim *sim, struct sending *sending);
int64_t sending_failed(struct sim *sim, struct sending *sending, int64_t retry);
struct request *sending_request(struct sim *sim, const struct sending *sending);
struct place *sending_place(struct sim *sim, const struct sending *sending);
struct title *sending_title(struct sim *sim, const struct sending *sending); /* NULL: replication */

/* transfer.c */
int64_t transfer_begin(struct sim *sim, struct sending *sending);

/* distmgr.c */
void distmgr_begin(struct sim *sim);
void distmgr_notify(struct sim *sim, uint32_t package);
void distmgr_wake(struct sim *sim, int64_t delay);
void distmgr_reading(struct sim *sim); /* says how many package threads are in use */
void distmgr_restart(struct sim *sim);

/* odd_packages.c */
bool odd_package(struct sim *sim, uint64_t n); /* true once in `n` times where odd_packages is asked for */
void odd_packages_begin(struct sim *sim);
void odd_packages_restart(struct sim *sim);

/* package.c */
const char *title_name(const struct title *title, char out[40]);
void processing_begin(struct sim *sim, struct processing *processing, uint32_t package);
int64_t processing_first(struct sim *sim, struct processing *processing); /* its first step now; how long that takes */
void processing_next_dp(struct sim *sim, struct processing *processing);
void processing_interrupted(struct sim *sim, struct processing *processing);
void processing_go_on(struct sim *sim, struct processing *processing, int64_t delay);

/* dp.c */
void dp_begin(struct sim *sim, struct processing *processing, uint32_t dp, uint32_t row);
void dp_interrupted(struct sim *sim, const struct dp_work *dp);
void dp_name(uint32_t dp, char out[80]);

const char *dp_host(uint32_t dp);

/* pkgxfer.c */
void pkgxfer_begin(struct sim *sim);
void pkgxfer_order(struct sim *sim, uint32_t package, uint32_t dp);
void pkgxfer_wake(struct sim *sim, int64_t delay);
void pkgxfer_restart(struct sim *sim);
bool pkgxfer_report(struct sim *sim,
                    const struct copy *about); /* another job will report that the pull DP has it; false: no room */
void pkgxfer_again(struct sim *sim, struct copy *copy, int64_t delay); /* it wants a thread after a while */

/* copier.c */
void copier_begin(struct sim *sim, struct copy *copy, bool leads, bool excess);
void copier_stop(struct sim *sim, struct copier *copier); /* the component has stopped, and the thread with it */

/* work.c */
void work_plan(struct sim *sim);  /* the sites, and the packages of the first minutes */
void work_begin(struct sim *sim); /* what goes on transition */
uint32_t work_package_bound(const struct sim_options *options);
void work_again(struct sim *sim, uint32_t package); /* a package that failed is notified anew */

#endif
