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
sample_set_waiting(const struct model *model, struct sample *point)
{
	point->waiting = model->pairs->waiting;
	point->waiting_source = model->requests->active                            ? WAITING_LISTED
	                        : model->components->families[FAMILY_DISTMGR].seen ? WAITING_COUNTED
	                                                                           : WAITING_UNKNOWN;
}

static struct sample *
add_point(struct model *model, int64_t start)
{
	struct sample *point = &model->samples->rows[model->samples->count++ % SAMPLES_KEPT];

	model->samples->newest = point;
	*point = (struct sample){ .at = start, .capacity = -1, .distmgr_capacity = -1 };
	sample_set_waiting(model, point);
	return point;
}

struct sample *
sample_at(struct model *model, int64_t at)
{
	struct sample *point = model->samples->newest;
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

void
samples_count(struct model *model, enum rate_counter rate_counter, int64_t at)
{
	struct sample *point;

	if (model->zoned != model->samples->zoned)
		return;
	point = at == WHEN_NONE ? model->samples->newest : sample_at(model, at);
	if (!point)
		return;
	point->done += rate_counter == RATE_DONE;
	point->due += rate_counter == RATE_DUE;
	point->failed += rate_counter == RATE_FAILED;
}

struct sample *
sample_of(struct model *model, int64_t at)
{
	uint64_t kept = model->samples->count < SAMPLES_KEPT ? model->samples->count : SAMPLES_KEPT;

	for (uint64_t i = 0; i < kept; i++) {
		struct sample *point = &model->samples->rows[(model->samples->count - 1 - i) % SAMPLES_KEPT];

		if (point->at <= at)
			return at - point->at < SAMPLE_SPAN ? point : NULL;
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
