/*
 * What the list of package threads and the page of one of them have in common.
 */
#ifndef VIEW_DISTMGR_H
#define VIEW_DISTMGR_H

#include "view/panes.h"

/* What a row is stands in the highest byte of its id. */
enum kind { ROW_THREAD, ROW_DP, ROW_QUEUED };

#define KIND_SHIFT 56

static inline enum kind
kind_of(uint64_t id)
{
	return (enum kind)(id >> KIND_SHIFT);
}

void thread_detail(struct view *view, uint64_t id, struct detail *out);
void thread_lines(struct view *view, uint64_t id, struct lines_state *out);

#endif
