/*
 * How runs of package threads are counted: done, failed or ended, each once. That
 * is decided here alone, and so is how their errors read.
 */
#include "model/state.h"

#include <stdio.h>

struct transition *
thread_tell(struct model *model, enum transition_kind kind, const struct event *event,
            const struct package_thread *thread)
{
	struct transition *h = transition_record(model, kind, event);

	h->package = thread->package;
	h->version = thread->version;
	h->thread = thread->thread;
	if (thread->started != WHEN_NONE && h->at != WHEN_NONE && h->at >= thread->started)
		h->seconds = (h->at - thread->started) / WHEN_SECOND;
	span_copy(span_of(thread->error), h->text, sizeof(h->text));
	return h;
}

/* ---- how a run is counted ---- */

/* Several packages in a row that fail with the same code tell of the distribution manager itself. */
static void
same_error(struct model *model, const struct package_thread *thread, const struct event *event)
{
	struct distribution *d = &model->distmgr.counts;
	uint32_t code = event_has_number(event, NUMBER_CODE) && event->detail == ERROR_BY_CODE
	                        ? (uint32_t)event->number[NUMBER_CODE]
	                        : 0;

	if (model->distmgr.stops)
		return;
	if (code == 0 || code != d->same_code)
		d->same_error = 0;
	d->same_code = code;
	for (uint32_t i = 0; i < d->same_error; i++)
		if (model->distmgr.same_packages[i] == thread->package)
			return;
	if (code != 0 && thread->package != NAME_NONE && d->same_error < SAME_CODE_MOST)
		model->distmgr.same_packages[d->same_error++] = thread->package;
}

void
run_uncount(struct model *model, struct thread_extra *extra)
{
	struct distribution *d = &model->distmgr.counts;

	d->done -= extra->verdict == VERDICT_DONE;
	d->failed -= extra->verdict == VERDICT_FAILED;
	d->ended -= extra->verdict == VERDICT_ENDED;
	extra->verdict = VERDICT_NONE;
}

/* A failure that was told when nobody knew whose it was: it is this run's. */
static bool
failure_owned(struct model *model, uint32_t i)
{
	struct failure *failure = failure_told(model, model->distmgr.threads.extras[i].failure);

	model->distmgr.threads.extras[i].failure = 0;
	if (!failure)
		return false;
	failure->kind = FAILURE_PACKAGE;
	failure->what.package = model->distmgr.threads.rows[i].package;
	failure->what.version = model->distmgr.threads.rows[i].version;
	return true;
}

void
run_failed(struct model *model, uint32_t i, const struct event *event, const char *text)
{
	struct package_thread *thread = &model->distmgr.threads.rows[i];
	struct thread_extra *extra = &model->distmgr.threads.extras[i];
	struct transition *h;

	if (!thread->error[0])
		span_copy(span_of(text), thread->error, sizeof(thread->error));
	if (extra->verdict == VERDICT_FAILED)
		return;
	run_uncount(model, extra);
	extra->verdict = VERDICT_FAILED;
	thread->bad = true;
	thread->good = false;
	model->distmgr.counts.failed++;
	same_error(model, thread, event);
	h = thread_tell(model, TRANSITION_PACKAGE_FAILED, event, thread);
	if (!failure_owned(model, i) && !failure_said(model, thread->thread, h->text))
		failure_record(model, h, FAILURE_PACKAGE, event, thread->component);
}

void
run_done(struct model *model, uint32_t i, const struct event *event)
{
	struct package_thread *thread = &model->distmgr.threads.rows[i];
	struct thread_extra *extra = &model->distmgr.threads.extras[i];

	thread->good = true;
	thread->bad = false;
	model->distmgr.counts.same_error = 0;
	if (extra->verdict == VERDICT_DONE)
		return;
	run_uncount(model, extra);
	extra->verdict = VERDICT_DONE;
	model->distmgr.counts.done++;
	thread_tell(model, TRANSITION_PACKAGE_DONE, event, thread);
}

void
run_ends(struct model *model, uint32_t i, const struct event *event)
{
	if (model->distmgr.threads.extras[i].verdict != VERDICT_NONE)
		return;
	model->distmgr.threads.extras[i].verdict = VERDICT_ENDED;
	model->distmgr.counts.ended++;
	thread_tell(model, TRANSITION_PACKAGE_ENDED, event, &model->distmgr.threads.rows[i]);
}

/* Its own exit line does not say how it went: what was said before does. */
void
run_judge(struct model *model, uint32_t i, const struct event *event)
{
	const struct package_thread *thread = &model->distmgr.threads.rows[i];
	const struct thread_extra *extra = &model->distmgr.threads.extras[i];

	if (extra->verdict != VERDICT_NONE)
		return;
	if (!thread->waits_for_content && extra->complete && !extra->dp_failed && dps_all_done(model, thread))
		run_done(model, i, event);
	else if (!thread->waits_for_content && extra->erred)
		run_failed(model, i, event, "");
	else
		run_ends(model, i, event);
}

/* ---- errors ---- */

struct failure *
failure_told(struct model *model, uint64_t number)
{
	const struct failure *failure;

	for (size_t i = 0; number > 0 && (failure = model_failure(model, i)); i++)
		if (failure->what.number == number)
			return (struct failure *)failure;
	return NULL;
}

#define SAID_LATELY 16 /* of the newest failures */

bool
failure_said(const struct model *model, uint32_t thread, const char *text)
{
	const struct failure *failure;

	for (size_t i = 0; i < SAID_LATELY && (failure = model_failure(model, i)); i++)
		if (failure->what.kind == TRANSITION_FAILURE && failure->what.thread == thread
		    && strcmp(failure->what.text, text) == 0)
			return true;
	return false;
}

/* Codes from 0x80000000 on are failures, and so is what the rule says is one; the rest may pass. */
bool
error_is_fatal(const struct event *event)
{
	if (event->detail != ERROR_BY_CODE)
		return event->detail == ERROR_FATAL || event->detail == ERROR_VAGUE;
	return event_has_number(event, NUMBER_CODE) && event->number[NUMBER_CODE] >> 31 == 1;
}

static const char *
status_says(unsigned id)
{
	switch (id) {
	case 2302: return "failed to process the package";
	case 2306: return "the source directory cannot be read";
	case 2321: return "failed to decompress the package";
	case 2328: return "failed to copy the package";
	default: return NULL;
	}
}

void
error_text(const struct event *event, char *out, size_t size)
{
	struct span from = event_text(event, TEXT_PATH), to = event_text(event, TEXT_SERVER);
	const char *says = status_says(event->status);
	char text[512];

	if (!says) {
		if (!status_text(event->message, out, size))
			span_copy(event->message, out, size);
		return;
	}
	snprintf(text, sizeof(text), "%s (status message %u)%s%.*s%s%.*s", says, (unsigned)event->status,
	         from.size ? ": " : "", (int)from.size, from.size ? from.at : "", to.size ? " to " : "", (int)to.size,
	         to.size ? to.at : "");
	span_copy(span_of(text), out, size);
}
