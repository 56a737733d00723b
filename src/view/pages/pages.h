/*
 * What lies over the panes: all that is known of a row, advice, what if, the sort menu.
 */
#ifndef VIEW_PAGES_PAGES_H
#define VIEW_PAGES_PAGES_H

#include "view/frame/detail.h"

void row_detail_paint(struct view *view, const struct area *area);
void advice_paint(struct view *view, const struct area *area);
void what_if_paint(struct view *view, const struct area *area);
void sort_menu_paint(struct view *view, const struct area *area);

#endif
