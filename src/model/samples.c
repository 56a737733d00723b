/*
 * Points of five minutes, by the log's own times: what the trend, the ranges and
 * "full for how long" are drawn from. Time that passes is booked on the state it
 * passed in, so a state counts for as long as it lasted and not for how often it
 * was spoken of.
 */
#include "model/state.h"

#include <stdlib.h>

#include "cmtop/sample_text.h"

#define STEP_MOST (30 * WHEN_MINUTE) /* a longer silence says nothing about the slots */

static int64_t
sample_start(int64_t at)
{
	return at - (at % SAMPLE_SPAN + SAMPLE_SPAN) % SAMPLE_SPAN;
}

static void
set_waiting(const struct model *model, struct sample *point)
{
	point->waiting = model->sending.waiting;
	point->waiting_source = model->requests.active     ? WAITING_LISTED
	                        : model->sending.due_heard ? WAITING_COUNTED
	                                                   : WAITING_UNKNOWN;
}

static struct sample *
add_point(struct model *model, int64_t start)
{
	struct sample *point = &model->points[model->sample_count++ % SAMPLES_KEPT];

	model->point = point;
	*point = (struct sample){ .at = start, .capacity = -1, .distmgr_capacity = -1 };
	set_waiting(model, point);
	return point;
}

/* The point that `at` is in; points of silence in between are made, as they have their place in a trend. */
static struct sample *
sample_at(struct model *model, int64_t at)
{
	struct sample *point = model->point;
	int64_t start = sample_start(at);

	if (!point)
		return add_point(model, start);
	if (start <= point->at)
		return point;
	if (start - point->at > SAMPLES_KEPT * SAMPLE_SPAN)
		return add_point(model, start);
	while (point->at < start)
		point = add_point(model, point->at + SAMPLE_SPAN);
	return point;
}

static uint32_t
slots_used(const struct model *model)
{
	return model->job_slots.count[SLOTS_OPEN] + model->unseen;
}

/* Books the time from `from` to `to`, within one point. */
static void
book(struct model *model, struct sample *point, int64_t from, int64_t to)
{
	uint32_t span = (uint32_t)(to - from), used = slots_used(model);
	uint32_t threads = model->distmgr.threads.slots.count[SLOTS_OPEN] + model->distmgr.counts.unseen;

	if (model->sending.capacity >= 0) {
		point->known += span;
		if ((int64_t)used >= model->sending.capacity && model->sending.capacity > 0)
			point->full += span;
	}
	if (model->distmgr.counts.capacity >= 0) {
		point->distmgr_known += span;
		if ((int64_t)threads >= model->distmgr.counts.capacity && model->distmgr.counts.capacity > 0)
			point->distmgr_full += span;
	}
	point->slot_time += (uint64_t)span * used;
	point->covered += span;
	point->sender_covered += model->sending.heard ? span : 0;
	point->distmgr_covered += model->distmgr.counts.heard ? span : 0;
}

static void
set_levels(struct model *model, struct sample *point)
{
	uint32_t used = slots_used(model);

	set_waiting(model, point);
	point->capacity = model->sending.capacity;
	point->distmgr_capacity = model->distmgr.counts.capacity;
	if (used > point->used_most)
		point->used_most = used;
}

/*
 * Local times and UTC do not compare. A record without a bias among others that
 * have one is a slip and no change of the clock: it leaves the points alone.
 */
static bool
takes_time(struct model *model, bool zoned)
{
	if (zoned == model->samples_zoned)
		return true;
	if (!zoned)
		return false;
	model->samples_zoned = true;
	model->point = NULL;
	model->sample_count = 0;
	model->booked = WHEN_NONE;
	return true;
}

/*
 * Blocks change nothing of the slots, and most records are blocks: time is booked
 * when something else is said, or a point is over.
 */
void
history_pass(struct model *model, int64_t to, bool zoned, bool soon)
{
	struct sample *point;
	int64_t from, end;

	if (!takes_time(model, zoned))
		return;
	point = model->point;
	from = model->booked;
	if (from != WHEN_NONE && to < from)
		return;
	if (!soon && point && from != WHEN_NONE && to < point->at + SAMPLE_SPAN)
		return;
	model->booked = to;
	if (from == WHEN_NONE || to - from > STEP_MOST) {
		if (point)
			set_levels(model, point);
		set_levels(model, sample_at(model, to));
		return;
	}
	while (from < to) {
		point = sample_at(model, from);
		end = sample_start(from) + SAMPLE_SPAN;
		if (end > to)
			end = to;
		book(model, point, from, end);
		set_levels(model, point);
		from = end;
	}
	set_levels(model, sample_at(model, to));
}

void
history_count(struct model *model, enum rate_counter rate_counter, int64_t at)
{
	struct sample *point;

	if (model->zoned != model->samples_zoned)
		return;
	point = at == WHEN_NONE ? model->point : sample_at(model, at);
	if (!point)
		return;
	point->done += rate_counter == RATE_DONE;
	point->due += rate_counter == RATE_DUE;
	point->failed += rate_counter == RATE_FAILED;
}

struct sample *
history_sample(struct model *model, int64_t at)
{
	uint64_t kept = model->sample_count < SAMPLES_KEPT ? model->sample_count : SAMPLES_KEPT;

	for (uint64_t i = 0; i < kept; i++) {
		struct sample *point = &model->points[(model->sample_count - 1 - i) % SAMPLES_KEPT];

		if (point->at <= at)
			return at - point->at < SAMPLE_SPAN ? point : NULL;
	}
	return NULL;
}

const struct sample *
model_sample(const struct model *model, size_t i)
{
	if (i >= model->sample_count || i >= SAMPLES_KEPT)
		return NULL;
	return &model->points[(model->sample_count - 1 - i) % SAMPLES_KEPT];
}

bool
model_samples_zoned(const struct model *model)
{
	return model->samples_zoned;
}

bool
model_restore(struct model *model, const struct sample *points, size_t count)
{
	const struct sample *point;
	struct sample *both;
	size_t own_count = 0;

	if (model->newest != WHEN_NONE)
		history_pass(model, model->newest, model->zoned,
		             true); /* blocks may have passed that are not booked yet */
	if (!model->point)
		return true;
	both = calloc(2 * SAMPLES_KEPT, sizeof(*both));
	if (!both)
		return false;
	for (; (point = model_sample(model, own_count)); own_count++)
		both[own_count] = *point;
	count = samples_merge(both, own_count, points, count, model->booked, both + SAMPLES_KEPT);
	for (size_t i = 0; i < count; i++)
		model->points[i] = both[SAMPLES_KEPT + count - 1 - i];
	free(both);
	model->sample_count = count;
	model->point = &model->points[count - 1];
	set_levels(model, model->point);
	return true;
}
