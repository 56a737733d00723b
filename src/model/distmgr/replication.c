/*
 * The replication thread: it takes in metadata of packages that came from
 * another site. It holds no package slot. What it fails at is a failure of
 * replication, one for each try, and belongs to the package that is named.
 */
#include "model/distmgr/replication.h"

#include "model/distmgr/distmgr.h"
#include "model/distmgr/distmgr_errors.h"
#include "model/records/failures.h"
#include "model/records/journal.h"
#include "model/tables/main_threads.h"
#include "model/tables/places.h"
#include "model/tables/state.h"
#include "model/distmgr/thread_identity.h"
#include "model/distmgr/thread_life.h"

static struct replicator *
replicator_of(struct model *model, uint32_t component, uint32_t thread)
{
	for (uint32_t i = 0; i < REPLICATORS_MOST; i++)
		if (model->distmgr->replication.rows[i].thread == thread
		    && model->distmgr->replication.rows[i].component == component)
			return &model->distmgr->replication.rows[i];
	return NULL;
}

uint32_t
replication_package(const struct model *model, uint32_t component, uint32_t thread)
{
	for (uint32_t i = 0; i < REPLICATORS_MOST; i++)
		if (model->distmgr->replication.rows[i].thread == thread
		    && model->distmgr->replication.rows[i].component == component)
			return model->distmgr->replication.rows[i].package;
	return NAME_NONE;
}

static struct replicator *
replicator_at(struct model *model, uint32_t component, uint32_t thread)
{
	struct replicator *found = replicator_of(model, component, thread);

	if (found)
		return found;
	found = &model->distmgr->replication.rows[model->distmgr->replication.next++ % REPLICATORS_MOST];
	*found = (struct replicator){ .component = component, .thread = thread, .package = NAME_NONE };
	return found;
}

void
replication_forget(struct model *model, uint32_t component)
{
	for (uint32_t i = 0; i < REPLICATORS_MOST; i++)
		if (model->distmgr->replication.rows[i].component == component)
			model->distmgr->replication.rows[i] =
				(struct replicator){ .component = NAME_NONE, .package = NAME_NONE };
}

void
distmgr_replication(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE)), i;
	struct replicator *replicator;

	if (event->detail == REPLICATION_THREAD) {
		thread_becomes(model, component, event->number[NUMBER_THREAD], ROLE_REPLICATION, event);
		return;
	}
	if (event->detail == REPLICATION_MAYBE && thread_role(model, component, event->thread) != ROLE_REPLICATION) {
		i = thread_of_event(model, event, component, FIND_KNOWN);
		if (i != THREAD_NONE)
			thread_leaves_phase(model, i, PHASE_PROCESSING, event->at);
		return;
	}
	thread_becomes(model, component, event->thread, ROLE_REPLICATION, event);
	replicator = replicator_at(model, component, event->thread);
	if (event->detail == REPLICATION_BEGINS || (package != NAME_NONE && package != replicator->package)) {
		replicator->package = package;
		replicator->failure = 0;
	}
	package_seen(model, package, event_has_number(event, NUMBER_VERSION) ? event->number[NUMBER_VERSION] : 0,
	             event->at, event->log);
	if (event->detail == REPLICATION_ENDS)
		*replicator =
			(struct replicator){ .component = component, .thread = event->thread, .package = NAME_NONE };
}

/* The first line tells why; later ones of the same try may name the package, or the code. */
static void
tell(struct model *model, struct replicator *replicator, const struct event *event, uint32_t component)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	struct failure *failure = failure_told(model, replicator->failure);
	struct transition *transition;

	if (package != NAME_NONE)
		replicator->package = package;
	if (replicator->failure && failure) {
		if (failure->what.package == NAME_NONE)
			failure->what.package = replicator->package;
		if (!failure->coded && event_has_number(event, NUMBER_CODE)
		    && event->number[NUMBER_CODE] <= UINT32_MAX) {
			failure->code = (uint32_t)event->number[NUMBER_CODE];
			failure->coded = true;
		}
		return;
	}
	transition = transition_record(model, TRANSITION_FAILURE, event);
	transition->package = replicator->package;
	error_text(event, transition->text, sizeof(transition->text));
	failure_record(model, transition, FAILURE_REPLICATION, event, component);
	replicator->failure = transition->number;
}

bool
replication_failed(struct model *model, const struct event *event, uint32_t component)
{
	bool main = is_main(model, component, event->thread) && replicator_of(model, component, event->thread);

	if (!main && thread_role(model, component, event->thread) != ROLE_REPLICATION)
		return false;
	tell(model, replicator_at(model, component, event->thread), event, component);
	return true;
}
