/* The summary's second line: are the slots full, and who holds them. */
#include "view/summary/slots_line.h"

#include <string.h>

#include "view/summary/status_lights.h"
#include "view/summary/findings.h"
#include "view/summary/transfers_line.h"
#include "view/frame/format.h"

#define SILENCE   (2 * WHEN_MINUTE) /* of a log while sends are under way: worth a warning */
#define FULL_MOST 0.95              /* slots full for a smaller share are not "full 98% of last hour" but "full now" */

/* A sender that says nothing while sends are under way: is it up? */
static const char *
silence_text(struct view *view)
{
	const struct log_status *log = view_log(view, "sender");
	int64_t age = log ? log_age(view, log) : -1;

	if (view->context.sending.used == 0 || age < SILENCE)
		return NULL;
	if (log->state != LOG_LIVE && log->state != LOG_IDLE && log->state != LOG_READ)
		return "sender.log cannot be read: is the share up?";
	if (age > LOG_OLD)
		return arena_format(view->arena, "sender.log was last written %s ago", short_age(view, age));
	return arena_format(view->arena, "sender.log silent %s: is SMS_EXECUTIVE up?", short_age(view, age));
}

/* Milliseconds of the last hour of log time in which the limit of slots was known. */
static int64_t
known_time(struct view *view, bool distmgr)
{
	const struct sample *sample;
	int64_t known = 0;
	size_t i;

	for (i = 0; (sample = model_sample(view->model, i)) && sample->at > view->now - WHEN_HOUR; i++)
		known += distmgr ? sample->distmgr_known : sample->known;
	return known;
}

/* "full 98% of last hour", or of the minutes that the logs tell of; "" when that says nothing. */
static const char *
full_text(struct view *view, bool distmgr, double least)
{
	double full = distmgr ? distribution_full(view->model, view->now, WHEN_HOUR)
	                      : sending_full(view->model, view->now, WHEN_HOUR);
	int64_t known = view->now == WHEN_NONE ? 0 : known_time(view, distmgr);
	char time[FMT_TEXT];

	if (full < least || known < 5 * WHEN_MINUTE)
		return "";
	if (known > 55 * WHEN_MINUTE)
		return arena_format(view->arena, "full %d%% of last hour", (int)(full * 100 + 0.5));
	fmt_duration_short(known, time);
	return arena_format(view->arena, "full %d%% of last %s", (int)(full * 100 + 0.5), time);
}

/* Milliseconds since any of the site's sends moved; -1: it has none. */
static int64_t
idle_for(struct view *view, uint32_t site)
{
	const struct job *job = NULL;
	int64_t idle = -1;

	while ((job = model_next_job(view->model, job))) {
		int64_t silence = job_silence(job, view->now);

		if (job->site == site && (idle < 0 || silence < idle))
			idle = silence;
	}
	return idle;
}

/* The site that holds most slots, a stuck one before others; and what the stalled sends of all sites hold. */
struct holder {
	const struct site *site; /* NULL: nobody holds anything */
	uint32_t number;
	bool stuck;            /* … and none of its sends moves */
	uint32_t stalled;      /* slots held by stalled sends, all sites, … */
	uint32_t stalled_here; /* … and of that site */
	int64_t since;         /* when the last of them stopped, WHEN_NONE: nobody knows */
	uint8_t log;           /* … which this one tells */
};

/* When its last block was written, or it began. */
static int64_t
quiet_since(const struct job *job)
{
	return job->last_write != WHEN_NONE ? job->last_write : job->started != WHEN_NONE ? job->started : job->last;
}

static void
count_stalled(struct view *view, struct holder *holder)
{
	const struct job *job = NULL;

	while ((job = model_next_job(view->model, job))) {
		if (!job_stalled(job, view->now))
			continue;
		holder->stalled++;
		holder->stalled_here += job->site == holder->number;
		if (quiet_since(job) > holder->since) {
			holder->since = quiet_since(job);
			holder->log = job->log;
		}
	}
}

static struct holder
find_holder(struct view *view)
{
	size_t count, i;
	const struct site *sites = model_sites(view->model, &count);
	struct holder out = { .since = WHEN_NONE };

	for (i = 0; i < count; i++) {
		bool stuck = site_hangs(view->model, (uint32_t)i, view->now);

		if (sites[i].used == 0
		    || (out.site && (out.stuck > stuck || (out.stuck == stuck && out.site->used >= sites[i].used))))
			continue;
		out = (struct holder){ &sites[i], (uint32_t)i, stuck, 0, 0, WHEN_NONE, 0 };
	}
	count_stalled(view, &out);
	return out;
}

/* Sends of several sites are stalled, and hold a part of the slots that is worth telling. */
static bool
many_stalled(struct view *view, const struct holder *holder)
{
	return holder->stalled >= 2 && holder->stalled > holder->stalled_here
	       && (uint64_t)holder->stalled * 10 >= view->context.sending.used;
}

/* "5 stalled sends hold 5 of 5 slots since 10:00": the time is that of the last one, so it is true of each. */
static const char *
many_text(struct view *view, const struct area *area, const struct holder *holder)
{
	const char *since = holder->since == WHEN_NONE ? "" : view_when(view, holder->log, holder->since);
	int day = (int)strlen(since) > 8; /* "07-29 12:03" has no seconds to leave out */
	const char *of = view->context.sending.capacity > 0
	                         ? arena_format(view->arena, " of %lld", (long long)view->context.sending.capacity)
	                         : "";

	if (area->width < 80)
		return arena_format(view->arena, "%u%s STALLED", (unsigned)holder->stalled, of);
	return arena_format(view->arena, "%u stalled sends hold %u%s slots%s%.*s", (unsigned)holder->stalled,
	                    (unsigned)holder->stalled, of, since[0] ? " since " : "", day ? 11 : 5, since);
}

/*
 * "S14 holds 3 of 5 and has sent nothing for 22m"; of several sites: "5 stalled sends hold
 * 5 of 5 slots since 10:00"; one stalled send of many: "2 sends STALLED"; "S14 holds 3"
 */
static struct fact
holder_fact(struct view *view, const struct area *area, int gap)
{
	struct holder holder = find_holder(view);
	bool wide = area->width >= 100 && view->context.sending.capacity > 0;
	const char *holds;
	char idle[FMT_TEXT];

	if (!holder.site)
		return (struct fact){ "", STYLE_NORMAL, false, gap };
	if (many_stalled(view, &holder))
		return (struct fact){ many_text(view, area, &holder), STYLE_BAD, false, gap };
	holds = arena_format(view->arena, "%s holds %u", holder.site->code, (unsigned)holder.site->used);
	if (wide)
		holds = arena_format(view->arena, "%s of %lld", holds, (long long)view->context.sending.capacity);
	if (holder.stuck && holder.site->used * 10 >= view->context.sending.used) {
		fmt_duration_short(idle_for(view, holder.number), idle);
		return (struct fact){ arena_format(view->arena,
			                           wide ? "%s and has sent nothing for %s" : "%s, STALLED %s", holds,
			                           idle),
			              STYLE_BAD, false, gap };
	}
	if (holder.stalled > 0)
		return (struct fact){ arena_format(view->arena, "%u send%s STALLED", (unsigned)holder.stalled,
			                           holder.stalled == 1 ? "" : "s"),
			              STYLE_BAD, false, gap };
	return (struct fact){ holder.site->used >= 2 ? holds : "", STYLE_NORMAL, false, gap };
}

/* "slots [#####] full" */
static const char *
gauge_text(struct view *view, const struct area *area, bool with_history)
{
	int64_t used = view->context.sending.used, capacity = view->context.sending.capacity,
		width = area->width < 100 ? 10 : 20;
	const char *full = with_history ? full_text(view, false, 0) : "", *now;

	if (!view->context.sending.seen)
		return "slots: no sender in the logs";
	if (capacity < 0)
		return arena_format(view->arena, "slots %u of ?", (unsigned)used);
	if (capacity == 0)
		return "slots: the limit is 0";
	if (capacity < width)
		width = capacity;
	if (used < capacity && !sending_is_full(view->model, view->now))
		now = arena_format(view->arena, "%lld free%s", (long long)(capacity - used), full[0] ? ", " : "");
	else if (used < capacity)
		now = full[0] ? "" : "full";
	else
		now = full[0] && sending_full(view->model, view->now, WHEN_HOUR) >= FULL_MOST ? ""
		      : full[0]                                                               ? "full now, "
		                                                                              : "full";
	/* "full now, 34% of last hour": the word is not said twice */
	if (used >= capacity && now[0] && full[0])
		full += sizeof("full");
	return arena_format(view->arena, "slots [%s] %s%s",
	                    paint_bar(view, (int)width, used >= capacity ? 1 : (double)used / (double)capacity), now,
	                    full);
}

/* The first finding in plain words, where need be in place of how long the slots were full; else in one word. */
static const char *
verdict_beside(struct view *view, const struct area *area, struct fact *facts, size_t count)
{
	const char *text = findings_verdict(view, area->width - facts_width(facts, count) - 3, false),
		   *gauge = facts[0].text;

	if (text[0] || area->width >= 110)
		return text;
	if (view->context.sending.seen && count > 0) {
		facts[0].text = gauge_text(view, area, false);
		text = findings_verdict(view, area->width - facts_width(facts, count) - 3, false);
		if (text[0])
			return text;
		facts[0].text = gauge;
	}
	return findings_verdict(view, 0, true);
}

void
slots_line_paint(struct view *view, const struct area *area, int y)
{
	const struct sending *sending = &view->context.sending;
	bool full = sending->capacity == 0 || sending_is_full(view->model, view->now);
	struct fact gauge = { gauge_text(view, area, true), full ? STYLE_WARN : STYLE_NORMAL, false, 1 };
	struct fact holder = holder_fact(view, area, 3);
	const char *silence = silence_text(view), *distmgr = full_text(view, true, 0.005);
	const struct holder held = find_holder(view);
	bool many = held.site && many_stalled(view, &held) && !transfers_lead(view);
	const char *verdict;
	struct fact facts[7];
	size_t count = 0;

	if (transfers_lead(view) && !sending->seen)
		gauge = transfers_state_fact(view, 1);
	else if (transfers_lead(view))
		holder = transfers_state_fact(view, 3);
	/* Who holds the slots counts more than how long they were full. */
	if (sending->seen && (silence || facts_width((struct fact[]){ gauge, holder }, 2) > area->width))
		gauge.text = gauge_text(view, area, false);
	facts[count++] = gauge;
	if (silence)
		facts[count++] = (struct fact){ silence, STYLE_BAD, false, 3 };
	facts[count++] = holder;
	verdict = verdict_beside(view, area, facts, count);
	if (verdict[0] && many)
		verdict = "Press a"; /* the fact before it says the rest */
	if (verdict[0])
		facts[count++] = (struct fact){ verdict, STYLE_WARN, false, 3 };
	if (sending->seen)
		facts[count++] = (struct fact){ arena_format(view->arena, "per site max %s",
			                                     view_limit(view, sending->site_capacity)),
			                        STYLE_NORMAL, false, 3 };
	if (sending->unseen > 0)
		facts[count++] =
			(struct fact){ arena_format(view->arena, "%u began before the log", (unsigned)sending->unseen),
			               STYLE_ESTIMATE, false, 3 };
	if (distmgr[0])
		facts[count++] =
			(struct fact){ arena_format(view->arena, "distmgr %s", distmgr), STYLE_NORMAL, false, 3 };
	paint_facts(view, area, y, facts, count);
}
