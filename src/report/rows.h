/*
 * What a report is made of: the entries that the query lets in, in the fixed order
 * of the contract, so that JSON and text cannot differ.
 */
#ifndef REPORT_ROWS_H
#define REPORT_ROWS_H

#include "cmtop/advice.h"
#include "cmtop/forecast.h"
#include "cmtop/scene.h"

#define FAILURES_MOST 200

/* A distribution point and the package thread that works for it. */
struct dp_row {
	const struct package_thread *thread;
	const struct dp *dp;
};

struct rows {
	const struct job **jobs;               /* that hold a slot, by thread */
	const struct package_thread **threads; /* open ones, by thread */
	const struct site **sites;             /* by name */
	const struct package **packages;       /* by id */
	const struct package **queued;         /* earliest first; no query hides one */
	struct dp_row *dps;                    /* of the threads, in their order */
	const struct transfer **transfers;     /* that are told, by job */
	const struct failure **failures;       /* the last ones, oldest first */
	struct advice advice[ADVICE_COUNT];    /* the weightiest first; no query hides one */
	const struct forecast *forecast;
	struct forecast *own;   /* NULL, or the same: it was worked out here, and what if can be asked of it */
	struct backlog backlog; /* worked out once: it looks at every package */
	size_t job_count, thread_count, site_count, package_count, queued_count;
	size_t dp_count, transfer_count, failure_count, advice_count;
};

/* False: out of memory, and there is nothing to free. Rows are the model's own. */
bool rows_collect(struct rows *rows, const struct scene *scene);
void rows_free(struct rows *rows);

uint32_t site_number(const struct scene *scene, const struct site *site);
uint32_t package_number(const struct scene *scene, const struct package *package);

/* "" for NAME_NONE. */
const char *site_name(const struct model *model, uint32_t site);
const char *package_name(const struct model *model, uint32_t package);

#endif
