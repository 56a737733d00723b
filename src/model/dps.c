/*
 * DP threads: each works for a package thread, and stays under it when that has
 * gone on to wait.
 */
#include "state.h"

static uint32_t
dp_heard(const struct model *model, uint32_t component, uint64_t number)
{
	uint32_t i = number > UINT32_MAX ? NAME_NONE : slots_find(&model->dp_slots, component, (uint32_t)number);

	return i == NAME_NONE || model->dp_owner[i] == THREAD_NONE ? NAME_NONE : i;
}

static void
dp_set(struct model *model, uint32_t i, enum dp_state state, const struct event *event, struct span text)
{
	struct dp *dp = &model->dps[i];
	struct happening *h;

	if (dp->state != DP_RUNNING)
		return;
	dp->state = (uint8_t)state;
	h = thread_tell(model, state == DP_DONE ? HAPPENED_DP_DONE : HAPPENED_DP_FAILED, event, &model->threads[model->dp_owner[i]]);
	h->thread = dp->thread;
	h->dp = dp->server;
	h->seconds = -1;
	span_copy(text, h->text, sizeof(h->text));
	if (state == DP_FAILED)
		happened_badly(model, h, FAILURE_DP, event, model->threads[model->dp_owner[i]].component);
}

bool
dp_error(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = dp_heard(model, component, event->thread);

	if (i != NAME_NONE && event->detail)
		dp_set(model, i, DP_FAILED, event, event->message);
	return i != NAME_NONE;
}

void
dps_forget(struct model *model, struct package_thread *thread)
{
	uint32_t next;

	for (uint32_t i = thread->first_dp; i != NAME_NONE; i = next) {
		next = model->dps[i].next;
		model->dp_owner[i] = THREAD_NONE;
		slots_put(&model->dp_slots, i, SLOTS_ENDED);
	}
	thread->first_dp = thread->last_dp = NAME_NONE;
}

/* A thread number comes back, or another package's thread takes it over: it leaves its old place. */
static void
unlink_dp(struct model *model, uint32_t i)
{
	struct package_thread *owner;
	uint32_t before = NAME_NONE;

	if (model->dp_owner[i] == THREAD_NONE)
		return;
	owner = &model->threads[model->dp_owner[i]];
	for (uint32_t k = owner->first_dp; k != i; k = model->dps[k].next)
		before = k;
	if (before == NAME_NONE)
		owner->first_dp = model->dps[i].next;
	else
		model->dps[before].next = model->dps[i].next;
	if (owner->last_dp == i)
		owner->last_dp = before;
	model->dp_owner[i] = THREAD_NONE;
}

void
distmgr_dp_started(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t owner = thread_heard(model, event, component, FIND_OR_BEGIN), i;
	struct package_thread *thread;
	struct happening *h;

	if (owner == THREAD_NONE || event->number[NUMBER_THREAD] > UINT32_MAX)
		return;
	thread_learn(model, owner, event);
	i = slots_find(&model->dp_slots, component, (uint32_t)event->number[NUMBER_THREAD]);
	if (i != NAME_NONE)
		unlink_dp(model, i);
	i = slots_take(&model->dp_slots, component, (uint32_t)event->number[NUMBER_THREAD]);
	if (i == NAME_NONE) {
		model->truncated.dps++;
		return;
	}
	slots_put(&model->dp_slots, i, SLOTS_OPEN);
	thread = &model->threads[owner];
	model->dps[i] = (struct dp){
		.thread = (uint32_t)event->number[NUMBER_THREAD],
		.server = server_at(model, event_text(event, TEXT_DP)), .next = NAME_NONE,
	};
	model->dp_owner[i] = owner;
	if (thread->last_dp == NAME_NONE)
		thread->first_dp = i;
	else
		model->dps[thread->last_dp].next = i;
	thread->last_dp = i;
	h = thread_tell(model, HAPPENED_DP_STARTED, event, thread);
	h->thread = model->dps[i].thread;
	h->dp = model->dps[i].server;
	h->seconds = -1;
	h->text[0] = '\0';
}

void
distmgr_dp_working(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = dp_heard(model, component, event->thread);

	if (i == NAME_NONE) {
		thread_heard(model, event, component, FIND_KNOWN);
		return;
	}
	if (event->at != WHEN_NONE)
		model->threads[model->dp_owner[i]].last = event->at;
	model->threads[model->dp_owner[i]].spoke = model->events;
}

void
distmgr_dp_ended(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = dp_heard(model, component, event->number[NUMBER_THREAD]);

	thread_heard(model, event, component, FIND_KNOWN);
	if (i != NAME_NONE)
		dp_set(model, i, DP_DONE, event, SPAN(""));
}

void
distmgr_dps_done(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t i = thread_heard(model, event, component, FIND_OR_BEGIN);

	if (i == THREAD_NONE)
		return;
	thread_learn(model, i, event);
	for (uint32_t k = model->threads[i].first_dp; k != NAME_NONE; k = model->dps[k].next)
		dp_set(model, k, DP_DONE, event, SPAN(""));
	if (model->threads[i].phase == PHASE_WAIT_DPS) {
		model->threads[i].phase = PHASE_PROCESSING;
		model->threads[i].since = event->at;
	}
}

const struct dp *
model_dp(const struct model *model, uint32_t i)
{
	return i == NAME_NONE ? NULL : &model->dps[i];
}

const char *
model_server(const struct model *model, uint32_t server)
{
	return intern_name(model->server_names, server);
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
