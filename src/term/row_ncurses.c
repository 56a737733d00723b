#include "term/row_ncurses.h"

#include <wchar.h>

#include "cmtop/count_of.h"
#include "term/cell_text.h"
#include "term/column_marks.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>

#define JOINER 0x200d

static bool
is_right_half(const struct cell *cells, int x)
{
	return x > 0 && !cells[x].text[0];
}

static void
set_look(uint8_t style, const struct looks *looks)
{
	uint8_t role = style & (CELL_SELECTED - 1);

	if (role >= STYLE_COUNT)
		role = STYLE_NORMAL;
	attr_set((attr_t)looks->attributes[role] | (style & CELL_SELECTED ? A_REVERSE : 0), looks->pair[role], NULL);
}

/* One cell with all its marks. ncurses looks at its first letter alone when it thinks of columns. */
static void
show_cell(int x, int y, const wchar_t *letters, int count)
{
	wchar_t base[2] = { letters[0] };
	attr_t attributes;
	cchar_t cell;
	short pair;

	attr_get(&attributes, &pair, NULL);
	if (setcchar(&cell, base, attributes, pair, NULL) == ERR)
		return;
	if (count > CCHARW_MAX) /* and no joiner of which the other side has no room */
		count = letters[CCHARW_MAX - 1] == JOINER ? CCHARW_MAX - 1 : CCHARW_MAX;
	for (int i = 1; i < count; i++)
		cell.chars[i] = letters[i];
	mvadd_wchnstr(y, x, &cell, 1);
}

/* A row with something of which terminals do not agree how wide it is. It goes out as a whole. */
static void
show_with_care(const struct grid *grid, int y, const enum cell_care *care, const struct looks *looks)
{
	const struct cell *row = grid->cells + (size_t)y * (size_t)grid->width;

	for (int x = 0; x < grid->width; x++) {
		bool wide = x + 1 < grid->width && is_right_half(row, x + 1);
		wchar_t letters[LETTERS_MOST + 1];
		int count = letters_of(&row[x], wide ? 2 : 1, true, care[x] == CARE_ALL_MARKS, letters);

		if (care[x] == CARE_MARK)
			letters[count++] = mark_of_column(x + 1);
		else if (x == 0 && care[x] == CARE_NONE)
			letters[count++] = looks->stays ? mark_that_stays() : mark_that_clears();
		set_look(row[x].style, looks);
		if (wide && letters[0] == L'?')
			mvaddnwstr(y, x, letters, count);
		else
			show_cell(x, y, letters, count);
		x += wide;
	}
	wredrawln(stdscr, y, 1);
}

/* Cells of one look go out in one piece. Answers where the next run begins. */
static int
show_run(const struct grid *grid, int y, int x, const struct looks *looks)
{
	const struct cell *row = grid->cells + (size_t)y * (size_t)grid->width;
	uint8_t style = row[x].style;
	wchar_t text[512];
	size_t count = 0;
	int start = x;

	while (x < grid->width && row[x].style == style && count < COUNT_OF(text) - UTF8_MOST - 2) {
		int width = x + 1 < grid->width && is_right_half(row, x + 1) ? 2 : 1;

		count += (size_t)letters_of(&row[x], width, looks->utf8, false, text + count);
		x += width;
	}
	set_look(style, looks);
	mvaddnwstr(y, start, text, (int)count);
	return x;
}

static bool
needs_care(const struct grid *grid, int y, bool stays, enum cell_care care[MARKS_MOST])
{
	return grid->cells && grid->width <= MARKS_MOST
	       && marks_of_row(grid->cells + (size_t)y * (size_t)grid->width, grid->width, stays, care);
}

bool
row_show(const struct grid *grid, int y, const struct grid *shown, const struct looks *looks)
{
	enum cell_care care[MARKS_MOST];

	/* Nobody knows what such a row looks like on the terminal: what follows it goes out as a whole too. */
	if (looks->marks && needs_care(shown, y, looks->stays, care))
		wredrawln(stdscr, y, 1);
	if (looks->marks && needs_care(grid, y, looks->stays, care)) {
		show_with_care(grid, y, care, looks);
		return looks->stays;
	}
	for (int x = 0; x < grid->width;)
		x = show_run(grid, y, x, looks);
	return false;
}
