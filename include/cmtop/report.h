/*
 * The model without a screen: JSON and text, through a sink.
 */
#ifndef CMTOP_REPORT_H
#define CMTOP_REPORT_H

#include "cmtop/scene.h"
#include "cmtop/sink.h"

#define PROGRAM_VERSION "0.1.0"

/* The snapshot of the contract, ending in a newline. False: out of memory, and what was put is not whole. */
bool report_json(const struct scene *scene, const struct sink *sink);

/* A page to read, without escape codes, 80 columns wide where it can be. */
void report_text(const struct scene *scene, const struct sink *sink);

/* One line a happening, ending in a newline; false as above. */
bool report_event_json(const struct model *model, const struct happening *happening, const struct sink *sink);
void report_event_text(const struct model *model, const struct happening *happening, const struct sink *sink);

#endif
