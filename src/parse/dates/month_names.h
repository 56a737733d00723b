/*
 * What a name of a month or a day may mean, in each language and in any.
 *
 * Names are compared whole, without the point at their end, letters of any script in
 * either case. What could not be decoded ("\xFC", "?", bytes that are no UTF-8) stands
 * for any letters that are not ASCII.
 */
#ifndef PARSE_DATES_MONTH_NAMES_H
#define PARSE_DATES_MONTH_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/span.h"

#define NAME_BYTES 80

#define MONTH_BITS 0x1ffeu /* bit 1: January */
#define DAY_BITS   0x7fu   /* bit 0: Sunday */

/* A name made comparable. */
struct plain_name {
	uint8_t size;
	bool unsure;           /* it has letters that could not be decoded */
	char text[NAME_BYTES]; /* NUL-terminated */
};

/* False: it is empty, or too long to be a name. */
bool name_plain(struct span name, struct plain_name *out);

/* The month of an English name or of a number ("3", "03", "3月"), in any language the same; 0: neither. */
int month_plain(struct span name);

/* The months that it may mean, a bit for each; 0: the language has no such name. `language` past the last: in any. */
unsigned month_meanings(const struct plain_name *name, size_t language);
unsigned day_meanings(const struct plain_name *name, size_t language);

#define ANY_LANGUAGE SIZE_MAX

/*
 * Some language has both names. A month that only languages have which do not know the day may have another meaning here:
 * there are so many languages that most three letters are a month in one of them.
 */
bool share_language(struct span day, struct span month);

#endif
