/*
 * The lines at the top: which slots are full, how long the queue is, when it is
 * empty, who holds the slots, and whether the logs can be believed.
 */
#ifndef VIEW_SUMMARY_SUMMARY_H
#define VIEW_SUMMARY_SUMMARY_H

#include "view/frame/paint.h"

void summary_paint(struct view *view, const struct area *area, bool brief);

#endif
