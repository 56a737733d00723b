/* For how much of the time all slots were in use. */
#include "cmtop/figures.h"

static double
share(uint64_t full, uint64_t known)
{
	return known == 0 ? -1 : (double)full / (double)known;
}

double
sending_full(const struct model *model, int64_t now, int64_t span)
{
	const struct sample *sample;
	uint64_t full = 0, known = 0;

	for (size_t i = 0;
	     now != WHEN_NONE && (sample = model_sample(model, i)) && sample->at + SAMPLE_SPAN > now - span; i++) {
		full += sample->full;
		known += sample->known;
	}
	return share(full, known);
}

#define MOSTLY 0.8

bool
sending_is_full(const struct model *model, int64_t now)
{
	struct sending sending = model_sending(model);

	if (sending.capacity <= 0)
		return false;
	return sending.used >= (uint64_t)sending.capacity
	       || (sending_full(model, now, 15 * WHEN_MINUTE) >= MOSTLY
	           && (double)sending.used >= MOSTLY * (double)sending.capacity);
}

double
distribution_full(const struct model *model, int64_t now, int64_t span)
{
	const struct sample *sample;
	uint64_t full = 0, known = 0;

	for (size_t i = 0;
	     now != WHEN_NONE && (sample = model_sample(model, i)) && sample->at + SAMPLE_SPAN > now - span; i++) {
		full += sample->distmgr_full;
		known += sample->distmgr_known;
	}
	return share(full, known);
}
