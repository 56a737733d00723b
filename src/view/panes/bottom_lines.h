/*
 * The last two lines: one message at a time, and the keys.
 */
#ifndef VIEW_PANES_BOTTOM_LINES_H
#define VIEW_PANES_BOTTOM_LINES_H

#include "view/grid/paint.h"

bool status_urgent(struct view *view); /* a prompt or a notice, shown even where there is no status line */
void status_paint(struct view *view, const struct area *area);
void bar_paint(struct view *view, const struct area *area);

#endif
