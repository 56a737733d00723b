/*
 * How transfers to distribution points begin and go on. Positions start anew with
 * every file of the content library, so the bytes of a job are the sum over its
 * blocks. How a transfer ends is in dp_transfer_ends.c.
 */
#include "model/transfers/dp_transfers.h"

#include "model/records/rate_limit.h"
#include "model/tables/state.h"
#include "model/transfers/transfer_errors.h"
#include "model/transfers/transfer_table.h"
#include "model/tables/truncated.h"

static void
begin_attempt(struct model *model, struct transfer *t, const struct event *event)
{
	if (transfer_extra(model, t)->outcome != TRANSFER_NOTIFIED) /* else its pull DP is asked how far it is */
		transfer_extra(model, t)->outcome = TRANSFER_WAITING;
	t->started = event->at;
	t->started_log = event->log;
	t->moved = WHEN_NONE;
	t->collisions = 0;
	t->attempts++;
	transfer_tell(model, TRANSITION_TRANSFER_STARTED, event, t);
}

void
transfers_uncertain(struct model *model, uint32_t component)
{
	struct transfer_table *transfers = model->transfers;

	for (uint32_t i = slots_first(&transfers->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&transfers->slots, i))
		if (transfers->slots.links[i].component == component)
			transfers->told[i] |= TOLD_UNSURE;
}

#define UNSURE_FOR (10 * WHEN_MINUTE)

/*
 * Threads that have not spoken since lines were lost have probably ended in these:
 * those of a job that is begun anew, and those that stay silent for long.
 */
static void
end_unsure(struct model *model, const struct transfer *begun, int64_t at)
{
	struct transfer_table *transfers = model->transfers;
	uint32_t next;

	for (uint32_t i = slots_first(&transfers->slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		struct transfer *t = &transfers->rows[transfers->row_of[i]];

		next = slots_next(&transfers->slots, i);
		if (transfers->told[i] & TOLD_UNSURE
		    && (t == begun || (at != WHEN_NONE && t->last != WHEN_NONE && at - t->last > UNSURE_FOR)))
			transfer_leaves(model, i, t);
	}
}

/* A damaged line may have any number. */
static bool
names_job(const struct event *event)
{
	return event->number[NUMBER_COUNT] <= TRANSFER_JOB_MOST;
}

void
transfer_started(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t;
	uint32_t slot;

	if (!names_job(event))
		return;
	if ((t = transfer_of_thread(model, event, component, &slot)))
		transfer_leaves(model, slot, t);
	t = transfer_at(model, event);
	end_unsure(model, t, event->at);
	slot = slots_take(&model->transfers->slots, component, event->thread);
	if (slot == NAME_NONE) {
		model->truncation->lost.transfers++;
		return;
	}
	slots_put(&model->transfers->slots, slot, SLOTS_OPEN);
	model->transfers->row_of[slot] = (uint32_t)(t - model->transfers->rows);
	model->transfers->told[slot] = 0;
	t->pull = event->detail == 1;
	t->throttled = false;
	t->limit_percent = 0;
	t->limit_rate = -1;
	t->pauses_until = WHEN_NONE;
	t->restart.text[0] = t->error[0] = '\0';
	if (t->state != TRANSFER_SENDING)
		begin_attempt(model, t, event);
	transfer_settle(model, t);
}

void
transfer_found(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer *t;

	(void)component;
	if (!names_job(event))
		return;
	t = transfer_at(model, event);
	if (t->state != TRANSFER_SENDING)
		transfer_extra(model, t)->outcome = TRANSFER_WAITING;
	transfer_settle(model, t);
}

void
transfers_interrupt(struct model *model, uint32_t component)
{
	struct transfer_table *transfers = model->transfers;
	uint32_t next;

	for (uint32_t i = slots_first(&transfers->slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		struct transfer *t = &transfers->rows[transfers->row_of[i]];
		bool sending = t->state == TRANSFER_SENDING;

		next = slots_next(&transfers->slots, i);
		if (transfers->slots.links[i].component != component)
			continue;
		transfer_leaves(model, i, t);
		if (sending && t->state != TRANSFER_SENDING)
			t->state = transfer_extra(model, t)->outcome = TRANSFER_WAITING;
	}
}

/* ---- signs of life ---- */

#define GAPS_LEAST 4 /* a pause or two are not usual yet */

static void
learn_gap(struct model *model, struct transfer *t, int64_t at)
{
	int64_t gap = when_between(t->last, at);
	struct usual_gap *gaps = &transfer_extra(model, t)->gaps;

	if (gap <= 0 || t->state != TRANSFER_SENDING)
		return;
	usual_gap_add(gaps, gap);
	if (gaps->gaps >= GAPS_LEAST)
		t->usual_gap = gaps->usual;
}

/* Rules of the package transfer manager's own have seen to it. */
static bool
is_own_kind(uint8_t kind)
{
	return kind >= EVENT_TRANSFER_FOUND && kind <= EVENT_TRANSFER_THREAD;
}

static bool
is_work(uint8_t kind)
{
	return kind == EVENT_TRANSFER_WROTE || kind == EVENT_TRANSFER_ACTIVE || kind == EVENT_TRANSFER_YIELDS;
}

/* One that was given up because lines were lost goes on after all. */
static struct transfer *
take_up(struct model *model, uint32_t slot)
{
	struct transfer_table *transfers = model->transfers;
	struct transfer *t;

	if (!(transfers->told[slot] & TOLD_UNSURE) || transfers->row_of[slot] == NAME_NONE)
		return NULL;
	t = &transfers->rows[transfers->row_of[slot]];
	transfers->told[slot] = 0;
	slots_put(&transfers->slots, slot, SLOTS_OPEN);
	if (transfer_extra(model, t)->outcome == TRANSFER_DONE)
		transfer_extra(model, t)->outcome = TRANSFER_WAITING;
	transfer_settle(model, t);
	return t;
}

void
transfer_speaks(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of_thread(model, event, component, &slot);

	if (event->kind == EVENT_TRANSFER_STARTED)
		return;
	if (!t && slot != NAME_NONE && is_work(event->kind))
		t = take_up(model, slot);
	if (!t)
		return;
	model->transfers->told[slot] &= (uint8_t)~TOLD_UNSURE;
	learn_gap(model, t, event->at);
	if (event->at != WHEN_NONE) {
		t->last = event->at;
		t->log = event->log;
	}
	if (event->level == LEVEL_ERROR && !is_own_kind(event->kind) && !event->status)
		transfer_keep_error(model, t, event);
}

void
transfer_active(struct model *model, const struct event *event, uint32_t component)
{
	(void)model, (void)event, (void)component; /* transfer_speaks() has seen to it */
}

/* One that seemed to have ended and goes on after all. */
static void
moves(struct model *model, struct transfer *t, uint32_t slot, int64_t at)
{
	struct transfer_table *transfers = model->transfers;

	if (at != WHEN_NONE)
		t->moved = at;
	if (!(transfers->told[slot] & TOLD_OVER) || transfer_extra(model, t)->outcome == TRANSFER_DONE)
		return;
	transfers->told[slot] = 0;
	transfer_settle(model, t);
}

void
transfer_wrote(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of_thread(model, event, component, &slot);
	uint64_t bytes = event->number[NUMBER_BYTES];

	if (!t || bytes >= INT64_MAX / 2 || t->bytes + bytes >= INT64_MAX / 2)
		return;
	t->bytes += bytes;
	moves(model, t, slot, event->at);
	if (event->at == WHEN_NONE)
		return;
	t->recent_since = model->first;
	rate_window_add(&transfer_extra(model, t)->recent, when_between(model->first, event->at), bytes);
}

void
transfer_yields(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of_thread(model, event, component, &slot);

	if (!t)
		return;
	t->throttled = true;
	t->pauses_until = yielded_until(event);
	moves(model, t, slot, event->at);
	if (!event_has_number(event, NUMBER_PERCENT) || event->number[NUMBER_PERCENT] > 100)
		return;
	t->limit_percent = (uint8_t)event->number[NUMBER_PERCENT];
	t->limit_rate = yielded_rate(event);
}
