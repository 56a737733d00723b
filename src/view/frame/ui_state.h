/*
 * The state of the dashboard between two keys: which pane has the focus, where the
 * cursors stand, what is typed, filtered, searched for, followed and paused. Commands
 * change it, a frame shows it.
 */
#ifndef VIEW_FRAME_UI_STATE_H
#define VIEW_FRAME_UI_STATE_H

#include "cmtop/arena.h"
#include "cmtop/fmt.h"
#include "cmtop/pattern.h"
#include "cmtop/query.h"
#include "view/frame/forecast_cache.h"
#include "view/grid/layout.h"

struct pane; /* view/panes/pane.h: what stands in a pane */

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
	size_t sort; /* of fields_used(…, FIELD_SORTS, …) */
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
	const struct pane *const *pane_table; /* what each of them shows, by its number; static */

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
	struct grid frozen; /* what was shown when it was paused; no cells: not taken yet */
	uint64_t frozen_records;

	int width, height;   /* of the last frame, 0: none yet */
	struct arena *arena; /* of the frame */
};
/* A filter put in force. False: it is broken, see `error`, and the one before stays. */
bool ui_state_filter(struct ui *ui, struct span text, struct query_error *error);

/* A message for the status line that stays four seconds by scene->clock. */
void ui_state_notice(struct ui *ui, const struct scene *scene, const char *text);

#endif
