/*
 * Files of the server whose sizes are wanted: which are to be looked at now, and
 * what of the answers is believed. Somebody else looks.
 *
 *	sizes_want(sizes, path, now);                        a log has named it
 *	while ((file = sizes_next(sizes, now)) != SIZES_NONE)
 *		… look at sizes_path(sizes, file) …
 *	sizes_answer(sizes, file, &found, now);              for each of them
 *
 * A size is believed of a file that has rested for a while, or was the same at
 * two looks; a younger one is looked at until it rests. What is not there is
 * looked for again, ever more rarely. Times in milliseconds of any clock that
 * never goes back.
 */
#ifndef CMTOP_FILE_SIZES_H
#define CMTOP_FILE_SIZES_H

#include "cmtop/span.h"

#define SIZES_NONE UINT32_MAX

struct sizes;

/* What a look found. */
struct sized {
	bool there;      /* a regular file, and no link to one */
	uint64_t size;   /* bytes */
	int64_t changed; /* in whatever unit the file system has */
	int64_t age;     /* milliseconds since then, by our clock: negative where the clocks differ */
};

enum sizes_news {
	SIZES_NO_NEWS,
	SIZES_KNOWN,   /* it is this large */
	SIZES_DOUBTED, /* it is no longer as large as it was believed to be */
};

/* Files remembered at most; the one not named for longest makes room. NULL: out of memory. */
struct sizes *sizes_new(uint32_t most);
void sizes_free(struct sizes *sizes);

void sizes_want(struct sizes *sizes, struct span path, int64_t now);

/* One to be looked at now, what was named last first, each once until it is answered; SIZES_NONE: no more. */
uint32_t sizes_next(struct sizes *sizes, int64_t now);
struct span sizes_path(const struct sizes *sizes, uint32_t file);

/* What became of it: it was looked at, or nobody needs its size any more. */
enum sizes_news sizes_answer(struct sizes *sizes, uint32_t file, const struct sized *found, int64_t now);
void sizes_drop(struct sizes *sizes, uint32_t file);

/* What is believed of the i-th file that is remembered, below as many as can be. False: nothing is, or there is no such. */
bool sizes_known(const struct sizes *sizes, uint32_t i, uint64_t *out);

int64_t sizes_due(const struct sizes *sizes); /* when the next is to be looked at, INT64_MAX: none */
bool sizes_early(const struct sizes *sizes);  /* for some the first looks, which mostly tell all, are still to come */

#endif
