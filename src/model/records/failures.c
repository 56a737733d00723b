/*
 * Failures: a bounded list in which many of one kind do not push out the others,
 * and how each was resolved.
 */
#include "model/records/failures.h"

#include <stdlib.h>
#include <string.h>

#include "cmtop/hash.h"
#include "cmtop/errors.h"
#include "model/records/announced_times.h"

#define DISORDER (10 * WHEN_MINUTE) /* between the records of two logs */

struct failures *
failures_new(uint32_t most)
{
	struct failures *failures = calloc(1, sizeof(*failures));
	bool shapes = true;

	if (!failures)
		return NULL;
	failures->most = most;
	failures->rows = calloc(most, sizeof(*failures->rows));
	failures->order = calloc(most, sizeof(*failures->order));
	for (int i = 0; i < SHAPES; i++)
		shapes = (failures->shapes[i] = calloc(most, sizeof(*failures->shapes[i]))) && shapes;
	if (failures->rows && failures->order && shapes)
		return failures;
	failures_free(failures);
	return NULL;
}

void
failures_free(struct failures *failures)
{
	if (!failures)
		return;
	free(failures->rows);
	free(failures->order);
	for (int i = 0; i < SHAPES; i++)
		free(failures->shapes[i]);
	free(failures);
}

/* ---- what they have in common ---- */

/* Over the first small letters, digits left out: they are what changes from one line of a storm to the next. */
static uint64_t
shape_of(const char *text, size_t letters, uint64_t hash)
{
	for (; *text && letters > 0; text++) {
		if (is_digit(*text))
			continue;
		hash = (hash ^ (unsigned char)to_lower(*text)) * HASH_PRIME;
		letters--;
	}
	return hash;
}

static uint64_t
shape_with(uint64_t hash, uint64_t number)
{
	return (hash ^ number) * HASH_PRIME ^ hash >> 29;
}

/* The kind of failure, whomever it hit; and the same with the names that it hit. */
static void
set_shapes(struct failure_row *row)
{
	const struct failure *failure = &row->failure;
	uint64_t hash = shape_with(shape_with(HASH_START, failure->kind), failure->component);

	row->shape[SHAPE_KIND] = shape_of(failure->what.text, 20, shape_with(hash, failure->coded ? failure->code : 0));
	hash = shape_with(shape_with(row->shape[SHAPE_KIND], failure->what.package), failure->what.site);
	row->shape[SHAPE_NAMED] = shape_of(failure->what.text, SIZE_MAX, shape_with(hash, failure->what.dp));
}

/* Where the shape is counted, or may be; there are as many places as rows, so one is free. */
static uint32_t
find_shape(const struct failures *failures, enum failure_shapes which, uint64_t shape)
{
	const struct failure_shape *all = failures->shapes[which];
	uint32_t last = failures->last[which], free = 0;

	if (all[last].count > 0 && all[last].shape == shape)
		return last; /* in a storm it is that of the one before */
	for (uint32_t i = 0; i < failures->most; i++) {
		if (all[i].count == 0)
			free = i;
		else if (all[i].shape == shape)
			return i;
	}
	return free;
}

static void
count_shapes(struct failures *failures, struct failure_row *row)
{
	for (int which = 0; which < SHAPES; which++) {
		uint32_t i = find_shape(failures, (enum failure_shapes)which, row->shape[which]);

		failures->shapes[which][i].shape = row->shape[which];
		failures->shapes[which][i].count++;
		failures->last[which] = row->group[which] = i;
	}
}

static void
uncount_shapes(struct failures *failures, const struct failure_row *row)
{
	for (int which = 0; which < SHAPES; which++)
		failures->shapes[which][row->group[which]].count--;
}

void
failure_count_anew(struct failures *failures, struct failure_row *row)
{
	uncount_shapes(failures, row);
	set_shapes(row);
	count_shapes(failures, row);
}

static uint32_t
most_of_one(const struct failures *failures, enum failure_shapes which)
{
	uint32_t most = 0;

	for (uint32_t i = 0; i < failures->most; i++)
		if (failures->shapes[which][i].count > most)
			most = failures->shapes[which][i].count;
	return most;
}

/* Where the row stands that makes room: the oldest of those of which there are most. */
static uint32_t
least_missed(const struct failures *failures)
{
	uint32_t most = most_of_one(failures, SHAPE_NAMED), i = 0;
	enum failure_shapes which = SHAPE_NAMED;

	if (most == 1) {
		which = SHAPE_KIND;
		most = most_of_one(failures, SHAPE_KIND);
	}
	while (failures->shapes[which][failures->rows[failures->order[i]].group[which]].count < most)
		i++;
	return i;
}

/* ---- the list ---- */

static struct failure_row *
take_row(struct failures *failures)
{
	uint32_t at, row;

	if (failures->count < failures->most) {
		row = failures->count++;
		failures->order[row] = row;
		return &failures->rows[row];
	}
	at = least_missed(failures);
	row = failures->order[at];
	uncount_shapes(failures, &failures->rows[row]);
	memmove(&failures->order[at], &failures->order[at + 1],
	        (failures->count - at - 1) * sizeof(failures->order[0]));
	failures->order[failures->count - 1] = row;
	return &failures->rows[row];
}

/* Whether the one was told before the other although it happened later. A clock that was set back is no such reason. */
static bool
out_of_order(const struct transition *before, const struct transition *after)
{
	return before->at != WHEN_NONE && after->at != WHEN_NONE && before->zoned == after->zoned
	       && before->at > after->at && before->at - after->at <= DISORDER;
}

/* The newest row goes to where its time belongs: logs are not read line by line in turn. */
static void
put_in_order(struct failures *failures)
{
	uint32_t at = failures->count - 1, row = failures->order[at];

	for (;
	     at > 0
	     && out_of_order(&failures->rows[failures->order[at - 1]].failure.what, &failures->rows[row].failure.what);
	     at--)
		failures->order[at] = failures->order[at - 1];
	failures->order[at] = row;
	failures->told = row;
}

struct failure_row *
failure_newest(struct failures *failures, uint32_t i)
{
	return &failures->rows[failures->order[failures->count - 1 - i]];
}

void
failure_find_code(struct failure *failure, const struct event *event)
{
	uint64_t number = event_has_number(event, NUMBER_CODE) ? event->number[NUMBER_CODE] : 0;

	failure->coded = number > 0 && number <= UINT32_MAX;
	failure->code = failure->coded ? (uint32_t)number : 0;
	if (!failure->coded)
		failure->coded = error_code(span_of(failure->what.text), &failure->code);
}

#define GIVEN_UP_LATELY 8 /* of the newest failures */

/* The failure that the thread told of when it gave its content up: how it is retried, it says only now. */
static struct failure_row *
given_up(struct model *model, const struct event *event, uint32_t component)
{
	struct failures *failures = model->failures;

	for (uint32_t i = 0; i < failures->count && i < GIVEN_UP_LATELY; i++) {
		struct failure_row *row = failure_newest(failures, i);

		if (row->failure.kind == FAILURE_TRANSFER && row->failure.what.kind == TRANSITION_FAILURE
		    && row->failure.component == component && row->failure.what.thread == event->thread
		    && row->given_up)
			return row;
	}
	return NULL;
}

struct failure *
failure_record(struct model *model, const struct transition *transition, enum failure_kind kind,
               const struct event *event, uint32_t component)
{
	struct failure_row *row =
		transition->kind == TRANSITION_TRANSFER_FAILED ? given_up(model, event, component) : NULL;
	bool known = row != NULL;

	if (known)
		uncount_shapes(model->failures, row);
	else
		row = take_row(model->failures);
	row->joined = row->guessed = false;
	row->given_up = event->kind == EVENT_TRANSFER_ERROR && event->detail == TRANSFER_GIVES_UP;
	model->failures->ever += !known;
	row->failure = (struct failure){ .what = *transition,
		                         .kind = (uint8_t)kind,
		                         .log = event->log,
		                         .component = component,
		                         .retry = announced_take(model, event),
		                         .resolved = WHEN_NONE };
	failure_find_code(&row->failure, event);
	if (!known)
		put_in_order(model->failures);
	set_shapes(row);
	count_shapes(model->failures, row);
	failure_repeats(model, row);
	return &row->failure;
}

/* ---- what became of them ---- */

static bool
is_send(const struct failure *failure)
{
	return failure->kind == FAILURE_SEND || failure->kind == FAILURE_REPLICATION;
}

static bool
same_send(const struct transition *failed, const struct transition *done)
{
	if (failed->request[0] && done->request[0])
		return strcmp(failed->request, done->request) == 0;
	return failed->site != NAME_NONE && failed->package != NAME_NONE && failed->site == done->site
	       && failed->package == done->package;
}

static bool
is_resolved_by(const struct failure *failure, const struct transition *done)
{
	const struct transition *failed = &failure->what;
	bool package = failed->package != NAME_NONE && failed->package == done->package;
	bool dp = package && failed->dp != NAME_NONE && failed->dp == done->dp;

	switch (done->kind) {
	case TRANSITION_JOB_DONE: return is_send(failure) && same_send(failed, done);
	case TRANSITION_PACKAGE_DONE: return failure->kind == FAILURE_PACKAGE && package;
	case TRANSITION_DP_DONE: return failure->kind == FAILURE_DP && dp;
	case TRANSITION_TRANSFER_DONE: return (failure->kind == FAILURE_DP || failure->kind == FAILURE_TRANSFER) && dp;
	default: return false;
	}
}

void
failures_resolve(struct model *model, const struct transition *done)
{
	for (uint32_t i = 0; i < model->failures->count; i++) {
		struct failure *failure = &model->failures->rows[i].failure;

		if (failure->resolved != WHEN_NONE || failure->what.number >= done->number
		    || !is_resolved_by(failure, done))
			continue;
		failure->resolved = done->at;
		failure->resolved_attempt = done->attempt;
	}
}

/* ---- what can be asked ---- */

const char *
failure_kind_word(enum failure_kind kind)
{
	static const char *const words[] = {
#define _(kind, word) [FAILURE_##kind] = word,
		FAILURE_KINDS(_)
#undef _
	};

	return words[kind];
}

const struct failure *
model_failure(const struct model *model, size_t i)
{
	const struct failures *failures = model->failures;

	return i < failures->count ? &failures->rows[failures->order[failures->count - 1 - i]].failure : NULL;
}

uint64_t
model_failures_dropped(const struct model *model)
{
	return model->failures->ever - model->failures->count;
}
