/*
 * Where things stand in a picture of a given size. The sizes of panes depend on
 * the size of the picture and on the number of slots, not on what happens to be
 * in them: nothing jumps while one looks.
 */
#ifndef VIEW_LAYOUT_H
#define VIEW_LAYOUT_H

#include "cmtop/grid.h"

/* In order of importance. The number is the key that focuses the pane. */
enum pane_number {
	PANE_SUMMARY,
	PANE_SENDING, PANE_SITES, PANE_DISTMGR, PANE_FAILURES, PANE_PACKAGES,
	PANE_COUNT
};

#define PANE_FIRST PANE_SENDING

struct layout {
	int summary;       /* lines at the top */
	bool brief;        /* … hold the most important words only */
	bool with_trend;   /* … the last one is the trend */
	struct area trend; /* the trend as a pane of its own; no height: not shown */
	int status, bar;   /* rows; -1: not shown */
	struct area panes[PANE_COUNT];  /* with their titles; no height: not shown */
};

/* `focus` is always shown, alone when `zoom`. `slots`: rows that the active sends may need. */
struct layout layout_make(int width, int height, int focus, bool zoom, int slots);

#define BRIEF_WIDTH 26  /* narrower, and the two kinds of slots do not fit into one line */

#endif
