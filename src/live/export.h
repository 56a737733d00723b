/*
 * What the user wants in a file: never over another one unasked.
 */
#ifndef LIVE_EXPORT_H
#define LIVE_EXPORT_H

#include "cmtop/ui.h"

/* Writes what the ui wants exported and tells it how that went. */
void export_rows(struct ui *ui, const struct scene *scene);

#endif
