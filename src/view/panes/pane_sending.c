/* The sends that hold a slot: what Sender Analyser showed, and what the slots are used for. */
#include "view/panes/send_row.h"
#include "view/panes/send_detail.h"
#include "view/panes/counterpart.h"
#include "view/grid/format.h"

#include <math.h>
#include <string.h>

#include "cmtop/state_text.h"

static const struct job *
job_of(const struct row *row)
{
	return row->of;
}

/* ---- rows ---- */

/* Jobs of one site, or of one package, together; among themselves in the order they had. */
static void
gather_groups(struct view *view, const struct job **jobs, size_t count)
{
	static const char *const names[GROUP_COUNT] = { NULL, "site", "package" };
	const char *name = names[view->ui->group];
	size_t keys, i;
	const struct order_key *key = order_keys(ORDER_JOBS, &keys);

	for (i = 0; name && i < keys; i++) {
		if (span_is(span_of(key[i].name), span_of(name)))
			order_jobs(view->model, jobs, count, i, false, view->now);
	}
}

static uint32_t
group_of(const struct view *view, const struct job *job)
{
	return view->ui->group == GROUP_SITE ? job->site : job->package;
}

/* "S14  3 sends  2.1 MB/s", "CS100014  12 sends  48.0 MB/s  7-Zip 14" */
static const char *
group_title(struct view *view, const struct job *const *jobs, size_t count)
{
	const struct package *package = view_package(view, jobs[0]->package);
	double all = -1, rate;
	size_t i, same;

	for (same = 0; same < count && group_of(view, jobs[same]) == group_of(view, jobs[0]); same++)
		continue;
	for (i = 0; i < same; i++) {
		if ((rate = send_rate(view, jobs[i])) >= 0)
			all = all < 0 ? rate : all + rate;
	}
	return arena_format(view->arena, "%s  %zu send%s  %s%s%s",
	                    view->ui->group == GROUP_SITE       ? view_site_code(view, jobs[0]->site)
	                    : jobs[0]->kind == KIND_REPLICATION ? "replication"
	                                                        : view_package_id(view, jobs[0]->package),
	                    same, same == 1 ? "" : "s", view_rate(view, all),
	                    view->ui->group == GROUP_PACKAGE && package && package->name[0] ? "  " : "",
	                    view->ui->group == GROUP_PACKAGE && package ? package->name : "");
}

static void
put_rows(struct view *view, const struct job *const *jobs, size_t count, struct rows *out)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (view->ui->group != GROUP_NONE
		    && (i == 0 || group_of(view, jobs[i]) != group_of(view, jobs[i - 1]))) {
			out->at[out->count++] = (struct row){ .id = GROUP_ID | group_of(view, jobs[i]),
				                              .title = group_title(view, jobs + i, count - i) };
			out->titles++;
		}
		out->at[out->count++] = (struct row){ .id = jobs[i]->serial, .of = jobs[i] };
	}
}

static void
gather(struct view *view, struct rows *out)
{
	const struct pane_state *state = &view->ui->panes[PANE_SENDING];
	const struct job *job = NULL, **jobs;
	size_t count = 0;

	while ((job = model_next_job(view->model, job)))
		out->total++;
	jobs = arena_take(view->arena, (out->total + 1) * sizeof(*jobs));
	out->at = rows_take(view, 2 * out->total);
	if (!jobs || !out->at)
		return;
	while ((job = model_next_job(view->model, job))) {
		if (query_job(view->ui->query, view->model, job, view->now))
			jobs[count++] = job;
	}
	order_jobs(view->model, jobs, count, state->sort, state->invert, view->now);
	gather_groups(view, jobs, count);
	put_rows(view, jobs, count, out);
}

/* ---- cells ---- */

static uint8_t
figure_style(struct view *view, const struct job *job)
{
	return send_size_estimated(view, job) ? STYLE_ESTIMATE : STYLE_NORMAL;
}

static void
cell_site(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_site_code(view, job_of(row)->site);
}

static void
cell_package(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);

	out->text = job->kind == KIND_REPLICATION ? "replication" : view_package_id(view, job->package);
}

static void
cell_name(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);
	const struct package *package = view_package(view, job->package);

	if (job->kind != KIND_REPLICATION)
		out->text = package && package->name[0] ? package->name : "?";
}

static void
cell_request(struct view *view, const struct row *row, struct field *out)
{
	(void)view;
	out->text = job_of(row)->request[0] ? job_of(row)->request : "?";
}

static void
cell_try(struct view *view, const struct row *row, struct field *out)
{
	out->text = arena_format(view->arena, "%u", (unsigned)job_of(row)->attempt);
	out->style = job_of(row)->attempt > 1 ? STYLE_WARN : STYLE_NORMAL;
}

static void
cell_bar(struct view *view, const struct row *row, struct field *out)
{
	double part = send_part(view, job_of(row));

	if (part >= 0)
		out->text = arena_format(view->arena, "[%s]", paint_bar(view, 16, part));
	out->style = figure_style(view, job_of(row));
}

static void
cell_percent(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);
	double part = send_part(view, job);

	out->style = figure_style(view, job);
	if (part < 0)
		out->text = send_size(view, job) < 0 || job->wrote ? "?" : "-";
	else
		out->text =
			arena_format(view->arena, "%s%d", send_size_estimated(view, job) ? "~" : "", (int)(part * 100));
}

static void
cell_total(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);
	int64_t size = send_size(view, job);
	char text[FMT_TEXT];

	out->text = "-";
	out->style = figure_style(view, job);
	if (!job->wrote && size < 0)
		return;
	fmt_part(job->wrote ? (int64_t)job->position : -1, size, send_size_estimated(view, job), view->ui->units, text);
	out->text = arena_format(view->arena, "%s", text);
}

static void
cell_rate(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_rate(view, send_rate(view, job_of(row)));
}

static void
cell_eta(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);
	int64_t eta = send_eta(view, job);

	out->style = figure_style(view, job);
	if (eta < 0)
		out->text = send_size(view, job) < 0 ? "?" : "-";
	else
		out->text = arena_format(view->arena, "%s%s", send_size_estimated(view, job) ? "~" : "",
		                         view_eta(view, eta));
}

static void
cell_state(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);
	char word[STATE_TEXT];
	enum state_weight weight = job_state_text(job, view->now, word);

	out->style = job->error[0] && weight < STATE_WARNS ? STYLE_WARN : view_weight(weight);
	if (job->error[0])
		out->text = arena_format(view->arena, "%s: %s", word, job->error);
	else
		out->text =
			arena_format(view->arena, "%s%s", word, job->resumed && weight < STATE_BAD ? ", resumed" : "");
}

static void
cell_started(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_when(view, job_of(row)->started);
}

/* As in the snapshot, for an export. */
static void
cell_started_time(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_stamp(view, job_of(row)->started);
}

static void
cell_last_time(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_stamp(view, job_of(row)->last);
}

static void
cell_stalled(struct view *view, const struct row *row, struct field *out)
{
	out->text = job_stalled(job_of(row), view->now) ? "true" : "false";
}

static void
cell_throttled(struct view *view, const struct row *row, struct field *out)
{
	(void)view;
	out->text = job_throttled(job_of(row)) ? "true" : "false";
}

static void
cell_gap(struct view *view, const struct row *row, struct field *out)
{
	int64_t silence = view_age(view, job_of(row)->last_write);
	char text[FMT_TEXT];

	out->text = "-";
	if (silence < 0)
		return;
	fmt_duration_short(silence, text);
	out->text = arena_format(view->arena, "%s", text);
}

static void
cell_thread(struct view *view, const struct row *row, struct field *out)
{
	out->text = arena_format(view->arena, "%u", (unsigned)job_of(row)->thread);
}

/* ---- figures, for an export ---- */

static double
figure(int64_t value)
{
	return value < 0 ? (double)NAN : (double)value;
}

static double
figure_try(struct view *view, const struct row *row)
{
	(void)view;
	return job_of(row)->attempt;
}

static double
figure_position(struct view *view, const struct row *row)
{
	(void)view;
	return job_of(row)->wrote ? (double)job_of(row)->position : (double)NAN;
}

static double
figure_size(struct view *view, const struct row *row)
{
	return figure(send_size(view, job_of(row)));
}

static double
figure_rate(struct view *view, const struct row *row)
{
	double rate = send_rate(view, job_of(row));

	return rate < 0 ? (double)NAN : rate;
}

static double
figure_eta(struct view *view, const struct row *row)
{
	int64_t eta = send_eta(view, job_of(row));

	return eta < 0 ? (double)NAN : (double)whole_seconds(eta);
}

static double
figure_thread(struct view *view, const struct row *row)
{
	(void)view;
	return job_of(row)->thread;
}

enum {
	COLUMN_SITE,
	COLUMN_PACKAGE,
	COLUMN_NAME,
	COLUMN_REQUEST,
	COLUMN_TRY,
	COLUMN_BAR,
	COLUMN_PERCENT,
	COLUMN_TOTAL,
	COLUMN_RATE,
	COLUMN_ETA,
	COLUMN_STATE,
	COLUMN_STARTED,
	COLUMN_GAP,
	COLUMN_THREAD,
	COLUMN_SIZE,
	COLUMN_STARTED_TIME,
	COLUMN_LAST_TIME,
	COLUMN_STALLED,
	COLUMN_THROTTLED
};

/* clang-format off */
static const struct column columns[] = {
	[COLUMN_SITE]    = { "SITE",         4,  0,  ALIGN_LEFT,  CUT_END, "site",     cell_site, "site", NULL },
	[COLUMN_PACKAGE] = { "PACKAGE",      8,  11, ALIGN_LEFT,  CUT_END, "package",  cell_package, "package", NULL },
	[COLUMN_NAME]    = { "NAME",         18, 40, ALIGN_LEFT,  CUT_END, NULL,       cell_name, "name", NULL },
	[COLUMN_REQUEST] = { "REQUEST",      8,  0,  ALIGN_LEFT,  CUT_END, "request",  cell_request, "request", NULL },
	[COLUMN_TRY]     = { "TRY",          3,  0,  ALIGN_RIGHT, CUT_END, "try",      cell_try, "attempt", figure_try },
	[COLUMN_BAR]     = { "",             18, 0,  ALIGN_LEFT,  CUT_END, NULL,       cell_bar, NULL, NULL },
	[COLUMN_PERCENT] = { "%",            4,  0,  ALIGN_RIGHT, CUT_END, "percent",  cell_percent, NULL, NULL },
	[COLUMN_TOTAL]   = { "DONE / TOTAL", 16, 0,  ALIGN_RIGHT, CUT_END, "position", cell_total, "position", figure_position },
	[COLUMN_RATE]    = { "RATE",         10, 0,  ALIGN_RIGHT, CUT_END, "rate",     cell_rate, "rate", figure_rate },
	[COLUMN_ETA]     = { "ETA",          8,  0,  ALIGN_RIGHT, CUT_END, "eta",      cell_eta, "eta", figure_eta },
	[COLUMN_STATE]   = { "STATE",        11, 50, ALIGN_LEFT,  CUT_END, "state",    cell_state, "state", NULL },
	[COLUMN_STARTED] = { "STARTED",      11, 0,  ALIGN_LEFT,  CUT_END, "started",  cell_started, NULL, NULL },
	[COLUMN_GAP]     = { "GAP",          4,  0,  ALIGN_RIGHT, CUT_END, NULL,       cell_gap, NULL, NULL },
	[COLUMN_THREAD]  = { "THREAD",       6,  0,  ALIGN_RIGHT, CUT_END, "thread",   cell_thread, "thread", figure_thread },
	[COLUMN_SIZE]    = { "",             0,  0,  ALIGN_RIGHT, CUT_END, NULL,       cell_total, "size", figure_size },
	[COLUMN_STARTED_TIME] = { "", 0, 0, ALIGN_LEFT, CUT_END, NULL, cell_started_time, "started", NULL },
	[COLUMN_LAST_TIME]    = { "", 0, 0, ALIGN_LEFT, CUT_END, NULL, cell_last_time, "last", NULL },
	[COLUMN_STALLED]      = { "", 0, 0, ALIGN_LEFT, CUT_END, NULL, cell_stalled, "stalled", NULL },
	[COLUMN_THROTTLED]    = { "", 0, 0, ALIGN_LEFT, CUT_END, NULL, cell_throttled, "throttled", NULL },
};

static const struct yield yields[] = {
	{ COLUMN_THREAD, 0 }, { COLUMN_GAP, 0 }, { COLUMN_STARTED, 0 },
	{ COLUMN_NAME, 0 }, { COLUMN_REQUEST, 0 }, { COLUMN_BAR, 0 }, { COLUMN_TRY, 0 }, { COLUMN_TOTAL, 0 },
	{ COLUMN_STATE, 1 }, { COLUMN_PACKAGE, 0 }, { COLUMN_STATE, 0 }, { COLUMN_RATE, 0 }, { COLUMN_ETA, 0 },
};
/* clang-format on */

static const struct table table = {
	.column_count = sizeof(columns) / sizeof(*columns),
	.columns = columns,
	.yield_count = sizeof(yields) / sizeof(*yields),
	.yields = yields,
};

/* ---- words ---- */

static const char *
title(struct view *view)
{
	const char *count = pane_count(view, PANE_SENDING);

	if (view->sending.unseen == 0)
		return count;
	return arena_format(view->arena, "%s, and %u begun before the log", count, (unsigned)view->sending.unseen);
}

static const char *
empty(struct view *view)
{
	const char *missing = pane_missing_log(view, "sender");

	if (missing)
		return missing;
	if (!view->sending.heard)
		return "no sender has written anything yet";
	if (view->sending.unseen > 0)
		return "slots are in use by sends that began before the log did";
	return "no send in progress";
}

static bool
fits(struct view *view, struct query *query, const struct row *row)
{
	return !row->title && query_job(query, view->model, row->of, view->now);
}

/* ---- followed from one try to the next, and from one model to another ---- */

static void
follow(struct ui *ui, const struct row *row)
{
	const struct job *job = row->of;

	memcpy(ui->followed, job->request, sizeof(ui->followed));
	ui->followed_site = job->site;
	ui->followed_package = job->package;
}

/* The same request again, in another thread; without its id, the same package to the same site. */
static size_t
follow_on(const struct ui *ui, const struct rows *rows)
{
	size_t i;

	for (i = 0; i < rows->count; i++) {
		const struct job *job = rows->at[i].of;

		if (rows->at[i].title)
			continue;
		if (ui->followed[0] ? strcmp(job->request, ui->followed) == 0
		                    : job->site == ui->followed_site && job->package == ui->followed_package)
			return i;
	}
	return SIZE_MAX;
}

static uint64_t
counterpart(const struct handover *handover, uint64_t id)
{
	const struct job *job;

	if (id & GROUP_ID) {
		uint32_t index = (uint32_t)(id & ~GROUP_ID);

		return GROUP_ID
		       | (handover->group == GROUP_SITE ? same_site(handover, index) : same_package(handover, index));
	}
	job = same_job(handover, id);
	return job ? job->serial : ROW_GONE;
}

const struct pane pane_sending = {
	.name = "Active sends",
	.one = "job",
	.many = "jobs",
	.order = ORDER_JOBS,
	.table = &table,
	.gather = gather,
	.title = title,
	.empty = empty,
	.fits = fits,
	.lines = send_lines,
	.detail = send_detail,
	.counterpart = counterpart,
	.follow = follow,
	.follow_on = follow_on,
};
