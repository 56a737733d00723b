/* All panes, by their numbers. */
#ifndef VIEW_PANES_PANES_H
#define VIEW_PANES_PANES_H

#include "view/panes/pane.h"

extern const struct pane *const pane_table[PANE_COUNT]; /* PANE_SUMMARY: NULL */

#endif
