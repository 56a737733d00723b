/* The keys that change what is shown and how: order, groups, pages, pins, units. None paints. */
#include "view/input/command_view.h"

#include "cmtop/count_of.h"

#include "view/panes/list.h"

static struct pane_state *
focused(struct view *view)
{
	return &view->ui->panes[view->ui->focus];
}

static const struct row *
cursor_row(struct view *view)
{
	const struct rows *rows = pane_rows(view, view->ui->focus);

	return rows->count ? &rows->at[list_cursor(view, view->ui->focus)] : NULL;
}

static enum ui_effect
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
	if (pane_order(pane_of(view, view->ui->focus), 0))
		return true;
	notice(view, "this pane cannot be sorted");
	return false;
}

static enum ui_effect
command_sort_menu(struct view *view, int how)
{
	(void)how;
	if (!has_order(view))
		return UI_REDRAW;
	view->ui->mode = MODE_SORT;
	view->ui->menu = focused(view)->sort;
	return UI_REDRAW;
}

/* The order of a column of the screen; SIZE_MAX: none. */
static size_t
order_of_column(const struct table *table, int i)
{
	return table->columns[i].least > 0 ? column_sort(table->entity, &table->columns[i]) : SIZE_MAX;
}

/* By the column to the left or right of the one that is sorted by now. */
static enum ui_effect
command_sort_step(struct view *view, int how)
{
	struct pane_state *state = focused(view);
	const struct table *table = pane_of(view, view->ui->focus)->table;
	int count = (int)table->column_count, at = how > 0 ? -1 : count, i;

	if (!has_order(view))
		return UI_REDRAW;
	for (i = 0; i < count; i++) {
		if (order_of_column(table, i) == state->sort)
			at = i;
	}
	for (i = 1; i <= count; i++) {
		size_t key = order_of_column(table, (at + how * i + 2 * count) % count);

		if (key == SIZE_MAX)
			continue;
		state->sort = key;
		state->invert = false;
		break;
	}
	return UI_REDRAW;
}

static enum ui_effect
command_invert(struct view *view, int how)
{
	(void)how;
	if (has_order(view))
		focused(view)->invert = !focused(view)->invert;
	return UI_REDRAW;
}

static enum ui_effect
command_group(struct view *view, int how)
{
	(void)how;
	view->ui->group = (enum group)((view->ui->group + 1) % GROUP_COUNT);
	return UI_REDRAW;
}

/* ---- one row ---- */

static enum ui_effect
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
		return notice(view, "there is no row to show");
	ui->mode = MODE_DETAIL;
	ui->scroll = 0;
	ui->detail = ui->focus;
	ui->detail_id = row->id;
	return UI_REDRAW;
}

static enum ui_effect
command_follow(struct view *view, int how)
{
	struct ui *ui = view->ui;
	const struct row *row = cursor_row(view);

	(void)how;
	if (ui->follow) {
		ui->follow = 0;
		return UI_REDRAW;
	}
	if (!pane_of(view, ui->focus)->follow || !row)
		return notice(view, "only sends (pane 1) and transfers (pane 6) can be followed");
	if (row->title)
		return notice(view, "a group cannot be followed");
	ui->follow = ui->focus;
	list_select(view, ui->focus, list_cursor(view, ui->focus));
	focused(view)->touched = true;
	pane_of(view, ui->focus)->follow(ui, row);
	return UI_REDRAW;
}

static enum ui_effect
command_pin(struct view *view, int how)
{
	struct pane_state *state = focused(view);
	const struct row *row = cursor_row(view);
	size_t i;

	(void)how;
	if (!row)
		return notice(view, "there is no row to pin");
	if (row->title)
		return notice(view, "a group cannot be pinned");
	for (i = 0; i < state->pin_count; i++) {
		if (state->pins[i] == row->id) {
			state->pins[i] = state->pins[--state->pin_count];
			return UI_REDRAW;
		}
	}
	if (state->pin_count == PINS_MOST)
		return notice(view, "no more rows can be pinned");
	state->pins[state->pin_count++] = row->id;
	return UI_REDRAW;
}

static enum ui_effect
command_unpin(struct view *view, int how)
{
	int pane;

	(void)how;
	for (pane = PANE_FIRST; pane < PANE_COUNT; pane++)
		view->ui->panes[pane].pin_count = 0;
	return UI_REDRAW;
}

/* ---- the whole dashboard ---- */

enum ui_effect
command_pause(struct view *view, int how)
{
	(void)how;
	view->ui->paused = !view->ui->paused;
	grid_destroy(&view->ui->frozen);
	return UI_REDRAW;
}

static enum ui_effect
command_units(struct view *view, int how)
{
	static const char *const messages[FMT_UNITS_COUNT] = { "units: K M G T of 1024 bytes",
		                                               "units: K M G T of 1000 bytes",
		                                               "units: rates in bits per second" };

	(void)how;
	view->ui->units = (enum fmt_units)((view->ui->units + 1) % FMT_UNITS_COUNT);
	return notice(view, messages[view->ui->units]);
}

/* ui_refresh() in milliseconds; the first is "as it comes". */
static const unsigned refreshes[] = { 0, 200, 500, 1000, 2000, 5000, 10000 };

static enum ui_effect
command_refresh(struct view *view, int how)
{
	unsigned most = COUNT_OF(refreshes) - 1, *step = &view->ui->refresh;

	if (how > 0 ? *step < most : *step > 0)
		*step += (unsigned)how;
	if (*step == 0)
		return notice(view, "refresh: as soon as something changes");
	return notice(view, arena_format(view->arena, "refresh: at most every %.1f s",
	                                 (double)refreshes[*step] / (double)WHEN_SECOND));
}

unsigned
ui_refresh(const struct ui *ui)
{
	return refreshes[ui->refresh];
}

static enum ui_effect
command_theme(struct view *view, int how)
{
	(void)view, (void)how;
	return UI_THEME;
}

static enum ui_effect
command_mouse(struct view *view, int how)
{
	(void)how;
	view->ui->mouse = !view->ui->mouse;
	notice(view,
	       view->ui->mouse ? "Mouse on. Shift+drag selects text; m = off" : "Mouse off: drag selects text; m = on");
	return UI_MOUSE;
}

bool
ui_wants_mouse(const struct ui *ui)
{
	return ui->mouse;
}

/* To that page, or back when it is open. */
enum ui_effect
command_page(struct view *view, int how)
{
	view->ui->mode = view->ui->mode == (enum mode)how ? MODE_PANES : (enum mode)how;
	view->ui->scroll = 0;
	return UI_REDRAW;
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { 'z' }, IN_PANES, command_zoom, 0, "View", "z", "this pane on the whole screen, and back", 9, "z", "Zoom" },
	{ { 's', F(6) }, IN_PANES, command_sort_menu, 0, "View", "s F6", "choose the sort order", 4, "F6", "Sort" },
	{ { '<' }, IN_PANES, command_sort_step, -1, "View", "< >", "sort by previous, next column", NO_BAR },
	{ { '>' }, IN_PANES, command_sort_step, 1, NO_HELP },
	{ { 'I' }, IN_PANES, command_invert, 0, "View", "I", "reverse the sort order", NO_BAR },
	{ { 't', F(5) }, IN_PANES, command_group, 0, "View", "t F5", "group sends by site, by package, or not", 3, "F5", "Group" },
	{ { KEY_ENTER, '\n' }, IN_PANES | IN_MENU, command_enter, 0, "View", "Enter", "details of the row", 6, "Enter", "Detail" },
	{ { 'a' }, IN_PANES | IN_PAGES, command_page, MODE_ADVICE, "View", "a", "advice: what holds the backlog back", NO_BAR },
	{ { 'w' }, IN_PANES | IN_PAGES, command_page, MODE_WHAT_IF, "View", "w", "what if: the effect of other limits", NO_BAR },
	{ { 'F' }, IN_PANES, command_follow, 0, "View", "F", "keep the cursor on this send or transfer", NO_BAR },
	{ { ' ' }, IN_PANES, command_pin, 0, "View", "Space U", "pin the row to the top; U unpins all", NO_BAR },
	{ { 'U' }, IN_PANES, command_unpin, 0, NO_HELP },
	{ { 'p', 'Z' }, IN_PANES, command_pause, 0, "View", "p Z", "pause the display", 5, "p", "Pause" },
	{ { 'p', 'Z' }, IN_PAUSE, command_pause, 0, NULL, NULL, NULL, 5, "p", "Resume" },
	{ { 'u' }, IN_PANES, command_units, 0, "View", "u", "units: 1024, 1000, bits per second", NO_BAR },
	{ { 'c' }, IN_PANES | IN_PAGES | IN_LINES, command_theme, 0, "View", "c", "next colour theme", NO_BAR },
	{ { '+' }, IN_PANES, command_refresh, 1, "View", "+ -", "slower, faster refresh", NO_BAR },
	{ { '-' }, IN_PANES, command_refresh, -1, NO_HELP },
	{ { 'm' }, IN_PANES | IN_PAGES | IN_LINES, command_mouse, 0, "View", "m", "mouse on, off: click, sort, scroll", NO_BAR },
};
/* clang-format on */

const struct bindings view_keys = BINDINGS(bindings);
