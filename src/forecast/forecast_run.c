/*
 * The slots at work: whoever is free takes the oldest send of the highest
 * priority whose site may have one more, as the sender does. Where all together
 * would go faster than the ceiling all of them go slower by the same factor; so
 * the order in which they end stays, and their ends are kept in a time of their
 * own, which then passes more slowly.
 *
 * Each run has a bound, see run_steps_most(). Whether it ends at all is worked out
 * before it begins, from what the slots can do in an hour. Where it goes on for
 * long after what waited, because new sends fall due nearly as fast as any are
 * done, the rest follows from the difference of the two; a run that is asked for
 * the ends of all that waits goes on, and takes ever more new sends together.
 */
#include "forecast/forecast_run.h"

/* Every queue opens once; every batch and every running send ends once; what falls due does so, and is taken at most twice for it. */
uint64_t
run_steps_most(const struct plan *plan)
{
	return (uint64_t)plan->queues + plan_batches(plan) + plan->running_count
	       + 3 * (2 * FRESH_MOST + LEVELS_MOST * FRESH_MORE + 1);
}

/* ---- whose turn it is ---- */

/* The queue's batch that comes next in this class, its column; plan->columns: none. */
static uint32_t
next_column(struct run *run, uint32_t queue, uint32_t class)
{
	uint32_t *column = &run->state[queue].next[class];

	while (*column < run->plan->columns
	       && run->plan->batch[plan_batch(run->plan, queue, class, *column)].sends == 0)
		(*column)++;
	return *column;
}

/* Sends that fall due go to the open queues in turn, over and over: the key grows with the time at which the queue's oldest did. */
static uint64_t
fresh_key(const struct run *run, uint32_t queue)
{
	uint64_t age = run->state[queue].taken * run->opens + queue, most = (UINT64_C(1) << 39) - 1;

	return (uint64_t)run->plan->fresh_class << 40 | UINT64_C(1) << 39 | (age < most ? age : most);
}

/* The class that the queue's next send is of, and its key; false: it has none. */
static bool
has_turn(struct run *run, uint32_t queue, struct entry *turn)
{
	const struct plan *plan = run->plan;

	turn->queue = queue;
	for (uint32_t class = 0; class < plan->classes; class ++) {
		uint32_t column = next_column(run, queue, class);

		turn->what = class;
		if (column < plan->columns) {
			turn->key = (double)((uint64_t) class << 40
			                     | plan->batch[plan_batch(plan, queue, class, column)].order);
			return true;
		}
		if (class == plan->fresh_class && run->state[queue].fresh > run->state[queue].taken) {
			turn->key = (double)fresh_key(run, queue);
			return true;
		}
	}
	return false;
}

static void
ask(struct run *run, uint32_t queue)
{
	struct queue_state *state = &run->state[queue];
	struct entry turn = { .rate = 0 };

	if (state->in_turn || state->closed || !has_turn(run, queue, &turn))
		return;
	if (state->used >= state->limit) {
		run->result->site_held |= !run->plan->queue[queue].single;
		return;
	}
	state->in_turn = true;
	heap_put(&run->turns, turn);
}

static void
start(struct run *run, uint32_t queue, double work, double bytes, uint32_t what)
{
	run->state[queue].used++;
	work *= run->limits->slower;
	run_occupy_slot(run, (struct entry){ run->passed + work, work > 0 ? bytes / work : 0, queue, what });
}

static void
start_fresh(struct run *run, uint32_t queue)
{
	const struct queue *of = &run->plan->queue[queue];
	struct queue_state *state = &run->state[queue];
	uint64_t sends = state->fresh - state->taken;

	if (sends > run->due_many)
		sends = run->due_many;
	state->taken += sends;
	run->fresh_left[of->apart] -= sends;
	start(run, queue, of->fresh_work * (double)sends, of->fresh_bytes * (double)sends, FRESH);
}

/* What is most urgent there by now: a send may have fallen due since the queue asked. */
static void
serve(struct run *run, struct entry turn)
{
	const struct plan *plan = run->plan;
	uint32_t column;

	if (turn.what > plan->fresh_class)
		has_turn(run, turn.queue, &turn);
	column = run->state[turn.queue].next[turn.what];
	if (column < plan->columns) {
		size_t i = plan_batch(plan, turn.queue, turn.what, column);

		run->state[turn.queue].next[turn.what]++;
		start(run, turn.queue, plan->batch[i].work, plan->batch[i].bytes, (uint32_t)i);
	} else {
		start_fresh(run, turn.queue);
	}
}

static void
fill_slots(struct run *run)
{
	while (run->busy.count < run->slots && run->turns.count > 0) {
		struct entry turn = heap_take(&run->turns);

		run->state[turn.queue].in_turn = false;
		serve(run, turn);
		ask(run, turn.queue);
	}
	run->result->slots_held |= run->turns.count > 0;
}

/* ---- what happens next ---- */

static bool
is_slowed(const struct run *run)
{
	return run->limits->ceiling > 0 && run->rate > run->limits->ceiling;
}

static void
pass(struct run *run, double until)
{
	run->passed += (until - run->now) * (is_slowed(run) ? run->limits->ceiling / run->rate : 1);
	run->now = until;
}

static void
note_end(const struct run *run, const struct entry *send)
{
	size_t batches = plan_batches(run->plan);

	if (!run->ends)
		return;
	if (send->what < batches)
		run->ends->batch[send->what] = run->now;
	else
		run->ends->running[send->what - batches] = run->now;
	if (send->queue != UNLIMITED)
		run->ends->queue[send->queue] = run->now;
}

static void
end_first(struct run *run)
{
	struct entry busy = heap_take(&run->busy);

	run->rate -= busy.rate;
	if (busy.what != FRESH) {
		run->left[run_is_apart(run, busy.queue)]--;
		note_end(run, &busy);
	}
	if (busy.queue == UNLIMITED)
		return;
	run->state[busy.queue].used--;
	ask(run, busy.queue);
}

/* The longer it goes on, the more sends fall due together: a part of the time that has passed. */
static void
fall_due(struct run *run)
{
	uint32_t queue = run->open[run->due++ % run->opens];

	run->state[queue].fresh += run->due_many;
	run->fresh_left[run->plan->queue[queue].apart] += run->due_many;
	ask(run, queue);
	if (run->due >= run->due_more)
		run_settle(run);
	if (run->due >= run->due_more && (double)run->due_many < DUE_MOST) {
		run->due_more += FRESH_MORE;
		run->due_many *= FRESH_TIMES;
		run->due_every *= FRESH_TIMES;
	}
	run->due_next += run->due_every;
}

static void
open_first(struct run *run)
{
	uint32_t queue = heap_take(&run->closed).queue;

	run->state[queue].closed = false;
	ask(run, queue);
}

/* Until the send that ends first does. */
static double
time_of_first(const struct run *run)
{
	double left = run->busy.at[0].key - run->passed;

	return is_slowed(run) ? left * run->rate / run->limits->ceiling : left;
}

/* False: nothing will ever happen any more. */
static bool
step(struct run *run)
{
	double due = run->due_every > 0 && run->opens > 0 ? run->due_next : -1;
	double end = run->busy.count > 0 ? run->now + time_of_first(run) : -1;
	double opens = run->closed.count > 0 ? run->closed.at[0].key : -1;

	run->result->steps++;
	if (opens >= 0 && (end < 0 || opens <= end) && (due < 0 || opens <= due)) {
		pass(run, opens > run->now ? opens : run->now);
		open_first(run);
	} else if (due >= 0 && (end < 0 || due <= end)) {
		pass(run, due);
		fall_due(run);
	} else if (end >= 0) {
		pass(run, end);
		end_first(run);
	} else {
		return false;
	}
	return run->now <= TIME_MOST;
}

/* ---- all of it ---- */

/* Goes on for those apart, and those whose end is known otherwise, where somebody asks for the ends of all. */
static bool
is_over(const struct run *run)
{
	bool known = run->result->empty >= 0 || run->result->end != RUN_EMPTY;

	return known && (!run->ends || run->left[0] + run->left[1] == 0);
}

static void
go(struct run *run)
{
	fill_slots(run);
	for (;;) {
		if (run->left[0] == 0 && run->fresh_left[0] == 0)
			run_set_empty(run, run->now + (run->grows ? 0 : run_time_to_drain(run)));
		if (is_over(run))
			return;
		if (run->due > run->due_last || !step(run))
			break;
		fill_slots(run);
	}
	if (run->result->empty < 0 && run->result->end == RUN_EMPTY)
		run->result->end = run->grows ? RUN_GROWS : RUN_TOO_LONG;
}

struct run_result
run_slots(const struct plan *plan, const struct run_limits *limits, const struct run_ends *ends, void *memory)
{
	struct run_result result = { .empty = RUN_NEVER, .end = RUN_EMPTY };
	struct run run = { .plan = plan, .limits = limits, .ends = ends, .result = &result };

	run_prepare(&run, memory);
	result.end = run_known_end(&run);
	/* Without a free slot nothing begins; and where it never ends, only the ends of what waits are worth the steps. */
	if (result.end == RUN_STUCK || result.end == RUN_NO_SLOT || (result.end != RUN_EMPTY && !ends))
		return result;
	for (uint32_t i = 0; i < plan->queues; i++)
		ask(&run, i);
	go(&run);
	return result;
}
