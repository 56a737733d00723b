/*
 * Threads that install or upgrade distribution points: a pool of slots of its
 * own, which is no part of the package threads.
 */
#include "state.h"

static void
work_begins(struct model *model, const struct event *event, uint32_t component)
{
	uint64_t number = event->number[NUMBER_THREAD];

	number_is(model, component, number, ROLE_OTHER, event);
	if (number == 0 || number > UINT32_MAX)
		return;
	model->upgraders[model->next_upgrader++ % UPGRADERS_MOST] = (struct upgrader){ component, (uint32_t)number };
}

/* True: the thread was at work on a distribution point. */
static bool
work_ends(struct model *model, uint32_t component, uint32_t thread)
{
	bool found = false;

	for (uint32_t i = 0; i < UPGRADERS_MOST; i++) {
		struct upgrader *upgrader = &model->upgraders[i];

		if (thread == 0 || upgrader->thread != thread || upgrader->component != component)
			continue;
		upgrader->thread = 0;
		found = true;
	}
	return found;
}

void
distmgr_upgrade(struct model *model, const struct event *event, uint32_t component)
{
	struct dp_upgrades *u = &model->dp_upgrades;
	bool reads = event_has_number(event, NUMBER_LIMIT) && event->number[NUMBER_LIMIT] <= UINT32_MAX;

	if (event->detail == UPGRADE_HELPER) {
		number_is(model, component, event->number[NUMBER_THREAD], ROLE_OTHER, event);
		return;
	}
	if (event->detail == UPGRADE_ENDED) {
		if (work_ends(model, component, event->thread) && u->used > 0)
			u->used--;
		return;
	}
	number_is(model, component, event->thread, ROLE_OTHER, event);
	u->heard = true;
	if (reads)
		u->capacity = (int64_t)event->number[NUMBER_LIMIT];
	if (event->detail == UPGRADE_STARTED && reads && event->number[NUMBER_USED] <= UINT32_MAX) {
		work_begins(model, event, component);
		u->used = (uint32_t)event->number[NUMBER_USED];
		u->waiting = 0;
	}
	if (event->detail == UPGRADE_EXHAUSTED) {
		if (u->capacity > 0)
			u->used = (uint32_t)u->capacity;
		u->waiting = 1;  /* how many wait is not said, but one does */
	}
}

void
upgrades_forget(struct model *model)
{
	model->dp_upgrades.used = model->dp_upgrades.waiting = 0;
	for (uint32_t i = 0; i < UPGRADERS_MOST; i++)
		model->upgraders[i].thread = 0;
}

struct dp_upgrades
model_dp_upgrades(const struct model *model)
{
	return model->dp_upgrades;
}
