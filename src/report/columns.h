/*
 * The columns of each table, name by name: what JSON has as members of a row and
 * CSV as columns, so that the two cannot differ. Manuals are made from them too.
 */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include "cmtop/report.h"
#include "report/rows.h"

/* clang-format off */
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
	_(JOB_ERROR,       "error",       "first error since its last progress") \
	_(JOB_THROTTLED,   "throttled",   "a rate limit or pulse mode makes it pause")

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
	_(SITE_STATE,     "state",     "ok, full, blocked, throttled, stalled or queued") \
	_(SITE_UNTIL,     "until",     "until when it is left alone") \
	_(SITE_AHEAD,     "ahead",     "of a site that is queued: sends that come first")

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
/* clang-format on */

/* JSON has the distribution points of a thread one by one instead of the counts at the end. */
/* clang-format off */
#define THREAD_COLUMNS(_) \
	_(THREAD_ID,          "thread",      "of the distribution manager") \
	_(THREAD_PACKAGE,     "package",     "package id") \
	_(THREAD_VERSION,     "version",     "of the package") \
	_(THREAD_PHASE,       "phase",       "what it is at") \
	_(THREAD_SINCE,       "since",       "since when it is at that") \
	_(THREAD_LAST,        "last",        "when it was last heard") \
	_(THREAD_STALLED,     "stalled",     "silent for far longer than its phase usually takes") \
	_(THREAD_ERROR,       "error",       "its first error") \
	_(THREAD_DPS_RUNNING, "dps_running", "distribution points it works on") \
	_(THREAD_DPS_DONE,    "dps_done",    "distribution points that are done") \
	_(THREAD_DPS_ENDED,   "dps_ended",   "distribution points whose thread ended without saying how") \
	_(THREAD_DPS_FAILED,  "dps_failed",  "distribution points that failed")
/* clang-format on */

/* In JSON the first four are members of their thread's `dps`, and the others those of the thread. */
/* clang-format off */
#define DP_COLUMNS(_) \
	_(DP_THREAD,         "thread",         "DP thread of the distribution manager") \
	_(DP_DP,             "dp",             "distribution point") \
	_(DP_STATE,          "state",          "running, done, ended (without a word of success or failure) or failed") \
	_(DP_TEXT,           "text",           "its error, or what was said of its end") \
	_(DP_PACKAGE,        "package",        "package id") \
	_(DP_VERSION,        "version",        "of the package") \
	_(DP_PACKAGE_THREAD, "package_thread", "the package thread that it works for")

#define TRANSFER_COLUMNS(_) \
	_(TRANSFER_JOB,           "job",           "number of the transfer job") \
	_(TRANSFER_PACKAGE,       "package",       "package id") \
	_(TRANSFER_VERSION,       "version",       "of the package") \
	_(TRANSFER_DP,            "dp",            "distribution point") \
	_(TRANSFER_THREADS,       "threads",       "numbers of the threads at work on it") \
	_(TRANSFER_STATE,         "state",         "waiting, sending, notified (a pull DP), retry, failed or done") \
	_(TRANSFER_BYTES,         "bytes",         "written, over all files and attempts") \
	_(TRANSFER_SIZE,          "size",          "bytes of the package's source: an estimate") \
	_(TRANSFER_RATE,          "rate",          "bytes a second over the last 15 seconds") \
	_(TRANSFER_ATTEMPTS,      "attempts",      "how often it was begun") \
	_(TRANSFER_FAILURES,      "failures",      "how often it failed, as the log counts") \
	_(TRANSFER_RESTART,       "restart",       "when it is tried again; null: not said, or the text cannot be read for certain") \
	_(TRANSFER_RESTART_TEXT,  "restart_text",  "that text, where it cannot be read") \
	_(TRANSFER_PRIORITY,      "priority",      "1 high, 2 medium, 3 low") \
	_(TRANSFER_PULL,          "pull",          "the distribution point fetches for itself") \
	_(TRANSFER_THROTTLED,     "throttled",     "only one connection is allowed, or a rate limit makes it pause") \
	_(TRANSFER_LIMIT_PERCENT, "limit_percent", "per cent of its speed that a rate limit leaves it") \
	_(TRANSFER_STALLED,       "stalled",       "silent for six times its usual gap, at least ten minutes") \
	_(TRANSFER_ERROR,         "error",         "first error since its last progress") \
	_(TRANSFER_LAST,          "last",          "when one of its threads was last heard")

#define FAILURE_COLUMNS(_) \
	_(FAILURE_TIME,       "time",       "when it was said") \
	_(FAILURE_LOG,        "log",        "which log said it") \
	_(FAILURE_KIND,       "kind",       "what went wrong: send, package, dp, transfer, replication or component") \
	_(FAILURE_SITE,       "site",       "destination site") \
	_(FAILURE_PACKAGE,    "package",    "package id") \
	_(FAILURE_VERSION,    "version",    "of the package") \
	_(FAILURE_DP,         "dp",         "distribution point") \
	_(FAILURE_REQUEST,    "request",    "send request id") \
	_(FAILURE_THREAD,     "thread",     "that said it") \
	_(FAILURE_ATTEMPT,    "attempt",    "1 at the first try") \
	_(FAILURE_CODE,       "code",       "error code: decimal as Windows numbers it, or 0x… of a component") \
	_(FAILURE_MEANING,    "meaning",    "what the code means") \
	_(FAILURE_TEXT,       "text",       "what the log says") \
	_(FAILURE_RETRY,      "retry",      "when it is tried again; null: not said, or the text cannot be read for certain") \
	_(FAILURE_RETRY_TEXT, "retry_text", "that text, where it cannot be read; or how often it has been tried so far")
/* clang-format on */

#define ADVICE_COLUMNS(_) \
	_(ADVICE_CODE, "code", "a word for what was found") \
	_(ADVICE_TEXT, "text", "the evidence, in figures") \
	_(ADVICE_SETTING, "setting", "which setting rules it, in today's console") \
	_(ADVICE_BEFORE, "setting_2007", "and in that of 2007")

#define _(id, name, says) COLUMN_##id,
enum { LOG_COLUMNS(_) LOG_COLUMN_COUNT };
enum { JOB_COLUMNS(_) JOB_COLUMN_COUNT };
enum { SITE_COLUMNS(_) SITE_COLUMN_COUNT };
enum { PACKAGE_COLUMNS(_) PACKAGE_COLUMN_COUNT };
enum { THREAD_COLUMNS(_) THREAD_COLUMN_COUNT };
enum { DP_COLUMNS(_) DP_COLUMN_COUNT };
enum { TRANSFER_COLUMNS(_) TRANSFER_COLUMN_COUNT };
enum { FAILURE_COLUMNS(_) FAILURE_COLUMN_COUNT };
enum { ADVICE_COLUMNS(_) ADVICE_COLUMN_COUNT };
#undef _

#define COLUMNS_MOST 20

enum cell_kind {
	CELL_NULL,
	CELL_NUMBER,
	CELL_FLAG,
	CELL_TEXT,
	CELL_TIME,
	CELL_CODE,    /* an error code */
	CELL_NUMBERS, /* a list of numbers; one field of a CSV, with blanks between */
};

/* All-zero is unknown. */
struct cell {
	enum cell_kind kind;
	int64_t number; /* of a time: milliseconds; of a flag: 0 or 1 */
	bool zoned;
	const char *text;        /* the model's own */
	const uint32_t *numbers; /* likewise; `number` says how many */
};

#define CODE_TEXT 12 /* as error_code_text() writes it */

struct column {
	const char *name;
	const char *says;
};

struct table {
	const char *word; /* as --table has it */
	const struct column *columns;
	size_t count;
};

extern const struct table report_tables[REPORT_TABLES];

/* Rows of the table among those collected, and the cells of one of them. */
size_t columns_rows(enum report_table table, const struct scene *scene, const struct rows *rows);
void columns_fill(enum report_table table, const struct scene *scene, const struct rows *rows, size_t row,
                  struct cell cells[COLUMNS_MOST]);

#endif
