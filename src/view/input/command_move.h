/* The keys that move the cursor, and from pane to pane. */
#ifndef VIEW_INPUT_COMMAND_MOVE_H
#define VIEW_INPUT_COMMAND_MOVE_H

#include "view/input/binding.h"

enum move { MOVE_UP, MOVE_DOWN, MOVE_PAGE_UP, MOVE_PAGE_DOWN, MOVE_HALF_UP, MOVE_HALF_DOWN, MOVE_FIRST, MOVE_LAST };

extern const struct bindings move_keys;

command_fn command_move;

#endif
