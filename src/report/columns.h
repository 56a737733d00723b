/*
 * The columns of each table, name by name: what JSON has as members of a row and
 * CSV as columns, so that the two cannot differ. Manuals are made from them too.
 */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include "cmtop/report.h"
#include "report/rows.h"

#define LOG_COLUMNS(_) \
	_(LOG_NAME,      "name",      "which log, such as sender") \
	_(LOG_PATH,      "path",      "where its newest generation is") \
	_(LOG_STATE,     "state",     "live, idle, waiting, denied, stalled, error or read") \
	_(LOG_ERROR,     "error",     "why it cannot be read") \
	_(LOG_BYTES,     "bytes",     "read") \
	_(LOG_RECORDS,   "records",   "whole records read") \
	_(LOG_UNKNOWN,   "unknown",   "of these, messages that nothing here understands") \
	_(LOG_DAMAGED,   "damaged",   "pieces that are no record") \
	_(LOG_ROLLOVERS, "rollovers", "times it rolled over while it was followed") \
	_(LOG_MISSED,    "missed",    "bytes known to be lost between two looks") \
	_(LOG_NEWEST,    "newest",    "time of the newest record")

#define JOB_COLUMNS(_) \
	_(JOB_REQUEST,     "request",     "send request id") \
	_(JOB_SITE,        "site",        "destination site") \
	_(JOB_PACKAGE,     "package",     "package id; null for replication, or not known yet") \
	_(JOB_VERSION,     "version",     "of the package") \
	_(JOB_KIND,        "kind",        "package, replication, or null until the file is named") \
	_(JOB_COMPONENT,   "component",   "the sender that runs the thread") \
	_(JOB_THREAD,      "thread",      "of the sender") \
	_(JOB_STATE,       "state",       "starting, connecting, sending or finishing") \
	_(JOB_ATTEMPT,     "attempt",     "1 at the first try") \
	_(JOB_POSITION,    "position",    "bytes of the package file that have arrived") \
	_(JOB_SIZE,        "size",        "bytes of the package file") \
	_(JOB_SIZE_SOURCE, "size_source", "exact, sched or estimate") \
	_(JOB_RATE,        "rate",        "bytes a second over the last 15 seconds of writes") \
	_(JOB_ETA,         "eta",         "seconds until it is done") \
	_(JOB_STARTED,     "started",     "when its thread was created") \
	_(JOB_LAST,        "last",        "when its thread was last heard") \
	_(JOB_STALLED,     "stalled",     "silent for six times its usual gap, at least a minute") \
	_(JOB_ERROR,       "error",       "first error since its last progress")

#define SITE_COLUMNS(_) \
	_(SITE_CODE,      "site",      "site code") \
	_(SITE_USED,      "used",      "sending slots in use") \
	_(SITE_CAPACITY,  "capacity",  "sending slots allowed, as last logged") \
	_(SITE_WAITING,   "waiting",   "sends that are due and that no thread carries") \
	_(SITE_DONE,      "done",      "package sends that ended well") \
	_(SITE_FAILED,    "failed",    "sends that failed") \
	_(SITE_BYTES,     "bytes",     "package bytes written, a resumed part not counted twice") \
	_(SITE_RATE,      "rate",      "bytes a second") \
	_(SITE_LAST_DONE, "last_done", "when a package send last ended well") \
	_(SITE_STATE,     "state",     "ok, full, blocked, throttled or stalled") \
	_(SITE_UNTIL,     "until",     "until when it is left alone")

#define PACKAGE_COLUMNS(_) \
	_(PACKAGE_ID,         "package",    "package id") \
	_(PACKAGE_NAME,       "name",       "as people call it") \
	_(PACKAGE_VERSION,    "version",    "newest seen") \
	_(PACKAGE_SIZE,       "size",       "bytes of one send of that version") \
	_(PACKAGE_WAITING,    "waiting",    "sends that are due and that no thread carries") \
	_(PACKAGE_RUNNING,    "running",    "sends under way") \
	_(PACKAGE_DONE,       "done",       "sends that ended well") \
	_(PACKAGE_FAILED,     "failed",     "sends that failed") \
	_(PACKAGE_BYTES_LEFT, "bytes_left", "of what waits and runs") \
	_(PACKAGE_ETA,        "eta",        "seconds until it is everywhere; null: not known")

/* JSON has the distribution points of a thread one by one instead of the last three. */
#define THREAD_COLUMNS(_) \
	_(THREAD_ID,          "thread",      "of the distribution manager") \
	_(THREAD_PACKAGE,     "package",     "package id") \
	_(THREAD_VERSION,     "version",     "of the package") \
	_(THREAD_PHASE,       "phase",       "what it is at") \
	_(THREAD_SINCE,       "since",       "since when it is at that") \
	_(THREAD_DPS_RUNNING, "dps_running", "distribution points it works on") \
	_(THREAD_DPS_DONE,    "dps_done",    "distribution points that are done") \
	_(THREAD_DPS_FAILED,  "dps_failed",  "distribution points that failed")

#define _(id, name, says) COLUMN_##id,
enum { LOG_COLUMNS(_) LOG_COLUMN_COUNT };
enum { JOB_COLUMNS(_) JOB_COLUMN_COUNT };
enum { SITE_COLUMNS(_) SITE_COLUMN_COUNT };
enum { PACKAGE_COLUMNS(_) PACKAGE_COLUMN_COUNT };
enum { THREAD_COLUMNS(_) THREAD_COLUMN_COUNT };
#undef _

#define COLUMNS_MOST 18

enum cell_kind { CELL_NULL, CELL_NUMBER, CELL_FLAG, CELL_TEXT, CELL_TIME };

/* All-zero is unknown. */
struct cell {
	enum cell_kind kind;
	int64_t     number;  /* of a time: milliseconds; of a flag: 0 or 1 */
	bool        zoned;
	const char *text;    /* the model's own */
};

struct column {
	const char *name;
	const char *says;
};

struct table {
	const char *word;    /* as --table has it */
	const struct column *columns;
	size_t      count;
};

extern const struct table report_tables[REPORT_TABLES];

/* Rows of the table among those collected, and the cells of one of them. */
size_t columns_rows(enum report_table table, const struct scene *scene, const struct rows *rows);
void   columns_fill(enum report_table table, const struct scene *scene, const struct rows *rows, size_t row,
                    struct cell cells[COLUMNS_MOST]);

/* Milliseconds as whole seconds, for people and scripts; negative: unknown. */
int64_t in_seconds(int64_t milliseconds);

#endif
