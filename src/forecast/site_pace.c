/*
 * How fast each site receives, and how long its sends hold a slot without writing:
 * measured at the site, and where that is little, mixed with the mean of all sites.
 */
#include "forecast/forecast_plan.h"

#include <stdlib.h>

#define LEAN_BYTES    20e6             /* so much of what all have shown is mixed in, */
#define LEAN_SENDS    2.0              /* … and of the time besides so many sends */
#define SENDS_LEAST   5.0              /* that must have been done */
#define THROTTLED_FOR (12 * WHEN_HOUR) /* said only when somebody tries a second connection */
#define MUCH_SLOWER   10.0             /* than is usual: no number of slots helps such a site */

/* What has been seen of each site, with what runs there now. */
static void
gather(const struct model *model, struct send_pace *send_paces, uint32_t queues)
{
	for (uint32_t i = 0; i < queues; i++)
		send_paces[i] = model_site_pace(model, i);
	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job)) {
		if (job->site == NAME_NONE || job->kind != KIND_PACKAGE || job->writes_since == WHEN_NONE
		    || job->last_write <= job->writes_since)
			continue;
		send_paces[job->site].bytes += (double)job->bytes;
		send_paces[job->site].writing += (double)(job->last_write - job->writes_since);
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
usual_rate(const struct send_pace *send_paces, uint32_t count, double *memory)
{
	uint32_t known = 0;

	for (uint32_t i = 0; i < count; i++)
		if (send_paces[i].bytes > 0 && send_paces[i].writing > 0)
			memory[known++] = send_paces[i].bytes / send_paces[i].writing;
	qsort(memory, known, sizeof(*memory), by_size);
	return known == 0 ? 0 : (memory[(known - 1) / 2] + memory[known / 2]) / 2;
}

static double
sends_of(const struct send_pace *send_paces, uint32_t count)
{
	double sends = 0;

	for (uint32_t i = 0; i < count; i++)
		sends += send_paces[i].sends;
	return sends;
}

static double
usual_besides(const struct send_pace *send_paces, uint32_t count)
{
	double sends = sends_of(send_paces, count), besides = 0;

	for (uint32_t i = 0; i < count; i++)
		if (send_paces[i].sends > 0 && send_paces[i].slots > send_paces[i].writing)
			besides += send_paces[i].slots - send_paces[i].writing;
	return sends > 0 ? besides / sends : 0;
}

static bool
is_closed(const struct site *site, int64_t now)
{
	return site->blocked && (site->blocked_until == WHEN_NONE || now < site->blocked_until);
}

/* Nothing gets through: it has only failed, hangs, or is closed and nobody knows until when. */
static bool
is_left_out(const struct site *site, const struct send_pace *e, bool hangs, int64_t now)
{
	if (hangs || (is_closed(site, now) && site->blocked_until == WHEN_NONE))
		return true;
	return e->sends <= 0 && e->bytes <= 0 && (e->tries > 0 || is_closed(site, now));
}

static void
learn_queue(struct queue *queue, const struct site *site, const struct send_pace *e, double rate, double besides,
            int64_t now)
{
	double paused = e->slots > e->writing ? e->slots - e->writing : 0;

	queue->rate = (e->bytes + LEAN_BYTES) / (e->writing + LEAN_BYTES / rate);
	queue->besides = (paused + LEAN_SENDS * besides) / (e->sends + LEAN_SENDS);
	queue->single = site->throttled != WHEN_NONE && when_between(site->throttled, now) < THROTTLED_FOR;
	queue->apart = queue->single || queue->rate * MUCH_SLOWER < rate;
	queue->closed_for = is_closed(site, now) && site->blocked_until != WHEN_NONE ? site->blocked_until - now : 0;
}

/* Sends that have failed, as far as it is known when each is tried again. */
static void
count_retries(struct plan *plan, const struct model *model, int64_t now)
{
	const struct failure *failure;

	for (size_t i = 0; (failure = model_failure(model, i)); i++) {
		int64_t retry = failure_retry(model, failure);
		struct queue *queue;

		if (retry == WHEN_NONE || retry <= now || failure->what.site >= plan->queues
		    || !failure_awaits_retry(model, i))
			continue;
		queue = &plan->queue[failure->what.site];
		if (queue->retries++ == 0 || retry < queue->next_retry)
			queue->next_retry = retry;
	}
}

/* Where all that waits for a site waits for a retry, nothing is sent there before the first of them. */
static void
await_retries(struct plan *plan, const struct model *model, const struct site *sites, int64_t now)
{
	count_retries(plan, model, now);
	for (uint32_t i = 0; i < plan->queues; i++) {
		struct queue *queue = &plan->queue[i];

		if (queue->retries > 0 && queue->retries >= site_waiting(&sites[i])
		    && queue->next_retry - now > queue->closed_for)
			queue->closed_for = queue->next_retry - now;
	}
}

static bool
learn_all(struct plan *plan, const struct model *model, struct send_pace *send_paces, double *memory, int64_t now)
{
	size_t count;
	const struct site *sites = model_sites(model, &count);
	double rate, besides;

	gather(model, send_paces, plan->queues);
	rate = usual_rate(send_paces, plan->queues, memory);
	besides = usual_besides(send_paces, plan->queues);
	if (rate <= 0 || sends_of(send_paces, plan->queues) < SENDS_LEAST)
		return false;
	for (uint32_t i = 0; i < plan->queues; i++) {
		learn_queue(&plan->queue[i], &sites[i], &send_paces[i], rate, besides, now);
		plan->queue[i].limit = model_site_limit(model, i);
		plan->queue[i].besides += model_handover(model);
		plan->queue[i].left_out = is_left_out(&sites[i], &send_paces[i], site_hangs(model, i, now), now);
		plan->basis.unmeasured +=
			send_paces[i].bytes <= 0 && !plan->queue[i].left_out && site_waiting(&sites[i]) > 0;
		if (sites[i].used_most > plan->basis.site_used_most)
			plan->basis.site_used_most = sites[i].used_most;
	}
	await_retries(plan, model, sites, now);
	return true;
}

bool
queues_learn(struct plan *plan, const struct model *model, int64_t now)
{
	struct send_pace *send_paces = calloc((size_t)plan->queues + 1, sizeof(*send_paces));
	double *memory = calloc((size_t)plan->queues + 1, sizeof(*memory));
	bool enough = send_paces && memory;

	if (enough && !learn_all(plan, model, send_paces, memory, now) && plan->basis.lack == LACK_NOTHING)
		plan->basis.lack = LACK_SPEED;
	free(send_paces);
	free(memory);
	return enough;
}
