/*
 * Transfers to distribution points, and the threads that work on them. A thread
 * names its job itself, and several may work on one. Positions start anew with
 * every file of the content library, so the bytes of a job are the sum over its
 * blocks. How a transfer ends is in transfer_ends.c.
 */
#include "model/state.h"

#include <string.h>

/* ---- rows ---- */

/* The row is another job's now: threads that point at it, or last did, have lost theirs. */
static void
orphan(struct model *model, uint32_t row)
{
	uint32_t next;

	for (uint32_t i = slots_first(&model->transfers.slots, SLOTS_ENDED); i != NAME_NONE;
	     i = slots_next(&model->transfers.slots, i))
		if (model->transfers.row_of[i] == row)
			model->transfers.row_of[i] = NAME_NONE;
	for (uint32_t i = slots_first(&model->transfers.slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		next = slots_next(&model->transfers.slots, i);
		if (model->transfers.row_of[i] != row)
			continue;
		model->transfers.row_of[i] = NAME_NONE;
		slots_put(&model->transfers.slots, i, SLOTS_ENDED);
	}
}

static struct span
first_label(const char *name)
{
	struct span text = span_of(name);

	return span_part(text, 0, span_find(text, SPAN(".")));
}

/* Only one of the two may be the short form of the other: two full names are two servers. */
bool
transfer_same_dp(const struct model *model, uint32_t a, uint32_t b)
{
	const char *x, *y;

	if (a == b || a == NAME_NONE || b == NAME_NONE)
		return a == b;
	x = model_server(model, a);
	y = model_server(model, b);
	if (strchr(x, '.') && strchr(y, '.'))
		return false;
	return span_is_nocase(first_label(x), first_label(y));
}

static uint32_t
small_number(const struct event *event, enum number_field field, uint32_t most)
{
	return event_has_number(event, field) && event->number[field] <= most ? (uint32_t)event->number[field] : 0;
}

/* Whether the row may be what the event names; what either does not tell is no difference. */
static bool
is_same(const struct model *model, const struct transfer *t, uint32_t package, uint32_t version, uint32_t dp)
{
	return (t->package == package || t->package == NAME_NONE || package == NAME_NONE)
	       && (t->version == version || t->version == 0 || version == 0)
	       && (t->dp == NAME_NONE || dp == NAME_NONE || transfer_same_dp(model, t->dp, dp));
}

static void
row_begin(struct model *model, struct transfer *t, uint64_t job)
{
	if (t->serial > 0)
		orphan(model, (uint32_t)(t - model->transfers.rows));
	*t = (struct transfer){
		.job = job,
		.package = NAME_NONE,
		.dp = NAME_NONE,
		.limit_rate = -1,
		.serial = ++model->serials,
		.started = WHEN_NONE,
		.last = WHEN_NONE,
		.moved = WHEN_NONE,
		.pauses_until = WHEN_NONE,
	};
}

/* The job that the event names. A number that comes back with another package or distribution point is a new job. */
static struct transfer *
transfer_at(struct model *model, const struct event *event)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	uint32_t dp = server_at(model, event_text(event, TEXT_DP));
	uint32_t version = small_number(event, NUMBER_VERSION, UINT32_MAX), i;
	struct transfer *t;
	bool fresh;

	i = fifo_map_take(&model->transfers.keys, event->number[NUMBER_COUNT], &fresh);
	t = &model->transfers.rows[i];
	if (fresh && t->serial > 0 && t->state != TRANSFER_DONE)
		model->truncation->lost.transfers++; /* one that goes on has to make room */
	if (fresh || !is_same(model, t, package, version, dp))
		row_begin(model, t, event->number[NUMBER_COUNT]);
	t->package = package;
	t->version = version;
	t->priority = (uint8_t)small_number(event, NUMBER_PRIORITY, UINT8_MAX);
	t->dp = dp;
	t->last = event->at == WHEN_NONE ? t->last : event->at;
	package_seen(model, t->package, t->version, event->at);
	if (i >= model->transfers.count)
		model->transfers.count = i + 1;
	return t;
}

/* Of several the one that was heard of last. */
struct transfer *
transfer_named(struct model *model, const struct event *event)
{
	uint32_t package = model_package_named(model, event_text(event, TEXT_PACKAGE));
	uint32_t dp = intern_find(model->places->server_names, event_text(event, TEXT_DP));
	uint32_t version = small_number(event, NUMBER_VERSION, UINT32_MAX);
	struct transfer *found = NULL;

	if (package == NAME_NONE || !event_has_text(event, TEXT_DP))
		return NULL;
	for (uint32_t i = 0; i < model->transfers.count; i++) {
		struct transfer *t = &model->transfers.rows[i];

		if (t->package == package && t->version == version && transfer_same_dp(model, t->dp, dp)
		    && t->outcome != TRANSFER_DONE && (!found || t->serial > found->serial))
			found = t;
	}
	return found;
}

/* ---- threads ---- */

struct transfer *
transfer_of_thread(struct model *model, const struct event *event, uint32_t component, uint32_t *slot)
{
	*slot = slots_find(&model->transfers.slots, component, event->thread);
	if (*slot == NAME_NONE || slots_where(&model->transfers.slots, *slot) != SLOTS_OPEN)
		return NULL;
	return &model->transfers.rows[model->transfers.row_of[*slot]];
}

/* Keeps the smallest numbers, in their order. */
static void
list_thread(struct transfer *t, uint32_t thread)
{
	uint32_t kept = t->threads < TRANSFER_THREADS ? t->threads : TRANSFER_THREADS, at = 0;

	t->threads++;
	while (at < kept && t->thread[at] < thread)
		at++;
	if (at == TRANSFER_THREADS)
		return;
	if (kept == TRANSFER_THREADS)
		kept--;
	memmove(&t->thread[at + 1], &t->thread[at], (kept - at) * sizeof(t->thread[0]));
	t->thread[at] = thread;
}

/* A thread that has told how it ended is no longer at work, though it has not said its last word. */
void
transfer_settle(struct model *model, struct transfer *t)
{
	uint32_t row = (uint32_t)(t - model->transfers.rows), working = 0;

	t->threads = 0;
	for (uint32_t i = slots_first(&model->transfers.slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->transfers.slots, i)) {
		if (model->transfers.row_of[i] != row)
			continue;
		list_thread(t, model->transfers.slots.links[i].thread);
		working += !(model->transfers.said[i] & SAID_OVER);
	}
	t->state = working > 0 && t->outcome != TRANSFER_DONE ? (uint8_t)TRANSFER_SENDING : t->outcome;
}

struct transition *
transfer_tell(struct model *model, enum transition_kind kind, const struct event *event, const struct transfer *t)
{
	struct transition *h = transition_record(model, kind, event);
	uint64_t job = t->job;
	char digits[sizeof(h->request)], *at = digits + sizeof(digits);

	*--at = '\0';
	for (; job > 0; job /= 10)
		*--at = (char)('0' + job % 10);
	strcpy(h->request, at);
	h->package = t->package;
	h->version = t->version;
	h->dp = t->dp;
	h->attempt = t->attempts > 255 ? 255 : (uint8_t)t->attempts;
	return h;
}

static void
begin_attempt(struct model *model, struct transfer *t, const struct event *event)
{
	if (t->outcome != TRANSFER_NOTIFIED) /* else its pull DP is asked how far it is */
		t->outcome = TRANSFER_WAITING;
	t->started = event->at;
	t->moved = WHEN_NONE;
	t->collisions = 0;
	t->attempts++;
	transfer_tell(model, TRANSITION_TRANSFER_STARTED, event, t);
}

/* Ends the thread's work on whatever it was at. */
static void
leave(struct model *model, uint32_t slot, struct transfer *t)
{
	slots_put(&model->transfers.slots, slot, SLOTS_ENDED);
	transfer_settle(model, t);
}

void
transfers_uncertain(struct model *model, uint32_t component)
{
	for (uint32_t i = slots_first(&model->transfers.slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->transfers.slots, i))
		if (model->transfers.slots.links[i].component == component)
			model->transfers.said[i] |= SAID_UNSURE;
}

#define UNSURE_FOR (10 * WHEN_MINUTE)

/*
 * Threads that have not spoken since lines were lost have probably ended in these:
 * those of a job that is begun anew, and those that stay silent for long.
 */
static void
end_unsure(struct model *model, const struct transfer *begun, int64_t at)
{
	uint32_t next;

	for (uint32_t i = slots_first(&model->transfers.slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		struct transfer *t = &model->transfers.rows[model->transfers.row_of[i]];

		next = slots_next(&model->transfers.slots, i);
		if (model->transfers.said[i] & SAID_UNSURE
		    && (t == begun || (at != WHEN_NONE && t->last != WHEN_NONE && at - t->last > UNSURE_FOR)))
			leave(model, i, t);
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
		leave(model, slot, t);
	t = transfer_at(model, event);
	end_unsure(model, t, event->at);
	slot = slots_take(&model->transfers.slots, component, event->thread);
	if (slot == NAME_NONE) {
		model->truncation->lost.transfers++;
		return;
	}
	slots_put(&model->transfers.slots, slot, SLOTS_OPEN);
	model->transfers.row_of[slot] = (uint32_t)(t - model->transfers.rows);
	model->transfers.said[slot] = 0;
	t->pull = event->detail == 1;
	t->throttled = false;
	t->limit_percent = 0;
	t->limit_rate = -1;
	t->pauses_until = WHEN_NONE;
	t->restart[0] = t->error[0] = '\0';
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
		t->outcome = TRANSFER_WAITING;
	transfer_settle(model, t);
}

void
transfers_interrupt(struct model *model, uint32_t component)
{
	uint32_t next;

	for (uint32_t i = slots_first(&model->transfers.slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		struct transfer *t = &model->transfers.rows[model->transfers.row_of[i]];
		bool sending = t->state == TRANSFER_SENDING;

		next = slots_next(&model->transfers.slots, i);
		if (model->transfers.slots.links[i].component != component)
			continue;
		leave(model, i, t);
		if (sending && t->state != TRANSFER_SENDING)
			t->state = t->outcome = TRANSFER_WAITING;
	}
}

/* ---- signs of life ---- */

/* A word within a second of the one before is part of it. */
static void
learn_gap(struct transfer *t, int64_t at)
{
	int64_t gap = t->last == WHEN_NONE || at == WHEN_NONE ? 0 : at - t->last;

	if (gap < WHEN_SECOND || t->state != TRANSFER_SENDING)
		return;
	t->gap[t->next_gap] = gap > UINT32_MAX ? UINT32_MAX : (uint32_t)gap;
	t->next_gap = (uint8_t)((t->next_gap + 1) % TRANSFER_GAPS);
	if (t->gaps < TRANSFER_GAPS)
		t->gaps++;
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
	return kind == EVENT_TRANSFER_WROTE || kind == EVENT_TRANSFER_HEARD || kind == EVENT_TRANSFER_YIELDS;
}

/* One that was given up because lines were lost goes on after all. */
static struct transfer *
take_up(struct model *model, uint32_t slot)
{
	struct transfer *t;

	if (!(model->transfers.said[slot] & SAID_UNSURE) || model->transfers.row_of[slot] == NAME_NONE)
		return NULL;
	t = &model->transfers.rows[model->transfers.row_of[slot]];
	model->transfers.said[slot] = 0;
	slots_put(&model->transfers.slots, slot, SLOTS_OPEN);
	if (t->outcome == TRANSFER_DONE)
		t->outcome = TRANSFER_WAITING;
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
	model->transfers.said[slot] &= (uint8_t)~SAID_UNSURE;
	learn_gap(t, event->at);
	if (event->at != WHEN_NONE)
		t->last = event->at;
	if (event->level == LEVEL_ERROR && !is_own_kind(event->kind) && !event->status)
		transfer_blame(model, t, event);
}

void
transfer_heard(struct model *model, const struct event *event, uint32_t component)
{
	(void)model, (void)event, (void)component; /* transfer_speaks() has seen to it */
}

/* One that seemed to have ended and goes on after all. */
static void
moves(struct model *model, struct transfer *t, uint32_t slot, int64_t at)
{
	if (at != WHEN_NONE)
		t->moved = at;
	if (!(model->transfers.said[slot] & SAID_OVER) || t->outcome == TRANSFER_DONE)
		return;
	model->transfers.said[slot] = 0;
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
	if (event->at != WHEN_NONE)
		rate_second(t->second, t->second_bytes, event->at, bytes);
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
