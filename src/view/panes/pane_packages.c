/* One row a package over all sites: when is it everywhere. */
#include "view/panes/counterpart.h"

#include "cmtop/count_of.h"
#include "view/panes/package_detail.h"
#include "view/frame/format.h"

static const struct package *
package_of(const struct row *row)
{
	return row->of;
}

static void
gather(struct view *view, struct rows *out)
{
	const struct package *packages = model_packages(view->model, &out->total);
	const void **found = arena_take(view->arena, (out->total + 1) * sizeof(*found));
	size_t i, count = 0;

	out->at = rows_take(view, out->total);
	if (!found || !out->at)
		return;
	for (i = 0; i < out->total; i++) {
		if (query_package(view->ui->query, view->model, (uint32_t)i, view->now))
			found[count++] = &packages[i];
	}
	pane_sort(view, PANE_PACKAGES, found, count);
	for (i = 0; i < count; i++) {
		uint32_t index = (uint32_t)((const struct package *)found[i] - packages);

		out->at[i] = (struct row){ .id = index, .of = found[i], .index = index };
	}
	out->count = count;
}

/* ---- cells ---- */

/* "~5h 11m"; "~5h 11m!" but for what nothing gets through for; "stuck" where there is nothing else. */
static void
cell_everywhere(struct view *view, const struct row *row, struct table_cell *out)
{
	const struct forecast *forecast = view->context.forecast;
	struct forecast_package told;

	if (!forecast || !view->context.backlog.known || package_of(row)->waiting + package_of(row)->running == 0) {
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

/* clang-format off */
static const struct column columns[] = {
	{ COLUMN_LEFT("package", 8, 0) },
	{ COLUMN_LEFT("name", 12, 36) },
	{ COLUMN_RIGHT("done", 5, 0) },
	{ COLUMN_RIGHT("running", 4, 0) },
	{ COLUMN_RIGHT("waiting", 5, 0) },
	{ COLUMN_RIGHT("failed", 4, 0) },
	{ COLUMN_RIGHT("size", 9, 0) },
	{ COLUMN_RIGHT("bytes_left", 9, 0) },
	{ COLUMN_RIGHT("eta", 9, 0), .cell = cell_everywhere },
};

static const struct yield yields[] = {
	{ "name", 0 }, { "size", 0 }, { "failed", 0 }, { "bytes_left", 0 }, { "eta", 0 }, { "done", 0 },
	{ "running", 0 },
};
/* clang-format on */

static const struct table table = {
	.entity = ENTITY_PACKAGES,
	.run = 56,
	.column_count = COUNT_OF(columns),
	.columns = columns,
	.yield_count = COUNT_OF(yields),
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
	return "no package in the logs yet";
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
	.table = &table,
	.gather = gather,
	.title = title,
	.empty = empty,
	.fits = fits,
	.lines = lines,
	.detail = package_detail,
	.counterpart = counterpart,
};
