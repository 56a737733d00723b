/*
 * Whose a failure is that a line tells of: what the line itself names, what its
 * thread is at, or its component's alone.
 */
#include "model/failure_lines.h"

#include <string.h>

#include "model/distmgr/dp_table.h"
#include "model/records/failures.h"
#include "model/tables/main_threads.h"
#include "model/tables/places.h"
#include "model/distmgr/replication.h"
#include "model/sender/sender.h"
#include "model/transfers/transfer_table.h"

#define PACKAGE_ID 8 /* letters and digits */

/* Whether the thread's job is at it, or has only just ended. */
static bool
is_of_job(const struct model *model, uint32_t i, const struct event *event)
{
	return slots_where(&model->sender->slots, i) == SLOTS_OPEN
	       || (event->at != WHEN_NONE && model->sender->jobs[i].last != WHEN_NONE
	           && event->at - model->sender->jobs[i].last < CLOSE_BY);
}

static bool
blame_job(struct model *model, const struct event *event, uint32_t component, struct transition *h,
          enum failure_kind *kind)
{
	uint32_t i = slots_find(&model->sender->slots, component, event->thread);
	const struct job *job;

	if (i == NAME_NONE || !is_of_job(model, i, event))
		return false;
	job = &model->sender->jobs[i];
	*kind = job->kind == KIND_REPLICATION ? FAILURE_REPLICATION : FAILURE_SEND;
	h->site = job->site;
	h->package = job->package;
	h->version = job->version;
	h->attempt = job->attempt > 255 ? 255 : (uint8_t)job->attempt;
	memcpy(h->request, job->request, sizeof(h->request));
	if (!job_ended(job))
		job_blame(model, i, span_of(h->text));
	return true;
}

static bool
blame_dp(const struct model *model, const struct event *event, uint32_t component, struct transition *h,
         enum failure_kind *kind)
{
	uint32_t i = dp_at_work(model, component, event->thread);
	const struct package_thread *thread;

	if (i == NAME_NONE)
		return false;
	thread = dp_owner(model, i);
	*kind = FAILURE_DP;
	h->package = thread->package;
	h->version = thread->version;
	h->dp = model_dp(model, i)->server;
	return true;
}

static bool
blame_thread(struct model *model, const struct event *event, uint32_t component, struct transition *h,
             enum failure_kind *kind)
{
	uint32_t i = thread_open(model, component, event->thread);
	const struct package_thread *thread;

	if (i == THREAD_NONE)
		return false;
	thread = thread_row(model, i);
	thread_note_error(model, i, h->text);
	*kind = FAILURE_PACKAGE;
	h->package = thread->package;
	h->version = thread->version;
	return true;
}

/* The replication thread, and the package whose metadata it works on. What became of a DP, which it also takes in, is that DP's. */
static bool
blame_replication(const struct model *model, const struct event *event, uint32_t component, struct transition *h,
                  enum failure_kind *kind)
{
	if (thread_role(model, component, event->thread) != ROLE_REPLICATION || event_has_text(event, TEXT_DP))
		return false;
	*kind = FAILURE_REPLICATION;
	h->package = replication_package(model, component, event->thread);
	return true;
}

static bool
blame_transfer(struct model *model, const struct event *event, uint32_t component, struct transition *h,
               enum failure_kind *kind)
{
	uint32_t slot;
	struct transfer *transfer = transfer_of_thread(model, event, component, &slot);

	if (!transfer)
		return false;
	*kind = FAILURE_TRANSFER;
	h->package = transfer->package;
	h->version = transfer->version;
	h->dp = transfer->dp;
	if (!transfer->error[0])
		span_copy(span_of(h->text), transfer->error, sizeof(transfer->error));
	return true;
}

/* A main thread of the scheduler works on one package after the other, that of a sender on one request. */
static void
blame_main(struct model *model, const struct event *event, uint32_t component, struct transition *h)
{
	const struct main_thread *main = main_find(model, component, event->thread);

	if (!main || (event->family != FAMILY_SCHEDULER && event->family != FAMILY_SENDER))
		return;
	h->site = main->site;
	if (event->family == FAMILY_SCHEDULER)
		h->package = main->package;
	else
		memcpy(h->request, main->request, sizeof(h->request));
}

/* A package that is known, by its id anywhere in the text; NAME_NONE: none is named. */
static uint32_t
package_in(const struct model *model, struct span text)
{
	size_t start = 0;

	for (size_t i = 0; i <= text.size; i++) {
		bool word = i < text.size
		            && (is_digit(text.at[i]) || (to_lower(text.at[i]) >= 'a' && to_lower(text.at[i]) <= 'z'));
		uint32_t found;

		if (word)
			continue;
		if (i - start == PACKAGE_ID
		    && (found = model_package_named(model, span_part(text, start, PACKAGE_ID))) != NAME_NONE)
			return found;
		start = i + 1;
	}
	return NAME_NONE;
}

enum failure_kind
failure_owner(struct model *model, const struct event *event, uint32_t component, struct transition *h)
{
	enum failure_kind kind = FAILURE_COMPONENT;

	if (event->thread != 0 && !blame_job(model, event, component, h, &kind)
	    && !blame_dp(model, event, component, h, &kind) && !blame_thread(model, event, component, h, &kind)
	    && !blame_replication(model, event, component, h, &kind)
	    && !blame_transfer(model, event, component, h, &kind))
		blame_main(model, event, component, h);
	failure_names(model, event, h, &kind);
	if (h->package == NAME_NONE)
		h->package = package_in(model, span_of(h->text));
	return kind;
}

/* Its thread is at nothing that is known, so nobody else tells of what it says. */
bool
failure_is_nobodys(const struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i;

	if (event->thread == 0)
		return true;
	if ((i = slots_find(&model->sender->slots, component, event->thread)) != NAME_NONE)
		return !is_of_job(model, i, event);
	if (thread_open(model, component, event->thread) != THREAD_NONE)
		return false;
	if (dp_at_work(model, component, event->thread) != NAME_NONE
	    || thread_role(model, component, event->thread) == ROLE_REPLICATION)
		return false;
	return !transfer_of_thread(model, event, component, &i);
}
