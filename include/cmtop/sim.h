/*
 * A simulated site server, and the truth about it: it writes what a real one
 * would write into its logs, in the words of the current product, and knows at
 * every moment what a reader of those logs should say.
 *
 * The same seed gives the same logs, byte for byte.
 */
#ifndef CMTOP_SIM_H
#define CMTOP_SIM_H

#include "cmtop/span.h"
#include "cmtop/when.h"

struct sim;

enum sim_log { SIM_SENDER, SIM_DISTMGR, SIM_SCHED, SIM_PKGXFER, SIM_LOG_COUNT }; /* as parser_known_log() */

struct sim_options {
	uint64_t seed;
	uint32_t sites;           /* 0: 70 */
	int64_t start;            /* UTC */
	int bias;                 /* minutes, as the logs write it */
	uint32_t all_sites;       /* limit of sending slots; 0: 5 */
	uint32_t per_site;        /* 0: 3 */
	uint32_t package_threads; /* 0: 3 */
	uint32_t backlog;         /* sends that fall due in the first minutes; 0: 3,000 */
	int64_t raise_after;      /* milliseconds after the start; 0: never */
	uint32_t raise_to;        /* the new limit of all sites */
	int64_t restart_after;    /* milliseconds: all components are restarted then, once; 0: never */
	bool odd_packages; /* distmgr.log has all that makes it hard to read: replication, numbers used again at once, slips of the order */
	uint64_t line;       /* bytes per second that the server gets out in all; 0: 300,000,000 */
	uint64_t speed;      /* … and that one connection to a site does, about; 0: 2,000,000 */
	bool all_sites_line; /* the log has "Checking for sending capacity. Used n out of m." */
	uint8_t list_layout; /* enum sim_list_layout */
	bool odd_transfers; /* rate limits with Yield, helpers that fail, threads that fall silent, pull DPs done under another job */
};

/* How sched.log writes its list of send requests. */
enum sim_list_layout { SIM_LIST_LABELLED, SIM_LIST_PADDED, SIM_LIST_COLUMNS, SIM_LIST_LAYOUTS };

/*
 * Where the records go: whole lines with CR LF, as they are written. `at` is the
 * time of writing and never goes back; the time on a line may be a little earlier.
 */
struct sim_sink {
	void (*put)(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size);
	void *payload;
};

struct sim *sim_new(const struct sim_options *options); /* NULL: out of memory */
void sim_free(struct sim *sim);

/* Runs the site until `until` (UTC); everything logged by then has been put. */
void sim_run(struct sim *sim, int64_t until, const struct sim_sink *sink);
int64_t sim_now(const struct sim *sim);

/* Until the next moment at which something happens: what is true changes only there. False: never again. */
bool sim_step(struct sim *sim, const struct sim_sink *sink);

/*
 * What is true now, as a reader of all that was logged should tell it. A sending
 * thread that has not yet named its package file counts for its site only.
 *
 * What waits can be told in two ways. `waiting` is what a reader of sender.log and
 * distmgr.log counts: minijobs that no thread is known to carry; a thread without
 * a name is taken for one of its site's, and for the package the send still waits.
 * `listed` is what sched.log tells: send requests that no thread carries; a minijob
 * without a request is not among them yet.
 */
struct sim_site_truth {
	const char *code;
	uint32_t used;
	uint32_t unnamed; /* of these: have not named their package file */
	uint64_t waiting, listed, done, failed, bytes;
	bool blocked; /* left alone for an hour */
};

struct sim_package_truth {
	const char *id;
	uint64_t waiting, listed, running, done, failed;
	uint64_t size; /* of the file that is sent, in bytes */
	bool queued;
	int64_t notified; /* last, UTC; 0: never */
};

struct sim_truth {
	uint32_t used, all_sites, per_site;
	uint64_t waiting, listed, running, done, failed, bytes; /* package sends */
	uint64_t untaken;                                       /* minijobs for which there is no send request yet */
	bool lists; /* a whole list of send requests was printed: from now on `listed` is what waits */
	uint32_t package_threads_used, package_threads;
	uint64_t queued, packages_done, packages_failed;
	uint64_t packages_ended, dps_ended; /* neither done nor failed */
	uint64_t replication_failed;        /* tries of the replication thread */
	uint64_t blocks, blocks_by_line;    /* written, and of these held up by the server's line */
};

void sim_truth(const struct sim *sim, struct sim_truth *out);
size_t sim_site_count(const struct sim *sim);
void sim_site_truth(const struct sim *sim, size_t i, struct sim_site_truth *out);

/* A sending thread that holds a slot. */
enum sim_job_state { SIM_STARTING, SIM_CONNECTING, SIM_SENDING, SIM_FINISHING };

struct sim_job_truth {
	uint32_t thread;
	enum sim_job_state state;
	const char *request; /* valid until the next call */
	const char *site;
	const char *package; /* NULL: not named yet, or none */
	bool replication;    /* known to carry no package */
	bool throttled;      /* only one connection is allowed, as was said since it began */
	uint32_t version, attempt;
	uint64_t position; /* of the package file, in bytes; 0 until this thread has written a block */
	uint64_t size;     /* of that file, in bytes */
};

size_t sim_job_count(const struct sim *sim);
bool sim_job_truth(struct sim *sim, size_t i, struct sim_job_truth *out); /* false: no thread there */

/* A package processing thread that is at work, and the distribution points of its run so far. */
enum sim_dp_state { SIM_DP_RUNNING, SIM_DP_DONE, SIM_DP_ENDED, SIM_DP_FAILED };

struct sim_dp_truth {
	uint32_t thread, dp; /* dp: as sim_dp_host() */
	enum sim_dp_state state;
};

struct sim_thread_truth {
	uint32_t thread;
	const char *package, *phase;
	uint32_t version;              /* as said by now; 0: not said */
	int64_t started;               /* when its start was logged, UTC */
	const struct sim_dp_truth *dp; /* valid until the next step */
	size_t dps;
};

size_t sim_thread_count(const struct sim *sim);
bool sim_thread_truth(const struct sim *sim, size_t i, struct sim_thread_truth *out); /* false: no thread there */
const char *sim_dp_host(uint32_t dp);

size_t sim_package_count(const struct sim *sim);
void sim_package_truth(const struct sim *sim, size_t i, struct sim_package_truth *out);

/* A transfer to a distribution point of the site itself, as PkgXferMgr.log tells it. */
enum sim_transfer_state {
	SIM_TRANSFER_WAITING,
	SIM_TRANSFER_SENDING,
	SIM_TRANSFER_NOTIFIED,
	SIM_TRANSFER_RETRY,
	SIM_TRANSFER_FAILED,
	SIM_TRANSFER_DONE,
};

struct sim_transfer_truth {
	uint64_t job;
	const char *package, *dp;
	uint32_t version, threads;
	enum sim_transfer_state state;
	uint64_t bytes; /* over all files and tries */
	uint64_t failures;
	bool pull, throttled;
	uint8_t limit_percent; /* of its rate limit, 0: none was said */
	bool limits;           /* … and one was said, be it 0 */
	bool restarts;         /* a time of the next try has been said and still holds */
	int64_t last_line;     /* when its newest line says that it was written */
	int64_t pauses_until;  /* the end of the pause that it announced last; 0: none of this try */
	int64_t begun;         /* when its newest try began, UTC; 0: a thread has not begun yet */
	int64_t told_at;       /* when it was first spoken of */
	bool moved;            /* a block or a Yield of this try was logged */
	uint32_t thread[16];   /* by number */
};

struct sim_transfers_truth {
	uint64_t done, failures; /* since the beginning */
};

void sim_transfers_truth(const struct sim *sim, struct sim_transfers_truth *out);
size_t sim_transfer_count(const struct sim *sim);
bool sim_transfer_truth(const struct sim *sim, size_t i,
                        struct sim_transfer_truth *out); /* false: nothing was said of it */

#endif
