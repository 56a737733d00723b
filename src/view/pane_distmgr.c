/*
 * The package processing threads, which are the other kind of slot; below each,
 * where there is room, its distribution points; then what is queued.
 */
#include <stdlib.h>

#include "view/distmgr.h"

/* ---- rows ---- */

static uint64_t
id_of(enum kind kind, uint64_t value)
{
	return (uint64_t)kind << KIND_SHIFT | value;
}

static size_t
count_dps(const struct model *model, const struct package_thread *thread, size_t counts[3])
{
	const struct dp *dp;
	size_t all = 0;

	counts[DP_RUNNING] = counts[DP_DONE] = counts[DP_FAILED] = 0;
	for (dp = model_dp(model, thread->first_dp); dp; dp = model_dp(model, dp->next), all++)
		counts[dp->state]++;
	return all;
}

static void
gather_dps(struct view *view, const struct package_thread *thread, struct rows *out)
{
	uint32_t i = thread->first_dp;
	const struct dp *dp;

	for (; (dp = model_dp(view->model, i)); i = dp->next)
		out->at[out->count++] = (struct row){ .id = id_of(ROW_DP, i), .of = dp, .index = i };
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
			out->at[out->count++] = (struct row){ .id = id_of(ROW_QUEUED, i), .of = &packages[i], .index = (uint32_t)i };
	}
	qsort(out->at + first, out->count - first, sizeof(*out->at), by_queue_order);
}

static void
gather(struct view *view, struct rows *out)
{
	const struct package_thread *thread = NULL;
	size_t counts[3], dps = 0;
	bool with_dps;

	while ((thread = model_next_thread(view->model, thread))) {
		dps += count_dps(view->model, thread, counts);
		out->total++;
	}
	out->total += view->distribution.queued;
	out->at = rows_take(view, out->total + dps);
	if (!out->at)
		return;
	with_dps = out->total + dps <= (size_t)view->layout.panes[PANE_DISTMGR].height
	           || (view->ui->zoom && view->ui->focus == PANE_DISTMGR);
	while ((thread = model_next_thread(view->model, thread))) {
		if (!query_thread(view->ui->query, view->model, thread, view->now))
			continue;
		out->at[out->count++] = (struct row){ .id = id_of(ROW_THREAD, thread->serial), .of = thread };
		if (with_dps)
			gather_dps(view, thread, out);
	}
	if (view->distribution.queued > 0)
		gather_queued(view, out);
}

/* ---- cells ---- */

static void
cell_package(struct view *view, const struct row *row, struct field *out)
{
	switch (kind_of(row->id)) {
	case ROW_THREAD:
		out->text = view_package_id(view, ((const struct package_thread *)row->of)->package);
		break;
	case ROW_DP:
		out->text = "  DP";
		break;
	case ROW_QUEUED:
		out->text = ((const struct package *)row->of)->id;
		break;
	}
}

static uint8_t
phase_style(const struct package_thread *thread)
{
	if (thread->bad || thread->error[0])
		return STYLE_BAD;
	if (thread->waits_for_content)
		return STYLE_WARN;
	return thread->phase == PHASE_WAIT_DPS || thread->phase == PHASE_CONTENT ? STYLE_NORMAL : STYLE_GOOD;
}

static void
cell_phase(struct view *view, const struct row *row, struct field *out)
{
	switch (kind_of(row->id)) {
	case ROW_THREAD:
		out->text = phase_word((enum phase)((const struct package_thread *)row->of)->phase);
		out->style = phase_style(row->of);
		break;
	case ROW_DP:
		out->text = model_server(view->model, ((const struct dp *)row->of)->server);
		break;
	case ROW_QUEUED:
		out->text = "queued";
		break;
	}
}

static void
cell_for(struct view *view, const struct row *row, struct field *out)
{
	if (kind_of(row->id) == ROW_THREAD)
		out->text = view_duration(view, view_age(view, ((const struct package_thread *)row->of)->since));
}

static uint32_t
row_package(const struct row *row)
{
	switch (kind_of(row->id)) {
	case ROW_THREAD: return ((const struct package_thread *)row->of)->package;
	case ROW_QUEUED: return row->index;
	case ROW_DP:     break;
	}
	return NAME_NONE;
}

static void
cell_size(struct view *view, const struct row *row, struct field *out)
{
	uint32_t package = row_package(row);
	enum size_source source = SIZE_UNKNOWN;
	int64_t size;

	if (kind_of(row->id) == ROW_DP)
		return;
	size = package == NAME_NONE ? -1 : package_size(view->model, package, &source);
	out->text = view_size(view, size);
	if (size >= 0 && source == SIZE_ESTIMATE) {
		out->text = arena_format(view->arena, "~%s", out->text);
		out->style = STYLE_ESTIMATE;
	}
}

static void
cell_dps(struct view *view, const struct row *row, struct field *out)
{
	static const uint8_t styles[] = { STYLE_NORMAL, STYLE_GOOD, STYLE_BAD };
	size_t counts[3];

	if (kind_of(row->id) == ROW_DP) {
		const struct dp *dp = row->of;

		out->text = dp_state_word((enum dp_state)dp->state);
		out->style = styles[dp->state];
	} else if (kind_of(row->id) == ROW_THREAD && count_dps(view->model, row->of, counts) > 0) {
		out->text = arena_format(view->arena, "%zu run %zu done%s", counts[DP_RUNNING], counts[DP_DONE],
		                         counts[DP_FAILED] ? arena_format(view->arena, " %zu FAILED", counts[DP_FAILED]) : "");
		out->style = counts[DP_FAILED] ? STYLE_BAD : STYLE_NORMAL;
	}
}

static void
cell_name(struct view *view, const struct row *row, struct field *out)
{
	const struct package *package = view_package(view, row_package(row));

	if (kind_of(row->id) != ROW_DP)
		out->text = package && package->name[0] ? package->name : "?";
}

static void
cell_error(struct view *view, const struct row *row, struct field *out)
{
	(void)view;
	if (kind_of(row->id) != ROW_THREAD)
		return;
	out->text = ((const struct package_thread *)row->of)->error;
	out->style = STYLE_BAD;
}

enum { COLUMN_PACKAGE, COLUMN_PHASE, COLUMN_FOR, COLUMN_SIZE, COLUMN_DPS, COLUMN_NAME, COLUMN_ERROR };

static const struct column columns[] = {
	[COLUMN_PACKAGE] = { "PACKAGE", 8,  0,  ALIGN_LEFT,  CUT_END,    NULL, cell_package, "package", NULL },
	[COLUMN_PHASE]   = { "PHASE",   19, 32, ALIGN_LEFT,  CUT_MIDDLE, NULL, cell_phase, "phase", NULL },
	[COLUMN_FOR]     = { "FOR",     7,  0,  ALIGN_RIGHT, CUT_END,    NULL, cell_for, NULL, NULL },
	[COLUMN_SIZE]    = { "SIZE",    9,  0,  ALIGN_RIGHT, CUT_END,    NULL, cell_size, NULL, NULL },
	[COLUMN_DPS]     = { "DPS",     14, 24, ALIGN_LEFT,  CUT_END,    NULL, cell_dps, "dps", NULL },
	[COLUMN_NAME]    = { "NAME",    12, 30, ALIGN_LEFT,  CUT_END,    NULL, cell_name, "name", NULL },
	[COLUMN_ERROR]   = { "ERROR",   10, 60, ALIGN_LEFT,  CUT_END,    NULL, cell_error, "error", NULL },
};

static const struct yield yields[] = {
	{ COLUMN_ERROR, 0 }, { COLUMN_NAME, 0 }, { COLUMN_SIZE, 0 }, { COLUMN_DPS, 0 }, { COLUMN_PHASE, 11 },
	{ COLUMN_FOR, 0 },
};

static const struct table table = {
	.column_count = sizeof(columns) / sizeof(*columns), .columns = columns,
	.yield_count  = sizeof(yields) / sizeof(*yields),   .yields  = yields,
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
		paint(view, area, x, 0, "no thread at work", STYLE_NORMAL);
}

/* ---- words ---- */

/* Threads and queued packages; the lines of distribution points are no rows of their own. */
static size_t
shown(struct view *view)
{
	const struct rows *rows = view_rows(view, PANE_DISTMGR);
	size_t i, count = 0;

	for (i = 0; i < rows->count; i++)
		count += kind_of(rows->at[i].id) != ROW_DP;
	return count;
}

static const char *
title(struct view *view)
{
	const struct distribution *distribution = &view->distribution;
	const char *limit = distribution->capacity < 0
	                    ? "?" : arena_format(view->arena, "%lld", (long long)distribution->capacity);
	const char *some = view_filtered(view) ? arena_format(view->arena, "%zu of %zu shown, ", shown(view),
	                                                      view_rows(view, PANE_DISTMGR)->total) : "";

	return arena_format(view->arena, "%s%u/%s, %llu queued", some, (unsigned)distribution->used, limit,
	                    (unsigned long long)distribution->queued);
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
		return "slots are in use by threads that began before the log did";
	return "no package is being processed, none is queued";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	switch (kind_of(row->id)) {
	case ROW_THREAD: return query_thread(query, view->model, row->of, view->now);
	case ROW_QUEUED: return query_package(query, view->model, row->index, view->now);
	case ROW_DP:     break;
	}
	return false;
}

const struct pane pane_distmgr = {
	.name = "DistMgr", .order = -1, .table = &table,
	.gather = gather, .title = title, .empty = empty, .compact = compact, .fits = fits, .lines = thread_lines, .detail = thread_detail,
};
