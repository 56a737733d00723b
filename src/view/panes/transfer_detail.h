/* All that is known of one transfer to a distribution point, and whose log lines stand behind it. */
#ifndef VIEW_PANES_TRANSFER_DETAIL_H
#define VIEW_PANES_TRANSFER_DETAIL_H

#include "view/panes/pane.h"

void transfer_figures(struct view *view, const struct transfer *transfer, struct detail *out); /* as lines of a page */
void transfer_detail(struct view *view, uint64_t id, struct detail *out);
void transfer_lines(struct view *view, uint64_t id, struct lines_state *out);

#endif
