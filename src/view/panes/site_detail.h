/* All that is known of one site. */
#ifndef VIEW_PANES_SITE_DETAIL_H
#define VIEW_PANES_SITE_DETAIL_H

#include "view/panes/pane.h"

void site_detail(struct view *view, uint64_t id, struct detail *out); /* `id`: its index */

#endif
