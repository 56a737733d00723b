/* Asks for the name of the file that is exported to; writing it is the caller's. */
#include "view/input/export_prompt.h"

#include <stdio.h>

#include "view/input/prompt.h"

enum ui_effect
command_export(struct view *view, int how)
{
	struct ui *ui = view->ui;

	(void)how;
	ui->export_from = ui->mode;
	ui->mode = MODE_EXPORT;
	ui->broken = false;
	prompt_open(&ui->prompt, "");
	return UI_REDRAW;
}

enum ui_effect
export_typed(struct view *view)
{
	struct ui *ui = view->ui;

	ui->mode = ui->export_from;
	if (ui->prompt.size == 0)
		return UI_REDRAW;
	span_copy(span_of(ui->prompt.text), ui->export_path, sizeof(ui->export_path));
	ui->export_over = false;
	return UI_EXPORT;
}

enum ui_effect
export_answer(struct view *view, int key)
{
	struct ui *ui = view->ui;

	ui->mode = ui->export_from;
	if (key != 'y' && key != 'Y')
		return notice(view, "nothing was written");
	ui->export_over = true;
	return UI_EXPORT;
}

struct ui_export
ui_export_wanted(const struct ui *ui)
{
	struct span path = span_of(ui->export_path);

	return (struct ui_export){
		.path = ui->export_path,
		.over = ui->export_over,
		.format = span_ends_nocase(path, SPAN(".csv"))    ? UI_FORMAT_CSV
		          : span_ends_nocase(path, SPAN(".json")) ? UI_FORMAT_JSON
		                                                  : UI_FORMAT_TEXT,
	};
}

void
ui_export_result(struct ui *ui, const struct scene *scene, enum ui_exported result, const char *why)
{
	const char *done = scene->unread ? " written, but the logs are not read to the end yet" : " written";
	char text[sizeof(ui->notice)];

	if (result == UI_EXPORT_EXISTS) {
		ui->export_from = ui->mode;
		ui->mode = MODE_OVERWRITE;
		return;
	}
	snprintf(text, sizeof(text), "%.100s%s%s", ui->export_path, result == UI_EXPORTED ? done : ": ",
	         result == UI_EXPORTED || !why ? "" : why);
	ui_state_notice(ui, scene, text);
}
