#include "term/cell_text.h"

#include "term/column_marks.h"

/* Decodes one character of text that is known to be UTF-8; 0 at its end. */
static wchar_t
decode(const char **text)
{
	const unsigned char *at = (const unsigned char *)*text;
	int more = at[0] >= 0xf0 ? 3 : at[0] >= 0xe0 ? 2 : at[0] >= 0xc0 ? 1 : 0;
	unsigned long character = more ? at[0] & (0x3fu >> more) : at[0];

	if (!at[0])
		return 0;
	for (int i = 1; i <= more; i++) {
		if ((at[i] & 0xc0) != 0x80) {
			*text += i;
			return L'?';
		}
		character = character << 6 | (at[i] & 0x3fu);
	}
	*text += more + 1;
	return (wchar_t)character;
}

/*
 * The characters of one cell. Where the C library's idea of a width is not
 * ours, the cursor would go astray and the row with it: a "?" keeps the place.
 */
int
letters_of(const struct cell *cell, int width, bool utf8, bool all_marks, wchar_t out[LETTERS_MOST])
{
	const char *text = cell->text;
	int count = 0;
	wchar_t character;

	while ((character = decode(&text)) && count < UTF8_MOST) {
		int columns = is_column_mark((unsigned long)character) ? -1 : wcwidth(character);
		bool fits = count ? columns == 0 || (all_marks && columns > 0) : columns == width;

		if (!fits || (!utf8 && character > 126)) {
			if (count)
				continue; /* a mark that will not combine is left out */
			wmemcpy(out, L"? ", 2);
			return width;
		}
		out[count++] = character;
	}
	if (!count)
		out[count++] = L' ';
	return count;
}
