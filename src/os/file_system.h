/* What differs between systems about files, and nothing else; the rest is libuv's. */
#ifndef OS_FILE_SYSTEM_H
#define OS_FILE_SYSTEM_H

#include <stdbool.h>

#include <uv.h>

/*
 * The file system is this machine's own: its sizes and inodes are true, its
 * notifications tell of every change, and a file held open is in nobody's way.
 */
bool os_file_is_local(uv_file file);
bool os_folder_is_local(const char *path);

/* Where this user's programs keep what is worth keeping between two runs: $XDG_STATE_HOME or the like. False: nowhere. */
bool os_state_home(char *out, size_t size);

/*
 * A share's client may take what it knew a second ago for the size, and then reads no
 * further: asks the server now, where there is a way to.
 */
void os_file_ask_server(uv_file file);

/* Waits until a pipe has something to read or has come to its end, but no longer than so many milliseconds. */
void os_file_wait(uv_file file, int milliseconds);

#endif
