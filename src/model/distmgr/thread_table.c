/*
 * The thread numbers of the distribution manager, and the records of package threads.
 */
#include "model/distmgr/thread_table.h"

#include <stdlib.h>

#include "model/tables/components.h"
#include "model/distmgr/distmgr.h"
#include "model/records/journal.h"
#include "model/tables/state.h"

bool
thread_table_init(struct thread_table *threads, uint32_t most)
{
	threads->rows = calloc(most, sizeof(*threads->rows));
	threads->extras = calloc(most, sizeof(*threads->extras));
	if (!slots_init(&threads->slots, most) || !threads->rows || !threads->extras)
		return false;
	for (uint32_t i = 0; i < most; i++)
		threads->rows[i].first_dp = threads->extras[i].last_dp = NAME_NONE;
	return true;
}

void
thread_table_destroy(struct thread_table *threads)
{
	slots_destroy(&threads->slots);
	free(threads->rows);
	free(threads->extras);
}

/* ---- which thread ---- */

const struct package_thread *
thread_row(const struct model *model, uint32_t i)
{
	return &model->distmgr->threads.rows[i];
}

bool
thread_is_open(const struct model *model, uint32_t i)
{
	return slots_where(&model->distmgr->threads.slots, i) == SLOTS_OPEN;
}

enum thread_role
thread_role(const struct model *model, uint32_t component, uint32_t number)
{
	const struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = slots_find(&threads->slots, component, number);

	return i == NAME_NONE ? ROLE_NONE : (enum thread_role)threads->extras[i].role;
}

uint32_t
thread_open(const struct model *model, uint32_t component, uint32_t number)
{
	uint32_t i = slots_find(&model->distmgr->threads.slots, component, number);

	return i != NAME_NONE && thread_is_open(model, i) ? i : THREAD_NONE;
}

uint32_t
thread_on(const struct model *model, uint32_t package)
{
	const struct thread_table *threads = &model->distmgr->threads;

	for (uint32_t i = slots_first(&threads->slots, SLOTS_OPEN); i != NAME_NONE; i = slots_next(&threads->slots, i))
		if (package != NAME_NONE && threads->rows[i].package == package)
			return i;
	return THREAD_NONE;
}

uint32_t
thread_most_silent(const struct model *model)
{
	const struct thread_table *threads = &model->distmgr->threads;
	uint32_t found = THREAD_NONE;

	for (uint32_t i = slots_first(&threads->slots, SLOTS_OPEN); i != NAME_NONE; i = slots_next(&threads->slots, i))
		if (found == THREAD_NONE || threads->rows[i].spoke < threads->rows[found].spoke)
			found = i;
	return found;
}

/* What is farther apart is no slip of the order. */
#define SLIP (5 * WHEN_SECOND)

bool
times_near(int64_t a, int64_t b)
{
	return a == WHEN_NONE || b == WHEN_NONE || (a - b <= SLIP && b - a <= SLIP);
}

bool
thread_just_spoke(const struct model *model, uint32_t i, const struct event *event)
{
	return times_near(model->distmgr->threads.extras[i].first, event->at);
}

/* ---- its record ---- */

void
thread_reset(struct model *model, uint32_t i, uint32_t component, uint32_t number, const struct event *event)
{
	model->distmgr->threads.rows[i] = (struct package_thread){
		.thread = number,
		.component = component,
		.package = NAME_NONE,
		.log = event->log,
		.started_log = event->log,
		.since_log = event->log,
		.started = WHEN_NONE,
		.since = event->at,
		.last = event->at,
		.first_dp = NAME_NONE,
		.serial = ++model->serials,
		.spoke = model->events,
	};
	thread_reset_role(model, i, ROLE_NONE, event);
}

void
thread_reset_role(struct model *model, uint32_t i, enum thread_role role, const struct event *event)
{
	model->distmgr->threads.extras[i] = (struct thread_extra){
		.role = (uint8_t)role,
		.last_dp = NAME_NONE,
		.first = event->at,
		.ended = WHEN_NONE,
		.pause_ended = WHEN_NONE,
	};
}

void
thread_speaks(struct model *model, uint32_t i, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct package_thread *thread = &threads->rows[i];
	struct thread_extra *extra = &threads->extras[i];

	thread->spoke = model->events;
	if (event->at == WHEN_NONE)
		return;
	if (when_between(thread->last, event->at) > extra->pause) {
		extra->pause = event->at - thread->last;
		extra->pause_ended = event->at;
	}
	if (thread->last == WHEN_NONE || event->at > thread->last) {
		thread->last = event->at;
		thread->log = event->log;
	}
}

void
thread_leaves_phase(struct model *model, uint32_t i, enum phase next, int64_t at)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct package_thread *thread = &threads->rows[i];
	struct thread_extra *extra = &threads->extras[i];
	struct silences *silences = &threads->silences[thread->phase];

	if (thread->phase == next)
		return;
	silences->rows[silences->count++ % PHASE_SILENCES] =
		(struct phase_silence){ extra->pause, extra->pause_ended, thread->package };
	extra->pause = 0;
	extra->pause_ended = WHEN_NONE;
	thread->phase = (uint8_t)next;
	thread->since = at;
	thread->since_log = thread->log;
}

void
thread_note_error(struct model *model, uint32_t i, const char *text)
{
	struct package_thread *thread = &model->distmgr->threads.rows[i];

	if (!thread->error[0])
		span_copy(span_of(text), thread->error, sizeof(thread->error));
}

void
thread_keep_error(struct model *model, uint32_t i, const char *text)
{
	model->distmgr->threads.extras[i].erred = true;
	thread_note_error(model, i, text);
}

struct transition *
thread_tell(struct model *model, enum transition_kind kind, const struct event *event,
            const struct package_thread *thread)
{
	struct transition *transition = transition_record(model, kind, event);

	transition->package = thread->package;
	transition->version = thread->version;
	transition->thread = thread->thread;
	if (thread->started != WHEN_NONE && transition->at != WHEN_NONE && transition->at >= thread->started)
		transition->seconds = (transition->at - thread->started) / WHEN_SECOND;
	span_copy(span_of(thread->error), transition->text, sizeof(transition->text));
	return transition;
}

/* ---- what can be asked ---- */

const struct package_thread *
model_next_thread(const struct model *model, const struct package_thread *after)
{
	const struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = after ? slots_next(&threads->slots, (uint32_t)(after - threads->rows))
	                   : slots_first(&threads->slots, SLOTS_OPEN);

	return i == NAME_NONE ? NULL : &threads->rows[i];
}

struct distribution
model_distribution(const struct model *model)
{
	struct distribution d = model->distmgr->counts;

	d.used = model->distmgr->threads.slots.count[SLOTS_OPEN] + d.unseen;
	d.seen = model->components->families[FAMILY_DISTMGR].seen;
	return d;
}

const struct phase_silence *
model_phase_silences(const struct model *model, enum phase phase, size_t *count)
{
	const struct silences *silences = &model->distmgr->threads.silences[phase];

	*count = silences->count < PHASE_SILENCES ? silences->count : PHASE_SILENCES;
	return silences->rows;
}
