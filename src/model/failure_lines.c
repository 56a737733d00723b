/*
 * Lines that report a failure. Sends, package threads, DPs and transfers tell of
 * their own failures by failure_record(). Any other line that reports one is handled
 * here: it belongs to what its thread works on, or to what the line names, or to its
 * component.
 */
#include "model/failure_lines.h"

#include <string.h>

#include "model/records/announced_times.h"
#include "model/records/failures.h"
#include "model/records/journal.h"
#include "model/records/status_text.h"

static void
record_line(struct model *model, const struct event *event, uint32_t component)
{
	struct transition *t = transition_record(model, TRANSITION_FAILURE, event);

	if (!status_text(event->message, t->text, sizeof(t->text)))
		span_copy(event->message, t->text, sizeof(t->text));
	failure_record(model, t, failure_owner(model, event, component, t), event, component);
}

static bool
is_close(const struct failure *failure, const struct event *event, uint32_t component)
{
	return failure->component == component && failure->what.thread == event->thread
	       && failure->what.kind == TRANSITION_FAILURE
	       && (event->at == WHEN_NONE || failure->what.at == WHEN_NONE || event->at - failure->what.at < CLOSE_BY);
}

/* The thread's failure just before is the same one: what is said now names what it was about. */
static void
join_last_failure(struct model *model, const struct event *event, uint32_t component)
{
	struct failure_row *row = model->failures->count > 0 ? &model->failures->rows[model->failures->told] : NULL;
	struct transition *t;
	enum failure_kind kind;
	size_t used;

	if (!row || !is_close(&row->failure, event, component) || row->joined) {
		record_line(model, event, component);
		return;
	}
	t = &row->failure.what;
	kind = (enum failure_kind)row->failure.kind;
	failure_names(model, event, t, &kind);
	if (kind == FAILURE_PACKAGE && t->dp != NAME_NONE)
		kind = FAILURE_DP;
	row->failure.kind = (uint8_t)kind;
	row->joined = true;
	used = strlen(t->text);
	if (used + 3 < sizeof(t->text)) {
		memcpy(t->text + used, "; ", 3);
		span_copy(event->message, t->text + used + 2, sizeof(t->text) - used - 2);
	}
	if (!row->failure.coded)
		failure_find_code(&row->failure, event);
	failure_count_anew(model->failures, row);
	transition_replace(model, t);
}

/*
 * "… won't be processed till {time}": that is when what the thread failed at is
 * tried again. The main thread may say it for another: then it is the newest one.
 */
static void
take_retry_time(struct model *model, const struct event *event, uint32_t component)
{
	struct event other = *event;
	bool any = false;

	for (uint32_t i = 0; i < model->failures->count && i < 8; i++) {
		struct failure_row *row = failure_newest(model->failures, i);
		struct failure *failure = &row->failure;

		if (!any && i == 0 && failure->component == component)
			other.thread = failure->what.thread;
		if (!is_close(failure, event, component) || (failure->retry.text[0] && !row->guessed))
			continue;
		row->guessed = false;
		failure->retry = announced_take(model, event);
		any = true;
	}
	if (!any && other.thread != event->thread)
		take_retry_time(model, &other, component);
}

static bool
is_success(uint8_t kind)
{
	return kind == TRANSITION_JOB_DONE || kind == TRANSITION_PACKAGE_DONE || kind == TRANSITION_DP_DONE
	       || kind == TRANSITION_TRANSFER_DONE;
}

static bool
reports_failure(const struct model *model, const struct event *event, uint32_t component)
{
	switch (event->kind) {
	case EVENT_NOTE: return event->level == LEVEL_ERROR;
	case EVENT_SITE_UNADDRESSED:
	case EVENT_SITE_BUSY: return event->detail != 0;
	case EVENT_PACKAGE_ERROR: return event->detail != ERROR_RETRIED && failure_is_nobodys(model, event, component);
	case EVENT_TRANSFER_ERROR:
		return event->detail == TRANSFER_GIVES_UP || failure_is_nobodys(model, event, component);
	case EVENT_JOB_ERROR:
	case EVENT_JOB_FAILED:
	case EVENT_SITE_UNREACHABLE:
	case EVENT_PACKAGE_BAD:
	case EVENT_TRANSFER_FAILED: return failure_is_nobodys(model, event, component);
	default: return false;
	}
}

void
failures_after_event(struct model *model, const struct event *event, uint32_t component, uint64_t failures,
                     uint64_t transitions)
{
	/* What has just been told first: what follows may tell more. */
	for (uint64_t number = transitions + 1; number <= model->journal->transition_count; number++) {
		const struct transition *t = model_transition(model, number);

		if (t && is_success(t->kind))
			failures_resolve(model, t);
	}
	if (model->failures->ever != failures)
		return;
	if (event->kind == EVENT_FAILURE && event->detail == FAILING_AGAIN)
		take_retry_time(model, event, component);
	else if (event->kind == EVENT_FAILURE && event->detail == FAILING_SAME)
		join_last_failure(model, event, component);
	else if (event->kind == EVENT_FAILURE || reports_failure(model, event, component))
		record_line(model, event, component);
}
