#include "cli/row_export.h"

#include "cmtop/ascii_sink.h"

struct rows_wanted {
	struct ui *ui;
	const struct scene *scene;
	enum ui_format format;
	bool ascii;
};

static bool
make_rows(void *payload, const struct sink *sink)
{
	const struct rows_wanted *rows = payload;
	struct ascii_sink ascii;

	ascii_sink_open(&ascii, sink, rows->format == UI_FORMAT_JSON);
	ui_export(rows->ui, rows->scene, rows->format, rows->ascii ? &ascii.sink : sink);
	return true;
}

static void
tell(struct ui *ui, const struct scene *scene, enum export_state state, const char *why)
{
	switch (state) {
	case EXPORT_RUNNING: return;
	case EXPORT_DONE: ui_export_result(ui, scene, UI_EXPORTED, NULL); return;
	case EXPORT_EXISTS: ui_export_result(ui, scene, UI_EXPORT_EXISTS, NULL); return;
	case EXPORT_FAILED: ui_export_result(ui, scene, UI_EXPORT_FAILED, why); return;
	}
}

void
row_export_start(struct export *export, struct ui *ui, const struct scene *scene, bool ascii)
{
	struct ui_export wanted = ui_export_wanted(ui);
	struct rows_wanted rows = { ui, scene, wanted.format, ascii };
	const char *why = NULL;
	enum export_state state = export_start(export, make_rows, &rows, wanted.path, wanted.over, &why);

	tell(ui, scene, state, why);
}

void
row_export_finish(struct export *export, struct ui *ui, const struct scene *scene)
{
	const char *why = NULL;
	enum export_state state = export_result(export, &why);

	tell(ui, scene, state, why);
}
