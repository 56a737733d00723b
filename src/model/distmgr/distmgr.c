/*
 * The sub-state of the distribution manager, and what every line of it means: a sign of life.
 */
#include "model/distmgr/distmgr.h"

#include <stdlib.h>

#include "model/distmgr/distmgr_errors.h"
#include "model/distmgr/dp_binding.h"
#include "model/tables/state.h"
#include "model/distmgr/thread_life.h"

struct distmgr *
distmgr_new(uint32_t threads, uint32_t dps)
{
	struct distmgr *distmgr = calloc(1, sizeof(*distmgr));

	if (!distmgr)
		return NULL;
	distmgr->reading.at = WHEN_NONE;
	distmgr->counts.capacity = distmgr->upgrades.counts.capacity = -1;
	if (!thread_table_init(&distmgr->threads, threads) || !dp_table_init(&distmgr->dps, dps)) {
		distmgr_free(distmgr);
		return NULL;
	}
	return distmgr;
}

void
distmgr_free(struct distmgr *distmgr)
{
	if (!distmgr)
		return;
	thread_table_destroy(&distmgr->threads);
	dp_table_destroy(&distmgr->dps);
	free(distmgr);
}

/* An error in words that no rule knows: with no better sign at its end, that is how the thread ended. */
static bool
tells_error(const struct event *event)
{
	return event->level == LEVEL_ERROR
	       && (event->kind == EVENT_NOTE || (event->kind == EVENT_FAILURE && event->status));
}

static void
keep_error(struct model *model, uint32_t i, const struct event *event)
{
	char text[sizeof(model->distmgr->threads.rows[i].error)];

	error_text(event, text, sizeof(text));
	thread_keep_error(model, i, text);
}

/* Whatever a known thread says is a sign of life, of a DP thread also for the package thread that waits for it. */
void
distmgr_speaks(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t i = slots_find(&threads->slots, component, event->thread), dp;

	if (i != NAME_NONE && threads->extras[i].role == ROLE_LOST && event->kind != EVENT_REPLICATION)
		thread_comes_back(model, i);
	if (i != NAME_NONE && thread_is_open(model, i)) {
		thread_speaks(model, i, event);
		dp_announcement_passes(model, i, event);
		if (tells_error(event))
			keep_error(model, i, event);
		return;
	}
	if (i != NAME_NONE && threads->extras[i].role == ROLE_REPLICATION && tells_error(event)
	    && !event_has_text(event, TEXT_DP))
		replication_failed(model, event, component);
	if (i != NAME_NONE && threads->extras[i].role != ROLE_NONE)
		slots_put(&threads->slots, i, SLOTS_ENDED); /* the others are forgotten before it */
	dp = dp_running(model, component, event->thread);
	if (dp == NAME_NONE)
		return;
	thread_speaks(model, dps->extras[dp].owner, event);
	if (tells_error(event)) {
		dps->extras[dp].erred = true;
		if (!dps->rows[dp].text[0])
			error_text(event, dps->rows[dp].text, sizeof(dps->rows[dp].text));
	}
}

void
distmgr_stops(struct model *model)
{
	model->distmgr->stops = true;
}

void
distmgr_interrupt(struct model *model, uint32_t component)
{
	struct distmgr *distmgr = model->distmgr;

	distmgr->counts.unseen = distmgr->counts.same_error = 0;
	distmgr->stops = false;
	distmgr->reading.at = WHEN_NONE;
	replication_forget(model, component);
	upgrades_forget(model);
}

/* A number that only was a package thread's, and that of a DP thread that has ended, are what they were last. */
const struct package_thread *
distmgr_thread_at(const struct model *model, uint32_t component, uint32_t number)
{
	const struct dp_table *dps = &model->distmgr->dps;
	const struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = slots_find(&threads->slots, component, number), row = dp_row_of(model, component, number);
	enum thread_role role = thread_role(model, component, number);

	if (role == ROLE_PACKAGE || role == ROLE_LOST)
		return &threads->rows[i];
	if (row != NAME_NONE && dps->extras[row].owner != THREAD_NONE)
		return &threads->rows[dps->extras[row].owner];
	return i != NAME_NONE && role == ROLE_NONE && threads->rows[i].serial ? &threads->rows[i] : NULL;
}

/* ---- self-check ---- */

static const char *
check_thread(const struct model *model, uint32_t i)
{
	const struct thread_table *threads = &model->distmgr->threads;
	const struct dp_table *dps = &model->distmgr->dps;
	uint32_t count = 0;

	if (!threads->rows[i].open)
		return "a package thread in the open list has ended";
	for (uint32_t k = threads->rows[i].first_dp; k != NAME_NONE; k = dps->rows[k].next) {
		if (dps->extras[k].owner != i)
			return "a DP thread is under two package threads";
		if (dps->rows[k].next == NAME_NONE && threads->extras[i].last_dp != k)
			return "a list of DPs does not end at its last";
		if (++count > dps->most)
			return "a list of DPs goes round";
	}
	return NULL;
}

const char *
distmgr_check(const struct model *model)
{
	const struct slots *slots = &model->distmgr->threads.slots;
	const char *wrong = NULL;
	uint32_t open = 0;

	for (uint32_t i = slots_first(slots, SLOTS_OPEN); i != NAME_NONE && !wrong; i = slots_next(slots, i)) {
		wrong = check_thread(model, i);
		open++;
	}
	if (!wrong && open != slots->count[SLOTS_OPEN])
		wrong = "the list of package threads is miscounted";
	return wrong ? wrong : dps_check(model);
}
