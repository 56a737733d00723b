/*
 * What a report is made of: the entries that the query lets in, in the fixed order
 * of the snapshot, so that JSON and text cannot differ.
 */
#ifndef REPORT_ROWS_H
#define REPORT_ROWS_H

#include "cmtop/fields.h"
#include "cmtop/query.h"

#define FAILURES_MOST 200

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
	struct forecast *own; /* NULL, or that of `of`: it was worked out here, and what if can be asked of it */
	struct field_context of;
	size_t job_count, thread_count, site_count, package_count, queued_count;
	size_t dp_count, transfer_count, failure_count, advice_count;
};

/* False: out of memory, and there is nothing to free. Rows are the model's own. */
bool rows_collect(struct rows *rows, const struct scene *scene);
void rows_destroy(struct rows *rows);

/* How many rows of a table were collected, and one of them as value() takes it. */
size_t rows_count(const struct rows *rows, enum entity entity);
const void *rows_at(const struct rows *rows, enum entity entity, size_t i);

#endif
