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
#include <string.h>

#include "forecast/forecast_run.h"

#define SLOTS_MOST  4096  /* more than any sender has */
#define FRESH_MOST  1024u /* times that new sends fall due while what waits is done; after twice as many, */
#define FRESH_MORE  512u  /* … and then, before more of them are taken together: */
#define FRESH_TIMES 4u    /* … so many times as many, */
#define LEVELS_MOST 20u   /* … and that so often */
#define DUE_MOST    1e14  /* sends at once */

size_t
run_room(const struct plan *plan)
{
	size_t lanes = plan->lanes + 1, slots = SLOTS_MOST + plan->running_count;

	return (2 * lanes + slots) * sizeof(struct entry) + lanes * (sizeof(struct track) + sizeof(uint32_t));
}

/* Every lane opens once; every batch and every running send ends once; what falls due does so, and is taken at most twice for it. */
uint64_t
run_steps_most(const struct plan *plan)
{
	return (uint64_t)plan->lanes + plan_batches(plan) + plan->running_count
	       + 3 * (2 * FRESH_MOST + LEVELS_MOST * FRESH_MORE + 1);
}

/* ---- whose turn it is ---- */

/* The lane's batch that comes next in this class, its column; plan->columns: none. */
static uint32_t
next_column(struct run *run, uint32_t lane, uint32_t class)
{
	uint32_t *column = &run->track[lane].next[class];

	while (*column < run->plan->columns && run->plan->batch[plan_batch(run->plan, lane, class, *column)].sends == 0)
		(*column)++;
	return *column;
}

/* Sends that fall due go to the open lanes in turn, over and over: the key grows with the time at which the lane's oldest did. */
static uint64_t
fresh_key(const struct run *run, uint32_t lane)
{
	uint64_t age = run->track[lane].taken * run->opens + lane, most = (UINT64_C(1) << 39) - 1;

	return (uint64_t)run->plan->fresh_class << 40 | UINT64_C(1) << 39 | (age < most ? age : most);
}

/* The class that the lane's next send is of, and its key; false: it has none. */
static bool
has_turn(struct run *run, uint32_t lane, struct entry *turn)
{
	const struct plan *plan = run->plan;

	turn->lane = lane;
	for (uint32_t class = 0; class < plan->classes; class ++) {
		uint32_t column = next_column(run, lane, class);

		turn->what = class;
		if (column < plan->columns) {
			turn->key = (double)((uint64_t) class << 40
			                     | plan->batch[plan_batch(plan, lane, class, column)].order);
			return true;
		}
		if (class == plan->fresh_class && run->track[lane].fresh > run->track[lane].taken) {
			turn->key = (double)fresh_key(run, lane);
			return true;
		}
	}
	return false;
}

static void
ask(struct run *run, uint32_t lane)
{
	struct track *track = &run->track[lane];
	struct entry turn = { .rate = 0 };

	if (track->in_turn || track->closed || !has_turn(run, lane, &turn))
		return;
	if (track->used >= track->limit) {
		run->result->site_held |= !run->plan->lane[lane].single;
		return;
	}
	track->in_turn = true;
	heap_put(&run->turns, turn);
}

static void
occupy_slot(struct run *run, struct entry send)
{
	heap_put(&run->busy, send);
	run->rate += send.rate;
}

static void
start(struct run *run, uint32_t lane, double work, double bytes, uint32_t what)
{
	run->track[lane].used++;
	work *= run->limits->slower;
	occupy_slot(run, (struct entry){ run->passed + work, work > 0 ? bytes / work : 0, lane, what });
}

static void
start_fresh(struct run *run, uint32_t lane)
{
	const struct lane *of = &run->plan->lane[lane];
	struct track *track = &run->track[lane];
	uint64_t sends = track->fresh - track->taken;

	if (sends > run->due_many)
		sends = run->due_many;
	track->taken += sends;
	run->fresh_left[of->apart] -= sends;
	start(run, lane, of->fresh_work * (double)sends, of->fresh_bytes * (double)sends, FRESH);
}

/* What is most urgent there by now: a send may have fallen due since the lane asked. */
static void
serve(struct run *run, struct entry turn)
{
	const struct plan *plan = run->plan;
	uint32_t column;

	if (turn.what > plan->fresh_class)
		has_turn(run, turn.lane, &turn);
	column = run->track[turn.lane].next[turn.what];
	if (column < plan->columns) {
		size_t i = plan_batch(plan, turn.lane, turn.what, column);

		run->track[turn.lane].next[turn.what]++;
		start(run, turn.lane, plan->batch[i].work, plan->batch[i].bytes, (uint32_t)i);
	} else {
		start_fresh(run, turn.lane);
	}
}

static void
fill_slots(struct run *run)
{
	while (run->busy.count < run->slots && run->turns.count > 0) {
		struct entry turn = heap_take(&run->turns);

		run->track[turn.lane].in_turn = false;
		serve(run, turn);
		ask(run, turn.lane);
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
	if (send->lane != UNLIMITED)
		run->ends->lane[send->lane] = run->now;
}

static void
end_first(struct run *run)
{
	struct entry busy = heap_take(&run->busy);

	run->rate -= busy.rate;
	if (busy.what != FRESH) {
		run->left[run_is_apart(run, busy.lane)]--;
		note_end(run, &busy);
	}
	if (busy.lane == UNLIMITED)
		return;
	run->track[busy.lane].used--;
	ask(run, busy.lane);
}

/* The longer it goes on, the more sends fall due together: a part of the time that has passed. */
static void
fall_due(struct run *run)
{
	uint32_t lane = run->open[run->due++ % run->opens];

	run->track[lane].fresh += run->due_many;
	run->fresh_left[run->plan->lane[lane].apart] += run->due_many;
	ask(run, lane);
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
	uint32_t lane = heap_take(&run->closed).lane;

	run->track[lane].closed = false;
	ask(run, lane);
}

/* Until the send that ends first does. */
static double
time_of_first(const struct run *run)
{
	double left = run->busy.at[0].key - run->passed;

	return is_slowed(run) ? left * run->rate / run->limits->ceiling : left;
}

/* False: nothing will ever transition_record any more. */
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

/* ---- the beginning ---- */

static uint32_t
limit_of(const struct run *run, const struct lane *lane)
{
	int64_t limit = run->limits->per_site >= 0 ? run->limits->per_site
	                : lane->limit >= 0         ? lane->limit
	                                           : run->plan->per_site;

	if (lane->left_out)
		return 0;
	if (lane->single && (limit < 0 || limit > 1))
		limit = 1;
	return limit < 0 || limit > (int64_t)UNLIMITED ? UNLIMITED : (uint32_t)limit;
}

static bool
counts(const struct plan *plan, const struct running *r)
{
	return r->lane != NAME_NONE && !plan->lane[r->lane].left_out;
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

/* Sends that are stalled hold their slots for good, or give them up at once; where they hold all slots the likely run does not end either. */
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
			run->track[r->lane].used++;
		run->left[here && plan->lane[r->lane].apart]++;
		occupy_slot(run, (struct entry){ r->work * run->limits->slower, r->work > 0 ? r->bytes / r->work : 0,
		                                 here ? r->lane : UNLIMITED, (uint32_t)plan_batches(plan) + i });
	}
}

static void
lay_out(struct run *run, void *room)
{
	const struct plan *plan = run->plan;
	size_t lanes = plan->lanes + 1;

	run->busy.at = room; /* what has the widest members first */
	run->turns.at = run->busy.at + SLOTS_MOST + plan->running_count;
	run->closed.at = run->turns.at + lanes;
	run->track = (struct track *)(run->closed.at + lanes);
	run->open = (uint32_t *)(run->track + lanes);
	memset(run->track, 0, lanes * sizeof(*run->track));
	for (uint32_t i = 0; i < plan->lanes; i++) {
		const struct lane *lane = &plan->lane[i];

		run->left[lane->apart] += lane->batches;
		run->waiting += lane->apart ? 0 : lane->batches;
		run->track[i].limit = limit_of(run, lane);
		run->track[i].closed = lane->closed_for > 0;
		if (lane->closed_for > 0)
			heap_put(&run->closed, (struct entry){ .key = (double)lane->closed_for, .lane = i });
		if (run->track[i].limit > 0)
			run->open[run->opens++] = i;
	}
}

/* How long the slots take for what waits, about. */
static double
time_of_waiting(const struct run *run)
{
	const struct plan *plan = run->plan;
	double all = 0, longest = 0;

	for (uint32_t i = 0; i < plan->lanes; i++) {
		double work = plan->lane[i].work, alone = run->track[i].limit > 0 ? work / run->track[i].limit : 0;

		all += work;
		if (alone > longest && !plan->lane[i].apart)
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

/* ---- the whole ---- */

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
run_slots(const struct plan *plan, const struct run_limits *limits, const struct run_ends *ends, void *room)
{
	struct run_result result = { .empty = RUN_NEVER, .end = RUN_EMPTY };
	struct run run = { .plan = plan, .limits = limits, .ends = ends, .result = &result };

	run.slots = limits->all_sites < 0            ? 0
	            : limits->all_sites > SLOTS_MOST ? SLOTS_MOST
	                                             : (uint32_t)limits->all_sites;
	lay_out(&run, room);
	occupy(&run);
	expect(&run);
	result.end = run_known_end(&run);
	/* Without a free slot nothing begins; and where it never ends, only the ends of what waits are worth the steps. */
	if (result.end == RUN_STUCK || result.end == RUN_NO_SLOT || (result.end != RUN_EMPTY && !ends))
		return result;
	for (uint32_t i = 0; i < plan->lanes; i++)
		ask(&run, i);
	go(&run);
	return result;
}
