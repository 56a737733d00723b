/*
 * A pane as a list: its title, the rows that can be seen, the cursor.
 */
#ifndef VIEW_PANES_LIST_H
#define VIEW_PANES_LIST_H

#include "view/panes/pane.h"

void list_paint(struct view *view, int pane, const struct area *area);

/* What of the pane is painted at a place of the screen. */
#define SPOT_NONE SIZE_MAX

struct spot {
	size_t row;  /* SPOT_NONE: no row */
	size_t sort; /* the sort key of the heading there, SPOT_NONE: none */
};

struct spot list_spot(struct view *view, int pane, int x, int y);

/* The row under the cursor; count when there is none. */
size_t list_cursor(struct view *view, int pane);
void list_select(struct view *view, int pane, size_t at); /* clipped to the rows */

#endif
