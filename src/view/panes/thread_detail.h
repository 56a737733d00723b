/* All that is known of one package thread or one of its distribution points, and whose log lines stand behind it. */
#ifndef VIEW_PANES_THREAD_DETAIL_H
#define VIEW_PANES_THREAD_DETAIL_H

#include "view/panes/pane.h"

void thread_detail(struct view *view, uint64_t id, struct detail *out);
void thread_lines(struct view *view, uint64_t id, struct lines_state *out);

#endif
