#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/frame/paint.h"
#include "view/input/command_find.h"
#include "view/input/export_prompt.h"
#include "view/input/keymap.h"
#include "view/input/prompt.h"
#include "view/key_bar.h"
#include "view/page_help.h"
#include "view/pages/log_lines.h"
#include "view/pages/pages.h"
#include "view/panes/list.h"
#include "view/panes/panes.h"
#include "view/summary/summary.h"
#include "view/summary/trend_line.h"
#include "view/status_line.h"

struct ui *
ui_new(const struct ui_options *options)
{
	struct ui *ui = calloc(1, sizeof(*ui));

	if (!ui)
		return NULL;
	ui->arena = arena_new();
	if (!ui->arena) {
		free(ui);
		return NULL;
	}
	ui->pane_table = pane_table;
	ui->focus = PANE_SENDING;
	ui->ascii = options->ascii;
	ui->units = options->units;
	ui->about = options->about;
	ui->mouse = options->mouse;
	if (options->sort_key >= 0)
		ui->panes[PANE_SENDING].sort = (size_t)options->sort_key;
	ui->panes[PANE_SENDING].invert = options->sort_invert;
	return ui;
}

void
ui_free(struct ui *ui)
{
	if (!ui)
		return;
	query_free(ui->query);
	query_free(ui->search);
	pattern_free(ui->lines.needle);
	grid_destroy(&ui->frozen);
	forecast_cache_close(&ui->forecast_cache);
	arena_free(ui->arena);
	free(ui);
}

bool
ui_filter(struct ui *ui, struct span text, struct query_error *error)
{
	return ui_state_filter(ui, text, error);
}

void
ui_notice(struct ui *ui, const struct scene *scene, const char *text)
{
	ui_state_notice(ui, scene, text);
}

bool
ui_wants_what_if(const struct ui *ui)
{
	return (ui->mode == MODE_EXPORT || ui->mode == MODE_OVERWRITE ? ui->export_from : ui->mode) == MODE_WHAT_IF;
}

/* ---- keys ---- */

static enum ui_effect
no_such_key(struct view *view, int key)
{
	const char *name = key_name(view->arena, key);

	return notice(view, view->ui->paused ? "display paused; press p to resume"
	                                     : arena_format(view->arena,
	                                                    "key \"%s\" does nothing here; F1 lists the keys", name));
}

static bool
ends_typing(int key)
{
	return key == KEY_CTRL_C || key == KEY_CTRL_Z || key == KEY_CTRL_L;
}

enum ui_effect
ui_key(struct ui *ui, const struct scene *scene, int key)
{
	const struct binding *binding;
	enum ui_effect effect;
	bool noticed = ui->notice[0] != '\0';
	struct view view;

	if (key == KEY_NONE)
		return UI_NOTHING;
	view_begin(&view, ui, scene, NULL);
	ui->notice[0] = '\0';
	ui->escape_now = false;
	if (prompt_label(ui) && !ends_typing(key)) {
		effect = typing_key(&view, key);
	} else if (ui->mode == MODE_OVERWRITE && !ends_typing(key)) {
		effect = export_answer(&view, key);
	} else {
		binding = keys_find(key, keys_where(ui));
		effect = binding ? binding->run(&view, binding->how) : no_such_key(&view, key);
	}
	ui->escaped = ui->escape_now;
	return effect == UI_NOTHING && noticed ? UI_REDRAW : effect;
}

/* ---- drawing ---- */

static void
paint_panes(struct view *view)
{
	const struct layout *layout = &view->layout;
	struct ui *ui = view->ui;
	struct area over = { 0, layout->summary, ui->width,
		             (layout->status >= 0 ? layout->status : ui->height) - layout->summary };
	int pane;

	if (over.height <= 0)
		return;
	switch (ui->mode == MODE_EXPORT || ui->mode == MODE_OVERWRITE ? ui->export_from : ui->mode) {
	case MODE_HELP: page_help_paint(view, &over); return;
	case MODE_ADVICE: advice_paint(view, &over); return;
	case MODE_WHAT_IF: what_if_paint(view, &over); return;
	case MODE_LINES:
	case MODE_LINES_SEARCH: lines_paint(view, &over); return;
	case MODE_DETAIL: row_detail_paint(view, &over); return;
	case MODE_SORT: sort_menu_paint(view, &over); return;
	default: break;
	}
	if (layout->trend.height > 0)
		trend_paint(view, &layout->trend);
	for (pane = PANE_FIRST; pane < PANE_COUNT; pane++) {
		if (layout->panes[pane].height > 0)
			list_paint(view, pane, &layout->panes[pane]);
	}
}

static void
paint_status(struct view *view)
{
	const struct layout *layout = &view->layout;
	struct area line = { 0, layout->status, view->ui->width, 1 };

	/* Where there is no status line, what is typed and what must be said take the last one. */
	if (line.y < 0 && status_urgent(view))
		line.y = view->ui->height - 1;
	if (line.y >= 0)
		status_paint(view, &line);
	if (layout->bar < 0)
		return;
	line.y = layout->bar;
	key_bar_paint(view, &line);
}

static void
freeze(struct view *view)
{
	struct ui *ui = view->ui;

	if (!grid_resize(&ui->frozen, ui->width, ui->height))
		return;
	memcpy(ui->frozen.cells, view->grid->cells, (size_t)ui->width * (size_t)ui->height * sizeof(struct cell));
	ui->frozen_records = view_records(view->scene);
}

static bool
is_blank_cell(const struct view *view, int x)
{
	const struct cell *cell = grid_cell(view->grid, x, 0);

	return !cell || strcmp(cell->text, " ") == 0;
}

/* "PAUSED 1,204 lines behind" over the end of the first line. */
static void
paint_pause(struct view *view)
{
	const struct ui *ui = view->ui;
	struct area line = { 0, 0, ui->width, 1 };
	uint64_t now = view_records(view->scene);
	const char *text;
	char count[FMT_TEXT];
	int x;

	fmt_count(now > ui->frozen_records ? now - ui->frozen_records : 0, count);
	text = arena_format(view->arena, "PAUSED %s lines behind", count);
	x = paint_width(text) < ui->width ? ui->width - paint_width(text) : 0;
	/* Nothing half is left of what stood there: facts are parted by two blanks. */
	while (x > 1 && !(is_blank_cell(view, x - 1) && is_blank_cell(view, x - 2)))
		x--;
	paint_field(view, &line, x, 0, ui->width - x, text, ALIGN_RIGHT, CUT_END, STYLE_WARN);
}

static void
paint_all(struct view *view)
{
	struct area top = { 0, 0, view->ui->width, view->layout.summary };

	grid_clear(view->grid);
	summary_paint(view, &top, view->layout.brief);
	paint_panes(view);
}

void
ui_draw(struct ui *ui, const struct scene *scene, struct grid *grid)
{
	struct view view;

	ui->width = grid->width;
	ui->height = grid->height;
	view_begin(&view, ui, scene, grid);
	if (ui->paused && ui->frozen.cells && ui->frozen.width == ui->width && ui->frozen.height == ui->height) {
		memcpy(grid->cells, ui->frozen.cells, (size_t)ui->width * (size_t)ui->height * sizeof(struct cell));
	} else {
		paint_all(&view);
		if (ui->paused)
			freeze(&view);
	}
	paint_status(&view);
	if (ui->paused)
		paint_pause(&view);
}
