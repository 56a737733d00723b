/* One send: how fast, how large, how long it takes, and whether it stands still. */
#include "cmtop/figures.h"
#include "figures/elapsed.h"

#define STALL_FIRST (5 * WHEN_MINUTE) /* before the first block, and while connecting */

/* With a rate limit no block is logged at the usual level: then what the limit comes to is the rate. */
static bool
yields_alone(const struct job *job)
{
	return job->throttled && job->limit_rate >= 0 && job->pauses_until != WHEN_NONE && !job_ended(job)
	       && (job->last_write == WHEN_NONE || job->pauses_until - job->last_write > RATE_WINDOW);
}

bool
job_throttled(const struct job *job)
{
	return job->throttled && !job_ended(job);
}

bool
job_rate_estimated(const struct job *job)
{
	return yields_alone(job);
}

double
job_rate(const struct job *job)
{
	const struct progress_sample *from = &job->rate_from;
	int64_t span;

	if (yields_alone(job))
		return (double)job->limit_rate;
	if (from->at == WHEN_NONE || job->last_write == WHEN_NONE)
		return -1;
	span = job->last_write - from->at;
	if (span < RATE_LEAST || job->position < from->position)
		return -1;
	return (double)(job->position - from->position) * 1000.0 / (double)span;
}

/* Any word of its thread ends a silence, and a pause that was announced is none. */
int64_t
job_silence(const struct job *job, int64_t now)
{
	int64_t from = job->last != WHEN_NONE ? job->last : job->started;

	if (job->pauses_until != WHEN_NONE && job->pauses_until > from)
		from = job->pauses_until;
	return elapsed(from, now);
}

int64_t
job_usual_gap(const struct job *job)
{
	return job->usual_gap;
}

bool
job_stalled(const struct job *job, int64_t now)
{
	int64_t most = STALL_FIRST;

	if (job_ended(job))
		return false;
	if (job->last_write != WHEN_NONE && job->state == JOB_SENDING) {
		most = job_usual_gap(job) * STALL_TIMES;
		if (most < STALL_LEAST)
			most = STALL_LEAST;
	}
	return job_silence(job, now) > most;
}

int64_t
job_size(const struct model *model, const struct job *job, enum size_source *source)
{
	uint64_t bytes = 0, listed;

	*source = SIZE_UNKNOWN;
	if (job->kind == KIND_PACKAGE)
		*source = model_size(model, job->package, job->version, job->delta_from, &bytes);
	/* Then it was another file of that name. */
	if (*source == SIZE_EXACT && job->wrote && job->position > bytes)
		*source = SIZE_UNKNOWN;
	if (job->kind == KIND_PACKAGE && *source != SIZE_EXACT
	    && (listed = model_request_kbytes(model, job->request)) > 0) {
		*source = SIZE_SCHED;
		bytes = listed * 1024;
	}
	/* An estimate that the job has left far behind is refuted. */
	if (*source == SIZE_ESTIMATE && job->wrote && job->position > bytes + bytes / 8)
		*source = SIZE_UNKNOWN;
	return *source == SIZE_UNKNOWN ? -1 : (int64_t)bytes;
}

#define BURSTS      (2 * WHEN_SECOND) /* pauses that are usual for a route that sends in bursts, */
#define BURSTS_LAST WHEN_MINUTE       /* … whose mean goes over some of them */

/*
 * What the time that is left is worked out with: where a send comes in bursts, the mean over
 * all of them. A pause that is not usual is none of these.
 */
static double
lasting_rate(const struct job *job)
{
	int64_t span = when_between(job->writes_since, job->last_write) - job->unusual;

	if (job_usual_gap(job) < BURSTS || span < BURSTS_LAST)
		return job_rate(job);
	return (double)job->bytes * 1000.0 / (double)span;
}

int64_t
job_eta(const struct model *model, const struct job *job)
{
	enum size_source source;
	int64_t size = job_size(model, job, &source);
	double rate = lasting_rate(job);

	if (size < 0 || !job->wrote)
		return -1;
	if (job->position >= (uint64_t)size)
		return 0;
	if (rate <= 0)
		return -1;
	return eta_rounded((double)((uint64_t)size - job->position) / rate * 1000.0);
}

double
job_rate_told(const struct job *job, int64_t now)
{
	return job_stalled(job, now) ? -1 : job_rate(job);
}

int64_t
job_eta_told(const struct model *model, const struct job *job, int64_t now)
{
	return job_stalled(job, now) ? -1 : job_eta(model, job);
}
