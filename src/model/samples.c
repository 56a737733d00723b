/*
 * Samples of five minutes of log time: the trend, the ranges and "full for how long"
 * are worked out from them. Elapsed time is added to the state that was in force, so
 * a state counts for as long as it lasted, however many lines repeat it.
 */
#include "model/sample_ring.h"

#include <stdlib.h>

#include "cmtop/sample_text.h"
#include "model/components.h"
#include "model/pairs.h"
#include "model/requests.h"
#include "model/sender.h"

#define STEP_MOST (30 * WHEN_MINUTE) /* a longer silence says nothing about the slots */

struct sample_ring *
sample_ring_new(void)
{
	struct sample_ring *ring = calloc(1, sizeof(*ring));

	if (!ring)
		return NULL;
	ring->booked = WHEN_NONE;
	ring->rows = calloc(SAMPLES_KEPT, sizeof(*ring->rows));
	if (ring->rows)
		return ring;
	free(ring);
	return NULL;
}

void
sample_ring_free(struct sample_ring *ring)
{
	if (!ring)
		return;
	free(ring->rows);
	free(ring);
}

static int64_t
sample_start(int64_t at)
{
	return at - (at % SAMPLE_SPAN + SAMPLE_SPAN) % SAMPLE_SPAN;
}

static void
set_waiting(const struct model *model, struct sample *sample)
{
	sample->waiting = model->pairs->waiting;
	sample->waiting_source = model->requests->active                            ? WAITING_LISTED
	                         : model->components->families[FAMILY_DISTMGR].seen ? WAITING_COUNTED
	                                                                            : WAITING_UNKNOWN;
}

static struct sample *
add_sample(struct model *model, int64_t start)
{
	struct sample *sample = &model->samples->rows[model->samples->count++ % SAMPLES_KEPT];

	model->samples->newest = sample;
	*sample = (struct sample){ .at = start, .capacity = -1, .distmgr_capacity = -1 };
	set_waiting(model, sample);
	return sample;
}

/* The sample that `at` is in. Where the log was silent, empty samples are added: a trend shows them. */
static struct sample *
sample_at(struct model *model, int64_t at)
{
	struct sample *sample = model->samples->newest;
	int64_t start = sample_start(at);

	if (!sample)
		return add_sample(model, start);
	if (start <= sample->at)
		return sample;
	if (start - sample->at > SAMPLES_KEPT * SAMPLE_SPAN)
		return add_sample(model, start);
	while (sample->at < start)
		sample = add_sample(model, sample->at + SAMPLE_SPAN);
	return sample;
}

/* Books the time from `from` to `to`, within one point. */
static void
book(struct model *model, struct sample *sample, int64_t from, int64_t to)
{
	uint32_t span = (uint32_t)(to - from), used = sender_slots_used(model);
	struct distribution d = model_distribution(model);

	if (model->sender->capacity >= 0) {
		sample->known += span;
		if ((int64_t)used >= model->sender->capacity && model->sender->capacity > 0)
			sample->full += span;
	}
	if (d.capacity >= 0) {
		sample->distmgr_known += span;
		if ((int64_t)d.used >= d.capacity && d.capacity > 0)
			sample->distmgr_full += span;
	}
	sample->slot_time += (uint64_t)span * used;
	sample->covered += span;
	sample->sender_covered += model->components->families[FAMILY_SENDER].seen ? span : 0;
	sample->distmgr_covered += d.seen ? span : 0;
}

static void
set_levels(struct model *model, struct sample *sample)
{
	uint32_t used = sender_slots_used(model);

	set_waiting(model, sample);
	sample->capacity = model->sender->capacity;
	sample->distmgr_capacity = model_distribution(model).capacity;
	if (used > sample->used_most)
		sample->used_most = used;
}

/*
 * Local times and UTC do not compare. A record without a bias among others that
 * have one is a slip and no change of the clock: it leaves the samples alone.
 */
static bool
takes_time(struct model *model, bool zoned)
{
	if (zoned == model->samples->zoned)
		return true;
	if (!zoned)
		return false;
	model->samples->zoned = true;
	model->samples->newest = NULL;
	model->samples->count = 0;
	model->samples->booked = WHEN_NONE;
	return true;
}

/*
 * Blocks change nothing of the slots, and most records are blocks: time is booked
 * when something else is said, or a point is over.
 */
void
samples_pass(struct model *model, int64_t to, bool zoned, bool soon)
{
	struct sample *sample;
	int64_t from, end;

	if (!takes_time(model, zoned))
		return;
	sample = model->samples->newest;
	from = model->samples->booked;
	if (from != WHEN_NONE && to < from)
		return;
	if (!soon && sample && from != WHEN_NONE && to < sample->at + SAMPLE_SPAN)
		return;
	model->samples->booked = to;
	if (from == WHEN_NONE || to - from > STEP_MOST) {
		if (sample)
			set_levels(model, sample);
		set_levels(model, sample_at(model, to));
		return;
	}
	while (from < to) {
		sample = sample_at(model, from);
		end = sample_start(from) + SAMPLE_SPAN;
		if (end > to)
			end = to;
		book(model, sample, from, end);
		set_levels(model, sample);
		from = end;
	}
	set_levels(model, sample_at(model, to));
}

void
samples_count(struct model *model, enum rate_counter rate_counter, int64_t at)
{
	struct sample *sample;

	if (model->zoned != model->samples->zoned)
		return;
	sample = at == WHEN_NONE ? model->samples->newest : sample_at(model, at);
	if (!sample)
		return;
	sample->done += rate_counter == RATE_DONE;
	sample->due += rate_counter == RATE_DUE;
	sample->failed += rate_counter == RATE_FAILED;
}

struct sample *
sample_of(struct model *model, int64_t at)
{
	uint64_t kept = model->samples->count < SAMPLES_KEPT ? model->samples->count : SAMPLES_KEPT;

	for (uint64_t i = 0; i < kept; i++) {
		struct sample *sample = &model->samples->rows[(model->samples->count - 1 - i) % SAMPLES_KEPT];

		if (sample->at <= at)
			return at - sample->at < SAMPLE_SPAN ? sample : NULL;
	}
	return NULL;
}

const struct sample *
model_sample(const struct model *model, size_t i)
{
	if (i >= model->samples->count || i >= SAMPLES_KEPT)
		return NULL;
	return &model->samples->rows[(model->samples->count - 1 - i) % SAMPLES_KEPT];
}

bool
model_samples_zoned(const struct model *model)
{
	return model->samples->zoned;
}

bool
model_restore(struct model *model, const struct sample *samples, size_t count)
{
	const struct sample *sample;
	struct sample *both;
	size_t own_count = 0;

	if (model->newest != WHEN_NONE)
		samples_pass(model, model->newest, model->zoned,
		             true); /* blocks may have passed that are not booked yet */
	if (!model->samples->newest)
		return true;
	both = calloc(2 * SAMPLES_KEPT, sizeof(*both));
	if (!both)
		return false;
	for (; (sample = model_sample(model, own_count)); own_count++)
		both[own_count] = *sample;
	count = samples_merge(both, own_count, samples, count, model->samples->booked, both + SAMPLES_KEPT);
	for (size_t i = 0; i < count; i++)
		model->samples->rows[i] = both[SAMPLES_KEPT + count - 1 - i];
	free(both);
	model->samples->count = count;
	model->samples->newest = &model->samples->rows[count - 1];
	set_levels(model, model->samples->newest);
	return true;
}
