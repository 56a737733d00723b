/*
 * The page of log lines behind a row: the records as they stand in their files.
 */
#ifndef VIEW_PAGES_LOG_LINES_H
#define VIEW_PAGES_LOG_LINES_H

#include "view/frame/paint.h"

void lines_paint(struct view *view, const struct area *area);

/* The lines asked for, oldest first. */
const struct logstore_line *const *lines_of(struct view *view, size_t *count);

size_t lines_cursor(struct view *view);
void lines_select(struct view *view, size_t at); /* clipped; the newest is not held on to */

bool lines_hit(const struct view *view, const struct logstore_line *line); /* it holds what is searched for */

#endif
