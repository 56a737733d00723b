/*
 * The one way in which anything is written to a file: gathered in memory, written
 * beside its place, then renamed, so that it is never seen half written. Never
 * among the logs, never through a link, never over anything but a plain file.
 */
#ifndef LIVE_WHOLE_H
#define LIVE_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "cmtop/sink.h"
#include "os/detached_task.h"

struct whole {
	struct sink sink;   /* gathers */
	char  *text;
	size_t size, room;
	bool   no_memory;
};

void whole_open(struct whole *whole);
void whole_close(struct whole *whole);

/* Positive values of what the functions below answer; negative ones are libuv's. */
enum whole_error {
	WHOLE_AMONG_LOGS = 1,  /* in the folder of the logs, or below it */
	WHOLE_LOG,             /* a log under another name */
	WHOLE_LINK,
	WHOLE_FOLDER,
	WHOLE_FIFO,
	WHOLE_DEVICE,
	WHOLE_SOCKET,
};

const char *whole_error_text(int error);  /* of either kind; "" for 0 */

enum whole_way {
	WHOLE_NEW,      /* UV_EEXIST where there is something */
	WHOLE_REPLACE,  /* a file that is there, whose permissions are kept */
	WHOLE_TRY,      /* nothing: only whether it could be replaced */
};

/*
 * With the permissions `mode` where there is no file yet. 0, or why not: then what
 * was at `path` is as it was, and nothing is left beside it. May block, for ever
 * where a folder does not answer.
 */
int whole_write(const struct whole *whole, const char *path, int mode, enum whole_way way);

/* The same as an errand. NULL: it could not be sent. */
struct errand *whole_send(const struct whole *whole, const char *path, int mode, enum whole_way way);

/*
 * The same, where making the text takes its time too: it is made in the errand, of what the
 * errand has a copy of, and where it has none, before. False of `make`: out of memory.
 */
typedef bool   whole_make(void *payload, const struct sink *sink);
struct errand *whole_send_made(whole_make *make, void *payload, const char *path, int mode, enum whole_way way);

int            whole_result(struct errand *errand);  /* of one that is no longer out */

/* Nothing may be written in this folder. */
bool whole_forbids(const char *folder);

/* The folder `path`, and at most so many of those above it, where they are not there. 0, or why not. */
int whole_make_folder(const char *path, int most);

#endif
