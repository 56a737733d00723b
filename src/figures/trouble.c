/* How much of it stands still, failed, or is to be tried again. */
#include "cmtop/figures.h"

#include <string.h>

/* A newer failure of the same request says so already. */
static bool
told_before(const struct model *model, size_t i)
{
	const char *request = model_failure(model, i)->what.request;

	for (size_t k = 0; k < i; k++)
		if (model_failure(model, k)->kind == FAILURE_SEND
		    && !strcmp(model_failure(model, k)->what.request, request))
			return true;
	return false;
}

static bool
is_under_way(const struct model *model, const char *request)
{
	const struct job *job = NULL;

	while ((job = model_next_job(model, job)))
		if (!strcmp(job->request, request))
			return true;
	return false;
}

bool
failure_awaits_retry(const struct model *model, size_t i)
{
	const struct failure *failure = model_failure(model, i);

	return failure->kind == FAILURE_SEND && failure->what.request[0] && failure->resolved == WHEN_NONE
	       && !told_before(model, i) && !is_under_way(model, failure->what.request);
}

static uint64_t
sends_retrying(const struct model *model)
{
	uint64_t count = 0;

	for (size_t i = 0; model_failure(model, i); i++)
		count += failure_awaits_retry(model, i);
	return count;
}

struct trouble
trouble_at(const struct model *model, int64_t now)
{
	struct trouble out = { .sends_retrying = sends_retrying(model) };
	size_t count;
	const struct transfer *transfers = model_transfers(model, &count);
	const struct package_thread *thread = NULL;
	const struct job *job = NULL;

	while ((job = model_next_job(model, job)))
		out.sends_stalled += job_stalled(job, now);
	while ((thread = model_next_thread(model, thread)))
		out.threads_stalled += thread_stalled(model, thread, now);
	for (size_t i = 0; i < count; i++) {
		out.transfers_retrying += transfers[i].state == TRANSFER_RETRY;
		out.transfers_failed += transfers[i].state == TRANSFER_FAILED;
		out.transfers_stalled += transfer_stalled(&transfers[i], now);
		out.transfers_throttled += transfers[i].throttled && transfers[i].state != TRANSFER_DONE;
	}
	return out;
}
