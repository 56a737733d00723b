/* The sends that hold a slot. */
#include "view/panes/send_row.h"
#include "view/panes/send_detail.h"
#include "view/panes/counterpart.h"
#include "view/frame/format.h"

#include <string.h>

#include "cmtop/count_of.h"
#include "cmtop/state_text.h"

static const struct job *
job_of(const struct row *row)
{
	return row->of;
}

/* ---- rows ---- */

/* Sends of one site, or of one package, together; among themselves in the order they had. */
static void
sort_groups(struct view *view, const void **jobs, size_t count)
{
	static const char *const names[GROUP_COUNT] = { NULL, "site", "package" };
	const char *name = names[view->ui->group];

	if (name)
		fields_sort(fields_named(ENTITY_SENDS, name), false, &view->context, jobs, count);
}

static uint32_t
group_of(const struct view *view, const void *send)
{
	const struct job *job = send;

	return view->ui->group == GROUP_SITE ? job->site : job->package;
}

/* "S14  3 sends  2.1 MB/s", "CS100014  12 sends  48.0 MB/s  7-Zip 14" */
static const char *
group_title(struct view *view, const void *const *jobs, size_t count)
{
	const struct job *first = jobs[0];
	const struct package *package = view_package(view, first->package);
	double all = -1, rate;
	size_t i, same;

	for (same = 0; same < count && group_of(view, jobs[same]) == group_of(view, jobs[0]); same++)
		continue;
	for (i = 0; i < same; i++) {
		if ((rate = send_rate(view, jobs[i])) >= 0)
			all = all < 0 ? rate : all + rate;
	}
	return arena_format(view->arena, "%s  %zu send%s  %s%s%s",
	                    view->ui->group == GROUP_SITE     ? view_site_code(view, first->site)
	                    : first->kind == KIND_REPLICATION ? "replication"
	                                                      : view_package_id(view, first->package),
	                    same, same == 1 ? "" : "s", view_rate(view, all),
	                    view->ui->group == GROUP_PACKAGE && package && package->name[0] ? "  " : "",
	                    view->ui->group == GROUP_PACKAGE && package ? package->name : "");
}

static void
put_rows(struct view *view, const void *const *jobs, size_t count, struct rows *out)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const struct job *job = jobs[i];

		if (view->ui->group != GROUP_NONE
		    && (i == 0 || group_of(view, jobs[i]) != group_of(view, jobs[i - 1]))) {
			out->at[out->count++] = (struct row){ .id = GROUP_ID | group_of(view, jobs[i]),
				                              .title = group_title(view, jobs + i, count - i) };
			out->titles++;
		}
		out->at[out->count++] = (struct row){ .id = job->serial, .of = job };
	}
}

static void
gather(struct view *view, struct rows *out)
{
	const struct job *job = NULL;
	const void **jobs;
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
	pane_sort(view, PANE_SENDING, jobs, count);
	sort_groups(view, jobs, count);
	put_rows(view, jobs, count, out);
}

/* ---- cells ---- */

static uint8_t
figure_style(struct view *view, const struct job *job)
{
	return send_size_estimated(view, job) ? STYLE_ESTIMATE : STYLE_NORMAL;
}

static void
cell_package(struct view *view, const struct row *row, struct table_cell *out)
{
	const struct job *job = job_of(row);

	out->text = job->kind == KIND_REPLICATION ? "replication" : view_package_id(view, job->package);
}

static void
cell_name(struct view *view, const struct row *row, struct table_cell *out)
{
	const struct job *job = job_of(row);
	const struct package *package = view_package(view, job->package);

	if (job->kind != KIND_REPLICATION)
		out->text = package && package->name[0] ? package->name : "?";
}

static void
cell_bar(struct view *view, const struct row *row, struct table_cell *out)
{
	double part = send_part(view, job_of(row));

	if (part >= 0)
		out->text = arena_format(view->arena, "[%s]", paint_bar(view, 16, part));
	out->style = figure_style(view, job_of(row));
}

static void
cell_percent(struct view *view, const struct row *row, struct table_cell *out)
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
cell_total(struct view *view, const struct row *row, struct table_cell *out)
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
cell_eta(struct view *view, const struct row *row, struct table_cell *out)
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
cell_state(struct view *view, const struct row *row, struct table_cell *out)
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
cell_gap(struct view *view, const struct row *row, struct table_cell *out)
{
	int64_t silence = view_age(view, job_of(row)->last_write);
	char text[FMT_TEXT];

	out->text = "-";
	if (silence < 0)
		return;
	fmt_duration_short(silence, text);
	out->text = arena_format(view->arena, "%s", text);
}

static uint8_t
try_style(struct view *view, const struct row *row)
{
	(void)view;
	return job_of(row)->attempt > 1 ? STYLE_WARN : STYLE_NORMAL;
}

/* clang-format off */
static const struct column columns[] = {
	{ COLUMN_LEFT("site", 4, 0) },
	{ COLUMN_LEFT("package", 8, 11), .cell = cell_package },
	{ COLUMN_LEFT("name", 18, 40), .cell = cell_name },
	{ COLUMN_LEFT("request", 8, 0) },
	{ COLUMN_RIGHT("attempt", 3, 0), .style = try_style },
	{ COLUMN_LEFT("bar", 18, 0), .flags = COLUMN_SCREEN, .cell = cell_bar, .title = "" },
	{ COLUMN_RIGHT("percent", 4, 0), .flags = COLUMN_SCREEN, .cell = cell_percent },
	{ COLUMN_RIGHT("position", 16, 0), .cell = cell_total },
	{ COLUMN_RIGHT("rate", 10, 0), .flags = COLUMN_PLAIN },
	{ COLUMN_RIGHT("eta", 8, 0), .cell = cell_eta },
	{ COLUMN_LEFT("state", 11, 50), .cell = cell_state },
	{ COLUMN_LEFT("started", 11, 0), .flags = COLUMN_SCREEN },
	{ COLUMN_RIGHT("written", 4, 0), .flags = COLUMN_SCREEN, .cell = cell_gap },
	{ COLUMN_RIGHT("thread", 6, 0) },
	{ COLUMN_EXPORT("size") },
	{ COLUMN_EXPORT("started") },
	{ COLUMN_EXPORT("last") },
	{ COLUMN_EXPORT("stalled") },
	{ COLUMN_EXPORT("throttled") },
};

static const struct yield yields[] = {
	{ "thread", 0 }, { "written", 0 }, { "started", 0 }, { "name", 0 }, { "request", 0 }, { "bar", 0 },
	{ "attempt", 0 }, { "position", 0 }, { "state", 1 }, { "package", 0 }, { "state", 0 }, { "rate", 0 }, { "eta", 0 },
};
/* clang-format on */

static const struct table table = {
	.entity = ENTITY_SENDS,
	.column_count = COUNT_OF(columns),
	.columns = columns,
	.yield_count = COUNT_OF(yields),
	.yields = yields,
};

/* ---- words ---- */

static const char *
title(struct view *view)
{
	const char *count = pane_count(view, PANE_SENDING);

	if (view->context.sending.unseen == 0)
		return count;
	return arena_format(view->arena, "%s, %u began before the log", count, (unsigned)view->context.sending.unseen);
}

static const char *
empty(struct view *view)
{
	const char *missing = pane_missing_log(view, "sender");

	if (missing)
		return missing;
	if (!view->context.sending.seen)
		return "no sender has written anything yet";
	if (view->context.sending.unseen > 0)
		return "slots are in use by sends that began before the log";
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
	.one = "send",
	.many = "sends",
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
