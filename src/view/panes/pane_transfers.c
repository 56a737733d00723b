/* The transfers to distribution points, those that went wrong first. */
#include "view/panes/transfer_row.h"
#include "view/panes/transfer_detail.h"
#include "view/frame/format.h"

#include "cmtop/count_of.h"
#include "cmtop/state_text.h"

static const struct transfer *
transfer_of(const struct row *row)
{
	return row->of;
}

/* ---- rows ---- */

/* Equal ones stand in the order of their jobs: their places in the model say nothing. */
static void
put_in_order(struct view *view, const void **found, size_t count)
{
	fields_sort(fields_named(ENTITY_TRANSFERS, "job"), false, &view->context, found, count);
	pane_sort(view, PANE_TRANSFERS, found, count);
}

static void
gather(struct view *view, struct rows *out)
{
	size_t all, i, count = 0;
	const struct transfer *transfers = model_transfers(view->model, &all);
	const void **found = arena_take(view->arena, (all + 1) * sizeof(*found));

	for (i = 0; i < all && found; i++) {
		if (!transfer_told(&transfers[i], view->now))
			continue;
		out->total++;
		if (query_transfer(view->ui->query, view->model, &transfers[i], view->now))
			found[count++] = &transfers[i];
	}
	out->at = rows_take(view, count);
	if (!found || !out->at)
		return;
	put_in_order(view, found, count);
	for (i = 0; i < count; i++) {
		const struct transfer *transfer = found[i];

		out->at[i] =
			(struct row){ .id = transfer->job, .of = transfer, .index = (uint32_t)(transfer - transfers) };
	}
	out->count = count;
}

/* ---- cells ---- */

static void
cell_state(struct view *view, const struct row *row, struct table_cell *out)
{
	char text[STATE_TEXT];

	out->style = view_weight(transfer_state_text(transfer_of(row), view->now, text));
	out->text = arena_format(view->arena, "%s", text);
}

/* What a pull DP fetches for itself is in no log of the site server. */
static void
cell_bytes(struct view *view, const struct row *row, struct table_cell *out)
{
	out->text = transfer_of(row)->pull ? "?" : view_size(view, (int64_t)transfer_of(row)->bytes);
}

static void
cell_percent(struct view *view, const struct row *row, struct table_cell *out)
{
	double share = transfer_share(view->model, transfer_of(row));

	if (share < 0) {
		out->text = transfer_of(row)->state == TRANSFER_SENDING ? "?" : "";
		return;
	}
	out->text = arena_format(view->arena, "~%d", (int)(share * 100));
	out->style = STYLE_ESTIMATE;
}

/* "1", "pull 3" */
static void
cell_attempts(struct view *view, const struct row *row, struct table_cell *out)
{
	const struct transfer *transfer = transfer_of(row);

	out->text = arena_format(view->arena, "%s%llu", transfer->pull ? "pull " : "",
	                         (unsigned long long)transfer->attempts);
}

static void
cell_restart(struct view *view, const struct row *row, struct table_cell *out)
{
	out->text = transfer_again(view, transfer_of(row));
}

static uint8_t
failures_style(struct view *view, const struct row *row)
{
	(void)view;
	return transfer_of(row)->failures > 0 ? STYLE_WARN : STYLE_NORMAL;
}

static uint8_t
error_style(struct view *view, const struct row *row)
{
	(void)view, (void)row;
	return STYLE_BAD;
}

/* clang-format off */
static const struct column columns[] = {
	{ COLUMN_RIGHT("job", 6, 10) },
	{ COLUMN_LEFT("package", 8, 0) },
	{ COLUMN_LEFT("name", 12, 20) },
	{ COLUMN_RIGHT("version", 3, 0) },
	{ COLUMN_LEFT("dp", 18, 36), .cut = CUT_MIDDLE },
	{ COLUMN_LEFT("state", 13, 0), .cell = cell_state },
	{ COLUMN_RIGHT("threads", 3, 0) },
	{ COLUMN_RIGHT("bytes", 9, 0), .cell = cell_bytes },
	{ COLUMN_RIGHT("percent", 4, 0), .flags = COLUMN_SCREEN, .cell = cell_percent },
	{ COLUMN_RIGHT("size", 9, 0) },
	{ COLUMN_RIGHT("rate", 10, 0) },
	{ COLUMN_RIGHT("failures", 4, 0), .style = failures_style },
	{ COLUMN_RIGHT("attempts", 6, 0), .cell = cell_attempts },
	{ COLUMN_LEFT("restart", 14, 44), .flags = COLUMN_SCREEN, .cell = cell_restart },
	{ COLUMN_LEFT("error", 24, 80), .unknown = "", .style = error_style },
	{ COLUMN_EXPORT("restart") },
	{ COLUMN_EXPORT("restart_text"), .unknown = "" },
	{ COLUMN_EXPORT("stalled") },
	{ COLUMN_EXPORT("throttled") },
};

static const struct yield yields[] = {
	{ "error", 0 }, { "name", 0 }, { "version", 0 }, { "size", 0 }, { "attempts", 0 },
	{ "percent", 0 }, { "threads", 0 }, { "job", 0 }, { "dp", 16 }, { "restart", 12 }, { "dp", 14 }, { "restart", 0 },
	{ "rate", 0 }, { "failures", 0 }, { "bytes", 0 }, { "package", 0 }, { "dp", 8 },
	{ "state", 9 }, { "state", 1 },
};
/* clang-format on */

static const struct table table = {
	.entity = ENTITY_TRANSFERS,
	.column_count = COUNT_OF(columns),
	.columns = columns,
	.yield_count = COUNT_OF(yields),
	.yields = yields,
};

/* ---- words ---- */

/* "12, 1 failed, 2 to retry, 1 STALLED" */
static const char *
title(struct view *view)
{
	const struct trouble *trouble = &view->context.trouble;
	const char *text = pane_count(view, PANE_TRANSFERS);

	if (trouble->transfers_failed)
		text = arena_format(view->arena, "%s, %llu failed", text,
		                    (unsigned long long)trouble->transfers_failed);
	if (trouble->transfers_retrying)
		text = arena_format(view->arena, "%s, %llu to retry", text,
		                    (unsigned long long)trouble->transfers_retrying);
	if (trouble->transfers_stalled)
		text = arena_format(view->arena, "%s, %llu STALLED", text,
		                    (unsigned long long)trouble->transfers_stalled);
	return text;
}

static const char *
empty(struct view *view)
{
	const char *missing = pane_missing_log(view, "PkgXferMgr");

	if (missing)
		return missing;
	if (!view->context.transfers.seen)
		return "the package transfer manager has written nothing yet";
	return "no transfer to a distribution point in the logs";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	return query_transfer(query, view->model, row->of, view->now);
}

/* A transfer keeps its row through all attempts. */
static void
follow(struct ui *ui, const struct row *row)
{
	(void)ui, (void)row;
}

const struct pane pane_transfers = {
	.name = "DP transfers",
	.one = "transfer",
	.many = "transfers",
	.table = &table,
	.gather = gather,
	.title = title,
	.empty = empty,
	.fits = fits,
	.lines = transfer_lines,
	.detail = transfer_detail,
	.follow = follow,
};
