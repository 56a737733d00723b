/*
 * How fast each site goes, and how long its sends hold a slot besides: what has
 * been seen of it, leaning on what has been seen of all where that is little.
 */
#include "forecast/forecast_plan.h"

#include <stdlib.h>

#define LEAN_BYTES   20e6   /* so much of what all have shown is mixed in, */
#define LEAN_SENDS   2.0    /* … and of the time besides so many sends */
#define SENDS_LEAST  5.0    /* that must have been done */
#define THROTTLED_FOR (12 * WHEN_HOUR)  /* said only when somebody tries a second connection */
#define MUCH_SLOWER   10.0  /* than is usual: no number of slots helps such a site */

/* What has been seen of each site, with what runs there now. */
static void
gather(const struct model *model, struct effort *efforts, uint32_t lanes)
{
	size_t count;
	const struct site *sites = model_sites(model, &count);

	for (uint32_t i = 0; i < lanes; i++)
		efforts[i] = sites[i].effort;
	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job)) {
		if (job->site == NAME_NONE || job->kind != KIND_PACKAGE || job->writes_since == WHEN_NONE ||
		    job->last_write <= job->writes_since)
			continue;
		efforts[job->site].bytes += (double)job->bytes;
		efforts[job->site].writing += (double)(job->last_write - job->writes_since);
	}
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The middle one of the sites' speeds: a few very slow or fast ones say nothing about another. */
static double
usual_rate(const struct effort *efforts, uint32_t count, double *room)
{
	uint32_t known = 0;

	for (uint32_t i = 0; i < count; i++)
		if (efforts[i].bytes > 0 && efforts[i].writing > 0)
			room[known++] = efforts[i].bytes / efforts[i].writing;
	qsort(room, known, sizeof(*room), by_size);
	return known == 0 ? 0 : (room[(known - 1) / 2] + room[known / 2]) / 2;
}

static double
sends_of(const struct effort *efforts, uint32_t count)
{
	double sends = 0;

	for (uint32_t i = 0; i < count; i++)
		sends += efforts[i].sends;
	return sends;
}

static double
usual_besides(const struct effort *efforts, uint32_t count)
{
	double sends = sends_of(efforts, count), besides = 0;

	for (uint32_t i = 0; i < count; i++)
		if (efforts[i].sends > 0 && efforts[i].slots > efforts[i].writing)
			besides += efforts[i].slots - efforts[i].writing;
	return sends > 0 ? besides / sends : 0;
}

static bool
is_closed(const struct site *site, int64_t now)
{
	return site->blocked && (site->blocked_until == WHEN_NONE || now < site->blocked_until);
}

/* Nothing gets through: it has only failed, hangs, or is closed and nobody knows until when. */
static bool
is_left_out(const struct site *site, const struct effort *e, bool hangs, int64_t now)
{
	if (hangs || (is_closed(site, now) && site->blocked_until == WHEN_NONE))
		return true;
	return e->sends <= 0 && e->bytes <= 0 && (e->tries > 0 || is_closed(site, now));
}

static void
learn_lane(struct lane *lane, const struct site *site, const struct effort *e, double rate, double besides, int64_t now)
{
	double paused = e->slots > e->writing ? e->slots - e->writing : 0;

	lane->rate = (e->bytes + LEAN_BYTES) / (e->writing + LEAN_BYTES / rate);
	lane->besides = (paused + LEAN_SENDS * besides) / (e->sends + LEAN_SENDS);
	lane->single = site->throttled != WHEN_NONE && when_between(site->throttled, now) < THROTTLED_FOR;
	lane->apart = lane->single || lane->rate * MUCH_SLOWER < rate;
	lane->closed_for = is_closed(site, now) && site->blocked_until != WHEN_NONE ? site->blocked_until - now : 0;
}

static bool
learn_all(struct plan *plan, const struct model *model, struct effort *efforts, double *room, int64_t now)
{
	size_t count;
	const struct site *sites = model_sites(model, &count);
	double rate, besides;

	gather(model, efforts, plan->lanes);
	rate = usual_rate(efforts, plan->lanes, room);
	besides = usual_besides(efforts, plan->lanes);
	if (rate <= 0 || sends_of(efforts, plan->lanes) < SENDS_LEAST)
		return false;
	for (uint32_t i = 0; i < plan->lanes; i++) {
		learn_lane(&plan->lane[i], &sites[i], &efforts[i], rate, besides, now);
		plan->lane[i].limit = model_site_limit(model, i);
		plan->lane[i].besides += model_handover(model);
		plan->lane[i].left_out = is_left_out(&sites[i], &efforts[i], site_hangs(model, i, now), now);
		plan->basis.unheard += efforts[i].bytes <= 0 && !plan->lane[i].left_out && site_waiting(&sites[i]) > 0;
		if (sites[i].used_most > plan->basis.site_used_most)
			plan->basis.site_used_most = sites[i].used_most;
	}
	return true;
}

bool
lanes_learn(struct plan *plan, const struct model *model, int64_t now)
{
	struct effort *efforts = calloc((size_t)plan->lanes + 1, sizeof(*efforts));
	double *room = calloc((size_t)plan->lanes + 1, sizeof(*room));
	bool whole = efforts && room;

	if (whole && !learn_all(plan, model, efforts, room, now) && plan->basis.lack == LACK_NOTHING)
		plan->basis.lack = LACK_SPEED;
	free(efforts);
	free(room);
	return whole;
}
