/*
 * The thread numbers of the distribution manager: what each is, and the rows of
 * package threads. thread_life.c has their lifetime, thread_identity.c finds the
 * thread of a line.
 */
#ifndef MODEL_DISTMGR_THREAD_TABLE_H
#define MODEL_DISTMGR_THREAD_TABLE_H

#include "cmtop/model/package_thread.h"
#include "cmtop/model/transition.h"
#include "model/tables/slots.h"

#define THREAD_NONE NAME_NONE

/* What a thread number of the distribution manager stands for. */
enum thread_role {
	ROLE_NONE,        /* it has ended, or is not known */
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
	uint32_t last_dp;  /* the end of its list of DPs, NAME_NONE: it is empty */
	bool dp_announced; /* `announced_dp` is its next DP: whether a thread is created for it, its next lines say */
	uint32_t announced_dp;
	bool complete;        /* read from its first line on: all its DPs are known */
	bool guessed;         /* its package is a guess from the order of lines */
	bool refused;         /* status message 2302 was said of it */
	bool erred;           /* an error that may pass was said, and nothing good since */
	bool fatal;           /* of a stray: an error that does not pass */
	bool dp_failed;       /* a DP's entry that was not done was taken by a later try */
	bool took_unseen;     /* it was taken for one of the unseen */
	uint64_t failure;     /* number of the transition that told of its error without a name; 0: none did */
	int64_t first;        /* its first line */
	int64_t ended;        /* WHEN_NONE: it is open, or its end has no time */
	int64_t pause;        /* longest silence in the phase it is in, milliseconds */
	int64_t pause_ended;  /* WHEN_NONE: there was none */
	uint64_t lost_in;     /* the reading that said that it is gone: struct reading's `event` */
	uint64_t queue_order; /* that its guessed package had in the queue; 0: it was not queued */
};

/* How long package threads were silent at a time in a phase: the longest of each of the last ones, a ring. */
struct silences {
	uint32_t count; /* ever */
	struct phase_silence rows[PHASE_SILENCES];
};

struct thread_table {
	struct slots slots; /* by component and number; open: the package threads that are open */
	struct package_thread *rows;
	struct thread_extra *extras;
	struct silences silences[PHASE_COUNT];
};

bool thread_table_init(struct thread_table *threads, uint32_t most); /* false: out of memory; destroy either way */
void thread_table_destroy(struct thread_table *threads);

enum thread_role thread_role(const struct model *model, uint32_t component, uint32_t number);
const struct package_thread *thread_row(const struct model *model, uint32_t i);
bool thread_is_open(const struct model *model, uint32_t i);
uint32_t thread_open(const struct model *model, uint32_t component, uint32_t number); /* THREAD_NONE: none is open */
uint32_t thread_on(const struct model *model, uint32_t package); /* open, works on that package; THREAD_NONE */
uint32_t thread_most_silent(const struct model *model);          /* of the open ones; THREAD_NONE */

/* Times so near that the order of their lines may be wrong. */
bool times_near(int64_t a, int64_t b);
bool thread_just_spoke(const struct model *model, uint32_t i, const struct event *event);

/* A new record in the row, of a thread that is nothing yet. */
void thread_reset(struct model *model, uint32_t i, uint32_t component, uint32_t number, const struct event *event);
void thread_reset_role(struct model *model, uint32_t i, enum thread_role role,
                       const struct event *event);                              /* … of the extra part alone */
void thread_speaks(struct model *model, uint32_t i, const struct event *event); /* it is active */
void thread_leaves_phase(struct model *model, uint32_t i, enum phase next, int64_t at);
void thread_note_error(struct model *model, uint32_t i, const char *text); /* its first one stays */
void thread_keep_error(struct model *model, uint32_t i, const char *text); /* … and counts at its end */

/* A transition with the names of the thread. */
struct transition *thread_tell(struct model *model, enum transition_kind kind, const struct event *event,
                               const struct package_thread *thread);

#endif
