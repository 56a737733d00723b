/*
 * The last two lines: one message at a time, and the keys.
 */
#ifndef VIEW_STATUS_LINE_H
#define VIEW_STATUS_LINE_H

#include "view/grid/paint.h"

bool status_urgent(struct view *view); /* a prompt or a notice, shown even where there is no status line */
void status_paint(struct view *view, const struct area *area);
void bar_paint(struct view *view, const struct area *area);

#endif
