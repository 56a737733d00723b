/*
 * What the summary says of transfers to distribution points. Where no child site
 * is known they are what the site server does, and take the place of the sends.
 */
#include "view/summary/transfers_line.h"

#include "view/frame/format.h"

bool
transfers_lead(const struct view *view)
{
	size_t sites;

	model_sites(view->model, &sites);
	return sites == 0 && view->context.transfers.seen;
}

struct fact
transfers_rate_fact(struct view *view, int gap)
{
	struct transfers_now now = transfers_at(view->model, view->now);
	const char *text = now.rate < 0 ? "" : view_rate(view, now.rate);

	return (struct fact){ now.rate_estimated ? arena_format(view->arena, "~%s", text) : text, STYLE_NORMAL, false,
		              gap };
}

/* The longest silent one; NULL: none is stalled. */
static const struct transfer *
longest_silent(const struct view *view)
{
	size_t count;
	const struct transfer *t = model_transfers(view->model, &count), *found = NULL;

	for (size_t i = 0; i < count; i++)
		if (transfer_stalled(&t[i], view->now)
		    && (!found || transfer_silence(&t[i], view->now) > transfer_silence(found, view->now)))
			found = &t[i];
	return found;
}

/* "transfers: 1 of 3 STALLED, PS1DP1 silent for 2h", "transfers: 3 under way, 2 throttled", "transfers: none under way" */
struct fact
transfers_state_fact(struct view *view, int gap)
{
	struct transfers_now now = transfers_at(view->model, view->now);
	const struct transfer *silent = longest_silent(view);
	char age[FMT_TEXT];

	if (silent) {
		fmt_duration_short(transfer_silence(silent, view->now), age);
		return (struct fact){ arena_format(view->arena, "transfers: %llu of %llu STALLED, %s silent %s",
			                           (unsigned long long)now.stalled, (unsigned long long)now.sending,
			                           model_server(view->model, silent->dp), age),
			              STYLE_BAD, false, gap };
	}
	if (now.throttled > 0)
		return (struct fact){ arena_format(view->arena, "transfers: %llu under way, %llu throttled",
			                           (unsigned long long)now.sending, (unsigned long long)now.throttled),
			              STYLE_WARN, false, gap };
	return (struct fact){ now.sending > 0 ? arena_format(view->arena, "transfers: %llu under way",
		                                             (unsigned long long)now.sending)
		                              : "transfers: none under way",
		              STYLE_NORMAL, false, gap };
}

/* "DP transfers 12 wait, 3 send, 2 again, 1 failed" */
struct fact
transfers_queue_fact(struct view *view, int gap)
{
	struct transfers_now now = transfers_at(view->model, view->now);
	const char *text = arena_format(view->arena, "DP transfers %llu wait, %llu send",
	                                (unsigned long long)now.waiting, (unsigned long long)now.sending);

	if (now.notified > 0)
		text = arena_format(view->arena, "%s, %llu pull", text, (unsigned long long)now.notified);
	if (now.retrying > 0)
		text = arena_format(view->arena, "%s, %llu again", text, (unsigned long long)now.retrying);
	if (now.failed > 0)
		text = arena_format(view->arena, "%s, %llu failed", text, (unsigned long long)now.failed);
	return (struct fact){ text, now.retrying + now.failed > 0 ? STYLE_WARN : STYLE_NORMAL, false, gap };
}

struct fact
transfers_done_fact(struct view *view, int gap)
{
	double done = transfers_at(view->model, view->now).done_per_hour;

	return (struct fact){ done < 0 ? "" : arena_format(view->arena, "done %.0f/h", done), STYLE_NORMAL, false,
		              gap };
}
