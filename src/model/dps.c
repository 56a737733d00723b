/*
 * Which DP a line of distmgr.log is about, and what it says of it. Where the log
 * does not announce DP threads, as that of 2007, they are known by the DP that
 * they name.
 */
#include "model/state.h"

/* ---- whose line it is ---- */

/* The number's DP: one that runs, or that ended after this line was written. */
static uint32_t
row_speaking(const struct model *model, const struct event *event, uint32_t component)
{
	uint32_t row = dp_row_of(model, component, event->thread);
	int64_t ended;

	if (row == NAME_NONE || thread_open(model, component, event->thread) != THREAD_NONE)
		return NAME_NONE;
	ended = model->distmgr.dps.extras[row].ended;
	if (model->distmgr.dps.rows[row].state == DP_RUNNING || ended == WHEN_NONE)
		return row;
	return event->at != WHEN_NONE && event->at <= ended ? row : NAME_NONE;
}

/* The newest DP of the run with that name, one whose thread is not known first; server NAME_NONE: any that is not known. */
static uint32_t
row_named(const struct model *model, uint32_t thread, uint32_t server, bool unbound)
{
	uint32_t found = NAME_NONE;

	for (uint32_t k = model->distmgr.threads.rows[thread].first_dp; k != NAME_NONE;
	     k = model->distmgr.dps.rows[k].next) {
		bool free = model->distmgr.dps.rows[k].thread == 0 && model->distmgr.dps.rows[k].state == DP_RUNNING;

		if ((server == NAME_NONE || model->distmgr.dps.rows[k].server == server) && (free || !unbound))
			found = found != NAME_NONE && server == NAME_NONE ? found : k;
	}
	return found;
}

/*
 * A thread that nobody knows speaks as a DP thread: it is that of the one DP that
 * waits for its thread, among those that it may mean. NAME_NONE: none, or several.
 */
static uint32_t
row_waiting(const struct model *model, uint32_t package, uint32_t server)
{
	uint32_t found = NAME_NONE, row;

	for (uint32_t i = slots_first(&model->distmgr.threads.slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->distmgr.threads.slots, i)) {
		if (package != NAME_NONE && model->distmgr.threads.rows[i].package != package)
			continue;
		row = row_named(model, i, server, true);
		if (row == NAME_NONE)
			continue;
		if (found != NAME_NONE)
			return NAME_NONE;
		if (server == NAME_NONE)
			for (uint32_t k = model->distmgr.dps.rows[row].next; k != NAME_NONE;
			     k = model->distmgr.dps.rows[k].next)
				if (model->distmgr.dps.rows[k].thread == 0
				    && model->distmgr.dps.rows[k].state == DP_RUNNING)
					return NAME_NONE;
		found = row;
	}
	return found;
}

static void
tell_started(struct model *model, uint32_t row, const struct event *event)
{
	dp_tell(model, TRANSITION_DP_STARTED, event, row)->text[0] = '\0';
}

/* What an unknown thread had said until it turned out to be this DP's. */
static void
take_stray(struct model *model, uint32_t row, uint32_t component, uint32_t number, const struct event *event)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, number);
	struct thread_extra *stray;

	if (i == NAME_NONE || model->distmgr.threads.extras[i].role != ROLE_STRAY)
		return;
	stray = &model->distmgr.threads.extras[i];
	stray->role = ROLE_NONE;
	model->distmgr.dps.extras[row].failure = stray->failure;
	model->distmgr.dps.extras[row].erred |= stray->erred;
	if (stray->fatal)
		dp_fail(model, row, event, model->distmgr.threads.rows[i].error);
	else if (stray->sign != SIGN_NONE)
		dp_give_sign(model, row, (enum dp_sign)stray->sign, event);
	else if (stray->erred)
		memcpy(model->distmgr.dps.rows[row].text, model->distmgr.threads.rows[i].error,
		       sizeof(model->distmgr.dps.rows[row].text));
}

/* Thread and DP are the key: an earlier try by a thread with the same number is no entry of its own any more. */
static void
drop_earlier(struct model *model, uint32_t row, uint32_t number)
{
	uint32_t owner = model->distmgr.dps.extras[row].owner, next;

	for (uint32_t k = model->distmgr.threads.rows[owner].first_dp; k != NAME_NONE; k = next) {
		next = model->distmgr.dps.rows[k].next;
		if (k == row || model->distmgr.dps.rows[k].thread != number
		    || model->distmgr.dps.rows[k].server != model->distmgr.dps.rows[row].server)
			continue;
		model->distmgr.threads.extras[owner].dp_failed |= model->distmgr.dps.rows[k].state != DP_DONE;
		dp_remove(model, &model->distmgr.threads.rows[owner], k);
	}
}

/* The row, whose thread has this number now; NAME_NONE: no room for it. */
static uint32_t
bind_row(struct model *model, uint32_t row, const struct event *event, uint32_t component, uint32_t number)
{
	if (row == NAME_NONE)
		return NAME_NONE;
	dp_number_taken(model, component, number, event);
	drop_earlier(model, row, number);
	if (!dp_bind(model, row, number)) {
		model->truncation->lost.dps++;
		return row;
	}
	tell_started(model, row, event);
	take_stray(model, row, component, number, event);
	return row;
}

static bool
may_be_dp(const struct model *model, const struct event *event, uint32_t component)
{
	enum thread_role role = thread_role(model, component, event->thread);

	return event->thread != 0 && (role == ROLE_NONE || role == ROLE_STRAY)
	       && !is_main(model, component, event->thread) && dp_running(model, component, event->thread) == NAME_NONE;
}

static uint32_t
server_named(struct model *model, const struct event *event)
{
	return event_has_text(event, TEXT_DP) ? server_at(model, event_text(event, TEXT_DP)) : NAME_NONE;
}

/* Said by its package thread: the DP named, or the only one that runs. */
static uint32_t
row_of_owner(struct model *model, uint32_t owner, uint32_t server)
{
	uint32_t row = NAME_NONE;

	if (server != NAME_NONE) {
		row = row_named(model, owner, server, false);
		return row != NAME_NONE ? row : dp_add(model, owner, server);
	}
	for (uint32_t k = model->distmgr.threads.rows[owner].first_dp; k != NAME_NONE;
	     k = model->distmgr.dps.rows[k].next) {
		if (model->distmgr.dps.rows[k].state != DP_RUNNING)
			continue;
		if (row != NAME_NONE)
			return NAME_NONE;
		row = k;
	}
	return row;
}

/* Said by a thread that is not known: `starts`, it begins to work with this line. */
static uint32_t
row_of_stranger(struct model *model, const struct event *event, uint32_t component, uint32_t server, bool starts)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE)), owner = thread_on(model, package);
	bool may = may_be_dp(model, event, component);
	uint32_t row = NAME_NONE;

	if (may && (starts || server != NAME_NONE)) {
		/* That a package is on a DP may be said of an earlier run. */
		if (event->kind != EVENT_DP_SIGN || event->detail != DP_SAID_DISTRIBUTED)
			dps_list_meant(model, package, server);
		row = row_waiting(model, package, server);
	}
	if (row != NAME_NONE)
		return bind_row(model, row, event, component, event->thread);
	if (owner == THREAD_NONE || server == NAME_NONE)
		return NAME_NONE;
	row = row_named(model, owner, server, false);
	/* A status message may be about an earlier run of the package. */
	if (!starts && (row != NAME_NONE || event->status))
		return row;
	if (!may)
		return row;
	/* The line that announced it was not seen, or is yet to come: its end will be told, too. */
	row = dp_add(model, owner, server);
	if (row != NAME_NONE)
		model->distmgr.dps.extras[row].announced = true;
	return bind_row(model, row, event, component, event->thread);
}

/* The last DP that the number belonged to, named together with its package: the line came late. */
static bool
is_its_own(struct model *model, uint32_t row, const struct event *event, uint32_t server)
{
	return row != NAME_NONE && model->distmgr.dps.rows[row].server == server && event_has_text(event, TEXT_PACKAGE)
	       && dp_owner(model, row)->package == package_at(model, event_text(event, TEXT_PACKAGE));
}

static uint32_t
row_meant(struct model *model, const struct event *event, uint32_t component, bool starts)
{
	uint32_t server = server_named(model, event), row = row_speaking(model, event, component);
	uint32_t owner = thread_open(model, component, event->thread);

	if (!starts && server != NAME_NONE
	    && is_its_own(model, dp_row_of(model, component, event->thread), event, server))
		return dp_row_of(model, component, event->thread);
	if (row != NAME_NONE && (server == NAME_NONE || model->distmgr.dps.rows[row].server == server))
		return row;
	if (owner != THREAD_NONE)
		return row_of_owner(model, owner, server);
	return row_of_stranger(model, event, component, server, starts);
}

/* ---- events ---- */

static void
turns_to_dps(struct model *model, uint32_t i, const struct event *event)
{
	if (model->distmgr.threads.rows[i].phase != PHASE_WAIT_DPS)
		thread_leaves_phase(model, i, PHASE_DPS, event->at);
}

void
distmgr_dp_added(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t owner = thread_heard(model, event, component, FIND_OR_BEGIN), server = server_named(model, event);

	if (owner == THREAD_NONE)
		return;
	thread_leaves_phase(model, owner, PHASE_DPS, event->at);
	for (uint32_t k = model->distmgr.threads.rows[owner].first_dp; k != NAME_NONE;
	     k = model->distmgr.dps.rows[k].next)
		if (model->distmgr.dps.rows[k].server == server && model->distmgr.dps.rows[k].state == DP_RUNNING)
			return;
	model->distmgr.threads.extras[owner].dp_announced = true;
	model->distmgr.threads.extras[owner].announced_dp = server;
}

/* Whatever the number stood for before, it is a DP thread's now. */
static void
clear_number(struct model *model, uint32_t component, uint32_t number, const struct event *event)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, number);
	enum thread_role role = thread_role(model, component, number);

	main_forget(model, component, number);
	if (role == ROLE_PACKAGE)
		thread_end(model, i, event, false);
	else if (role == ROLE_LOST || role == ROLE_REPLICATION || role == ROLE_OTHER)
		thread_drop(model, i, ROLE_NONE, event);
	else if (role == ROLE_STRAY && !thread_just_spoke(model, i, event))
		model->distmgr.threads.extras[i].role = ROLE_NONE;
}

/* It has spoken before the line that it was created. */
static bool
spoke_before(struct model *model, uint32_t owner, uint32_t server, uint32_t number)
{
	uint32_t row = model->distmgr.threads.rows[owner].first_dp;

	while (row != NAME_NONE
	       && (model->distmgr.dps.rows[row].thread != number || model->distmgr.dps.rows[row].server != server
	           || model->distmgr.dps.rows[row].state != DP_RUNNING))
		row = model->distmgr.dps.rows[row].next;
	if (row != NAME_NONE)
		model->distmgr.dps.extras[row].announced = true;
	return row != NAME_NONE;
}

void
distmgr_dp_started(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t owner = thread_heard(model, event, component, FIND_OR_BEGIN), server = server_named(model, event), row;
	uint64_t number = event->number[NUMBER_THREAD];

	if (owner == THREAD_NONE || number == 0 || number > UINT32_MAX || number == event->thread)
		return;
	turns_to_dps(model, owner, event);
	if (model->distmgr.threads.extras[owner].announced_dp == server)
		model->distmgr.threads.extras[owner].dp_announced = false;
	clear_number(model, component, (uint32_t)number, event);
	if (spoke_before(model, owner, server, (uint32_t)number))
		return;
	row = row_named(model, owner, server, true);
	row = bind_row(model, row != NAME_NONE ? row : dp_add(model, owner, server), event, component,
	               (uint32_t)number);
	if (row != NAME_NONE)
		model->distmgr.dps.extras[row].announced = true;
}

/* Its package thread is not known yet: what it says is kept until that speaks. */
static uint32_t
named_stray(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = may_be_dp(model, event, component) ? thread_stray(model, event, component) : THREAD_NONE;

	if (i == THREAD_NONE || !event_has_text(event, TEXT_DP) || !event_has_text(event, TEXT_PACKAGE))
		return i;
	model->distmgr.threads.extras[i].dp = server_named(model, event);
	model->distmgr.threads.extras[i].dp_package = package_at(model, event_text(event, TEXT_PACKAGE));
	model->distmgr.threads.extras[i].dp_named = model->distmgr.threads.extras[i].dp_package != NAME_NONE;
	return i;
}

void
dps_adopt(struct model *model, uint32_t thread, const struct event *event)
{
	uint32_t next, row;

	for (uint32_t i = slots_first(&model->distmgr.threads.slots, SLOTS_ENDED); i != NAME_NONE; i = next) {
		const struct thread_extra *stray = &model->distmgr.threads.extras[i];

		next = slots_next(&model->distmgr.threads.slots, i);
		if (stray->role != ROLE_STRAY || !stray->dp_named
		    || stray->dp_package != model->distmgr.threads.rows[thread].package
		    || model->distmgr.threads.rows[i].component != model->distmgr.threads.rows[thread].component)
			continue;
		row = dp_add(model, thread, stray->dp);
		if (row == NAME_NONE)
			return;
		model->distmgr.dps.extras[row].announced = true;
		bind_row(model, row, event, model->distmgr.threads.rows[i].component,
		         model->distmgr.threads.rows[i].thread);
	}
}

void
distmgr_dp_working(struct model *model, const struct event *event, uint32_t component)
{
	if (row_meant(model, event, component, true) == NAME_NONE)
		named_stray(model, event, component);
}

void
distmgr_dp_sign(struct model *model, const struct event *event, uint32_t component)
{
	/* clang-format off */
	static const enum dp_sign signs[] = {
		[DP_SAID_TRANSFER] = SIGN_TRANSFER, [DP_SAID_DISTRIBUTED] = SIGN_DISTRIBUTED, [DP_SAID_NOTHING] = SIGN_NOTHING,
	};
	/* clang-format on */
	uint32_t row = row_meant(model, event, component, false), i;

	if (event->detail == DP_SAID_NOTHING)
		note_event(model, event); /* done, but nothing was sent: to be found when the thread has gone */
	if (row != NAME_NONE) {
		dp_give_sign(model, row, signs[event->detail], event);
		return;
	}
	if (event->detail == DP_SAID_DISTRIBUTED)
		return;
	i = named_stray(model, event, component);
	if (i != THREAD_NONE)
		model->distmgr.threads.extras[i].sign = (uint8_t)signs[event->detail];
}

/* Status message 2328: it names the DP, whoever says it. */
void
distmgr_dp_failed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t row = row_meant(model, event, component, false);
	struct transition *h;
	char text[200];

	error_text(event, text, sizeof(text));
	if (row != NAME_NONE) {
		dp_fail(model, row, event, text);
		return;
	}
	h = transition_record(model, TRANSITION_DP_FAILED, event);
	h->package = package_at(model, event_text(event, TEXT_PACKAGE));
	h->dp = server_named(model, event);
	span_copy(span_of(text), h->text, sizeof(h->text));
	failure_record(model, h, FAILURE_DP, event, component);
}

/* A package thread speaks of a DP of its own where it does the work itself, as that of 2007. */
static uint32_t
row_in_error(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t row = row_speaking(model, event, component), owner = thread_open(model, component, event->thread);
	uint32_t server = server_named(model, event);

	if (row != NAME_NONE || server == NAME_NONE || event_has_text(event, TEXT_PACKAGE))
		return row;
	if (owner != THREAD_NONE)
		return row_named(model, owner, server, true);
	return row_of_stranger(model, event, component, server, false);
}

bool
dp_error(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t row = row_in_error(model, event, component);
	char text[200];

	if (row == NAME_NONE)
		return false;
	error_text(event, text, sizeof(text));
	model->distmgr.dps.extras[row].erred = model->distmgr.dps.rows[row].state == DP_RUNNING;
	if (error_is_fatal(event))
		dp_fail(model, row, event,
		        event->detail == ERROR_VAGUE && model->distmgr.dps.rows[row].text[0]
		                ? model->distmgr.dps.rows[row].text
		                : text);
	else if (!model->distmgr.dps.rows[row].text[0])
		span_copy(span_of(text), model->distmgr.dps.rows[row].text, sizeof(model->distmgr.dps.rows[row].text));
	return true;
}

/* It was a DP thread that began before the log did: what it said is nobody else's. */
static void
end_stray(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, (uint32_t)event->number[NUMBER_THREAD]);
	struct failure *failure;

	if (i == NAME_NONE || model->distmgr.threads.extras[i].role != ROLE_STRAY)
		return;
	model->distmgr.threads.extras[i].role = ROLE_NONE;
	failure = failure_told(model, model->distmgr.threads.extras[i].failure);
	if (!failure)
		return;
	failure->kind = FAILURE_DP;
	failure->what.package = package_at(model, event_text(event, TEXT_PACKAGE));
}

void
distmgr_dp_ended(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t row;

	thread_heard(model, event, component, FIND_OR_BEGIN);
	row = event->number[NUMBER_THREAD] > UINT32_MAX
	              ? NAME_NONE
	              : dp_running(model, component, (uint32_t)event->number[NUMBER_THREAD]);
	if (row != NAME_NONE)
		dp_finish(model, row, event);
	else if (event->number[NUMBER_THREAD] <= UINT32_MAX)
		end_stray(model, event, component);
}

void
distmgr_dps_done(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_heard(model, event, component, FIND_OR_BEGIN);

	if (i == THREAD_NONE)
		return;
	for (uint32_t k = model->distmgr.threads.rows[i].first_dp; k != NAME_NONE; k = model->distmgr.dps.rows[k].next)
		dp_finish(model, k, event);
	if (model->distmgr.threads.rows[i].phase == PHASE_WAIT_DPS || model->distmgr.threads.rows[i].phase == PHASE_DPS)
		thread_leaves_phase(model, i, PHASE_PROCESSING, event->at);
}
