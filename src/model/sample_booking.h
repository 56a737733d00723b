/* Log time that passes, booked on the samples: how the slots stood in it. */
#ifndef MODEL_SAMPLE_BOOKING_H
#define MODEL_SAMPLE_BOOKING_H

#include "model/records/sample_ring.h"

/* Log time has gone on. */
void samples_pass(struct model *model, int64_t to);

/*
 * Likewise, at a block: blocks change nothing of the slots, and most records are
 * blocks, so time is booked when something else is said, or a sample is over.
 */
static inline void
samples_pass_block(struct model *model, int64_t to)
{
	const struct sample_ring *ring = model->samples;

	if (!ring->newest || to >= ring->newest->at + SAMPLE_SPAN)
		samples_pass(model, to);
}

#endif
