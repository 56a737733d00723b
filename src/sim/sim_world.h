/*
 * The inside of the simulated site server: what is in it, and what happens next.
 *
 * Everything takes turns on one agenda. A thread is a chain of steps: each step
 * writes its lines, changes what is true, names the step that follows it and
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
struct writer {
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
struct request_queue {
	uint32_t first, last;
};

struct destination {
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

struct sim_package {
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
	struct writer writer;
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
	struct writer writer;
};

struct processing {
	bool open, fails;
	uint32_t serial, package;
	int64_t (*next)(struct sim *sim, struct processing *processing);
	struct writer writer;
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
	int64_t last_line, begun, told_at, pauses_until;
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
	struct writer writer;
	char hash[65]; /* of the file in hand, which is its name in the content library */
	uint32_t file, block, ticks;
	bool breaks;             /* it will fail alone */
	uint64_t size, position; /* of that file */
};

/*
 * Whose turn it is: the function that sim_run() calls, with the number of the thread,
 * request or package that it is about, and the serial that tells that from an earlier
 * one of the same number.
 */
/* clang-format off */
#define TURNS(_) \
	_(BEGIN,               sim_begin) \
	_(SENDER_LOOK,         sender_look) \
	_(SENDER_CHECK_SITE,   sender_check_site) \
	_(SENDER_CREATE,       sender_create) \
	_(SENDER_LOOK_AGAIN,   sender_look_again) \
	_(SENDER_START,        sender_start_again) \
	_(SENDING,             sending_step) \
	_(REQUEST_RETURNS,     request_returns) \
	_(MINIJOB,             scheduler_takes_job) \
	_(SCHEDULER,           scheduler_go_on) \
	_(PACKAGE_NOTIFIED,    package_notified) \
	_(PACKAGE_STARTS,      distmgr_start_next) \
	_(PACKAGE,             processing_step) \
	_(DP,                  dp_step) \
	_(REPLICATION,         replication_begin) \
	_(REPLICATION_TAKE_IN, replication_take_in) \
	_(NOTIFY_AGAIN,        odd_packages_notify) \
	_(COPY_READY,          copy_ready) \
	_(PKGXFER_LOOK,        pkgxfer_look) \
	_(PKGXFER_LOOK_AGAIN,  pkgxfer_look_again) \
	_(COPIER,              copier_step) \
	_(WORK,                work_choose) \
	_(SITE_NEWS,           work_replicate) \
	_(RAISE_LIMIT,         work_raise_limit) \
	_(RESTART,             work_restart)
/* clang-format on */

enum turn_kind {
#define _(kind, function) TURN_##kind,
	TURNS(_)
#undef _
};

struct turn {
	int64_t at;
	uint64_t order; /* of equal times the earlier made comes first */
	enum turn_kind kind;
	uint32_t which, serial;
};

struct sim {
	struct sim_options options;
	struct rng rng;
	struct rng odd; /* for what only odd_transfers asks: the rest of the site stays as it is */
	struct sim_transfers_truth transfers;
	int64_t now;
	uint32_t all_sites; /* the limit in force */

	struct destination *sites;
	uint32_t site_count;
	struct sim_package *packages;
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
	uint64_t lines; /* so far */

	/* main threads */
	struct writer executive, sender, distmgr, scheduler, pkgxfer;
	struct writer replicator; /* of the distribution manager */
	uint32_t replicated;      /* the package whose metadata it works on, NOBODY */
	struct rng odd_packages;  /* for what only that option asks: the rest of the site stays as it is */
	uint32_t sender_serial, distmgr_serial;
	bool sender_awake, distmgr_awake, stopping;
	uint32_t found;                     /* the request that the sender has just found, NOBODY */
	int64_t full_logged;                /* when it last said that all slots are in use */
	struct request_queue jobs;          /* minijobs that the scheduler will take up */
	struct request_queue sent;          /* requests whose end it will notice */
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

#endif
