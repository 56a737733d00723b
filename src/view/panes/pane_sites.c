/* One row a destination site: what waits for it, what it holds, how it does. */
#include "view/panes/counterpart.h"
#include "view/panes/site_detail.h"
#include "view/grid/format.h"

#include <math.h>

#include "cmtop/state_text.h"

static const struct site *
site_of(const struct row *row)
{
	return row->of;
}

static void
gather(struct view *view, struct rows *out)
{
	const struct pane_state *state = &view->ui->panes[PANE_SITES];
	const struct site *sites = model_sites(view->model, &out->total);
	uint32_t *indexes = arena_take(view->arena, (out->total + 1) * sizeof(*indexes));
	size_t i, count = 0;

	out->at = rows_take(view, out->total);
	if (!indexes || !out->at)
		return;
	for (i = 0; i < out->total; i++) {
		if (query_site(view->ui->query, view->model, (uint32_t)i, view->now))
			indexes[count++] = (uint32_t)i;
	}
	order_sites(view->model, indexes, count, state->sort, state->invert, view->now);
	for (i = 0; i < count; i++)
		out->at[i] = (struct row){ .id = indexes[i], .of = &sites[indexes[i]], .index = indexes[i] };
	out->count = count;
}

/* ---- cells ---- */

static void
cell_code(struct view *view, const struct row *row, struct field *out)
{
	(void)view;
	out->text = site_of(row)->code;
}

/* Before a distribution manager was heard nothing says what waits. */
static void
cell_waiting(struct view *view, const struct row *row, struct field *out)
{
	out->text = !view->backlog.known
	                    ? "?"
	                    : arena_format(view->arena, "%llu", (unsigned long long)site_waiting(site_of(row)));
}

static void
cell_used(struct view *view, const struct row *row, struct field *out)
{
	const struct site *site = site_of(row);

	out->text = site->capacity < 0 ? arena_format(view->arena, "%u/?", (unsigned)site_slots(site))
	                               : arena_format(view->arena, "%u/%lld", (unsigned)site_slots(site),
	                                              (long long)site->capacity);
}

static void
cell_done(struct view *view, const struct row *row, struct field *out)
{
	out->text = arena_format(view->arena, "%llu", (unsigned long long)site_of(row)->done);
}

static void
cell_failed(struct view *view, const struct row *row, struct field *out)
{
	out->text = arena_format(view->arena, "%llu", (unsigned long long)site_of(row)->failed);
}

static void
cell_bytes(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_size(view, (int64_t)site_of(row)->bytes);
}

static void
cell_rate(struct view *view, const struct row *row, struct field *out)
{
	double rate = site_rate(view->model, row->index, view->now);

	out->text = view_rate(view, rate);
	out->style = rate > 0 ? STYLE_NORMAL : STYLE_DIM;
}

/* How long ago: "-" when no send has been done yet. */
static void
cell_last(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_duration(view, view_age(view, site_of(row)->last_done));
}

static void
cell_state(struct view *view, const struct row *row, struct field *out)
{
	char text[STATE_TEXT];

	out->style = view_weight(site_state_text(view->model, row->index, view->now, text));
	out->text = arena_format(view->arena, "%s", text);
}

/* As in the snapshot, for an export. */
static void
cell_last_time(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_stamp(view, site_of(row)->last_done);
}

static void
cell_until_time(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_stamp(view, site_of(row)->blocked_until);
}

/* ---- figures, for an export ---- */

static double
figure_waiting(struct view *view, const struct row *row)
{
	return view->backlog.known ? (double)site_waiting(site_of(row)) : (double)NAN;
}

static double
figure_used(struct view *view, const struct row *row)
{
	(void)view;
	return site_slots(site_of(row));
}

static double
figure_ahead(struct view *view, const struct row *row)
{
	int64_t ahead = site_state(view->model, row->index, view->now) == SITE_QUEUED
	                        ? site_ahead(view->model, row->index)
	                        : -1;

	return ahead < 0 ? (double)NAN : (double)ahead;
}

static double
figure_capacity(struct view *view, const struct row *row)
{
	(void)view;
	return site_of(row)->capacity < 0 ? (double)NAN : (double)site_of(row)->capacity;
}

static double
figure_done(struct view *view, const struct row *row)
{
	(void)view;
	return (double)site_of(row)->done;
}

static double
figure_failed(struct view *view, const struct row *row)
{
	(void)view;
	return (double)site_of(row)->failed;
}

static double
figure_bytes(struct view *view, const struct row *row)
{
	(void)view;
	return (double)site_of(row)->bytes;
}

static double
figure_rate(struct view *view, const struct row *row)
{
	double rate = site_rate(view->model, row->index, view->now);

	return rate < 0 ? (double)NAN : rate;
}

enum {
	COLUMN_SITE,
	COLUMN_WAITING,
	COLUMN_USED,
	COLUMN_DONE,
	COLUMN_FAILED,
	COLUMN_BYTES,
	COLUMN_RATE,
	COLUMN_LAST,
	COLUMN_STATE,
	COLUMN_CAPACITY,
	COLUMN_AHEAD,
	COLUMN_LAST_TIME,
	COLUMN_UNTIL_TIME
};

/* clang-format off */
static const struct column columns[] = {
	[COLUMN_SITE]    = { "SITE",    4,  0,  ALIGN_LEFT,  CUT_END, "site",      cell_code, "site", NULL },
	[COLUMN_WAITING] = { "WAIT",    5,  0,  ALIGN_RIGHT, CUT_END, "waiting",   cell_waiting, "waiting", figure_waiting },
	[COLUMN_USED]    = { "USED",    5,  7,  ALIGN_RIGHT, CUT_END, "used",      cell_used, "used", figure_used },
	[COLUMN_DONE]    = { "DONE",    5,  7,  ALIGN_RIGHT, CUT_END, "done",      cell_done, "done", figure_done },
	[COLUMN_FAILED]  = { "FAIL",    4,  0,  ALIGN_RIGHT, CUT_END, "failed",    cell_failed, "failed", figure_failed },
	[COLUMN_BYTES]   = { "BYTES",   9,  0,  ALIGN_RIGHT, CUT_END, "bytes",     cell_bytes, "bytes", figure_bytes },
	[COLUMN_RATE]    = { "RATE",    10, 0,  ALIGN_RIGHT, CUT_END, "rate",      cell_rate, "rate", figure_rate },
	[COLUMN_LAST]    = { "LAST OK", 7,  0,  ALIGN_RIGHT, CUT_END, "last_done", cell_last, NULL, NULL },
	[COLUMN_STATE]   = { "STATE",   16, 28, ALIGN_LEFT,  CUT_END, "state",     cell_state, "state", NULL },
	[COLUMN_CAPACITY] = { "",       0,  0,  ALIGN_RIGHT, CUT_END, NULL,        cell_used, "capacity", figure_capacity },
	[COLUMN_AHEAD]   = { "",        0,  0,  ALIGN_RIGHT, CUT_END, NULL,        cell_used, "ahead", figure_ahead },
	[COLUMN_LAST_TIME]  = { "",     0,  0,  ALIGN_LEFT,  CUT_END, NULL,        cell_last_time, "last_done", NULL },
	[COLUMN_UNTIL_TIME] = { "",     0,  0,  ALIGN_LEFT,  CUT_END, NULL,        cell_until_time, "until", NULL },
};

static const struct yield yields[] = {
	{ COLUMN_BYTES, 0 }, { COLUMN_LAST, 0 }, { COLUMN_DONE, 0 }, { COLUMN_STATE, 13 }, { COLUMN_RATE, 0 },
	{ COLUMN_FAILED, 0 }, { COLUMN_STATE, 1 }, { COLUMN_STATE, 0 }, { COLUMN_USED, 0 },
};
/* clang-format on */

static const struct table table = {
	.run = 46,
	.column_count = sizeof(columns) / sizeof(*columns),
	.columns = columns,
	.yield_count = sizeof(yields) / sizeof(*yields),
	.yields = yields,
};

/* ---- words ---- */

static const char *
title(struct view *view)
{
	return pane_count(view, PANE_SITES);
}

static const char *
empty(struct view *view)
{
	(void)view;
	return "no destination site has been named yet";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	return query_site(query, view->model, row->index, view->now);
}

static void
lines(struct view *view, uint64_t id, struct lines_state *out)
{
	pane_lines_of_site(view, (uint32_t)id, out);
}

static uint64_t
counterpart(const struct handover *handover, uint64_t id)
{
	return id_or_gone(same_site(handover, (uint32_t)id));
}

const struct pane pane_sites = {
	.name = "Sites",
	.one = "site",
	.many = "sites",
	.order = ORDER_SITES,
	.table = &table,
	.gather = gather,
	.title = title,
	.empty = empty,
	.fits = fits,
	.lines = lines,
	.detail = site_detail,
	.counterpart = counterpart,
};
