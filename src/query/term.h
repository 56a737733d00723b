/*
 * One term of a filter: a field, a pattern or a comparison, perhaps turned round.
 */
#ifndef QUERY_TERM_H
#define QUERY_TERM_H

#include "cmtop/pattern.h"
#include "cmtop/query.h"

enum term_field {
	TERM_ANY, /* site, package id or package name */
	TERM_SITE,
	TERM_PACKAGE,
	TERM_NAME,
	TERM_STATE,
	TERM_SERVER,
	TERM_TRY,
	TERM_SIZE,
	TERM_RATE,
	TERM_AGE,
	TERM_TEXT,
	TERM_COUNT
};

enum comparison { IS_EQUAL, IS_ABOVE, IS_AT_LEAST, IS_BELOW, IS_AT_MOST };

struct term {
	struct span word; /* as typed, borrowed from the query's text */
	enum term_field field;
	bool negative;
	bool empty;              /* says nothing yet, "site:": everything fits */
	bool off;                /* took too long */
	struct pattern *pattern; /* of words; NULL: numbers */
	enum comparison comparison;
	double number; /* bytes, bytes per second, seconds, a count */
};

bool term_asks_for(const struct term *term, const char *word); /* as in "size:>1G" */

/* False: broken; error->at counts from the word's first byte. */
bool term_parse(struct span word, struct term *out, struct query_error *error);
void term_clear(struct term *term);

/* Whether the term's pattern is found; a pattern that takes too long turns the term off. */
bool term_finds(struct term *term, const char *text);

bool term_compares(const struct term *term, double number); /* false for a negative one: unknown */

#endif
