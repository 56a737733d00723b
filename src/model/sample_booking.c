/*
 * Samples of five minutes of log time: the trend, the ranges and "full for how long"
 * are worked out from them. Elapsed time is added to the state that was in force, so
 * a state counts for as long as it lasted, however many lines repeat it.
 */
#include "model/sample_booking.h"

#include <stdlib.h>

#include "cmtop/model/sample_text.h"
#include "model/distmgr/distmgr.h"
#include "model/records/sample_ring.h"
#include "model/sender/sender.h"
#include "model/tables/components.h"

#define STEP_MOST (30 * WHEN_MINUTE) /* a longer silence says nothing about the slots */

/* Books the time from `from` to `to`, within one sample. */
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

	sample_set_waiting(model, sample);
	sample->capacity = model->sender->capacity;
	sample->distmgr_capacity = model->distmgr->counts.capacity;
	if (used > sample->used_most)
		sample->used_most = used;
}

void
samples_pass(struct model *model, int64_t to)
{
	struct sample *sample;
	int64_t from, end;

	sample = model->samples->newest;
	from = model->samples->booked;
	if (from != WHEN_NONE && to < from)
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

bool
model_restore(struct model *model, const struct sample *samples, size_t count)
{
	const struct sample *sample;
	struct sample *both;
	size_t own_count = 0;

	if (model->newest != WHEN_NONE)
		samples_pass(model, model->newest); /* blocks may have passed that are not booked yet */
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
