/*
 * Which thread works on which distribution point of a run. Where the log does not
 * announce DP threads, as that of 2007, they are known by the DP that they name.
 */
#include "model/distmgr/dp_binding.h"

#include <string.h>

#include "model/distmgr/distmgr.h"
#include "model/distmgr/dp_outcome.h"
#include "model/tables/state.h"
#include "model/tables/truncated.h"

/* ---- announced, and no thread yet ---- */

/*
 * No thread was created for the DP that the package thread announced: it does
 * the work itself, or the thread's number is not told.
 */
static void
list_announced(struct model *model, uint32_t thread)
{
	struct thread_table *threads = &model->distmgr->threads;

	if (!threads->extras[thread].dp_announced)
		return;
	threads->extras[thread].dp_announced = false;
	dp_add(model, thread, threads->extras[thread].announced_dp);
}

/* What may stand between the announcement of a DP and the creation of its thread, or says no more than that. */
void
dp_announcement_passes(struct model *model, uint32_t thread, const struct event *event)
{
	if (event->kind != EVENT_SEEN && event->kind != EVENT_NOTE && event->kind != EVENT_DP_STARTED
	    && event->kind != EVENT_DP_ENDED)
		list_announced(model, thread);
}

/* A thread that may be the announced DP's speaks before it is said to be created, or its number never is. */
void
dps_list_announced(struct model *model, uint32_t package, uint32_t server)
{
	struct thread_table *threads = &model->distmgr->threads;

	for (uint32_t i = slots_first(&threads->slots, SLOTS_OPEN); i != NAME_NONE; i = slots_next(&threads->slots, i))
		if ((package == NAME_NONE || threads->rows[i].package == package)
		    && (server == NAME_NONE || threads->extras[i].announced_dp == server))
			list_announced(model, i);
}

/* ---- its thread is known ---- */

static void
tell_started(struct model *model, uint32_t row, const struct event *event)
{
	dp_tell(model, TRANSITION_DP_STARTED, event, row)->text[0] = '\0';
}

/* What an unknown thread had said until it turned out to be this DP's. */
static void
take_stray(struct model *model, uint32_t row, uint32_t component, uint32_t number, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t i = slots_find(&threads->slots, component, number);
	struct thread_extra *stray;

	if (i == NAME_NONE || threads->extras[i].role != ROLE_STRAY)
		return;
	stray = &threads->extras[i];
	stray->role = ROLE_NONE;
	dps->extras[row].failure = stray->failure;
	dps->extras[row].erred |= stray->erred;
	if (stray->fatal)
		dp_fail(model, row, event, threads->rows[i].error);
	else if (stray->sign != SIGN_NONE)
		dp_give_sign(model, row, (enum dp_sign)stray->sign, event);
	else if (stray->erred)
		memcpy(dps->rows[row].text, threads->rows[i].error, sizeof(dps->rows[row].text));
}

/* Thread and DP are the key: an earlier try by a thread with the same number is no entry of its own any more. */
static void
drop_earlier(struct model *model, uint32_t row, uint32_t number)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t owner = dps->extras[row].owner, next;

	for (uint32_t k = threads->rows[owner].first_dp; k != NAME_NONE; k = next) {
		next = dps->rows[k].next;
		if (k == row || dps->rows[k].thread != number || dps->rows[k].server != dps->rows[row].server)
			continue;
		threads->extras[owner].dp_failed |= dps->rows[k].state != DP_DONE;
		dp_remove(model, owner, k);
	}
}

uint32_t
dp_bind_thread(struct model *model, uint32_t row, const struct event *event, uint32_t component, uint32_t number)
{
	if (row == NAME_NONE)
		return NAME_NONE;
	dp_number_taken(model, component, number, event);
	drop_earlier(model, row, number);
	if (!dp_bind(model, row, number)) {
		model->truncation->lost.dps++;
		return row;
	}
	tell_started(model, row, event);
	take_stray(model, row, component, number, event);
	return row;
}

void
dps_adopt(struct model *model, uint32_t thread, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t next, row;

	for (uint32_t i = slots_first(&threads->slots, SLOTS_ENDED); i != NAME_NONE; i = next) {
		const struct thread_extra *stray = &threads->extras[i];

		next = slots_next(&threads->slots, i);
		if (stray->role != ROLE_STRAY || !stray->dp_named || stray->dp_package != threads->rows[thread].package
		    || threads->rows[i].component != threads->rows[thread].component)
			continue;
		row = dp_add(model, thread, stray->dp);
		if (row == NAME_NONE)
			return;
		model->distmgr->dps.extras[row].announced = true;
		dp_bind_thread(model, row, event, threads->rows[i].component, threads->rows[i].thread);
	}
}
