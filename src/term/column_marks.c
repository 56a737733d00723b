#include "term/column_marks.h"

#include <stdio.h>
#include <string.h>

#include "cmtop/utf8.h"

#define MARK_FIRST 0x10f000   /* of the last plane, where there are no characters */
#define MARK_BYTES 4          /* of one in UTF-8: F4 8F 80 80 and up */
#define CLEARS     MARKS_MOST /* the number of the one that clears the rest of a row */
#define STAYS      (CLEARS + 1)

wchar_t
mark_of_column(int x)
{
	return (wchar_t)(MARK_FIRST + (x < MARKS_MOST ? x : MARKS_MOST - 1));
}

wchar_t
mark_that_clears(void)
{
	return (wchar_t)(MARK_FIRST + CLEARS);
}

wchar_t
mark_that_stays(void)
{
	return (wchar_t)(MARK_FIRST + STAYS);
}

bool
is_column_mark(unsigned long letter)
{
	return letter >= MARK_FIRST && letter <= MARK_FIRST + STAYS;
}

/* ---- where they stand ---- */

static bool
is_in(uint32_t point, uint32_t first, uint32_t last)
{
	return point >= first && point <= last;
}

/* How many columns more than we think a terminal may give the cell, or fewer. */
static int
doubt(const char *text)
{
	struct span rest = span_of(text);
	uint32_t first, point;
	int columns = 0;

	if (!utf8_take_point(&rest, &first))
		return 0;
	if (is_in(first, 0x1f1e6, 0x1f1ff)) /* half a flag */
		columns++;
	while (utf8_take_point(&rest, &point))
		columns += utf8_mark_columns(point);
	return columns;
}

/* ncurses drops a mark that is put behind a wide character, but not one that comes with it. */
static bool
is_wide_with_mark(const struct cell *row, int width, int x)
{
	struct span rest = span_of(row[x].text);
	uint32_t point;

	return x + 1 < width && row[x].text[0] && !row[x + 1].text[0] && utf8_take_point(&rest, &point)
	       && rest.size > 0;
}

static bool
is_blank_cell(const struct cell *cell)
{
	return cell->text[0] == ' ' && cell->text[1] == '\0';
}

static bool
is_cut(const struct cell *cell)
{
	return strcmp(cell->text, "\u2026") == 0;
}

/*
 * Behind which blank the text that begins at x ends, as far as can be told: before two blanks, behind a sign of
 * having been cut, or with the row. `width`: there is none.
 */
static int
end_of_text(const struct cell *row, int width, int x)
{
	for (; x < width; x++) {
		int blanks = 0;

		while (x + blanks < width && is_blank_cell(&row[x + blanks]))
			blanks++;
		if (blanks > 0 && x + blanks == width)
			return x + 1;
		if (blanks > 1 || (blanks == 1 && x > 0 && is_cut(&row[x - 1])))
			return x + blanks;
	}
	return width + 1;
}

static bool
is_doubtful(const struct cell *row, int width, int x)
{
	return doubt(row[x].text) != 0 || is_wide_with_mark(row, width, x);
}

bool
marks_of_row(const struct cell *row, int width, bool stays, enum cell_care *out)
{
	bool any = false;

	stays = stays && width > 0 && !is_doubtful(row, width, 0);
	for (int x = 0; x < width; x++) {
		int end, columns = 0;

		if (!is_doubtful(row, width, x)) {
			if (any)
				out[x] = CARE_NONE;
			continue;
		}
		if (!any)
			memset(out, 0, (size_t)width * sizeof(*out));
		any = true;
		end = end_of_text(row, width, x);
		for (int i = x; i < end && i < width; i++)
			columns += doubt(row[i].text);
		for (int i = x; i < end && i < width; i++)
			out[i] = doubt(row[i].text) == 0          ? CARE_NONE
			         : stays || end + columns < width ? CARE_ALL_MARKS
			                                          : CARE_BARE;
		if (end <= width)
			out[end - 1] = CARE_MARK;
		x = end - 1;
	}
	return any;
}

/* ---- written out ---- */

/* Where the next one begins; `size`: there is none. */
static size_t
find_mark(const char *bytes, size_t size, size_t from, int *number)
{
	while (from + MARK_BYTES <= size) {
		const char *at = memchr(bytes + from, 0xf4, size - from);
		struct span text;
		uint32_t point;

		if (!at || (size_t)(at - bytes) + MARK_BYTES > size)
			return size;
		from = (size_t)(at - bytes);
		text = (struct span){ at, MARK_BYTES };
		if (utf8_take_point(&text, &point) && point != UTF8_BROKEN && is_column_mark(point)) {
			*number = (int)(point - MARK_FIRST);
			return from;
		}
		from++;
	}
	return size;
}

static size_t
write_mark(int number, char out[16])
{
	if (number >= CLEARS)
		return (size_t)snprintf(out, 16, "%s\033[K", number == STAYS ? "\033[?7l" : "");
	return (size_t)snprintf(out, 16, "\033[%dG", number + 1);
}

size_t
marks_grow(const char *bytes, size_t size)
{
	size_t more = 0;
	char text[16];
	int number;

	for (size_t at = 0; (at = find_mark(bytes, size, at, &number)) < size; at += MARK_BYTES) {
		size_t length = write_mark(number, text);

		more += length > MARK_BYTES ? length - MARK_BYTES : 0;
	}
	return more;
}

size_t
marks_write_out(char *bytes, size_t size)
{
	size_t at = 0;
	char text[16];
	int number;

	while ((at = find_mark(bytes, size, at, &number)) < size) {
		size_t length = write_mark(number, text);

		memmove(bytes + at + length, bytes + at + MARK_BYTES, size - at - MARK_BYTES);
		memcpy(bytes + at, text, length);
		size = size + length - MARK_BYTES;
		at += length;
	}
	return size;
}
