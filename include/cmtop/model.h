/*
 * The state of one site server's senders and distribution manager, as far as
 * its logs tell.
 *
 * One function changes it: model_apply(). No input, no output, no clock: time moves only as
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

#include "cmtop/model/failure.h"
#include "cmtop/model/job.h"
#include "cmtop/model/package.h"
#include "cmtop/model/package_thread.h"
#include "cmtop/model/samples.h"
#include "cmtop/model/sending.h"
#include "cmtop/model/site.h"
#include "cmtop/model/transfer.h"
#include "cmtop/model/transition.h"

struct model;

/* 0 takes the default. */
struct model_limits {
	uint32_t jobs;        /* sending threads, 1,024 */
	uint32_t sites;       /* 4,096 */
	uint32_t packages;    /* 32,768 */
	uint32_t pairs;       /* package and site together, 1,048,576 */
	uint32_t threads;     /* package processing threads, 512 */
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

int64_t model_newest(const struct model *model); /* newest time of any record, WHEN_NONE */

/*
 * All times of the model are running time (event.h), and what is shown of one is what the records of its log wrote
 * around that time, or, of a time to come, as the newest of them would write it. A thing says which log its times are
 * of; what is one record holds what that wrote. model_written_newest(): by the log of the newest record, for times that
 * belong to no log. WHEN_NONE stays WHEN_NONE.
 */
struct written_time model_written(const struct model *model, uint8_t log, int64_t at);
struct written_time model_written_newest(const struct model *model, int64_t at);

uint64_t model_lost(const struct model *model); /* entries that did not fit */

/* What did not fit, by table. */
struct model_truncated {
	uint64_t sites, packages, pairs, jobs, threads, dps, servers, files, transfers, requests;
};

struct model_truncated model_truncated(const struct model *model);

/* A table of the model, in the order of the snapshot: how many it keeps, and how many more did not fit. */
struct truncated_row {
	const char *word; /* as a member of the snapshot */
	const char *many; /* as people call them, "sites" */
	uint32_t kept;
	uint64_t lost; /* 0: all of them fit */
};

bool truncated_row(const struct model *model, size_t i, struct truncated_row *out); /* false past the last */

const char *model_component(const struct model *model, uint32_t component);

/* What a thread is at, or was last at; all NULL: it does nothing that is known. */
struct lookup {
	const struct job *job;
	const struct package_thread *thread; /* also for one of its DP threads */
	const struct transfer *transfer;
};

struct lookup model_lookup(const struct model *model, struct span component, uint32_t thread);

/* By name, in either case; NAME_NONE: no line named it. */
uint32_t model_site_named(const struct model *model, struct span code);
uint32_t model_package_named(const struct model *model, struct span id);

#endif
