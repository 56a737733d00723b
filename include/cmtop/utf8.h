/*
 * Text as a terminal sees it: characters and the columns they take. Whatever
 * comes from a log passes here before it reaches a cell.
 */
#ifndef CMTOP_UTF8_H
#define CMTOP_UTF8_H

#include "cmtop/span.h"

#define UTF8_MOST 12 /* bytes of one cell's text: a character and the marks that combine with it */

struct glyph {
	char text[UTF8_MOST + 1]; /* UTF-8, NULs to its end: equal ones are equal bytes */
	int width;                /* columns: 1 or 2 */
};

/*
 * Takes the next character with its combining marks off `text`. Control
 * characters, bytes that are no UTF-8, and anything that could move a cursor or
 * turn the direction of writing come out as "?". False at the end of the text.
 */
bool utf8_take(struct span *text, struct glyph *out);

int utf8_width(struct span text); /* columns, by the same rules */

/*
 * Copies `text` made harmless: valid UTF-8 without control characters, each
 * broken piece a "?", cut between characters to fit. `size` counts the NUL.
 */
void utf8_clean(struct span text, char *out, size_t size);

#define UTF8_BROKEN 0xFFFFFFFFu /* no code point: a byte that is no UTF-8 */

/* The next code point as it stands, nothing made harmless: for what a person types. False at the end. */
bool utf8_take_point(struct span *text, uint32_t *out);

/* Bytes put before the NUL; 0: that is no code point. */
size_t utf8_put_point(uint32_t point, char out[5]);

bool utf8_is_capital(uint32_t point);

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

#endif
