/* What the model does not tell yet: each goes as soon as it does. */
#include "cmtop/figures.h"

int64_t
transfer_silence(const struct transfer *transfer, int64_t now)
{
	return transfer->last == WHEN_NONE || now == WHEN_NONE || now < transfer->last ? 0 : now - transfer->last;
}

bool
job_throttled(const struct job *job)
{
	(void)job;
	return false;
}
