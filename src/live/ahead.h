/*
 * A file read ahead: while one piece is being understood, a thread of its own
 * fetches the next.
 */
#ifndef LIVE_AHEAD_H
#define LIVE_AHEAD_H

#include <stddef.h>
#include <sys/types.h>
#include <uv.h>

struct ahead;

/* NULL: no memory or no thread; the file is then to be read as it is. */
struct ahead *ahead_new(uv_file file);

/*
 * The next piece, lent until the next call: its bytes, 0 at the end of the file,
 * or a negative libuv error; no call after either.
 */
ssize_t ahead_next(struct ahead *ahead, const char **bytes);

void ahead_free(struct ahead *ahead);  /* waits for a read under way; the file stays open */

/*
 * Room for a piece, on a page's border: the system copies there several times as
 * fast as elsewhere. *memory is what to free().
 */
#define PIECE (128 * 1024)

char *piece_new(char **memory);  /* NULL: out of memory */

/* Reads a piece; libuv's way of answering. */
ssize_t piece_read(uv_file file, char *piece);

#endif
