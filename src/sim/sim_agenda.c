/*
 * The queue of future steps: a heap, soonest first. The parts wake each other only by it.
 */
#include "sim/sim_parts.h"

static bool
sooner(const struct turn *a, const struct turn *b)
{
	return a->at != b->at ? a->at < b->at : a->order < b->order;
}

/* A full agenda forgets the newcomer; it is as large as all that may wait at once. */
void
agenda_add(struct sim *sim, int64_t delay, enum turn_kind kind, uint32_t which, uint32_t serial)
{
	struct turn turn = { sim->now + delay, sim->turn_order++, kind, which, serial };
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

/* ---- who is woken ---- */

void
sender_wake(struct sim *sim, int64_t delay)
{
	if (sim->sender_awake)
		return;
	sim->sender_awake = true;
	agenda_add(sim, delay, TURN_SENDER_LOOK, 0, sim->sender_serial);
}

void
scheduler_order(struct sim *sim, uint32_t request, int64_t delay)
{
	agenda_add(sim, delay, TURN_MINIJOB, request, 0);
}

void
outbox_later(struct sim *sim, uint32_t request, int64_t delay)
{
	agenda_add(sim, delay, TURN_REQUEST_RETURNS, request, 0);
}

void
distmgr_wake(struct sim *sim, int64_t delay)
{
	if (sim->distmgr_awake)
		return;
	sim->distmgr_awake = true;
	agenda_add(sim, delay, TURN_PACKAGE_STARTS, 0, sim->distmgr_serial);
}

void
package_again(struct sim *sim, uint32_t package)
{
	agenda_add(sim, some_ms(sim, 5 * MINUTE, 15 * MINUTE), TURN_PACKAGE_NOTIFIED, package, 0);
}

void
processing_go_on(struct sim *sim, struct processing *p, int64_t delay)
{
	agenda_add(sim, delay, TURN_PACKAGE, (uint32_t)(p - sim->processings), p->serial);
}

void
pkgxfer_wake(struct sim *sim, int64_t delay)
{
	if (sim->pkgxfer_awake)
		return;
	sim->pkgxfer_awake = true;
	agenda_add(sim, delay, TURN_PKGXFER_LOOK, 0, sim->pkgxfer_serial);
}

void
copy_again(struct sim *sim, struct copy *copy, int64_t delay)
{
	agenda_add(sim, delay, TURN_COPY_READY, (uint32_t)(copy - sim->copies), (uint32_t)copy->job);
}
