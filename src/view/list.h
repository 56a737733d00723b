/*
 * A pane as a list: its title, the rows that can be seen, the cursor.
 */
#ifndef VIEW_LIST_H
#define VIEW_LIST_H

#include "view/panes.h"

void list_paint(struct view *view, int pane, const struct area *area);

/* The row under the cursor; count when there is none. */
size_t list_cursor(struct view *view, int pane);
void   list_select(struct view *view, int pane, size_t at);  /* clipped to the rows */

#endif
