/*
 * What a terminal can do, as far as terminfo or its name tell. Asked while ncurses has the terminal, but for
 * ability_cursor().
 */
#ifndef TERM_ABILITIES_NCURSES_H
#define TERM_ABILITIES_NCURSES_H

#include <stdbool.h>

/* It can move its cursor, or is not known at all. Asked before ncurses has it. */
bool ability_cursor(void);

/* One whose cursor is placed as ANSI says answers as ANSI says, or not at all. */
bool ability_ansi(void);

/* The cursor goes to a column as ANSI says. */
bool ability_columns(void);

/* It turns rows with Hebrew or Arabic round and can leave that, or passes over what asks it to. `name`: TERM. */
bool ability_bidi_mode(const char *name);

/* What is too long for a row stays in it where that is asked for: ncurses must not rely then on what the last column does. */
bool ability_wrap(void);

#endif
