/*
 * Transfers to distribution points, and the threads that work on them. A thread
 * names its job itself, and several may work on one.
 */
#include "model/transfers/transfer_table.h"

#include <stdlib.h>
#include <string.h>

#include "model/tables/components.h"
#include "model/tables/fifo_map.h"
#include "model/records/journal.h"
#include "model/tables/places.h"
#include "model/tables/state.h"
#include "model/tables/truncated.h"

struct transfer_table *
transfer_table_new(uint32_t most, uint32_t threads)
{
	struct transfer_table *transfers = calloc(1, sizeof(*transfers));

	if (!transfers)
		return NULL;
	transfers->rows = calloc(most, sizeof(*transfers->rows));
	transfers->extras = calloc(most, sizeof(*transfers->extras));
	transfers->row_of = calloc(threads, sizeof(*transfers->row_of));
	transfers->told = calloc(threads, sizeof(*transfers->told));
	if (slots_init(&transfers->slots, threads) && fifo_map_init(&transfers->keys, most) && transfers->rows
	    && transfers->extras && transfers->row_of && transfers->told)
		return transfers;
	transfer_table_free(transfers);
	return NULL;
}

void
transfer_table_free(struct transfer_table *transfers)
{
	if (!transfers)
		return;
	slots_destroy(&transfers->slots);
	fifo_map_destroy(&transfers->keys);
	free(transfers->rows);
	free(transfers->extras);
	free(transfers->row_of);
	free(transfers->told);
	free(transfers);
}

struct transfer_extra *
transfer_extra(struct model *model, const struct transfer *transfer)
{
	struct transfer_table *transfers = model->transfers;

	return &transfers->extras[transfer - transfers->rows];
}

/* ---- which transfer ---- */

/* The row is another job's now: threads that point at it, or last did, have lost theirs. */
static void
orphan(struct model *model, uint32_t row)
{
	struct transfer_table *transfers = model->transfers;
	uint32_t next;

	for (uint32_t i = slots_first(&transfers->slots, SLOTS_ENDED); i != NAME_NONE;
	     i = slots_next(&transfers->slots, i))
		if (transfers->row_of[i] == row)
			transfers->row_of[i] = NAME_NONE;
	for (uint32_t i = slots_first(&transfers->slots, SLOTS_OPEN); i != NAME_NONE; i = next) {
		next = slots_next(&transfers->slots, i);
		if (transfers->row_of[i] != row)
			continue;
		transfers->row_of[i] = NAME_NONE;
		slots_put(&transfers->slots, i, SLOTS_ENDED);
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
	x = intern_name(model->places->server_names, a);
	y = intern_name(model->places->server_names, b);
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
	struct transfer_extra *extra = transfer_extra(model, t);

	if (t->serial > 0)
		orphan(model, (uint32_t)(t - model->transfers->rows));
	*extra = (struct transfer_extra){ .outcome = TRANSFER_WAITING };
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
		.recent = &extra->recent,
		.recent_since = WHEN_NONE,
	};
}

/* A number that comes back with another package or distribution point is a new job. */
struct transfer *
transfer_at(struct model *model, const struct event *event)
{
	uint32_t package = package_at(model, event_text(event, TEXT_PACKAGE));
	uint32_t dp = server_at(model, event_text(event, TEXT_DP));
	uint32_t version = small_number(event, NUMBER_VERSION, UINT32_MAX), i;
	struct transfer *t;
	bool fresh;

	i = fifo_map_take(&model->transfers->keys, event->number[NUMBER_COUNT], &fresh);
	t = &model->transfers->rows[i];
	if (fresh && t->serial > 0 && t->state != TRANSFER_DONE)
		model->truncation->lost.transfers++; /* one that goes on has to make room */
	if (fresh || !is_same(model, t, package, version, dp))
		row_begin(model, t, event->number[NUMBER_COUNT]);
	t->package = package;
	t->version = version;
	t->priority = (uint8_t)small_number(event, NUMBER_PRIORITY, UINT8_MAX);
	t->dp = dp;
	t->last = event->at == WHEN_NONE ? t->last : event->at;
	t->log = event->log;
	package_seen(model, t->package, t->version, event->at, event->log);
	if (i >= model->transfers->count)
		model->transfers->count = i + 1;
	return t;
}

/* Of several the one with the newest line. */
struct transfer *
transfer_named(struct model *model, const struct event *event)
{
	struct transfer_table *transfers = model->transfers;
	uint32_t package = model_package_named(model, event_text(event, TEXT_PACKAGE));
	uint32_t dp = intern_find(model->places->server_names, event_text(event, TEXT_DP));
	uint32_t version = small_number(event, NUMBER_VERSION, UINT32_MAX);
	struct transfer *found = NULL;

	if (package == NAME_NONE || !event_has_text(event, TEXT_DP))
		return NULL;
	for (uint32_t i = 0; i < transfers->count; i++) {
		struct transfer *t = &transfers->rows[i];

		if (t->package == package && t->version == version && transfer_same_dp(model, t->dp, dp)
		    && transfer_extra(model, t)->outcome != TRANSFER_DONE && (!found || t->serial > found->serial))
			found = t;
	}
	return found;
}

struct transfer *
transfer_of_thread(const struct model *model, const struct event *event, uint32_t component, uint32_t *slot)
{
	const struct transfer_table *transfers = model->transfers;

	*slot = slots_find(&transfers->slots, component, event->thread);
	if (*slot == NAME_NONE || slots_where(&transfers->slots, *slot) != SLOTS_OPEN)
		return NULL;
	return &transfers->rows[transfers->row_of[*slot]];
}

const struct transfer *
transfer_last_at(const struct model *model, uint32_t component, uint32_t thread)
{
	const struct transfer_table *transfers = model->transfers;
	uint32_t slot = slots_find(&transfers->slots, component, thread);

	if (slot == NAME_NONE || transfers->row_of[slot] == NAME_NONE)
		return NULL;
	return &transfers->rows[transfers->row_of[slot]];
}

/* ---- its state ---- */

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
	struct transfer_table *transfers = model->transfers;
	uint32_t row = (uint32_t)(t - transfers->rows), working = 0;

	t->threads = 0;
	for (uint32_t i = slots_first(&transfers->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&transfers->slots, i)) {
		if (transfers->row_of[i] != row)
			continue;
		list_thread(t, transfers->slots.links[i].thread);
		working += !(transfers->told[i] & TOLD_OVER);
	}
	t->state = working > 0 && transfer_extra(model, t)->outcome != TRANSFER_DONE
	                   ? (uint8_t)TRANSFER_SENDING
	                   : transfer_extra(model, t)->outcome;
}

void
transfer_leaves(struct model *model, uint32_t slot, struct transfer *t)
{
	slots_put(&model->transfers->slots, slot, SLOTS_ENDED);
	transfer_settle(model, t);
}

struct transition *
transfer_tell(struct model *model, enum transition_kind kind, const struct event *event, const struct transfer *t)
{
	struct transition *transition = transition_record(model, kind, event);
	uint64_t job = t->job;
	char digits[sizeof(transition->request)], *at = digits + sizeof(digits);

	*--at = '\0';
	for (; job > 0; job /= 10)
		*--at = (char)('0' + job % 10);
	strcpy(transition->request, at);
	transition->package = t->package;
	transition->version = t->version;
	transition->dp = t->dp;
	transition->attempt = t->attempts > 255 ? 255 : (uint8_t)t->attempts;
	return transition;
}

/* ---- what can be asked ---- */

const struct transfer *
model_transfers(const struct model *model, size_t *count)
{
	const struct transfer_table *transfers = model->transfers;

	*count = transfers->count;
	return transfers->rows;
}

const struct transfer *
model_transfer(const struct model *model, uint64_t job)
{
	const struct transfer_table *transfers = model->transfers;
	uint32_t i = fifo_map_find(&transfers->keys, job);

	return i == NAME_NONE ? NULL : &transfers->rows[i];
}

struct transfers
model_transfer_counts(const struct model *model)
{
	const struct family_seen *family = &model->components->families[FAMILY_TRANSFER];
	struct transfers counts = {
		.done = model->transfers->done,
		.failures = model->transfers->failures,
		.seen = family->seen,
		.since = family->since,
	};

	for (uint32_t i = 0; i < model->transfers->count; i++) {
		uint8_t state = model->transfers->rows[i].state;

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

/* ---- self-check ---- */

static const char *
check_row(const struct transfer_table *transfers, uint32_t row)
{
	const struct transfer *t = &transfers->rows[row];
	uint32_t threads = 0, working = 0;

	for (uint32_t i = slots_first(&transfers->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&transfers->slots, i)) {
		threads += transfers->row_of[i] == row;
		working += transfers->row_of[i] == row && !(transfers->told[i] & TOLD_OVER);
	}
	if (threads != t->threads)
		return "threads of a transfer are miscounted";
	if ((t->state == TRANSFER_SENDING) != (working > 0 && transfers->extras[row].outcome != TRANSFER_DONE))
		return "a transfer is sending and nobody is at it, or the other way round";
	for (uint32_t i = 1; i < threads && i < TRANSFER_THREADS; i++)
		if (t->thread[i - 1] >= t->thread[i])
			return "threads of a transfer are not in order";
	return NULL;
}

const char *
transfer_table_check(const struct model *model)
{
	const struct transfer_table *transfers = model->transfers;
	const char *wrong = NULL;

	for (uint32_t i = slots_first(&transfers->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&transfers->slots, i))
		if (transfers->row_of[i] >= transfers->count)
			return "a thread is at a transfer that is not there";
	for (uint32_t row = 0; row < transfers->count && !wrong; row++)
		wrong = check_row(transfers, row);
	return wrong;
}
