/* The keys of the page of log lines. */
#ifndef VIEW_INPUT_COMMAND_LINES_H
#define VIEW_INPUT_COMMAND_LINES_H

#include "view/input/binding.h"

extern const struct bindings lines_keys;

/* To the first line from the cursor on that holds what is searched for, else to the last one before it. */
void lines_go_to_hit(struct view *view);

#endif
