#include "view/panes/site_detail.h"
#include "view/frame/format.h"

#include "cmtop/errors.h"

/* ", the last 12:03:10, 4m ago" */
static const char *
last_text(struct view *view, uint8_t log, int64_t at)
{
	if (at == WHEN_NONE)
		return "";
	return arena_format(view->arena, ", the last %s, %s ago", view_when(view, log, at),
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
detail_figures(struct view *view, uint32_t index, struct detail *out)
{
	const struct site *site = view_site(view, index);
	char state[STATE_TEXT];
	enum state_weight weight = site_state_text(view->model, index, view->now, state);

	if (model_site_server(view->model, index) != NAME_NONE)
		detail_line(out, "server", model_server(view->model, model_site_server(view->model, index)));
	detail_styled(out, "state", arena_format(view->arena, "%s", state), view_weight(weight));
	if (site_state(view->model, index, view->now) == SITE_QUEUED && site_ahead(view->model, index) > 0)
		detail_line(out, "",
		            arena_format(view->arena, "%lld sends of higher priority, or older, come first",
		                         (long long)site_ahead(view->model, index)));
	detail_line(out, "slots",
	            arena_format(view->arena, "%u of %s in use", (unsigned)site_slots(site),
	                         view_limit(view, site->capacity)));
	detail_line(out, "waiting",
	            view->context.backlog.known
	                    ? arena_format(view->arena, "%llu", (unsigned long long)site_waiting(site))
	                    : "?");
	detail_line(out, "done",
	            arena_format(view->arena, "%llu%s; %s sent", (unsigned long long)site->done,
	                         last_text(view, site->done_log, site->last_done),
	                         view_size(view, (int64_t)site->bytes)));
	detail_line(out, "failed",
	            arena_format(view->arena, "%llu%s", (unsigned long long)site->failed,
	                         last_text(view, site->failed_log, site->last_failed)));
	if (site->failed > 0)
		detail_reason(view, index, out);
	if (site->blocked_until != WHEN_NONE && site_state(view->model, index, view->now) == SITE_BLOCKED)
		detail_line(out, "until", view_when(view, site->blocked_log, site->blocked_until));
	detail_line(out, "rate", view_rate(view, site_rate(view->model, index, view->now)));
	if (site->throttled != WHEN_NONE)
		detail_line(out, "throttled",
		            arena_format(view->arena, "limited to one connection, last logged %s",
		                         view_when(view, site->throttled_log, site->throttled)));
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

void
site_detail(struct view *view, uint64_t id, struct detail *out)
{
	uint32_t index = (uint32_t)id;
	const struct site *site = view_site(view, index);

	out->title = "Site";
	if (!site)
		return;
	out->title = arena_format(view->arena, "Site %s", site->code);
	detail_figures(view, index, out);
	detail_line(out, NULL, "");
	detail_jobs(view, index, out);
	detail_packages(view, index, out);
}
