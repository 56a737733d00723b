/*
 * What the keys do: each changes the state of the dashboard, none paints.
 */
#include <string.h>

#include "view/input/keys.h"
#include "view/pages/log_lines.h"
#include "view/panes/list.h"

#define LINES_STEP 16 /* columns that log lines are scrolled by */

static struct pane_state *
focused(struct view *view)
{
	return &view->ui->panes[view->ui->focus];
}

static const struct row *
cursor_row(struct view *view)
{
	const struct rows *rows = view_rows(view, view->ui->focus);

	return rows->count ? &rows->at[list_cursor(view, view->ui->focus)] : NULL;
}

/* ---- moving ---- */

static size_t
moved(size_t at, size_t count, size_t page, enum move how)
{
	size_t half = page / 2 ? page / 2 : 1;
	size_t last = count ? count - 1 : 0;

	if (page == 0)
		page = 1;
	switch (how) {
	case MOVE_UP: return at > 0 ? at - 1 : 0;
	case MOVE_DOWN: return at < last ? at + 1 : last;
	case MOVE_PAGE_UP: return at > page ? at - page : 0;
	case MOVE_PAGE_DOWN: return at + page < last ? at + page : last;
	case MOVE_HALF_UP: return at > half ? at - half : 0;
	case MOVE_HALF_DOWN: return at + half < last ? at + half : last;
	case MOVE_LAST: return last;
	case MOVE_FIRST: break;
	}
	return 0;
}

static size_t
menu_count(struct view *view)
{
	size_t count;

	order_keys((enum order_of)pane_of(view->ui->focus)->order, &count);
	return count;
}

enum ui_effect
command_move(struct view *view, int how)
{
	struct ui *ui = view->ui;
	size_t count;

	switch (ui->mode) {
	case MODE_HELP:
	case MODE_DETAIL:
	case MODE_ADVICE:
	case MODE_WHAT_IF:
		/* The page knows its end when it is painted. */
		ui->scroll =
			how == MOVE_LAST ? SIZE_MAX / 2 : moved(ui->scroll, SIZE_MAX / 2, ui->page, (enum move)how);
		break;
	case MODE_SORT: ui->menu = moved(ui->menu, menu_count(view), ui->page, (enum move)how); break;
	case MODE_LINES:
		lines_of(view, &count);
		lines_select(view, moved(lines_cursor(view), count, ui->lines.page, (enum move)how));
		break;
	default:
		list_select(view, ui->focus,
		            moved(list_cursor(view, ui->focus), view_rows(view, ui->focus)->count, focused(view)->page,
		                  (enum move)how));
	}
	return UI_REDRAW;
}

enum ui_effect
command_shift(struct view *view, int how)
{
	struct pane_state *state = focused(view);
	int most = (int)pane_of(view->ui->focus)->table->column_count - 2;

	if (view->ui->mode == MODE_LINES) {
		view->ui->lines.shift += how * LINES_STEP;
		if (view->ui->lines.shift < 0)
			view->ui->lines.shift = 0;
		return UI_REDRAW;
	}
	state->shift += how;
	if (state->shift < 0)
		state->shift = 0;
	if (state->shift > most)
		state->shift = most;
	return UI_REDRAW;
}

enum ui_effect
command_focus(struct view *view, int how)
{
	view->ui->focus = how;
	view->ui->focused = true;
	return UI_REDRAW;
}

/* Among the panes that the picture shows when none is asked for; all of them in a zoom. */
enum ui_effect
command_next_pane(struct view *view, int how)
{
	struct ui *ui = view->ui;
	struct layout layout = layout_make(ui->width, ui->height, PANE_SENDING, false, 5, view_heard(view));
	int pane = ui->focus, i;

	for (i = 0; i < PANE_COUNT; i++) {
		pane += how;
		if (pane < PANE_FIRST)
			pane = PANE_COUNT - 1;
		if (pane == PANE_COUNT)
			pane = PANE_FIRST;
		if (ui->zoom || layout.panes[pane].height > 0)
			break;
	}
	ui->focus = pane;
	ui->focused = true;
	return UI_REDRAW;
}

enum ui_effect
command_zoom(struct view *view, int how)
{
	(void)how;
	view->ui->zoom = !view->ui->zoom;
	return UI_REDRAW;
}

/* ---- order ---- */

static bool
has_order(struct view *view)
{
	if (pane_of(view->ui->focus)->order >= 0)
		return true;
	command_say(view, "this pane cannot be sorted");
	return false;
}

enum ui_effect
command_sort_menu(struct view *view, int how)
{
	(void)how;
	if (!has_order(view))
		return UI_REDRAW;
	view->ui->mode = MODE_SORT;
	view->ui->menu = focused(view)->sort;
	return UI_REDRAW;
}

static size_t
key_named(struct view *view, const char *name)
{
	size_t count, i;
	const struct order_key *keys = order_keys((enum order_of)pane_of(view->ui->focus)->order, &count);

	for (i = 0; name && i < count; i++) {
		if (strcmp(keys[i].name, name) == 0)
			return i;
	}
	return SIZE_MAX;
}

/* By the column to the left or right of the one that is sorted by now. */
enum ui_effect
command_sort_step(struct view *view, int how)
{
	struct pane_state *state = focused(view);
	const struct table *table = pane_of(view->ui->focus)->table;
	int count = (int)table->column_count, at = how > 0 ? -1 : count, i;

	if (!has_order(view))
		return UI_REDRAW;
	for (i = 0; i < count; i++) {
		if (key_named(view, table->columns[i].sort) == state->sort)
			at = i;
	}
	for (i = 1; i <= count; i++) {
		size_t key = key_named(view, table->columns[(at + how * i + 2 * count) % count].sort);

		if (key == SIZE_MAX)
			continue;
		state->sort = key;
		state->invert = false;
		break;
	}
	return UI_REDRAW;
}

enum ui_effect
command_invert(struct view *view, int how)
{
	(void)how;
	if (has_order(view))
		focused(view)->invert = !focused(view)->invert;
	return UI_REDRAW;
}

enum ui_effect
command_group(struct view *view, int how)
{
	(void)how;
	view->ui->group = (enum group)((view->ui->group + 1) % GROUP_COUNT);
	return UI_REDRAW;
}

/* ---- one row ---- */

enum ui_effect
command_enter(struct view *view, int how)
{
	struct ui *ui = view->ui;
	const struct row *row;

	(void)how;
	if (ui->mode == MODE_SORT) {
		focused(view)->sort = ui->menu;
		focused(view)->invert = false;
		ui->mode = MODE_PANES;
		return UI_REDRAW;
	}
	row = cursor_row(view);
	if (!row)
		return command_say(view, "there is no row to show");
	ui->mode = MODE_DETAIL;
	ui->scroll = 0;
	ui->detail = ui->focus;
	ui->detail_id = row->id;
	return UI_REDRAW;
}

enum ui_effect
command_follow(struct view *view, int how)
{
	struct ui *ui = view->ui;
	const struct row *row = cursor_row(view);

	(void)how;
	if (ui->follow) {
		ui->follow = 0;
		return UI_REDRAW;
	}
	if ((ui->focus != PANE_SENDING && ui->focus != PANE_TRANSFERS) || !row)
		return command_say(view, "only sends (pane 1) and transfers (pane 6) can be followed");
	if (row->title)
		return command_say(view, "a group cannot be followed");
	ui->follow = ui->focus;
	list_select(view, ui->focus, list_cursor(view, ui->focus));
	focused(view)->touched = true;
	/* A send goes on under another row; a transfer keeps its own through all attempts. */
	if (ui->focus == PANE_SENDING) {
		const struct job *job = row->of;

		memcpy(ui->followed, job->request, sizeof(ui->followed));
		ui->followed_site = job->site;
		ui->followed_package = job->package;
	}
	return UI_REDRAW;
}

enum ui_effect
command_pin(struct view *view, int how)
{
	struct pane_state *state = focused(view);
	const struct row *row = cursor_row(view);
	size_t i;

	(void)how;
	if (!row)
		return command_say(view, "there is no row to pin");
	if (row->title)
		return command_say(view, "a group cannot be pinned");
	for (i = 0; i < state->pin_count; i++) {
		if (state->pins[i] == row->id) {
			state->pins[i] = state->pins[--state->pin_count];
			return UI_REDRAW;
		}
	}
	if (state->pin_count == PINS_MOST)
		return command_say(view, "no more rows can be pinned");
	state->pins[state->pin_count++] = row->id;
	return UI_REDRAW;
}

enum ui_effect
command_unpin(struct view *view, int how)
{
	int pane;

	(void)how;
	for (pane = PANE_FIRST; pane < PANE_COUNT; pane++)
		view->ui->panes[pane].pin_count = 0;
	return UI_REDRAW;
}
