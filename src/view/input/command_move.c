/* The keys that move the cursor, and from pane to pane. */
#include "view/input/command_move.h"

#include "view/pages/log_lines.h"
#include "view/panes/list.h"

#define LINES_STEP 16 /* columns that log lines are scrolled by */

static struct pane_state *
focused(struct view *view)
{
	return &view->ui->panes[view->ui->focus];
}

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
	size_t count = 0;

	while (pane_order(pane_of(view, view->ui->focus), count))
		count++;
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
		            moved(list_cursor(view, ui->focus), pane_rows(view, ui->focus)->count, focused(view)->page,
		                  (enum move)how));
	}
	return UI_REDRAW;
}

static enum ui_effect
command_shift(struct view *view, int how)
{
	struct pane_state *state = focused(view);
	int most = (int)pane_of(view, view->ui->focus)->table->column_count - 2;

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

static enum ui_effect
command_focus(struct view *view, int how)
{
	view->ui->focus = how;
	view->ui->focused = true;
	return UI_REDRAW;
}

/* Among the panes that the screen shows when none is asked for; all of them in a zoom. */
static enum ui_effect
command_next_pane(struct view *view, int how)
{
	struct ui *ui = view->ui;
	struct layout layout = layout_make(ui->width, ui->height, PANE_SENDING, false, 5, view_layout_kind(view));
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

/* The help says up to which key there are panes. */
#define DIGITS_OF(number)     #number
#define PANE_KEYS_UP_TO(last) "1 to " DIGITS_OF(last)

/* clang-format off */
static const struct binding bindings[] = {
	{ { KEY_UP_ARROW, 'k' }, IN_LISTS, command_move, MOVE_UP, "Move", "Up Down k j", "go to another row", NO_BAR },
	{ { KEY_DOWN_ARROW, 'j' }, IN_LISTS, command_move, MOVE_DOWN, NO_HELP },
	{ { KEY_PAGE_UP }, IN_LISTS, command_move, MOVE_PAGE_UP, "Move", "PgUp PgDn", "one page up, down", NO_BAR },
	{ { KEY_PAGE_DOWN }, IN_LISTS, command_move, MOVE_PAGE_DOWN, NO_HELP },
	{ { CTRL('U') }, IN_LISTS, command_move, MOVE_HALF_UP, "Move", "Ctrl-U Ctrl-D", "half a page up, down", NO_BAR },
	{ { CTRL('D') }, IN_LISTS, command_move, MOVE_HALF_DOWN, NO_HELP },
	{ { KEY_HOME_KEY, 'g' }, IN_LISTS, command_move, MOVE_FIRST, "Move", "Home End g G", "first, last row", NO_BAR },
	{ { KEY_END_KEY, 'G' }, IN_LISTS, command_move, MOVE_LAST, NO_HELP },
	{ { KEY_LEFT_ARROW }, IN_PANES | IN_LINES, command_shift, -1, "Move", "Left Right", "scroll columns", NO_BAR },
	{ { KEY_RIGHT_ARROW }, IN_PANES | IN_LINES, command_shift, 1, NO_HELP },
	{ { KEY_TAB }, IN_PANES, command_next_pane, 1, "Move", "Tab S-Tab", "next, previous pane", 8, "Tab", "Pane" },
	{ { KEY_SHIFT_TAB }, IN_PANES, command_next_pane, -1, NO_HELP },
	{ { 0 }, 0, NULL, 0, "Move", PANE_KEYS_UP_TO(PANE_LAST_KEY), "that pane; shows it if hidden", NO_BAR },
#define _(number, object) { { '0' + PANE_##number }, IN_PANES, command_focus, PANE_##number, NO_HELP },
	PANES(_)
#undef _
};
/* clang-format on */

const struct bindings move_keys = BINDINGS(bindings);
