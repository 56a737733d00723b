/*
 * Errors that threads of the distribution manager tell of: of replication, of a
 * distribution point, of a package, or of a thread of which nothing is known yet.
 */
#include "model/distmgr/package_errors.h"

#include "model/distmgr/distmgr.h"
#include "model/distmgr/distmgr_errors.h"
#include "model/distmgr/dps.h"
#include "model/records/failures.h"
#include "model/records/journal.h"
#include "model/distmgr/replication.h"
#include "model/distmgr/runs.h"
#include "model/tables/state.h"
#include "model/distmgr/thread_identity.h"
#include "model/distmgr/thread_life.h"

/* Nobody knows whose it is: the component's, until its thread is known. */
static void
stray_error(struct model *model, const struct event *event, uint32_t component, const char *text)
{
	struct thread_table *threads = &model->distmgr->threads;
	uint32_t i = thread_stray(model, event, component);
	enum failure_kind kind = FAILURE_COMPONENT;
	struct transition *transition;

	if (i != THREAD_NONE)
		thread_keep_error(model, i, text);
	if (!error_is_fatal(event) || (i != THREAD_NONE && threads->extras[i].fatal))
		return;
	transition = transition_record(model, TRANSITION_FAILURE, event);
	failure_names(model, event, transition, &kind);
	span_copy(span_of(text), transition->text, sizeof(transition->text));
	failure_record(model, transition, kind, event, component);
	if (i == THREAD_NONE)
		return;
	threads->extras[i].fatal = true;
	threads->extras[i].failure = transition->number;
}

/* A DP that fails does not fail its package. */
void
distmgr_error(struct model *model, const struct event *event, uint32_t component)
{
	bool names = event_has_text(event, TEXT_PACKAGE) && !event_has_text(event, TEXT_DP) && error_is_fatal(event);
	char text[200];
	uint32_t i;

	if (event_has_number(event, NUMBER_CODE) && event->number[NUMBER_CODE] == 0
	    && (event->detail == ERROR_BY_CODE || event->detail == ERROR_BY_SYSTEM))
		return;
	if (replication_failed(model, event, component) || dp_error(model, event, component))
		return;
	error_text(event, text, sizeof(text));
	i = thread_of_event(model, event, component, names ? FIND_OR_BEGIN : FIND_KNOWN);
	if (i == THREAD_NONE) {
		stray_error(model, event, component, text);
		return;
	}
	thread_keep_error(model, i, text);
	if (error_is_fatal(event) && model->distmgr->threads.extras[i].verdict != VERDICT_DONE)
		run_failed(model, i, event, text);
}

/* Only a package thread that is known says it of its own package. */
void
distmgr_replication_error(struct model *model, const struct event *event, uint32_t component)
{
	if (thread_open(model, component, event->thread) != THREAD_NONE) {
		distmgr_error(model, event, component);
		return;
	}
	if (event->thread == 0)
		return;
	thread_becomes(model, component, event->thread, ROLE_REPLICATION, event);
	replication_failed(model, event, component);
}
