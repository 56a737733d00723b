/*
 * What the terminal that ncurses has opened can be told beyond what ncurses tells it.
 */
#ifndef TERM_MODES_NCURSES_H
#define TERM_MODES_NCURSES_H

#include <stdbool.h>

bool mode_is_ansi(void);
bool mode_takes_bidi(const char *name); /* of an ANSI terminal with this name: the mode of ECMA-48 for it */
bool mode_takes_column(void);           /* to go to a column */

/*
 * Of one whose own bidi is known: that what is too long for a row stays in it. ncurses must not rely then on what the last
 * column does. Terminfo is not asked: tmux and GNU screen know the mode, but have not said so there.
 */
bool mode_takes_wrap(void);

#endif
