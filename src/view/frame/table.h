/*
 * Any list of rows as columns: which of them there is room for, how wide they
 * are, and the cells.
 */
#ifndef VIEW_FRAME_TABLE_H
#define VIEW_FRAME_TABLE_H

#include "view/frame/column.h"

#define COLUMNS_MOST 24

/* When there is too little room: which column becomes how narrow; 0: it goes. */
struct yield {
	const char *field; /* of the column */
	int width;
};

struct table {
	enum entity entity; /* whose fields the columns show */
	bool headless;      /* no line of titles */
	int run;            /* least width of a run: rows that do not fit below stand beside; 0: they do not */
	size_t column_count;
	const struct column *columns;
	size_t yield_count;
	const struct yield *yields; /* first to last */
};

struct columns {
	int width[COLUMNS_MOST]; /* 0: not shown */
	int total;               /* with the blanks between and the marks in front */
};

/* Fits the columns into `width`, the first `shift` after the first left out. */
struct columns table_fit(const struct table *table, int width, int shift);

void table_head(struct view *view, const struct table *table, const struct columns *columns, const struct area *area);
void table_row(struct view *view, const struct table *table, const struct columns *columns, const struct area *area,
               int y, const struct row *row);

#define TABLE_MARKS 2 /* columns in front: the cursor, a pin or a hit of the search */

#endif
