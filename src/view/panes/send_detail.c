/* All that is known of one send, and its log lines. */
#include "view/panes/send_detail.h"

#include <stdio.h>
#include <string.h>

#include "view/panes/package_detail.h"
#include "view/panes/send_row.h"
#include "view/panes/site_detail.h"
#include "view/frame/format.h"

/* ---- who and what ---- */

static const char *
size_source_text(enum size_source source)
{
	switch (source) {
	case SIZE_EXACT: return "exact: from an earlier send, or from the file itself";
	case SIZE_SCHED: return "from sched.log";
	case SIZE_ESTIMATE: return "estimate: the package size in distmgr.log";
	case SIZE_UNKNOWN: break;
	}
	return "no log says the size of this file";
}

/* "S14, \\S14SRV.CONTOSO.COM" */
static const char *
site_text(struct view *view, uint32_t site)
{
	uint32_t server = site == NAME_NONE ? NAME_NONE : model_site_server(view->model, site);

	if (server == NAME_NONE)
		return view_site_code(view, site);
	return arena_format(view->arena, "%s, server %s", view_site_code(view, site),
	                    model_server(view->model, server));
}

static void
detail_identity(struct view *view, const struct job *job, struct detail *out)
{
	const struct package *package = view_package(view, job->package);
	const char *version = job->version ? arena_format(view->arena, " version %u", (unsigned)job->version) : "";

	detail_line(out, "site", site_text(view, job->site));
	if (job->kind == KIND_REPLICATION)
		detail_line(out, "content", "site-to-site replication, no package");
	else
		detail_line(out, "package",
		            arena_format(view->arena, "%s%s%s", view_package_id(view, job->package), version,
		                         job->delta_from ? ", only the changes" : ""));
	if (package && package->name[0])
		detail_line(out, "name", package->name);
	detail_line(out, "request", job->request[0] ? job->request : "?");
	detail_line(out, "thread",
	            arena_format(view->arena, "%u (0x%X) of %s", (unsigned)job->thread, (unsigned)job->thread,
	                         model_component(view->model, job->component)));
	detail_line(out, "attempt",
	            arena_format(view->arena, "%u%s", (unsigned)job->attempt,
	                         job->resumed ? ", continues an earlier try" : ""));
}

static void
detail_progress(struct view *view, const struct job *job, struct detail *out)
{
	enum size_source source = SIZE_UNKNOWN;
	int64_t size = job_size(view->model, job, &source), eta = send_eta(view, job);
	double part = send_part(view, job);

	detail_line(out, "sent",
	            job->wrote ? view_size(view, (int64_t)job->position) : "nothing of the package file yet");
	detail_line(out, "size",
	            arena_format(view->arena, "%s  (%s)", view_size(view, size), size_source_text(source)));
	if (part >= 0)
		detail_line(out, "percent", arena_format(view->arena, "%.1f %%", part * 100));
	detail_line(out, "this try", view_size(view, (int64_t)job->bytes));
	detail_line(out, "rate",
	            job_stalled(job, view->now) ? "-  (it has stalled)"
	                                        : arena_format(view->arena, "%s  (over the last 15 s of writing)",
	                                                       view_rate(view, send_rate(view, job))));
	detail_line(out, "time left",
	            eta >= 0                      ? view_eta(view, eta)
	            : job_stalled(job, view->now) ? "-"
	                                          : "-  (needs a size and a rate)");
}

/* ---- how fast it went ---- */

#define GRAPH 40 /* columns: the spans between the samples that are kept, each as wide as the others */

/* Bytes per second in the i-th of GRAPH equal spans of time between the first sample and the last; -1: none. */
static double
rate_in(const struct progress *progress, int64_t from, int64_t to)
{
	double before = -1, after = -1;
	uint16_t i;

	for (i = 0; i + 1 < progress->count; i++) {
		const int64_t a = progress->sample[(progress->first + i) % JOB_SAMPLES].at;
		const int64_t b = progress->sample[(progress->first + i + 1) % JOB_SAMPLES].at;
		double at = (double)progress->sample[(progress->first + i) % JOB_SAMPLES].position;
		double step = (double)progress->sample[(progress->first + i + 1) % JOB_SAMPLES].position - at;

		if (b <= a)
			continue;
		if (from >= a && from <= b)
			before = at + step * (double)(from - a) / (double)(b - a);
		if (to >= a && to <= b)
			after = at + step * (double)(to - a) / (double)(b - a);
	}
	return before < 0 || after < before || to <= from
	               ? -1
	               : (after - before) * (double)WHEN_SECOND / (double)(to - from);
}

static void
detail_history(struct view *view, const struct job *job, struct detail *out)
{
	const struct progress *progress = model_job_progress(view->model, job);
	int64_t begin, end;
	double rates[GRAPH], most = 0;
	char *graph = arena_take(view->arena, GRAPH * 4 + 1);
	int i;

	if (progress->count < 3 || !graph)
		return;
	begin = progress->sample[progress->first].at;
	end = progress->sample[(progress->first + progress->count - 1) % JOB_SAMPLES].at;
	if (end - begin < GRAPH)
		return;
	for (i = 0; i < GRAPH; i++) {
		rates[i] =
			rate_in(progress, begin + (end - begin) * i / GRAPH, begin + (end - begin) * (i + 1) / GRAPH);
		most = rates[i] > most ? rates[i] : most;
	}
	for (i = 0; i < GRAPH; i++)
		strcat(graph, view->signs.level[rates[i] <= 0 || most <= 0 ? 0 : 1 + (int)(rates[i] * 7 / most)]);
	detail_line(out, "past rate", arena_format(view->arena, "%s  at most %s", graph, view_rate(view, most)));
	detail_line(out, "",
	            arena_format(view->arena, "%s to %s", view_when(view, job->log, begin),
	                         view_when(view, job->log, end)));
}

static void
detail_times(struct view *view, const struct job *job, struct detail *out)
{
	detail_line(out, "started",
	            job->started == WHEN_NONE ? "before the log began"
	                                      : view_when(view, job->started_log, job->started));
	detail_line(out, "last line",
	            arena_format(view->arena, "%s, %s ago", view_when(view, job->log, job->last),
	                         view_duration(view, view_age(view, job->last))));
	if (job->last_write != WHEN_NONE)
		detail_line(out, "last block",
		            arena_format(view->arena, "%s, %s ago%s", view_when(view, job->log, job->last_write),
		                         view_duration(view, view_age(view, job->last_write)),
		                         job_usual_gap(job) <= 0
		                                 ? ""
		                                 : arena_format(view->arena, "; usually one every %.1f s",
		                                                (double)job_usual_gap(job) / (double)WHEN_SECOND)));
	if (job_stalled(job, view->now))
		detail_styled(out, "STALLED",
		              arena_format(view->arena, "no progress for %s, but it still holds its slot",
		                           view_duration(view, job_silence(job, view->now))),
		              STYLE_BAD);
	if (job->error[0])
		detail_styled(out, "error", job->error, STYLE_WARN);
}

static const struct job *
job_with(struct view *view, uint64_t serial)
{
	const struct job *job = NULL;

	while ((job = model_next_job(view->model, job)) && job->serial != serial)
		continue;
	return job;
}

void
send_detail(struct view *view, uint64_t id, struct detail *out)
{
	const struct job *job = job_with(view, id);

	out->title = "Send";
	if (id & GROUP_ID) {
		if (view->ui->group == GROUP_PACKAGE)
			package_detail(view, (uint32_t)id, out);
		else
			site_detail(view, (uint32_t)id, out);
		return;
	}
	if (!job) {
		detail_line(out, NULL, "This send has ended. Pane 4 lists failed sends.");
		return;
	}
	out->title = arena_format(view->arena, "Send of %s to %s", view_package_id(view, job->package),
	                          view_site_code(view, job->site));
	detail_identity(view, job, out);
	detail_line(out, "state",
	            arena_format(view->arena, "%s%s", job_state_word((enum job_state)job->state),
	                         job_throttled(job) ? ", throttled: a rate limit or pulse mode makes it pause" : ""));
	detail_progress(view, job, out);
	detail_times(view, job, out);
	detail_history(view, job, out);
}

/* ---- log lines ---- */

/* A request with all its tries: why it is tried again stands in the lines of the one before. */
void
send_lines(struct view *view, uint64_t id, struct lines_state *out)
{
	const struct job *job = job_with(view, id);

	if (id & GROUP_ID) {
		if (view->ui->group == GROUP_PACKAGE)
			pane_lines_of_package(view, (uint32_t)id, out);
		else
			pane_lines_of_site(view, (uint32_t)id, out);
		return;
	}
	out->serial = id;
	snprintf(out->title, sizeof(out->title), "Log lines of a send that has ended");
	if (!job)
		return;
	memcpy(out->request, job->request, sizeof(out->request));
	memcpy(out->word, job->request, sizeof(out->request));
	out->since = job->attempt > 1 ? WHEN_NONE : job->started;
	snprintf(out->title, sizeof(out->title), "Log lines of %s: %s to %s", job->request[0] ? job->request : "a send",
	         job->kind == KIND_REPLICATION ? "replication" : view_package_id(view, job->package),
	         view_site_code(view, job->site));
}
