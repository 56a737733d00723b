/* The beginning of a run: what waits, what holds slots, and what is expected to fall due. */
#include <string.h>

#include "forecast/forecast_run.h"

size_t
run_memory(const struct plan *plan)
{
	size_t queues = plan->queues + 1, slots = SLOTS_MOST + plan->running_count;

	return (2 * queues + slots) * sizeof(struct entry) + queues * (sizeof(struct queue_state) + sizeof(uint32_t));
}

static uint32_t
limit_of(const struct run *run, const struct queue *queue)
{
	int64_t limit = run->limits->per_site >= 0 ? run->limits->per_site
	                : queue->limit >= 0        ? queue->limit
	                                           : run->plan->per_site;

	if (queue->left_out)
		return 0;
	if (queue->single && (limit < 0 || limit > 1))
		limit = 1;
	return limit < 0 || limit > (int64_t)UNLIMITED ? UNLIMITED : (uint32_t)limit;
}

static bool
counts(const struct plan *plan, const struct running *r)
{
	return r->queue != NAME_NONE && !plan->queue[r->queue].left_out;
}

/* Slots of stalled sends that nothing is known to get through for. */
static uint32_t
stuck_slots(const struct plan *plan)
{
	uint32_t stuck = 0;

	for (uint32_t i = 0; i < plan->running_count; i++)
		stuck += plan->running[i].stuck && !counts(plan, &plan->running[i]);
	return stuck;
}

/* Stalled sends never give their slots back, or give them back at once; where they hold all slots the likely run does not end either. */
static void
occupy(struct run *run)
{
	const struct plan *plan = run->plan;
	uint32_t stuck = stuck_slots(plan);
	bool for_good =
		run->limits->stuck == STUCK_HOLD || (run->limits->stuck == STUCK_HOLD_ALL && stuck >= run->slots);

	for (uint32_t i = 0; i < plan->running_count; i++) {
		const struct running *r = &plan->running[i];
		bool here = counts(plan, r);

		if (!here && r->stuck && for_good) {
			run->result->stuck += run->slots > 0;
			run->slots -= run->slots > 0;
			continue;
		}
		if (here)
			run->state[r->queue].used++;
		run->left[here && plan->queue[r->queue].apart]++;
		run_occupy_slot(run,
		                (struct entry){ r->work * run->limits->slower, r->work > 0 ? r->bytes / r->work : 0,
		                                here ? r->queue : UNLIMITED, (uint32_t)plan_batches(plan) + i });
	}
}

static void
lay_out(struct run *run, void *memory)
{
	const struct plan *plan = run->plan;
	size_t queues = plan->queues + 1;

	run->busy.at = memory; /* what has the widest members first */
	run->turns.at = run->busy.at + SLOTS_MOST + plan->running_count;
	run->closed.at = run->turns.at + queues;
	run->state = (struct queue_state *)(run->closed.at + queues);
	run->open = (uint32_t *)(run->state + queues);
	memset(run->state, 0, queues * sizeof(*run->state));
	for (uint32_t i = 0; i < plan->queues; i++) {
		const struct queue *queue = &plan->queue[i];

		run->left[queue->apart] += queue->batches;
		run->waiting += queue->apart ? 0 : queue->batches;
		run->state[i].limit = limit_of(run, queue);
		run->state[i].closed = queue->closed_for > 0;
		if (queue->closed_for > 0)
			heap_put(&run->closed, (struct entry){ .key = (double)queue->closed_for, .queue = i });
		if (run->state[i].limit > 0)
			run->open[run->opens++] = i;
	}
}

/* How long the slots take for what waits, about. */
static double
time_of_waiting(const struct run *run)
{
	const struct plan *plan = run->plan;
	double all = 0, longest = 0;

	for (uint32_t i = 0; i < plan->queues; i++) {
		double work = plan->queue[i].work, alone = run->state[i].limit > 0 ? work / run->state[i].limit : 0;

		all += work;
		if (alone > longest && !plan->queue[i].apart)
			longest = alone;
	}
	all = run->slots > 0 ? all / run->slots : 0;
	return all > longest ? all : longest;
}

/* New sends come together where there would be more of them than of what waits. */
static void
expect(struct run *run)
{
	double many;

	run->due_many = 1;
	run->due_more = 2 * FRESH_MOST;
	run->due_last = 2 * FRESH_MOST + LEVELS_MOST * FRESH_MORE;
	run->due_every = run->limits->due > 0 ? run->plan->due_every / run->limits->due : 0;
	if (run->due_every <= 0)
		return;
	many = time_of_waiting(run) / run->due_every / FRESH_MOST;
	if (many > 1)
		run->due_many = (uint64_t)(many < DUE_MOST ? many : DUE_MOST) + 1;
	run->due_every *= (double)run->due_many;
	run->due_next = run->due_every;
}

void
run_prepare(struct run *run, void *memory)
{
	int64_t limit = run->limits->all_sites;

	run->slots = limit < 0 ? 0 : limit > SLOTS_MOST ? SLOTS_MOST : (uint32_t)limit;
	lay_out(run, memory);
	occupy(run);
	expect(run);
}
