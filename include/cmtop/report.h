/*
 * The model without a screen, through a sink: JSON, text, CSV, metrics, and one
 * line for monitoring.
 */
#ifndef CMTOP_REPORT_H
#define CMTOP_REPORT_H

#include "cmtop/entity.h"
#include "cmtop/scene.h"
#include "cmtop/sink.h"

#define PROGRAM_VERSION "0.2.0"

/* The snapshot as contrib/snapshot.schema.json has it, ending in a newline. False: out of memory, and a part was put. */
bool report_json(const struct scene *scene, const struct sink *sink);

/* A page to read, without escape codes, 80 columns wide where it can be. */
void report_text(const struct scene *scene, const struct sink *sink);

/* One of the tables below ENTITY_TABLES: RFC 4180 with a header. False as above. */
bool report_csv(const struct scene *scene, enum entity table, const struct sink *sink);

/* Metrics for Prometheus and its like, ending in "# EOF". False: out of memory, and nothing was put. */
bool report_metrics(const struct scene *scene, const struct sink *sink);

struct metric_words {
	const char *name;  /* without its "cmtop_" */
	const char *type;  /* "counter", "gauge" */
	const char *label; /* "site", "log"; "" for none */
	char help[128];    /* a whole sentence */
};

bool report_metric(size_t i, struct metric_words *out); /* false past the last */

/* One line a transition, ending in a newline; false as above. */
bool report_event_json(const struct model *model, const struct transition *transition, const struct sink *sink);
void report_event_text(const struct model *model, const struct transition *transition, const struct sink *sink);

#endif
