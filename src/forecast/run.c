/*
 * The slots at work: whoever is free takes the oldest send of the highest
 * priority whose site may have one more, as the sender does. Where all together
 * would go faster than the ceiling all of them go slower by the same factor; so
 * the order in which they end stays, and their ends are kept in a time of their
 * own, which then passes more slowly.
 */
#include <string.h>

#include "heap.h"
#include "plan.h"

#define UNLIMITED   UINT32_MAX
#define SLOTS_MOST  4096            /* more than any sender has */
#define FRESH       UINT32_MAX      /* of a lane: a send that fell due on the way */
#define FRESH_MOST  1024u           /* batches of new sends while what waits is done, */
#define FRESH_TIMES 10u             /* … and so many times as many: it does not end */

struct track {
	uint32_t next[PRIORITIES];  /* column, by class */
	uint32_t used, limit;
	uint64_t fresh, taken;   /* fallen due on the way, and of these taken */
	bool     in_turn, closed;
};

struct run {
	const struct plan *plan;
	const struct run_limits *limits;
	const struct run_ends *ends;
	struct track *track;
	struct heap  turns;       /* lanes that may have one more: by class, then by age */
	struct heap  busy;        /* sends in slots: by when they end, in the time of the sends */
	uint32_t slots;
	uint32_t *open;      uint32_t opens;      /* lanes that take sends that fall due */
	double   now, passed;     /* the clock, and the time of the sends */
	double   rate;            /* bytes per millisecond that all together would do */
	uint64_t left[2], fresh_left[2];  /* batches and running ones to be ended; fresh ones to be taken; of lanes apart */
	double   empty;           /* when nothing was left but what is apart, RUN_NEVER: not yet */
	double   due_every;       /* of a fresh batch of `due_many` */
	uint64_t due, due_many, starts, starts_most;
	uint64_t steps, steps_most;
};

size_t
run_room(const struct plan *plan)
{
	size_t lanes = plan->lanes + 1, slots = SLOTS_MOST + plan->running_count;

	return (lanes + slots) * sizeof(struct entry) + lanes * (sizeof(struct track) + sizeof(uint32_t));
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

/* The k-th of those that fall due goes to the k-th open lane, over and over. */
static uint64_t
fresh_key(const struct run *run, uint32_t lane)
{
	return (uint64_t)run->plan->fresh_class << 40 | UINT64_C(1) << 39 | (run->track[lane].taken * run->opens + lane);
}

static bool
has_turn(struct run *run, uint32_t lane, uint64_t *key)
{
	uint32_t column;

	for (uint32_t class = 0; class < run->plan->classes; class++) {
		column = next_column(run, lane, class);
		if (column < run->plan->columns) {
			*key = (uint64_t)class << 40 | run->plan->batch[plan_batch(run->plan, lane, class, column)].order;
			return true;
		}
		if (class == run->plan->fresh_class && run->track[lane].fresh > run->track[lane].taken) {
			*key = fresh_key(run, lane);
			return true;
		}
	}
	return false;
}

static void
ask(struct run *run, uint32_t lane)
{
	struct track *track = &run->track[lane];
	uint64_t key;

	if (track->in_turn || track->closed || track->used >= track->limit || !has_turn(run, lane, &key))
		return;
	track->in_turn = true;
	heap_put(&run->turns, (struct entry){ .key = (double)key, .lane = lane });
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
	run->starts++;
	work *= run->limits->slower;
	occupy_slot(run, (struct entry){ run->passed + work, work > 0 ? bytes / work : 0, lane, what });
}

static void
serve(struct run *run, uint32_t lane)
{
	const struct plan *plan = run->plan;
	struct track *track = &run->track[lane];
	uint32_t class, column;

	for (class = 0; class < plan->classes; class++) {
		column = next_column(run, lane, class);
		if (column < plan->columns) {
			size_t i = plan_batch(plan, lane, class, column);

			track->next[class]++;
			start(run, lane, plan->batch[i].work, plan->batch[i].bytes, (uint32_t)i);
			return;
		}
		if (class == run->plan->fresh_class && track->fresh > track->taken) {
			track->taken++;
			run->fresh_left[plan->lane[lane].apart]--;
			start(run, lane, plan->lane[lane].fresh_work * (double)run->due_many,
			      plan->lane[lane].fresh_bytes * (double)run->due_many, FRESH);
			return;
		}
	}
}

static void
fill_slots(struct run *run)
{
	while (run->busy.count < run->slots && run->turns.count > 0) {
		uint32_t lane = heap_take(&run->turns).lane;

		run->track[lane].in_turn = false;
		serve(run, lane);
		ask(run, lane);
	}
}

/* ---- what happens next ---- */

static double
factor(const struct run *run)
{
	return run->limits->ceiling > 0 && run->rate > run->limits->ceiling ? run->limits->ceiling / run->rate : 1;
}

static void
pass(struct run *run, double until)
{
	run->passed += (until - run->now) * factor(run);
	run->now = until;
}

static bool
is_apart(const struct run *run, uint32_t lane)
{
	return lane != UNLIMITED && run->plan->lane[lane].apart;
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
		run->left[is_apart(run, busy.lane)]--;
		note_end(run, &busy);
	}
	if (busy.lane == UNLIMITED)
		return;
	run->track[busy.lane].used--;
	ask(run, busy.lane);
}

static void
fall_due(struct run *run)
{
	uint32_t lane = run->open[run->due++ % run->opens];

	run->track[lane].fresh++;
	run->fresh_left[is_apart(run, lane)]++;
	ask(run, lane);
}

static uint32_t
next_to_open(const struct run *run)
{
	uint32_t first = UNLIMITED;

	for (uint32_t i = 0; i < run->plan->lanes; i++)
		if (run->track[i].closed && (first == UNLIMITED || run->plan->lane[i].closed_for < run->plan->lane[first].closed_for))
			first = i;
	return first;
}

/* False: nothing will ever happen any more. */
static bool
step(struct run *run, uint32_t *opens_next)
{
	double due = run->due_every > 0 && run->opens > 0 ? run->due_every * (double)(run->due + 1) : -1;
	double end = run->busy.count > 0 ? run->now + (run->busy.at[0].key - run->passed) / factor(run) : -1;
	double opens = *opens_next != UNLIMITED ? (double)run->plan->lane[*opens_next].closed_for : -1;

	if (opens >= 0 && (end < 0 || opens <= end) && (due < 0 || opens <= due)) {
		pass(run, opens > run->now ? opens : run->now);
		run->track[*opens_next].closed = false;
		ask(run, *opens_next);
		*opens_next = next_to_open(run);
	} else if (due >= 0 && (end < 0 || due <= end)) {
		pass(run, due);
		fall_due(run);
	} else if (end >= 0) {
		pass(run, end);
		end_first(run);
	} else {
		return false;
	}
	return true;
}

/* ---- the beginning ---- */

static uint32_t
limit_of(const struct run *run, const struct lane *lane)
{
	int64_t limit = run->limits->per_site >= 0 ? run->limits->per_site : lane->limit >= 0 ? lane->limit : run->plan->per_site;

	if (lane->left_out)
		return 0;
	if (lane->single && (limit < 0 || limit > 1))
		limit = 1;
	return limit < 0 || limit > (int64_t)UNLIMITED ? UNLIMITED : (uint32_t)limit;
}

static void
occupy(struct run *run)
{
	const struct plan *plan = run->plan;

	for (uint32_t i = 0; i < plan->running_count; i++) {
		const struct running *r = &plan->running[i];
		bool counts = r->lane != NAME_NONE && !plan->lane[r->lane].left_out;

		if (!counts && r->stuck && run->limits->stuck) {
			run->slots -= run->slots > 0;
			continue;
		}
		if (counts)
			run->track[r->lane].used++;
		run->left[counts && plan->lane[r->lane].apart]++;
		occupy_slot(run, (struct entry){ r->work * run->limits->slower, r->work > 0 ? r->bytes / r->work : 0,
		                                 counts ? r->lane : UNLIMITED, (uint32_t)plan_batches(plan) + i });
	}
}

static void
lay_out(struct run *run, void *room)
{
	const struct plan *plan = run->plan;
	size_t lanes = plan->lanes + 1;

	run->busy.at = room;  /* what has the widest members first */
	run->turns.at = run->busy.at + SLOTS_MOST + plan->running_count;
	run->track = (struct track *)(run->turns.at + lanes);
	run->open = (uint32_t *)(run->track + lanes);
	memset(run->track, 0, lanes * sizeof(*run->track));
	for (uint32_t i = 0; i < plan->lanes; i++) {
		const struct lane *lane = &plan->lane[i];

		run->track[i].limit = limit_of(run, lane);
		run->track[i].closed = lane->closed_for > 0;
		if (!lane->left_out)
			run->open[run->opens++] = i;
	}
}

/* New sends come together where there would be more of them than of what waits. */
static void
expect(struct run *run, double whole)
{
	const struct plan *plan = run->plan;
	double many;

	run->due_many = 1;
	run->due_every = run->limits->due > 0 ? plan->due_every / run->limits->due : 0;
	if (run->due_every <= 0)
		return;
	many = whole / run->due_every / FRESH_MOST;
	if (many > 1)
		run->due_many = (uint64_t)many + 1;
	run->due_every *= (double)run->due_many;
}

/* Goes on for those apart where somebody asks for their ends, but not for ever. */
static bool
is_over(struct run *run)
{
	if (run->empty < 0 && run->left[0] == 0 && run->fresh_left[0] == 0) {
		run->empty = run->now;
		run->starts_most += FRESH_TIMES * FRESH_MOST;
	}
	return run->empty >= 0 && (!run->ends || (run->left[1] == 0 && run->fresh_left[1] == 0));
}

static void
count_work(struct run *run)
{
	const struct plan *plan = run->plan;
	double all = 0, longest = 0;
	uint64_t batches = 0;

	for (uint32_t i = 0; i < plan->lanes; i++) {
		double work = 0;

		for (size_t k = plan_batch(plan, i, 0, 0); k < plan_batch(plan, i + 1, 0, 0); k++) {
			run->left[plan->lane[i].apart] += plan->batch[k].sends > 0;
			batches += plan->batch[k].sends > 0;
			work += plan->batch[k].work;
		}
		all += work;
		work = run->track[i].limit > 0 ? work / run->track[i].limit : 0;
		if (work > longest && !plan->lane[i].apart)
			longest = work;
	}
	all = run->slots > 0 ? all / run->slots : 0;
	expect(run, all > longest ? all : longest);
	run->starts_most = batches + FRESH_TIMES * FRESH_MOST;
	/* Each batch and each running send ends, each lane opens, and what falls due does so and ends, for empty and for what is apart. */
	run->steps_most = batches + plan->running_count + plan->lanes + 4 * FRESH_TIMES * FRESH_MOST;
}

double
run_slots(const struct plan *plan, const struct run_limits *limits, const struct run_ends *ends, void *room)
{
	struct run run = { .plan = plan, .limits = limits, .ends = ends, .empty = RUN_NEVER };
	uint32_t opens_next;

	run.slots = limits->all_sites < 0 ? 0 : limits->all_sites > SLOTS_MOST ? SLOTS_MOST : (uint32_t)limits->all_sites;
	lay_out(&run, room);
	occupy(&run);
	count_work(&run);
	for (uint32_t i = 0; i < plan->lanes; i++)
		ask(&run, i);
	opens_next = next_to_open(&run);
	fill_slots(&run);
	while (!is_over(&run)) {
		/* Without a slot nothing is ever done, and new sends would fall due for ever. */
		if (run.slots == 0 && run.busy.count == 0)
			break;
		if (run.starts > run.starts_most || run.steps++ > run.steps_most || !step(&run, &opens_next))
			break;
		fill_slots(&run);
	}
	return run.empty;
}
