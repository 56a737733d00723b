/* The sends that hold a slot: what Sender Analyser showed, and what the slots are used for. */
#include "view/panes.h"

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

static void
gather(struct view *view, struct rows *out)
{
	const struct pane_state *state = &view->ui->panes[PANE_SENDING];
	const struct job *job = NULL, **jobs;
	size_t i, count = 0;

	while ((job = model_next_job(view->model, job)))
		out->total++;
	jobs = arena_take(view->arena, (out->total + 1) * sizeof(*jobs));
	out->at = rows_take(view, out->total);
	if (!jobs || !out->at)
		return;
	while ((job = model_next_job(view->model, job))) {
		if (query_job(view->ui->query, view->model, job, view->now))
			jobs[count++] = job;
	}
	order_jobs(view->model, jobs, count, state->sort, state->invert, view->now);
	gather_groups(view, jobs, count);
	for (i = 0; i < count; i++)
		out->at[i] = (struct row){ jobs[i]->serial, jobs[i], 0 };
	out->count = count;
}

/* ---- cells ---- */

static int64_t
size_of(struct view *view, const struct job *job)
{
	enum size_source source;

	return job_size(view->model, job, &source);
}

static bool
is_estimate(struct view *view, const struct job *job)
{
	enum size_source source = SIZE_UNKNOWN;

	return job_size(view->model, job, &source) >= 0 && source == SIZE_ESTIMATE;
}

static uint8_t
figure_style(struct view *view, const struct job *job)
{
	return is_estimate(view, job) ? STYLE_ESTIMATE : STYLE_NORMAL;
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

/* How much of it is sent, 0 to 1; -1: not known. More than an estimate of the whole is no share of it. */
static double
part_of(struct view *view, const struct job *job)
{
	int64_t size = size_of(view, job);

	if (!job->wrote || size <= 0 || job->position > (uint64_t)size)
		return -1;
	return (double)job->position / (double)size;
}

static void
cell_bar(struct view *view, const struct row *row, struct field *out)
{
	double part = part_of(view, job_of(row));

	if (part >= 0)
		out->text = arena_format(view->arena, "[%s]", paint_bar(view, 16, part));
	out->style = figure_style(view, job_of(row));
}

static void
cell_percent(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);
	double part = part_of(view, job);

	out->style = figure_style(view, job);
	if (part < 0)
		out->text = size_of(view, job) < 0 || job->wrote ? "?" : "-";
	else
		out->text = arena_format(view->arena, "%s%d", is_estimate(view, job) ? "~" : "", (int)(part * 100));
}

static void
cell_total(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);
	int64_t size = size_of(view, job);
	char text[FMT_TEXT];

	fmt_part(job->wrote ? (int64_t)job->position : -1, size, is_estimate(view, job), view->ui->units, text);
	out->text = arena_format(view->arena, "%s", text);
	out->style = figure_style(view, job);
}

static void
cell_rate(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_rate(view, job_rate(job_of(row)));
}

static void
cell_eta(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);
	int64_t eta = job_eta(view->model, job);

	out->style = figure_style(view, job);
	if (eta < 0)
		out->text = size_of(view, job) < 0 ? "?" : "-";
	else
		out->text = arena_format(view->arena, "%s%s", is_estimate(view, job) ? "~" : "", view_duration(view, eta));
}

static void
cell_state(struct view *view, const struct row *row, struct field *out)
{
	const struct job *job = job_of(row);
	const char *word = job_state_word((enum job_state)job->state);
	char silence[FMT_TEXT];

	out->text = word;
	out->style = job->state == JOB_SENDING ? STYLE_GOOD : STYLE_NORMAL;
	if (job_stalled(job, view->now)) {
		fmt_duration_short(job_silence(job, view->now), silence);
		out->text = arena_format(view->arena, "STALLED %s%s%s", silence, job->error[0] ? ": " : "", job->error);
		out->style = STYLE_BAD;
	} else if (job->error[0]) {
		out->text = arena_format(view->arena, "%s: %s", word, job->error);
		out->style = STYLE_WARN;
	} else if (job->resumed) {
		out->text = arena_format(view->arena, "%s, resumed", word);
	}
}

static void
cell_started(struct view *view, const struct row *row, struct field *out)
{
	out->text = view_when(view, job_of(row)->started);
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

enum {
	COLUMN_SITE, COLUMN_PACKAGE, COLUMN_NAME, COLUMN_REQUEST, COLUMN_TRY, COLUMN_BAR, COLUMN_PERCENT, COLUMN_TOTAL,
	COLUMN_RATE, COLUMN_ETA, COLUMN_STATE, COLUMN_STARTED, COLUMN_GAP, COLUMN_THREAD
};

static const struct column columns[] = {
	[COLUMN_SITE]    = { "SITE",         4,  0,  ALIGN_LEFT,  CUT_END, "site",     cell_site },
	[COLUMN_PACKAGE] = { "PACKAGE",      8,  11, ALIGN_LEFT,  CUT_END, "package",  cell_package },
	[COLUMN_NAME]    = { "NAME",         18, 40, ALIGN_LEFT,  CUT_END, NULL,       cell_name },
	[COLUMN_REQUEST] = { "REQUEST",      8,  0,  ALIGN_LEFT,  CUT_END, "request",  cell_request },
	[COLUMN_TRY]     = { "TRY",          3,  0,  ALIGN_RIGHT, CUT_END, "try",      cell_try },
	[COLUMN_BAR]     = { "",             18, 0,  ALIGN_LEFT,  CUT_END, NULL,       cell_bar },
	[COLUMN_PERCENT] = { "%",            4,  0,  ALIGN_RIGHT, CUT_END, "percent",  cell_percent },
	[COLUMN_TOTAL]   = { "DONE / TOTAL", 16, 0,  ALIGN_RIGHT, CUT_END, "position", cell_total },
	[COLUMN_RATE]    = { "RATE",         10, 0,  ALIGN_RIGHT, CUT_END, "rate",     cell_rate },
	[COLUMN_ETA]     = { "ETA",          8,  0,  ALIGN_RIGHT, CUT_END, "eta",      cell_eta },
	[COLUMN_STATE]   = { "STATE",        11, 50, ALIGN_LEFT,  CUT_END, "state",    cell_state },
	[COLUMN_STARTED] = { "STARTED",      11, 0,  ALIGN_LEFT,  CUT_END, "started",  cell_started },
	[COLUMN_GAP]     = { "GAP",          4,  0,  ALIGN_RIGHT, CUT_END, NULL,       cell_gap },
	[COLUMN_THREAD]  = { "THREAD",       6,  0,  ALIGN_RIGHT, CUT_END, "thread",   cell_thread },
};

static const struct yield yields[] = {
	{ COLUMN_THREAD, 0 }, { COLUMN_GAP, 0 }, { COLUMN_STARTED, 0 },
	{ COLUMN_NAME, 0 }, { COLUMN_REQUEST, 0 }, { COLUMN_BAR, 0 }, { COLUMN_TRY, 0 }, { COLUMN_TOTAL, 0 },
	{ COLUMN_STATE, 1 }, { COLUMN_PACKAGE, 0 }, { COLUMN_STATE, 0 }, { COLUMN_RATE, 0 }, { COLUMN_ETA, 0 },
};

static const struct table table = {
	.column_count = sizeof(columns) / sizeof(*columns), .columns = columns,
	.yield_count  = sizeof(yields) / sizeof(*yields),   .yields  = yields,
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
	return query_job(query, view->model, row->of, view->now);
}

/* ---- detail ---- */

static const char *
source_says(enum size_source source)
{
	switch (source) {
	case SIZE_EXACT:    return "exact: the same file has been sent whole before";
	case SIZE_SCHED:    return "from sched.log";
	case SIZE_ESTIMATE: return "estimate: the package's size by distmgr.log";
	case SIZE_UNKNOWN:  break;
	}
	return "no log tells the size of this file";
}

static void
detail_identity(struct view *view, const struct job *job, struct detail *out)
{
	const struct package *package = view_package(view, job->package);
	const char *version = job->version ? arena_format(view->arena, " version %u", (unsigned)job->version) : "";

	detail_line(out, "site", view_site_code(view, job->site));
	if (job->kind == KIND_REPLICATION)
		detail_line(out, "sends", "site-to-site replication, no package");
	else
		detail_line(out, "package", arena_format(view->arena, "%s%s%s", view_package_id(view, job->package), version,
		            job->delta_from ? ", only what changed" : ""));
	if (package && package->name[0])
		detail_line(out, "name", package->name);
	detail_line(out, "request", job->request[0] ? job->request : "?");
	detail_line(out, "thread", arena_format(view->arena, "%u (0x%X) of %s", (unsigned)job->thread,
	            (unsigned)job->thread, model_component(view->model, job->component)));
	detail_line(out, "attempt", arena_format(view->arena, "%u%s", (unsigned)job->attempt,
	            job->resumed ? ", goes on where an earlier one stopped" : ""));
}

static void
detail_progress(struct view *view, const struct job *job, struct detail *out)
{
	enum size_source source = SIZE_UNKNOWN;
	int64_t size = job_size(view->model, job, &source), eta = job_eta(view->model, job);
	double part = part_of(view, job);

	detail_line(out, "sent", job->wrote ? view_size(view, (int64_t)job->position) : "nothing of the package file yet");
	detail_line(out, "of", arena_format(view->arena, "%s  (%s)", view_size(view, size), source_says(source)));
	if (part >= 0)
		detail_line(out, "share", arena_format(view->arena, "%.1f %%", part * 100));
	detail_line(out, "by this try", view_size(view, (int64_t)job->bytes));
	detail_line(out, "rate", arena_format(view->arena, "%s  (over its last 15 s of writing)", view_rate(view, job_rate(job))));
	detail_line(out, "time left", eta >= 0 ? view_duration(view, eta) : "-  (needs a size and a rate)");
}

static void
detail_times(struct view *view, const struct job *job, struct detail *out)
{
	detail_line(out, "started", job->started == WHEN_NONE ? "before the log began" : view_when(view, job->started));
	detail_line(out, "last heard", arena_format(view->arena, "%s, %s ago", view_when(view, job->last),
	            view_duration(view, view_age(view, job->last))));
	if (job->last_write != WHEN_NONE)
		detail_line(out, "last block", arena_format(view->arena, "%s, %s ago%s", view_when(view, job->last_write),
		            view_duration(view, view_age(view, job->last_write)),
		            job->usual_gap <= 0 ? "" : arena_format(view->arena, "; one each %.1f s as a rule",
		            (double)job->usual_gap / (double)WHEN_SECOND)));
	if (job_stalled(job, view->now))
		detail_styled(out, "STALLED", arena_format(view->arena, "nothing has moved for %s; the slot is held all the same",
		              view_duration(view, job_silence(job, view->now))), STYLE_BAD);
	if (job->error[0])
		detail_styled(out, "error", job->error, STYLE_WARN);
}

static void
detail(struct view *view, uint64_t id, struct detail *out)
{
	const struct job *job = NULL;

	while ((job = model_next_job(view->model, job)) && job->serial != id)
		continue;
	out->title = "Send";
	if (!job) {
		detail_line(out, NULL, "This send has ended. What went wrong with sends stands in pane 4.");
		return;
	}
	out->title = arena_format(view->arena, "Send of %s to %s", view_package_id(view, job->package),
	                          view_site_code(view, job->site));
	detail_identity(view, job, out);
	detail_line(out, "state", job_state_word((enum job_state)job->state));
	detail_progress(view, job, out);
	detail_times(view, job, out);
}

const struct pane pane_sending = {
	.name = "Active sends", .one = "job", .many = "jobs", .order = ORDER_JOBS, .table = &table,
	.gather = gather, .title = title, .empty = empty, .fits = fits, .detail = detail,
};
