/*
 * Where paths of the site server are found here, as "E:\SMSPKG=/mnt/smspkg" says.
 *
 * Paths of the server are compared part by part, in either case and with either
 * slash. What a log says may be anything: it leads below the folder that it is
 * mapped to, or nowhere.
 */
#ifndef CMTOP_MAPPING_H
#define CMTOP_MAPPING_H

#include "cmtop/span.h"

#define MAPPINGS_MOST 16

struct mapping {
	struct span from, to; /* borrowed */
};

struct mappings {
	struct mapping row[MAPPINGS_MOST];
	size_t count;
};

/* One more, "FROM=TO", which must stay. NULL, or what is wrong with it. */
const char *mappings_add(struct mappings *mappings, const char *text);

/*
 * The place here, NUL-terminated: the longest FROM that fits wins, of the same
 * ones the last. Answers where in `out` the names from the server begin, behind
 * TO and a slash; 0: no FROM fits, the names lead elsewhere, or out is too small.
 */
size_t mappings_find(const struct mappings *mappings, struct span path, char *out, size_t size);

#endif
