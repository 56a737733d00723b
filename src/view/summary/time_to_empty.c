#include "view/summary/time_to_empty.h"

#include "view/frame/forecast_cache.h"
#include "view/frame/format.h"

struct fact
unread_fact(struct view *view, int gap)
{
	int unread = view->scene->unread;

	return (struct fact){ unread ? arena_format(view->arena, "reading history %d %%", 100 - unread) : "",
		              STYLE_WARN, false, gap };
}

/* "61/h", "-" when it cannot be measured yet. */
const char *
per_hour(struct view *view, double rate)
{
	return rate < 0 ? "-" : arena_format(view->arena, "%.*f/h", rate < 9.95 && rate > 0 ? 1 : 0, rate);
}

const char *
net_per_hour(struct view *view)
{
	const struct backlog *backlog = &view->context.backlog;
	double net = backlog->due_per_hour - backlog->done_per_hour;

	if (backlog->due_per_hour < 0 || backlog->done_per_hour < 0)
		return "-";
	if (net > -0.05 && net < 0.05)
		return "0/h";
	return arena_format(view->arena, "%+.*f/h", net > -9.95 && net < 9.95 ? 1 : 0, net);
}

static bool
all_stuck(struct view *view)
{
	const struct forecast *forecast = view->context.forecast;

	return forecast && forecast_basis(forecast)->left_out > 0
	       && forecast_basis(forecast)->left_out >= view->context.backlog.waiting;
}

/* " (23s ago)" where the forecast is of a while ago. */
static const char *
age_text(struct view *view)
{
	int64_t age = forecast_cache_age(&view->ui->forecast_cache, view->scene);

	return age == 0 ? "" : arena_format(view->arena, " (%s ago)", view_duration(view, age));
}

static enum forecast_never
never_of(struct view *view)
{
	return view->context.forecast ? forecast_basis(view->context.forecast)->never : NEVER_GROWS;
}

/*
 * "empty in ~2d 23h"; how it grows is said here only where no other word says it.
 * Before the logs have been read it would be a guess.
 */
struct fact
empty_fact(struct view *view, int gap, bool with_net)
{
	const struct backlog *backlog = &view->context.backlog;

	if (view->scene->unread)
		return unread_fact(view, gap);
	if (!backlog->known)
		return (struct fact){ "", STYLE_NORMAL, false, gap };
	/* Sends are not all that can wait: what the distribution manager has before it is told in the same place. */
	if (backlog->waiting == 0 && view->context.distribution.queued > 0)
		return (struct fact){ arena_format(view->arena, "no send waits, %llu package%s queue%s",
			                           (unsigned long long)view->context.distribution.queued,
			                           view->context.distribution.queued == 1 ? "" : "s",
			                           view->context.distribution.queued == 1 ? "s" : ""),
			              STYLE_NORMAL, false, gap };
	if (backlog->waiting == 0)
		return (struct fact){ "nothing waits", STYLE_GOOD, false, gap };
	if (backlog->eta == ETA_NEVER && never_of(view) != NEVER_GROWS)
		return (struct fact){ arena_format(view->arena, "never %s", forecast_never_text(never_of(view))),
			              STYLE_BAD, false, gap };
	if (backlog->eta == ETA_NEVER)
		return (struct fact){ with_net ? arena_format(view->arena, "never empty, %s", net_per_hour(view))
			                       : "never empty",
			              STYLE_BAD, false, gap };
	if (backlog->eta < 0 && all_stuck(view))
		return (struct fact){ "all waiting sends stuck", STYLE_BAD, false, gap };
	if (backlog->eta < 0)
		return (struct fact){ with_net ? "" : "empty in -", STYLE_NORMAL, false, gap };
	return (struct fact){ arena_format(view->arena, "empty in ~%s%s", view_eta(view, backlog->eta), age_text(view)),
		              STYLE_ESTIMATE, false, gap };
}

/* "(2d 1h to 4d 6h)", "(2d 1h or more)"; "" where there is no range. Never is said where the likely run does not end. */
struct fact
range_fact(struct view *view, int gap)
{
	struct forecast_span span = view->context.forecast && view->context.backlog.eta >= 0 && !view->scene->unread
	                                    ? forecast_empty(view->context.forecast)
	                                    : (struct forecast_span){ 0, 0, 0 };

	if (span.soonest == span.latest || span.soonest < 0)
		return (struct fact){ "", STYLE_NORMAL, false, gap };
	return (struct fact){ arena_format(view->arena, span.latest < 0 ? "(%s or more)" : "(%s to %s)",
		                           view_eta(view, span.soonest), view_eta(view, span.latest)),
		              STYLE_ESTIMATE, false, gap };
}

/* "S40 in ~1d 8h": sites that take their own time, and are in no other figure. */
struct fact
apart_fact(struct view *view, int gap)
{
	const struct forecast_basis *basis = view->context.forecast ? forecast_basis(view->context.forecast) : NULL;
	size_t count;

	if (!basis || view->scene->unread || basis->apart_site == NAME_NONE
	    || basis->apart_eta <= view->context.backlog.eta || view->context.backlog.eta < 0)
		return (struct fact){ "", STYLE_NORMAL, false, gap };
	return (struct fact){ arena_format(view->arena, "%s in ~%s",
		                           model_sites(view->model, &count)[basis->apart_site].code,
		                           view_eta(view, basis->apart_eta)),
		              STYLE_ESTIMATE, false, gap };
}
