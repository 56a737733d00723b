/*
 * How languages call the months and the days of the week.
 */
#ifndef PARSE_DATES_LANGUAGE_NAMES_H
#define PARSE_DATES_LANGUAGE_NAMES_H

#include <stddef.h>

struct language {
	const char *code;   /* ISO 639 */
	const char *months; /* "mär/märz|apr|…", twelve from January; empty: they are numbers */
	const char *days;   /* seven from Sunday */
};

/* NULL past the last. */
const struct language *language_at(size_t i);

#endif
