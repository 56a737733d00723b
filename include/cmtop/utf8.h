/*
 * Text as a terminal sees it: characters and the columns they take. Whatever
 * comes from a log passes here before it reaches a cell.
 */
#ifndef CMTOP_UTF8_H
#define CMTOP_UTF8_H

#include "cmtop/span.h"

#define UTF8_MOST \
	26 /* bytes of one cell's text: a character and what combines with it, four pictures and three joiners */

struct glyph {
	char text[UTF8_MOST + 1]; /* UTF-8, NULs to its end: equal ones are equal bytes */
	int width;                /* columns: 1 or 2; of an escape 6 or 10 */
};

/*
 * Takes the next character with its combining marks off `text`. Control
 * characters, bytes that are no UTF-8, and anything that could move a cursor or
 * turn the direction of writing come out as "?". False at the end of the text.
 */
bool utf8_take(struct span *text, struct glyph *out);

/*
 * From now on, for the whole program: utf8_take() turns what is no ASCII into escapes, "\u00FC" or
 * "\U0001F4BB", one code point at a time. It is about where text goes, as a locale is.
 */
void utf8_ascii_only(bool only);

int utf8_width(struct span text); /* columns, by the same rules */

/*
 * Copies `text` made harmless: valid UTF-8 without control characters, each broken piece a "?", cut between
 * characters to fit; marks that no cell holds stay. `size` counts the NUL.
 */
void utf8_clean(struct span text, char *out, size_t size);

/* The same as utf8_take() has it: what is shown, with escapes where only ASCII is. */
void utf8_shown(struct span text, char *out, size_t size);

#define UTF8_BROKEN 0xFFFFFFFFu /* no code point: a byte that is no UTF-8 */

/* The next code point as it stands, nothing made harmless: for what a person types. False at the end. */
bool utf8_take_point(struct span *text, uint32_t *out);

/* Bytes put before the NUL; 0: that is no code point. */
size_t utf8_put_point(uint32_t point, char out[5]);

bool utf8_is_capital(uint32_t point);
uint32_t utf8_lower(uint32_t point); /* itself where there is no small one */

/* The one letter that a letter and a mark are together; UTF8_BROKEN: there is none. */
uint32_t utf8_joined(uint32_t letter, uint32_t mark);

/*
 * Copies `text` as one who looks for numbers and words takes it: the digits of every
 * script as those of ASCII, blanks of every width as one, other shapes of : / - , and '
 * as those of ASCII, small letters, and nothing that has no place of its own, such as
 * marks of the direction of writing. Bytes that are no UTF-8 come out as "?". Cut between
 * characters to fit; `size` counts the NUL. The bytes before the NUL.
 */
size_t utf8_plain(struct span text, char *out, size_t size);

/*
 * The text with letters and their marks composed (NFC), so that texts that look the same are the same. NULL: it
 * is so already, is no UTF-8, or there is no memory. The caller frees it; `size` is without its NUL.
 */
char *utf8_composed(struct span text, size_t *size);

/* By how many columns terminals differ because of a code point that joins another one: 0, 1 or 2. */
int utf8_mark_columns(uint32_t point);

#endif
