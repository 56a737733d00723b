/*
 * Terminals do not agree how many columns a vowel sign of Devanagari takes, a syllable of Korean in parts, or joined
 * pictures. So that what stands to the right of such a name begins at its column all the same, the last blank
 * before it carries a mark: a code point for private use that ncurses writes like any other mark, and that becomes
 * "go to this column" on its way to the terminal.
 */
#ifndef TERM_COLUMN_MARKS_H
#define TERM_COLUMN_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#include "cmtop/grid.h"

#define MARKS_MOST 513 /* columns, the one behind the last cell too */

/* What is to be done with a cell of a row. */
enum cell_care {
	CARE_NONE,
	CARE_ALL_MARKS, /* it goes out with all its marks */
	CARE_BARE,      /* without those that may take a column: there is no room for them */
	CARE_MARK,      /* a blank; the column behind it is marked */
};

/*
 * Fills `out`, one for each cell; false: no cell of the row needs care, and `out` is not filled. `stays`: what would go
 * beyond the last column does not go to the next row, if the first cell has the mark for that.
 */
bool marks_of_row(const struct cell *row, int width, bool stays, enum cell_care *out);

wchar_t mark_of_column(int x); /* the letter that stands for it */
wchar_t
mark_that_clears(void); /* for the first cell of a row: where a terminal takes fewer columns nothing old is left */
wchar_t mark_that_stays(void); /* the same; and nothing goes to the next row, until the terminal is told otherwise */
bool is_column_mark(unsigned long letter);

/* How many bytes more the marks among them take when they are written out. */
size_t marks_grow(const char *bytes, size_t size);

/* Writes them out, in place, where marks_grow() bytes more are free. Answers the new size. */
size_t marks_write_out(char *bytes, size_t size);

#endif
