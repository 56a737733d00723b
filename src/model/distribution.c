/*
 * The distribution manager: packages that are notified and queue, and the
 * threads that process them.
 */
#include "state.h"

#include <string.h>

static bool
is_open(const struct model *model, uint32_t i)
{
	return slots_where(&model->thread_slots, i) == SLOTS_OPEN;
}

static void
set_queued(struct model *model, uint32_t package, bool queued)
{
	struct package *p;

	if (package == NAME_NONE)
		return;
	p = &model->packages[package];
	if (p->queued == queued)
		return;
	p->queued = queued;
	p->queued_order = queued ? ++model->queue_order : 0;
	model->distribution.queued += queued ? 1 : (uint64_t)-1;
}

struct happening *
thread_tell(struct model *model, enum happening_kind kind, const struct event *event, const struct package_thread *thread)
{
	struct happening *h = happen(model, kind, event);

	h->package = thread->package;
	h->version = thread->version;
	h->thread = thread->thread;
	if (thread->started != WHEN_NONE && h->at != WHEN_NONE && h->at >= thread->started)
		h->seconds = (h->at - thread->started) / WHEN_SECOND;
	span_copy(span_of(thread->error), h->text, sizeof(h->text));
	return h;
}

/* ---- the life of a package thread ---- */

static void
tell_result(struct model *model, const struct package_thread *thread, const struct event *event)
{
	if (thread->bad) {
		model->distribution.failed++;
		happened_badly(model, thread_tell(model, HAPPENED_PACKAGE_FAILED, event, thread), FAILURE_PACKAGE, event,
		               thread->component);
	} else if (thread->good || !thread->waits_for_content) {
		model->distribution.done++;
		thread_tell(model, HAPPENED_PACKAGE_DONE, event, thread);
	}
}

/* `said`: its own exit line; else it is gone without one, and its result is not known. */
static void
thread_end(struct model *model, uint32_t i, const struct event *event, bool said)
{
	struct package_thread *thread = &model->threads[i];

	thread->open = false;
	slots_put(&model->thread_slots, i, SLOTS_ENDED);
	if (said || thread->good || thread->bad)
		tell_result(model, thread, event);
	dps_forget(model, thread);
}

static uint32_t
most_silent(const struct model *model, uint32_t component)
{
	uint32_t found = THREAD_NONE;

	for (uint32_t i = slots_first(&model->thread_slots, SLOTS_OPEN); i != NAME_NONE; i = slots_next(&model->thread_slots, i))
		if (component == NAME_NONE || model->threads[i].component == component)
			if (found == THREAD_NONE || model->threads[i].spoke < model->threads[found].spoke)
				found = i;
	return found;
}

static uint32_t
take_record(struct model *model, uint32_t component, uint32_t number, const struct event *event)
{
	uint32_t i = slots_find(&model->thread_slots, component, number);

	if (i != NAME_NONE && is_open(model, i))
		thread_end(model, i, event, false);
	i = slots_take(&model->thread_slots, component, number);
	if (i != NAME_NONE)
		return i;
	model->truncated.threads++;
	thread_end(model, most_silent(model, NAME_NONE), event, false);
	return slots_take(&model->thread_slots, component, number);
}

static uint32_t
thread_begin(struct model *model, uint32_t component, uint32_t number, bool born, const struct event *event)
{
	uint32_t i = take_record(model, component, number, event);
	struct package_thread *thread = &model->threads[i];

	*thread = (struct package_thread){
		.thread = number, .component = component, .package = NAME_NONE, .open = true, .born = born,
		.started = born ? event->at : WHEN_NONE, .since = event->at, .last = event->at,
		.first_dp = NAME_NONE, .last_dp = NAME_NONE, .serial = ++model->serials, .spoke = model->events,
	};
	slots_put(&model->thread_slots, i, SLOTS_OPEN);
	if (!born && model->distribution.unseen > 0)
		model->distribution.unseen--;  /* it is one of those that were counted without being known */
	return i;
}

uint32_t
thread_heard(struct model *model, const struct event *event, uint32_t component, enum finding finding)
{
	uint32_t i = slots_find(&model->thread_slots, component, event->thread);

	if (i == NAME_NONE || !is_open(model, i)) {
		if (finding == FIND_KNOWN || is_main(model, component, event->thread))
			return THREAD_NONE;
		return thread_begin(model, component, event->thread, false, event);
	}
	if (event->at != WHEN_NONE)
		model->threads[i].last = event->at;
	model->threads[i].spoke = model->events;
	return i;
}

void
thread_learn(struct model *model, uint32_t i, const struct event *event)
{
	struct package_thread *thread = &model->threads[i];
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	uint64_t version = event_has_number(event, NUMBER_VERSION) ? event->number[NUMBER_VERSION] : 0;

	if (package == NAME_NONE)
		return;
	thread->package = package;
	set_queued(model, package, false);
	if (version > thread->version && version <= UINT32_MAX)
		thread->version = (uint32_t)version;
	package_seen(model, package, version, event->at);
}

void
threads_interrupt(struct model *model, uint32_t component, const struct event *event)
{
	uint32_t next;

	for (uint32_t i = slots_first(&model->thread_slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		next = slots_next(&model->thread_slots, i);
		if (model->threads[i].component == component)
			thread_end(model, i, event, false);
	}
}

/* ---- main thread ---- */

void
distmgr_capacity(struct model *model, const struct event *event, uint32_t component)
{
	struct distribution *d = &model->distribution;
	struct happening *h;
	uint64_t used = event->number[NUMBER_USED], limit = event->number[NUMBER_LIMIT];
	uint32_t open;

	if (used > UINT32_MAX || limit > UINT32_MAX)
		return;
	main_at(model, component, event->thread);
	if (d->capacity >= 0 && d->capacity != (int64_t)limit) {
		h = happen(model, HAPPENED_CAPACITY, event);
		h->used = (int64_t)used;
		h->capacity = (int64_t)limit;
		span_copy(SPAN("package threads"), h->text, sizeof(h->text));
	}
	d->capacity = (int64_t)limit;
	while (model->thread_slots.count[SLOTS_OPEN] > used && most_silent(model, component) != THREAD_NONE)
		thread_end(model, most_silent(model, component), event, false);
	open = model->thread_slots.count[SLOTS_OPEN];
	d->unseen = used > open ? (uint32_t)used - open : 0;
}

void
distmgr_notified(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	struct happening *h;

	main_at(model, component, event->thread)->package = package;
	if (package == NAME_NONE)
		return;
	package_seen(model, package, 0, event->at);
	if (model->packages[package].queued)
		return;
	set_queued(model, package, true);
	h = happen(model, HAPPENED_PACKAGE_QUEUED, event);
	h->package = package;
}

void
distmgr_started(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t named = package_at(model, event_text(event, TEXT_PACKAGE)), i;
	struct package_thread *thread;

	if (event->number[NUMBER_THREAD] > UINT32_MAX)
		return;
	if (named == NAME_NONE)  /* as 2012 says it: the one that was notified last */
		named = main_at(model, component, event->thread)->package;
	i = thread_begin(model, component, (uint32_t)event->number[NUMBER_THREAD], true, event);
	thread = &model->threads[i];
	thread->package = named;
	set_queued(model, named, false);
	package_seen(model, named, 0, event->at);
	thread_tell(model, HAPPENED_PACKAGE_STARTED, event, thread);
}

/* ---- package thread ---- */

void
distmgr_phase(struct model *model, const struct event *event, uint32_t component)
{
	bool names = event_has_text(event, TEXT_PACKAGE);
	uint32_t i = thread_heard(model, event, component, names ? FIND_OR_BEGIN : FIND_KNOWN);
	struct package_thread *thread;

	if (i == THREAD_NONE)
		return;
	thread_learn(model, i, event);
	thread = &model->threads[i];
	thread->waits_for_content |= event->detail == PHASE_CONTENT;
	if (thread->phase == event->detail)
		return;
	thread->phase = (uint8_t)event->detail;
	thread->since = event->at;
}

static int64_t
kbytes_of(const struct event *event)
{
	return event->number[NUMBER_KBYTES] <= INT64_MAX / 2048 ? (int64_t)event->number[NUMBER_KBYTES] : -1;
}

void
distmgr_size(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_heard(model, event, component, FIND_OR_BEGIN);
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	uint64_t version = event_has_number(event, NUMBER_VERSION) ? event->number[NUMBER_VERSION] : 0;

	if (i != THREAD_NONE)
		thread_learn(model, i, event);
	if (package == NAME_NONE || version > UINT32_MAX)
		return;
	file_at(model, package, (uint32_t)version, 0)->kbytes = kbytes_of(event);
	package_seen(model, package, version, event->at);
	model->packages[package].kbytes = kbytes_of(event);
}

void
distmgr_compressed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_heard(model, event, component, FIND_OR_BEGIN);
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));

	if (i != THREAD_NONE)
		thread_learn(model, i, event);
	if (package == NAME_NONE)
		return;
	file_at(model, package, i == THREAD_NONE ? 0 : model->threads[i].version, 0)->compressed = kbytes_of(event);
	model->packages[package].compressed = kbytes_of(event);
}

void
distmgr_name(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));

	(void)component;
	if (package != NAME_NONE && event_has_text(event, TEXT_NAME))
		span_copy(event->text[TEXT_NAME], model->packages[package].name, sizeof(model->packages[package].name));
}

void
distmgr_good(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_heard(model, event, component, FIND_KNOWN);

	distmgr_name(model, event, component);
	if (i == THREAD_NONE)
		return;
	model->threads[i].good = true;
	model->threads[i].bad = false;
}

void
distmgr_bad(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_heard(model, event, component, FIND_KNOWN);

	distmgr_name(model, event, component);
	if (i == THREAD_NONE)
		return;
	model->threads[i].bad = true;
	model->threads[i].good = false;
}

void
distmgr_exit(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_heard(model, event, component, FIND_KNOWN);

	if (i != THREAD_NONE)
		thread_end(model, i, event, true);
	else if (model->distribution.unseen > 0 && !is_main(model, component, event->thread))
		model->distribution.unseen--;  /* one that began before the log did */
}

/* The newest minijob says which file the package's sends carry from now on. */
static void
learn_file(struct model *model, uint32_t package, struct span path)
{
	struct cargo cargo;

	if (package == NAME_NONE || !cargo_of(path, &cargo) ||
	    !span_is_nocase(span_of(model->packages[package].id), cargo.package))
		return;
	package_seen(model, package, cargo.version, WHEN_NONE);
	model->packages[package].file_version = cargo.version;
	model->packages[package].file_from = cargo.delta_from;
}

void
distmgr_due(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_heard(model, event, component, FIND_OR_BEGIN);
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));

	if (i != THREAD_NONE)
		thread_learn(model, i, event);
	package_seen(model, package, 0, event->at);
	learn_file(model, package, event_text(event, TEXT_PATH));
	due_falls(model, package, site_at(model, event_text(event, TEXT_SITE)), event);
}

/* `detail`: the thread that says so has failed. A DP that fails does not fail its package. */
void
distmgr_error(struct model *model, const struct event *event, uint32_t component)
{
	struct package_thread *thread;
	uint32_t i;

	if (dp_error(model, event, component))
		return;
	i = thread_heard(model, event, component, FIND_KNOWN);
	if (i == THREAD_NONE)
		return;
	thread = &model->threads[i];
	if (!thread->error[0])
		span_copy(event->message, thread->error, sizeof(thread->error));
	thread->bad |= event->detail != 0;
}

/* ---- what can be asked ---- */

const struct package_thread *
model_next_thread(const struct model *model, const struct package_thread *after)
{
	uint32_t i = after ? slots_next(&model->thread_slots, (uint32_t)(after - model->threads))
	                   : slots_first(&model->thread_slots, SLOTS_OPEN);

	return i == NAME_NONE ? NULL : &model->threads[i];
}

struct distribution
model_distribution(const struct model *model)
{
	struct distribution d = model->distribution;

	d.used = model->thread_slots.count[SLOTS_OPEN] + d.unseen;
	return d;
}

struct dp_upgrades
model_dp_upgrades(const struct model *model)
{
	return model->dp_upgrades;
}
