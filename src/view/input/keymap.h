/* All keys: what they do, where, and what the help and the bottom bar show of them. */
#ifndef VIEW_INPUT_KEYMAP_H
#define VIEW_INPUT_KEYMAP_H

#include "view/input/binding.h"

const struct binding *keys_binding(size_t i);               /* in the order of the help; NULL past the last */
const struct binding *keys_find(int key, enum where where); /* NULL: does nothing there */

enum where keys_where(const struct ui *ui); /* now; while a line is typed no key of the tables works */

#endif
