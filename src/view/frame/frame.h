/*
 * One frame: the state of the dashboard together with what it shows. It lives while
 * one screen is painted or one key is handled, and what is taken from its arena
 * lives as long.
 */
#ifndef VIEW_FRAME_FRAME_H
#define VIEW_FRAME_FRAME_H

#include "cmtop/fields.h"
#include "cmtop/logstore.h"
#include "view/frame/ui_state.h"

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
	struct field_context context; /* what fields are worked out from: what waits, is sent and transferred, … */
	const struct transfer **by_package; /* all of them in that order, for package_dps.c; NULL: not sorted yet */
	struct rows rows[PANE_COUNT];
	bool gathered[PANE_COUNT];
	const struct logstore_line *const *lines; /* of the page of lines */
	size_t line_count;
	bool lines_found;
};

/* Clears the arena of the frame before it; `grid` NULL: nothing is painted. */
void view_begin(struct view *view, struct ui *ui, const struct scene *scene, struct grid *grid);

enum layout_kind view_layout_kind(const struct view *view);
bool view_filtered(const struct view *view); /* a filter hides rows */

const struct site *view_site(const struct view *view, uint32_t site);          /* NULL for NAME_NONE */
const struct package *view_package(const struct view *view, uint32_t package); /* likewise */
const char *view_site_code(const struct view *view, uint32_t site);            /* "?" when not known */
const char *view_package_id(const struct view *view, uint32_t package);        /* likewise */

/* Read of all logs. */
uint64_t view_records(const struct scene *scene);

/* The log of this name, NULL when there is none among those looked for. */
const struct log_status *view_log(const struct view *view, const char *name);

#endif
