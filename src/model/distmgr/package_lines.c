/*
 * Lines of package threads: their phases, sizes of packages, sends that fall due,
 * and status messages about the result of a run.
 */
#include "model/distmgr/package_lines.h"

#include "model/distmgr/distmgr.h"
#include "model/distmgr/distmgr_errors.h"
#include "model/distmgr/dp_outcome.h"
#include "model/sender/due.h"
#include "model/records/failures.h"
#include "model/records/journal.h"
#include "model/tables/main_threads.h"
#include "model/sender/package_files.h"
#include "model/tables/places.h"
#include "model/distmgr/replication.h"
#include "model/distmgr/runs.h"
#include "model/tables/state.h"
#include "model/distmgr/thread_identity.h"
#include "model/distmgr/thread_life.h"

/* What does not name its package is kept of a thread that nobody knows: its name may follow. */
void
distmgr_phase(struct model *model, const struct event *event, uint32_t component)
{
	bool names = event_has_text(event, TEXT_PACKAGE), opens = event->detail == PHASE_PROCESSING;
	uint32_t i = thread_of_event(model, event, component,
	                             !names  ? FIND_KNOWN
	                             : opens ? FIND_OR_OPEN
	                                     : FIND_OR_BEGIN);

	if (i == THREAD_NONE && !names && dp_running(model, component, event->thread) == NAME_NONE)
		i = thread_stray(model, event, component);
	if (i == THREAD_NONE)
		return;
	model->distmgr->threads.rows[i].waits_for_content |= event->detail == PHASE_CONTENT;
	thread_leaves_phase(model, i, (enum phase)event->detail, event->at);
}

/* At the receiving site, by whatever thread: that takes no slot. */
void
distmgr_waits(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_of_event(model, event, component, FIND_KNOWN);

	package_seen(model, package_at(model, event_text(event, TEXT_PACKAGE)), 0, event->at, event->log);
	if (i == THREAD_NONE)
		return;
	model->distmgr->threads.rows[i].waits_for_content = true;
	thread_leaves_phase(model, i, PHASE_CONTENT, event->at);
}

static int64_t
kbytes_of(const struct event *event)
{
	return event->number[NUMBER_KBYTES] <= INT64_MAX / 2048 ? (int64_t)event->number[NUMBER_KBYTES] : -1;
}

void
distmgr_size(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	uint64_t version = event_has_number(event, NUMBER_VERSION) ? event->number[NUMBER_VERSION] : 0;

	thread_of_event(model, event, component, FIND_OR_BEGIN);
	if (package == NAME_NONE || version > UINT32_MAX)
		return;
	file_at(model, package, (uint32_t)version, 0)->kbytes = kbytes_of(event);
	package_seen(model, package, version, event->at, event->log);
	model->places->packages[package].kbytes = kbytes_of(event);
}

void
distmgr_compressed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_of_event(model, event, component, FIND_OR_BEGIN);
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));

	if (package == NAME_NONE)
		return;
	file_at(model, package, i == THREAD_NONE ? 0 : model->distmgr->threads.rows[i].version, 0)->compressed =
		kbytes_of(event);
	model->places->packages[package].compressed = kbytes_of(event);
}

static void
learn_name(struct model *model, const struct event *event)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));

	if (package != NAME_NONE && event_has_text(event, TEXT_NAME))
		span_copy(event->text[TEXT_NAME], model->places->packages[package].name,
		          sizeof(model->places->packages[package].name));
}

/* Status message 2300: its thread has begun. */
void
distmgr_name(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_of_event(model, event, component,
	                             event_has_text(event, TEXT_PACKAGE) ? FIND_OR_OPEN : FIND_KNOWN);

	learn_name(model, event);
	if (i != THREAD_NONE && model->distmgr->threads.rows[i].phase == PHASE_STARTING)
		thread_leaves_phase(model, i, PHASE_PROCESSING, event->at);
}

/*
 * The run that a status message 2301 or 2302 is about: that of its thread, of the
 * DP thread that says it, or of its package. THREAD_NONE: none that is known.
 */
static uint32_t
run_of(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct dp_table *dps = &model->distmgr->dps;
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE)),
		 dp = dp_running(model, component, event->thread);
	uint32_t i = thread_open(model, component, event->thread);

	if (i != THREAD_NONE
	    && (package == NAME_NONE || threads->rows[i].package == package || threads->rows[i].package == NAME_NONE
	        || threads->extras[i].guessed))
		return thread_of_event(model, event, component, FIND_OR_BEGIN);
	if (dp != NAME_NONE && (package == NAME_NONE || threads->rows[dps->extras[dp].owner].package == package))
		return dps->extras[dp].owner;
	return thread_on(model, package);
}

/* The status message came after the exit line. */
static uint32_t
ended_run_of(const struct model *model, const struct event *event, uint32_t component)
{
	const struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = slots_find(&threads->slots, component, event->thread);

	if (i == NAME_NONE || threads->extras[i].role != ROLE_NONE || !times_near(threads->extras[i].ended, event->at))
		return THREAD_NONE;
	if (threads->extras[i].verdict == VERDICT_NONE || threads->rows[i].package == NAME_NONE
	    || !span_is_nocase(span_of(model->places->packages[threads->rows[i].package].id),
	                       event_text(event, TEXT_PACKAGE)))
		return THREAD_NONE;
	return i;
}

static uint32_t
run_found(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = run_of(model, event, component);

	if (i == THREAD_NONE)
		i = ended_run_of(model, event, component);
	return i == THREAD_NONE && event_has_text(event, TEXT_PACKAGE)
	               ? thread_of_event(model, event, component, FIND_OR_BEGIN)
	               : i;
}

/* A run whose thread is not known was done none the less. */
static void
done_unseen(struct model *model, const struct event *event)
{
	model->distmgr->counts.done++;
	model->distmgr->counts.same_error = 0;
	transition_record(model, TRANSITION_PACKAGE_DONE, event)->package =
		package_at(model, event_text(event, TEXT_PACKAGE));
}

void
distmgr_good(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i;

	learn_name(model, event);
	if (thread_role(model, component, event->thread) == ROLE_REPLICATION)
		return;
	i = run_found(model, event, component);
	if (i == THREAD_NONE)
		done_unseen(model, event);
	else
		run_done(model, i, event);
}

/* A run whose thread is not known has failed none the less. */
static void
failed_unseen(struct model *model, const struct event *event, uint32_t component)
{
	struct transition *transition = transition_record(model, TRANSITION_PACKAGE_FAILED, event);

	model->distmgr->counts.failed++;
	transition->package = package_at(model, event_text(event, TEXT_PACKAGE));
	error_text(event, transition->text, sizeof(transition->text));
	failure_record(model, transition, FAILURE_PACKAGE, event, component);
}

void
distmgr_bad(struct model *model, const struct event *event, uint32_t component)
{
	struct thread_table *threads = &model->distmgr->threads;
	char text[200];
	uint32_t i;

	learn_name(model, event);
	if (replication_failed(model, event, component))
		return;
	i = run_found(model, event, component);
	if (i == THREAD_NONE) {
		failed_unseen(model, event, component);
		return;
	}
	error_text(event, text, sizeof(text));
	run_failed(model, i, event, text);
	threads->extras[i].refused = true;
	if (threads->rows[i].open)
		dps_refused(model, i, event);
}

#define TIME_SLIP 16 /* milliseconds: records of two threads may be so far out of order */

/*
 * Its exit line came after a reading that had left it out already: then another
 * was taken for gone, or for the only one, instead, and that is in use still.
 */
static void
exits_late(struct model *model, uint32_t i, const struct event *event, bool known)
{
	const struct thread_extra *extra = &model->distmgr->threads.extras[i];
	int64_t late;

	if (event->at == WHEN_NONE || model->distmgr->reading.at == WHEN_NONE)
		return;
	late = event->at - model->distmgr->reading.at;
	if (late >= WHEN_SECOND || model->distmgr->reading.event == 0 || extra->lost_in == model->distmgr->reading.event
	    || (known && extra->first != WHEN_NONE && extra->first >= model->distmgr->reading.at))
		return;
	if (known && thread_found(model))
		return;
	if (late <= (known && model->distmgr->reading.first ? 0 : TIME_SLIP) && (known || extra->took_unseen))
		model->distmgr->counts.unseen++;
}

void
distmgr_exit(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_open(model, component, event->thread);
	bool known = i != THREAD_NONE;

	if (!known && is_main(model, component, event->thread))
		return;
	if (!known || event_has_text(event, TEXT_PACKAGE))
		i = thread_of_event(model, event, component, FIND_OR_BEGIN);
	if (i == THREAD_NONE)
		return;
	thread_end(model, i, event, true);
	exits_late(model, i, event, known);
}

/* The newest minijob says which file the package's sends carry from now on. */
static void
learn_file(struct model *model, uint32_t package, struct span path)
{
	struct file_content content;

	if (package == NAME_NONE || !file_content(path, &content)
	    || !span_is_nocase(span_of(model->places->packages[package].id), content.package))
		return;
	package_seen(model, package, content.version, WHEN_NONE, 0);
	model->places->packages[package].file_version = content.version;
	model->places->packages[package].file_from = content.delta_from;
}

void
distmgr_due(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	uint32_t i = thread_of_event(model, event, component, FIND_OR_BEGIN);

	if (i != THREAD_NONE)
		thread_leaves_phase(model, i, PHASE_MINIJOBS, event->at);
	model->distmgr->counts.same_error = 0;
	package_seen(model, package, 0, event->at, event->log);
	learn_file(model, package, event_text(event, TEXT_PATH));
	due_falls(model, package, site_at(model, event_text(event, TEXT_SITE)), event);
}
