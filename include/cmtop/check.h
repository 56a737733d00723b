/*
 * Conditions on figures, for monitoring: 'waiting>3000,warn:stalled>0'. A condition
 * that holds is critical, one after "warn:" warns; one about a figure that is not
 * known is unknown, which weighs less than either.
 *
 *	check     = condition { "," condition }
 *	condition = [ "warn:" ] name ( ">" | ">=" | "<" | "<=" | "=" ) number
 *
 * Numbers of seconds may end in s, m, h or d.
 */
#ifndef CMTOP_CHECK_H
#define CMTOP_CHECK_H

#include "cmtop/scene.h"
#include "cmtop/sink.h"

/* Their numbers are the exit codes of the plugin convention. */
enum verdict { VERDICT_OK, VERDICT_WARNING, VERDICT_CRITICAL, VERDICT_UNKNOWN };

/* The figures, in the order of the performance data. */
/* clang-format off */
#define CHECK_FIGURES(_) \
	_(WAITING,       "waiting",       "",  "sends that are due and that no thread carries") \
	_(USED,          "used",          "",  "sending slots in use, all sites") \
	_(CAPACITY,      "capacity",      "",  "sending slots allowed, all sites") \
	_(FAILED,        "failed",        "",  "sends that failed") \
	_(STALLED,       "stalled",       "",  "sends that have fallen silent") \
	_(SILENT,        "silent",        "s", "seconds since the newest record of any log, by the clock") \
	_(ETA,           "eta",           "s", "seconds until the backlog is empty; never is more than any") \
	_(DONE_PER_HOUR, "done_per_hour", "",  "sends done, over the last hour of the logs") \
	_(RETRYING,      "retrying",      "",  "sends and transfers that failed and will be tried again") \
	_(TRANSFERS,     "transfers",     "",  "transfers to distribution points under way") \
	_(TRANSFERS_FAILED,  "transfers_failed",  "", "transfers to distribution points that were given up") \
	_(TRANSFERS_STALLED, "transfers_stalled", "", "transfers to distribution points that have fallen silent") \
	_(THREADS_STALLED,   "threads_stalled",   "", "package threads that have fallen silent")
/* clang-format on */

enum check_figure {
#define _(figure, word, unit, says) CHECK_##figure,
	CHECK_FIGURES(_)
#undef _
		CHECK_FIGURE_COUNT
};

const char *check_figure_word(enum check_figure figure);

struct check;

struct check_error {
	size_t at;        /* byte of the text where it broke */
	const char *text; /* what is wrong */
};

/* NULL: broken, or out of memory; see `error`. */
struct check *check_new(struct span text, struct check_error *error);
void check_free(struct check *check);

/*
 * "cmtop OK: … | …" and a newline. `clock` is the time of day in the model's own
 * time, by which silence is measured; all else stands on scene->now.
 */
enum verdict check_report(const struct check *check, const struct scene *scene, int64_t clock, const struct sink *sink);

/* The line for when nothing could be read. */
enum verdict check_report_unread(const char *why, const struct sink *sink);

#endif
