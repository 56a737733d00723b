/*
 * Whose line it is: the distribution point that a line of the distribution manager is about.
 */
#include "model/distmgr/dp_identity.h"

#include "model/distmgr/distmgr.h"
#include "model/distmgr/dp_binding.h"
#include "model/tables/main_threads.h"
#include "model/tables/places.h"
#include "model/tables/state.h"

uint32_t
dp_server_of(struct model *model, const struct event *event)
{
	return event_has_text(event, TEXT_DP) ? server_at(model, event_text(event, TEXT_DP)) : NAME_NONE;
}

bool
dp_may_be(const struct model *model, const struct event *event, uint32_t component)
{
	enum thread_role role = thread_role(model, component, event->thread);

	return event->thread != 0 && (role == ROLE_NONE || role == ROLE_STRAY)
	       && !is_main(model, component, event->thread) && dp_running(model, component, event->thread) == NAME_NONE;
}

/* The number's DP: one that runs, or that ended after this line was written. */
static uint32_t
row_speaking(const struct model *model, const struct event *event, uint32_t component)
{
	const struct dp_table *dps = &model->distmgr->dps;
	uint32_t row = dp_row_of(model, component, event->thread);
	int64_t ended;

	if (row == NAME_NONE || thread_open(model, component, event->thread) != THREAD_NONE)
		return NAME_NONE;
	ended = dps->extras[row].ended;
	if (dps->rows[row].state == DP_RUNNING || ended == WHEN_NONE)
		return row;
	return event->at != WHEN_NONE && event->at <= ended ? row : NAME_NONE;
}

/*
 * A thread that nobody knows speaks as a DP thread: it is that of the one DP that
 * waits for its thread, among those that it may mean. NAME_NONE: none, or several.
 */
static uint32_t
row_waiting(const struct model *model, uint32_t package, uint32_t server)
{
	const struct thread_table *threads = &model->distmgr->threads;
	const struct dp_table *dps = &model->distmgr->dps;
	uint32_t found = NAME_NONE, row;

	for (uint32_t i = slots_first(&threads->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&threads->slots, i)) {
		if (package != NAME_NONE && threads->rows[i].package != package)
			continue;
		row = dp_named(model, i, server, true);
		if (row == NAME_NONE)
			continue;
		if (found != NAME_NONE)
			return NAME_NONE;
		if (server == NAME_NONE)
			for (uint32_t k = dps->rows[row].next; k != NAME_NONE; k = dps->rows[k].next)
				if (dps->rows[k].thread == 0 && dps->rows[k].state == DP_RUNNING)
					return NAME_NONE;
		found = row;
	}
	return found;
}

/* Said by its package thread: the DP named, or the only one that runs. */
static uint32_t
row_of_owner(struct model *model, uint32_t owner, uint32_t server)
{
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t row = NAME_NONE;

	if (server != NAME_NONE) {
		row = dp_named(model, owner, server, false);
		return row != NAME_NONE ? row : dp_add(model, owner, server);
	}
	for (uint32_t k = model->distmgr->threads.rows[owner].first_dp; k != NAME_NONE; k = dps->rows[k].next) {
		if (dps->rows[k].state != DP_RUNNING)
			continue;
		if (row != NAME_NONE)
			return NAME_NONE;
		row = k;
	}
	return row;
}

/* Said by a thread that is not known: `starts`, it begins to work with this line. */
static uint32_t
row_of_stranger(struct model *model, const struct event *event, uint32_t component, uint32_t server, bool starts)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE)), owner = thread_on(model, package);
	bool may = dp_may_be(model, event, component);
	uint32_t row = NAME_NONE;

	if (may && (starts || server != NAME_NONE)) {
		/* That a package is on a DP may be said of an earlier run. */
		if (event->kind != EVENT_DP_SIGN || event->detail != DP_MESSAGE_DISTRIBUTED)
			dps_list_announced(model, package, server);
		row = row_waiting(model, package, server);
	}
	if (row != NAME_NONE)
		return dp_bind_thread(model, row, event, component, event->thread);
	if (owner == THREAD_NONE || server == NAME_NONE)
		return NAME_NONE;
	row = dp_named(model, owner, server, false);
	/* A status message may be about an earlier run of the package. */
	if (!starts && (row != NAME_NONE || event->status))
		return row;
	if (!may)
		return row;
	/* The line that announced it was not seen, or is yet to come: its end will be told, too. */
	row = dp_add(model, owner, server);
	if (row != NAME_NONE)
		model->distmgr->dps.extras[row].announced = true;
	return dp_bind_thread(model, row, event, component, event->thread);
}

/* The last DP that the number belonged to, named together with its package: the line came late. */
static bool
is_its_own(struct model *model, uint32_t row, const struct event *event, uint32_t server)
{
	return row != NAME_NONE && model->distmgr->dps.rows[row].server == server && event_has_text(event, TEXT_PACKAGE)
	       && dp_owner(model, row)->package == package_at(model, event_text(event, TEXT_PACKAGE));
}

uint32_t
dp_of_event(struct model *model, const struct event *event, uint32_t component, bool starts)
{
	uint32_t server = dp_server_of(model, event), row = row_speaking(model, event, component);
	uint32_t owner = thread_open(model, component, event->thread);

	if (!starts && server != NAME_NONE
	    && is_its_own(model, dp_row_of(model, component, event->thread), event, server))
		return dp_row_of(model, component, event->thread);
	if (row != NAME_NONE && (server == NAME_NONE || model->distmgr->dps.rows[row].server == server))
		return row;
	if (owner != THREAD_NONE)
		return row_of_owner(model, owner, server);
	return row_of_stranger(model, event, component, server, starts);
}

/* A package thread speaks of a DP of its own where it does the work itself, as that of 2007. */
uint32_t
dp_of_error(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t row = row_speaking(model, event, component), owner = thread_open(model, component, event->thread);
	uint32_t server = dp_server_of(model, event);

	if (row != NAME_NONE || server == NAME_NONE || event_has_text(event, TEXT_PACKAGE))
		return row;
	if (owner != THREAD_NONE)
		return dp_named(model, owner, server, true);
	return row_of_stranger(model, event, component, server, false);
}
