/* One row a package over all sites: when is it everywhere. */
#include <math.h>

#include "view/panes/counterpart.h"
#include "view/panes/package_detail.h"
#include "view/grid/format.h"

static const struct package *
package_of(const struct row *row)
{
	return row->of;
}

static void
gather(struct view *view, struct rows *out)
{
	const struct pane_state *state = &view->ui->panes[PANE_PACKAGES];
	const struct package *packages = model_packages(view->model, &out->total);
	uint32_t *indexes = arena_take(view->arena, (out->total + 1) * sizeof(*indexes));
	size_t i, count = 0;

	out->at = rows_take(view, out->total);
	if (!indexes || !out->at)
		return;
	for (i = 0; i < out->total; i++) {
		if (query_package(view->ui->query, view->model, (uint32_t)i, view->now))
			indexes[count++] = (uint32_t)i;
	}
	order_packages(view->model, indexes, count, state->sort, state->invert, view->now);
	for (i = 0; i < count; i++)
		out->at[i] = (struct row){ .id = indexes[i], .of = &packages[indexes[i]], .index = indexes[i] };
	out->count = count;
}

/* ---- cells ---- */

static void
cell_id(struct view *view, const struct row *row, struct field *out)
{
	(void)view;
	out->text = package_of(row)->id;
}

static void
cell_name(struct view *view, const struct row *row, struct field *out)
{
	(void)view;
	out->text = package_of(row)->name[0] ? package_of(row)->name : "?";
}

static void
put_count(struct view *view, uint64_t count, struct field *out)
{
	out->text = arena_format(view->arena, "%llu", (unsigned long long)count);
}

static void
cell_done(struct view *view, const struct row *row, struct field *out)
{
	put_count(view, package_of(row)->done, out);
}

static void
cell_running(struct view *view, const struct row *row, struct field *out)
{
	put_count(view, package_of(row)->running, out);
}

static void
cell_waiting(struct view *view, const struct row *row, struct field *out)
{
	if (view->backlog.known)
		put_count(view, package_of(row)->waiting, out);
	else
		out->text = "?";
}

static void
cell_failed(struct view *view, const struct row *row, struct field *out)
{
	put_count(view, package_of(row)->failed, out);
}

static void
cell_size(struct view *view, const struct row *row, struct field *out)
{
	out->text = package_size_text(view, row->index, package_known_size(view, row->index));
	out->style = out->text[0] == '~' ? STYLE_ESTIMATE : STYLE_NORMAL;
}

static void
cell_left(struct view *view, const struct row *row, struct field *out)
{
	out->text = package_size_text(view, row->index, package_bytes_left(view->model, row->index));
	out->style = out->text[0] == '~' ? STYLE_ESTIMATE : STYLE_NORMAL;
}

/* "~5h 11m"; "~5h 11m!" but for what nothing gets through for; "stuck" where there is nothing else. */
static void
cell_everywhere(struct view *view, const struct row *row, struct field *out)
{
	const struct forecast *forecast = view->ui->forecast_cache.forecast;
	struct forecast_package told;

	if (!forecast || !view->backlog.known || package_of(row)->waiting + package_of(row)->running == 0) {
		out->text = "-";
		return;
	}
	told = forecast_package(forecast, row->index);
	out->style = told.left_out > 0 ? STYLE_WARN : STYLE_ESTIMATE;
	if (told.left_out > 0 && told.done.likely == 0)
		out->text = "stuck";
	else if (told.done.likely < 0)
		out->text = told.done.likely == ETA_NEVER ? "never" : "-";
	else
		out->text = arena_format(view->arena, "~%s%s", view_eta(view, told.done.likely),
		                         told.left_out > 0 ? "!" : "");
}

/* ---- figures, for an export ---- */

static double
figure_everywhere(struct view *view, const struct row *row)
{
	struct forecast_package told;

	if (!view->ui->forecast_cache.forecast || !view->backlog.known)
		return (double)NAN;
	told = forecast_package(view->ui->forecast_cache.forecast, row->index);
	if (package_of(row)->waiting + package_of(row)->running == 0)
		return 0;
	return told.left_out > 0 || told.done.likely < 0 ? (double)NAN : (double)whole_seconds(told.done.likely);
}

static double
figure_done(struct view *view, const struct row *row)
{
	(void)view;
	return (double)package_of(row)->done;
}

static double
figure_running(struct view *view, const struct row *row)
{
	(void)view;
	return (double)package_of(row)->running;
}

static double
figure_waiting(struct view *view, const struct row *row)
{
	return view->backlog.known ? (double)package_of(row)->waiting : (double)NAN;
}

static double
figure_failed(struct view *view, const struct row *row)
{
	(void)view;
	return (double)package_of(row)->failed;
}

static double
figure_size(struct view *view, const struct row *row)
{
	int64_t size = package_known_size(view, row->index);

	return size < 0 ? (double)NAN : (double)size;
}

static double
figure_left(struct view *view, const struct row *row)
{
	int64_t left = package_bytes_left(view->model, row->index);

	return left < 0 ? (double)NAN : (double)left;
}

enum {
	COLUMN_PACKAGE,
	COLUMN_NAME,
	COLUMN_DONE,
	COLUMN_RUNNING,
	COLUMN_WAITING,
	COLUMN_FAILED,
	COLUMN_SIZE,
	COLUMN_LEFT,
	COLUMN_EVERYWHERE
};

/* clang-format off */
static const struct column columns[] = {
	[COLUMN_PACKAGE] = { "PACKAGE", 8,  0,  ALIGN_LEFT,  CUT_END, "package",    cell_id, "package", NULL },
	[COLUMN_NAME]    = { "NAME",    12, 36, ALIGN_LEFT,  CUT_END, "name",       cell_name, "name", NULL },
	[COLUMN_DONE]    = { "DONE",    5,  0,  ALIGN_RIGHT, CUT_END, "done",       cell_done, "done", figure_done },
	[COLUMN_RUNNING] = { "SEND",    4,  0,  ALIGN_RIGHT, CUT_END, "running",    cell_running, "running", figure_running },
	[COLUMN_WAITING] = { "WAIT",    5,  0,  ALIGN_RIGHT, CUT_END, "waiting",    cell_waiting, "waiting", figure_waiting },
	[COLUMN_FAILED]  = { "FAIL",    4,  0,  ALIGN_RIGHT, CUT_END, "failed",     cell_failed, "failed", figure_failed },
	[COLUMN_SIZE]    = { "SIZE",    9,  0,  ALIGN_RIGHT, CUT_END, "size",       cell_size, "size", figure_size },
	[COLUMN_LEFT]    = { "LEFT",    9,  0,  ALIGN_RIGHT, CUT_END, "bytes_left", cell_left, "bytes_left", figure_left },
	[COLUMN_EVERYWHERE] = { "ALL IN", 9, 0, ALIGN_RIGHT, CUT_END, NULL, cell_everywhere, "eta", figure_everywhere },
};

static const struct yield yields[] = {
	{ COLUMN_NAME, 0 }, { COLUMN_SIZE, 0 }, { COLUMN_FAILED, 0 }, { COLUMN_LEFT, 0 }, { COLUMN_EVERYWHERE, 0 }, { COLUMN_DONE, 0 },
	{ COLUMN_RUNNING, 0 },
};
/* clang-format on */

static const struct table table = {
	.run = 56,
	.column_count = sizeof(columns) / sizeof(*columns),
	.columns = columns,
	.yield_count = sizeof(yields) / sizeof(*yields),
	.yields = yields,
};

/* ---- words ---- */

static const char *
title(struct view *view)
{
	return pane_count(view, PANE_PACKAGES);
}

static const char *
empty(struct view *view)
{
	(void)view;
	return "no package has been named yet";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	return query_package(query, view->model, row->index, view->now);
}

static void
lines(struct view *view, uint64_t id, struct lines_state *out)
{
	pane_lines_of_package(view, (uint32_t)id, out);
}

static uint64_t
counterpart(const struct handover *handover, uint64_t id)
{
	return id_or_gone(same_package(handover, (uint32_t)id));
}

const struct pane pane_packages = {
	.name = "Packages",
	.one = "package",
	.many = "packages",
	.order = ORDER_PACKAGES,
	.table = &table,
	.gather = gather,
	.title = title,
	.empty = empty,
	.fits = fits,
	.lines = lines,
	.detail = package_detail,
	.counterpart = counterpart,
};
