/* One row a package over all sites: when is it everywhere. */
#include "view/panes/package_dps.h"

#include <math.h>

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

/* "4.1 GB", "~4.1 GB" by distmgr's word, "?" */
static const char *
size_text(struct view *view, uint32_t package, int64_t bytes)
{
	enum size_source source = SIZE_UNKNOWN;

	if (bytes <= 0 || package_size(view->model, package, &source) < 0 || source != SIZE_ESTIMATE)
		return view_size(view, bytes);
	return arena_format(view->arena, "~%s", view_size(view, bytes));
}

static int64_t
size_of(struct view *view, uint32_t package)
{
	enum size_source source;

	return package_size(view->model, package, &source);
}

static void
cell_size(struct view *view, const struct row *row, struct field *out)
{
	out->text = size_text(view, row->index, size_of(view, row->index));
	out->style = out->text[0] == '~' ? STYLE_ESTIMATE : STYLE_NORMAL;
}

/* To other sites; a package may go to this site's own distribution points alone. */
static bool
has_sends(const struct package *package)
{
	return package->waiting + package->running + package->done + package->failed > 0;
}

static void
cell_left(struct view *view, const struct row *row, struct field *out)
{
	out->text = size_text(view, row->index, package_bytes_left(view->model, row->index));
	out->style = out->text[0] == '~' ? STYLE_ESTIMATE : STYLE_NORMAL;
}

/* "~5h 11m"; "~5h 11m!" but for what nothing gets through for; "stuck" where there is nothing else. */
static void
cell_everywhere(struct view *view, const struct row *row, struct field *out)
{
	const struct forecast *forecast = view->ui->outlook.forecast;
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

	if (!view->ui->outlook.forecast || !view->backlog.known)
		return (double)NAN;
	told = forecast_package(view->ui->outlook.forecast, row->index);
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
	int64_t size = size_of(view, row->index);

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
	return "no package in the logs yet";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	return query_package(query, view->model, row->index, view->now);
}

/* ---- detail ---- */

static void
detail_sites(struct view *view, uint32_t package, struct detail *out)
{
	size_t count, i;
	const struct site *sites = model_sites(view->model, &count);

	for (i = 0; i < count; i++) {
		struct pair_counts pair = model_pair(view->model, package, (uint32_t)i);

		if (pair.waiting + pair.running + pair.done + pair.failed == 0)
			continue;
		detail_line(out, sites[i].code,
		            arena_format(view->arena, "%5llu waiting %4llu running %5llu done %4llu failed",
		                         (unsigned long long)pair.waiting, (unsigned long long)pair.running,
		                         (unsigned long long)pair.done, (unsigned long long)pair.failed));
	}
}

/* Distribution points of the site itself. */
static void
detail_dps(struct view *view, uint32_t package, struct detail *out)
{
	const struct package_thread *thread = NULL;
	struct dp_lines dps;

	while ((thread = model_next_thread(view->model, thread)) && thread->package != package)
		continue;
	dps = dps_of(view, package, thread, false);
	dps_detail(view, &dps, out);
	if (dps.count > 0)
		detail_line(out, NULL, "");
}

/* "in ~5h 11m (4h 35m to 6h 4m), except 2 stuck sends (site blocked, closed or stalled)" */
static const char *
everywhere_text(struct view *view, uint32_t package)
{
	const struct forecast *forecast = view->ui->outlook.forecast;
	struct forecast_package told;
	const char *text = "?", *range = "";

	if (!forecast)
		return text;
	told = forecast_package(forecast, package);
	if (told.done.likely >= 0 && told.done.soonest >= 0 && told.done.soonest != told.done.latest)
		range = arena_format(view->arena, told.done.latest < 0 ? " (%s or more)" : " (%s to %s)",
		                     view_eta(view, told.done.soonest), view_eta(view, told.done.latest));
	if (told.done.likely >= 0)
		text = arena_format(view->arena, "in ~%s%s", view_eta(view, told.done.likely), range);
	else if (told.done.likely == ETA_NEVER)
		text = arena_format(view->arena, "never %s", forecast_never_says(forecast_basis(forecast)->never));
	else
		text = arena_format(view->arena, "?  (%s)", forecast_lack_says(forecast_basis(forecast)->lack));
	return told.left_out == 0
	               ? text
	               : arena_format(view->arena, "%s, except %llu stuck send%s (site blocked, closed or stalled)",
	                              text, (unsigned long long)told.left_out, told.left_out == 1 ? "" : "s");
}

static void
detail(struct view *view, uint64_t id, struct detail *out)
{
	uint32_t index = (uint32_t)id;
	const struct package *package = view_package(view, index);

	out->title = "Package";
	if (!package)
		return;
	out->title = arena_format(view->arena, "Package %s", package->id);
	detail_line(out, "name", package->name[0] ? package->name : "?");
	detail_line(out, "version",
	            package->version ? arena_format(view->arena, "%u", (unsigned)package->version) : "?");
	detail_line(out, "size", size_text(view, index, size_of(view, index)));
	if (has_sends(package))
		detail_line(out, "left to send", size_text(view, index, package_bytes_left(view->model, index)));
	detail_line(out, "sends",
	            !has_sends(package)
	                    ? "none to other sites"
	                    : arena_format(view->arena, "%llu waiting  %llu running  %llu done  %llu failed",
	                                   (unsigned long long)package->waiting, (unsigned long long)package->running,
	                                   (unsigned long long)package->done, (unsigned long long)package->failed));
	if (view->backlog.known && package->waiting + package->running > 0)
		detail_line(out, "everywhere", everywhere_text(view, index));
	if (package->queued)
		detail_line(out, "distmgr", "waits for a package processing thread");
	detail_line(out, "last heard", view_when(view, package->last));
	detail_line(out, NULL, "");
	detail_dps(view, index, out);
	detail_sites(view, index, out);
}

static void
lines(struct view *view, uint64_t id, struct lines_state *out)
{
	pane_lines_of_package(view, (uint32_t)id, out);
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
	.detail = detail,
};
