/* The keys of filter and search, and what is typed there. */
#ifndef VIEW_INPUT_COMMAND_FIND_H
#define VIEW_INPUT_COMMAND_FIND_H

#include "view/input/binding.h"

/* A key while a line is typed. */
enum ui_effect typing_key(struct view *view, int key);

extern const struct bindings find_keys;

command_fn command_drop_filter;

#endif
