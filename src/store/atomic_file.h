/*
 * All files are written by this: the content is collected in memory, written to a
 * temporary file in the same folder, then renamed, so that nobody reads half a file. Never
 * among the logs, never through a link, never over anything but a plain file.
 */
#ifndef STORE_ATOMIC_FILE_H
#define STORE_ATOMIC_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "cmtop/sink.h"
#include "os/detached_task.h"

struct atomic_file {
	struct sink sink; /* gathers */
	char *text;
	size_t size, capacity;
	bool no_memory;
};

void atomic_file_init(struct atomic_file *content);
void atomic_file_destroy(struct atomic_file *content);

/* Positive values of what the functions below answer; negative ones are libuv's. */
enum atomic_file_error {
	REFUSED_AMONG_LOGS = 1, /* in the folder of the logs, or below it */
	REFUSED_LOG,            /* a log under another name */
	REFUSED_LINK,
	REFUSED_FOLDER,
	REFUSED_FIFO,
	REFUSED_DEVICE,
	REFUSED_SOCKET,
};

const char *atomic_file_error_text(int error); /* of either kind; "" for 0 */

enum atomic_file_way {
	ATOMIC_NEW,     /* UV_EEXIST where there is something */
	ATOMIC_REPLACE, /* a file that is there, whose permissions are kept */
	ATOMIC_TRY,     /* nothing: only whether it could be replaced */
};

/*
 * With the permissions `mode` where there is no file yet. 0, or why not: then what
 * was at `path` is as it was, and nothing is left beside it. May block, for ever
 * where a folder does not answer.
 */
int atomic_file_write(const struct atomic_file *content, const char *path, int mode, enum atomic_file_way way);

/* The same as a detached task. NULL: it could not be sent. */
struct detached_task *atomic_file_send(const struct atomic_file *content, const char *path, int mode,
                                       enum atomic_file_way way);

/*
 * The same, where making the text takes its time too: it is made in the detached task, of what the
 * task has a copy of, and where it has none, before. False of `make`: out of memory.
 */
typedef bool atomic_file_make(void *payload, const struct sink *sink);
struct detached_task *atomic_file_send_made(atomic_file_make *make, void *payload, const char *path, int mode,
                                            enum atomic_file_way way);

int atomic_file_result(struct detached_task *detached_task); /* of one that is no longer out */

/* Nothing may be written in this folder. */
bool atomic_file_forbids(const char *folder);

/* The folder `path`, and at most so many of those above it, where they are not there. 0, or why not. */
int atomic_file_make_folder(const char *path, int most);

#endif
