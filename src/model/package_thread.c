/*
 * The life of a package processing thread, from its first word to its end, and
 * what a thread number of the distribution manager stands for.
 */
#include "model/state.h"

static bool
is_open(const struct model *model, uint32_t i)
{
	return slots_where(&model->distmgr.threads.slots, i) == SLOTS_OPEN;
}

enum thread_role
thread_role(const struct model *model, uint32_t component, uint32_t number)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, number);

	return i == NAME_NONE ? ROLE_NONE : (enum thread_role)model->distmgr.threads.extras[i].role;
}

uint32_t
thread_open(const struct model *model, uint32_t component, uint32_t number)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, number);

	return i != NAME_NONE && is_open(model, i) ? i : THREAD_NONE;
}

uint32_t
thread_on(const struct model *model, uint32_t package)
{
	for (uint32_t i = slots_first(&model->distmgr.threads.slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->distmgr.threads.slots, i))
		if (package != NAME_NONE && model->distmgr.threads.rows[i].package == package)
			return i;
	return THREAD_NONE;
}

/* ---- phases, and how long threads are silent in them ---- */

void
thread_leaves_phase(struct model *model, uint32_t i, enum phase next, int64_t at)
{
	struct package_thread *thread = &model->distmgr.threads.rows[i];
	struct silences *silences = &model->distmgr.threads.silences[thread->phase];

	if (thread->phase == next)
		return;
	silences->package[silences->count % SILENCES_KEPT] = thread->package;
	silences->longest[silences->count++ % SILENCES_KEPT] = model->distmgr.threads.extras[i].pause;
	model->distmgr.threads.extras[i].pause = 0;
	thread->phase = (uint8_t)next;
	thread->since = at;
}

static void
speaks(struct model *model, uint32_t i, const struct event *event)
{
	struct package_thread *thread = &model->distmgr.threads.rows[i];
	int64_t *pause = &model->distmgr.threads.extras[i].pause;

	thread->spoke = model->events;
	if (event->at == WHEN_NONE)
		return;
	if (thread->last != WHEN_NONE && event->at - thread->last > *pause)
		*pause = event->at - thread->last;
	if (thread->last == WHEN_NONE || event->at > thread->last)
		thread->last = event->at;
}

/* ---- beginning ---- */

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
	return times_near(model->distmgr.threads.extras[i].first, event->at);
}

uint32_t
thread_most_silent(const struct model *model)
{
	uint32_t found = THREAD_NONE;

	for (uint32_t i = slots_first(&model->distmgr.threads.slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->distmgr.threads.slots, i))
		if (found == THREAD_NONE
		    || model->distmgr.threads.rows[i].spoke < model->distmgr.threads.rows[found].spoke)
			found = i;
	return found;
}

/* A record for this number, whatever it was used for before. */
static uint32_t
take_record(struct model *model, uint32_t component, uint32_t number, const struct event *event)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, number);

	if (i != NAME_NONE && is_open(model, i))
		thread_end(model, i, event, false);
	if (i == NAME_NONE && model->distmgr.threads.slots.count[SLOTS_OPEN] == model->limits.threads) {
		model->truncation->lost.threads++;
		thread_end(model, thread_most_silent(model), event, false);
	}
	i = slots_take(&model->distmgr.threads.slots, component, number);
	dps_close(model, &model->distmgr.threads.rows[i], event); /* of one that was lost */
	return i;
}

static struct package_thread
new_thread(struct model *model, uint32_t component, uint32_t number, const struct event *event)
{
	return (struct package_thread){
		.thread = number,
		.component = component,
		.package = NAME_NONE,
		.started = WHEN_NONE,
		.since = event->at,
		.last = event->at,
		.first_dp = NAME_NONE,
		.last_dp = NAME_NONE,
		.serial = ++model->serials,
		.spoke = model->events,
	};
}

/* What was said on this number before anybody knew what it is counts for what it turns out to be. */
static void
open_record(struct model *model, uint32_t i, bool born, const struct event *event)
{
	struct package_thread *thread = &model->distmgr.threads.rows[i];
	struct thread_extra *extra = &model->distmgr.threads.extras[i];

	extra->role = ROLE_PACKAGE;
	thread->open = true;
	thread->born = born;
	thread->started = born ? event->at : WHEN_NONE;
	slots_put(&model->distmgr.threads.slots, i, SLOTS_OPEN);
	if (!born && model->distmgr.counts.unseen > 0) {
		model->distmgr.counts.unseen--; /* it is one of those that were counted without being known */
		extra->took_unseen = true;
	}
}

#define STALE (10 * WHEN_MINUTE)

/* After an error a thread does not go on for long: what failed was another one with the same number. */
static bool
is_stale(const struct model *model, uint32_t i, const struct event *event)
{
	const struct thread_extra *extra = &model->distmgr.threads.extras[i];

	return extra->dp_named
	       || (extra->erred && event->at != WHEN_NONE && extra->first != WHEN_NONE
	           && event->at - extra->first > STALE);
}

uint32_t
thread_begin(struct model *model, uint32_t component, uint32_t number, bool born, const struct event *event)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, number);

	dp_number_taken(model, component, number, event);
	if (i == NAME_NONE || model->distmgr.threads.extras[i].role != ROLE_STRAY || is_stale(model, i, event)) {
		i = take_record(model, component, number, event);
		model->distmgr.threads.rows[i] = new_thread(model, component, number, event);
		model->distmgr.threads.extras[i] =
			(struct thread_extra){ .first = event->at, .ended = WHEN_NONE, .complete = born };
	}
	open_record(model, i, born, event);
	return i;
}

void
thread_settle(struct model *model, uint32_t i, const struct event *event)
{
	if (model->distmgr.threads.extras[i].fatal)
		run_failed(model, i, event, "");
	model->distmgr.threads.extras[i].fatal = false;
}

uint32_t
thread_stray(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, event->thread);

	if (event->thread == 0 || is_main(model, component, event->thread))
		return THREAD_NONE;
	if (i != NAME_NONE && model->distmgr.threads.extras[i].role == ROLE_STRAY)
		return i;
	if (i != NAME_NONE && (is_open(model, i) || model->distmgr.threads.extras[i].role != ROLE_NONE))
		return THREAD_NONE;
	if (i == NAME_NONE && model->distmgr.threads.slots.count[SLOTS_OPEN] == model->limits.threads)
		return THREAD_NONE;
	i = slots_take(&model->distmgr.threads.slots, component, event->thread);
	dps_close(model, &model->distmgr.threads.rows[i], event);
	model->distmgr.threads.rows[i] = new_thread(model, component, event->thread, event);
	model->distmgr.threads.extras[i] =
		(struct thread_extra){ .role = ROLE_STRAY, .first = event->at, .ended = WHEN_NONE };
	slots_put(&model->distmgr.threads.slots, i, SLOTS_ENDED);
	return i;
}

/* ---- hearing ---- */

static void
come_back(struct model *model, uint32_t i)
{
	struct thread_extra *extra = &model->distmgr.threads.extras[i];

	if (extra->verdict == VERDICT_ENDED)
		run_uncount(model, extra);
	extra->role = ROLE_PACKAGE;
	model->distmgr.threads.rows[i].open = true;
	slots_put(&model->distmgr.threads.slots, i, SLOTS_OPEN);
	if (model->distmgr.counts.unseen > 0)
		model->distmgr.counts.unseen--;
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
	struct package_thread *thread = &model->distmgr.threads.rows[i];

	model->distmgr.threads.extras[i].erred = true;
	if (!thread->error[0])
		error_text(event, thread->error, sizeof(thread->error));
}

/* Whatever a known thread says is a sign of life, of a DP thread also for the package thread that waits for it. */
void
distmgr_spoke(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, event->thread), dp;

	if (i != NAME_NONE && model->distmgr.threads.extras[i].role == ROLE_LOST && event->kind != EVENT_REPLICATION)
		come_back(model, i);
	if (i != NAME_NONE && is_open(model, i)) {
		speaks(model, i, event);
		dps_heard(model, i, event);
		if (tells_error(event))
			keep_error(model, i, event);
		return;
	}
	if (i != NAME_NONE && model->distmgr.threads.extras[i].role == ROLE_REPLICATION && tells_error(event)
	    && !event_has_text(event, TEXT_DP))
		replication_failed(model, event, component);
	if (i != NAME_NONE && model->distmgr.threads.extras[i].role != ROLE_NONE)
		slots_put(&model->distmgr.threads.slots, i, SLOTS_ENDED); /* the others are forgotten before it */
	dp = dp_running(model, component, event->thread);
	if (dp == NAME_NONE)
		return;
	speaks(model, model->distmgr.dps.extras[dp].owner, event);
	if (tells_error(event)) {
		model->distmgr.dps.extras[dp].erred = true;
		if (!model->distmgr.dps.rows[dp].text[0])
			error_text(event, model->distmgr.dps.rows[dp].text, sizeof(model->distmgr.dps.rows[dp].text));
	}
}

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
	           && model->distmgr.threads.rows[model->distmgr.dps.extras[dp].owner].package != package);
}

/* Another thread whose package is a guess, and this one; THREAD_NONE. */
static uint32_t
guessed_too(const struct model *model, uint32_t i, uint32_t package)
{
	for (uint32_t k = slots_first(&model->distmgr.threads.slots, SLOTS_OPEN); k != NAME_NONE;
	     k = slots_next(&model->distmgr.threads.slots, k))
		if (k != i && model->distmgr.threads.rows[k].package == package
		    && model->distmgr.threads.extras[k].guessed)
			return k;
	return THREAD_NONE;
}

/* Its own words name another package than was guessed: two guesses were the wrong way round, or one goes back to the queue. */
static void
guess_again(struct model *model, uint32_t i, uint32_t package)
{
	uint32_t wrong = model->distmgr.threads.rows[i].package, other = guessed_too(model, i, package);

	queue_take(model, package);
	if (other != THREAD_NONE) {
		model->distmgr.threads.rows[other].package = wrong;
		model->distmgr.threads.extras[other].queue_order = model->distmgr.threads.extras[i].queue_order;
	} else if (wrong != NAME_NONE && model->distmgr.threads.extras[i].queue_order) {
		queue_put(model, wrong, model->distmgr.threads.extras[i].queue_order);
	}
}

/* Only its start takes a package out of the queue; a first line is one where the start was not seen, or is yet to come. */
static void
name_thread(struct model *model, uint32_t i, const struct event *event, uint32_t package, enum finding finding)
{
	struct package_thread *thread = &model->distmgr.threads.rows[i];
	struct thread_extra *extra = &model->distmgr.threads.extras[i];

	if (extra->guessed && thread->package != package)
		guess_again(model, i, package);
	else if (thread->package == NAME_NONE && finding == FIND_OR_OPEN && !thread->born)
		queue_take(model, package);
	extra->guessed = false;
	if (thread->package != package && !thread->born) {
		thread->package = package;
		dps_adopt(model, i, event);
	}
	thread->package = package;
}

static void
learn(struct model *model, uint32_t i, const struct event *event, uint32_t package, enum finding finding)
{
	struct package_thread *thread = &model->distmgr.threads.rows[i];
	uint64_t version = event_has_number(event, NUMBER_VERSION) ? event->number[NUMBER_VERSION] : 0;

	name_thread(model, i, event, package, finding);
	if (version > thread->version && version <= UINT32_MAX)
		thread->version = (uint32_t)version;
	package_seen(model, package, version, event->at);
}

/* It works on another package than was known: its number came back, and neither end nor start was seen. */
static bool
is_another(const struct model *model, uint32_t i, uint32_t package)
{
	return package != NAME_NONE && model->distmgr.threads.rows[i].package != NAME_NONE
	       && model->distmgr.threads.rows[i].package != package && !model->distmgr.threads.extras[i].guessed;
}

uint32_t
thread_heard(struct model *model, const struct event *event, uint32_t component, enum finding finding)
{
	uint32_t i = thread_open(model, component, event->thread);
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));

	if (i != THREAD_NONE && finding != FIND_KNOWN && is_another(model, i, package))
		i = thread_begin(model, component, event->thread, false, event);
	if (i == THREAD_NONE) {
		if (finding == FIND_KNOWN || !may_begin(model, event, component, package))
			return THREAD_NONE;
		i = thread_begin(model, component, event->thread, false, event);
	}
	if (finding == FIND_OR_OPEN && model->distmgr.threads.rows[i].package == NAME_NONE)
		model->distmgr.threads.extras[i].complete = true;
	if (package != NAME_NONE && !is_another(model, i, package))
		learn(model, i, event, package, finding);
	thread_settle(model, i, event);
	return i;
}

/* ---- the end ---- */

/* `said`: its own exit line; else it is gone without one. */
void
thread_end(struct model *model, uint32_t i, const struct event *event, bool said)
{
	struct package_thread *thread = &model->distmgr.threads.rows[i];
	struct thread_extra *extra = &model->distmgr.threads.extras[i];

	if (said)
		run_judge(model, i, event);
	else
		run_ends(model, i, event);
	thread_leaves_phase(model, i, PHASE_STARTING, event->at);
	dps_close(model, thread, event);
	thread->open = false;
	extra->dp_announced = false;
	extra->role = ROLE_NONE;
	extra->ended = event->at;
	slots_put(&model->distmgr.threads.slots, i, SLOTS_ENDED);
}

/* It keeps its DPs, as it may yet speak again. */
void
thread_lose(struct model *model, uint32_t i, const struct event *event)
{
	run_ends(model, i, event);
	model->distmgr.threads.rows[i].open = false;
	model->distmgr.threads.extras[i].role = ROLE_LOST;
	model->distmgr.threads.extras[i].lost_in = model->events;
	slots_put(&model->distmgr.threads.slots, i, SLOTS_ENDED);
}

bool
thread_found(struct model *model)
{
	uint32_t found = THREAD_NONE;

	for (uint32_t i = slots_first(&model->distmgr.threads.slots, SLOTS_ENDED); i != NAME_NONE;
	     i = slots_next(&model->distmgr.threads.slots, i))
		if (model->distmgr.reading.event > 0 && model->distmgr.threads.extras[i].role == ROLE_LOST
		    && model->distmgr.threads.extras[i].lost_in == model->distmgr.reading.event
		    && (found == THREAD_NONE
		        || model->distmgr.threads.rows[i].spoke > model->distmgr.threads.rows[found].spoke))
			found = i;
	if (found != THREAD_NONE)
		come_back(model, found);
	return found != THREAD_NONE;
}

/* What it did until now was a run of its own where its start was seen; else it never was one. */
void
thread_drop(struct model *model, uint32_t i, enum thread_role role, const struct event *event)
{
	struct thread_extra *extra = &model->distmgr.threads.extras[i];

	if (is_open(model, i) && (model->distmgr.threads.rows[i].born || extra->verdict != VERDICT_NONE))
		thread_end(model, i, event, false);
	else if (is_open(model, i))
		model->distmgr.counts.unseen += extra->took_unseen;
	dps_close(model, &model->distmgr.threads.rows[i], event);
	model->distmgr.threads.rows[i].open = false;
	*extra = (struct thread_extra){ .role = (uint8_t)role, .first = event->at, .ended = WHEN_NONE };
	slots_put(&model->distmgr.threads.slots, i, SLOTS_ENDED);
}

void
threads_interrupt(struct model *model, uint32_t component, const struct event *event)
{
	uint32_t next;

	for (uint32_t i = slots_first(&model->distmgr.threads.slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		next = slots_next(&model->distmgr.threads.slots, i);
		if (model->distmgr.threads.rows[i].component == component)
			thread_end(model, i, event, false);
	}
	for (uint32_t i = slots_first(&model->distmgr.threads.slots, SLOTS_ENDED); i != NAME_NONE; i = next) {
		next = slots_next(&model->distmgr.threads.slots, i);
		if (model->distmgr.threads.rows[i].component != component)
			continue;
		dps_close(model, &model->distmgr.threads.rows[i], event);
		model->distmgr.threads.extras[i].role = ROLE_NONE;
	}
}
