/* Findings about the distribution manager's package threads. */
#include "advice/finding.h"

#include <stdio.h>

bool
find_distmgr_full(const struct known *known, char *text, size_t size)
{
	const struct distribution *d = &known->distribution;
	double full = distribution_full(known->model, known->now, LATELY);

	if (d->capacity <= 0 || (int64_t)d->used < d->capacity || d->queued == 0 || full < MOSTLY
	    || threads_stalled(known) > 0)
		return false; /* where threads are stuck, more of them are not what is missing */
	snprintf(text, size,
	         "All %lld package threads were in use for %.0f%% of the last 15 min; %llu wait. This limit does not "
	         "change sends to other sites",
	         (long long)d->capacity, full * 100, (unsigned long long)d->queued);
	return true;
}

#define LONG_PHASE (2 * WHEN_MINUTE)

bool
find_distmgr_serial(const struct known *known, char *text, size_t size)
{
	const struct package_thread *speaker = NULL, *thread;
	uint32_t waiting = 0;

	for (thread = model_next_thread(known->model, NULL); thread; thread = model_next_thread(known->model, thread))
		if (thread->phase == PHASE_COMPRESS && (!speaker || thread->spoke > speaker->spoke))
			speaker = thread;
	for (thread = model_next_thread(known->model, NULL); thread; thread = model_next_thread(known->model, thread))
		waiting += thread != speaker && thread->phase == PHASE_COMPRESS && thread->since != WHEN_NONE
		           && known->now - thread->since >= LONG_PHASE;
	if (!speaker || waiting == 0)
		return false;
	snprintf(text, size,
	         "%u of %u package threads wait while one compresses. Only one can compress at a time: more threads do "
	         "not help",
	         waiting, known->distribution.used);
	return true;
}
