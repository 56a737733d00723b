/* Samples of five minutes: the latest, a ring. */
#ifndef MODEL_SAMPLE_RING_H
#define MODEL_SAMPLE_RING_H

#include "model/state.h"

struct sample_ring {
	struct sample *rows;   /* SAMPLES_KEPT */
	struct sample *newest; /* NULL: none */
	uint64_t count;        /* ever */
	int64_t booked;        /* log time that is booked on the samples, WHEN_NONE: none */
	bool zoned;            /* their times are UTC */
};

struct sample_ring *sample_ring_new(void); /* NULL: out of memory */
void sample_ring_free(struct sample_ring *ring);

/* Log time has gone on; soon: the slots may change now. */
void samples_pass(struct model *model, int64_t to, bool zoned, bool soon);
void samples_count(struct model *model, enum rate_counter rate_counter, int64_t at);
struct sample *sample_of(struct model *model, int64_t at); /* NULL: of that time none is kept */

#endif
