#include "cli/ui_setup.h"

#include "os/os.h"

struct ui *
ui_setup(const struct options *options)
{
	const struct ui_options look = {
		.ascii = options->ascii || !os_is_utf8(),
		.sort_key = options->sort_key,
		.sort_invert = options->sort_invert,
		.mouse = options->mouse,
		.about = "cmtop " PROGRAM_VERSION,
	};
	struct ui *ui = ui_new(&look);
	struct query_error error;

	if (ui && options->filter && !ui_filter(ui, span_of(options->filter), &error)) {
		ui_free(ui);
		ui = NULL;
	}
	return ui;
}
