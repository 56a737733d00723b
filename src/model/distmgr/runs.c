/*
 * How runs of package threads are counted: done, failed or ended, each once. That
 * is decided here alone.
 */
#include "model/distmgr/runs.h"

#include "model/distmgr/distmgr.h"
#include "model/distmgr/distmgr_errors.h"
#include "model/records/failures.h"
#include "model/tables/state.h"

/* Several packages in a row that fail with the same code tell of the distribution manager itself. */
static void
same_error(struct model *model, const struct package_thread *thread, const struct event *event)
{
	struct distribution *d = &model->distmgr->counts;
	uint32_t code = event_has_number(event, NUMBER_CODE) && event->detail == ERROR_BY_CODE
	                        ? (uint32_t)event->number[NUMBER_CODE]
	                        : 0;

	if (model->distmgr->stops)
		return;
	if (code == 0 || code != d->same_code)
		d->same_error = 0;
	d->same_code = code;
	for (uint32_t i = 0; i < d->same_error; i++)
		if (model->distmgr->same_packages[i] == thread->package)
			return;
	if (code != 0 && thread->package != NAME_NONE && d->same_error < SAME_CODE_MOST)
		model->distmgr->same_packages[d->same_error++] = thread->package;
}

void
run_uncount(struct model *model, struct thread_extra *extra)
{
	struct distribution *d = &model->distmgr->counts;

	d->done -= extra->verdict == VERDICT_DONE;
	d->failed -= extra->verdict == VERDICT_FAILED;
	d->ended -= extra->verdict == VERDICT_ENDED;
	extra->verdict = VERDICT_NONE;
}

/* A failure that was told when nobody knew whose it was: it is this run's. */
static bool
failure_owned(struct model *model, uint32_t i)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct failure *failure = failure_told(model, threads->extras[i].failure);

	threads->extras[i].failure = 0;
	if (!failure)
		return false;
	failure->kind = FAILURE_PACKAGE;
	failure->what.package = threads->rows[i].package;
	failure->what.version = threads->rows[i].version;
	return true;
}

void
run_failed(struct model *model, uint32_t i, const struct event *event, const char *text)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct package_thread *thread = &threads->rows[i];
	struct thread_extra *extra = &threads->extras[i];
	struct transition *transition;

	if (!thread->error[0])
		span_copy(span_of(text), thread->error, sizeof(thread->error));
	if (extra->verdict == VERDICT_FAILED)
		return;
	run_uncount(model, extra);
	extra->verdict = VERDICT_FAILED;
	thread->bad = true;
	model->distmgr->counts.failed++;
	same_error(model, thread, event);
	transition = thread_tell(model, TRANSITION_PACKAGE_FAILED, event, thread);
	if (!failure_owned(model, i) && !failure_known(model, thread->thread, transition->text))
		failure_record(model, transition, FAILURE_PACKAGE, event, thread->component);
}

void
run_done(struct model *model, uint32_t i, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	struct package_thread *thread = &threads->rows[i];
	struct thread_extra *extra = &threads->extras[i];

	thread->bad = false;
	model->distmgr->counts.same_error = 0;
	if (extra->verdict == VERDICT_DONE)
		return;
	run_uncount(model, extra);
	extra->verdict = VERDICT_DONE;
	model->distmgr->counts.done++;
	thread_tell(model, TRANSITION_PACKAGE_DONE, event, thread);
}

void
run_ends(struct model *model, uint32_t i, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;

	if (threads->extras[i].verdict != VERDICT_NONE)
		return;
	threads->extras[i].verdict = VERDICT_ENDED;
	model->distmgr->counts.ended++;
	thread_tell(model, TRANSITION_PACKAGE_ENDED, event, &threads->rows[i]);
}

/* Its own exit line does not say how it went: what was said before does. */
void
run_judge(struct model *model, uint32_t i, const struct event *event)
{
	struct thread_table *threads = &model->distmgr->threads;
	const struct package_thread *thread = &threads->rows[i];
	const struct thread_extra *extra = &threads->extras[i];

	if (extra->verdict != VERDICT_NONE)
		return;
	if (!thread->waits_for_content && extra->complete && !extra->dp_failed && dps_all_done(model, i))
		run_done(model, i, event);
	else if (!thread->waits_for_content && extra->erred)
		run_failed(model, i, event, "");
	else
		run_ends(model, i, event);
}
