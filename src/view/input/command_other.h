/* The keys that open and close, and those that concern the program itself. */
#ifndef VIEW_INPUT_COMMAND_OTHER_H
#define VIEW_INPUT_COMMAND_OTHER_H

#include "view/input/binding.h"

extern const struct bindings other_keys;

#endif
