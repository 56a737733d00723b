/*
 * The lifetime of a package processing thread, from its first line to its end.
 */
#include "model/distmgr/thread_life.h"

#include "model/distmgr/distmgr.h"
#include "model/distmgr/dp_outcome.h"
#include "model/tables/main_threads.h"
#include "model/distmgr/runs.h"
#include "model/tables/state.h"
#include "model/tables/truncated.h"

/* ---- its beginning ---- */

/* A record for this number, whatever it was used for before. */
static uint32_t
take_record(struct model *model, uint32_t component, uint32_t number, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = slots_find(&threads->slots, component, number);

	if (i != NAME_NONE && thread_is_open(model, i))
		thread_end(model, i, event, false);
	if (i == NAME_NONE && threads->slots.count[SLOTS_OPEN] == model->limits.threads) {
		model->truncation->lost.threads++;
		thread_end(model, thread_most_silent(model), event, false);
	}
	i = slots_take(&threads->slots, component, number);
	dps_close(model, i, event); /* of one that was lost */
	return i;
}

/* What was said on this number before anybody knew what it is counts for what it turns out to be. */
static void
open_record(struct model *model, uint32_t i, bool start_seen, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct package_thread *thread = &threads->rows[i];
	struct thread_extra *extra = &threads->extras[i];

	extra->role = ROLE_PACKAGE;
	thread->open = true;
	thread->start_seen = start_seen;
	thread->started = start_seen ? event->at : WHEN_NONE;
	thread->started_log = event->log;
	slots_put(&threads->slots, i, SLOTS_OPEN);
	if (!start_seen && model->distmgr->counts.unseen > 0) {
		model->distmgr->counts.unseen--; /* it is one of those that were counted without being known */
		extra->took_unseen = true;
	}
}

#define STALE (10 * WHEN_MINUTE)

/* After an error a thread does not go on for long: what failed was another one with the same number. */
static bool
is_stale(const struct model *model, uint32_t i, const struct event *event)
{
	const struct thread_extra *extra = &model->distmgr->threads.extras[i];

	return extra->dp_named
	       || (extra->erred && event->at != WHEN_NONE && extra->first != WHEN_NONE
	           && event->at - extra->first > STALE);
}

uint32_t
thread_begin(struct model *model, uint32_t component, uint32_t number, bool start_seen, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = slots_find(&threads->slots, component, number);

	dp_number_taken(model, component, number, event);
	if (i == NAME_NONE || threads->extras[i].role != ROLE_STRAY || is_stale(model, i, event)) {
		i = take_record(model, component, number, event);
		thread_reset(model, i, component, number, event);
		threads->extras[i].complete = start_seen;
	}
	open_record(model, i, start_seen, event);
	return i;
}

void
thread_settle(struct model *model, uint32_t i, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;

	if (threads->extras[i].fatal)
		run_failed(model, i, event, "");
	threads->extras[i].fatal = false;
}

uint32_t
thread_stray(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = slots_find(&threads->slots, component, event->thread);

	if (event->thread == 0 || is_main(model, component, event->thread))
		return THREAD_NONE;
	if (i != NAME_NONE && threads->extras[i].role == ROLE_STRAY)
		return i;
	if (i != NAME_NONE && (thread_is_open(model, i) || threads->extras[i].role != ROLE_NONE))
		return THREAD_NONE;
	if (i == NAME_NONE && threads->slots.count[SLOTS_OPEN] == model->limits.threads)
		return THREAD_NONE;
	i = slots_take(&threads->slots, component, event->thread);
	dps_close(model, i, event);
	thread_reset(model, i, component, event->thread, event);
	threads->extras[i].role = ROLE_STRAY;
	slots_put(&threads->slots, i, SLOTS_ENDED);
	return i;
}

void
thread_comes_back(struct model *model, uint32_t i)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct thread_extra *extra = &threads->extras[i];

	if (extra->verdict == VERDICT_ENDED)
		run_uncount(model, extra);
	extra->role = ROLE_PACKAGE;
	threads->rows[i].open = true;
	slots_put(&threads->slots, i, SLOTS_OPEN);
	if (model->distmgr->counts.unseen > 0)
		model->distmgr->counts.unseen--;
}

/* ---- its end ---- */

void
thread_end(struct model *model, uint32_t i, const struct event *event, bool by_exit_line)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct package_thread *thread = &threads->rows[i];
	struct thread_extra *extra = &threads->extras[i];

	if (by_exit_line)
		run_judge(model, i, event);
	else
		run_ends(model, i, event);
	thread_leaves_phase(model, i, PHASE_STARTING, event->at);
	dps_close(model, i, event);
	thread->open = false;
	extra->dp_announced = false;
	extra->role = ROLE_NONE;
	extra->ended = event->at;
	slots_put(&threads->slots, i, SLOTS_ENDED);
}

/* It keeps its DPs, as it may yet speak again. */
void
thread_lose(struct model *model, uint32_t i, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;

	run_ends(model, i, event);
	threads->rows[i].open = false;
	threads->extras[i].role = ROLE_LOST;
	threads->extras[i].lost_in = model->events;
	slots_put(&threads->slots, i, SLOTS_ENDED);
}

bool
thread_found(struct model *model)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t found = THREAD_NONE;

	for (uint32_t i = slots_first(&threads->slots, SLOTS_ENDED); i != NAME_NONE; i = slots_next(&threads->slots, i))
		if (model->distmgr->reading.event > 0 && threads->extras[i].role == ROLE_LOST
		    && threads->extras[i].lost_in == model->distmgr->reading.event
		    && (found == THREAD_NONE || threads->rows[i].spoke > threads->rows[found].spoke))
			found = i;
	if (found != THREAD_NONE)
		thread_comes_back(model, found);
	return found != THREAD_NONE;
}

/* What it did until now was a run of its own where its start was seen; else it never was one. */
void
thread_drop(struct model *model, uint32_t i, enum thread_role role, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct thread_extra *extra = &threads->extras[i];

	if (thread_is_open(model, i) && (threads->rows[i].start_seen || extra->verdict != VERDICT_NONE))
		thread_end(model, i, event, false);
	else if (thread_is_open(model, i))
		model->distmgr->counts.unseen += extra->took_unseen;
	dps_close(model, i, event);
	threads->rows[i].open = false;
	thread_reset_role(model, i, role, event);
	slots_put(&threads->slots, i, SLOTS_ENDED);
}

/* The number was given to a thread that is no package thread, or its own words say that it is none. */
void
thread_becomes(struct model *model, uint32_t component, uint64_t number, enum thread_role role,
               const struct event *event)
{
	struct event renumbered = *event;
	uint32_t i;

	if (number == 0 || number > UINT32_MAX || thread_role(model, component, (uint32_t)number) == role)
		return;
	dp_number_taken(model, component, (uint32_t)number, event);
	i = slots_find(&model->distmgr->threads.slots, component, (uint32_t)number);
	if (i == NAME_NONE) {
		renumbered.thread = (uint32_t)number;
		i = thread_stray(model, &renumbered, component);
	}
	if (i != THREAD_NONE)
		thread_drop(model, i, role, event);
}

void
threads_interrupt(struct model *model, uint32_t component, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t next;

	for (uint32_t i = slots_first(&threads->slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		next = slots_next(&threads->slots, i);
		if (threads->rows[i].component == component)
			thread_end(model, i, event, false);
	}
	for (uint32_t i = slots_first(&threads->slots, SLOTS_ENDED); i != NAME_NONE; i = next) {
		next = slots_next(&threads->slots, i);
		if (threads->rows[i].component != component)
			continue;
		dps_close(model, i, event);
		threads->extras[i].role = ROLE_NONE;
	}
}
