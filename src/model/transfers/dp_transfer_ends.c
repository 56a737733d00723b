/*
 * How transfers to distribution points end, as their threads tell it.
 */
#include "model/transfers/dp_transfer_ends.h"

#include <string.h>

#include "model/tables/components.h"
#include "model/records/announced_times.h"
#include "model/records/failures.h"
#include "model/records/rate_counter.h"
#include "model/tables/state.h"
#include "model/transfers/transfer_errors.h"
#include "model/transfers/transfer_table.h"

/* What the distribution manager is told. */
enum { STATUS_STARTED = 0, STATUS_INSTALLED = 3, STATUS_RETRY = 4, STATUS_FAILED = 5 };

/* The thread has told how it ended. */
static void
over(struct model *model, struct transfer *t, uint32_t slot, enum transfer_state outcome)
{
	if (slot != NAME_NONE)
		model->transfers->told[slot] |= TOLD_OVER;
	transfer_extra(model, t)->outcome = (uint8_t)outcome;
	transfer_settle(model, t);
}

/* ---- well ---- */

/* A pull DP's package may be reported by a later job: those that were only notified of it wait for nothing more. */
static void
end_notified(struct model *model, const struct transfer *done, int64_t at)
{
	struct transfer_table *transfers = model->transfers;

	for (uint32_t i = 0; i < transfers->count; i++) {
		struct transfer *t = &transfers->rows[i];

		if (t == done || t->state != TRANSFER_NOTIFIED || t->package != done->package
		    || t->version != done->version || !transfer_same_dp(model, t->dp, done->dp) || t->job > done->job)
			continue;
		t->state = transfer_extra(model, t)->outcome = TRANSFER_DONE;
		t->restart.text[0] = t->error[0] = '\0';
		if (at != WHEN_NONE)
			t->last = at;
	}
}

static void
count_done(struct model *model, int64_t at)
{
	model->transfers->done++;
	rate_count(model, RATE_TRANSFERS, at);
}

static void
done(struct model *model, struct transfer *t, uint32_t slot, const struct event *event)
{
	struct transition *transition;
	bool again = transfer_extra(model, t)->outcome == TRANSFER_DONE;

	over(model, t, slot, TRANSFER_DONE);
	if (again)
		return;
	t->restart.text[0] = t->error[0] = '\0';
	if (event->at != WHEN_NONE)
		t->last = event->at;
	count_done(model, event->at);
	transition = transfer_tell(model, TRANSITION_TRANSFER_DONE, event, t);
	if (!t->pull)
		transition->bytes = (int64_t)t->bytes;
	if (t->started != WHEN_NONE && transition->at != WHEN_NONE && transition->at >= t->started)
		transition->seconds = (transition->at - t->started) / WHEN_SECOND;
	end_notified(model, t, event->at);
}

/*
 * The transfer that the event's thread is at. Where lines were lost, one that the
 * words name, as its beginning may have been among them; not where the log merely
 * begins later: then the thread may be at a job that was never heard of.
 */
static struct transfer *
transfer_meant(struct model *model, const struct event *event, uint32_t component, uint32_t *slot)
{
	struct transfer *t = transfer_of_thread(model, event, component, slot);

	if (t)
		return t;
	*slot = NAME_NONE;
	return model->components->rows[component].gap ? transfer_named(model, event) : NULL;
}

/* Of a thread whose beginning was not seen: something is done, whatever its number. */
void
transfer_done(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_meant(model, event, component, &slot);

	if (t)
		done(model, t, slot, event);
	else
		count_done(model, event->at);
}

void
transfer_notified(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of_thread(model, event, component, &slot);

	if (!t)
		return;
	if (event_has_number(event, NUMBER_COUNT))
		t->attempts = event->number[NUMBER_COUNT];
	t->restart = announced_take(model, event);
	over(model, t, slot, TRANSFER_NOTIFIED);
}

/* ---- badly ---- */

void
transfer_error(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of_thread(model, event, component, &slot);

	if (t)
		transfer_keep_error(model, t, event);
}

/* "CSendFileAction::SendFiles failed; 0x8007052e; Sending failed. Failure count = 24, …" */
static void
tell_failed(struct model *model, struct transfer *t, const struct event *event, uint32_t component)
{
	struct transition *transition = transfer_tell(model, TRANSITION_TRANSFER_FAILED, event, t);
	struct failure *f;
	size_t size;

	span_copy(span_of(t->error), transition->text, sizeof(transition->text) - 2);
	size = strlen(transition->text);
	if (size > 0) {
		memcpy(transition->text + size, "; ", 2);
		size += 2;
	}
	span_copy(event->message, transition->text + size, sizeof(transition->text) - size);
	if (!t->pull)
		transition->bytes = (int64_t)t->bytes;
	f = failure_record(model, transition, FAILURE_TRANSFER, event, component);
	f->coded = transfer_error_code(span_of(t->error), &f->code) || transfer_error_code(event->message, &f->code);
}

/* A thread fails once, in however many words it says so. */
static void
failed(struct model *model, struct transfer *t, uint32_t slot, const struct event *event, uint32_t component,
       enum transfer_state outcome)
{
	struct transfer_table *transfers = model->transfers;
	bool told = slot != NAME_NONE && transfers->told[slot] & TOLD_FAILED;

	over(model, t, slot, outcome);
	if (slot != NAME_NONE)
		transfers->told[slot] |= TOLD_FAILED;
	if (told)
		return;
	transfers->failures++;
	tell_failed(model, t, event, component);
}

/* Counted and told too where the thread's beginning was not seen. */
static void
fail_of_nobody(struct model *model, const struct event *event, uint32_t component)
{
	static const struct transfer nobody = { .package = NAME_NONE, .dp = NAME_NONE, .pull = true };
	struct transfer t = nobody;

	model->transfers->failures++;
	if (event_has_number(event, NUMBER_COUNT))
		t.attempts = event->number[NUMBER_COUNT];
	tell_failed(model, &t, event, component);
}

void
transfer_failed(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of_thread(model, event, component, &slot);

	if (!t) {
		fail_of_nobody(model, event, component);
		return;
	}
	t->failures = event_has_number(event, NUMBER_COUNT) ? event->number[NUMBER_COUNT] : t->failures + 1;
	t->restart = announced_take(model, event);
	failed(model, t, slot, event, component, TRANSFER_RETRY);
}

void
transfer_status(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_meant(model, event, component, &slot);

	if (!t)
		return;
	if (event->number[NUMBER_CODE] == STATUS_INSTALLED)
		done(model, t, slot, event);
	/* A thread that has told another end, such as a pull DP without capacity, has not failed. */
	if (event->number[NUMBER_CODE] == STATUS_RETRY
	    && !(slot != NAME_NONE && (model->transfers->told[slot] & (TOLD_OVER | TOLD_FAILED)) == TOLD_OVER))
		failed(model, t, slot, event, component, TRANSFER_RETRY);
	if (event->number[NUMBER_CODE] == STATUS_FAILED)
		failed(model, t, slot, event, component, TRANSFER_FAILED);
}

/* ---- neither ---- */

/* Only one connection is allowed, and another has it. */
void
transfer_returned(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of_thread(model, event, component, &slot);

	if (!t)
		return;
	t->throttled = true;
	over(model, t, slot, TRANSFER_WAITING);
}

void
transfer_deferred(struct model *model, const struct event *event, uint32_t component)
{
	uint32_t slot;
	struct transfer *t = transfer_of_thread(model, event, component, &slot);

	if (!t)
		return;
	t->restart = announced_take(model, event);
	over(model, t, slot, TRANSFER_WAITING);
}

/* The last word of a thread. Where none has said how it went, an error is what is known. */
void
transfer_thread(struct model *model, const struct event *event, uint32_t component)
{
	struct transfer_table *transfers = model->transfers;
	uint32_t slot;
	struct transfer *t = transfer_of_thread(model, event, component, &slot);
	bool told;

	if (!t)
		return;
	told = transfers->told[slot] & TOLD_OVER;
	slots_put(&transfers->slots, slot, SLOTS_ENDED);
	transfer_settle(model, t);
	if (!told && t->threads == 0
	    && (transfer_extra(model, t)->outcome == TRANSFER_WAITING
	        || transfer_extra(model, t)->outcome == TRANSFER_NOTIFIED)
	    && t->error[0])
		failed(model, t, NAME_NONE, event, component, TRANSFER_RETRY);
}
