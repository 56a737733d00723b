/*
 * Conditions on figures, for monitoring: 'waiting>3000,warn:stalled>0'. A condition
 * that holds is critical, one after "warn:" warns; one about a figure that is not
 * known is unknown, which weighs less than either.
 *
 *	check     = condition { "," condition }
 *	condition = [ "warn:" ] name ( ">" | ">=" | "<" | "<=" | "=" ) number
 *
 * Numbers of seconds may end in s, m, h or d. The names are those of the fields of the
 * server that serve as FIELD_CHECKS, and the performance data is in their order.
 */
#ifndef CMTOP_CHECK_H
#define CMTOP_CHECK_H

#include "cmtop/scene.h"
#include "cmtop/sink.h"

/* Their numbers are the exit codes of the plugin convention. */
enum verdict { VERDICT_OK, VERDICT_WARNING, VERDICT_CRITICAL, VERDICT_UNKNOWN };

struct check;

struct check_error {
	size_t at;      /* byte of the text where it broke */
	char text[320]; /* what is wrong */
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
