/*
 * Filter and search: lines that are typed, in force while they are.
 */
#include "view/keys.h"
#include "view/list.h"
#include "view/prompt.h"

enum ui_effect
act_say(struct view *view, const char *text)
{
	ui_notice(view->ui, view->scene, text);
	return UI_REDRAW;
}

enum ui_effect
act_filter(struct view *view, int how)
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
act_drop_filter(struct view *view, int how)
{
	(void)how;
	if (!view_filtered(view))
		return act_say(view, "no filter is in force");
	query_free(view->ui->query);
	view->ui->query = NULL;
	return UI_REDRAW;
}

enum ui_effect
act_search(struct view *view, int how)
{
	(void)how;
	view->ui->mode = MODE_SEARCH;
	view->ui->broken = false;
	prompt_open(&view->ui->prompt, query_text(view->ui->search));
	return UI_REDRAW;
}

/* To the next row that is marked, from the cursor on and round the end; `how` 0: the cursor's own row counts. */
static bool
go_to_hit(struct view *view, int how)
{
	int pane = view->ui->focus;
	const struct rows *rows = view_rows(view, pane);
	size_t at = list_cursor(view, pane), i;

	for (i = how == 0 ? 0 : 1; rows->count > 0 && i <= rows->count; i++) {
		size_t next = (how < 0 ? at + rows->count - i % rows->count : at + i) % rows->count;

		if (pane_of(pane)->fits(view, view->ui->search, &rows->at[next])) {
			list_select(view, pane, next);
			return true;
		}
	}
	return false;
}

enum ui_effect
act_next_hit(struct view *view, int how)
{
	if (!view->ui->search)
		return act_say(view, "nothing is searched for, F3 does");
	return go_to_hit(view, how) ? UI_REDRAW : act_say(view, "not found in this pane");
}

/* Enter, of a filter or a search that is good. */
static void
keep_line(struct view *view)
{
	struct ui *ui = view->ui;

	if (ui->mode == MODE_FILTER)
		history_keep(&ui->filters, ui->prompt.text);
	else
		history_keep(&ui->searches, ui->prompt.text);
	if (ui->mode == MODE_SEARCH && ui->search && !go_to_hit(view, 0))
		act_say(view, "not found in this pane");
	ui->mode = MODE_PANES;
}

static void
drop_line(struct view *view)
{
	struct ui *ui = view->ui;
	struct query_error error;

	if (ui->mode == MODE_FILTER) {
		ui_filter(ui, span_of(ui->before), &error);
	} else {
		query_free(ui->search);
		ui->search = NULL;
	}
	ui->broken = false;
	ui->mode = MODE_PANES;
}

/* What is typed is in force at once; while it is broken the last good line stays. */
static void
try_line(struct view *view)
{
	struct ui *ui = view->ui;
	struct query *query;

	if (ui->mode == MODE_FILTER) {
		ui->broken = !ui_filter(ui, span_of(ui->prompt.text), &ui->error);
		return;
	}
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
	case PROMPT_CHANGED:
		try_line(view);
		return UI_REDRAW;
	case PROMPT_KEEP:
		/* A broken line stays to be mended. */
		if (!ui->broken)
			keep_line(view);
		return UI_REDRAW;
	case PROMPT_DROP:
		drop_line(view);
		return UI_REDRAW;
	case PROMPT_MOVED:
		return UI_REDRAW;
	case PROMPT_NOTHING:
		break;
	}
	return UI_NOTHING;
}
