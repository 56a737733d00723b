/* All that is known of one package. */
#ifndef VIEW_PANES_PACKAGE_DETAIL_H
#define VIEW_PANES_PACKAGE_DETAIL_H

#include "view/panes/pane.h"

void package_detail(struct view *view, uint64_t id, struct detail *out); /* `id`: its index */

/* "4.1 GB", "~4.1 GB" where the package's size is an estimate, "?" when negative */
const char *package_size_text(struct view *view, uint32_t package, int64_t bytes);
int64_t package_known_size(struct view *view, uint32_t package); /* bytes, -1: not known */

#endif
