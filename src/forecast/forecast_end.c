/*
 * Whether a run comes to an end, and when it does that after a long time: from how
 * many new sends fall due, and how many the slots and the uplink can take.
 */
#include "forecast/forecast_run.h"

#define NEARLY (1 - 1e-9)
#define MANY   4u /* sends for each slot: chance does not empty such a queue */

/* ---- what new sends ask for, and what waits ---- */

/* What new sends ask for: of the slots of one queue, and bytes per millisecond. */
struct load {
	double slots, bytes;
};

static struct load
load_of(const struct run *run, uint32_t queue)
{
	double every = run->due_every / (double)run->due_many * run->opens;
	const struct queue *of = &run->plan->queue[queue];

	return (struct load){ of->fresh_work * run->limits->slower / every, of->fresh_bytes / every };
}

/* New sends of the queue are more than its own slots can do. */
static bool
is_beyond(const struct run *run, uint32_t queue, double load)
{
	return run->state[queue].limit != UNLIMITED && load >= run->state[queue].limit * NEARLY;
}

/* What waits at a queue, in milliseconds in a slot and in bytes. */
static struct load
waiting_at(const struct run *run, uint32_t queue)
{
	const struct plan *plan = run->plan;
	const struct queue *of = &plan->queue[queue];
	const struct queue_state *state = &run->state[queue];
	double fresh = (double)(state->fresh - state->taken);
	struct load sum = { of->fresh_work * fresh, of->fresh_bytes * fresh };

	for (uint32_t class = 0; class < plan->classes; class ++)
		for (uint32_t column = state->next[class]; column < plan->columns; column++) {
			sum.slots += plan->batch[plan_batch(plan, queue, class, column)].work;
			sum.bytes += plan->batch[plan_batch(plan, queue, class, column)].bytes;
		}
	sum.slots *= run->limits->slower;
	return sum;
}

/* Of the sends that began together in one slot, all but the first wait in truth; and what waited from the beginning must end. */
static double
time_of_busy(const struct run *run, struct load *hidden)
{
	double longest = 0;

	for (uint32_t i = 0; i < run->busy.count; i++) {
		const struct entry *send = &run->busy.at[i];
		double left = send->key - run->passed, one;

		if (run_is_apart(run, send->queue))
			continue;
		if (send->what != FRESH) {
			longest = left > longest ? left : longest;
			continue;
		}
		one = run->plan->queue[send->queue].fresh_work * run->limits->slower;
		hidden->slots += left > one ? left - one : 0;
		hidden->bytes += left > one ? (left - one) * send->rate : 0;
	}
	return longest;
}

/* One queue alone, from when it opens. */
static double
time_of_queue(const struct run *run, uint32_t queue, double work)
{
	double load = run->due_every > 0 ? load_of(run, queue).slots : 0, opens = 0;

	if (run->state[queue].closed && (double)run->plan->queue[queue].closed_for > run->now)
		opens = (double)run->plan->queue[queue].closed_for - run->now;
	if (run->state[queue].limit == UNLIMITED || work + opens * load <= 0)
		return opens;
	return opens + (work + opens * load) / (run->state[queue].limit - load);
}

/* Milliseconds until nothing waits, where less falls due than is done. */
double
run_time_to_drain(const struct run *run)
{
	struct load all = { 0, 0 };
	double time = time_of_busy(run, &all), other;

	for (uint32_t i = 0; i < run->plan->queues; i++) {
		struct load here;

		if (run->plan->queue[i].apart || run->plan->queue[i].left_out)
			continue;
		here = waiting_at(run, i);
		all.slots += here.slots;
		all.bytes += here.bytes;
		other = here.slots > 0 ? time_of_queue(run, i, here.slots) : 0;
		time = other > time ? other : time;
	}
	other = all.slots > 0 ? all.slots / (run->slots - run->load_slots) : 0;
	time = other > time ? other : time;
	other = run->limits->ceiling > 0 ? all.bytes / (run->limits->ceiling - run->load_bytes) : 0;
	return other > time ? other : time;
}

void
run_set_empty(struct run *run, double time)
{
	struct run_result *result = run->result;

	if (result->empty >= 0 || result->end != RUN_EMPTY)
		return;
	if (time <= TIME_MOST)
		result->empty = time;
	else
		result->end = RUN_TOO_LONG;
}

/* It goes on for long: what is known of its end decides. */
void
run_settle(struct run *run)
{
	if (!run->grows)
		run_set_empty(run, run->now + run_time_to_drain(run));
	else if (run->result->empty < 0 && run->result->end == RUN_EMPTY)
		run->result->end = RUN_GROWS;
}

/* ---- whether it ends ---- */

/*
 * More falls due than is ever done, by all slots, by those of one site or by the
 * line. True: and so much waits there that it will not be empty by chance.
 */
static bool
look_whether_it_grows(struct run *run)
{
	double ceiling = run->limits->ceiling;
	uint64_t waiting = 0;
	bool site = false, long_queue = false, all;

	if (run->due_every <= 0)
		return false;
	for (uint32_t k = 0; k < run->opens; k++) {
		uint32_t i = run->open[k];
		const struct queue *queue = &run->plan->queue[i];
		struct load load = load_of(run, i);

		run->load_bytes += load.bytes;
		waiting += queue->apart ? 0 : queue->sends;
		if (is_beyond(run, i, load.slots)) {
			site |= !queue->apart;
			long_queue |= !queue->apart && queue->sends / MANY > run->state[i].limit;
			load.slots = run->state[i].limit;
		}
		run->load_slots += load.slots;
	}
	all = run->load_slots >= run->slots * NEARLY || (ceiling > 0 && run->load_bytes >= ceiling * NEARLY);
	run->grows = site || all;
	return long_queue || (all && waiting / MANY > run->slots + run->busy.count);
}

/* A site that has sends waiting and may have no slot. */
static bool
has_no_slot(const struct run *run)
{
	for (uint32_t i = 0; i < run->plan->queues; i++)
		if (run->state[i].limit == 0 && !run->plan->queue[i].left_out && !run->plan->queue[i].apart
		    && run->plan->queue[i].batches > 0)
			return true;
	return false;
}

enum run_end
run_known_end(struct run *run)
{
	bool long_queue = look_whether_it_grows(run);

	if (run->slots == 0 && run->result->stuck > 0 && run->waiting + run->plan->basis.left_out > 0)
		return RUN_STUCK;
	if (run->slots == 0 && run->waiting > 0)
		return RUN_NO_SLOT;
	if (has_no_slot(run))
		return RUN_NO_SITE_SLOT;
	return run->grows && long_queue ? RUN_GROWS : RUN_EMPTY;
}
