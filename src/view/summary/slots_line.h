/*
 * The line of the summary that tells of sending slots, and words that it shares
 * with the others.
 */
#ifndef VIEW_SUMMARY_SLOTS_LINE_H
#define VIEW_SUMMARY_SLOTS_LINE_H

#include "view/frame/paint.h"

void slots_line_paint(struct view *view, const struct area *area, int y);

#endif
