/*
 * libuv's calls on files, done at once: each may block as long as the file system
 * does not answer. 0, or a negative libuv error.
 */
#ifndef OS_FILE_CALLS_H
#define OS_FILE_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uv.h>

int os_stat(const char *path, uv_stat_t *out);  /* of what a link leads to */
int os_lstat(const char *path, uv_stat_t *out); /* of the link itself */
int os_fstat(uv_file file, uv_stat_t *out);

bool os_is_regular(const uv_stat_t *stat);
bool os_is_folder(const uv_stat_t *stat);
bool os_is_link(const uv_stat_t *stat);

/* One read at `offset`, -1: where the file stands. Bytes, 0: its end. */
int os_read(uv_file file, char *bytes, size_t size, int64_t offset);
void os_close(uv_file file);

#endif
