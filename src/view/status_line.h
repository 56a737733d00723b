/* The line above the keys: one message at a time, what is typed, or how far the figures can be believed. */
#ifndef VIEW_STATUS_LINE_H
#define VIEW_STATUS_LINE_H

#include "view/frame/frame.h"

bool status_urgent(struct view *view); /* a prompt or a notice, shown even where there is no status line */
void status_paint(struct view *view, const struct area *area);

#endif
