/*
 * The package processing threads, which are the other kind of slot, then packages
 * that are on their way to distribution points after their threads have ended;
 * below each, where there is room, its distribution points; then what is queued.
 */
#include <stdlib.h>

#include "cmtop/state_text.h"
#include "view/panes/thread_row.h"
#include "view/panes/transfer_row.h"

/* ---- rows ---- */

static uint64_t
id_of(enum kind kind, uint64_t value)
{
	return (uint64_t)kind << KIND_SHIFT | value;
}

/* A package thread, or a package without one, and its distribution points. */
struct entry {
	struct row row;
	struct dp_lines dps;
};

static struct row
row_of_dp(const struct dp_line *line)
{
	if (line->dp)
		return (struct row){ .id = id_of(ROW_DP, line->dp_index), .of = line };
	return (struct row){ .id = id_of(ROW_TRANSFER, line->transfer->job), .of = line };
}

static int
by_queue_order(const void *left, const void *right)
{
	const struct package *a = ((const struct row *)left)->of, *b = ((const struct row *)right)->of;

	return a->queued_order < b->queued_order ? -1 : a->queued_order > b->queued_order;
}

static void
gather_queued(struct view *view, struct rows *out)
{
	size_t count, i, first = out->count;
	const struct package *packages = model_packages(view->model, &count);

	for (i = 0; i < count; i++) {
		if (packages[i].queued && query_package(view->ui->query, view->model, (uint32_t)i, view->now))
			out->at[out->count++] =
				(struct row){ .id = id_of(ROW_QUEUED, i), .of = &packages[i], .index = (uint32_t)i };
	}
	qsort(out->at + first, out->count - first, sizeof(*out->at), by_queue_order);
}

static struct entry
entry_of_thread(struct view *view, const struct package_thread *thread)
{
	/* clang-format off */
	return (struct entry){
		{ .id = id_of(ROW_THREAD, thread->serial), .of = thread }, dps_of(view, thread->package, thread, true)
	};
	/* clang-format on */
}

static struct entry
entry_of_copying(struct view *view, uint32_t package)
{
	return (struct entry){
		{ .id = id_of(ROW_COPYING, package), .of = view_package(view, package), .index = package },
		dps_of(view, package, NULL, false)
	};
}

/* Counts them all, and keeps those that the filter lets through: NULL when out of memory. */
static struct entry *
take_entries(struct view *view, size_t *count, size_t *total)
{
	const struct package_thread *thread = NULL;
	size_t packages, threads = 0, left, i;
	struct entry *out;
	uint32_t *behind;

	while ((thread = model_next_thread(view->model, thread)))
		threads++;
	model_packages(view->model, &packages);
	behind = arena_take(view->arena, (packages + 1) * sizeof(*behind));
	left = behind && view->transfers.heard ? dps_left_behind(view, behind) : 0;
	*total = threads + left;
	out = arena_take(view->arena, (*total + 1) * sizeof(*out));
	if (!out)
		return NULL;
	while ((thread = model_next_thread(view->model, thread))) {
		if (query_thread(view->ui->query, view->model, thread, view->now))
			out[(*count)++] = entry_of_thread(view, thread);
	}
	for (i = 0; i < left; i++) {
		if (query_package(view->ui->query, view->model, behind[i], view->now))
			out[(*count)++] = entry_of_copying(view, behind[i]);
	}
	return out;
}

static void
gather(struct view *view, struct rows *out)
{
	size_t count = 0, dps = 0, i, k;
	const struct entry *entries = take_entries(view, &count, &out->total);
	bool with_dps;

	out->total += view->distribution.queued;
	for (i = 0; entries && i < count; i++)
		dps += entries[i].dps.count;
	out->at = rows_take(view, out->total + dps);
	if (!entries || !out->at)
		return;
	with_dps = out->total + dps <= (size_t)view->layout.panes[PANE_DISTMGR].height
	           || (view->ui->zoom && view->ui->focus == PANE_DISTMGR);
	for (i = 0; i < count; i++) {
		out->at[out->count++] = entries[i].row;
		for (k = 0; with_dps && k < entries[i].dps.count; k++)
			out->at[out->count++] = row_of_dp(&entries[i].dps.at[k]);
	}
	if (view->distribution.queued > 0)
		gather_queued(view, out);
}

/* ---- cells ---- */

static void
cell_package(struct view *view, const struct row *row, struct field *out)
{
	switch (kind_of(row->id)) {
	case ROW_THREAD: out->text = view_package_id(view, ((const struct package_thread *)row->of)->package); break;
	case ROW_DP:
	case ROW_TRANSFER: out->text = "  DP"; break;
	case ROW_QUEUED:
	case ROW_COPYING: out->text = ((const struct package *)row->of)->id; break;
	}
}

static void
cell_phase(struct view *view, const struct row *row, struct field *out)
{
	char text[STATE_TEXT];

	switch (kind_of(row->id)) {
	case ROW_THREAD:
		out->style = view_weight(thread_state_text(view->model, row->of, view->now, text));
		out->text = arena_format(view->arena, "%s", text);
		break;
	case ROW_DP:
	case ROW_TRANSFER: out->text = model_server(view->model, ((const struct dp_line *)row->of)->server); break;
	case ROW_QUEUED: out->text = "queued"; break;
	case ROW_COPYING: out->text = "on its way to DPs"; break;
	}
}

/* The distribution points of a thread, or of a package that has none. */
static struct dp_lines
row_dps(struct view *view, const struct row *row)
{
	if (kind_of(row->id) == ROW_COPYING)
		return dps_of(view, row->index, NULL, false);
	return dps_of(view, ((const struct package_thread *)row->of)->package, row->of, true);
}

static void
cell_for(struct view *view, const struct row *row, struct field *out)
{
	struct dp_lines one = { (struct dp_line *)row->of, 1 };

	switch (kind_of(row->id)) {
	case ROW_THREAD:
		out->text = view_duration(view, view_age(view, ((const struct package_thread *)row->of)->since));
		break;
	case ROW_COPYING:
		one = row_dps(view, row);
		/* fall through */
	case ROW_DP:
	case ROW_TRANSFER:
		if (dps_age(view, &one) >= 0)
			out->text = view_duration(view, dps_age(view, &one));
		break;
	case ROW_QUEUED: break;
	}
}

/* NAME_NONE for a distribution point. */
static uint32_t
row_package(const struct row *row)
{
	switch (kind_of(row->id)) {
	case ROW_THREAD: return ((const struct package_thread *)row->of)->package;
	case ROW_QUEUED:
	case ROW_COPYING: return row->index;
	case ROW_DP:
	case ROW_TRANSFER: break;
	}
	return NAME_NONE;
}

static bool
is_dp(const struct row *row)
{
	return kind_of(row->id) == ROW_DP || kind_of(row->id) == ROW_TRANSFER;
}

/* Of a package; of a distribution point, what has been written to it. */
static void
cell_size(struct view *view, const struct row *row, struct field *out)
{
	uint32_t package = row_package(row);
	enum size_source source = SIZE_UNKNOWN;
	int64_t size;

	if (is_dp(row)) {
		const struct transfer *transfer = ((const struct dp_line *)row->of)->transfer;

		if (transfer && !transfer->pull)
			out->text = view_size(view, (int64_t)transfer->bytes);
		return;
	}
	size = package == NAME_NONE ? -1 : package_size(view->model, package, &source);
	out->text = view_size(view, size);
	if (size >= 0 && source == SIZE_ESTIMATE) {
		out->text = arena_format(view->arena, "~%s", out->text);
		out->style = STYLE_ESTIMATE;
	}
}

/* "retry 06:47:10", "throttled 10%", "done: nothing to be copied over" */
static const char *
dp_text(struct view *view, const struct dp_line *line)
{
	const char *word = dp_word(view, line), *again = line->transfer ? transfer_again(view, line->transfer) : "";
	char text[STATE_TEXT];

	if (again[0])
		return arena_format(view->arena, "%s %s", word, again);
	if (!line->transfer || (line->dp && line->dp->state == DP_FAILED))
		return line->dp && line->dp->text[0] ? arena_format(view->arena, "%s: %s", word, line->dp->text) : word;
	transfer_state_text(line->transfer, view->now, text);
	return arena_format(view->arena, "%s", text);
}

static void
cell_dps(struct view *view, const struct row *row, struct field *out)
{
	struct dp_lines lines;

	if (is_dp(row)) {
		out->text = dp_text(view, row->of);
		out->style = dp_style(view, row->of);
	} else if (kind_of(row->id) != ROW_QUEUED) {
		lines = row_dps(view, row);
		out->text = dps_text(view, &lines, &out->style);
	}
}

static void
cell_name(struct view *view, const struct row *row, struct field *out)
{
	const struct package *package = view_package(view, row_package(row));

	if (!is_dp(row))
		out->text = package && package->name[0] ? package->name : "?";
}

static void
cell_error(struct view *view, const struct row *row, struct field *out)
{
	const struct dp_line *line = is_dp(row) ? row->of : NULL;
	const struct transfer *transfer = line ? line->transfer : NULL;

	(void)view;
	if (kind_of(row->id) == ROW_THREAD)
		out->text = ((const struct package_thread *)row->of)->error;
	else if (transfer && transfer->error[0])
		out->text = transfer->error;
	else if (line && line->dp && line->dp->state == DP_FAILED)
		out->text = line->dp->text;
	out->style = STYLE_BAD;
}

enum { COLUMN_PACKAGE, COLUMN_PHASE, COLUMN_FOR, COLUMN_SIZE, COLUMN_DPS, COLUMN_NAME, COLUMN_ERROR };

/* clang-format off */
static const struct column columns[] = {
	[COLUMN_PACKAGE] = { "PACKAGE", 8,  0,  ALIGN_LEFT,  CUT_END,    NULL, cell_package, "package", NULL },
	[COLUMN_PHASE]   = { "PHASE",   19, 28, ALIGN_LEFT,  CUT_MIDDLE, NULL, cell_phase, "phase", NULL },
	[COLUMN_FOR]     = { "FOR",     7,  0,  ALIGN_RIGHT, CUT_END,    NULL, cell_for, NULL, NULL },
	[COLUMN_SIZE]    = { "SIZE",    9,  0,  ALIGN_RIGHT, CUT_END,    NULL, cell_size, NULL, NULL },
	[COLUMN_DPS]     = { "DPS",     17, 36, ALIGN_LEFT,  CUT_END,    NULL, cell_dps, "dps", NULL },
	[COLUMN_NAME]    = { "NAME",    12, 30, ALIGN_LEFT,  CUT_END,    NULL, cell_name, "name", NULL },
	[COLUMN_ERROR]   = { "ERROR",   10, 60, ALIGN_LEFT,  CUT_END,    NULL, cell_error, "error", NULL },
};

static const struct yield yields[] = {
	{ COLUMN_ERROR, 0 }, { COLUMN_NAME, 0 }, { COLUMN_SIZE, 0 }, { COLUMN_DPS, 14 }, { COLUMN_DPS, 0 },
	{ COLUMN_PHASE, 11 }, { COLUMN_FOR, 0 },
};
/* clang-format on */

static const struct table table = {
	.column_count = sizeof(columns) / sizeof(*columns),
	.columns = columns,
	.yield_count = sizeof(yields) / sizeof(*yields),
	.yields = yields,
};

/* "ABC00F10 compressing 14m   ABC00F12 hashing 2m" */
static void
compact(struct view *view, const struct area *area)
{
	const struct rows *rows = view_rows(view, PANE_DISTMGR);
	int x = TABLE_MARKS;
	size_t i;

	for (i = 0; i < rows->count && x < area->width; i++) {
		struct field field = { "", STYLE_NORMAL };
		const struct row *row = &rows->at[i];
		char age[FMT_TEXT];

		if (kind_of(row->id) != ROW_THREAD)
			continue;
		cell_package(view, row, &field);
		x += paint(view, area, x, 0, arena_format(view->arena, "%s ", field.text), STYLE_NORMAL);
		cell_phase(view, row, &field);
		fmt_duration_short(view_age(view, ((const struct package_thread *)row->of)->since), age);
		x += paint(view, area, x, 0, arena_format(view->arena, "%s %s", field.text, age), field.style) + 3;
	}
	if (x == TABLE_MARKS)
		paint(view, area, x, 0, "no thread is working", STYLE_NORMAL);
}

/* ---- words ---- */

/* Threads and packages; the lines of distribution points are no rows of their own. */
static size_t
shown(struct view *view)
{
	const struct rows *rows = view_rows(view, PANE_DISTMGR);
	size_t i, count = 0;

	for (i = 0; i < rows->count; i++)
		count += !is_dp(&rows->at[i]);
	return count;
}

/* ", DP upgrades 5/5, 2 wait": a third pool of slots */
static const char *
upgrades_text(struct view *view)
{
	struct dp_upgrades upgrades = model_dp_upgrades(view->model);
	const char *limit =
		upgrades.capacity < 0 ? "?" : arena_format(view->arena, "%lld", (long long)upgrades.capacity);

	if (!upgrades.heard)
		return "";
	return arena_format(view->arena, upgrades.waiting ? ", DP upgrades %u/%s, %u wait" : ", DP upgrades %u/%s",
	                    (unsigned)upgrades.used, limit, (unsigned)upgrades.waiting);
}

static const char *
title(struct view *view)
{
	const struct distribution *distribution = &view->distribution;
	const char *limit =
		distribution->capacity < 0 ? "?" : arena_format(view->arena, "%lld", (long long)distribution->capacity);
	const char *some = view_filtered(view) ? arena_format(view->arena, "%zu of %zu shown, ", shown(view),
	                                                      view_rows(view, PANE_DISTMGR)->total)
	                                       : "";

	const char *stalled = view->trouble.threads_stalled == 0
	                              ? ""
	                              : arena_format(view->arena, ", %llu STALLED",
	                                             (unsigned long long)view->trouble.threads_stalled);

	return arena_format(view->arena, "%s%u/%s, %llu queued%s%s", some, (unsigned)distribution->used, limit,
	                    (unsigned long long)distribution->queued, stalled, upgrades_text(view));
}

static const char *
empty(struct view *view)
{
	const char *missing = pane_missing_log(view, "distmgr");

	if (missing)
		return missing;
	if (!view->distribution.heard)
		return "the distribution manager has written nothing yet";
	if (view->distribution.unseen > 0)
		return "threads that began before the log use slots";
	return "no package is processed or queued";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	switch (kind_of(row->id)) {
	case ROW_THREAD: return query_thread(query, view->model, row->of, view->now);
	case ROW_QUEUED:
	case ROW_COPYING: return query_package(query, view->model, row->index, view->now);
	case ROW_DP:
	case ROW_TRANSFER: break;
	}
	return false;
}

const struct pane pane_distmgr = {
	.name = "DistMgr",
	.order = -1,
	.table = &table,
	.gather = gather,
	.title = title,
	.empty = empty,
	.compact = compact,
	.fits = fits,
	.lines = thread_lines,
	.detail = thread_detail,
};
