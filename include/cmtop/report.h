/*
 * The model without a screen, through a sink: JSON, text, CSV, metrics, and one
 * line for monitoring.
 */
#ifndef CMTOP_REPORT_H
#define CMTOP_REPORT_H

#include "cmtop/scene.h"
#include "cmtop/sink.h"

#define PROGRAM_VERSION "0.2.0"

/* The snapshot of the contract, ending in a newline. False: out of memory, and what was put is not whole. */
bool report_json(const struct scene *scene, const struct sink *sink);

/* A page to read, without escape codes, 80 columns wide where it can be. */
void report_text(const struct scene *scene, const struct sink *sink);

/* The tables of --table: JSON has the same rows, its members are their columns. */
enum report_table {
	REPORT_JOBS,
	REPORT_SITES,
	REPORT_PACKAGES,
	REPORT_THREADS,
	REPORT_DPS,
	REPORT_TRANSFERS,
	REPORT_FAILURES,
	REPORT_ADVICE,
	REPORT_LOGS,
	REPORT_TABLES
};

const char *report_table_word(enum report_table table);                                      /* "jobs" */
bool report_column(enum report_table table, size_t i, const char **name, const char **says); /* false past the last */

/* RFC 4180 with a header. False as above. */
bool report_csv(const struct scene *scene, enum report_table table, const struct sink *sink);

/* Metrics for Prometheus and its like, ending in "# EOF". False: out of memory, and nothing was put. */
bool report_metrics(const struct scene *scene, const struct sink *sink);

struct metric_words {
	const char *name;  /* without its "cmtop_" */
	const char *type;  /* "counter", "gauge" */
	const char *label; /* "site", "log"; "" for none */
	const char *help;
};

bool report_metric(size_t i, struct metric_words *out); /* false past the last */

/* One line a transition, ending in a newline; false as above. */
bool report_event_json(const struct model *model, const struct transition *transition, const struct sink *sink);
void report_event_text(const struct model *model, const struct transition *transition, const struct sink *sink);

#endif
