/*
 * The places of panes on a screen of a given size. Their sizes depend on the size of
 * the screen and on the number of slots, not on their rows: so nothing moves when
 * rows come and go.
 */
#ifndef VIEW_GRID_LAYOUT_H
#define VIEW_GRID_LAYOUT_H

#include "cmtop/grid.h"

/*
 * The panes: a new one is a row here and a file with its struct pane. The number, in
 * the order of the rows, is the key that focuses it. layout.c may give it a place of
 * its own; one without takes the place of another while it has the focus.
 */
/* clang-format off */
#define PANES(_) \
	_(SENDING,   pane_sending) \
	_(SITES,     pane_sites) \
	_(DISTMGR,   pane_distmgr) \
	_(FAILURES,  pane_failures) \
	_(PACKAGES,  pane_packages) \
	_(TRANSFERS, pane_transfers)
/* clang-format on */
#define PANE_LAST_KEY 6 /* how many rows these are; the help names it */

enum pane_number {
	PANE_SUMMARY,
#define _(number, object) PANE_##number,
	PANES(_)
#undef _
		PANE_COUNT
};

_Static_assert(PANE_LAST_KEY == PANE_COUNT - 1, "PANE_LAST_KEY is how many panes there are");

#define PANE_FIRST PANE_SENDING

struct layout {
	int summary;                   /* lines at the top */
	bool brief;                    /* … hold the most important words only */
	bool with_trend;               /* … the last one is the trend */
	struct area trend;             /* the trend as a pane of its own; no height: not shown */
	int status, bar;               /* rows; -1: not shown */
	struct area panes[PANE_COUNT]; /* with their titles; no height: not shown */
};

/* What there is to show: transfers have a place only where one was seen, sends and sites only where there are such. */
enum layout_kind { LAYOUT_NO_TRANSFERS, LAYOUT_TRANSFERS, LAYOUT_NO_SENDER, LAYOUT_DISTMGR_ALONE };

/*
 * `focus` is always shown, alone when `zoom`. `slots`: rows that the active sends
 * may need. Without a sender the room goes to distmgr, transfers and failures,
 * and `slots` are rows that distmgr may need.
 */
struct layout layout_make(int width, int height, int focus, bool zoom, int slots, enum layout_kind kind);

#define BRIEF_WIDTH 26 /* narrower, and the two kinds of slots do not fit into one line */

#endif
