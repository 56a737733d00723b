/*
 * What a pane is: where its rows come from and how they are shown. A new pane is
 * a file with its struct pane and a row of PANES in layout.h.
 */
#ifndef VIEW_PANES_PANE_H
#define VIEW_PANES_PANE_H

#include "view/frame/detail.h"
#include "view/frame/format.h"
#include "view/frame/table.h"

struct handover; /* counterpart.h */

struct pane {
	const char *name;       /* "Active sends" */
	const char *one, *many; /* "send", "sends", as the status line counts them; NULL: it does not */
	const struct table *table;

	/* Rows that match the filter, in order, from the view's arena. */
	void (*gather)(struct view *view, struct rows *out);

	/* What stands behind the name in the title: "5", "3/3, 212 queued". */
	const char *(*title)(struct view *view);

	/* What is true when there is no row. */
	const char *(*empty)(struct view *view);

	/* The whole pane in one line, where there is no room for more; may be NULL. */
	void (*compact)(struct view *view, const struct area *area);

	/* Whether the row fits what is searched for. */
	bool (*fits)(struct view *view, struct query *query, const struct row *row);

	/* Whose log lines stand behind the row `id`: fills serial, request, word, site, package, since and title. */
	void (*lines)(struct view *view, uint64_t id, struct lines_state *out);

	/* Enter: the row `id`, whether or not the filter lets it through. */
	void (*detail)(struct view *view, uint64_t id, struct detail *out);

	/* What the row `id` is called in another model of the same logs, ROW_GONE: it is not in there; NULL: the same. */
	uint64_t (*counterpart)(const struct handover *handover, uint64_t id);

	/* The row is followed from now on: keeps what it is known by when it goes on as another; NULL: none can be. */
	void (*follow)(struct ui *ui, const struct row *row);

	/* The row that goes on for the one that is followed and gone; SIZE_MAX: none. NULL: it never does. */
	size_t (*follow_on)(const struct ui *ui, const struct rows *rows);
};

#define ROW_GONE (UINT64_MAX >> 1) /* no row of any pane has this id */

const struct pane *pane_of(const struct view *view, int number); /* PANE_FIRST to PANE_COUNT - 1 */

/* Rows that match the filter, in order, pinned ones first; gathered once a frame. */
const struct rows *pane_rows(struct view *view, int number);
bool pane_is_pinned(const struct pane_state *state, uint64_t id);

#define _(number, object) extern const struct pane object;
PANES(_)
#undef _

/* Lines of a whole site or package. */
void pane_lines_of_site(struct view *view, uint32_t site, struct lines_state *out);
void pane_lines_of_package(struct view *view, uint32_t package, struct lines_state *out);

/* "5", or "3 of 5" when a filter hides some. */
const char *pane_count(struct view *view, int number);

/* The i-th order that its rows can have, as pane_state.sort; NULL past the last, and where they have one of their own. */
const struct field *pane_order(const struct pane *pane, size_t i);

/* What fields are of, in the order that is chosen; NULL: as they are. */
void pane_sort(struct view *view, int number, const void **rows, size_t count);

/* Room for rows in the arena; none when out of memory. */
struct row *rows_take(struct view *view, size_t most);

/* Why there is nothing to show when a log is missing; NULL: the log is there. */
const char *pane_missing_log(struct view *view, const char *name);

#endif
