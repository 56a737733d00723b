/*
 * The distribution points of a package. Two logs tell of each: the distribution
 * manager's DP thread hands the package over, the package transfer manager brings
 * it there. What the second one says comes later and counts.
 */
#ifndef VIEW_PANES_PACKAGE_DPS_H
#define VIEW_PANES_PACKAGE_DPS_H

#include "view/panes/pane.h"

struct dp_line {
	uint32_t server;                 /* model_server() */
	const struct dp *dp;             /* NULL: only its transfer is known */
	uint32_t dp_index;               /* model_dp() */
	const struct transfer *transfer; /* the newest, NULL: none is known */
};

struct dp_lines {
	struct dp_line *at; /* of the frame: each distribution point once */
	size_t count;
};

/*
 * Of the thread's version, else of the newest one that is transferred. `thread`
 * NULL: none works on the package. `round`: only what the thread has to do with.
 */
struct dp_lines dps_of(struct view *view, uint32_t package, const struct package_thread *thread, bool round);

/* Packages whose transfers go on although no thread works on them any more: `out` has room for all packages. */
size_t dps_left_behind(struct view *view, uint32_t *out);

/* Milliseconds since the first of the transfers that are not over was begun; -1 unknown, or none. */
int64_t dps_age(const struct view *view, const struct dp_lines *lines);

const char *dp_word(const struct view *view, const struct dp_line *line);
uint8_t dp_style(const struct view *view, const struct dp_line *line);

/* "3/5 1 retry 1 send": done of all, and what keeps the others; style of the worst. "" when there are none. */
const char *dps_text(struct view *view, const struct dp_lines *lines, uint8_t *style);

/* A line of a page for each. */
void dps_detail(struct view *view, const struct dp_lines *lines, struct detail *out);

#endif
