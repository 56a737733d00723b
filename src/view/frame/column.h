/*
 * A column of a pane: which field it shows, how wide and in which style. Title, value,
 * order and name in an export are the field's own.
 */
#ifndef VIEW_FRAME_COLUMN_H
#define VIEW_FRAME_COLUMN_H

#include "view/frame/paint.h"

/* What a cell shows. */
struct table_cell {
	const char *text; /* "": nothing */
	uint8_t style;
};

enum {
	COLUMN_SCREEN = 1, /* on the screen alone: an export has it otherwise, or not at all */
	COLUMN_PLAIN = 2,  /* an estimate is not marked */
};

struct column {
	const char *field; /* its name; where it is a composition of several, a name of its own */
	uint8_t least;     /* columns of the screen; 0: in an export alone */
	uint8_t most;      /* it may grow to; 0: it does not */
	enum align align;
	enum cut cut;
	unsigned flags;                                                                 /* COLUMN_… */
	void (*cell)(struct view *view, const struct row *row, struct table_cell *out); /* NULL: by the field's unit */
	const char *title;                                                              /* NULL: the field's */
	const char *unknown; /* stands for what is not known; NULL: "?", of a rate "-" */
	uint8_t (*style)(struct view *view, const struct row *row); /* NULL: that of an estimate, or normal */
};

/* The start of a row of a table of columns: the field, and how wide it is at least and at most. */
#define COLUMN_LEFT(name, from, to)  .field = name, .least = from, .most = to, .align = ALIGN_LEFT
#define COLUMN_RIGHT(name, from, to) .field = name, .least = from, .most = to, .align = ALIGN_RIGHT
#define COLUMN_EXPORT(name)          .field = name

const char *column_title(enum entity entity, const struct column *column);

/* The number of the order that the column stands for, as pane_state.sort; SIZE_MAX: none. */
size_t column_sort(enum entity entity, const struct column *column);

struct table_cell column_cell(struct view *view, enum entity entity, const struct column *column,
                              const struct row *row);

/* In an export: whether it is a number there, and the number, NAN: not known; else the text. */
bool column_is_number(enum entity entity, const struct column *column);
double column_number(struct view *view, enum entity entity, const struct column *column, const struct row *row);
const char *column_export(struct view *view, enum entity entity, const struct column *column, const struct row *row);

#endif
