/*
 * One term of a filter: a field, a pattern or a comparison, perhaps turned round.
 */
#ifndef QUERY_TERM_H
#define QUERY_TERM_H

#include "cmtop/pattern.h"
#include "cmtop/query.h"

enum field {
	FIELD_ANY, /* site, package id or package name */
	FIELD_SITE,
	FIELD_PACKAGE,
	FIELD_NAME,
	FIELD_STATE,
	FIELD_SERVER,
	FIELD_TEXT,
	FIELD_TRY,
	FIELD_SIZE,
	FIELD_RATE,
	FIELD_AGE,
	FIELD_COUNT
};

enum comparison { IS_EQUAL, IS_ABOVE, IS_AT_LEAST, IS_BELOW, IS_AT_MOST };

struct term {
	struct span word; /* as typed, borrowed from the query's text */
	enum field field;
	bool negative;
	bool empty;              /* says nothing yet, "site:": everything fits */
	bool off;                /* took too long */
	struct pattern *pattern; /* of words; NULL: numbers */
	enum comparison comparison;
	double number; /* bytes, bytes per second, seconds, a count */
};

/* False: broken; error->at counts from the word's first byte. */
bool term_parse(struct span word, struct term *out, struct query_error *error);
void term_clear(struct term *term);

/* Whether the term's pattern is found; a pattern that takes too long turns the term off. */
bool term_finds(struct term *term, const char *text);

bool term_compares(const struct term *term, double number); /* false for a negative one: unknown */

#endif
