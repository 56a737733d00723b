/* The keys of the page of log lines. */
#include <string.h>

#include "view/input/keys.h"
#include "view/pages/log_lines.h"
#include "view/panes/panes.h"
#include "view/panes/list.h"

enum ui_effect
command_lines(struct view *view, int how)
{
	struct ui *ui = view->ui;
	struct pattern *needle = ui->lines.needle;
	bool wrap = ui->lines.wrap, detail = ui->mode == MODE_DETAIL;
	int pane = detail ? ui->detail : ui->focus;
	const struct rows *rows = view_rows(view, pane);
	uint64_t id;

	(void)how;
	if (is_about_all(ui->mode))
		return command_say(view, "close this page first (q)");
	if (!detail && rows->count == 0)
		return command_say(view, "there is no row to show log lines of");
	id = detail ? ui->detail_id : rows->at[list_cursor(view, pane)].id;
	ui->lines = (struct lines_state){
		.site = NAME_NONE,
		.package = NAME_NONE,
		.since = WHEN_NONE,
		.from = ui->mode,
		.needle = needle,
		.wrap = wrap,
	};
	pane_of(pane)->lines(view, id, &ui->lines);
	ui->mode = MODE_LINES;
	return UI_REDRAW;
}

enum ui_effect
command_wrap(struct view *view, int how)
{
	(void)how;
	view->ui->lines.wrap = !view->ui->lines.wrap;
	view->ui->lines.shift = 0;
	return UI_REDRAW;
}

typedef bool wanted_fn(const struct view *view, const struct logstore_line *line);

/* To the next line of a kind, from the cursor on and not round the end: lines have an order. */
static bool
go_to(struct view *view, int how, wanted_fn *wanted)
{
	size_t count, at = lines_cursor(view);
	const struct logstore_line *const *lines = lines_of(view, &count);

	if (count == 0)
		return false;
	while (how < 0 ? at > 0 : at + 1 < count) {
		at = how < 0 ? at - 1 : at + 1;
		if (!wanted(view, lines[at]))
			continue;
		lines_select(view, at);
		return true;
	}
	return false;
}

static bool
is_error(const struct view *view, const struct logstore_line *line)
{
	(void)view;
	return line->level == LEVEL_ERROR;
}

static bool
is_unknown(const struct view *view, const struct logstore_line *line)
{
	(void)view;
	return line->kind == EVENT_NOTE;
}

enum ui_effect
command_next_error(struct view *view, int how)
{
	if (go_to(view, how, is_error))
		return UI_REDRAW;
	return command_say(view, how < 0 ? "no error before this line; e looks after it"
	                                 : "no error after this line; E looks before it");
}

enum ui_effect
command_next_unknown(struct view *view, int how)
{
	return go_to(view, how, is_unknown) ? UI_REDRAW
	                                    : command_say(view, "cmtop understands all lines after this one");
}

enum ui_effect
command_next_line_hit(struct view *view, int how)
{
	if (!view->ui->lines.needle)
		return command_say(view, "no search yet; press /");
	return go_to(view, how, lines_hit)
	               ? UI_REDRAW
	               : command_say(view, how < 0 ? "not found before this line" : "not found after this line");
}
