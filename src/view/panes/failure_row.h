/*
 * What is said of a failure in its pane and on its page.
 */
#ifndef VIEW_PANES_FAILURE_ROW_H
#define VIEW_PANES_FAILURE_ROW_H

#include "view/panes/pane.h"

const char *failure_word(const struct transition *transition); /* "failed"; "": the line says it all */
uint8_t failure_style(const struct failure *failure);
const char *failure_again(struct view *view,
                          const struct failure *failure); /* when it is tried again, "" for not said */
const char *failure_resolved(struct view *view, const struct failure *failure); /* "done at 10:32, try 2", "" */

#endif
