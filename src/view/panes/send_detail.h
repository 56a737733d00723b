/* All that is known of one send, and whose log lines stand behind it. */
#ifndef VIEW_PANES_SEND_DETAIL_H
#define VIEW_PANES_SEND_DETAIL_H

#include "view/panes/pane.h"

void send_detail(struct view *view, uint64_t id, struct detail *out);
void send_lines(struct view *view, uint64_t id, struct lines_state *out);

#endif
