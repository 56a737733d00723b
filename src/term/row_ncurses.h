/*
 * A row of cells, into the picture that ncurses keeps.
 */
#ifndef TERM_ROW_NCURSES_H
#define TERM_ROW_NCURSES_H

#include <stdbool.h>

#include "cmtop/grid.h"

/* What the terminal takes, and how it shows each style. */
struct looks {
	bool utf8;
	bool marks;                            /* a column can be marked in the text */
	bool stays;                            /* what is too long for a row can be kept from the next */
	unsigned long attributes[STYLE_COUNT]; /* of ncurses */
	short pair[STYLE_COUNT];
};

/*
 * `shown`: the picture that is there, without cells if there is none. True: the terminal must be told behind the picture
 * that what is too long for a row goes to the next again.
 */
bool row_show(const struct grid *grid, int y, const struct grid *shown, const struct looks *looks);

#endif
