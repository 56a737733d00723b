/* All that is known of one package thread or one of its distribution points, and the log lines. */
#include "view/distmgr.h"

#include <stdio.h>

static void
detail_thread(struct view *view, const struct package_thread *thread, struct detail *out)
{
	const struct package *package = view_package(view, thread->package);
	const struct dp *dp;

	out->title = arena_format(view->arena, "Package thread %u", (unsigned)thread->thread);
	detail_line(out, "package", arena_format(view->arena, "%s%s", view_package_id(view, thread->package),
	            thread->version ? arena_format(view->arena, " version %u", (unsigned)thread->version) : ""));
	if (package && package->name[0])
		detail_line(out, "name", package->name);
	detail_line(out, "thread", arena_format(view->arena, "%u (0x%X)", (unsigned)thread->thread, (unsigned)thread->thread));
	detail_line(out, "phase", arena_format(view->arena, "%s for %s", phase_word((enum phase)thread->phase),
	            view_duration(view, view_age(view, thread->since))));
	detail_line(out, "started", thread->started == WHEN_NONE ? "before the log began" : view_when(view, thread->started));
	detail_line(out, "last heard", view_when(view, thread->last));
	if (thread->error[0])
		detail_styled(out, "error", thread->error, STYLE_BAD);
	detail_line(out, NULL, "");
	for (dp = model_dp(view->model, thread->first_dp); dp; dp = model_dp(view->model, dp->next))
		detail_line(out, dp_state_word((enum dp_state)dp->state), model_server(view->model, dp->server));
}

static bool
has_dp(const struct model *model, const struct package_thread *thread, uint32_t wanted)
{
	uint32_t i = thread->first_dp;
	const struct dp *dp;

	for (; (dp = model_dp(model, i)); i = dp->next) {
		if (i == wanted)
			return true;
	}
	return false;
}

void
thread_detail(struct view *view, uint64_t id, struct detail *out)
{
	uint64_t value = id & (((uint64_t)1 << KIND_SHIFT) - 1);
	const struct package_thread *thread = NULL;
	const struct dp *dp;

	out->title = "DistMgr";
	if (kind_of(id) == ROW_QUEUED) {
		pane_packages.detail(view, value, out);
		return;
	}
	if (kind_of(id) == ROW_DP && (dp = model_dp(view->model, (uint32_t)value))) {
		out->title = "Distribution point";
		detail_line(out, "server", model_server(view->model, dp->server));
		detail_line(out, "state", dp_state_word((enum dp_state)dp->state));
		detail_line(out, "thread", arena_format(view->arena, "%u", (unsigned)dp->thread));
		return;
	}
	while ((thread = model_next_thread(view->model, thread)) && thread->serial != value)
		continue;
	if (kind_of(id) == ROW_THREAD && thread)
		detail_thread(view, thread, out);
	else
		detail_line(out, NULL, "This thread has ended.");
}

/* A DP's lines are those of the package thread that it works for: only together they tell what happened. */
void
thread_lines(struct view *view, uint64_t id, struct lines_state *out)
{
	uint64_t value = id & (((uint64_t)1 << KIND_SHIFT) - 1);
	const struct package_thread *thread = NULL;

	if (kind_of(id) == ROW_QUEUED) {
		pane_lines_of_package(view, (uint32_t)value, out);
		return;
	}
	while ((thread = model_next_thread(view->model, thread))) {
		if (kind_of(id) == ROW_DP ? has_dp(view->model, thread, (uint32_t)value) : thread->serial == value)
			break;
	}
	out->serial = thread ? thread->serial : kind_of(id) == ROW_THREAD ? value : 0;
	snprintf(out->title, sizeof(out->title), "Log lines of a package thread that has ended");
	if (!thread)
		return;
	out->since = thread->started;
	span_copy(span_of(thread->package == NAME_NONE ? "" : view_package_id(view, thread->package)), out->word,
	          sizeof(out->word));
	snprintf(out->title, sizeof(out->title), "Log lines of package thread %u: %s", (unsigned)thread->thread,
	         view_package_id(view, thread->package));
}
