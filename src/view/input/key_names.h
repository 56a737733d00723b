/* Keys as a person writes them; keys_take() is in cmtop/ui.h. */
#ifndef VIEW_INPUT_KEY_NAMES_H
#define VIEW_INPUT_KEY_NAMES_H

#include "cmtop/arena.h"
#include "cmtop/ui.h"

#define CTRL(letter) ((letter)&31)
#define F(n)         (KEY_FUNCTION + (n))

const char *key_name(struct arena *arena, int key); /* "v", "F7", "Ctrl-X" */

#endif
