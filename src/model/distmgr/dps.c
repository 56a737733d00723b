/*
 * What lines of the distribution manager tell of distribution points.
 */
#include "model/distmgr/dps.h"

#include "model/distmgr/distmgr.h"
#include "model/distmgr/distmgr_errors.h"
#include "model/distmgr/dp_binding.h"
#include "model/distmgr/dp_identity.h"
#include "model/distmgr/dp_outcome.h"
#include "model/records/failures.h"
#include "model/records/journal.h"
#include "model/tables/main_threads.h"
#include "model/tables/places.h"
#include "model/tables/state.h"
#include "model/distmgr/thread_identity.h"
#include "model/distmgr/thread_life.h"

static void
turns_to_dps(struct model *model, uint32_t i, const struct event *event)
{
	if (model->distmgr->threads.rows[i].phase != PHASE_WAIT_DPS)
		thread_leaves_phase(model, i, PHASE_DPS, event->at);
}

void
distmgr_dp_added(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t owner = thread_of_event(model, event, component, FIND_OR_BEGIN), server = dp_server_of(model, event);

	if (owner == THREAD_NONE)
		return;
	thread_leaves_phase(model, owner, PHASE_DPS, event->at);
	for (uint32_t k = threads->rows[owner].first_dp; k != NAME_NONE; k = dps->rows[k].next)
		if (dps->rows[k].server == server && dps->rows[k].state == DP_RUNNING)
			return;
	threads->extras[owner].dp_announced = true;
	threads->extras[owner].announced_dp = server;
}

/* Whatever the number stood for before, it is a DP thread's now. */
static void
clear_number(struct model *model, uint32_t component, uint32_t number, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = slots_find(&threads->slots, component, number);
	enum thread_role role = thread_role(model, component, number);

	main_forget(model, component, number);
	if (role == ROLE_PACKAGE)
		thread_end(model, i, event, false);
	else if (role == ROLE_LOST || role == ROLE_REPLICATION || role == ROLE_OTHER)
		thread_drop(model, i, ROLE_NONE, event);
	else if (role == ROLE_STRAY && !thread_just_spoke(model, i, event))
		threads->extras[i].role = ROLE_NONE;
}

/* It has spoken before the line that it was created. */
static bool
spoke_before(struct model *model, uint32_t owner, uint32_t server, uint32_t number)
{
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t row = model->distmgr->threads.rows[owner].first_dp;

	while (row != NAME_NONE
	       && (dps->rows[row].thread != number || dps->rows[row].server != server
	           || dps->rows[row].state != DP_RUNNING))
		row = dps->rows[row].next;
	if (row != NAME_NONE)
		dps->extras[row].announced = true;
	return row != NAME_NONE;
}

void
distmgr_dp_started(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t owner = thread_of_event(model, event, component, FIND_OR_BEGIN), server = dp_server_of(model, event),
		 row;
	uint64_t number = event->number[NUMBER_THREAD];

	if (owner == THREAD_NONE || number == 0 || number > UINT32_MAX || number == event->thread)
		return;
	turns_to_dps(model, owner, event);
	if (threads->extras[owner].announced_dp == server)
		threads->extras[owner].dp_announced = false;
	clear_number(model, component, (uint32_t)number, event);
	if (spoke_before(model, owner, server, (uint32_t)number))
		return;
	row = dp_named(model, owner, server, true);
	row = dp_bind_thread(model, row != NAME_NONE ? row : dp_add(model, owner, server), event, component,
	                     (uint32_t)number);
	if (row != NAME_NONE)
		model->distmgr->dps.extras[row].announced = true;
}

/* Its package thread is not known yet: what it says is kept until that speaks. */
static uint32_t
named_stray(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = dp_may_be(model, event, component) ? thread_stray(model, event, component) : THREAD_NONE;

	if (i == THREAD_NONE || !event_has_text(event, TEXT_DP) || !event_has_text(event, TEXT_PACKAGE))
		return i;
	threads->extras[i].dp = dp_server_of(model, event);
	threads->extras[i].dp_package = package_at(model, event_text(event, TEXT_PACKAGE));
	threads->extras[i].dp_named = threads->extras[i].dp_package != NAME_NONE;
	return i;
}

void
distmgr_dp_working(struct model *model, const struct event *event, uint32_t component)
{
	if (dp_of_event(model, event, component, true) == NAME_NONE)
		named_stray(model, event, component);
}

void
distmgr_dp_sign(struct model *model, const struct event *event, uint32_t component)
{
	static const enum dp_sign signs[] = {
		[DP_MESSAGE_TRANSFER] = SIGN_TRANSFER,
		[DP_MESSAGE_DISTRIBUTED] = SIGN_DISTRIBUTED,
		[DP_MESSAGE_NOTHING] = SIGN_NOTHING,
	};
	uint32_t row = dp_of_event(model, event, component, false), i;

	if (event->detail == DP_MESSAGE_NOTHING)
		note_event(model, event); /* done, but nothing was sent: to be found when the thread has gone */
	if (row != NAME_NONE) {
		dp_give_sign(model, row, signs[event->detail], event);
		return;
	}
	if (event->detail == DP_MESSAGE_DISTRIBUTED)
		return;
	i = named_stray(model, event, component);
	if (i != THREAD_NONE)
		model->distmgr->threads.extras[i].sign = (uint8_t)signs[event->detail];
}

/* Status message 2328: it names the DP, whoever says it. */
void
distmgr_dp_failed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t row = dp_of_event(model, event, component, false);
	struct transition *transition;
	char text[200];

	error_text(event, text, sizeof(text));
	if (row != NAME_NONE) {
		dp_fail(model, row, event, text);
		return;
	}
	transition = transition_record(model, TRANSITION_DP_FAILED, event);
	transition->package = package_at(model, event_text(event, TEXT_PACKAGE));
	transition->dp = dp_server_of(model, event);
	span_copy(span_of(text), transition->text, sizeof(transition->text));
	failure_record(model, transition, FAILURE_DP, event, component);
}

bool
dp_error(struct model *model, const struct event *event, uint32_t component)
{
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t row = dp_of_error(model, event, component);
	char text[200];

	if (row == NAME_NONE)
		return false;
	error_text(event, text, sizeof(text));
	dps->extras[row].erred = dps->rows[row].state == DP_RUNNING;
	if (error_is_fatal(event))
		dp_fail(model, row, event,
		        event->detail == ERROR_VAGUE && dps->rows[row].text[0] ? dps->rows[row].text : text);
	else if (!dps->rows[row].text[0])
		span_copy(span_of(text), dps->rows[row].text, sizeof(dps->rows[row].text));
	return true;
}

/* It was a DP thread that began before the log did: what it said is nobody else's. */
static void
end_stray(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = slots_find(&threads->slots, component, (uint32_t)event->number[NUMBER_THREAD]);
	struct failure *failure;

	if (i == NAME_NONE || threads->extras[i].role != ROLE_STRAY)
		return;
	threads->extras[i].role = ROLE_NONE;
	failure = failure_told(model, threads->extras[i].failure);
	if (!failure)
		return;
	failure->kind = FAILURE_DP;
	failure->what.package = package_at(model, event_text(event, TEXT_PACKAGE));
}

void
distmgr_dp_ended(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t row;

	thread_of_event(model, event, component, FIND_OR_BEGIN);
	row = event->number[NUMBER_THREAD] > UINT32_MAX
	              ? NAME_NONE
	              : dp_running(model, component, (uint32_t)event->number[NUMBER_THREAD]);
	if (row != NAME_NONE)
		dp_finish(model, row, event);
	else if (event->number[NUMBER_THREAD] <= UINT32_MAX)
		end_stray(model, event, component);
}

void
distmgr_dps_done(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = thread_of_event(model, event, component, FIND_OR_BEGIN);

	if (i == THREAD_NONE)
		return;
	for (uint32_t k = threads->rows[i].first_dp; k != NAME_NONE; k = model->distmgr->dps.rows[k].next)
		dp_finish(model, k, event);
	if (threads->rows[i].phase == PHASE_WAIT_DPS || threads->rows[i].phase == PHASE_DPS)
		thread_leaves_phase(model, i, PHASE_PROCESSING, event->at);
}
