/*
 * How long ago a file was changed. On this machine's own disk our clock tells. A share's files are stamped by the clock of
 * a server that may be set otherwise: there the newest file of the folder says what time it is.
 */
#ifndef FOLLOW_FILE_AGE_H
#define FOLLOW_FILE_AGE_H

#include <stdbool.h>
#include <stdint.h>

#include <uv.h>

/* Milliseconds that the clock of a folder's server is behind ours, as far as its files tell. May block. */
int64_t folder_clock_behind(const char *folder);

/* Milliseconds since the file was changed, by a clock that is so far behind ours. */
int64_t file_age(const uv_stat_t *stat, int64_t behind);

int64_t file_changed(const uv_stat_t *stat); /* UTC, as the file system says */

#endif
