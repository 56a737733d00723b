/*
 * What somebody does at the terminal, as the terminal tells it. Only for the screen.
 */
#ifndef TERM_KEYS_H
#define TERM_KEYS_H

#include "term/screen.h"

void keys_define(void);                  /* once the screen is open */
bool keys_take_input(struct input *out); /* false: nothing is waiting */

#endif
