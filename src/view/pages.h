/*
 * What lies over the panes: help, detail, the sort menu.
 */
#ifndef VIEW_PAGES_H
#define VIEW_PAGES_H

#include "view/detail.h"

void help_paint(struct view *view, const struct area *area);
void row_detail_paint(struct view *view, const struct area *area);
void sort_menu_paint(struct view *view, const struct area *area);

#endif
