/* The mouse: what a click or the wheel does depends on what is painted there. */
#include "view/input/command_move.h"
#include "view/input/keymap.h"
#include "view/pages/log_lines.h"
#include "view/panes/list.h"

#define WHEEL 3 /* rows that a step of the wheel moves */

static bool
is_in(const struct area *area, int x, int y)
{
	return x >= area->x && x < area->x + area->width && y >= area->y && y < area->y + area->height;
}

static int
pane_under(const struct view *view, int x, int y)
{
	int pane;

	for (pane = PANE_FIRST; pane < PANE_COUNT; pane++) {
		if (is_in(&view->layout.panes[pane], x, y))
			return pane;
	}
	return PANE_SUMMARY;
}

/* By that key; by it already, the other way round. */
static void
sort_by(struct pane_state *state, size_t key)
{
	state->invert = state->sort == key && !state->invert;
	state->sort = key;
}

static enum ui_effect
click(struct view *view, int pane, int x, int y)
{
	struct spot spot = list_spot(view, pane, x, y);

	view->ui->focus = pane;
	view->ui->focused = true;
	if (spot.sort != SPOT_NONE)
		sort_by(&view->ui->panes[pane], spot.sort);
	if (spot.row != SPOT_NONE)
		list_select(view, pane, spot.row);
	return UI_REDRAW;
}

static enum ui_effect
wheel(struct view *view, int pane, enum move how)
{
	int i;

	if (pane != PANE_SUMMARY)
		view->ui->focus = pane, view->ui->focused = true;
	for (i = 0; i < WHEEL; i++)
		command_move(view, (int)how);
	return UI_REDRAW;
}

enum ui_effect
ui_mouse(struct ui *ui, const struct scene *scene, int x, int y, enum ui_mouse what)
{
	struct view view;
	int pane;

	if (ui->paused || !(keys_where(ui) & (IN_PANES | IN_PAGES | IN_LINES | IN_MENU)) || ui->mode == MODE_OVERWRITE)
		return UI_NOTHING;
	view_begin(&view, ui, scene, NULL);
	pane = ui->mode == MODE_PANES ? pane_under(&view, x, y) : PANE_SUMMARY;
	if (what != UI_CLICK)
		return wheel(&view, pane, what == UI_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	return pane == PANE_SUMMARY ? UI_NOTHING : click(&view, pane, x, y);
}
