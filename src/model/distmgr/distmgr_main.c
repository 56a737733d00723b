/*
 * What the main thread of the distribution manager says: packages that are notified, and threads that it begins.
 */
#include "model/distmgr/distmgr_main.h"

#include "model/distmgr/distmgr.h"
#include "model/records/journal.h"
#include "model/tables/main_threads.h"
#include "model/distmgr/package_queue.h"
#include "model/tables/places.h"
#include "model/tables/state.h"
#include "model/distmgr/thread_life.h"

void
distmgr_capacity(struct model *model, const struct event *event, uint32_t component)
{
	struct distribution *d = &model->distmgr->counts;
	struct transition *transition;
	uint64_t limit = event->number[NUMBER_LIMIT],
		 used = event_has_number(event, NUMBER_USED) ? event->number[NUMBER_USED] : limit;
	uint32_t open;

	if (used > UINT32_MAX || limit > UINT32_MAX)
		return;
	if (thread_open(model, component, event->thread) == THREAD_NONE)
		main_at(model, component, event->thread);
	if (d->capacity >= 0 && d->capacity != (int64_t)limit) {
		transition = transition_record(model, TRANSITION_CAPACITY, event);
		transition->used = (int64_t)used;
		transition->capacity = (int64_t)limit;
		span_copy(SPAN("package threads"), transition->text, sizeof(transition->text));
	}
	d->capacity = (int64_t)limit;
	model->distmgr->reading.first = model->distmgr->reading.at == WHEN_NONE;
	model->distmgr->reading.event =
		model->distmgr->reading.first || model->distmgr->threads.slots.count[SLOTS_OPEN] + d->unseen > used
			? model->events
			: 0;
	model->distmgr->reading.at = event->at;
	while (model->distmgr->threads.slots.count[SLOTS_OPEN] > used)
		thread_lose(model, thread_most_silent(model), event);
	open = model->distmgr->threads.slots.count[SLOTS_OPEN];
	d->unseen = used > open ? (uint32_t)used - open : 0;
}

void
distmgr_notified(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	struct transition *transition;

	main_at(model, component, event->thread)->package = package;
	if (package == NAME_NONE)
		return;
	package_seen(model, package, 0, event->at, event->log);
	if (model->places->packages[package].queued)
		return;
	queue_put(model, package, 0);
	transition = transition_record(model, TRANSITION_PACKAGE_QUEUED, event);
	transition->package = package;
}

/*
 * A thread that has spoken just before its own start line, as an unknown one or
 * under the same name: what it said counts. THREAD_NONE: it begins with this line.
 */
static uint32_t
spoke_before(const struct model *model, uint32_t component, uint32_t number, uint32_t named, const struct event *event)
{
	const struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = thread_open(model, component, number);

	if (i == THREAD_NONE || threads->rows[i].start_seen || !thread_just_spoke(model, i, event))
		return THREAD_NONE;
	if (named != NAME_NONE && threads->rows[i].package != NAME_NONE && threads->rows[i].package != named)
		return THREAD_NONE;
	return i;
}

static uint32_t
start_thread(struct model *model, const struct event *event, uint32_t component, uint32_t number, uint32_t named)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = spoke_before(model, component, number, named, event);

	if (i != THREAD_NONE) {
		model->distmgr->counts.unseen += threads->extras[i].took_unseen;
		threads->extras[i].took_unseen = false;
		threads->rows[i].start_seen = true;
		threads->rows[i].started = event->at;
		threads->rows[i].started_log = event->log;
	} else {
		i = slots_find(&threads->slots, component, number);
		if (i != NAME_NONE && threads->extras[i].role == ROLE_STRAY && !thread_just_spoke(model, i, event))
			threads->extras[i].role = ROLE_NONE;
		i = thread_begin(model, component, number, true, event);
	}
	threads->extras[i].complete = true;
	return i;
}

/* As 2012 and older say it, without a name: the one that was notified last, else the one that has queued longest. */
static uint32_t
guess(struct model *model, const struct event *event, uint32_t component)
{
	struct main_thread *main = main_at(model, component, event->thread);
	uint32_t package = main->package;

	main->package = NAME_NONE;
	return package != NAME_NONE && model->places->packages[package].queued ? package : queue_first(model);
}

void
distmgr_started(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t named = package_at(model, event_text(event, TEXT_PACKAGE)), i;
	struct package_thread *thread;

	if (event->number[NUMBER_THREAD] > UINT32_MAX)
		return;
	main_forget(model, component, (uint32_t)event->number[NUMBER_THREAD]);
	i = start_thread(model, event, component, (uint32_t)event->number[NUMBER_THREAD], named);
	thread = &threads->rows[i];
	if (named == NAME_NONE && thread->package == NAME_NONE) {
		thread->package = guess(model, event, component);
		threads->extras[i].guessed = true;
		threads->extras[i].queue_order =
			thread->package == NAME_NONE ? 0 : model->places->packages[thread->package].queued_order;
	}
	if (named != NAME_NONE)
		thread->package = named;
	if (thread->package != NAME_NONE)
		queue_take(model, thread->package);
	package_seen(model, thread->package, 0, event->at, event->log);
	thread_tell(model, TRANSITION_PACKAGE_STARTED, event, thread);
	thread_settle(model, i, event);
}
