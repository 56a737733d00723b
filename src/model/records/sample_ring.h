/* Samples of five minutes: the latest, a ring. */
#ifndef MODEL_RECORDS_SAMPLE_RING_H
#define MODEL_RECORDS_SAMPLE_RING_H

#include "model/tables/state.h"

struct sample_ring {
	struct sample *rows;   /* SAMPLES_KEPT */
	struct sample *newest; /* NULL: none */
	uint64_t count;        /* ever */
	int64_t booked;        /* log time that is booked on the samples, WHEN_NONE: none */
};

struct sample_ring *sample_ring_new(void); /* NULL: out of memory */
void sample_ring_free(struct sample_ring *ring);

int64_t sample_start(int64_t at); /* of the sample that `at` is in */
/* The sample that `at` is in; samples of silence in between are made, as they have their place in a trend. */
struct sample *sample_at(struct model *model, int64_t at);
void sample_set_waiting(const struct model *model, struct sample *sample); /* to what waits now */
void samples_count(struct model *model, enum rate_counter rate_counter, int64_t at);
struct sample *sample_of(struct model *model, int64_t at); /* NULL: of that time none is kept */

#endif
