/*
 * What the dashboard says below its panes when the program notices something.
 */
#ifndef CLI_NOTICES_H
#define CLI_NOTICES_H

#include "cmtop/ui.h"

/* Bytes of this log were not read; 0: nobody knows how many. */
void notice_lost(struct ui *ui, const struct scene *scene, size_t log, uint64_t missed);

/* Sizes of files cannot be looked up in the folder. `error`: of libuv. */
void notice_unmapped(struct ui *ui, const struct scene *scene, const char *folder, int error);

/* `error`: as atomic_file_error_text() knows it. */
void notice_unsaved(struct ui *ui, const struct scene *scene, const char *path, int error);

#endif
