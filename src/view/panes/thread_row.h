/*
 * What the list of package threads and the page of one of them have in common.
 */
#ifndef VIEW_PANES_THREAD_ROW_H
#define VIEW_PANES_THREAD_ROW_H

#include "view/panes/package_dps.h"

/*
 * What a row is stands in the highest byte of its id: a package thread, a package
 * that is queued, or one whose threads have ended and whose transfers go on; and a
 * distribution point under one of them, by its DP thread or by its transfer's job.
 */
enum kind { ROW_THREAD, ROW_DP, ROW_QUEUED, ROW_COPYING, ROW_TRANSFER };

#define KIND_SHIFT 56

static inline enum kind
kind_of(uint64_t id)
{
	return (enum kind)(id >> KIND_SHIFT);
}

static inline uint64_t
value_of(uint64_t id)
{
	return id & (((uint64_t)1 << KIND_SHIFT) - 1);
}

/*
 * Threads, then packages that are on their way without one; below each, where there is
 * room, its distribution points; then what is queued.
 */
void thread_rows_gather(struct view *view, struct rows *out);

#endif
