/*
 * What waits, over the last hours: one column for five minutes of log time.
 */
#ifndef VIEW_SUMMARY_TREND_LINE_H
#define VIEW_SUMMARY_TREND_LINE_H

#include "view/frame/paint.h"

/* "trend 3045 ...-'-..--. 2914   waiting, 09:10 to 12:20, one column = 5 min" */
void trend_paint_line(struct view *view, const struct area *area, int y);

/* A pane of its own, with a title and a scale. */
void trend_paint(struct view *view, const struct area *area);

#endif
