/*
 * What lies over the panes: help, detail, advice, what if, the sort menu.
 */
#ifndef VIEW_PAGES_PAGES_H
#define VIEW_PAGES_PAGES_H

#include "cmtop/advice.h"
#include "view/grid/detail.h"

void help_paint(struct view *view, const struct area *area);
void row_detail_paint(struct view *view, const struct area *area);
void advice_paint(struct view *view, const struct area *area);
void what_if_paint(struct view *view, const struct area *area);
void sort_menu_paint(struct view *view, const struct area *area);

/* Whether page `a` tells this. */
bool advice_tells(struct view *view, enum advice_code code);

/* The weightiest finding for the summary, "" when there is none. */
const char *advice_verdict(struct view *view, int width,
                           bool brief); /* brief: one word of it, where the whole does not fit */

/* As distmgr_silence(). */
int64_t advice_distmgr_silence(struct view *view);

#endif
