/*
 * Transfers to distribution points. A thread names its job itself, and several
 * may work on one. Positions start anew with every file of the content library,
 * so the bytes of a job are the sum over its blocks.
 */
#include "state.h"

#include <string.h>

/* What the distribution manager is told. */
enum { STATUS_STARTED = 0, STATUS_INSTALLED = 3, STATUS_RETRY = 4, STATUS_FAILED = 5 };

/* The row is another job's now: threads that point at it, or last did, have lost theirs. */
static void
orphan(struct model *model, uint32_t row)
{
	uint32_t next;

	for (uint32_t i = slots_first(&model->transfer_slots, SLOTS_ENDED); i != NAME_NONE; i = slots_next(&model->transfer_slots, i))
		if (model->transfer_of[i] == row)
			model->transfer_of[i] = NAME_NONE;
	for (uint32_t i = slots_first(&model->transfer_slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		next = slots_next(&model->transfer_slots, i);
		if (model->transfer_of[i] != row)
			continue;
		model->transfer_of[i] = NAME_NONE;
		slots_put(&model->transfer_slots, i, SLOTS_ENDED);
	}
}

static struct transfer *
transfer_at(struct model *model, const struct event *event)
{
	bool fresh;
	uint32_t i = recall_take(&model->transfer_keys, event->number[NUMBER_COUNT], &fresh);
	struct transfer *t = &model->transfers[i];
	uint64_t version = event->number[NUMBER_VERSION], priority = event->number[NUMBER_PRIORITY];

	if (fresh) {
		if (t->serial > 0)
			orphan(model, i);
		*t = (struct transfer){ .started = WHEN_NONE, .limit_rate = -1, .serial = ++model->serials };
	}
	t->job = event->number[NUMBER_COUNT];
	t->package = package_at(model, event_text(event, TEXT_PACKAGE));
	t->version = version <= UINT32_MAX ? (uint32_t)version : 0;
	t->priority = priority <= UINT8_MAX ? (uint8_t)priority : 0;
	t->dp = server_at(model, event_text(event, TEXT_DP));
	t->last = event->at;
	package_seen(model, t->package, t->version, event->at);
	if (i >= model->transfer_count)
		model->transfer_count = i + 1;
	return t;
}

/* ---- the threads ---- */

static struct transfer *
transfer_of(struct model *model, const struct event *event, uint32_t component, uint32_t *slot)
{
	*slot = slots_find(&model->transfer_slots, component, event->thread);
	if (*slot == NAME_NONE || slots_where(&model->transfer_slots, *slot) != SLOTS_OPEN)
		return NULL;
	return &model->transfers[model->transfer_of[*slot]];
}

/* The transfer whose thread says this, marked as heard; NULL: none that we know. */
static struct transfer *
heard(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of(model, event, component, &slot);

	if (t && event->at != WHEN_NONE)
		t->last = event->at;
	return t;
}

static void
leave(struct model *model, uint32_t slot, uint32_t thread)
{
	struct transfer *t = &model->transfers[model->transfer_of[slot]];
	uint32_t kept = t->threads < TRANSFER_THREADS ? t->threads : TRANSFER_THREADS, k = 0;

	slots_put(&model->transfer_slots, slot, SLOTS_ENDED);
	while (k < kept && t->thread[k] != thread)
		k++;
	if (k < kept)
		memmove(&t->thread[k], &t->thread[k + 1], (kept - k - 1) * sizeof(t->thread[0]));
	if (t->threads > 0)
		t->threads--;
}

void
transfer_started(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t;
	uint32_t slot;

	if (transfer_of(model, event, component, &slot))
		leave(model, slot, event->thread);
	t = transfer_at(model, event);
	slot = slots_take(&model->transfer_slots, component, event->thread);
	if (slot == NAME_NONE) {
		model->truncated.transfers++;
		return;
	}
	slots_put(&model->transfer_slots, slot, SLOTS_OPEN);
	model->transfer_of[slot] = (uint32_t)(t - model->transfers);
	if (t->threads < TRANSFER_THREADS)
		t->thread[t->threads] = event->thread;
	t->threads++;
	t->pull = event->detail == 1;
	t->throttled = false;
	t->restart[0] = t->error[0] = '\0';
	if (t->threads == 1) {
		t->state = TRANSFER_SENDING;
		t->started = event->at;
		t->attempts++;
	}
}

void
transfer_thread(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of(model, event, component, &slot);

	if (!t)
		return;
	leave(model, slot, event->thread);
	if (t->threads == 0 && t->state == TRANSFER_SENDING)
		t->state = TRANSFER_WAITING;  /* it ended without a word of how */
}

void
transfers_interrupt(struct model *model, uint32_t component)
{
	uint32_t next;

	(void)component;  /* there is one such component */
	for (uint32_t i = slots_first(&model->transfer_slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		struct transfer *t = &model->transfers[model->transfer_of[i]];

		next = slots_next(&model->transfer_slots, i);
		slots_put(&model->transfer_slots, i, SLOTS_ENDED);
		t->threads = 0;
		if (t->state == TRANSFER_SENDING)
			t->state = TRANSFER_WAITING;
	}
}

/* ---- what becomes of them ---- */

void
transfer_found(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t = transfer_at(model, event);

	(void)component;
	if (t->threads == 0)
		t->state = TRANSFER_WAITING;
}

void
transfer_heard(struct model *model, const struct event *event, uint32_t component)
{
	heard(model, event, component);
}

void
transfer_wrote(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t = heard(model, event, component);

	if (!t || event->number[NUMBER_BYTES] >= INT64_MAX / 2)
		return;
	t->bytes += event->number[NUMBER_BYTES];
	if (event->at != WHEN_NONE)
		tally_second(t->second, t->second_bytes, event->at, event->number[NUMBER_BYTES]);
}

static void
done(struct model *model, struct transfer *t)
{
	if (t->state == TRANSFER_DONE)
		return;
	t->state = TRANSFER_DONE;
	t->restart[0] = t->error[0] = '\0';
	model->transfer_counts.done++;
}

void
transfer_done(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t = heard(model, event, component);

	if (t)
		done(model, t);
}

void
transfer_status(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t = heard(model, event, component);

	if (!t)
		return;
	if (event->number[NUMBER_CODE] == STATUS_INSTALLED)
		done(model, t);
	if (event->number[NUMBER_CODE] == STATUS_RETRY)
		t->state = TRANSFER_RETRY;
	if (event->number[NUMBER_CODE] == STATUS_FAILED)
		t->state = TRANSFER_FAILED;
}

static void
keep_restart(struct transfer *t, const struct event *event)
{
	span_copy(event_text(event, TEXT_TIME), t->restart, sizeof(t->restart));
}

void
transfer_notified(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t = heard(model, event, component);

	if (!t)
		return;
	t->state = TRANSFER_NOTIFIED;
	t->attempts = event->number[NUMBER_COUNT];
	keep_restart(t, event);
}

void
transfer_error(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t = heard(model, event, component);

	if (t && !t->error[0])
		span_copy(event->message, t->error, sizeof(t->error));
}

void
transfer_failed(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t = heard(model, event, component);

	if (!t)
		return;
	model->transfer_counts.failures++;
	t->failures = event_has_number(event, NUMBER_COUNT) ? event->number[NUMBER_COUNT] : t->failures + 1;
	t->state = TRANSFER_RETRY;
	keep_restart(t, event);
}

void
transfer_returned(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t = heard(model, event, component);

	if (!t)
		return;
	t->throttled = true;
	t->state = TRANSFER_WAITING;
}

/* ---- what can be asked ---- */

const struct transfer *
model_transfers(const struct model *model, size_t *count)
{
	*count = model->transfer_count;
	return model->transfers;
}

const struct transfer *
model_transfer(const struct model *model, uint64_t job)
{
	uint32_t i = recall_find(&model->transfer_keys, job);

	return i == NAME_NONE ? NULL : &model->transfers[i];
}

struct transfers
model_transfer_counts(const struct model *model)
{
	struct transfers counts = model->transfer_counts;

	for (uint32_t i = 0; i < model->transfer_count; i++) {
		uint8_t state = model->transfers[i].state;

		counts.running += state == TRANSFER_SENDING;
		counts.waiting += state == TRANSFER_WAITING || state == TRANSFER_NOTIFIED;
		counts.retrying += state == TRANSFER_RETRY || state == TRANSFER_FAILED;
	}
	return counts;
}

const char *
transfer_state_word(enum transfer_state state)
{
	static const char *const words[] = {
#define _(state, word) [TRANSFER_##state] = word,
		TRANSFER_STATES(_)
#undef _
	};

	return words[state];
}
