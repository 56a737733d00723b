/* One row a destination site: what waits for it, what it holds, how it does. */
#include "view/panes/pane.h"

#include <math.h>

#include "cmtop/errors.h"
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

/* ---- detail ---- */

/* ", the last 12:03:10, 4m ago" */
static const char *
last_text(struct view *view, int64_t at)
{
	if (at == WHEN_NONE)
		return "";
	return arena_format(view->arena, ", the last %s, %s ago", view_when(view, at),
	                    view_duration(view, view_age(view, at)));
}

/* What the newest failure of a send there gave as its reason, if nothing mended it since. */
static void
detail_reason(struct view *view, uint32_t site, struct detail *out)
{
	const struct failure *failure;
	char code[12];

	for (size_t i = 0; (failure = model_failure(view->model, i)); i++) {
		const char *meaning = failure->coded ? failure_meaning(failure->code) : NULL;

		if (failure->kind != FAILURE_SEND || failure->what.site != site || failure->resolved != WHEN_NONE)
			continue;
		error_code_text(failure->code, code);
		detail_styled(out, "error",
		              !failure->coded ? failure->what.text
		                              : arena_format(view->arena, "%s: %s", code,
		                                             meaning ? meaning : failure->what.text),
		              STYLE_WARN);
		return;
	}
}

static void
detail_figures(struct view *view, const struct row *row, struct detail *out)
{
	const struct site *site = site_of(row);
	struct field field = { "", STYLE_NORMAL };

	if (model_site_server(view->model, row->index) != NAME_NONE)
		detail_line(out, "server", model_server(view->model, model_site_server(view->model, row->index)));
	cell_state(view, row, &field);
	detail_styled(out, "state", field.text, field.style);
	if (site_state(view->model, row->index, view->now) == SITE_QUEUED && site_ahead(view->model, row->index) > 0)
		detail_line(out, "",
		            arena_format(view->arena, "%lld sends of higher priority, or older, come first",
		                         (long long)site_ahead(view->model, row->index)));
	cell_used(view, row, &field);
	detail_line(out, "slots", arena_format(view->arena, "%s used and allowed", field.text));
	cell_waiting(view, row, &field);
	detail_line(out, "waiting", field.text);
	detail_line(out, "done",
	            arena_format(view->arena, "%llu%s; %s sent", (unsigned long long)site->done,
	                         last_text(view, site->last_done), view_size(view, (int64_t)site->bytes)));
	detail_line(out, "failed",
	            arena_format(view->arena, "%llu%s", (unsigned long long)site->failed,
	                         last_text(view, site->last_failed)));
	if (site->failed > 0)
		detail_reason(view, row->index, out);
	if (site->blocked_until != WHEN_NONE && site_state(view->model, row->index, view->now) == SITE_BLOCKED)
		detail_line(out, "until", view_when(view, site->blocked_until));
	detail_line(out, "rate", view_rate(view, site_rate(view->model, row->index, view->now)));
	if (site->throttled != WHEN_NONE)
		detail_line(out, "throttled",
		            arena_format(view->arena, "limited to one connection, last said %s",
		                         view_when(view, site->throttled)));
}

static void
detail_jobs(struct view *view, uint32_t site, struct detail *out)
{
	const struct job *job = NULL;
	char state[STATE_TEXT];

	while ((job = model_next_job(view->model, job))) {
		if (job->site != site)
			continue;
		job_state_text(job, view->now, state);
		detail_line(out, "sending",
		            arena_format(
				    view->arena, "%s  %s  %s  try %u",
				    job->kind == KIND_REPLICATION ? "replication" : view_package_id(view, job->package),
				    state,
				    job_rate_told(job, view->now) < 0 ? "-"
								      : view_rate(view, job_rate_told(job, view->now)),
				    (unsigned)job->attempt));
	}
}

/* Every package that goes there; one look into the table of sends a package. */
static void
detail_packages(struct view *view, uint32_t site, struct detail *out)
{
	size_t count, i;
	const struct package *packages = model_packages(view->model, &count);

	for (i = 0; i < count; i++) {
		struct pair_counts pair = model_pair(view->model, (uint32_t)i, site);

		if (pair.waiting + pair.running + pair.done + pair.failed == 0)
			continue;
		detail_line(out, packages[i].id,
		            arena_format(view->arena, "%5llu waiting %4llu running %5llu done %4llu failed  %s",
		                         (unsigned long long)pair.waiting, (unsigned long long)pair.running,
		                         (unsigned long long)pair.done, (unsigned long long)pair.failed,
		                         packages[i].name));
	}
}

static void
detail(struct view *view, uint64_t id, struct detail *out)
{
	struct row row = { .id = id, .of = view_site(view, (uint32_t)id), .index = (uint32_t)id };

	out->title = "Site";
	if (!row.of)
		return;
	out->title = arena_format(view->arena, "Site %s", site_of(&row)->code);
	detail_figures(view, &row, out);
	detail_line(out, NULL, "");
	detail_jobs(view, row.index, out);
	detail_packages(view, row.index, out);
}

static void
lines(struct view *view, uint64_t id, struct lines_state *out)
{
	pane_lines_of_site(view, (uint32_t)id, out);
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
	.detail = detail,
};
