/* All that is known of one package thread or one of its distribution points, and the log lines. */
#include "view/panes/thread_detail.h"

#include <stdio.h>

#include "view/panes/package_detail.h"
#include "view/panes/thread_row.h"
#include "view/panes/transfer_detail.h"
#include "view/frame/format.h"

static void
detail_thread(struct view *view, const struct package_thread *thread, struct detail *out)
{
	const struct package *package = view_package(view, thread->package);
	struct dp_lines dps = dps_of(view, thread->package, thread, true);

	out->title = arena_format(view->arena, "Package thread %u", (unsigned)thread->thread);
	detail_line(out, "package",
	            arena_format(view->arena, "%s%s", view_package_id(view, thread->package),
	                         thread->version ? arena_format(view->arena, " version %u", (unsigned)thread->version)
	                                         : ""));
	if (package && package->name[0])
		detail_line(out, "name", package->name);
	detail_line(out, "thread",
	            arena_format(view->arena, "%u (0x%X)", (unsigned)thread->thread, (unsigned)thread->thread));
	detail_line(out, "phase",
	            arena_format(view->arena, "%s for %s", phase_word((enum phase)thread->phase),
	                         view_duration(view, view_age(view, thread->since))));
	detail_line(out, "started",
	            thread->started == WHEN_NONE ? "before the log began"
	                                         : view_when(view, thread->started_log, thread->started));
	detail_line(out, "last line", view_when(view, thread->log, thread->last));
	if (thread_stalled(view->model, thread, view->now))
		detail_styled(out, "STALLED",
		              arena_format(view->arena, "no log line for %s, but it still holds its slot",
		                           view_duration(view, thread_silence(thread, view->now))),
		              STYLE_BAD);
	if (thread->error[0])
		detail_styled(out, "error", thread->error, STYLE_BAD);
	detail_line(out, NULL, "");
	dps_detail(view, &dps, out);
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

/* The package thread with this serial, or the one that a DP thread works for; NULL: it has ended. */
static const struct package_thread *
thread_of(struct view *view, uint64_t id)
{
	const struct package_thread *thread = NULL;
	uint64_t value = value_of(id);

	while ((thread = model_next_thread(view->model, thread))) {
		if (kind_of(id) == ROW_DP ? has_dp(view->model, thread, (uint32_t)value) : thread->serial == value)
			break;
	}
	return thread;
}

/* One distribution point of a thread: its DP thread, and what the package transfer manager made of it. */
static void
detail_dp(struct view *view, const struct package_thread *thread, uint32_t index, struct detail *out)
{
	struct dp_lines dps = dps_of(view, thread->package, thread, true);
	const struct dp_line *line = dps.at;
	size_t i;

	for (i = 0; i < dps.count; i++) {
		if (dps.at[i].dp && dps.at[i].dp_index == index)
			line = &dps.at[i];
	}
	if (!line || !line->dp)
		return;
	out->title = arena_format(view->arena, "Distribution point %s", model_server(view->model, line->server));
	detail_line(out, "package", view_package_id(view, thread->package));
	detail_line(out, "DP thread",
	            arena_format(view->arena, "%u, %s", (unsigned)line->dp->thread,
	                         dp_state_word((enum dp_state)line->dp->state)));
	if (line->dp->state == DP_ENDED)
		detail_styled(out, "", "its thread ended, and no log line says if it was done", STYLE_WARN);
	if (line->dp->text[0])
		detail_styled(out, line->dp->state == DP_FAILED ? "error" : "message", line->dp->text,
		              line->dp->state == DP_FAILED ? STYLE_BAD : STYLE_NORMAL);
	if (line->transfer)
		detail_line(out, "job", arena_format(view->arena, "%llu", (unsigned long long)line->transfer->job));
	if (line->transfer)
		transfer_figures(view, line->transfer, out);
	else if (view->context.transfers.seen && line->dp->state == DP_DONE && !line->dp->text[0])
		detail_line(out, "state", "handed over: not in PkgXferMgr.log yet");
}

void
thread_detail(struct view *view, uint64_t id, struct detail *out)
{
	const struct package_thread *thread;

	out->title = "DistMgr";
	switch (kind_of(id)) {
	case ROW_QUEUED:
	case ROW_COPYING: package_detail(view, value_of(id), out); return;
	case ROW_TRANSFER: transfer_detail(view, value_of(id), out); return;
	case ROW_DP:
	case ROW_THREAD: break;
	}
	thread = thread_of(view, id);
	if (thread && kind_of(id) == ROW_DP)
		detail_dp(view, thread, (uint32_t)value_of(id), out);
	else if (thread)
		detail_thread(view, thread, out);
	else
		detail_line(out, NULL, "This thread has ended.");
}

/* A DP's lines are those of the package thread that it works for: only together they tell what happened. */
void
thread_lines(struct view *view, uint64_t id, struct lines_state *out)
{
	const struct package_thread *thread;

	if (kind_of(id) == ROW_QUEUED || kind_of(id) == ROW_COPYING) {
		pane_lines_of_package(view, (uint32_t)value_of(id), out);
		return;
	}
	if (kind_of(id) == ROW_TRANSFER) {
		transfer_lines(view, value_of(id), out);
		return;
	}
	thread = thread_of(view, id);
	out->serial = thread ? thread->serial : kind_of(id) == ROW_THREAD ? value_of(id) : 0;
	snprintf(out->title, sizeof(out->title), "Log lines of a package thread that has ended");
	if (!thread)
		return;
	out->since = thread->started;
	span_copy(span_of(thread->package == NAME_NONE ? "" : view_package_id(view, thread->package)), out->word,
	          sizeof(out->word));
	snprintf(out->title, sizeof(out->title), "Log lines of package thread %u: %s", (unsigned)thread->thread,
	         view_package_id(view, thread->package));
}
