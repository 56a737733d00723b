#include "view/summary.h"

#include <string.h>

#include "view/slots_line.h"
#include "view/trend.h"

/* ---- the words ---- */

const char *
limit_text(struct view *view, int64_t capacity)
{
	return capacity < 0 ? "?" : arena_format(view->arena, "%lld", (long long)capacity);
}

/* The same figure as in the snapshot, also where nobody was heard: none is known to be in use. */
static struct fact
slots_fact(struct view *view, const char *name, uint32_t used, int64_t capacity, int gap)
{
	bool full = capacity >= 0 && used >= capacity && used > 0;

	return (struct fact){
		arena_format(view->arena, "%s %u/%s", name, (unsigned)used, limit_text(view, capacity)),
		full ? STYLE_WARN : STYLE_NORMAL, false, gap
	};
}

static struct fact
sender_fact(struct view *view, int gap)
{
	return slots_fact(view, "sender", view->sending.used, view->sending.capacity, gap);
}

static struct fact
distmgr_fact(struct view *view, int gap)
{
	return slots_fact(view, "distmgr", view->distribution.used, view->distribution.capacity, gap);
}

/*
 * Digits without commas: what is on the screen can be searched for as it is in the
 * JSON. Before the history has been read: "35+", since more may have fallen due
 * then; "~35" of a list, since of some that are sent it is not known yet.
 */
static struct fact
queue_fact(struct view *view, int gap)
{
	const struct backlog *backlog = &view->backlog;
	bool unread = view->scene->unread > 0;

	return (struct fact){
		backlog->known ? arena_format(view->arena, "queue %s%llu%s", unread && backlog->listed ? "~" : "",
		                              (unsigned long long)backlog->waiting, unread && !backlog->listed ? "+" : "")
		               : "queue ?",
		STYLE_HEADING, false, gap
	};
}

static struct fact
unread_fact(struct view *view, int gap)
{
	int unread = view->scene->unread;

	return (struct fact){
		unread ? arena_format(view->arena, "reading history %d %%", 100 - unread) : "", STYLE_WARN, false, gap
	};
}

static struct fact
rate_fact(struct view *view, int gap)
{
	double rate = sending_rate(view->model, view->now);

	return (struct fact){ rate < 0 ? "" : view_rate(view, rate), STYLE_NORMAL, false, gap };
}

/* "61/h", "-" when it cannot be measured yet. */
static const char *
per_hour(struct view *view, double rate)
{
	return rate < 0 ? "-" : arena_format(view->arena, "%.*f/h", rate < 9.95 && rate > 0 ? 1 : 0, rate);
}

static const char *
net_per_hour(struct view *view)
{
	const struct backlog *backlog = &view->backlog;
	double net = backlog->due_per_hour - backlog->done_per_hour;

	if (backlog->due_per_hour < 0 || backlog->done_per_hour < 0)
		return "-";
	if (net > -0.05 && net < 0.05)
		return "0/h";
	return arena_format(view->arena, "%+.*f/h", net > -9.95 && net < 9.95 ? 1 : 0, net);
}

/*
 * "empty in ~2d 23h"; how it grows is said here only where no other word says it.
 * Before the logs have been read it would be a guess.
 */
static struct fact
empty_fact(struct view *view, int gap, bool with_net)
{
	const struct backlog *backlog = &view->backlog;

	if (view->scene->unread)
		return unread_fact(view, gap);
	if (!backlog->known)
		return (struct fact){ "", STYLE_NORMAL, false, gap };
	if (backlog->waiting == 0)
		return (struct fact){ "nothing waits", STYLE_GOOD, false, gap };
	if (backlog->eta == ETA_NEVER)
		return (struct fact){
			with_net ? arena_format(view->arena, "never empty, %s", net_per_hour(view)) : "never empty",
			STYLE_BAD, false, gap
		};
	if (backlog->eta < 0)
		return (struct fact){ with_net ? "" : "empty in -", STYLE_NORMAL, false, gap };
	return (struct fact){
		arena_format(view->arena, "empty in ~%s", view_duration(view, backlog->eta)), STYLE_ESTIMATE, false, gap
	};
}

/* "(2d 1h to 4d 6h)", "(2d 1h to never)"; "" where there is no range. */
static struct fact
range_fact(struct view *view, int gap)
{
	struct forecast_span span = view->ui->outlook.forecast && view->backlog.eta >= 0 && !view->scene->unread
	                            ? forecast_empty(view->ui->outlook.forecast)
	                            : (struct forecast_span){ 0, 0, 0 };

	if (span.soonest == span.latest || span.soonest < 0)
		return (struct fact){ "", STYLE_NORMAL, false, gap };
	return (struct fact){
		arena_format(view->arena, "(%s to %s)", view_duration(view, span.soonest),
		             span.latest < 0 ? "never" : view_duration(view, span.latest)),
		STYLE_ESTIMATE, false, gap
	};
}

/* "S40 in ~1d 8h": sites that take their own time, and are in no other figure. */
static struct fact
apart_fact(struct view *view, int gap)
{
	const struct forecast_basis *basis = view->ui->outlook.forecast ? forecast_basis(view->ui->outlook.forecast) : NULL;
	size_t count;

	if (!basis || view->scene->unread || basis->apart_site == NAME_NONE || basis->apart_eta <= view->backlog.eta || view->backlog.eta < 0)
		return (struct fact){ "", STYLE_NORMAL, false, gap };
	return (struct fact){
		arena_format(view->arena, "%s in ~%s", model_sites(view->model, &count)[basis->apart_site].code,
		             view_duration(view, basis->apart_eta)),
		STYLE_ESTIMATE, false, gap
	};
}

/* ---- the logs ---- */

const char *
short_age(struct view *view, int64_t age)
{
	char text[FMT_TEXT];

	if (age < 0)
		return "-";
	if (age < 10 * WHEN_SECOND)
		return arena_format(view->arena, "%lld.%llds", (long long)(age / 1000), (long long)(age % 1000 / 100));
	fmt_duration_short(age, text);
	return arena_format(view->arena, "%s", text);
}

int64_t
log_age(struct view *view, const struct log_status *log)
{
	return log->newest != WHEN_NONE ? view_age(view, log->newest) : log->silent;
}

/* A log that a site server need not have, and that has never been there. */
static bool
is_spare(const struct log_status *log)
{
	return log->state == LOG_WAITING && log->records == 0 && strcmp(log->name, "sender") != 0
	       && strcmp(log->name, "distmgr") != 0;
}

static bool
in_trouble(const struct log_status *log)
{
	return log->state == LOG_WAITING || log->state == LOG_DENIED || log->state == LOG_STALLED || log->state == LOG_ERROR;
}

static uint8_t
light_style(const struct log_status *log)
{
	if (log->state == LOG_LIVE || log->state == LOG_READ)
		return STYLE_GOOD;
	return log->state == LOG_IDLE || log->state == LOG_WAITING ? STYLE_WARN : STYLE_BAD;
}

/* "sender.log LIVE 0.4s": the age of its newest record, where it has one. */
static const char *
light_text(struct view *view, const struct log_status *log)
{
	int64_t age = log_age(view, log);

	if (log->progress >= 0 && log->progress < 100)
		return arena_format(view->arena, "%s.log reading %d%%", log->name, log->progress);
	if (age < 0 || (log->state == LOG_WAITING && log->records == 0))
		return arena_format(view->arena, "%s.log %s", log->name, log_state_light(log->state));
	return arena_format(view->arena, "%s.log %s %s", log->name, log_state_light(log->state), short_age(view, age));
}

/* The log that most needs to be looked at, where there is room for one only. */
static const struct log_status *
worst_log(struct view *view)
{
	const struct log_status *worst = NULL;
	size_t i;

	for (i = 0; i < view->scene->log_count; i++) {
		const struct log_status *log = &view->scene->logs[i];

		if (!is_spare(log) && (!worst || (in_trouble(log) && !in_trouble(worst))))
			worst = log;
	}
	return worst;
}

/* "log 0.4s old" and the light, or the log in trouble by its name. */
static size_t
light_facts(struct view *view, struct fact *out)
{
	const struct log_status *worst = worst_log(view);
	int64_t age = view_age(view, model_newest(view->model));

	if (!worst)
		return 0;
	if (in_trouble(worst)) {
		out[0] = (struct fact){ light_text(view, worst), light_style(worst), true, 2 };
		return 1;
	}
	out[0] = (struct fact){ log_state_light(worst->state), light_style(worst), true, 1 };
	out[1] = (struct fact){ age < 0 ? "" : arena_format(view->arena, "log %s old", short_age(view, age)),
	                        STYLE_NORMAL, true, 2 };
	return 2;
}

/* One light a log, all of them or none. */
static const char *
all_lights(struct view *view)
{
	const char *text = "";
	size_t i;

	for (i = 0; i < view->scene->log_count; i++) {
		if (!is_spare(&view->scene->logs[i]))
			text = arena_format(view->arena, "%s%s%s", text, text[0] ? "  " : "", light_text(view, &view->scene->logs[i]));
	}
	return text;
}

static const char *
clock_text(struct view *view, bool with_zone)
{
	char clock[FMT_TEXT], zone[FMT_TEXT];

	if (view->now == WHEN_NONE)
		return "";
	fmt_clock(view_local(view, view->now), clock);
	if (!with_zone || !model_zoned(view->model))
		return arena_format(view->arena, "%s", clock);
	fmt_zone(model_bias(view->model), zone);
	return arena_format(view->arena, "%s %s", clock, zone);
}

/* ---- the lines ---- */

static void
paint_first(struct view *view, const struct area *area)
{
	struct fact facts[8];
	size_t count = 0;
	const char *lights = all_lights(view);
	const struct log_status *worst = worst_log(view);

	facts[count++] = sender_fact(view, 1);
	facts[count++] = distmgr_fact(view, 2);
	facts[count++] = rate_fact(view, 2);
	/* 100: sender, distmgr, the rate and the time beside them */
	if (worst && paint_width(lights) + 60 <= area->width) {
		facts[count++] = (struct fact){ clock_text(view, true), STYLE_NORMAL, true, 2 };
		facts[count++] = (struct fact){ lights, light_style(worst), true, 2 };
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
	const struct backlog *backlog = &view->backlog;
	const char *when = view_when(view, backlog->since);
	int day = (int)strlen(when) > 8;  /* "07-29 12:03" has no seconds to leave out */

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
	int64_t drift = view->backlog.drift;

	if (drift == 0 || view->scene->unread)
		return "";
	return arena_format(view->arena, "distmgr counts %lld %s", (long long)(drift > 0 ? drift : -drift),
	                    drift > 0 ? "more" : "fewer");
}

/* What is left to send, as far as sizes are known: "1.9 TB", ">1.9 TB", "" */
static const char *
left_text(struct view *view)
{
	const struct backlog *backlog = &view->backlog;

	if (!backlog->known || backlog->waiting + backlog->running == 0)
		return "";
	if (backlog->bytes_left >= 0)
		return view_size(view, backlog->bytes_left);
	return backlog->bytes_least > 0 ? arena_format(view->arena, ">%s", view_size(view, backlog->bytes_least)) : "? bytes";
}

static void
paint_third(struct view *view, const struct area *area)
{
	const struct backlog *backlog = &view->backlog;
	const char *jobs = backlog->known ? " jobs" : "";
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
	size_t count = sizeof(facts) / sizeof(*facts);
	/*
	 * What gives way when the line is too short: the slow sites, the range, the drift,
	 * new (done and net tell it), left, standing, done, "jobs", net.
	 */
	static const size_t yields[] = { 9, 8, 10, 5, 3, 2, 4, 1, 6 };
	size_t i;

	if (!backlog->known) {
		facts[1] = view->scene->unread ? unread_fact(view, 2)
		         : (struct fact){ "nothing read that tells what waits", STYLE_WARN, false, 2 };
		count = 2;
	}
	for (i = 0; i < sizeof(yields) / sizeof(*yields) && facts_width(facts, count) > area->width; i++)
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
		sender_fact(view, 0), distmgr_fact(view, 0), queue_fact(view, 0), empty_fact(view, 0, true), rate_fact(view, 0),
		{ clock_text(view, false), STYLE_NORMAL, false, 0 },
		{ standing_text(view, false), STYLE_NORMAL, false, 0 },
		{ lit ? light[0].text : "", lit ? light[0].style : STYLE_NORMAL, false, 0 },
	};
	int x = 0, y = 0;
	size_t i;

	for (i = 0; i < sizeof(facts) / sizeof(*facts) && y < area->height; i++) {
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
	paint_third(view, area);
	if (view->layout.with_trend)
		trend_paint_line(view, area, 3);
}
