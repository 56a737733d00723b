/* The keys that change what is shown and how. */
#ifndef VIEW_INPUT_COMMAND_VIEW_H
#define VIEW_INPUT_COMMAND_VIEW_H

#include "view/input/binding.h"

extern const struct bindings view_keys;

command_fn command_pause, command_page;

#endif
