/*
 * Threads that install or upgrade distribution points: a pool of slots of its
 * own, which is no part of the package threads.
 */
#include "model/distmgr/dp_upgrades.h"

#include "model/distmgr/distmgr.h"
#include "model/records/journal.h"
#include "model/tables/places.h"
#include "model/tables/state.h"
#include "model/distmgr/thread_life.h"

static struct upgrader *
find_upgrader(struct model *model, uint32_t component, uint32_t thread)
{
	for (uint32_t i = 0; thread != 0 && i < UPGRADERS_MOST; i++)
		if (model->distmgr->upgrades.rows[i].thread == thread
		    && model->distmgr->upgrades.rows[i].component == component)
			return &model->distmgr->upgrades.rows[i];
	return NULL;
}

/* A number that is known has been given to a new thread. */
static struct upgrader *
work_begins(struct model *model, uint32_t component, uint32_t thread)
{
	struct upgrader *upgrader = find_upgrader(model, component, thread);

	if (!upgrader)
		upgrader = &model->distmgr->upgrades.rows[model->distmgr->upgrades.next++ % UPGRADERS_MOST];
	*upgrader = (struct upgrader){ component, thread, NAME_NONE, false };
	return upgrader;
}

static void
tell(struct model *model, const struct event *event, enum transition_kind kind, uint32_t dp, const char *text)
{
	struct transition *transition = transition_record(model, kind, event);

	transition->dp = dp;
	span_copy(span_of(text), transition->text, sizeof(transition->text));
	note_event(model, event);
}

/* Its thread says which one it is. */
static void
work_is_named(struct model *model, const struct event *event, uint32_t component)
{
	bool removes = event->detail == UPGRADE_REMOVING;
	uint32_t dp = server_at(model, event_text(event, removes ? TEXT_SERVER : TEXT_DP));
	struct upgrader *upgrader = find_upgrader(model, component, event->thread);

	if (dp == NAME_NONE || event->thread == 0 || (upgrader && upgrader->dp == dp && upgrader->removes == removes))
		return;
	if (!upgrader)
		upgrader = work_begins(model, component, event->thread);
	upgrader->dp = dp;
	upgrader->removes = removes;
	tell(model, event, TRANSITION_DP_STARTED, dp, removes ? "being removed" : "being installed");
}

static void
work_ends(struct model *model, const struct event *event, uint32_t component)
{
	struct upgrader *upgrader = find_upgrader(model, component, event->thread);
	bool removed = event->detail == UPGRADE_REMOVED;
	uint32_t dp = event_has_text(event, TEXT_DP) ? server_at(model, event_text(event, TEXT_DP)) : NAME_NONE;

	if (!upgrader || upgrader->removes != removed)
		return;
	if (dp == NAME_NONE)
		dp = upgrader->dp;
	upgrader->thread = 0;
	if (!removed && model->distmgr->upgrades.counts.used > 0)
		model->distmgr->upgrades.counts.used--;
	if (dp != NAME_NONE)
		tell(model, event, TRANSITION_DP_DONE, dp, removed ? "removed" : "installed");
}

static void
work_is_counted(struct model *model, const struct event *event, uint32_t component)
{
	struct dp_upgrades *u = &model->distmgr->upgrades.counts;
	uint64_t number = event->number[NUMBER_THREAD];

	thread_becomes(model, component, number, ROLE_OTHER, event);
	if (number > 0 && number <= UINT32_MAX)
		work_begins(model, component, (uint32_t)number);
	u->used = (uint32_t)event->number[NUMBER_USED];
	u->waiting = 0;
}

static void
pool_is_told(struct model *model, const struct event *event, uint32_t component)
{
	struct dp_upgrades *u = &model->distmgr->upgrades.counts;
	bool reads = event_has_number(event, NUMBER_LIMIT) && event->number[NUMBER_LIMIT] <= UINT32_MAX;

	u->seen = true;
	if (reads)
		u->capacity = (int64_t)event->number[NUMBER_LIMIT];
	if (event->detail == UPGRADE_STARTED && reads && event->number[NUMBER_USED] <= UINT32_MAX)
		work_is_counted(model, event, component);
	if (event->detail == UPGRADE_EXHAUSTED) {
		if (u->capacity > 0)
			u->used = (uint32_t)u->capacity;
		u->waiting = 1; /* how many wait is not said, but one does */
	}
}

void
distmgr_upgrade(struct model *model, const struct event *event, uint32_t component)
{
	if (event->detail == UPGRADE_HELPER) {
		thread_becomes(model, component, event->number[NUMBER_THREAD], ROLE_OTHER, event);
	} else if (event->detail == UPGRADE_ENDED || event->detail == UPGRADE_REMOVED) {
		work_ends(model, event, component);
	} else {
		thread_becomes(model, component, event->thread, ROLE_OTHER, event);
		if (event->detail == UPGRADE_NAMED || event->detail == UPGRADE_REMOVING)
			work_is_named(model, event, component);
		else
			pool_is_told(model, event, component);
	}
}

void
upgrades_forget(struct model *model)
{
	model->distmgr->upgrades.counts.used = model->distmgr->upgrades.counts.waiting = 0;
	for (uint32_t i = 0; i < UPGRADERS_MOST; i++)
		model->distmgr->upgrades.rows[i].thread = 0;
}

struct dp_upgrades
model_dp_upgrades(const struct model *model)
{
	return model->distmgr->upgrades.counts;
}
