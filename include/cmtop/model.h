/*
 * The state of one site server's senders and distribution manager, as far as
 * its logs tell.
 *
 * One door in: model_apply(). No input, no output, no clock: time moves only as
 * events carry it, so a log read again gives the same state as when it was
 * followed. Figures that depend on the time of day are in figures.h.
 *
 * Every table has a bound; only the table of due sends grows towards its own.
 * When a table is full the oldest finished entry makes room, or what does not
 * fit is counted in model_lost(). Pointers handed out are borrowed and valid
 * until the next model_apply().
 */
#ifndef CMTOP_MODEL_H
#define CMTOP_MODEL_H

#include "cmtop/event.h"
#include "cmtop/intern.h"

struct model;

/* 0 takes the default. */
struct model_limits {
	uint32_t jobs;        /* sending threads heard, 1,024 */
	uint32_t sites;       /* 4,096 */
	uint32_t packages;    /* 32,768 */
	uint32_t pairs;       /* package and site together, 1,048,576 */
	uint32_t threads;     /* package processing threads heard, 512 */
	uint32_t dps;         /* DP threads under them, 4,096 */
	uint32_t servers;     /* names of servers and distribution points, 8,192 */
	uint32_t files;       /* files whose size is known, 16,384 */
	uint32_t transfers;   /* to distribution points, 4,096 */
	uint32_t requests;    /* send requests that failed and will come back, 16,384 */
	uint32_t notes;       /* 256 */
	uint32_t transitions; /* 1,024 */
	uint32_t failures;    /* 200 */
};

struct model *model_new(const struct model_limits *limits); /* limits may be NULL; NULL: out of memory */
void model_free(struct model *model);

/* Events of one log in its order; of several logs best merged by time. */
void model_apply(struct model *model, const struct event *event);

/* NULL, or what is inconsistent. For tests and fuzzing. */
const char *model_check(const struct model *model);

int64_t model_newest(const struct model *model); /* newest time heard, WHEN_NONE */
bool model_zoned(const struct model *model);     /* times are UTC, not local */
int model_bias(const struct model *model);       /* minutes from local to UTC, 0 if unknown */
uint64_t model_lost(const struct model *model);  /* entries that did not fit */

/* What did not fit, by table. */
struct model_truncated {
	uint64_t sites, packages, pairs, jobs, threads, dps, servers, files, transfers, requests;
};

struct model_truncated model_truncated(const struct model *model);

/* ---- sending ---- */

/* clang-format off */
#define JOB_STATES(_) \
	_(STARTING,    "starting") \
	_(CONNECTING,  "connecting") \
	_(SENDING,     "sending") \
	_(FINISHING,   "finishing") \
	/* ended: */ \
	_(DONE,        "done") \
	_(FAILED,      "failed") \
	_(INTERRUPTED, "interrupted") \
	_(LOST,        "lost")
/* clang-format on */

enum job_state {
#define _(state, word) JOB_##state,
	JOB_STATES(_)
#undef _
		JOB_STATE_COUNT
};

enum job_kind { KIND_UNKNOWN, KIND_PACKAGE, KIND_REPLICATION };

#define JOB_SAMPLES 48

/* Where the job's package file stood at some times, to tell its rate. At least half a second apart. */
struct progress {
	struct {
		int64_t at;
		uint64_t position;
	} sample[JOB_SAMPLES]; /* a ring */
	uint16_t first, count;
};

/* What one sending thread is or was at: one slot while it has not ended. */
struct job {
	uint32_t thread;
	uint32_t component;  /* model_component() */
	uint32_t site;       /* index of model_sites(), NAME_NONE: not known */
	uint32_t package;    /* index of model_packages(), NAME_NONE: not known, or none */
	uint32_t version;    /* 0: not known */
	uint32_t delta_from; /* the file is the difference from this version; 0: it is whole */
	uint32_t attempt;    /* 1 at the first try */
	uint8_t state;       /* enum job_state */
	uint8_t kind;        /* enum job_kind */
	bool born;           /* its start was seen */
	uint8_t priority;    /* 1 high, 2 medium, 3 low; 0: not known */
	bool due;            /* it carries a send that was seen falling due */
	bool wrote;          /* position is known */
	bool resumed;
	bool returned;                  /* it went back before it began, which is no try */
	bool throttled;                 /* its route is under a rate limit or in pulse mode, as was said while it ran */
	char request[24];               /* "" when not known */
	char error[240];                /* first error line since the last progress, "" for none */
	int64_t started;                /* WHEN_NONE: began before the log did */
	int64_t last;                   /* last heard */
	int64_t writes_since;           /* when its first block set out, or was written; WHEN_NONE */
	int64_t last_write;             /* WHEN_NONE: no block of the package file yet */
	double gaps, gap_squares;       /* milliseconds between its blocks: the sum, and that of their squares */
	double longest_gap, second_gap; /* the two longest of them */
	int64_t site_gap;               /* that sends to its site are known to pause for, milliseconds */
	int64_t pauses_until;           /* it said that it pauses until then, WHEN_NONE */
	int64_t limit_rate;             /* bytes per second that its rate limit comes to, an estimate; -1: unknown */
	uint64_t position;              /* of the package file, in bytes */
	uint64_t bytes;                 /* written by this job */
	uint64_t serial;                /* grows with every job; tells one from the next on the same thread */
	struct progress progress;
};

/* Jobs that hold a slot, oldest first: NULL begins, NULL ends. */
const struct job *model_next_job(const struct model *model, const struct job *after);

/*
 * What sending packages to a site has taken, the later sends counting more: of
 * jobs that have ended. Those that began before the log did give only what they
 * wrote. All zero: nothing is known.
 */
struct send_pace {
	double tries, sends; /* jobs that ended at all, and well */
	double slots;        /* milliseconds that they held a slot */
	double writing;      /* … of these from their first block to their last, pauses included */
	double bytes;        /* written in that time */
};

/* Bytes and sends by the second, over the last hour of log time. */
struct site {
	char code[16];
	uint32_t used;           /* jobs that hold a slot */
	uint32_t used_most;      /* … at any time */
	uint32_t unseen;         /* slots that began before the log did */
	int64_t capacity;        /* newest reading, -1: unknown; */
	uint64_t capacity_heard; /* … the number of the event that told it */
	uint64_t waiting;        /* due sends that no thread carries */
	uint64_t unnamed;        /* jobs whose package is not known yet: each is taken for one of the waiting */
	uint64_t done, failed;   /* package sends */
	uint64_t bytes;          /* package bytes written */
	int64_t last_done;       /* WHEN_NONE */
	int64_t last_failed;     /* WHEN_NONE */
	bool blocked;            /* left alone by the sender */
	bool closed;             /* … because its addresses are closed */
	int64_t blocked_until;   /* WHEN_NONE: not said */
	int64_t speed;           /* bytes per second of the last whole send, as the scheduler tells; -1: unknown */
	int64_t throttled;       /* last said to be limited to one connection, WHEN_NONE */
	struct send_pace send_pace;
	uint8_t pauses[16];   /* lately, of 1 s to 2 s, 2 s to 4 s, … between two blocks of one send */
	int64_t pauses_since; /* when they were last halved, WHEN_NONE */
	uint64_t serial;      /* grows with every change */
	/* Package bytes of the last seconds, for the rate: by second of log time, modulo 16. */
	int64_t second[16];
	uint64_t second_bytes[16];
};

/* What waits for the site: one less for each job that must carry one of them, we do not know which yet. */
static inline uint64_t
site_waiting(const struct site *site)
{
	return site->waiting > site->unnamed ? site->waiting - site->unnamed : 0;
}

/* Slots that the site holds: of jobs that are known, and those that a reading counted besides. */
static inline uint32_t
site_slots(const struct site *site)
{
	return site->used + site->unseen;
}

const struct site *model_sites(const struct model *model, size_t *count);

/*
 * The limit that holds for the site, -1: unknown. The setting is one for all sites: where it has changed
 * since the site's own reading, what the newest reading says holds for this one too.
 */
int64_t model_site_limit(const struct model *model, uint32_t site);

struct package {
	char id[16];
	char name[96];                           /* as people call it, "" when not known */
	uint32_t version;                        /* newest seen, 0: none */
	uint64_t waiting, running, done, failed; /* sends */
	uint64_t bytes;
	int64_t kbytes;           /* source size as distmgr tells, of kbytes_version; -1: unknown */
	int64_t compressed;       /* compressed size in KBytes, -1: unknown */
	uint64_t waiting_kbytes;  /* left to send of those that wait, where the scheduler lists them */
	uint64_t waiting_unsized; /* how many of these it lists without a size */
	uint32_t file_version,
		file_from;     /* the file that its newest minijob sends; version 0: not known, from 0: it is whole */
	bool queued;           /* notified and not yet taken up */
	uint64_t queued_order; /* smaller was queued earlier */
	int64_t last;          /* last heard of */
};

const struct package *model_packages(const struct model *model, size_t *count);

/* Counts of one package at one site; all zero if nothing is known. */
struct pair_counts {
	uint64_t waiting, running, done, failed;
};

/* All that was ever sent or to be sent, as package and site, in the order they were first heard of. */
size_t model_pairs(const struct model *model);
void model_pair_names(const struct model *model, size_t i, uint32_t *package, uint32_t *site);

struct pair_counts model_pair(const struct model *model, uint32_t package, uint32_t site);

enum size_source { SIZE_UNKNOWN, SIZE_EXACT, SIZE_SCHED, SIZE_ESTIMATE };

/*
 * Size of the file that carries a package's version (delta_from 0: the whole
 * package), in bytes; the best source wins. SIZE_UNKNOWN leaves *bytes alone.
 */
enum size_source model_size(const struct model *model, uint32_t package, uint32_t version, uint32_t delta_from,
                            uint64_t *bytes);

/*
 * The path is that of a known package's file which has not been sent whole, so
 * that to look at it (EVENT_FILE_LOOKED) would tell something.
 */
bool model_wants_look(const struct model *model, struct span path);

/* Sends of one thing to one site that wait. */
struct waiting {
	uint32_t package, site;
	uint64_t count;   /* 1 where the scheduler lists them */
	int64_t bytes;    /* of one, still to send; -1: unknown */
	uint8_t priority; /* 1 high, 2 medium, 3 low; 0: not known */
	uint32_t order;   /* smaller has waited longer */
};

/* The next of all that wait, in no order; *at begins at 0. False: no more. */
bool model_waiting(const struct model *model, size_t *at, struct waiting *out);

/* Mean milliseconds until a slot that became free was taken again, while all others were in use; 0: never seen. */
double model_handover(const struct model *model);

/*
 * What the last hours say of how sends slow each other down: with 1 % more that
 * write at once each is by `slope` % faster; -1: all together stay as fast as they
 * were, the line is full; 0: they do not feel each other.
 */
struct line_share {
	double windows; /* of half a minute that it stands on, older ones counting less; 0: it is not known */
	double slope, error;
	double writers; /* sends that write at once, on average */
};

struct line_share model_line_share(const struct model *model);

/* Bytes of the version's source files as distmgr tells, which is what goes to distribution points; -1: not known. */
int64_t model_source_size(const struct model *model, uint32_t package, uint32_t version);

/* What the scheduler says the request weighs, KBytes of 1,024 bytes; 0: unknown. */
uint64_t model_request_kbytes(const struct model *model, const char *request);

/* All sites together. */
struct sending {
	uint32_t used; /* jobs that hold a slot, and the unseen */
	uint32_t unseen;
	int64_t capacity;      /* of all sites, newest reading, -1: unknown */
	int64_t site_capacity; /* newest reading of any site, -1: unknown */
	uint64_t done, failed, bytes;
	uint64_t waiting;  /* due sends that no thread carries, all sites */
	uint64_t running;  /* jobs that hold a slot and are no replication */
	bool heard;        /* a sender has spoken */
	bool due_heard;    /* a distribution manager has spoken: due sends are known from there on */
	int64_t since;     /* first record of a sender, WHEN_NONE */
	int64_t due_since; /* first record of a distribution manager, WHEN_NONE */
	bool listed;       /* what waits is what the scheduler lists, not a count of due lines */
	int64_t listed_at; /* when its newest list began, WHEN_NONE: none yet */
	uint64_t counted;  /* the count of due lines, also where the scheduler's list is what waits */
};

struct sending model_sending(const struct model *model);

/*
 * How many more (negative: fewer) sends the due lines tell of than the scheduler
 * lists, when that can be explained neither by where the logs begin or have holes
 * nor by what is on its way between them at `now`; else 0.
 */
int64_t model_drift(const struct model *model, int64_t now);

/* Things counted by the second over the last hour of log time. */
enum rate_counter {
	RATE_DONE,
	RATE_DUE,
	RATE_FAILED,
	RATE_TRANSFERS,
	RATE_COUNT
}; /* TRANSFERS: done, to distribution points */

/* How many in the `span` milliseconds (at most an hour) that end at `now`. */
uint64_t model_rate_count(const struct model *model, enum rate_counter rate_counter, int64_t now, int64_t span);

/* Package bytes that were sent again after a failure, since the log began. */
uint64_t model_resent_bytes(const struct model *model);

/* Package bytes written in the `seconds` (at most 15) that end at `now`, all sites. */
uint64_t model_recent_bytes(const struct model *model, int64_t now, int seconds);

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
	uint64_t due_sized, due_bytes;      /* sends that fell due whose size became known in it, and what they weigh */
	int64_t capacity, distmgr_capacity; /* at its end, -1: unknown */
	uint32_t used_most;                 /* sending slots in use, at the most */
	uint32_t covered;                   /* milliseconds of it that a log speaks of */
	uint32_t sender_covered,
		distmgr_covered; /* … in which these had been heard, as their logs need not begin together */
	uint32_t known, full;    /* … with a known limit of sending slots; with all of them in use */
	uint32_t distmgr_known, distmgr_full; /* the same of package threads */
	uint64_t slot_time;                   /* slots in use times milliseconds */
};

/* The i-th newest point, 0 is the one that log time is in; NULL past the oldest kept. There may be gaps between them. */
const struct sample *model_sample(const struct model *model, size_t i);

/* Whether the points' times are UTC: records without a bias do not count any more once one with it was heard. */
bool model_samples_zoned(const struct model *model);

/*
 * Points that an earlier run has kept of the same logs, newest first, join the
 * model's own as samples_merge() says. Totals are not changed, and nothing is
 * restored before the first record. False: out of memory, and nothing has changed.
 */
bool model_restore(struct model *model, const struct sample *points, size_t count);

const char *model_component(const struct model *model, uint32_t component);

/* By name, in either case; NAME_NONE: not heard of. */
uint32_t model_site_named(const struct model *model, struct span code);
uint32_t model_package_named(const struct model *model, struct span id);

/* The server that the site's sends go to, as model_server(); NAME_NONE: not known, or it serves others too. */
uint32_t model_site_server(const struct model *model, uint32_t site);

/* ---- distribution ---- */

/* ENDED: without a sign of success and without an error. */
enum dp_state { DP_RUNNING, DP_DONE, DP_ENDED, DP_FAILED };

struct dp {
	uint32_t thread;
	uint8_t state;   /* enum dp_state */
	uint32_t server; /* model_server() */
	uint32_t next;   /* of the same package thread; NAME_NONE ends */
	char text[200];  /* its error, or what it said of its end ("nothing to be copied over"); "" for none */
};

/* A package processing thread: one distribution slot while it is open. */
struct package_thread {
	uint32_t thread;
	uint32_t component;
	uint32_t package; /* NAME_NONE: not known */
	uint32_t version; /* 0: not known */
	uint8_t phase;    /* enum phase */
	bool open;
	bool good, bad, waits_for_content;
	bool born;
	int64_t started; /* WHEN_NONE: began before the log */
	int64_t since;   /* of the phase */
	int64_t last;
	uint32_t first_dp, last_dp; /* model_dp(); NAME_NONE: none */
	char error[240];
	uint64_t serial;
	uint64_t spoke; /* grows with every word of any thread: the order of silence */
};

/* Open ones, oldest first: NULL begins, NULL ends. */
const struct package_thread *model_next_thread(const struct model *model, const struct package_thread *after);
const struct dp *model_dp(const struct model *model, uint32_t i); /* NULL for NAME_NONE */
const char *model_server(const struct model *model, uint32_t server);

/* What a thread is at, or was last at; all NULL: it does nothing that is known. */
struct lookup {
	const struct job *job;
	const struct package_thread *thread; /* also for one of its DP threads */
	const struct transfer *transfer;
};

struct lookup model_lookup(const struct model *model, struct span component, uint32_t thread);

struct distribution {
	uint32_t used; /* open threads, and the unseen */
	uint32_t unseen;
	int64_t capacity; /* -1: unknown */
	uint64_t done, failed;
	uint64_t ended;     /* threads that ended without a sign of success and without an error */
	uint64_t dps_ended; /* the same of DP threads */
	uint64_t queued;    /* packages */
	uint32_t
		same_error; /* packages that failed one after the other with one and the same code, and none was done since; at most 8 */
	uint32_t same_code; /* that code */
	bool heard;
};

struct distribution model_distribution(const struct model *model);

/* Threads that install or upgrade distribution points: a pool of slots of its own. */
struct dp_upgrades {
	bool heard;
	uint32_t used;
	int64_t capacity; /* -1: unknown */
	uint32_t waiting; /* distribution points that wait for a thread */
};

struct dp_upgrades model_dp_upgrades(const struct model *model);

/* ---- transfers to distribution points ---- */

/* clang-format off */
#define TRANSFER_STATES(_) \
	_(WAITING,  "waiting") \
	_(SENDING,  "sending") \
	_(NOTIFIED, "notified") \
	_(RETRY,    "retry") \
	_(FAILED,   "failed") \
	_(DONE,     "done")
/* clang-format on */

enum transfer_state {
#define _(state, word) TRANSFER_##state,
	TRANSFER_STATES(_)
#undef _
		TRANSFER_STATE_COUNT
};

#define TRANSFER_JOB_MOST \
	((uint64_t)1 << 53) /* a job's number; what is greater is none: no reader of JSON would keep it exact */

#define TRANSFER_THREADS 16 /* shown of one job; more are only counted */
#define TRANSFER_GAPS    15 /* pauses remembered of one job */

struct transfer {
	uint64_t job;
	uint32_t package, version;
	uint32_t dp;           /* model_server() */
	uint8_t state;         /* enum transfer_state: SENDING while a thread is at it */
	uint8_t outcome;       /* … what its threads have said last of how it ended, for when none is at it */
	uint8_t priority;      /* 1 high, 2 medium, 3 low; 0: not known */
	bool pull;             /* the DP fetches for itself */
	bool throttled;        /* by one connection only, or a rate limit */
	uint8_t limit_percent; /* of its rate limit, 0: none was heard of */
	int64_t limit_rate;    /* bytes per second that this comes to, an estimate; -1: unknown */
	uint32_t thread[TRANSFER_THREADS]; /* the smallest numbers, in their order */
	uint32_t threads;                  /* that have not ended */
	uint64_t bytes;                    /* written, over all files and attempts */
	uint64_t failures, attempts;
	int64_t started, last; /* its newest attempt; the newest word of any of its threads; WHEN_NONE: not known */
	int64_t moved;         /* newest block or Yield of this attempt, WHEN_NONE: none yet */
	int64_t pauses_until;  /* it said that it pauses until then, WHEN_NONE */
	uint32_t gap
		[TRANSFER_GAPS]; /* the last silences of a second or more while it was being sent, milliseconds: a ring */
	uint8_t gaps, next_gap;
	uint32_t collisions; /* sharing violations while several threads were at it, of this attempt */
	char restart[64];    /* as the log writes it, "" for none */
	char error[120];
	uint64_t serial; /* unlike that of any other transfer, send or package thread */
	/* Its bytes of the last seconds, for the rate: by second of log time, modulo 16. */
	int64_t second[16];
	uint64_t second_bytes[16];
};

/* Those not forgotten, in no order; a row with state DONE ended well. */
const struct transfer *model_transfers(const struct model *model, size_t *count);
const struct transfer *model_transfer(const struct model *model, uint64_t job); /* NULL: not heard of, or forgotten */
const char *transfer_state_word(enum transfer_state state);

struct transfers {
	uint64_t running, waiting, retrying, done, failures;
	bool heard;
	int64_t since; /* first record of a package transfer manager, WHEN_NONE */
};

struct transfers model_transfer_counts(const struct model *model);

/* ---- what was said and what happened ---- */

struct note {
	int64_t at;
	bool zoned;
	uint32_t thread;
	uint8_t log;   /* number of its source */
	uint8_t level; /* enum level */
	char text[232];
};

/* The i-th newest, 0 is the newest; NULL past the oldest kept. */
const struct note *model_note(const struct model *model, size_t i);

/* clang-format off */
#define TRANSITIONS(_) \
	_(DUE,             "due") \
	_(JOB_STARTED,     "job-started") \
	_(JOB_RESUMED,     "job-resumed") \
	_(JOB_DONE,        "job-done") \
	_(JOB_FAILED,      "job-failed") \
	_(JOB_INTERRUPTED, "job-interrupted") \
	_(JOB_LOST,        "job-lost") \
	_(JOB_STALLED,     "job-stalled") \
	_(SITE_BLOCKED,    "site-blocked") \
	_(CAPACITY,        "capacity") \
	_(PACKAGE_QUEUED,  "package-queued") \
	_(PACKAGE_STARTED, "package-started") \
	_(PACKAGE_DONE,    "package-done") \
	_(PACKAGE_FAILED,  "package-failed") \
	_(DP_STARTED,      "dp-started") \
	_(DP_DONE,         "dp-done") \
	_(DP_FAILED,       "dp-failed") \
	_(PACKAGE_ENDED,   "package-ended") \
	_(DP_ENDED,        "dp-ended") \
	_(THREAD_STALLED,  "thread-stalled") \
	_(TRANSFER_STARTED, "transfer-started") \
	_(TRANSFER_DONE,   "transfer-done") \
	_(TRANSFER_FAILED, "transfer-failed") \
	_(TRANSFER_STALLED, "transfer-stalled") \
	_(FAILURE,         "failure") \
	_(LOG_ROLLED,      "log-rolled") \
	_(LOG_MISSED,      "log-missed") \
	_(LOG_STATE,       "log-state")
/* clang-format on */

enum transition_kind {
#define _(kind, word) TRANSITION_##kind,
	TRANSITIONS(_)
#undef _
		TRANSITION_COUNT
};

/* The names of contract §3's event stream; what does not apply is NAME_NONE, -1, 0 or "". */
struct transition {
	uint64_t number; /* 1, 2, 3, … without a gap */
	int64_t at;
	bool zoned;
	uint8_t kind;    /* enum transition_kind */
	uint8_t attempt; /* of jobs, 255 for more */
	uint32_t site, package, version, thread;
	uint32_t dp; /* model_server() */
	char request[24];
	int64_t used, capacity, bytes, seconds; /* -1: does not apply */
	char text[480];
};

const char *transition_word(enum transition_kind kind);

/* Of the last ones (their number is bounded): the one with this number, NULL: gone or not yet. */
const struct transition *model_transition(const struct model *model, uint64_t number);
uint64_t model_transitions(const struct model *model); /* newest number, 0: none */

/* clang-format off */
#define FAILURE_KINDS(_) \
	_(SEND,        "send") \
	_(PACKAGE,     "package") \
	_(DP,          "dp") \
	_(TRANSFER,    "transfer") \
	_(REPLICATION, "replication") \
	_(COMPONENT,   "component")
/* clang-format on */

enum failure_kind {
#define _(kind, word) FAILURE_##kind,
	FAILURE_KINDS(_)
#undef _
		FAILURE_KIND_COUNT
};

/* Something that went wrong, with the names that it concerns. */
struct failure {
	struct transition what; /* the event that told of it; its number is that of the event */
	uint8_t kind;           /* enum failure_kind */
	uint8_t log;            /* number of its source */
	uint32_t component;     /* model_component() that said it, NAME_NONE: not known */
	uint32_t code;          /* Win32 or HRESULT, valid if `coded` */
	bool coded;
	char retry[64];   /* when it is tried again, as the log writes it, or how often it has been; "" for not known */
	int64_t resolved; /* when a later try of the same was done, WHEN_NONE: not yet */
	uint8_t resolved_attempt; /* … and which one of a send's that was, 255 for more; 0: not known */
};

/*
 * The i-th newest of those kept, 0 is the newest; NULL past the oldest. Of one
 * failure that comes again and again only so many are kept that the others have
 * their room.
 */
const struct failure *model_failure(const struct model *model, size_t i);
uint64_t model_failures_dropped(const struct model *model); /* not kept any more */
const char *failure_kind_word(enum failure_kind kind);

const char *job_state_word(enum job_state state);
const char *dp_state_word(enum dp_state state);
const char *size_source_word(enum size_source source); /* NULL for SIZE_UNKNOWN */

static inline bool
job_ended(const struct job *job)
{
	return job->state >= JOB_DONE;
}

#endif
