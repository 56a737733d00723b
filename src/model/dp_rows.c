/*
 * The distribution points of a run of a package thread. Each stays listed until
 * the package thread ends, whatever becomes of the number of its own thread:
 * that belongs to a DP only as long as it runs. Where the log does not announce
 * DP threads, as that of 2007, they are known by the DP that they name.
 */
#include "model/state.h"

struct package_thread *
dp_owner(struct model *model, uint32_t row)
{
	return &model->distmgr.threads.rows[model->distmgr.dps.extras[row].owner];
}

/* ---- rows, and the numbers of their threads ---- */

/* The row that the number belongs, or belonged last, to; NAME_NONE. */
uint32_t
dp_row_of(const struct model *model, uint32_t component, uint64_t number)
{
	uint32_t slot = number == 0 || number > UINT32_MAX
	                        ? NAME_NONE
	                        : slots_find(&model->distmgr.dps.slots, component, (uint32_t)number);

	return slot == NAME_NONE ? NAME_NONE : model->distmgr.dps.row_of[slot];
}

uint32_t
dp_running(const struct model *model, uint32_t component, uint32_t number)
{
	uint32_t row = dp_row_of(model, component, number);

	return row != NAME_NONE && model->distmgr.dps.rows[row].state == DP_RUNNING ? row : NAME_NONE;
}

/* Also one that has failed, or got its package, and whose thread goes on until its end is told. */
uint32_t
dp_at_work(const struct model *model, uint32_t component, uint32_t number)
{
	uint32_t row = dp_row_of(model, component, number);

	return row != NAME_NONE
	                       && (model->distmgr.dps.rows[row].state == DP_RUNNING
	                           || model->distmgr.dps.extras[row].ended == WHEN_NONE)
	               ? row
	               : NAME_NONE;
}

static void
unbind(struct model *model, uint32_t row)
{
	uint32_t slot = model->distmgr.dps.rows[row].thread == 0
	                        ? NAME_NONE
	                        : slots_find(&model->distmgr.dps.slots, dp_owner(model, row)->component,
	                                     model->distmgr.dps.rows[row].thread);

	if (slot == NAME_NONE || model->distmgr.dps.row_of[slot] != row)
		return;
	model->distmgr.dps.row_of[slot] = NAME_NONE;
	slots_put(&model->distmgr.dps.slots, slot, SLOTS_ENDED);
}

/* False: there is no room for its number. */
bool
dp_bind(struct model *model, uint32_t row, uint32_t number)
{
	uint32_t slot = slots_take(&model->distmgr.dps.slots, dp_owner(model, row)->component, number);

	if (slot == NAME_NONE)
		return false;
	slots_put(&model->distmgr.dps.slots, slot, SLOTS_OPEN);
	model->distmgr.dps.row_of[slot] = row;
	model->distmgr.dps.rows[row].thread = number;
	return true;
}

static uint32_t
take_row(struct model *model)
{
	uint32_t row = model->distmgr.dps.free;

	if (row != NAME_NONE)
		model->distmgr.dps.free = model->distmgr.dps.rows[row].next;
	else if (model->distmgr.dps.fresh < model->limits.dps)
		row = model->distmgr.dps.fresh++;
	return row;
}

/* At the end of the thread's list; NAME_NONE: no room. */
uint32_t
dp_add(struct model *model, uint32_t owner, uint32_t server)
{
	struct package_thread *thread = &model->distmgr.threads.rows[owner];
	uint32_t row = take_row(model);

	if (row == NAME_NONE) {
		model->truncation->lost.dps++;
		return NAME_NONE;
	}
	model->distmgr.dps.rows[row] = (struct dp){ .server = server, .next = NAME_NONE };
	model->distmgr.dps.extras[row] = (struct dp_extra){ .owner = owner, .ended = WHEN_NONE };
	if (thread->last_dp == NAME_NONE)
		thread->first_dp = row;
	else
		model->distmgr.dps.rows[thread->last_dp].next = row;
	thread->last_dp = row;
	return row;
}

static void
free_row(struct model *model, uint32_t row)
{
	unbind(model, row);
	model->distmgr.dps.extras[row].owner = THREAD_NONE;
	model->distmgr.dps.rows[row].next = model->distmgr.dps.free;
	model->distmgr.dps.free = row;
}

/* Takes one row out of the thread's list. */
void
dp_remove(struct model *model, struct package_thread *thread, uint32_t row)
{
	uint32_t before = NAME_NONE;

	for (uint32_t k = thread->first_dp; k != row; k = model->distmgr.dps.rows[k].next)
		before = k;
	if (before == NAME_NONE)
		thread->first_dp = model->distmgr.dps.rows[row].next;
	else
		model->distmgr.dps.rows[before].next = model->distmgr.dps.rows[row].next;
	if (thread->last_dp == row)
		thread->last_dp = before;
	free_row(model, row);
}

/* ---- announced, and no thread yet ---- */

/*
 * No thread was created for the DP that the package thread announced: it does
 * the work itself, or the thread's number is not told.
 */
static void
list_announced(struct model *model, uint32_t thread)
{
	if (!model->distmgr.threads.extras[thread].dp_announced)
		return;
	model->distmgr.threads.extras[thread].dp_announced = false;
	dp_add(model, thread, model->distmgr.threads.extras[thread].announced_dp);
}

/* What may stand between the announcement of a DP and the creation of its thread, or says no more than that. */
void
dps_heard(struct model *model, uint32_t thread, const struct event *event)
{
	if (event->kind != EVENT_SEEN && event->kind != EVENT_NOTE && event->kind != EVENT_DP_STARTED
	    && event->kind != EVENT_DP_ENDED)
		list_announced(model, thread);
}

/* A thread that may be the announced DP's speaks before it is said to be created, or its number never is. */
void
dps_list_meant(struct model *model, uint32_t package, uint32_t server)
{
	for (uint32_t i = slots_first(&model->distmgr.threads.slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->distmgr.threads.slots, i))
		if ((package == NAME_NONE || model->distmgr.threads.rows[i].package == package)
		    && (server == NAME_NONE || model->distmgr.threads.extras[i].announced_dp == server))
			list_announced(model, i);
}

/* ---- what becomes of a DP ---- */

struct transition *
dp_tell(struct model *model, enum transition_kind kind, const struct event *event, uint32_t row)
{
	struct transition *h = thread_tell(model, kind, event, dp_owner(model, row));

	h->thread = model->distmgr.dps.rows[row].thread;
	h->dp = model->distmgr.dps.rows[row].server;
	h->seconds = -1;
	memcpy(h->text, model->distmgr.dps.rows[row].text, sizeof(model->distmgr.dps.rows[row].text));
	return h;
}

/* A failure that was told when nobody knew whose it was: it is this DP's. */
static bool
failure_owned(struct model *model, uint32_t row)
{
	struct failure *failure = failure_told(model, model->distmgr.dps.extras[row].failure);

	model->distmgr.dps.extras[row].failure = 0;
	if (!failure)
		return false;
	failure->kind = FAILURE_DP;
	failure->what.dp = model->distmgr.dps.rows[row].server;
	failure->what.package = dp_owner(model, row)->package;
	return true;
}

static void
set_state(struct model *model, uint32_t row, enum dp_state state, const struct event *event)
{
	/* clang-format off */
	static const enum transition_kind kinds[] = {
		[DP_DONE] = TRANSITION_DP_DONE, [DP_ENDED] = TRANSITION_DP_ENDED, [DP_FAILED] = TRANSITION_DP_FAILED,
	};
	/* clang-format on */
	struct dp *dp = &model->distmgr.dps.rows[row];
	struct transition *h;

	if (dp->state == state)
		return;
	model->distmgr.counts.dps_ended -= dp->state == DP_ENDED;
	model->distmgr.counts.dps_ended += state == DP_ENDED;
	dp->state = (uint8_t)state;
	h = dp_tell(model, kinds[state], event, row);
	if (state == DP_FAILED && !failure_owned(model, row) && !failure_said(model, h->thread, h->text))
		failure_record(model, h, FAILURE_DP, event, dp_owner(model, row)->component);
}

void
dp_fail(struct model *model, uint32_t row, const struct event *event, const char *text)
{
	char copy[sizeof(model->distmgr.dps.rows[row].text)];

	if (model->distmgr.dps.rows[row].state == DP_FAILED)
		return;
	span_copy(span_of(text), copy, sizeof(copy)); /* it may be the row's own */
	memcpy(model->distmgr.dps.rows[row].text, copy, sizeof(copy));
	set_state(model, row, DP_FAILED, event);
}

/* Its number may go to others now. */
static void
rest_number(struct model *model, uint32_t row)
{
	uint32_t slot = model->distmgr.dps.rows[row].thread == 0
	                        ? NAME_NONE
	                        : slots_find(&model->distmgr.dps.slots, dp_owner(model, row)->component,
	                                     model->distmgr.dps.rows[row].thread);

	if (slot != NAME_NONE && model->distmgr.dps.row_of[slot] == row)
		slots_put(&model->distmgr.dps.slots, slot, SLOTS_ENDED);
}

static const char refused[] = "no sign that it got the package, which failed to process (status message 2302)";

/* Its thread has ended: how, is told by what was said before. */
void
dp_finish(struct model *model, uint32_t row, const struct event *event)
{
	struct dp_extra *extra = &model->distmgr.dps.extras[row];

	if (model->distmgr.dps.rows[row].state != DP_RUNNING)
		return;
	extra->ended = event->at;
	extra->soft = extra->erred;
	rest_number(model, row);
	if (extra->sign != SIGN_NONE)
		set_state(model, row, DP_DONE, event);
	else if (extra->erred || model->distmgr.threads.extras[extra->owner].refused)
		dp_fail(model, row, event,
		        model->distmgr.dps.rows[row].text[0] ? model->distmgr.dps.rows[row].text : refused);
	else
		set_state(model, row, DP_ENDED, event);
}

/* A good sign outweighs errors that may pass, and the status message that it is there any failure. */
void
dp_give_sign(struct model *model, uint32_t row, enum dp_sign sign, const struct event *event)
{
	struct dp *dp = &model->distmgr.dps.rows[row];
	struct dp_extra *extra = &model->distmgr.dps.extras[row];

	if (dp->state == DP_FAILED && !extra->soft && sign != SIGN_DISTRIBUTED)
		return;
	extra->sign = (uint8_t)sign;
	extra->erred = false;
	span_copy(sign == SIGN_NOTHING ? SPAN("nothing to be copied over") : SPAN(""), dp->text, sizeof(dp->text));
	if (dp->state != DP_RUNNING || !extra->announced)
		set_state(model, row, DP_DONE, event);
}

bool
dps_all_done(const struct model *model, const struct package_thread *thread)
{
	for (uint32_t k = thread->first_dp; k != NAME_NONE; k = model->distmgr.dps.rows[k].next)
		if (model->distmgr.dps.rows[k].state != DP_DONE)
			return false;
	return thread->first_dp != NAME_NONE;
}

void
dps_refused(struct model *model, uint32_t thread, const struct event *event)
{
	for (uint32_t k = model->distmgr.threads.rows[thread].first_dp; k != NAME_NONE;
	     k = model->distmgr.dps.rows[k].next)
		if (model->distmgr.dps.rows[k].state == DP_ENDED)
			dp_fail(model, k, event, refused);
}

void
dps_close(struct model *model, struct package_thread *thread, const struct event *event)
{
	uint32_t next;

	for (uint32_t k = thread->first_dp; k != NAME_NONE; k = next) {
		next = model->distmgr.dps.rows[k].next;
		dp_finish(model, k, event);
		free_row(model, k);
	}
	thread->first_dp = thread->last_dp = NAME_NONE;
}

void
dp_number_taken(struct model *model, uint32_t component, uint32_t number, const struct event *event)
{
	uint32_t row = dp_row_of(model, component, number);

	if (row == NAME_NONE)
		return;
	dp_finish(model, row, event);
	unbind(model, row);
}

/* ---- what can be asked ---- */

/* Each row is in one list, or free. */
const char *
dps_check(const struct model *model)
{
	uint32_t listed = 0, owned = 0, free = 0;

	for (uint32_t i = 0; i < model->limits.threads; i++)
		for (uint32_t k = model->distmgr.threads.rows[i].first_dp; k != NAME_NONE;
		     k = model->distmgr.dps.rows[k].next) {
			if (model->distmgr.dps.extras[k].owner != i)
				return "a DP is in the list of another package thread";
			if (++listed > model->limits.dps)
				return "a list of DPs goes round";
		}
	for (uint32_t k = 0; k < model->distmgr.dps.fresh; k++)
		owned += model->distmgr.dps.extras[k].owner != THREAD_NONE;
	for (uint32_t k = model->distmgr.dps.free; k != NAME_NONE && free <= model->distmgr.dps.fresh;
	     k = model->distmgr.dps.rows[k].next)
		free++;
	if (listed != owned)
		return "a DP is in no list";
	return owned + free == model->distmgr.dps.fresh ? NULL : "a DP is neither free nor in use";
}

const struct dp *
model_dp(const struct model *model, uint32_t i)
{
	return i == NAME_NONE ? NULL : &model->distmgr.dps.rows[i];
}

const char *
model_server(const struct model *model, uint32_t server)
{
	return intern_name(model->places->server_names, server);
}

const char *
dp_state_word(enum dp_state state)
{
	static const char *const words[] = {
		[DP_RUNNING] = "running",
		[DP_DONE] = "done",
		[DP_ENDED] = "ended",
		[DP_FAILED] = "failed",
	};

	return words[state];
}
