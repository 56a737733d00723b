/*
 * A log and its previous generation in the outside world. Every function here
 * may block, for ever where a share hangs: only a thread of its own calls them.
 */
#ifndef LIVE_FILES_H
#define LIVE_FILES_H

#include "cmtop/tail.h"

#define FILES_CHUNK (256 * 1024)  /* bytes a look reads at most, for the tail */

/* Positive values of seen.error; negative ones are libuv's. */
enum files_error {
	FILES_DANGLING = 1,  /* SEEN_ABSENT: a symbolic link to nothing */
	FILES_FOLDER,        /* SEEN_STRANGE from here on */
	FILES_FIFO,
	FILES_DEVICE,
	FILES_SOCKET,
};

struct files;

struct files *files_new(const char *path);  /* NULL: out of memory */
void          files_free(struct files *files);

/* seen->data is valid until the next look that wants bytes. */
void files_look(struct files *files, const struct look *look, struct seen *seen);

/* The name under which the log was last found, in its own letter case. */
const char *files_name(const struct files *files);

const char *files_error_text(int error);  /* "" for 0 */

#endif
