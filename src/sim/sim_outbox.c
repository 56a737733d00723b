/*
 * The send requests of the scheduler: each site has its own queue in the outbox,
 * by priority and then by age.
 */
#include <stdio.h>

#include "sim/sim_parts.h"

/* A request keeps its id through all tries: the file on the other side is named after it. */
uint32_t
request_add(struct sim *sim, uint32_t site, uint32_t package)
{
	struct request *request;
	uint32_t i = sim->request_free;

	if (i != NOBODY)
		sim->request_free = sim->requests[i].next;
	else if (sim->request_used < sim->request_most)
		i = sim->request_used++;
	else
		return NOBODY;
	sim->requests_live++;
	request = &sim->requests[i];
	*request = (struct request){
		.number = sim->request_number++, .site = site, .package = package, .attempt = 1, .next = NOBODY
	};
	return i;
}

void
request_delete(struct sim *sim, uint32_t request)
{
	sim->requests[request].next = sim->request_free;
	sim->request_free = request;
	sim->requests_live--;
}

/* "202SQCS1", and "00000E2A.cl", which takes an "I" or a "P" before its last two letters. */
void
request_text(const struct request *request, char id[9], char job[16])
{
	static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	uint32_t n = request->number + 2 * 36 * 36 * 36 * 36;
	int i;

	for (i = 4; i >= 0; i--, n /= 36)
		id[i] = digits[n % 36];
	snprintf(id + 5, 4, "CS1");
	n = request->number;
	snprintf(job, 16, "%08X.%c%c", (unsigned)(n + 0xE2A), (char)('a' + n * 7 % 26), (char)('a' + n * 11 % 26));
}

/* Where the package that it carries stands here, whole or as a difference. */
void
request_file(const struct sim *sim, const struct request *request, char out[48])
{
	const char *id = sim->packages[request->package].id;

	if (request->delta_from > 0)
		snprintf(out, 48, "E:\\SMSPKG\\%s.DLT.%u.%u", id, (unsigned)request->delta_from,
		         (unsigned)request->version);
	else
		snprintf(out, 48, "E:\\SMSPKG\\%s.PCK.%u", id, (unsigned)request->version);
}

/* ---- what waits, as the log tells it ---- */

static void
count_listed(struct sim *sim, const struct request *request, int change)
{
	if (!request->listed || request->package == NOBODY)
		return;
	sim->sites[request->site].listed += (uint64_t)(int64_t)change;
	sim->packages[request->package].listed += (uint64_t)(int64_t)change;
}

void
list_add(struct sim *sim, uint32_t request)
{
	count_listed(sim, &sim->requests[request], +1);
}

void
list_take(struct sim *sim, uint32_t request)
{
	count_listed(sim, &sim->requests[request], -1);
}

/* ---- queues of requests ---- */

void
request_queue_add(struct sim *sim, struct request_queue *queue, uint32_t request)
{
	sim->requests[request].next = NOBODY;
	if (queue->first == NOBODY)
		queue->first = request;
	else
		sim->requests[queue->last].next = request;
	queue->last = request;
}

void
scheduler_notice(struct sim *sim, uint32_t request)
{
	sim->requests[request].sent = true;
	request_queue_add(sim, &sim->sent, request);
}

/* ---- the outbox ---- */

void
outbox_add(struct sim *sim, uint32_t request)
{
	struct request *r = &sim->requests[request];
	struct destination *site = &sim->sites[r->site];

	r->order = sim->request_order++;
	r->next = NOBODY;
	if (site->head[r->priority] == NOBODY)
		site->head[r->priority] = request;
	else
		sim->requests[site->tail[r->priority]].next = request;
	site->tail[r->priority] = request;
	sender_wake(sim, some_ms(sim, 100, 1500));
}

void
outbox_return(struct sim *sim, uint32_t request)
{
	struct request *r = &sim->requests[request];
	struct destination *site = &sim->sites[r->site];

	r->next = site->head[r->priority];
	if (r->next == NOBODY)
		site->tail[r->priority] = request;
	site->head[r->priority] = request;
}

void
request_returns(struct sim *sim, uint32_t request, uint32_t unused)
{
	(void)unused;
	outbox_return(sim, request);
	sender_wake(sim, some_ms(sim, 100, 1500));
}

/* The site's next request, NOBODY: none. */
static uint32_t
first_of(const struct destination *site)
{
	int i;

	for (i = 0; i < PRIORITIES; i++)
		if (site->head[i] != NOBODY)
			return site->head[i];
	return NOBODY;
}

static uint32_t
take_first(struct sim *sim, struct destination *site)
{
	uint32_t request = first_of(site);
	struct request *r = &sim->requests[request];

	site->head[r->priority] = r->next;
	if (r->next == NOBODY)
		site->tail[r->priority] = NOBODY;
	r->next = NOBODY;
	return request;
}

/* May it take one more? Seldom the sender finds a request for a site that may not. */
static bool
takes_more(struct sim *sim, struct destination *site)
{
	if (site->blocked_until > sim->now)
		return false;
	if (site->throttled && site->used > 0) {
		if (site->used > 1 || site->next_excess > sim->now)
			return false;
		site->next_excess = sim->now + some_ms(sim, 4 * MINUTE, 20 * MINUTE);
		return true;
	}
	return site->used < sim->options.per_site || rng_once_in(&sim->rng, 400);
}

uint32_t
outbox_take(struct sim *sim)
{
	const struct request *r, *best = NULL;
	struct destination *site, *from = NULL;
	uint32_t i, request;

	for (i = 0; i < sim->site_count; i++) {
		site = &sim->sites[i];
		if ((request = first_of(site)) == NOBODY)
			continue;
		r = &sim->requests[request];
		if (best && (r->priority > best->priority || (r->priority == best->priority && r->order > best->order)))
			continue;
		if (!takes_more(sim, site))
			continue;
		best = r;
		from = site;
	}
	return from ? take_first(sim, from) : NOBODY;
}
