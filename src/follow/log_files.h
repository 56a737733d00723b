/*
 * A log and its previous generation in the outside world. Every function here
 * may block, for ever where a share hangs: only a worker calls them.
 */
#ifndef FOLLOW_LOG_FILES_H
#define FOLLOW_LOG_FILES_H

#include "cmtop/rotate.h"
#include "os/open_file.h" /* whose errors are those of seen.error */

#define FILES_CHUNK (256 * 1024)                /* new bytes that a look wants at most, */
#define FILES_DATA  (FILES_CHUNK + TAIL_ANCHOR) /* and with those before them */

struct files;

/* What is read goes into `data`, which has room for FILES_DATA bytes. NULL: out of memory. */
struct files *files_new(const char *path, char *data);
void files_free(struct files *files);

/* seen->data is valid until the next look that wants bytes. */
void files_look(struct files *files, const struct look *look, struct seen *seen);

#endif
