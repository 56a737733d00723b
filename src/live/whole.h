/*
 * A file that is never seen half written: gathered in memory, written beside its
 * place, then renamed.
 */
#ifndef LIVE_WHOLE_H
#define LIVE_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "cmtop/sink.h"

struct whole {
	struct sink sink;   /* gathers */
	char  *text;
	size_t size, room;
	bool   no_memory;
};

void whole_open(struct whole *whole);
void whole_close(struct whole *whole);

/*
 * With the permissions `mode`. 0, or a negative libuv error: then what was at
 * `path` is as it was, and nothing is left beside it.
 */
int whole_write(const struct whole *whole, const char *path, int mode);

/* Whether that would work, as far as can be known before there is something to write. */
int whole_try(const char *path);

#endif
