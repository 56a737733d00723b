/*
 * How the characters of a file stand in bytes: one byte and more, or two, or four.
 */
#ifndef CMTOP_TEXT_TEXT_FORM_H
#define CMTOP_TEXT_TEXT_FORM_H

#include "cmtop/span.h"

enum text_form {
	FORM_UNKNOWN, /* too little was seen: read as FORM_BYTES */
	FORM_BYTES,   /* ASCII, UTF-8 or a code page */
	FORM_UTF16LE,
	FORM_UTF16BE,
	FORM_UTF32, /* in either order */
};

#define FORM_SAMPLE 1024 /* bytes that are looked at, at most */

static inline bool
form_is_utf16(enum text_form form)
{
	return form == FORM_UTF16LE || form == FORM_UTF16BE;
}

/* Of a file that holds `first` and then `more` at `offset`: by its mark, or by where its NULs stand. */
enum text_form text_form_of(struct span first, struct span more, uint64_t offset);

/* Where the first line ends, its newline counted; text.size: not in here. `before` is the byte that stands before the text. */
size_t text_form_line(enum text_form form, struct span text, uint64_t offset, unsigned char before, bool *ends);

#endif
