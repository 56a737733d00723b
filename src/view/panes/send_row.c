#include "view/panes/send_row.h"

int64_t
send_size(struct view *view, const struct job *job)
{
	enum size_source source;

	return job_size(view->model, job, &source);
}

bool
send_size_estimated(struct view *view, const struct job *job)
{
	enum size_source source = SIZE_UNKNOWN;

	return job_size(view->model, job, &source) >= 0 && source == SIZE_ESTIMATE;
}

double
send_rate(const struct view *view, const struct job *job)
{
	return job_rate_told(job, view->now);
}

int64_t
send_eta(const struct view *view, const struct job *job)
{
	return job_eta_told(view->model, job, view->now);
}

/* More than an estimate of the size is no share of it. */
double
send_part(struct view *view, const struct job *job)
{
	int64_t size = send_size(view, job);

	if (!job->wrote || size <= 0 || job->position > (uint64_t)size)
		return -1;
	return (double)job->position / (double)size;
}
