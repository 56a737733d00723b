/*
 * Finds the package thread that a line of the distribution manager is about, and
 * the package that this thread works on.
 */
#include "model/distmgr/thread_identity.h"

#include "model/distmgr/distmgr.h"
#include "model/distmgr/dp_binding.h"
#include "model/tables/main_threads.h"
#include "model/distmgr/package_queue.h"
#include "model/tables/places.h"
#include "model/tables/state.h"
#include "model/distmgr/thread_life.h"

static bool
may_begin(const struct model *model, const struct event *event, uint32_t component, uint32_t package)
{
	enum thread_role role = thread_role(model, component, event->thread);
	uint32_t dp = dp_running(model, component, event->thread);

	if (event->thread == 0 || is_main(model, component, event->thread) || role == ROLE_REPLICATION
	    || role == ROLE_OTHER)
		return false;
	/* A DP thread that speaks of its own package. */
	return dp == NAME_NONE
	       || (package != NAME_NONE
	           && model->distmgr->threads.rows[model->distmgr->dps.extras[dp].owner].package != package);
}

/* Another thread whose package is a guess, and this one; THREAD_NONE. */
static uint32_t
guessed_too(const struct model *model, uint32_t i, uint32_t package)
{
	const struct thread_table *threads = &model->distmgr->threads;

	for (uint32_t k = slots_first(&threads->slots, SLOTS_OPEN); k != NAME_NONE; k = slots_next(&threads->slots, k))
		if (k != i && threads->rows[k].package == package && threads->extras[k].guessed)
			return k;
	return THREAD_NONE;
}

/* Its own words name another package than was guessed: two guesses were the wrong way round, or one goes back to the queue. */
static void
guess_again(struct model *model, uint32_t i, uint32_t package)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t wrong = threads->rows[i].package, other = guessed_too(model, i, package);

	queue_take(model, package);
	if (other != THREAD_NONE) {
		threads->rows[other].package = wrong;
		threads->extras[other].queue_order = threads->extras[i].queue_order;
	} else if (wrong != NAME_NONE && threads->extras[i].queue_order) {
		queue_put(model, wrong, threads->extras[i].queue_order);
	}
}

/* Only its start takes a package out of the queue; a first line is one where the start was not seen, or is yet to come. */
static void
name_thread(struct model *model, uint32_t i, const struct event *event, uint32_t package, enum finding finding)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct package_thread *thread = &threads->rows[i];
	struct thread_extra *extra = &threads->extras[i];

	if (extra->guessed && thread->package != package)
		guess_again(model, i, package);
	else if (thread->package == NAME_NONE && finding == FIND_OR_OPEN && !thread->start_seen)
		queue_take(model, package);
	extra->guessed = false;
	if (thread->package != package && !thread->start_seen) {
		thread->package = package;
		dps_adopt(model, i, event);
	}
	thread->package = package;
}

static void
learn(struct model *model, uint32_t i, const struct event *event, uint32_t package, enum finding finding)
{
	struct package_thread *thread = &model->distmgr->threads.rows[i];
	uint64_t version = event_has_number(event, NUMBER_VERSION) ? event->number[NUMBER_VERSION] : 0;

	name_thread(model, i, event, package, finding);
	if (version > thread->version && version <= UINT32_MAX)
		thread->version = (uint32_t)version;
	package_seen(model, package, version, event->at, event->log);
}

/* It works on another package than was known: its number came back, and neither end nor start was seen. */
static bool
is_another(const struct model *model, uint32_t i, uint32_t package)
{
	const struct thread_table *threads = &model->distmgr->threads;

	return package != NAME_NONE && threads->rows[i].package != NAME_NONE && threads->rows[i].package != package
	       && !threads->extras[i].guessed;
}

uint32_t
thread_of_event(struct model *model, const struct event *event, uint32_t component, enum finding finding)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = thread_open(model, component, event->thread);
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));

	if (i != THREAD_NONE && finding != FIND_KNOWN && is_another(model, i, package))
		i = thread_begin(model, component, event->thread, false, event);
	if (i == THREAD_NONE) {
		if (finding == FIND_KNOWN || !may_begin(model, event, component, package))
			return THREAD_NONE;
		i = thread_begin(model, component, event->thread, false, event);
	}
	if (finding == FIND_OR_OPEN && threads->rows[i].package == NAME_NONE)
		threads->extras[i].complete = true;
	if (package != NAME_NONE && !is_another(model, i, package))
		learn(model, i, event, package, finding);
	thread_settle(model, i, event);
	return i;
}
