/* One row a destination site: what waits for it, what it holds, how it does. */
#include "view/panes.h"

#include <math.h>

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
	out->text = !view->backlog.known ? "?"
	            : arena_format(view->arena, "%llu", (unsigned long long)site_waiting(site_of(row)));
}

static void
cell_used(struct view *view, const struct row *row, struct field *out)
{
	const struct site *site = site_of(row);

	out->text = site->capacity < 0
	            ? arena_format(view->arena, "%u/?", (unsigned)site_slots(site))
	            : arena_format(view->arena, "%u/%lld", (unsigned)site_slots(site), (long long)site->capacity);
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

/* Since when the longest-silent of its stalled sends has moved nothing; -1: none is. */
static int64_t
stalled_for(struct view *view, uint32_t site)
{
	const struct job *job = NULL;
	int64_t most = -1;

	while ((job = model_next_job(view->model, job))) {
		if (job->site == site && job_stalled(job, view->now) && job_silence(job, view->now) > most)
			most = job_silence(job, view->now);
	}
	return most;
}

static const char *
blocked_text(struct view *view, const struct site *site)
{
	const char *word = site->closed ? "closed" : "blocked";
	char clock[FMT_TEXT];

	if (site->blocked_until == WHEN_NONE)
		return word;
	fmt_clock_short(view_local(view, site->blocked_until), clock);
	return arena_format(view->arena, "%s %s", word, clock);
}

/* "queued 132 first", of all sends that wait */
static const char *
queued_text(struct view *view, uint32_t site)
{
	int64_t ahead = site_ahead(view->model, site);

	if (ahead < 0)
		return "queued";
	return ahead == 0 ? "queued, next" : arena_format(view->arena, "queued %lld first", (long long)ahead);
}

static void
cell_state(struct view *view, const struct row *row, struct field *out)
{
	enum site_state state = site_state(view->model, row->index, view->now);
	char silence[FMT_TEXT];

	out->text = site_state_word(state);
	switch (state) {
	case SITE_BLOCKED:
		out->text = blocked_text(view, site_of(row));
		out->style = STYLE_WARN;
		break;
	case SITE_STALLED:
		fmt_duration_short(stalled_for(view, row->index), silence);
		out->text = arena_format(view->arena, "STALLED %s", silence);
		out->style = STYLE_BAD;
		break;
	case SITE_QUEUED:
		out->text = queued_text(view, row->index);
		out->style = STYLE_WARN;
		break;
	case SITE_FULL:
	case SITE_THROTTLED:
		out->style = STYLE_WARN;
		break;
	case SITE_OK:
		out->style = site_of(row)->used > 0 ? STYLE_GOOD : STYLE_NORMAL;
		break;
	}
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
	return site_of(row)->used;
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
	COLUMN_SITE, COLUMN_WAITING, COLUMN_USED, COLUMN_DONE, COLUMN_FAILED, COLUMN_BYTES, COLUMN_RATE, COLUMN_LAST,
	COLUMN_STATE, COLUMN_CAPACITY
};

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
};

static const struct yield yields[] = {
	{ COLUMN_BYTES, 0 }, { COLUMN_LAST, 0 }, { COLUMN_DONE, 0 }, { COLUMN_STATE, 13 }, { COLUMN_RATE, 0 },
	{ COLUMN_FAILED, 0 }, { COLUMN_STATE, 1 }, { COLUMN_STATE, 0 }, { COLUMN_USED, 0 },
};

static const struct table table = {
	.run = 46,
	.column_count = sizeof(columns) / sizeof(*columns), .columns = columns,
	.yield_count  = sizeof(yields) / sizeof(*yields),   .yields  = yields,
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
	return arena_format(view->arena, ", the last %s, %s ago", view_when(view, at), view_duration(view, view_age(view, at)));
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
		detail_line(out, "", arena_format(view->arena, "%lld sends of higher priority, or older, come first",
		            (long long)site_ahead(view->model, row->index)));
	cell_used(view, row, &field);
	detail_line(out, "slots", arena_format(view->arena, "%s used and allowed", field.text));
	cell_waiting(view, row, &field);
	detail_line(out, "waiting", field.text);
	detail_line(out, "done", arena_format(view->arena, "%llu%s; %s sent", (unsigned long long)site->done,
	            last_text(view, site->last_done), view_size(view, (int64_t)site->bytes)));
	detail_line(out, "failed", arena_format(view->arena, "%llu%s", (unsigned long long)site->failed,
	            last_text(view, site->last_failed)));
	if (site->blocked_until != WHEN_NONE && site_state(view->model, row->index, view->now) == SITE_BLOCKED)
		detail_line(out, "until", view_when(view, site->blocked_until));
	detail_line(out, "rate", view_rate(view, site_rate(view->model, row->index, view->now)));
	if (site->throttled != WHEN_NONE)
		detail_line(out, "throttled", arena_format(view->arena, "limited to one connection, last said %s",
		            view_when(view, site->throttled)));
}

static void
detail_jobs(struct view *view, uint32_t site, struct detail *out)
{
	const struct job *job = NULL;

	while ((job = model_next_job(view->model, job))) {
		if (job->site != site)
			continue;
		detail_line(out, "sending", arena_format(view->arena, "%s  %s  %s  try %u",
		            job->kind == KIND_REPLICATION ? "replication" : view_package_id(view, job->package),
		            job_state_word((enum job_state)job->state), view_rate(view, job_rate(job)), (unsigned)job->attempt));
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
		detail_line(out, packages[i].id, arena_format(view->arena, "%5llu waiting %4llu running %5llu done %4llu failed  %s",
		            (unsigned long long)pair.waiting, (unsigned long long)pair.running,
		            (unsigned long long)pair.done, (unsigned long long)pair.failed, packages[i].name));
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
	.name = "Sites", .one = "site", .many = "sites", .order = ORDER_SITES, .table = &table,
	.gather = gather, .title = title, .empty = empty, .fits = fits, .lines = lines, .detail = detail,
};
