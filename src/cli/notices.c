#include "cli/notices.h"

#include <stdio.h>
#include <uv.h>

#include "cmtop/fmt.h"
#include "store/atomic_file.h"

void
notice_lost(struct ui *ui, const struct scene *scene, size_t log, uint64_t missed)
{
	char size[FMT_TEXT] = "an unknown part", text[128];

	if (missed)
		fmt_size(missed, FMT_BYTES, size);
	snprintf(text, sizeof(text), "%s: %s lost when the log rolled over", scene->logs[log].name, size);
	ui_notice(ui, scene, text);
}

void
notice_unmapped(struct ui *ui, const struct scene *scene, const char *folder, int error)
{
	char text[256];

	snprintf(text, sizeof(text), "cannot look up file sizes: %s: %s", uv_strerror(error), folder);
	ui_notice(ui, scene, text);
}

void
notice_unsaved(struct ui *ui, const struct scene *scene, const char *path, int error)
{
	char text[256];

	snprintf(text, sizeof(text), "history is not saved: %s%s: %s", error > 0 ? "the file " : "",
	         atomic_file_error_text(error), path);
	ui_notice(ui, scene, text);
}
