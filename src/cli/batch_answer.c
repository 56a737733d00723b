#include "cli/batch_answer.h"

#include <stdio.h>

#include "cli/stdout_sink.h"
#include "cli/ui_setup.h"
#include "cmtop/check.h"
#include "cmtop/report.h"
#include "os/message.h"

int
answer_no_memory(const struct options *options)
{
	message_error(NULL, "out of memory");
	return options->mode == MODE_CHECK ? answer_unread("") : 1;
}

/* ---- a snapshot ---- */

static bool
print_snapshot(const struct options *options, struct scene scene, const struct sink *sink)
{
	struct query_error error;
	struct query *query = NULL;
	bool good = true;

	if (options->filter) {
		query = query_new(span_of(options->filter), &error);
		if (!query)
			return false;
	}
	scene.query = query;
	switch (options->format) {
	case FORMAT_JSON: good = report_json(&scene, sink); break;
	case FORMAT_CSV: good = report_csv(&scene, options->table, sink); break;
	default: report_text(&scene, sink); break;
	}
	query_free(query);
	return good;
}

int
answer_snapshot(const struct options *options, const struct scene *scene)
{
	struct out out;

	out_open(&out);
	return print_snapshot(options, *scene, &out.sink) ? out_end(&out) : answer_no_memory(options);
}

/* ---- a screen ---- */

static void
type_keys(struct ui *ui, const struct scene *scene, struct grid *grid, const char *keys)
{
	struct span text = span_of(keys);
	int key;

	ui_draw(ui, scene, grid);
	while (keys_take(&text, &key) && ui_key(ui, scene, key) != UI_QUIT)
		ui_draw(ui, scene, grid); /* the next key may depend on what is seen */
}

int
answer_drawing(const struct options *options, const struct scene *scene)
{
	struct out out;
	struct grid grid = { 0 };
	struct ui *ui = ui_setup(options);
	bool good = ui && grid_resize(&grid, options->width, options->height);

	out_open(&out);
	if (good) {
		type_keys(ui, scene, &grid, options->keys);
		grid_text(&grid, &out.sink);
	}
	grid_destroy(&grid);
	ui_free(ui);
	return good ? out_end(&out) : answer_no_memory(options);
}

/* ---- messages that no template knows ---- */

int
answer_unknown(struct unknown *unknown)
{
	struct out out;

	out_open(&out);
	unknown_print(unknown, &out.sink);
	return out_end(&out);
}

/* ---- a verdict for monitoring ---- */

int
answer_check(const struct options *options, const struct scene *scene, int64_t clock)
{
	struct check_error error;
	struct check *check = check_new(span_of(options->check), &error);
	enum verdict verdict;
	struct out out;

	if (!check) /* out of memory: it was read before */
		return answer_no_memory(options);
	out_open(&out);
	verdict = check_report(check, scene, clock, &out.sink);
	check_free(check);
	return out_end(&out) ? VERDICT_UNKNOWN : (int)verdict; /* what monitoring did not get is unknown to it */
}

int
answer_unread(const char *what)
{
	char why[1024];
	struct out out;

	snprintf(why, sizeof(why), "%s%s%s", what, *what && *message_first() ? ": " : "", message_first());
	out_open(&out);
	check_report_unread(why, &out.sink);
	out_end(&out);
	return VERDICT_UNKNOWN;
}
