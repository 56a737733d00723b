/*
 * All figures of all rows at two moments, and in what they differ.
 */
#ifndef REPORT_COMPARISON_H
#define REPORT_COMPARISON_H

#include "cmtop/arena.h"
#include "cmtop/fields.h"

/* One row as it was. Rows of one entity with equal keys are the same thing at two moments. */
struct copied_row {
	enum entity entity;
	uint64_t key, key_more;
	size_t place;        /* among the rows of its moment */
	const char *label;   /* "site S14" */
	const char **values; /* one a field of the entity, "" for not known */
};

struct copied_rows {
	struct copied_row *rows; /* by entity and key */
	size_t count;
};

/* Copies everything into the arena. False: out of memory. */
bool copied_rows_take(struct copied_rows *out, struct arena *arena, const struct scene *scene);

enum difference_kind { DIFFERENCE_CHANGED, DIFFERENCE_NEW, DIFFERENCE_GONE };

/* Of a row that is new there is one with the kind, and then one for each value that says something. */
struct difference {
	enum difference_kind kind;
	const char *label;
	const struct field *field;  /* NULL: of the row as such */
	const char *before, *after; /* "" for not known; of a new row `before` is NULL */
};

/* Tells each difference, in the order of entities and keys; answers how many there are. */
size_t copied_rows_compare(const struct copied_rows *before, const struct copied_rows *after,
                           void (*take)(void *payload, const struct difference *difference), void *payload);

#endif
