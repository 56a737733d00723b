#include "view/panes/list.h"

#include <string.h>

/*
 * The cursor stays on what it was put on: a job, a site, not on a line. When that
 * is gone its neighbour takes over. A cursor that was never moved stays on top.
 */
size_t
list_cursor(struct view *view, int pane)
{
	struct pane_state *state = &view->ui->panes[pane];
	const struct rows *rows = pane_rows(view, pane);
	size_t i;

	if (rows->count == 0)
		return 0;
	if (!state->touched)
		return 0;
	for (i = 0; i < rows->count; i++) {
		if (rows->at[i].id == state->selected) {
			state->at = i;
			return i;
		}
	}
	i = view->ui->follow == pane && pane_of(view, pane)->follow_on ? pane_of(view, pane)->follow_on(view->ui, rows)
	                                                               : SIZE_MAX;
	if (i != SIZE_MAX) {
		state->selected = rows->at[i].id;
		state->at = i;
		return i;
	}
	/* A filter that hides the row for a while does not make the cursor forget it. */
	return state->at < rows->count ? state->at : rows->count - 1;
}

void
list_select(struct view *view, int pane, size_t at)
{
	struct pane_state *state = &view->ui->panes[pane];
	const struct rows *rows = pane_rows(view, pane);

	if (rows->count == 0)
		return;
	if (at >= rows->count)
		at = rows->count - 1;
	state->touched = at > 0;
	state->at = at;
	state->selected = rows->at[at].id;
}

/* ---- title ---- */

/* "sort eta ^" */
static const char *
sort_text(struct view *view, int pane)
{
	static const char *const groups[GROUP_COUNT] = { "", "by site  ", "by package  " };
	const struct pane_state *state = &view->ui->panes[pane];
	const struct field *key = pane_order(pane_of(view, pane), state->sort);

	if (!key)
		return "";
	return arena_format(view->arena, " %s%ssort %s %s ", pane == PANE_SENDING ? groups[view->ui->group] : "",
	                    view->ui->follow == pane ? "following  " : "", field_use_name(key, &key->sort),
	                    key->down != state->invert ? "v" : "^");
}

static void
paint_title(struct view *view, int pane, const struct area *area)
{
	bool focused = view->ui->focus == pane;
	const char *label = arena_format(view->arena, " %d %s %s ", pane, pane_of(view, pane)->name,
	                                 pane_of(view, pane)->title(view));
	const char *right = sort_text(view, pane);
	int used = paint_width(right);

	paint_line(view, area, 0, 0, area->width, view->signs.rule, STYLE_DIM);
	paint(view, area, 2, 0, label, focused ? STYLE_HEADING : STYLE_NORMAL);
	if (2 + paint_width(label) + used + 3 <= area->width)
		paint(view, area, area->width - used - 2, 0, right, STYLE_DIM);
}

/* ---- rows ---- */

/* Where the rows of a pane stand: in runs side by side when one is too short. */
struct runs {
	int count, width, height; /* of each, in rows of the list */
	struct columns columns;
};

static int
ceiling(size_t rows, int height)
{
	return (int)((rows + (size_t)height - 1) / (size_t)height);
}

static struct runs
make_runs(const struct table *table, const struct area *body, size_t rows, int shift)
{
	struct runs out = { 1, body->width, body->height, { { 0 }, 0 } };

	if (!table->headless && body->height >= 2)
		out.height--;
	if (table->run > 0 && out.height > 0 && rows > (size_t)out.height) {
		int most = body->width / table->run, wanted = ceiling(rows, out.height);

		out.count = most < 1 ? 1 : most < wanted ? most : wanted;
		out.width = body->width / out.count;
	}
	out.columns = table_fit(table, out.width - (out.count > 1 ? 1 : 0), shift);
	return out;
}

static void
paint_row(struct view *view, int pane, const struct runs *runs, const struct area *area, int y, size_t at, bool cursor)
{
	const struct row *row = &pane_rows(view, pane)->at[at];
	const struct pane *of = pane_of(view, pane);

	if (row->title)
		paint_field(view, area, TABLE_MARKS, y, area->width - TABLE_MARKS, row->title, ALIGN_LEFT, CUT_END,
		            STYLE_HEADING);
	else
		table_row(view, of->table, &runs->columns, area, y, row);
	if (pane_is_pinned(&view->ui->panes[pane], row->id))
		paint(view, area, 1, y, "+", STYLE_HEADING);
	else if (view->ui->search && !row->title && of->fits(view, view->ui->search, row))
		paint(view, area, 1, y, "*", STYLE_FILTER);
	if (cursor) {
		paint(view, area, 0, y, ">", STYLE_HEADING);
		grid_style(view->grid, area, y, CELL_SELECTED);
	}
}

/* Scrolls no further than it must for the cursor to be seen. */
static size_t
scroll_to(struct pane_state *state, size_t cursor, size_t count, size_t page)
{
	if (page == 0)
		return 0;
	if (cursor < state->top)
		state->top = cursor;
	if (cursor >= state->top + page)
		state->top = cursor - page + 1;
	if (state->top + page > count)
		state->top = count > page ? count - page : 0;
	return state->top;
}

static void
paint_rows(struct view *view, int pane, const struct area *body)
{
	struct pane_state *state = &view->ui->panes[pane];
	const struct table *table = pane_of(view, pane)->table;
	const struct rows *rows = pane_rows(view, pane);
	struct runs runs = make_runs(table, body, rows->count, state->shift);
	size_t cursor = list_cursor(view, pane), top, i;
	int run, head = body->height - runs.height;

	state->page = (size_t)(runs.height > 0 ? runs.height : 0) * (size_t)runs.count;
	top = scroll_to(state, cursor, rows->count, state->page);
	for (run = 0; run < runs.count; run++) {
		struct area area = { body->x + run * runs.width, body->y, runs.width - (runs.count > 1 ? 1 : 0),
			             body->height };
		size_t first = top + (size_t)run * (size_t)runs.height;

		if (head > 0)
			table_head(view, table, &runs.columns, &area);
		for (i = 0; i < (size_t)runs.height && first + i < rows->count; i++)
			paint_row(view, pane, &runs, &area, head + (int)i, first + i,
			          view->ui->focus == pane && first + i == cursor);
	}
}

/* The order that a click on the heading at column x stands for. */
static size_t
sort_at(const struct view *view, int pane, const struct runs *runs, int x)
{
	const struct table *table = pane_of(view, pane)->table;
	int left = TABLE_MARKS;
	size_t i;

	for (i = 0; i < table->column_count; i++) {
		if (runs->columns.width[i] == 0)
			continue;
		if (x >= left && x < left + runs->columns.width[i])
			return column_sort(table->entity, &table->columns[i]);
		left += runs->columns.width[i] + 1;
	}
	return SPOT_NONE;
}

struct spot
list_spot(struct view *view, int pane, int x, int y)
{
	const struct area *area = &view->layout.panes[pane];
	struct area body = { area->x, area->y + 1, area->width, area->height - 1 };
	const struct pane_state *state = &view->ui->panes[pane];
	const struct rows *rows = pane_rows(view, pane);
	struct spot out = { SPOT_NONE, SPOT_NONE };
	struct runs runs;
	size_t row;
	int run;

	if (y < body.y || body.height <= 0 || rows->count == 0 || (body.height == 1 && pane_of(view, pane)->compact))
		return out;
	runs = make_runs(pane_of(view, pane)->table, &body, rows->count, state->shift);
	run = (x - body.x) / runs.width;
	y -= body.y + body.height - runs.height;
	if (run >= runs.count)
		return out;
	if (y < 0) {
		out.sort = sort_at(view, pane, &runs, x - body.x - run * runs.width);
		return out;
	}
	row = state->top + (size_t)run * (size_t)runs.height + (size_t)y;
	out.row = row < rows->count ? row : SPOT_NONE;
	return out;
}

static void
paint_empty(struct view *view, int pane, const struct area *body)
{
	const struct rows *rows = pane_rows(view, pane);
	const char *text = pane_of(view, pane)->empty(view);

	if (rows->total > 0 && view_filtered(view))
		text = "the filter hides all rows here";
	paint_field(view, body, TABLE_MARKS, 0, body->width - TABLE_MARKS, text, ALIGN_LEFT, CUT_END, STYLE_NORMAL);
	if (view->ui->focus == pane)
		paint(view, body, 0, 0, ">", STYLE_HEADING);
}

void
list_paint(struct view *view, int pane, const struct area *area)
{
	struct area body = { area->x, area->y + 1, area->width, area->height - 1 };

	paint_title(view, pane, area);
	if (body.height <= 0)
		return;
	if (pane_rows(view, pane)->count == 0)
		paint_empty(view, pane, &body);
	else if (body.height == 1 && pane_of(view, pane)->compact)
		pane_of(view, pane)->compact(view, &body);
	else
		paint_rows(view, pane, &body);
}
