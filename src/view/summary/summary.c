#include "view/summary/summary.h"

#include <string.h>

#include "cmtop/count_of.h"
#include "view/summary/time_to_empty.h"
#include "view/summary/status_lights.h"
#include "view/summary/findings.h"
#include "view/summary/slots_line.h"
#include "view/summary/transfers_line.h"
#include "view/summary/trend_line.h"
#include "view/frame/format.h"

/* ---- the words ---- */

/* The same figure as in the snapshot, also where no record was read: none is known to be in use. */
static struct fact
slots_fact(struct view *view, const char *name, uint32_t used, int64_t capacity, int gap)
{
	bool full = capacity >= 0 && used >= capacity && used > 0;

	return (struct fact){ arena_format(view->arena, "%s %u/%s", name, (unsigned)used, view_limit(view, capacity)),
		              full ? STYLE_WARN : STYLE_NORMAL, false, gap };
}

static struct fact
sender_fact(struct view *view, int gap)
{
	return slots_fact(view, "sender", view->context.sending.used, view->context.sending.capacity, gap);
}

/* Silence of that log, or of all its threads, is told beside the figure that it makes worthless. */
static struct fact
distmgr_fact(struct view *view, int gap)
{
	struct fact fact =
		slots_fact(view, "distmgr", view->context.distribution.used, view->context.distribution.capacity, gap);
	int64_t silence = findings_distmgr_silence(view);
	const struct package_thread *thread = NULL;
	uint32_t stuck = 0;
	char age[FMT_TEXT];

	while ((thread = model_next_thread(view->model, thread)))
		stuck += thread_stalled(view->model, thread, view->now);
	fmt_duration_short(silence, age);
	if (silence >= 0)
		fact.text = arena_format(view->arena, "%s silent %s", fact.text, age);
	else if (stuck > 0)
		fact.text = arena_format(view->arena, "%s %u stuck", fact.text, (unsigned)stuck);
	if (silence >= 0 || stuck > 0)
		fact.style = STYLE_BAD;
	return fact;
}

/*
 * Digits without commas: what is on the screen can be searched for as it is in the
 * JSON. Before the history has been read: "35+", since more may have fallen due
 * then; "~35" of a list, since of some that are sent it is not known yet.
 */
static struct fact
queue_fact(struct view *view, int gap)
{
	const struct backlog *backlog = &view->context.backlog;
	bool unread = view->scene->unread > 0;

	return (struct fact){ backlog->known ? arena_format(
				      view->arena, "queue %s%llu%s", unread && backlog->listed ? "~" : "",
				      (unsigned long long)backlog->waiting, unread && !backlog->listed ? "+" : "")
		                             : "queue ?",
		              STYLE_HEADING, false, gap };
}

static struct fact
rate_fact(struct view *view, int gap)
{
	double rate = sending_rate(view->model, view->now);

	if (transfers_lead(view))
		return transfers_rate_fact(view, gap);
	return (struct fact){ rate < 0 ? "" : view_rate(view, rate), STYLE_NORMAL, false, gap };
}

static const char *
clock_text(struct view *view, bool with_zone)
{
	struct written_time now = model_written_newest(view->model, view->now);
	char clock[FMT_TEXT], zone[FMT_TEXT];

	if (now.at == WHEN_NONE)
		return "";
	fmt_clock(written_local(now), clock);
	if (!with_zone || !now.zoned)
		return arena_format(view->arena, "%s", clock);
	fmt_zone(now.bias, zone);
	return arena_format(view->arena, "%s %s", clock, zone);
}

/* ---- the lines ---- */

static void
paint_first(struct view *view, const struct area *area)
{
	struct fact facts[8];
	size_t count = 0;
	const char *logs = all_logs_text(view);
	const struct log_status *worst = worst_log(view);

	facts[count++] = sender_fact(view, 1);
	facts[count++] = distmgr_fact(view, 2);
	facts[count++] = rate_fact(view, 2);
	/* 100: sender, distmgr, the rate and the time beside them */
	if (worst && paint_width(logs) + 60 <= area->width) {
		facts[count++] = (struct fact){ clock_text(view, true), STYLE_NORMAL, true, 2 };
		facts[count++] = (struct fact){ logs, light_style(worst), true, 2 };
	} else {
		struct fact light[2];
		size_t lit = light_facts(view, light);

		if (lit > 0)
			facts[count++] = light[0];
		facts[count++] = (struct fact){ clock_text(view, area->width >= 100), STYLE_NORMAL, true, 2 };
		if (lit > 1)
			facts[count++] = light[1];
	}
	paint_facts(view, area, 0, facts, count);
}

/* What the count stands on: "(sched.log)", "since 12:03", and with more room "since 12:03 (distmgr.log)" */
static const char *
standing_text(struct view *view, bool wide)
{
	const struct backlog *backlog = &view->context.backlog;
	const char *when = view_when(view, view->context.sending.due_log, backlog->since);
	int day = (int)strlen(when) > 8; /* "07-29 12:03" has no seconds to leave out */

	if (!backlog->known)
		return "";
	if (backlog->listed)
		return "(sched.log)";
	if (backlog->since == WHEN_NONE)
		return "(distmgr.log)";
	return arena_format(view->arena, "since %.*s%s", day ? 11 : 5, when, wide ? " (distmgr.log)" : "");
}

/* "distmgr counts 312 more": than the scheduler's list, which is believed. */
static const char *
drift_text(struct view *view)
{
	int64_t drift = view->context.backlog.drift;

	if (drift == 0 || view->scene->unread)
		return "";
	return arena_format(view->arena, "distmgr counts %lld %s", (long long)(drift > 0 ? drift : -drift),
	                    drift > 0 ? "more" : "fewer");
}

/* What is left to send: "1.9 TB", "~1.9 TB" where some sizes are taken for the mean of the others, "" */
static const char *
left_text(struct view *view)
{
	const struct backlog *backlog = &view->context.backlog;

	if (!backlog->known || backlog->waiting + backlog->running == 0)
		return "";
	if (backlog->bytes_left < 0)
		return "? bytes";
	return arena_format(view->arena, "%s%s", backlog->bytes_unknown ? "~" : "",
	                    view_size(view, backlog->bytes_left));
}

/* A server without child sites: what goes to its distribution points. */
static void
paint_transfers(struct view *view, const struct area *area)
{
	struct fact facts[] = {
		queue_fact(view, 1),
		transfers_queue_fact(view, 2),
		transfers_done_fact(view, 3),
		view->scene->unread ? unread_fact(view, 2) : (struct fact){ "", STYLE_NORMAL, false, 0 },
	};

	/* An unknown count gives way to what is known. */
	if (!view->context.backlog.known && facts_width(facts, 2) > area->width) {
		facts[0].text = "";
		facts[1].gap = 1;
	}

	paint_facts(view, area, 2, facts, COUNT_OF(facts));
}

static void
paint_third(struct view *view, const struct area *area)
{
	const struct backlog *backlog = &view->context.backlog;
	const char *jobs = !backlog->known ? "" : backlog->waiting == 1 ? " send" : " sends";
	/* clang-format off */
	struct fact facts[] = {
		queue_fact(view, 1),
		{ jobs, STYLE_NORMAL, false, 0 },
		{ standing_text(view, area->width >= 100), STYLE_NORMAL, false, 1 },
		{ left_text(view), STYLE_NORMAL, false, 2 },
		{ arena_format(view->arena, "done %s", per_hour(view, backlog->done_per_hour)), STYLE_NORMAL, false, 3 },
		{ arena_format(view->arena, "new %s", per_hour(view, backlog->due_per_hour)), STYLE_NORMAL, false, 2 },
		{ arena_format(view->arena, "net %s", net_per_hour(view)), STYLE_NORMAL, false, 2 },
		empty_fact(view, 3, false),
		range_fact(view, 1),
		apart_fact(view, 2),
		{ drift_text(view), STYLE_WARN, false, 3 },
	};
	/* clang-format on */
	size_t count = COUNT_OF(facts);
	/*
	 * What gives way when the line is too short: the slow sites, the range, the drift,
	 * new (done and net tell it), left, standing, done, "jobs", net.
	 */
	static const size_t yields[] = { 9, 8, 10, 5, 3, 2, 4, 1, 6 };
	size_t i;

	if (!backlog->known) {
		facts[1] = view->scene->unread ? unread_fact(view, 2)
		                               : (struct fact){ "no log says what waits", STYLE_WARN, false, 2 };
		count = 2;
	}
	for (i = 0; i < COUNT_OF(yields) && facts_width(facts, count) > area->width; i++)
		facts[yields[i]].text = "";
	paint_facts(view, area, 2, facts, count);
}

/* The most important words, filled into the lines there are. */
static void
paint_brief(struct view *view, const struct area *area)
{
	struct fact light[2];
	bool lit = light_facts(view, light) > 0;
	struct fact facts[] = {
		sender_fact(view, 0),
		distmgr_fact(view, 0),
		queue_fact(view, 0),
		transfers_lead(view) ? transfers_queue_fact(view, 0) : empty_fact(view, 0, true),
		rate_fact(view, 0),
		{ clock_text(view, false), STYLE_NORMAL, false, 0 },
		{ standing_text(view, false), STYLE_NORMAL, false, 0 },
		{ lit ? light[0].text : "", lit ? light[0].style : STYLE_NORMAL, false, 0 },
	};
	int x = 0, y = 0;
	size_t i;

	for (i = 0; i < COUNT_OF(facts) && y < area->height; i++) {
		int width = paint_width(facts[i].text);

		if (width == 0)
			continue;
		if (x > 0 && x + width > area->width) {
			x = 0;
			y++;
		}
		paint(view, area, x, y, facts[i].text, facts[i].style);
		x += width + 2;
	}
}

void
summary_paint(struct view *view, const struct area *area, bool brief)
{
	if (brief) {
		paint_brief(view, area);
		return;
	}
	paint_first(view, area);
	slots_line_paint(view, area, 1);
	if (transfers_lead(view))
		paint_transfers(view, area);
	else
		paint_third(view, area);
	if (view->layout.with_trend)
		trend_paint_line(view, area, 3);
}
