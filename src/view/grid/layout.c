#include "view/grid/layout.h"

#include "cmtop/count_of.h"

#define TWO_COLUMNS  110 /* columns of the screen from which panes stand side by side */
#define TWO_HALVES   180 /* … from which the sites have a side of their own */
#define LEFT_MOST    130 /* a row that is longer cannot be followed by the eye */
#define GAP          2
#define TREND_HEIGHT 30 /* rows of the screen from which the summary has a line with the trend */
#define TREND_WIDTH  60

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static int
between(int low, int n, int high)
{
	return n < low ? low : n > high ? high : n;
}

static bool
has_halves(int width, int height)
{
	return width >= TWO_HALVES && height >= 40;
}

/* Rows that give way when the screen is low: the key bar, the summary's lines 2 and 3, the status line. */
static void
make_frame(struct layout *out, int width, int height, enum layout_kind kind)
{
	out->brief = height < 8 || width < BRIEF_WIDTH;
	out->bar = height >= 10 ? height - 1 : -1;
	out->status = height >= 6 ? (out->bar >= 0 ? out->bar : height) - 1 : -1;
	out->with_trend = height >= TREND_HEIGHT && width >= TREND_WIDTH
	                  && (!has_halves(width, height) || kind >= LAYOUT_NO_SENDER);
	out->summary = out->brief ? 1 : out->with_trend ? 4 : 3;
	/* Three words on a narrow screen: sender, distmgr, queue. */
	if (width < BRIEF_WIDTH)
		out->summary = least(3, height);
	else if (out->brief)
		out->summary = least(width < 40 ? 2 : 1, height);
}

/* ---- one above the other ---- */

/* Which panes there are when the screen is that high. */
/* clang-format off */
static const struct { int height, pane; } since[] = {
	{ 0, PANE_SENDING }, { 18, PANE_SITES }, { 20, PANE_DISTMGR }, { 22, PANE_FAILURES },
};
/* clang-format on */

/* Without a sender, and where no transfer is known either. */
/* clang-format off */
static const struct { int height, pane; } since_no_sender[] = {
	{ 0, PANE_TRANSFERS }, { 10, PANE_DISTMGR }, { 14, PANE_FAILURES }, { 28, PANE_PACKAGES },
};
static const struct { int height, pane; } since_distmgr[] = {
	{ 0, PANE_DISTMGR }, { 12, PANE_FAILURES }, { 22, PANE_PACKAGES },
};
/* clang-format on */

/* How they grow with the screen, first to last: each step takes a pane to this height if there is room. */
/* clang-format off */
static const struct { int pane, height; } steps[] = {
	{ PANE_SENDING, 3 }, { PANE_SITES, 4 }, { PANE_DISTMGR, 2 }, { PANE_FAILURES, 3 }, { PANE_PACKAGES, 4 },
	{ PANE_TRANSFERS, 4 }, { PANE_SENDING, 7 }, { PANE_FAILURES, 4 }, { PANE_SITES, 5 }, { PANE_PACKAGES, 5 },
	{ PANE_TRANSFERS, 5 },
	{ PANE_DISTMGR, 5 }, { PANE_SITES, 9 }, { PANE_FAILURES, 6 }, { PANE_SENDING, 12 }, { PANE_DISTMGR, 8 },
	{ PANE_SITES, 16 }, { PANE_FAILURES, 11 },
};

static const struct { int pane, height; } steps_no_sender[] = {
	{ PANE_TRANSFERS, 4 }, { PANE_DISTMGR, 5 }, { PANE_FAILURES, 4 }, { PANE_TRANSFERS, 9 }, { PANE_FAILURES, 5 },
	{ PANE_DISTMGR, 7 }, { PANE_PACKAGES, 4 }, { PANE_FAILURES, 8 }, { PANE_TRANSFERS, 14 }, { PANE_DISTMGR, 10 },
};
/* clang-format on */

/* Which of them take what is left, first to last. */
static const int hungry[] = { PANE_SITES, PANE_PACKAGES, PANE_TRANSFERS };

static bool
is_shown(const int *heights, int pane)
{
	return heights[pane] > 0;
}

/* Takes a pane to a height, as far as there is room. A distmgr between one line and a table is neither. */
static void
grow(int *heights, int pane, int height, int *room)
{
	int more = least(height - heights[pane], *room);

	if (!is_shown(heights, pane) || more <= 0)
		return;
	if (pane == PANE_DISTMGR && heights[pane] == 2 && more < 2)
		return;
	heights[pane] += more;
	*room -= more;
}

/* The heights of the panes one above the other get their places. */
static void
place(struct layout *out, const struct area *area, const int *heights)
{
	int i, y = area->y;

	for (i = PANE_FIRST; i < PANE_COUNT; i++) {
		out->panes[i] = (struct area){ area->x, y, area->width, heights[i] };
		y += heights[i];
	}
}

/* Gives what is left to whoever is there, the first ones first. */
static void
fill(int *heights, int *room)
{
	size_t i;

	for (i = 0; i < COUNT_OF(hungry); i++)
		grow(heights, hungry[i], heights[hungry[i]] + *room, room);
	for (i = PANE_FIRST; i < PANE_COUNT; i++)
		grow(heights, (int)i, heights[i] + *room, room);
}

/* A pane that is asked for takes the place of the least important one; answers the room that the titles leave. */
static int
titles(int *heights, int focus, int last, int room)
{
	int i;

	if (heights[focus] == 0) {
		heights[last] = 0;
		heights[focus] = 1;
	}
	for (i = PANE_FIRST; i < PANE_COUNT; i++)
		room -= heights[i];
	return room;
}

static bool
has_step(int pane)
{
	size_t i = 0;

	while (i < COUNT_OF(steps) && steps[i].pane != pane)
		i++;
	return i < COUNT_OF(steps);
}

static void
stack(struct layout *out, const struct area *area, int screen, int focus, int slots)
{
	int heights[PANE_COUNT] = { 0 }, room, last = PANE_SENDING;
	size_t i;

	for (i = 0; i < COUNT_OF(since); i++) {
		if (screen < since[i].height)
			continue;
		last = since[i].pane;
		heights[last] = 1;
	}
	room = titles(heights, focus, last, area->height);
	if (!has_step(focus))
		grow(heights, focus, 7, &room);
	for (i = 0; i < COUNT_OF(steps); i++)
		grow(heights, steps[i].pane, steps[i].height, &room);
	grow(heights, PANE_SENDING, slots + 2, &room);
	fill(heights, &room);
	place(out, area, heights);
}

/* Nothing of a sender is known: its panes, empty, would take the room of those that have something to say. */
static void
stack_no_sender(struct layout *out, const struct area *area, int screen, int focus, int rows)
{
	int heights[PANE_COUNT] = { 0 }, room, last = PANE_TRANSFERS;
	size_t i;

	for (i = 0; i < COUNT_OF(since_no_sender); i++) {
		if (screen < since_no_sender[i].height)
			continue;
		last = since_no_sender[i].pane;
		heights[last] = 1;
	}
	room = titles(heights, focus, last, area->height);
	for (i = 0; i < COUNT_OF(steps_no_sender); i++)
		grow(heights, steps_no_sender[i].pane,
		     steps_no_sender[i].pane == PANE_DISTMGR ? least(steps_no_sender[i].height, rows + 3)
		                                             : steps_no_sender[i].height,
		     &room);
	grow(heights, focus, 4, &room);
	grow(heights, PANE_TRANSFERS, heights[PANE_TRANSFERS] + room / 2, &room);
	grow(heights, PANE_DISTMGR, least(rows + 3, heights[PANE_DISTMGR] + room / 2), &room);
	grow(heights, PANE_FAILURES, heights[PANE_FAILURES] + room, &room);
	fill(heights, &room);
	place(out, area, heights);
}

/* At most half of the room for the package threads and what is queued, the rest for failures and packages. */
static void
stack_distmgr(struct layout *out, const struct area *area, int screen, int focus, int rows)
{
	int heights[PANE_COUNT] = { 0 }, room, last = PANE_DISTMGR;
	size_t i;

	for (i = 0; i < COUNT_OF(since_distmgr); i++) {
		if (screen < since_distmgr[i].height)
			continue;
		last = since_distmgr[i].pane;
		heights[last] = 1;
	}
	room = titles(heights, focus, last, area->height);
	grow(heights, focus, 4, &room);
	grow(heights, PANE_DISTMGR, least(area->height / 2, rows + 3), &room);
	grow(heights, PANE_FAILURES, area->height / 4, &room);
	grow(heights, PANE_PACKAGES, area->height / 4, &room);
	grow(heights, PANE_DISTMGR, least(rows + 3, heights[PANE_DISTMGR] + room), &room);
	grow(heights, PANE_FAILURES, heights[PANE_FAILURES] + room, &room);
	fill(heights, &room);
	place(out, area, heights);
}

/* ---- side by side ---- */

#define TRANSFERS_LEAST 18 /* rows beside the sites from which three panes stand there */

/* Packages and transfers under distmgr, or packages alone where there is no room for both. */
static void
right_column(struct layout *out, const struct area *area, bool transfers)
{
	bool both = transfers && area->height >= TRANSFERS_LEAST;
	int distmgr = both ? area->height / 3 : between(4, area->height / 2, 12);
	int rest = area->height - distmgr, second = both ? rest / 2 : rest;

	out->panes[PANE_DISTMGR] = (struct area){ area->x, area->y, area->width, distmgr };
	out->panes[PANE_PACKAGES] = (struct area){ area->x, area->y + distmgr, area->width, second };
	if (both)
		out->panes[PANE_TRANSFERS] =
			(struct area){ area->x, area->y + distmgr + second, area->width, rest - second };
}

static void
two_columns(struct layout *out, const struct area *area, int slots, bool transfers)
{
	int failures = between(4, 4 + (area->height - 19) / 3, 14);
	int sends = between(7, slots + 2, (area->height - failures) / 2);
	int middle = area->height - sends - failures, y = area->y + sends;
	int left = least(area->width * 52 / 100, LEFT_MOST), right = area->x + left + GAP;

	out->panes[PANE_SENDING] = (struct area){ area->x, area->y, area->width, sends };
	out->panes[PANE_SITES] = (struct area){ area->x, y, left, middle };
	right_column(out, &(struct area){ right, y, area->width - left - GAP, middle }, transfers);
	out->panes[PANE_FAILURES] = (struct area){ area->x, y + middle, area->width, failures };
}

static void
two_halves(struct layout *out, const struct area *area, int slots, bool transfers)
{
	int left = least(area->width / 2, LEFT_MOST), right = area->x + left + GAP;
	int sends = between(10, slots + 2, area->height / 2);
	int trend = between(5, area->height / 8, 12);
	int rest = area->height - sends - trend, packages = transfers ? rest / 3 : rest * 3 / 5;
	int copies = transfers ? rest / 3 : 0, y = area->y + sends + packages;
	int distmgr = between(8, area->height / 4, 20);

	out->panes[PANE_SENDING] = (struct area){ area->x, area->y, left, sends };
	out->panes[PANE_PACKAGES] = (struct area){ area->x, area->y + sends, left, packages };
	out->panes[PANE_TRANSFERS] = (struct area){ area->x, y, left, copies };
	out->panes[PANE_FAILURES] = (struct area){ area->x, y + copies, left, rest - packages - copies };
	out->trend = (struct area){ area->x, area->y + area->height - trend, left, trend };
	out->panes[PANE_SITES] = (struct area){ right, area->y, area->width - left - GAP, area->height - distmgr };
	out->panes[PANE_DISTMGR] =
		(struct area){ right, area->y + area->height - distmgr, area->width - left - GAP, distmgr };
}

struct layout
layout_make(int width, int height, int focus, bool zoom, int slots, enum layout_kind kind)
{
	bool transfers = kind != LAYOUT_NO_TRANSFERS || focus == PANE_TRANSFERS;
	struct layout out = { 0 };
	struct area area;

	make_frame(&out, width, height, kind);
	area = (struct area){ 0, out.summary, width, (out.status >= 0 ? out.status : height) - out.summary };
	if (area.height <= 0)
		return out;
	if (zoom)
		out.panes[focus] = area;
	else if (kind == LAYOUT_NO_SENDER)
		stack_no_sender(&out, &area, height, focus, slots);
	else if (kind == LAYOUT_DISTMGR_ALONE)
		stack_distmgr(&out, &area, height, focus, slots);
	else if (has_halves(width, height))
		two_halves(&out, &area, slots, transfers);
	else if (width >= TWO_COLUMNS && height >= 24)
		two_columns(&out, &area, slots, transfers);
	else
		stack(&out, &area, height, focus, slots);
	/* A pane that has no place of its own takes that of the packages when it is asked for. */
	if (out.panes[focus].height == 0) {
		out.panes[focus] = out.panes[PANE_PACKAGES];
		out.panes[PANE_PACKAGES].height = 0;
	}
	return out;
}
