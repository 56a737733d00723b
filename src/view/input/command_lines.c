/* The keys of the page of log lines. */
#include "view/input/command_lines.h"

#include "view/input/prompt.h"
#include "view/pages/log_lines.h"
#include "view/panes/pane.h"
#include "view/panes/list.h"

static enum ui_effect
close_first(struct view *view, int how)
{
	(void)how;
	return notice(view, "close this page first (q)");
}

static enum ui_effect
command_lines(struct view *view, int how)
{
	struct ui *ui = view->ui;
	struct pattern *needle = ui->lines.needle;
	bool wrap = ui->lines.wrap, detail = ui->mode == MODE_DETAIL;
	int pane = detail ? ui->detail : ui->focus;
	const struct rows *rows = pane_rows(view, pane);
	uint64_t id;

	(void)how;
	if (!detail && rows->count == 0)
		return notice(view, "there is no row to show log lines of");
	id = detail ? ui->detail_id : rows->at[list_cursor(view, pane)].id;
	ui->lines = (struct lines_state){
		.site = NAME_NONE,
		.package = NAME_NONE,
		.since = WHEN_NONE,
		.from = ui->mode,
		.needle = needle,
		.wrap = wrap,
	};
	pane_of(view, pane)->lines(view, id, &ui->lines);
	ui->mode = MODE_LINES;
	return UI_REDRAW;
}

static enum ui_effect
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

static enum ui_effect
command_next_error(struct view *view, int how)
{
	if (go_to(view, how, is_error))
		return UI_REDRAW;
	return notice(view, how < 0 ? "no error before this line; e looks after it"
	                            : "no error after this line; E looks before it");
}

static enum ui_effect
command_next_unknown(struct view *view, int how)
{
	return go_to(view, how, is_unknown) ? UI_REDRAW : notice(view, "cmtop understands all lines after this one");
}

static enum ui_effect
command_next_line_hit(struct view *view, int how)
{
	if (!view->ui->lines.needle)
		return notice(view, "no search yet; press /");
	return go_to(view, how, lines_hit)
	               ? UI_REDRAW
	               : notice(view, how < 0 ? "not found before this line" : "not found after this line");
}

static enum ui_effect
search_lines(struct view *view, int how)
{
	(void)how;
	view->ui->broken = false;
	prompt_open(&view->ui->prompt, "");
	view->ui->mode = MODE_LINES_SEARCH;
	return UI_REDRAW;
}

/* The first line from the cursor on that holds what is searched for, else the last one before it. */
void
lines_go_to_hit(struct view *view)
{
	size_t count, at;
	const struct logstore_line *const *lines = lines_of(view, &count);

	if (!view->ui->lines.needle)
		return;
	for (at = lines_cursor(view); at < count; at++) {
		if (lines_hit(view, lines[at])) {
			lines_select(view, at);
			return;
		}
	}
	command_next_line_hit(view, -1);
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { 'l' }, IN_PANES | IN_DETAIL, command_lines, 0, "Log lines", "l", "log lines of the row", 7, "l", "Log" },
	{ { 'l' }, IN_ABOUT, close_first, 0, NO_HELP },
	{ { '/', F(3), F(4) }, IN_LINES, search_lines, 0, "Log lines", "/", "search in the log lines", 2, "/", "Search" },
	{ { 'n' }, IN_LINES, command_next_line_hit, 1, NULL, NULL, NULL, 3, "n", "Next" },
	{ { 'N' }, IN_LINES, command_next_line_hit, -1, NO_HELP },
	{ { 'e' }, IN_LINES, command_next_error, 1, "Log lines", "e E", "next, previous error", 4, "e", "Error" },
	{ { 'E' }, IN_LINES, command_next_error, -1, NO_HELP },
	{ { 'w' }, IN_LINES, command_wrap, 0, "Log lines", "w", "wrap or cut long lines", 5, "w", "Wrap" },
	{ { 'L' }, IN_LINES, command_next_unknown, 1, "Log lines", "L", "next line that cmtop does not understand", 6, "L", "Unknown" },
};
/* clang-format on */

const struct bindings lines_keys = BINDINGS(bindings);
