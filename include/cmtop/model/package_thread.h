/*
 * Package processing threads, which are the distribution slots, and the distribution points under them.
 * Pointers and unknown figures are as cmtop/model.h says.
 */
#ifndef CMTOP_MODEL_PACKAGE_THREAD_H
#define CMTOP_MODEL_PACKAGE_THREAD_H

#include "cmtop/event.h"
#include "cmtop/intern.h"

struct model;

/* ENDED: its thread ended, and no line says whether it succeeded. */
enum dp_state { DP_RUNNING, DP_DONE, DP_ENDED, DP_FAILED };

/* A distribution point that a package thread serves. */
struct dp {
	uint32_t thread; /* number of its DP thread, 0: not known */
	uint8_t state;   /* enum dp_state */
	uint32_t server; /* model_server() */
	uint32_t next;   /* of the same package thread; NAME_NONE ends */
	char text[200];  /* its error, or why nothing was sent ("nothing to be copied over"); "" for none */
};

/* A package processing thread: one distribution slot while it is open. */
struct package_thread {
	uint32_t thread;                /* thread number; Windows uses it again later */
	uint32_t component;             /* model_component() */
	uint32_t package;               /* NAME_NONE: not known */
	uint32_t version;               /* 0: not known */
	uint8_t phase;                  /* enum phase */
	uint8_t log;                    /* that its newest line is in */
	uint8_t started_log, since_log; /* … and those that `started` and `since` are of */
	bool open;                      /* it holds its slot */
	bool bad;                       /* it has failed */
	bool waits_for_content;         /* "requires a newer version": the content comes from another site */
	bool start_seen;                /* its start was seen */
	int64_t started;                /* WHEN_NONE: began before the log */
	int64_t since;                  /* when its phase began; WHEN_NONE: not known */
	int64_t last;                   /* newest line of it or of its DP threads; WHEN_NONE: not known */
	uint32_t first_dp;              /* model_dp(), and on by `next`; NAME_NONE: none */
	char error[240];                /* its first one, "" for none */
	uint64_t serial;                /* unique among package threads, sends and transfers */
	uint64_t spoke;                 /* grows with every line of any thread: the smallest has been silent longest */
};

/* Open ones, oldest first: NULL begins, NULL ends. */
const struct package_thread *model_next_thread(const struct model *model, const struct package_thread *after);
const struct dp *model_dp(const struct model *model, uint32_t i);     /* NULL for NAME_NONE */
const char *model_server(const struct model *model, uint32_t server); /* the name of a server or distribution point */

#define PHASE_SILENCES 32 /* kept of each phase */

/* The longest time that a thread was silent in a phase, milliseconds, and the package that it was at. */
struct phase_silence {
	int64_t longest;
	int64_t ended;    /* WHEN_NONE: it was not silent at all */
	uint32_t package; /* NAME_NONE: not known */
};

/* Of the threads that have left the phase last, in no order. */
const struct phase_silence *model_phase_silences(const struct model *model, enum phase phase, size_t *count);

/* All package threads together: slots, and runs since the logs begin. */
struct distribution {
	uint32_t used;         /* open threads, and the unseen */
	uint32_t unseen;       /* in use by the manager's own count, and not seen in the log */
	int64_t capacity;      /* -1: unknown */
	uint64_t done, failed; /* runs */
	uint64_t ended;        /* … that ended, and no line says whether they succeeded */
	uint64_t dps_ended;    /* the same of DP threads */
	uint64_t queued;       /* packages that wait for a thread */
	/* Packages that failed one after the other with one and the same code, and none was done since: at most 8. */
	uint32_t same_error;
	uint32_t same_code; /* that code */
	bool seen;          /* a record of a distribution manager was read */
};

struct distribution model_distribution(const struct model *model);

/* Threads that install or upgrade distribution points: a pool of slots of its own. */
struct dp_upgrades {
	bool seen;        /* a line about these threads was read */
	uint32_t used;    /* threads at work */
	int64_t capacity; /* "DP upgrade thread Limit: L", "Used U threads out of L"; -1: unknown */
	uint32_t waiting; /* distribution points that wait for a thread */
};

struct dp_upgrades model_dp_upgrades(const struct model *model);

const char *dp_state_word(enum dp_state state);

#endif
