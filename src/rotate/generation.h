/*
 * One generation of a log: a file that was X.log, is it now, or will have been.
 * It keeps its identity while its name, its inode and its size change.
 */
#ifndef ROTATE_GENERATION_H
#define ROTATE_GENERATION_H

#include "cmtop/rotate.h"

#define HEAD_MORE 32
#define HEAD_ENOUGH \
	128 /* a first record with its time fits: after what all begin with, no other file goes on like this */

struct generation {
	char head[ROTATION_HEAD];
	size_t head_size;
	char anchor[ROTATION_ANCHOR];
	size_t anchor_size;
	uint64_t offset; /* told up to here */
	uint64_t size;   /* the most that was seen of it */
	uint64_t device, inode;
	int64_t changed, born;
	bool unlinked;
	int slot;       /* held there, -1: not held */
	bool was_there; /* before we came: its end is no roll-over that we saw */
	bool between;   /* found under X.lo_ without having been seen as X.log */
	bool after_gap; /* others came and went before it, and nobody saw them */
};

enum likeness {
	LIKE_SAME,    /* as far as it can be seen, the same generation */
	LIKE_SHORTER, /* what there is agrees, but what was there before is missing */
	LIKE_OTHER,
};

struct generation generation_of(const struct seen *seen);

/* `look` is what was asked: it says where seen->data belongs. */
enum likeness generation_like(const struct generation *g, const struct look *look, const struct seen *seen);

/* Two files begin alike, as far as both go. */
bool heads_agree(const char *a, size_t a_size, const char *b, size_t b_size);

/* The first is the second, or a copy of it. */
bool begin_alike(const struct generation *a, const struct generation *b, size_t enough);

/* Bytes with which both begin. */
size_t common_head(const struct generation *a, const struct generation *b);

/* Where the file is the same by device and inode. True on a local file system, a hint elsewhere. */
bool same_file(const struct generation *g, const struct seen *seen);

/*
 * The file seen under X.lo_ is this generation. A `copy` of it counts only where
 * the log is known to have been emptied in place.
 */
bool generation_is(const struct generation *g, const struct seen *seen, bool copy, size_t enough);

void generation_learn(struct generation *g, const struct seen *seen);       /* of a look that was LIKE_SAME */
void generation_take(struct generation *g, const char *bytes, size_t size); /* moves the offset */

/* The bytes told so far end within a line. */
bool generation_midline(const struct generation *g);

#endif
