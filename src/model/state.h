/*
 * The model: a list of sub-states, each of which is owned by the file that has
 * the same name as its header. Who needs one includes that header; from here
 * nothing but their names can be seen.
 */
#ifndef MODEL_STATE_H
#define MODEL_STATE_H

#include "cmtop/model.h"
#include "model/fifo_map.h"
#include "model/slots.h"

/* What a thread number of the distribution manager stands for. */
enum thread_role {
	ROLE_NONE,        /* it has ended, or was never heard */
	ROLE_PACKAGE,     /* a package thread that is open */
	ROLE_LOST,        /* … that a reading says is gone; it comes back when it speaks again */
	ROLE_STRAY,       /* it has spoken, and nothing tells yet what it is: what it said is kept */
	ROLE_REPLICATION, /* it works on metadata from another site: no package thread */
	ROLE_OTHER,       /* it does something else: it is no package thread either */
};

enum verdict { VERDICT_NONE, VERDICT_DONE, VERDICT_FAILED, VERDICT_ENDED };

/* A sign that a distribution point has, or will get, the package. */
enum dp_sign { SIGN_NONE, SIGN_TRANSFER, SIGN_DISTRIBUTED, SIGN_NOTHING };

/* What a package thread needs besides what is shown of it. */
struct thread_extra {
	uint8_t role;    /* enum thread_role */
	uint8_t verdict; /* enum verdict: as what this run is counted */
	uint8_t sign;    /* enum dp_sign, of a stray: it may turn out to be a DP thread */
	uint32_t dp;     /* … the DP that it names, if `dp_named`, for this package */
	uint32_t dp_package;
	bool dp_named;
	bool dp_announced; /* `announced_dp` is its next DP: whether a thread is created for it, its next lines say */
	uint32_t announced_dp;
	bool complete;        /* heard from its first line on: all its DPs are known */
	bool guessed;         /* its package is a guess from the order of lines */
	bool refused;         /* status message 2302 was said of it */
	bool accepted;        /* … or 2301 */
	bool erred;           /* an error that may pass was said, and nothing good since */
	bool fatal;           /* of a stray: an error that does not pass */
	bool dp_failed;       /* a DP's entry that was not done was taken by a later try */
	bool took_unseen;     /* it was taken for one of the unseen */
	uint64_t failure;     /* number of the transition that told of its error without a name; 0: none did */
	int64_t first;        /* first heard */
	int64_t ended;        /* WHEN_NONE: it is open, or its end has no time */
	int64_t pause;        /* longest silence in the phase it is in, milliseconds */
	uint64_t lost_in;     /* model->reading when a reading said that it is gone */
	uint64_t queue_order; /* that its guessed package had in the queue; 0: it was not queued */
};

/* The same of a DP of a run. */
struct dp_extra {
	uint32_t owner;   /* package thread, THREAD_NONE: the row is free */
	uint8_t sign;     /* enum dp_sign */
	bool announced;   /* its thread's number was told: its end will be, too */
	bool erred;       /* by what may pass */
	bool soft;        /* it has failed by nothing but that: a good sign may come late */
	uint64_t failure; /* as of thread_extra */
	int64_t ended;    /* WHEN_NONE */
};

/* A replication thread, and the package whose metadata it works on. */
struct replicator {
	uint32_t component, thread;
	uint32_t package; /* NAME_NONE */
	uint64_t failure; /* number of the transition that told that this try failed; 0: it has not */
};

/* How long package threads are silent at a time in a phase: the longest of each of the last ones. */
#define SILENCES_KEPT 32

struct silences {
	uint32_t count; /* ever; the last SILENCES_KEPT are kept, a ring */
	int64_t longest[SILENCES_KEPT];
	uint32_t package[SILENCES_KEPT]; /* whose it was, NAME_NONE */
};

/* A thread that installs, upgrades or removes one distribution point. */
struct upgrader {
	uint32_t component, thread;
	uint32_t dp;  /* NAME_NONE: not named yet */
	bool removes; /* then it is none of the threads that are counted */
};

#define REPLICATORS_MOST 4
#define UPGRADERS_MOST   256
#define SAME_CODE_MOST   8

struct thread_table {
	struct slots slots; /* by component and number; open: the package threads that are open */
	struct package_thread *rows;
	struct thread_extra *extras;
	struct silences silences[PHASE_COUNT];
};

struct dp_table {
	struct dp *rows;
	struct dp_extra *extras;
	uint32_t fresh, free; /* rows never used; the first of those given back, NAME_NONE */
	struct slots slots;   /* numbers of DP threads */
	uint32_t *row_of;     /* by number: its row, NAME_NONE: none */
};

struct replication_table {
	struct replicator rows[REPLICATORS_MOST];
	uint32_t next; /* to be used again */
};

struct upgrade_pool {
	struct dp_upgrades counts;
	struct upgrader rows[UPGRADERS_MOST];
	uint32_t next; /* to be used again */
};

/* The newest line that told how many package threads are in use. */
struct reading {
	uint64_t event; /* its number, if it told of fewer than were known, or was the first; 0 */
	bool first;
	int64_t at; /* WHEN_NONE: none yet */
};

/* What is known of the distribution manager. */
struct distmgr {
	struct thread_table threads;
	struct dp_table dps;
	struct replication_table replication;
	struct upgrade_pool upgrades;
	struct distribution counts;             /* `used` is worked out when asked */
	uint64_t queue_order;                   /* of the package that queued last */
	uint32_t same_packages[SAME_CODE_MOST]; /* those that counts.same_error counts */
	bool stops; /* it was told to: what its threads abort now is no failure of its own */
	struct reading reading;
};

/* Transfers to distribution points, and the threads that work on them. */
struct transfer_table {
	struct fifo_map keys; /* by number of the job */
	struct transfer *rows;
	uint32_t count;          /* rows ever used */
	struct slots slots;      /* threads */
	uint32_t *row_of;        /* by thread: its transfer, NAME_NONE: it was forgotten */
	uint8_t *said;           /* by thread: what it has said of its end */
	struct transfers counts; /* done, failures, heard */
};

struct model {
	struct model_limits limits;
	uint64_t events;  /* applied */
	uint64_t serials; /* given to jobs, package threads and transfers */
	int64_t newest;   /* log time, WHEN_NONE */
	bool zoned;       /* … is UTC */
	int16_t bias;     /* minutes from local time to UTC */

	struct components *components;
	struct main_threads *mains;
	struct places *places;
	struct pairs *pairs;
	struct sender *sender;
	struct tried_requests *tried;
	struct send_paces *paces;
	struct uplink *uplink;
	struct drift *drift;
	struct package_files *files;
	struct requests *requests;
	struct ahead *ahead;
	struct rate_counters *rates;
	struct sample_ring *samples;
	struct journal *journal;
	struct failures *failures;
	struct truncation *truncation;

	struct distmgr distmgr;
	struct transfer_table transfers;
};

/* package_thread.c: the life of a package thread */
#define THREAD_NONE NAME_NONE

/* A thread that may begin here although its start was not seen; with its first line; or only one that is known. */
enum finding { FIND_KNOWN, FIND_OR_BEGIN, FIND_OR_OPEN };

void distmgr_spoke(struct model *model, const struct event *event, uint32_t component); /* before every event of it */
enum thread_role thread_role(const struct model *model, uint32_t component, uint32_t number);
uint32_t thread_open(const struct model *model, uint32_t component,
                     uint32_t number); /* THREAD_NONE: none on this number is open */
uint32_t thread_heard(struct model *model, const struct event *event, uint32_t component, enum finding finding);
uint32_t thread_begin(struct model *model, uint32_t component, uint32_t number, bool born, const struct event *event);
void thread_settle(struct model *model, uint32_t i,
                   const struct event *event); /* its package is known: what it had failed at is that one's */
void thread_end(struct model *model, uint32_t i, const struct event *event, bool said);
void thread_lose(struct model *model, uint32_t i, const struct event *event); /* a reading says that it is gone */
bool thread_found(struct model *model); /* one too many was taken for gone by the newest reading */
void thread_drop(struct model *model, uint32_t i, enum thread_role role,
                 const struct event *event); /* it is no package thread after all */
void thread_leaves_phase(struct model *model, uint32_t i, enum phase next, int64_t at);
uint32_t thread_stray(struct model *model, const struct event *event,
                      uint32_t component);                       /* remembers a thread that is not known */
uint32_t thread_most_silent(const struct model *model);          /* of the open ones; THREAD_NONE */
uint32_t thread_on(const struct model *model, uint32_t package); /* open, works on that package; THREAD_NONE */
struct transition *thread_tell(struct model *model, enum transition_kind kind, const struct event *event,
                               const struct package_thread *thread);
void threads_interrupt(struct model *model, uint32_t component, const struct event *event);

/* runs.c: how they are counted */
void run_failed(struct model *model, uint32_t i, const struct event *event, const char *text);
void run_done(struct model *model, uint32_t i, const struct event *event);
void run_ends(struct model *model, uint32_t i, const struct event *event); /* without a result */
void run_judge(struct model *model, uint32_t i,
               const struct event *event); /* its own exit line: by what was said before */
void run_uncount(struct model *model, struct thread_extra *extra);
bool thread_just_spoke(const struct model *model, uint32_t i, const struct event *event); /* for the first time */
bool times_near(int64_t a, int64_t b); /* records of two threads may be so far out of order */
bool error_is_fatal(const struct event *event);
struct failure *failure_told(struct model *model,
                             uint64_t number); /* with that number of its transition; NULL: none, or gone */
bool failure_said(const struct model *model, uint32_t thread,
                  const char *text);                                /* of late, by that thread in these words */
void error_text(const struct event *event, char *out, size_t size); /* as people read it */

/* distribution.c: the queue */
void queue_put(struct model *model, uint32_t package, uint64_t order); /* order 0: at the end */
void queue_take(struct model *model, uint32_t package);

/* replication.c, dp_upgrades.c */
bool replication_failed(struct model *model, const struct event *event,
                        uint32_t component); /* false: no replication thread said it */
void number_is(struct model *model, uint32_t component, uint64_t number, enum thread_role role,
               const struct event *event);
uint32_t replication_package(const struct model *model, uint32_t component,
                             uint32_t thread); /* NAME_NONE: none, or no such thread */
void replication_forget(struct model *model, uint32_t component);
void upgrades_forget(struct model *model);

/* dp_transfers.c, transfer_ends.c: transfers and their threads */
/* Of transfer_said: the thread has told how it ended; … that it failed; lines were lost since it last spoke. */
enum { SAID_OVER = 1, SAID_FAILED = 2, SAID_UNSURE = 4 };

void transfers_uncertain(struct model *model,
                         uint32_t component); /* lines of the log were lost: threads may have ended in them */

void transfers_interrupt(struct model *model, uint32_t component);
void transfer_speaks(struct model *model, const struct event *event,
                     uint32_t component); /* before every event of that family */
struct transfer *transfer_of_thread(struct model *model, const struct event *event, uint32_t component, uint32_t *slot);
struct transfer *transfer_named(struct model *model,
                                const struct event *event); /* by package, version and distribution point; NULL */
void transfer_settle(struct model *model,
                     struct transfer *transfer); /* its state, after a thread or its outcome has changed */
bool transfer_same_dp(const struct model *model, uint32_t a, uint32_t b);
void transfer_blame(struct model *model, struct transfer *transfer, const struct event *event);
struct transition *transfer_tell(struct model *model, enum transition_kind kind, const struct event *event,
                                 const struct transfer *transfer);

/* dps.c */
const char *dps_check(const struct model *model); /* as model_check() */
uint32_t dp_at_work(const struct model *model, uint32_t component,
                    uint32_t number); /* … whose end has not been told, NAME_NONE */
uint32_t dp_running(const struct model *model, uint32_t component,
                    uint32_t number); /* row of a DP thread that runs, NAME_NONE */
void dps_heard(struct model *model, uint32_t thread,
               const struct event *event);                                   /* a line of the package thread itself */
void dps_list_meant(struct model *model, uint32_t package, uint32_t server); /* NAME_NONE: any */
bool dp_error(struct model *model, const struct event *event, uint32_t component); /* true: a DP thread said it */
void dp_number_taken(struct model *model, uint32_t component, uint32_t number,
                     const struct event *event); /* by another thread */
void dps_adopt(struct model *model, uint32_t thread,
               const struct event *event); /* DP threads that spoke before it was known */
void dps_refused(struct model *model, uint32_t thread,
                 const struct event *event); /* its package was said to have failed */
bool dps_all_done(const struct model *model, const struct package_thread *thread); /* there is one, and all are done */
void dps_close(struct model *model, struct package_thread *thread,
               const struct event *event); /* the thread has ended */

/* dp_rows.c: the rows, and the numbers of their threads */
struct package_thread *dp_owner(struct model *model, uint32_t row);
uint32_t dp_row_of(const struct model *model, uint32_t component, uint64_t number);
bool dp_bind(struct model *model, uint32_t row, uint32_t number);
uint32_t dp_add(struct model *model, uint32_t owner, uint32_t server);
void dp_remove(struct model *model, struct package_thread *thread, uint32_t row);
struct transition *dp_tell(struct model *model, enum transition_kind kind, const struct event *event, uint32_t row);
void dp_give_sign(struct model *model, uint32_t row, enum dp_sign sign, const struct event *event);
void dp_finish(struct model *model, uint32_t row, const struct event *event);
void dp_fail(struct model *model, uint32_t row, const struct event *event, const char *text);

#include "model/apply.h"

apply_fn transfer_found, transfer_started, transfer_wrote, transfer_heard, transfer_status, transfer_done,
	transfer_notified, transfer_error, transfer_failed, transfer_returned, transfer_deferred, transfer_yields,
	transfer_thread;
apply_fn distmgr_capacity, distmgr_notified, distmgr_started, distmgr_phase, distmgr_waits, distmgr_size,
	distmgr_compressed, distmgr_name, distmgr_error, distmgr_good, distmgr_bad, distmgr_exit, distmgr_due,
	distmgr_dp_added, distmgr_dp_started, distmgr_dp_working, distmgr_dp_sign, distmgr_dp_failed, distmgr_dp_ended,
	distmgr_dps_done, distmgr_replication, distmgr_replication_error, distmgr_upgrade;

/* What all files of the folder still include by this one. */
#include "model/ahead.h"
#include "model/components.h"
#include "model/drift.h"
#include "model/due.h"
#include "model/failure_lines.h"
#include "model/failures.h"
#include "model/journal.h"
#include "model/main_threads.h"
#include "model/package_files.h"
#include "model/pairs.h"
#include "model/places.h"
#include "model/rate_counter.h"
#include "model/rate_limit.h"
#include "model/requests.h"
#include "model/sample_ring.h"
#include "model/send_pace.h"
#include "model/sender.h"
#include "model/status_text.h"
#include "model/tried_requests.h"
#include "model/truncated.h"
#include "model/uplink.h"

#endif
