#include "export.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct export {
	FILE *file;
	int   error;  /* errno of the first failed write */
};

static void
put(void *payload, const char *bytes, size_t size)
{
	struct export *export = payload;

	if (!export->error && fwrite(bytes, 1, size, export->file) != size)
		export->error = errno;
}

void
export_rows(struct ui *ui, const struct scene *scene)
{
	struct ui_export wanted = ui_export_wanted(ui);
	struct export export = { .file = fopen(wanted.path, wanted.over ? "wb" : "wbx") };
	struct sink sink = { put, &export };

	if (!export.file && errno == EEXIST && !wanted.over) {
		ui_export_result(ui, scene, UI_EXPORT_EXISTS, NULL);
		return;
	}
	if (!export.file) {
		ui_export_result(ui, scene, UI_EXPORT_FAILED, strerror(errno));
		return;
	}
	ui_export(ui, scene, wanted.format, &sink);
	if (fclose(export.file) && !export.error)
		export.error = errno;
	if (export.error)
		ui_export_result(ui, scene, UI_EXPORT_FAILED, strerror(export.error));
	else
		ui_export_result(ui, scene, UI_EXPORTED, NULL);
}
