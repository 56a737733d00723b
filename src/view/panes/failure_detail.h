/* All that is known of one failure, and whose log lines stand behind it. */
#ifndef VIEW_PANES_FAILURE_DETAIL_H
#define VIEW_PANES_FAILURE_DETAIL_H

#include "view/panes/pane.h"

void failure_detail(struct view *view, uint64_t id, struct detail *out);
void failure_lines(struct view *view, uint64_t id, struct lines_state *out);

#endif
