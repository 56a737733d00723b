/* The transfers to distribution points, those that went wrong first. */
#include "view/panes/transfer_row.h"

#include <math.h>

#include "cmtop/state_text.h"

static const struct transfer *
transfer_of(const struct row *row)
{
	return row->of;
}

/* ---- rows ---- */

/* Equal ones stand in the order of their jobs: their places in the model say nothing. */
static void
put_in_order(struct view *view, uint32_t *indexes, size_t count)
{
	const struct pane_state *state = &view->ui->panes[PANE_TRANSFERS];
	size_t keys, job = 0;
	const struct order_key *key = order_keys(ORDER_TRANSFERS, &keys);

	while (job < keys && !span_is(span_of(key[job].name), SPAN("job")))
		job++;
	order_transfers(view->model, indexes, count, job, false, view->now);
	order_transfers(view->model, indexes, count, state->sort, state->invert, view->now);
}

static void
gather(struct view *view, struct rows *out)
{
	size_t room, i, count = 0;
	const struct transfer *transfers = model_transfers(view->model, &room);
	uint32_t *indexes = arena_take(view->arena, (room + 1) * sizeof(*indexes));

	for (i = 0; i < room && indexes; i++) {
		if (!transfer_told(&transfers[i], view->now))
			continue;
		out->total++;
		if (query_transfer(view->ui->query, view->model, &transfers[i], view->now))
			indexes[count++] = (uint32_t)i;
	}
	out->at = rows_take(view, count);
	if (!indexes || !out->at)
		return;
	put_in_order(view, indexes, count);
	for (i = 0; i < count; i++) {
		const struct transfer *transfer = &transfers[indexes[i]];

		out->at[i] = (struct row){ .id = transfer->job, .of = transfer, .index = indexes[i] };
	}
	out->count = count;
}

/* ---- cells ---- */

static void
put_count(struct view *view, uint64_t count, struct field *out)
{
	out->text = arena_format(view->arena, "%llu", (unsigned long long)count);
}

static void
cell_job(struct view *view, const struct row *row, struct field *out)
{
	put_count(view, transfer_of(row)->job, out);
}

static void
cell_package(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_package_id(view, transfer_of(row)->package);
}

static void
cell_name(struct view *view, const struct row *row, struct field *out)
{
	const struct package *package = view_package(view, transfer_of(row)->package);

	out->text = package && package->name[0] ? package->name : "?";
}

static void
cell_version(struct view *view, const struct row *row, struct field *out)
{
	out->text = "?";
	if (transfer_of(row)->version)
		put_count(view, transfer_of(row)->version, out);
}

static void
cell_dp(struct view *view, const struct row *row, struct field *out)
{
	out->text = model_server(view->model, transfer_of(row)->dp);
	if (!out->text[0])
		out->text = "?";
}

static void
cell_state(struct view *view, const struct row *row, struct field *out)
{
	char text[STATE_TEXT];

	out->style = view_weight(transfer_state_text(transfer_of(row), view->now, text));
	out->text = arena_format(view->arena, "%s", text);
}

static void
cell_threads(struct view *view, const struct row *row, struct field *out)
{
	put_count(view, transfer_of(row)->threads, out);
}

/* What a pull DP fetches for itself is in no log of the site server. */
static void
cell_bytes(struct view *view, const struct row *row, struct field *out)
{
	out->text = transfer_of(row)->pull ? "?" : view_size(view, (int64_t)transfer_of(row)->bytes);
}

static void
cell_percent(struct view *view, const struct row *row, struct field *out)
{
	double share = transfer_share(view->model, transfer_of(row));

	if (share < 0) {
		out->text = transfer_of(row)->state == TRANSFER_SENDING ? "?" : "";
		return;
	}
	out->text = arena_format(view->arena, "~%d", (int)(share * 100));
	out->style = STYLE_ESTIMATE;
}

static void
cell_size(struct view *view, const struct row *row, struct field *out)
{
	int64_t size = transfer_size(view->model, transfer_of(row));

	out->text = size < 0 ? "?" : arena_format(view->arena, "~%s", view_size(view, size));
	out->style = size < 0 ? STYLE_NORMAL : STYLE_ESTIMATE;
}

/* "~102 KB/s": an estimate has no tenths. */
static const char *
about(struct view *view, const char *rate)
{
	struct span text = span_of(rate);
	size_t point = span_find(text, SPAN("."));

	return arena_format(view->arena, "~%.*s%s", (int)point, rate, point + 2 <= text.size ? rate + point + 2 : "");
}

static void
cell_rate(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_rate(view, transfer_rate(transfer_of(row), view->now));
	if (!transfer_rate_estimated(transfer_of(row), view->now))
		return;
	out->text = about(view, out->text);
	out->style = STYLE_ESTIMATE;
}

static void
cell_failures(struct view *view, const struct row *row, struct field *out)
{
	put_count(view, transfer_of(row)->failures, out);
	out->style = transfer_of(row)->failures > 0 ? STYLE_WARN : STYLE_NORMAL;
}

/* "1", "pull 3" */
static void
cell_attempts(struct view *view, const struct row *row, struct field *out)
{
	const struct transfer *transfer = transfer_of(row);

	out->text = arena_format(view->arena, "%s%llu", transfer->pull ? "pull " : "",
	                         (unsigned long long)transfer->attempts);
}

static void
cell_restart(struct view *view, const struct row *row, struct field *out)
{
	out->text = transfer_again(view, transfer_of(row));
}

/* As in the snapshot, for an export. */
static void
cell_restart_time(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_stamp(view, transfer_restart(view->model, transfer_of(row)));
}

static void
cell_restart_text(struct view *view, const struct row *row, struct field *out)
{
	out->text = transfer_restart(view->model, transfer_of(row)) == WHEN_NONE ? transfer_of(row)->restart : "";
}

static void
cell_stalled(struct view *view, const struct row *row, struct field *out)
{
	out->text = transfer_stalled(transfer_of(row), view->now) ? "true" : "false";
}

static void
cell_throttled(struct view *view, const struct row *row, struct field *out)
{
	(void)view;
	out->text = transfer_of(row)->throttled ? "true" : "false";
}

static void
cell_error(struct view *view, const struct row *row, struct field *out)
{
	(void)view;
	out->text = transfer_of(row)->error;
	out->style = STYLE_BAD;
}

/* ---- the same as numbers, for an export ---- */

static double
figure(double number)
{
	return number < 0 ? (double)NAN : number;
}

#define FIGURE(name, number) \
	static double name(struct view *view, const struct row *row) \
	{ \
		(void)view; \
		return figure((double)(number)); \
	}

FIGURE(figure_job, transfer_of(row)->job)
FIGURE(figure_version, transfer_of(row)->version ? (double)transfer_of(row)->version : -1)
FIGURE(figure_threads, transfer_of(row)->threads)
FIGURE(figure_bytes, transfer_of(row)->bytes)
FIGURE(figure_size, transfer_size(view->model, transfer_of(row)))
FIGURE(figure_rate, transfer_rate(transfer_of(row), view->now))
FIGURE(figure_failures, transfer_of(row)->failures)
FIGURE(figure_attempts, transfer_of(row)->attempts)

enum {
	COLUMN_JOB,
	COLUMN_PACKAGE,
	COLUMN_NAME,
	COLUMN_VERSION,
	COLUMN_DP,
	COLUMN_STATE,
	COLUMN_THREADS,
	COLUMN_BYTES,
	COLUMN_PERCENT,
	COLUMN_SIZE,
	COLUMN_RATE,
	COLUMN_FAILURES,
	COLUMN_ATTEMPTS,
	COLUMN_RESTART,
	COLUMN_ERROR,
	COLUMN_RESTART_TIME,
	COLUMN_RESTART_TEXT,
	COLUMN_STALLED,
	COLUMN_THROTTLED
};

/* clang-format off */
static const struct column columns[] = {
	[COLUMN_JOB]      = { "JOB",     6,  10, ALIGN_RIGHT, CUT_END,    "job",      cell_job, "job", figure_job },
	[COLUMN_PACKAGE]  = { "PACKAGE", 8,  0,  ALIGN_LEFT,  CUT_END,    "package",  cell_package, "package", NULL },
	[COLUMN_NAME]     = { "NAME",    12, 20, ALIGN_LEFT,  CUT_END,    "name",     cell_name, "name", NULL },
	[COLUMN_VERSION]  = { "VER",     3,  0,  ALIGN_RIGHT, CUT_END,    "version",  cell_version, "version", figure_version },
	[COLUMN_DP]       = { "DP",      18, 36, ALIGN_LEFT,  CUT_MIDDLE, "dp",       cell_dp, "dp", NULL },
	[COLUMN_STATE]    = { "STATE",   13, 0,  ALIGN_LEFT,  CUT_END,    "state",    cell_state, "state", NULL },
	[COLUMN_THREADS]  = { "THR",     3,  0,  ALIGN_RIGHT, CUT_END,    "threads",  cell_threads, "threads", figure_threads },
	[COLUMN_BYTES]    = { "BYTES",   9,  0,  ALIGN_RIGHT, CUT_END,    "bytes",    cell_bytes, "bytes", figure_bytes },
	[COLUMN_PERCENT]  = { "%",       4,  0,  ALIGN_RIGHT, CUT_END,    "percent",  cell_percent, NULL, NULL },
	[COLUMN_SIZE]     = { "SIZE",    9,  0,  ALIGN_RIGHT, CUT_END,    "size",     cell_size, "size", figure_size },
	[COLUMN_RATE]     = { "RATE",    10, 0,  ALIGN_RIGHT, CUT_END,    "rate",     cell_rate, "rate", figure_rate },
	[COLUMN_FAILURES] = { "FAIL",    4,  0,  ALIGN_RIGHT, CUT_END,    "failures", cell_failures, "failures", figure_failures },
	[COLUMN_ATTEMPTS] = { "TRY",     6,  0,  ALIGN_RIGHT, CUT_END,    "attempts", cell_attempts, "attempts", figure_attempts },
	[COLUMN_RESTART]  = { "AGAIN",   12, 44, ALIGN_LEFT,  CUT_END,    NULL,       cell_restart, NULL, NULL },
	[COLUMN_ERROR]    = { "ERROR",   24, 80, ALIGN_LEFT,  CUT_END,    NULL,       cell_error, "error", NULL },
	[COLUMN_RESTART_TIME] = { "", 0, 0, ALIGN_LEFT, CUT_END, NULL, cell_restart_time, "restart", NULL },
	[COLUMN_RESTART_TEXT] = { "", 0, 0, ALIGN_LEFT, CUT_END, NULL, cell_restart_text, "restart_text", NULL },
	[COLUMN_STALLED]      = { "", 0, 0, ALIGN_LEFT, CUT_END, NULL, cell_stalled, "stalled", NULL },
	[COLUMN_THROTTLED]    = { "", 0, 0, ALIGN_LEFT, CUT_END, NULL, cell_throttled, "throttled", NULL },
};

static const struct yield yields[] = {
	{ COLUMN_ERROR, 0 }, { COLUMN_NAME, 0 }, { COLUMN_VERSION, 0 }, { COLUMN_SIZE, 0 }, { COLUMN_ATTEMPTS, 0 },
	{ COLUMN_PERCENT, 0 }, { COLUMN_THREADS, 0 }, { COLUMN_JOB, 0 }, { COLUMN_DP, 16 }, { COLUMN_DP, 14 }, { COLUMN_RESTART, 0 },
	{ COLUMN_RATE, 0 }, { COLUMN_FAILURES, 0 }, { COLUMN_BYTES, 0 }, { COLUMN_PACKAGE, 0 }, { COLUMN_DP, 8 },
	{ COLUMN_STATE, 9 }, { COLUMN_STATE, 1 },
};
/* clang-format on */

static const struct table table = {
	.column_count = sizeof(columns) / sizeof(*columns),
	.columns = columns,
	.yield_count = sizeof(yields) / sizeof(*yields),
	.yields = yields,
};

/* ---- words ---- */

/* "12, 1 failed, 2 to retry, 1 STALLED" */
static const char *
title(struct view *view)
{
	const struct trouble *trouble = &view->trouble;
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
	if (!view->transfers.heard)
		return "the package transfer manager has written nothing yet";
	return "no transfer to a distribution point in the logs";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	return query_transfer(query, view->model, row->of, view->now);
}

const struct pane pane_transfers = {
	.name = "DP transfers",
	.one = "transfer",
	.many = "transfers",
	.order = ORDER_TRANSFERS,
	.table = &table,
	.gather = gather,
	.title = title,
	.empty = empty,
	.fits = fits,
	.lines = transfer_lines,
	.detail = transfer_detail,
};
