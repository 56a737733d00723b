/*
 * The rows that the user wants in a file: how it went is told to the user interface.
 */
#ifndef CLI_ROW_EXPORT_H
#define CLI_ROW_EXPORT_H

#include "cmtop/ui.h"
#include "store/export_file.h"

/* Writes what the ui wants exported and tells it how that went, at once or when the file system answers. */
void row_export_start(struct export *export, struct ui *ui, const struct scene *scene, bool ascii);

/* For whoever was told that it is over. */
void row_export_finish(struct export *export, struct ui *ui, const struct scene *scene);

#endif
