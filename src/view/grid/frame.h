/*
 * What the files of this room share: the state of the dashboard between two
 * keys, and the view, which lives for one frame or one key.
 */
#ifndef VIEW_GRID_FRAME_H
#define VIEW_GRID_FRAME_H

#include "cmtop/arena.h"
#include "cmtop/forecast.h"
#include "cmtop/sort_order.h"
#include "cmtop/pattern.h"
#include "cmtop/logstore.h"
#include "cmtop/state_text.h"
#include "cmtop/ui.h"
#include "view/grid/layout.h"

/* ---- rows ---- */

/* One line of a pane. `id` is what it is, however rows move: serial, index or number. */
struct row {
	uint64_t id;
	const void *of;    /* struct job, site, package, package_thread, dp, failure, transfer */
	uint32_t index;    /* of a site, package or transfer */
	const char *title; /* it is the heading of a group and has no cells; NULL: it is a row */
};

struct rows {
	struct row *at;
	size_t count;
	size_t total;  /* without the filter */
	size_t titles; /* of `count`, headings of groups */
};

/* ---- state between two keys ---- */

#define PINS_MOST    32
#define PROMPT_MOST  256 /* bytes, NUL counted */
#define HISTORY_MOST 32

enum group { GROUP_NONE, GROUP_SITE, GROUP_PACKAGE, GROUP_COUNT };

struct pane_state {
	uint64_t selected; /* row->id, if touched; else the cursor stays on the first row */
	bool touched;
	size_t at;   /* where the selected row stood: its neighbour takes over when it is gone */
	size_t top;  /* first row shown */
	size_t page; /* rows shown last time */
	size_t sort; /* of order_keys() */
	bool invert;
	int shift; /* columns scrolled away on the left */
	uint64_t pins[PINS_MOST];
	size_t pin_count;
};

/* A line being typed. */
struct prompt {
	char text[PROMPT_MOST];
	size_t size, at;        /* in bytes; the cursor stands before byte `at` */
	size_t history;         /* lines gone back */
	char kept[PROMPT_MOST]; /* what was typed before going back in the history */
};

struct history {
	char line[HISTORY_MOST][PROMPT_MOST];
	size_t count; /* ever kept; the newest is line[(count - 1) % HISTORY_MOST] */
};

enum mode {
	MODE_PANES,
	MODE_FILTER,
	MODE_SEARCH,
	MODE_SORT,
	MODE_HELP,
	MODE_DETAIL,
	MODE_ADVICE,
	MODE_WHAT_IF,
	MODE_LINES,
	MODE_LINES_SEARCH,
	MODE_EXPORT,
	MODE_OVERWRITE
};

/* The page of log lines: whose they are, and what is seen of them. */
struct lines_state {
	char title[120];
	uint64_t serial; /* like the next four: struct logstore_wish */
	char request[24], word[24];
	uint32_t site, package;
	int64_t since;     /* when what they are about began, WHEN_NONE: not known */
	enum mode from;    /* where closing leads back to */
	uint64_t selected; /* number of a line, if touched; else the cursor stays on the newest */
	bool touched, wrap;
	size_t top, page;
	int shift;              /* columns scrolled away on the left */
	struct pattern *needle; /* searched for, NULL: nothing */
};

/* What is forecast, kept for some seconds: it looks at all that waits. */
struct forecast_cache {
	const struct forecast *forecast; /* NULL: out of memory, or none yet */
	struct forecast *own;            /* NULL, or the same: it was worked out here */
	const struct model *model;       /* what it was made from, … */
	int64_t at, until;               /* … and when; it is good until then */
	struct forecast_row what_if[FORECAST_ROWS];
	size_t what_if_count;
	bool asked; /* what_if is filled */
};

struct ui {
	enum mode mode;
	struct forecast_cache forecast_cache;
	int focus;    /* enum pane_number */
	bool focused; /* somebody chose it */
	bool zoom, ascii;
	int follow;        /* pane whose row is followed, 0: none */
	const char *about; /* first line of the help, NULL: none */
	enum fmt_units units;
	enum group group; /* of pane 1 */
	struct pane_state panes[PANE_COUNT];

	struct query *query;  /* in force, NULL: none */
	struct query *search; /* marks rows, NULL: none */
	struct prompt prompt;
	struct history filters, searches;
	char before[PROMPT_MOST]; /* the filter before the prompt was opened */
	bool broken;              /* what is typed is no filter: the last good one is in force */
	struct query_error error; /* … and why */

	char notice[160];
	int64_t notice_at; /* by scene->clock */
	bool escaped;      /* the key before was the first Escape of two that drop the filter */
	bool escape_now;   /* … this one is */

	struct lines_state lines;

	enum mode export_from; /* where the export was asked for */
	char export_path[PROMPT_MOST];
	bool export_over;
	bool mouse;
	unsigned refresh; /* step of ui_refresh() */

	size_t menu;         /* line of the sort menu */
	size_t scroll, page; /* of help and detail */
	int detail;          /* pane whose row is shown in detail */
	uint64_t detail_id;

	char followed[24]; /* the send request of the job that is followed, "" if not known */
	uint32_t followed_site, followed_package;

	bool paused;
	struct grid frozen; /* the picture when it was paused; no cells: not taken yet */
	uint64_t frozen_records;

	int width, height;   /* of the last picture, 0: none yet */
	struct arena *arena; /* of the frame */
};

/* ---- one frame ---- */

/* Signs that differ between UTF-8 and ASCII. */
struct signs {
	const char *rule, *cut, *full, *empty;
	const char *level[9]; /* from nothing to a full cell */
};

struct view {
	struct ui *ui;
	const struct scene *scene;
	const struct model *model;
	struct grid *grid; /* NULL while a key is handled */
	struct arena *arena;
	int64_t now;
	struct signs signs;
	struct layout layout;
	struct sending sending;
	struct distribution distribution;
	struct backlog backlog;
	struct transfers transfers;
	struct trouble trouble;
	const struct transfer **by_package; /* all of them in that order, for dps.c; NULL: not sorted yet */
	struct rows rows[PANE_COUNT];
	bool gathered[PANE_COUNT];
	const struct logstore_line *const *lines; /* of the page of lines */
	size_t line_count;
	bool lines_found;
};

void view_begin(struct view *view, struct ui *ui, const struct scene *scene, struct grid *grid);

const struct rows *view_rows(struct view *view, int pane); /* matching the filter, in order */
enum layout_kind view_layout_kind(const struct view *view);
bool view_filtered(const struct view *view); /* a filter hides rows */

const struct site *view_site(const struct view *view, uint32_t site);          /* NULL for NAME_NONE */
const struct package *view_package(const struct view *view, uint32_t package); /* likewise */
const char *view_site_code(const struct view *view, uint32_t site);            /* "?" when not known */
const char *view_package_id(const struct view *view, uint32_t package);        /* likewise */

int64_t view_age(const struct view *view, int64_t since);   /* milliseconds, never negative; -1 unknown */
int64_t view_local(const struct view *view, int64_t at);    /* the server's local time */
const char *view_when(const struct view *view, int64_t at); /* "12:23:07", "07-29 12:23" on other days, "?" */
const char *view_when_fine(const struct view *view, int64_t at, bool zoned); /* "12:23:07.123", whatever the day */
const char *view_stamp(const struct view *view, int64_t at);                 /* as in the snapshot, for an export; "" */
const char *view_duration(const struct view *view, int64_t milliseconds);    /* "-" when negative */
const char *view_eta(const struct view *view, int64_t milliseconds); /* likewise; in whole seconds, as everywhere */
const char *view_size(const struct view *view, int64_t bytes);       /* "?" when negative */
const char *view_rate(const struct view *view, double rate);         /* "-" when negative */

/* enum style_role of an enum state_weight. */
uint8_t view_weight(enum state_weight weight);

/* Read of all logs. */
uint64_t view_records(const struct scene *scene);

/* The log of this name, NULL when there is none among those looked for. */
const struct log_status *view_log(const struct view *view, const char *name);

#endif
