/*
 * What the user wants in a file: never over another one unasked, and never with
 * the loop waiting for a folder that does not answer.
 */
#ifndef STORE_EXPORT_FILE_H
#define STORE_EXPORT_FILE_H

#include <stdbool.h>

#include <uv.h>

#include "cmtop/ui.h"
#include "os/detached_task.h"

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

/* `done` is called on the loop when one is over that export_rows() did not wait for, or takes long: then export_tell() tells how. */
void export_open(struct export *export, uv_loop_t *loop, void (*done)(void *payload), void *payload);
void export_close(struct export *export); /* one that hangs is left to itself */

/* Writes what the ui wants exported and tells it how that went, at once or later. */
void export_rows(struct export *export, struct ui *ui, const struct scene *scene);
void export_tell(struct export *export, struct ui *ui, const struct scene *scene);

#endif
