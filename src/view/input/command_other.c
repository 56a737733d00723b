/* The keys that open and close, and those that concern the program itself. */
#include "view/input/command_other.h"

#include "view/input/command_find.h"
#include "view/input/command_view.h"
#include "view/input/export_prompt.h"

static enum ui_effect
command_close(struct view *view, int how)
{
	(void)how;
	if (view->ui->mode == MODE_PANES)
		return UI_QUIT;
	view->ui->mode = view->ui->mode == MODE_LINES ? view->ui->lines.from : MODE_PANES;
	return UI_REDRAW;
}

/* Escape takes back one thing at a time; a filter only when it is pressed twice. */
static enum ui_effect
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
		return notice(view, "press Esc again to remove the filter");
	} else {
		return UI_NOTHING;
	}
	return UI_REDRAW;
}

static enum ui_effect
command_quit(struct view *view, int how)
{
	(void)view, (void)how;
	return UI_QUIT;
}

static enum ui_effect
command_suspend(struct view *view, int how)
{
	(void)view, (void)how;
	return UI_SUSPEND;
}

static enum ui_effect
command_repaint(struct view *view, int how)
{
	(void)view, (void)how;
	return UI_REPAINT;
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { F(1), '?', 'h' }, IN_LISTS, command_page, MODE_HELP, "Other", "F1 ? h", "this help", 1, "F1", "Help" },
	{ { 'x' }, IN_PANES | IN_LINES, command_export, 0, "Other", "x", "export: text, CSV or JSON, in UTF-8", 10, "x", "Export" },
	{ { 'q', F(10) }, IN_PANES | IN_PAUSE, command_close, 0, "Other", "q F10", "close the page; on the main screen: quit", BAR_LAST, "q", "Quit" },
	{ { 'q', F(10) }, IN_PAGES | IN_MENU | IN_LINES, command_close, 0, NULL, NULL, NULL, BAR_LAST, "q", "Close" },
	{ { KEY_CTRL_C }, ANYWHERE, command_quit, 0, "Other", "Ctrl-C", "quit at once", NO_BAR },
	{ { KEY_CTRL_Z }, ANYWHERE, command_suspend, 0, "Other", "Ctrl-Z", "suspend; fg resumes", NO_BAR },
	{ { KEY_CTRL_L }, ANYWHERE, command_repaint, 0, "Other", "Ctrl-L", "redraw the screen", NO_BAR },
	{ { KEY_ESCAPE }, ANYWHERE, command_escape, 0, NO_HELP },
};
/* clang-format on */

const struct bindings other_keys = BINDINGS(bindings);
