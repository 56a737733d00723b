#include "model/records/sample_ring.h"

#include <stdlib.h>

#include "model/tables/components.h"
#include "model/tables/pairs.h"
#include "model/tables/requests.h"

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

int64_t
sample_start(int64_t at)
{
	return at - (at % SAMPLE_SPAN + SAMPLE_SPAN) % SAMPLE_SPAN;
}

void
sample_set_waiting(const struct model *model, struct sample *sample)
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
	sample_set_waiting(model, sample);
	return sample;
}

struct sample *
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

void
samples_count(struct model *model, enum rate_counter rate_counter, int64_t at)
{
	struct sample *sample;

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
