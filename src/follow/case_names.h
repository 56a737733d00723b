/*
 * Names of files that may be there in another letter case, and may be no files.
 * Everything here may block.
 */
#ifndef FOLLOW_CASE_NAMES_H
#define FOLLOW_CASE_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include <uv.h>

struct name {
	char *asked;     /* as it was given; NULL: there is no such file */
	char *folder;    /* that it is in */
	char *found;     /* in the letter case it was last found in, NULL: as asked */
	int64_t listed;  /* mtime of the folder when it was listed, in nanoseconds */
	unsigned misses; /* since then */
};

/* False: out of memory; name_destroy() is right all the same. */
bool name_of_log(struct name *name, const char *path);
bool name_of_previous(struct name *name, const char *path); /* of "sender.log": "sender.lo_" */
void name_destroy(struct name *name);

/* 0, a negative libuv error, or a positive opening_error. */
int name_open(struct name *name, uv_file *out);

int64_t name_nanoseconds(uv_timespec_t time);

#endif
