/*
 * Exports: never overwrites a file without a question, and never makes the loop wait
 * for a folder that does not answer.
 */
#ifndef STORE_EXPORT_FILE_H
#define STORE_EXPORT_FILE_H

#include <stdbool.h>

#include <uv.h>

#include "store/atomic_file.h"

struct export
{
	uv_timer_t timer;
	struct detached_task *detached_task; /* NULL: none is out */
	uint64_t wait;                       /* for it, until the next look */
	uint64_t sent;                       /* when it was, on the loop's clock */
	bool told;                           /* that it takes long */
	void (*done)(void *payload);
	void *payload;
};

/* `done` is called on the loop when an export is over that export_start() did not wait for, or takes long. */
void export_open(struct export *export, uv_loop_t *loop, void (*done)(void *payload), void *payload);
void export_close(struct export *export); /* one that hangs is left to itself */

enum export_state {
	EXPORT_RUNNING, /* `done` will be called */
	EXPORT_DONE,
	EXPORT_EXISTS, /* there is a file already, and `over` was not said */
	EXPORT_FAILED,
};

/*
 * Writes what `make` makes to a file: over one that is there if `over`. Both answer how it
 * went, `why` of a failure. export_result() is for whoever was called by `done`: what takes
 * long has failed for it, and the words tell that it may come to its end yet.
 */
enum export_state export_start(struct export *export, atomic_file_make *make, void *payload, const char *path,
                               bool over, const char **why);
enum export_state export_result(struct export *export, const char **why);

#endif
