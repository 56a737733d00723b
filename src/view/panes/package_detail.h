/* All that is known of one package. */
#ifndef VIEW_PANES_PACKAGE_DETAIL_H
#define VIEW_PANES_PACKAGE_DETAIL_H

#include "view/panes/pane.h"

void package_detail(struct view *view, uint64_t id, struct detail *out); /* `id`: its index */

#endif
