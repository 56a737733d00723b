/* What the keys do that concern the whole dashboard, not a row or an order. */
#include "view/input/keys.h"

enum ui_effect
command_pause(struct view *view, int how)
{
	(void)how;
	view->ui->paused = !view->ui->paused;
	grid_free(&view->ui->frozen);
	return UI_REDRAW;
}

enum ui_effect
command_units(struct view *view, int how)
{
	static const char *const says[FMT_UNITS_COUNT] = { "units: K M G T of 1024 bytes",
		                                           "units: K M G T of 1000 bytes",
		                                           "units: rates in bits per second" };

	(void)how;
	view->ui->units = (enum fmt_units)((view->ui->units + 1) % FMT_UNITS_COUNT);
	return command_say(view, says[view->ui->units]);
}

/* ui_refresh() in milliseconds; the first is "as it comes". */
static const unsigned refreshes[] = { 0, 200, 500, 1000, 2000, 5000, 10000 };

enum ui_effect
command_refresh(struct view *view, int how)
{
	unsigned most = sizeof(refreshes) / sizeof(*refreshes) - 1, *step = &view->ui->refresh;

	if (how > 0 ? *step < most : *step > 0)
		*step += (unsigned)how;
	if (*step == 0)
		return command_say(view, "refresh: as soon as something changes");
	return command_say(view, arena_format(view->arena, "refresh: at most every %.1f s",
	                                      (double)refreshes[*step] / (double)WHEN_SECOND));
}

unsigned
ui_refresh(const struct ui *ui)
{
	return refreshes[ui->refresh];
}

enum ui_effect
command_theme(struct view *view, int how)
{
	(void)view, (void)how;
	return UI_THEME;
}

enum ui_effect
command_mouse(struct view *view, int how)
{
	(void)how;
	view->ui->mouse = !view->ui->mouse;
	command_say(view, view->ui->mouse ? "Mouse on. Shift+drag selects text; m = off"
	                                  : "Mouse off: drag selects text; m = on");
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

enum ui_effect
command_close(struct view *view, int how)
{
	(void)how;
	if (view->ui->mode == MODE_PANES)
		return UI_QUIT;
	view->ui->mode = view->ui->mode == MODE_LINES ? view->ui->lines.from : MODE_PANES;
	return UI_REDRAW;
}

/* Escape takes back one thing at a time; a filter only when it is pressed twice. */
enum ui_effect
command_escape(struct view *view, int how)
{
	struct ui *ui = view->ui;

	(void)how;
	if (ui->mode != MODE_PANES) {
		return command_close(view, 0);
	} else if (ui->paused) {
		return command_pause(view, 0);
	} else if (ui->zoom) {
		ui->zoom = false;
	} else if (ui->search) {
		query_free(ui->search);
		ui->search = NULL;
	} else if (view_filtered(view)) {
		if (ui->escaped)
			return command_drop_filter(view, 0);
		ui->escape_now = true;
		return command_say(view, "press Esc again to remove the filter");
	} else {
		return UI_NOTHING;
	}
	return UI_REDRAW;
}

enum ui_effect
command_quit(struct view *view, int how)
{
	(void)view, (void)how;
	return UI_QUIT;
}

enum ui_effect
command_suspend(struct view *view, int how)
{
	(void)view, (void)how;
	return UI_SUSPEND;
}

enum ui_effect
command_repaint(struct view *view, int how)
{
	(void)view, (void)how;
	return UI_REPAINT;
}
