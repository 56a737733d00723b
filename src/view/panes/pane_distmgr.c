/*
 * The package processing threads, which are the other kind of slot, then packages
 * that are on their way to distribution points after their threads have ended;
 * below each, where there is room, its distribution points; then what is queued.
 */
#include "view/panes/counterpart.h"

#include "cmtop/count_of.h"
#include "view/panes/thread_detail.h"
#include "view/panes/thread_row.h"
#include "view/panes/transfer_row.h"
#include "view/frame/format.h"

/* ---- cells ---- */

static void
cell_package(struct view *view, const struct row *row, struct table_cell *out)
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
cell_phase(struct view *view, const struct row *row, struct table_cell *out)
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
cell_for(struct view *view, const struct row *row, struct table_cell *out)
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
cell_size(struct view *view, const struct row *row, struct table_cell *out)
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
cell_dps(struct view *view, const struct row *row, struct table_cell *out)
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
cell_name(struct view *view, const struct row *row, struct table_cell *out)
{
	const struct package *package = view_package(view, row_package(row));

	if (!is_dp(row))
		out->text = package && package->name[0] ? package->name : "?";
}

static void
cell_error(struct view *view, const struct row *row, struct table_cell *out)
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

/* clang-format off */
static const struct column columns[] = {
	{ COLUMN_LEFT("package", 8, 0), .cell = cell_package },
	{ COLUMN_LEFT("phase", 19, 28), .cut = CUT_MIDDLE, .cell = cell_phase },
	{ COLUMN_RIGHT("since", 7, 0), .flags = COLUMN_SCREEN, .cell = cell_for },
	{ COLUMN_RIGHT("size", 9, 0), .flags = COLUMN_SCREEN, .cell = cell_size },
	{ COLUMN_LEFT("dps", 17, 36), .cell = cell_dps, .title = "DPS" },
	{ COLUMN_LEFT("name", 12, 30), .cell = cell_name },
	{ COLUMN_LEFT("error", 10, 60), .cell = cell_error },
};

static const struct yield yields[] = {
	{ "error", 0 }, { "name", 0 }, { "size", 0 }, { "dps", 14 }, { "dps", 0 },
	{ "phase", 11 }, { "since", 0 },
};
/* clang-format on */

static const struct table table = {
	.entity = ENTITY_THREADS,
	.column_count = COUNT_OF(columns),
	.columns = columns,
	.yield_count = COUNT_OF(yields),
	.yields = yields,
};

/* "ABC00F10 compressing 14m   ABC00F12 hashing 2m" */
static void
compact(struct view *view, const struct area *area)
{
	const struct rows *rows = pane_rows(view, PANE_DISTMGR);
	int x = TABLE_MARKS;
	size_t i;

	for (i = 0; i < rows->count && x < area->width; i++) {
		struct table_cell field = { "", STYLE_NORMAL };
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
	const struct rows *rows = pane_rows(view, PANE_DISTMGR);
	size_t i, count = 0;

	for (i = 0; i < rows->count; i++)
		count += !is_dp(&rows->at[i]);
	return count;
}

/* ", DP upgrades 5/5, 2 wait": a third pool of slots */
static const char *
upgrades_text(struct view *view)
{
	struct dp_upgrades upgrades = view->context.upgrades;
	const char *limit =
		upgrades.capacity < 0 ? "?" : arena_format(view->arena, "%lld", (long long)upgrades.capacity);

	if (!upgrades.seen)
		return "";
	return arena_format(view->arena, upgrades.waiting ? ", DP upgrades %u/%s, %u wait" : ", DP upgrades %u/%s",
	                    (unsigned)upgrades.used, limit, (unsigned)upgrades.waiting);
}

static const char *
title(struct view *view)
{
	const struct distribution *distribution = &view->context.distribution;
	const char *limit =
		distribution->capacity < 0 ? "?" : arena_format(view->arena, "%lld", (long long)distribution->capacity);
	const char *some = view_filtered(view) ? arena_format(view->arena, "%zu of %zu shown, ", shown(view),
	                                                      pane_rows(view, PANE_DISTMGR)->total)
	                                       : "";

	const char *stalled = view->context.trouble.threads_stalled == 0
	                              ? ""
	                              : arena_format(view->arena, ", %llu STALLED",
	                                             (unsigned long long)view->context.trouble.threads_stalled);

	return arena_format(view->arena, "%s%u/%s, %llu queued%s%s", some, (unsigned)distribution->used, limit,
	                    (unsigned long long)distribution->queued, stalled, upgrades_text(view));
}

static const char *
empty(struct view *view)
{
	const char *missing = pane_missing_log(view, "distmgr");

	if (missing)
		return missing;
	if (!view->context.distribution.seen)
		return "the distribution manager has written nothing yet";
	if (view->context.distribution.unseen > 0)
		return "slots are in use by threads that began before the log";
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

static uint64_t
counterpart(const struct handover *handover, uint64_t id)
{
	uint64_t value = value_of(id), kind = id - value, out = ROW_GONE;
	const struct package_thread *thread;

	switch (kind_of(id)) {
	case ROW_THREAD:
		thread = same_thread(handover, value);
		out = thread ? thread->serial : ROW_GONE;
		break;
	case ROW_DP: out = id_or_gone(same_dp(handover, (uint32_t)value)); break;
	case ROW_TRANSFER: out = value; break;
	case ROW_COPYING:
	case ROW_QUEUED: out = id_or_gone(same_package(handover, (uint32_t)value)); break;
	}
	return out == ROW_GONE ? ROW_GONE : kind | out;
}

const struct pane pane_distmgr = {
	.name = "DistMgr",
	.table = &table,
	.gather = thread_rows_gather,
	.title = title,
	.empty = empty,
	.compact = compact,
	.fits = fits,
	.lines = thread_lines,
	.detail = thread_detail,
	.counterpart = counterpart,
};
