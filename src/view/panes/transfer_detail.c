/* All that is known of one transfer to a distribution point, and its log lines. */
#include "view/panes/transfer_detail.h"

#include <stdio.h>
#include <string.h>

#include "cmtop/count_of.h"
#include "view/panes/transfer_row.h"
#include "view/frame/format.h"

static const char *
throttled_text(struct view *view, const struct transfer *transfer)
{
	if (transfer->limit_percent == 0)
		return transfer->state == TRANSFER_WAITING
		               ? "waiting: only one connection is allowed to this distribution point"
		               : "sending; only one connection is allowed to this distribution point";
	if (transfer->limit_rate < 0)
		return arena_format(view->arena, "%s, throttled to %u%% by a rate limit",
		                    transfer_state_word((enum transfer_state)transfer->state),
		                    (unsigned)transfer->limit_percent);
	return arena_format(view->arena, "%s, throttled to %u%% by a rate limit, ~%s",
	                    transfer_state_word((enum transfer_state)transfer->state),
	                    (unsigned)transfer->limit_percent, view_rate(view, (double)transfer->limit_rate));
}

/* What the word for its state means for the one who waits. */
static const char *
state_message(struct view *view, const struct transfer *transfer)
{
	if (transfer_stalled(transfer, view->now))
		return arena_format(view->arena, "STALLED: no log line from its threads for %s",
		                    view_duration(view, transfer_silence(transfer, view->now)));
	if (transfer_held_back(transfer))
		return throttled_text(view, transfer);
	if (transfer->state == TRANSFER_WAITING && transfer->restart.text[0])
		return "waiting: the pull distribution point has no capacity now";
	switch ((enum transfer_state)transfer->state) {
	case TRANSFER_NOTIFIED: return "notified: the pull distribution point was told to fetch it";
	case TRANSFER_RETRY: return "retry: it failed and will be tried again";
	case TRANSFER_FAILED: return "failed: given up, the distribution manager was told";
	default: return transfer_state_word((enum transfer_state)transfer->state);
	}
}

/* "4844 4900 and 2 more" */
static const char *
threads_text(struct view *view, const struct transfer *transfer)
{
	uint32_t shown = transfer->threads < TRANSFER_THREADS ? transfer->threads : TRANSFER_THREADS, i;
	const char *text = "";

	for (i = 0; i < shown; i++)
		text = arena_format(view->arena, "%s%s%u", text, i ? " " : "", (unsigned)transfer->thread[i]);
	if (transfer->threads > shown)
		text = arena_format(view->arena, "%s and %u more", text, (unsigned)(transfer->threads - shown));
	return transfer->threads ? text : "none works on it now";
}

static void
bytes_lines(struct view *view, const struct transfer *transfer, struct detail *out)
{
	int64_t size = transfer_size(view->model, transfer);
	double share = transfer_share(view->model, transfer);

	if (transfer->pull) {
		detail_line(out, "written", "by the pull distribution point: see the logs there");
		return;
	}
	detail_line(out, "written",
	            arena_format(view->arena, "%s%s", view_size(view, (int64_t)transfer->bytes),
	                         transfer->attempts > 1 ? ", all attempts together" : ""));
	if (size >= 0)
		detail_line(out, "size",
		            arena_format(view->arena,
		                         "~%s  (package source in distmgr.log; files that the DP has already "
		                         "are not written again)",
		                         view_size(view, size)));
	if (share >= 0)
		detail_line(out, "percent", arena_format(view->arena, "~%.1f %%", share * 100));
	if (transfer->state == TRANSFER_SENDING)
		detail_line(out, "rate",
		            arena_format(view->arena,
		                         transfer_rate_estimated(transfer, view->now)
		                                 ? "~%s  (what its rate limit allows)"
		                                 : "%s  (over the last 15 s)",
		                         view_rate(view, transfer_rate(transfer, view->now))));
}

void
transfer_figures(struct view *view, const struct transfer *transfer, struct detail *out)
{
	detail_styled(out, "state", state_message(view, transfer), transfer_style(view, transfer));
	detail_line(out, "threads", threads_text(view, transfer));
	bytes_lines(view, transfer, out);
	detail_line(out, "attempts",
	            arena_format(view->arena, "%llu, failed %llu%s", (unsigned long long)transfer->attempts,
	                         (unsigned long long)transfer->failures, transfer->failures == 1 ? " time" : " times"));
	if (transfer->started != WHEN_NONE)
		detail_line(out, "started",
		            arena_format(view->arena, "%s, %s ago", view_when(view, transfer->started),
		                         view_duration(view, view_age(view, transfer->started))));
	detail_line(out, "last line",
	            arena_format(view->arena, "%s, %s ago", view_when(view, transfer->last),
	                         view_duration(view, view_age(view, transfer->last))));
	if (transfer_again(view, transfer)[0])
		detail_styled(out, "next try", transfer_again(view, transfer), STYLE_WARN);
	if (transfer->error[0])
		detail_styled(out, "error", transfer->error, STYLE_BAD);
}

void
transfer_detail(struct view *view, uint64_t id, struct detail *out)
{
	static const char *const priorities[] = { "", "high", "medium", "low" };
	const struct transfer *transfer = model_transfer(view->model, id);
	const struct package *package;

	out->title = "Transfer to a distribution point";
	if (!transfer) {
		detail_line(out, NULL, "This entry is no longer kept. Newer ones replaced it.");
		return;
	}
	package = view_package(view, transfer->package);
	out->title = arena_format(view->arena, "Transfer of %s to %s", view_package_id(view, transfer->package),
	                          model_server(view->model, transfer->dp));
	detail_line(out, "job", arena_format(view->arena, "%llu", (unsigned long long)transfer->job));
	detail_line(out, "package",
	            arena_format(view->arena, "%s%s", view_package_id(view, transfer->package),
	                         transfer->version
	                                 ? arena_format(view->arena, " version %u", (unsigned)transfer->version)
	                                 : ""));
	if (package && package->name[0])
		detail_line(out, "name", package->name);
	detail_line(out, "DP",
	            arena_format(view->arena, "%s%s", model_server(view->model, transfer->dp),
	                         transfer->pull ? ", a pull distribution point" : ""));
	if (transfer->priority > 0 && transfer->priority < COUNT_OF(priorities))
		detail_line(out, "priority", priorities[transfer->priority]);
	transfer_figures(view, transfer, out);
}

void
transfer_lines(struct view *view, uint64_t id, struct lines_state *out)
{
	const struct transfer *transfer = model_transfer(view->model, id);

	snprintf(out->title, sizeof(out->title), "Log lines of a transfer that is no longer kept");
	if (!transfer)
		return;
	out->serial = transfer->serial;
	out->since = transfer->attempts > 1 ? WHEN_NONE : transfer->started;
	snprintf(out->title, sizeof(out->title), "Log lines of job %llu: %s to %s", (unsigned long long)transfer->job,
	         view_package_id(view, transfer->package), model_server(view->model, transfer->dp));
}
