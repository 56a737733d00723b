/*
 * What happens next: a heap, soonest first.
 */
#include "sim/sim_world.h"

int64_t
some_ms(struct sim *sim, uint64_t low, uint64_t high)
{
	return (int64_t)rng_between(&sim->rng, low, high);
}

static bool
sooner(const struct turn *a, const struct turn *b)
{
	return a->at != b->at ? a->at < b->at : a->order < b->order;
}

/* A full agenda forgets the newcomer; it is as large as all that may wait at once. */
void
agenda_add(struct sim *sim, int64_t delay, void (*transition_record)(struct sim *, uint32_t, uint32_t), uint32_t which,
           uint32_t serial)
{
	struct turn turn = { sim->now + delay, sim->turn_order++, transition_record, which, serial };
	uint32_t i = sim->turns;

	if (i == sim->turns_most)
		return;
	sim->turns++;
	while (i > 0 && sooner(&turn, &sim->agenda[(i - 1) / 2])) {
		sim->agenda[i] = sim->agenda[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	sim->agenda[i] = turn;
}

/* Takes the next turn that is not after `until`. */
bool
agenda_take(struct sim *sim, int64_t until, struct turn *out)
{
	struct turn last;
	uint32_t i = 0, child;

	if (sim->turns == 0 || sim->agenda[0].at > until)
		return false;
	*out = sim->agenda[0];
	last = sim->agenda[--sim->turns];
	while ((child = 2 * i + 1) < sim->turns) {
		if (child + 1 < sim->turns && sooner(&sim->agenda[child + 1], &sim->agenda[child]))
			child++;
		if (!sooner(&sim->agenda[child], &last))
			break;
		sim->agenda[i] = sim->agenda[child];
		i = child;
	}
	sim->agenda[i] = last;
	return true;
}
