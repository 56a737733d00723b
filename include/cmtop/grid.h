/*
 * A screen in memory: rows of cells, each one character wide. The view paints it,
 * the terminal shows it, tests read it.
 */
#ifndef CMTOP_GRID_H
#define CMTOP_GRID_H

#include "cmtop/sink.h"
#include "cmtop/span.h"
#include "cmtop/utf8.h"

/* Roles, not colours: a theme maps them. Colour is never the only carrier. */
enum style {
	STYLE_NORMAL,
	STYLE_HEADING,  /* titles and column heads */
	STYLE_GOOD,     /* sending, live */
	STYLE_WARN,     /* retry, throttled, full */
	STYLE_BAD,      /* stalled, failed */
	STYLE_ESTIMATE, /* estimated or stale figures */
	STYLE_FILTER,   /* the filter in force */
	STYLE_KEY,      /* names of keys in the bottom bar */
	STYLE_DIM,      /* less important, never invisible */
	STYLE_COUNT
};

#define CELL_SELECTED 0x80 /* added to a style: the row under the cursor */

struct cell {
	char text[UTF8_MOST + 1]; /* UTF-8, NUL-terminated; "" is the right half of a wide one */
	uint8_t style;            /* enum style, perhaps | CELL_SELECTED */
};

struct grid {
	int width, height;  /* in cells */
	struct cell *cells; /* height rows of width */
};

/* A clipping rectangle in cells. */
struct area {
	int x, y, width, height;
};

bool grid_resize(struct grid *grid, int width, int height); /* false: out of memory, unchanged */
void grid_destroy(struct grid *grid);
void grid_clear(struct grid *grid);

const struct cell *grid_cell(const struct grid *grid, int x, int y); /* NULL outside */

/*
 * Puts text at column x of row y of the area, clipped to it; answers the columns
 * used. A wide character that does not fit whole is left out.
 */
int grid_put(struct grid *grid, const struct area *area, int x, int y, struct span text, uint8_t style);

void grid_style(struct grid *grid, const struct area *area, int y, uint8_t add); /* or into every cell of a row */

/* Rows as lines of text, blanks at their ends left out. */
void grid_text(const struct grid *grid, const struct sink *sink);

#endif
