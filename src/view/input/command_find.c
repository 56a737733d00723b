/*
 * Filter and search: lines that are typed, in force while they are.
 */
#include "view/input/command_find.h"

#include "view/input/command_lines.h"
#include "view/input/export_prompt.h"
#include "view/input/prompt.h"
#include "view/pages/log_lines.h"
#include "view/panes/list.h"

static enum ui_effect
command_filter(struct view *view, int how)
{
	struct ui *ui = view->ui;

	(void)how;
	ui->mode = MODE_FILTER;
	ui->broken = false;
	span_copy(span_of(query_text(ui->query)), ui->before, sizeof(ui->before));
	prompt_open(&ui->prompt, ui->before);
	return UI_REDRAW;
}

enum ui_effect
command_drop_filter(struct view *view, int how)
{
	(void)how;
	if (!view_filtered(view))
		return notice(view, "no filter is set");
	query_free(view->ui->query);
	view->ui->query = NULL;
	return UI_REDRAW;
}

static enum ui_effect
command_search(struct view *view, int how)
{
	struct ui *ui = view->ui;

	(void)how;
	ui->broken = false;
	prompt_open(&ui->prompt, query_text(ui->search));
	ui->mode = MODE_SEARCH;
	return UI_REDRAW;
}

/* To the next row that is marked, from the cursor on and round the end; `how` 0: the cursor's own row counts. */
static bool
go_to_hit(struct view *view, int how)
{
	int pane = view->ui->focus;
	const struct rows *rows = pane_rows(view, pane);
	size_t at = list_cursor(view, pane), i;

	for (i = how == 0 ? 0 : 1; rows->count > 0 && i <= rows->count; i++) {
		size_t next = (how < 0 ? at + rows->count - i % rows->count : at + i) % rows->count;

		if (pane_of(view, pane)->fits(view, view->ui->search, &rows->at[next])) {
			list_select(view, pane, next);
			return true;
		}
	}
	return false;
}

static enum ui_effect
command_next_hit(struct view *view, int how)
{
	if (!view->ui->search)
		return notice(view, "no search yet; press F3");
	return go_to_hit(view, how) ? UI_REDRAW : notice(view, "not found in this pane");
}

/* Enter, of a line that is good. */
static enum ui_effect
keep_line(struct view *view)
{
	struct ui *ui = view->ui;

	if (ui->mode == MODE_EXPORT)
		return export_typed(view);
	history_keep(ui->mode == MODE_FILTER ? &ui->filters : &ui->searches, ui->prompt.text);
	if (ui->mode == MODE_SEARCH && ui->search && !go_to_hit(view, 0))
		notice(view, "not found in this pane");
	if (ui->mode == MODE_LINES_SEARCH) {
		ui->mode = MODE_LINES;
		lines_go_to_hit(view);
		return UI_REDRAW;
	}
	ui->mode = MODE_PANES;
	return UI_REDRAW;
}

static void
drop_line(struct view *view)
{
	struct ui *ui = view->ui;
	struct query_error error;

	switch (ui->mode) {
	case MODE_FILTER: ui_state_filter(ui, span_of(ui->before), &error); break;
	case MODE_SEARCH:
		query_free(ui->search);
		ui->search = NULL;
		break;
	case MODE_LINES_SEARCH:
		pattern_free(ui->lines.needle);
		ui->lines.needle = NULL;
		break;
	default: break;
	}
	ui->broken = false;
	ui->mode = ui->mode == MODE_LINES_SEARCH ? MODE_LINES : ui->mode == MODE_EXPORT ? ui->export_from : MODE_PANES;
}

/* What is searched for in log lines: one pattern, blanks and all. */
static void
try_needle(struct ui *ui)
{
	struct pattern_error error = { 0, "" };
	struct pattern *needle = ui->prompt.size ? pattern_new(span_of(ui->prompt.text), &error) : NULL;

	ui->broken = ui->prompt.size && !needle;
	ui->error.at = error.at;
	span_copy(span_of(error.text), ui->error.text, sizeof(ui->error.text));
	if (ui->broken)
		return;
	pattern_free(ui->lines.needle);
	ui->lines.needle = needle;
}

/* What is typed is in force at once; while it is broken the last good line stays. */
static void
try_line(struct view *view)
{
	struct ui *ui = view->ui;
	struct query *query;

	if (ui->mode == MODE_FILTER) {
		ui->broken = !ui_state_filter(ui, span_of(ui->prompt.text), &ui->error);
		return;
	}
	if (ui->mode == MODE_LINES_SEARCH)
		try_needle(ui);
	if (ui->mode != MODE_SEARCH)
		return;
	query = query_new(span_of(ui->prompt.text), &ui->error);
	ui->broken = !query;
	if (!query)
		return;
	query_free(ui->search);
	ui->search = query;
	if (query_is_empty(query)) {
		query_free(query);
		ui->search = NULL;
	}
}

enum ui_effect
typing_key(struct view *view, int key)
{
	struct ui *ui = view->ui;
	const struct history *history = ui->mode == MODE_FILTER ? &ui->filters : &ui->searches;

	switch (prompt_key(&ui->prompt, history, key)) {
	case PROMPT_CHANGED: try_line(view); return UI_REDRAW;
	case PROMPT_KEEP:
		/* A broken line stays to be mended. */
		if (!ui->broken)
			return keep_line(view);
		return UI_REDRAW;
	case PROMPT_DROP: drop_line(view); return UI_REDRAW;
	case PROMPT_MOVED: return UI_REDRAW;
	case PROMPT_NOTHING: break;
	}
	return UI_NOTHING;
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { '/', F(4), '\\' }, IN_PANES, command_filter, 0, "Find", "/ F4", "filter, such as S14 pkg:0EA1 try:>2", 2, "F4/", "Filter" },
	{ { KEY_DELETE }, IN_PANES, command_drop_filter, 0, "Find", "Del, Esc Esc", "remove the filter", NO_BAR },
	{ { F(3) }, IN_PANES, command_search, 0, "Find", "F3", "search: marks rows, hides none", NO_BAR },
	{ { 'n' }, IN_PANES, command_next_hit, 1, "Find", "n N", "next, previous match", NO_BAR },
	{ { 'N' }, IN_PANES, command_next_hit, -1, NO_HELP },
};
/* clang-format on */

const struct bindings find_keys = BINDINGS(bindings);
