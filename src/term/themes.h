/*
 * How roles look, without a word of the terminal library.
 */
#ifndef TERM_THEMES_H
#define TERM_THEMES_H

#include "cmtop/grid.h"

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
enum theme { THEME_DEFAULT, THEME_MONO, THEME_HIGHCONTRAST, THEME_COUNT };

/* Numbers of colours as terminals count them. */
enum { OWN = -1, RED = 1, GREEN, YELLOW, BLUE, MAGENTA, CYAN };

struct theme_look {
	short color; /* of the letters; OWN: the terminal's own. The ground is never painted */
	short rich;  /* the same where the terminal has 256; OWN: as above */
	bool bold, reverse, underline;
};

const struct theme_look *theme_look(enum theme theme, enum style style);

#endif
