/*
 * The one way in which anything is opened to be read. It never waits: a FIFO that
 * nobody writes to, a device or a socket in the place of a file is told, not
 * waited for. On a share that hangs it may block all the same, as any look does.
 */
#ifndef OS_OPEN_FILE_H
#define OS_OPEN_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include <uv.h>

/* Positive values of an error; negative ones are libuv's. */
enum opening_error {
	OPENING_DANGLING = 1, /* a symbolic link to nothing */
	OPENING_FOLDER,       /* no regular file, from here on */
	OPENING_FIFO,
	OPENING_DEVICE,
	OPENING_SOCKET,
	OPENING_SILENT, /* a pipe that nobody writes to */
	OPENING_CUT,    /* it became shorter while it was read */
	OPENING_UTF32,  /* its characters are of four bytes each */
};

/* A regular file, also behind a link. 0, a negative libuv error or an opening_error. */
int opening_file(const char *path, uv_file *out);

/* Likewise, and a pipe as well: `<(zcat sender.log.gz)`. Reading it answers UV_EAGAIN while there is nothing. */
int opening_stream(const char *path, uv_file *out, bool *pipe);

/* What is wrong with something of this mode as a file: 0 or an opening_error. */
int opening_strangeness(uint64_t mode);

/* The beginning of a regular file as text, to be freed; NULL: it cannot be read. */
char *opening_text(const char *path, size_t most);

const char *opening_error_text(int error); /* of either kind; "" for 0 */

#endif
