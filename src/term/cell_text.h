/*
 * What is in a cell, in the characters of the C library.
 */
#ifndef TERM_CELL_TEXT_H
#define TERM_CELL_TEXT_H

#include <stdbool.h>
#include <wchar.h>

#include "cmtop/grid.h"
#include "cmtop/utf8.h"

#define LETTERS_MOST (UTF8_MOST + 2)

/*
 * How many characters of a cell that is so many columns wide; `utf8`: the terminal takes more than ASCII;
 * `all_marks`: also marks of which the C library thinks that they take a column of their own.
 */
int letters_of(const struct cell *cell, int width, bool utf8, bool all_marks, wchar_t out[LETTERS_MOST]);

#endif
