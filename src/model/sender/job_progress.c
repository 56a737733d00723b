/*
 * The progress of a job, block by block: the samples of its rate, and its usual
 * pause between blocks.
 */
#include "model/sender/sender.h"

#define SAMPLE_APART 500 /* milliseconds */

/* The i-th oldest sample, i < JOB_SAMPLES. */
static const struct progress_sample *
sample_of_job(const struct progress *progress, uint16_t i)
{
	unsigned at = (unsigned)progress->first + i;

	return &progress->sample[at < JOB_SAMPLES ? at : at - JOB_SAMPLES];
}

/* The rate counts from the last sample that is as old as `begin`, or the first there is. */
static inline void
move_window(struct job *job, struct job_extra *extra, int64_t begin)
{
	const struct progress *progress = &extra->progress;
	uint16_t i = extra->window;

	while (i > 0 && sample_of_job(progress, i)->at > begin)
		i--;
	while (i + 1 < progress->count && sample_of_job(progress, (uint16_t)(i + 1))->at <= begin)
		i++;
	extra->window = i;
	extra->window_ends = i + 1 < progress->count ? sample_of_job(progress, (uint16_t)(i + 1))->at : INT64_MAX;
	job->rate_from = *sample_of_job(progress, i);
}

static inline void
keep_sample(struct job_extra *extra, int64_t at, uint64_t position)
{
	struct progress *p = &extra->progress;
	unsigned at_end;

	if (p->count == JOB_SAMPLES) {
		p->first = p->first + 1 < JOB_SAMPLES ? (uint16_t)(p->first + 1) : 0;
		p->count--;
		extra->window = extra->window > 0 ? (uint16_t)(extra->window - 1) : 0;
	}
	at_end = (unsigned)p->first + p->count++;
	p->sample[at_end < JOB_SAMPLES ? at_end : at_end - JOB_SAMPLES] = (struct progress_sample){ at, position };
	extra->sampled = at;
}

/* In one piece with its parts: it is asked for every block. */
static inline void
take_sample(struct job *job, struct job_extra *extra, int64_t at, uint64_t position)
{
	int64_t begin = job->last_write == WHEN_NONE ? WHEN_NONE : job->last_write - RATE_WINDOW;

	if (at == WHEN_NONE)
		return;
	if (extra->progress.count == 0 || at >= extra->sampled + SAMPLE_APART) {
		keep_sample(extra, at, position);
		move_window(job, extra, begin);
	} else if (extra->window_ends <= begin || (extra->window > 0 && job->rate_from.at > begin)) {
		move_window(job, extra, begin);
	}
}

void
job_sample(struct model *model, uint32_t i, int64_t at, uint64_t position)
{
	take_sample(&model->sender->jobs[i], &model->sender->extras[i], at, position);
}

#define SITE_FOR 12 /* so many of its site's pauses, and what is usual is known of the job itself */

static void
set_usual_gap(struct job *job, const struct job_extra *extra)
{
	const struct site_gaps *site = &extra->site;
	int64_t usual = extra->gaps.usual;

	if (usual < site->usual && extra->gaps.passed < site->usual * SITE_FOR)
		usual = site->usual;
	job->unusual = extra->gaps.unusual;
	job->usual_gap = usual > site->least ? usual : site->least;
}

void
job_site_pauses(struct model *model, uint32_t i, int64_t usual, int64_t least)
{
	struct job_extra *extra = &model->sender->extras[i];

	extra->site.usual = usual;
	extra->site.least = least;
	set_usual_gap(&model->sender->jobs[i], extra);
}

void
job_block(struct model *model, uint32_t i, int64_t at, uint64_t position)
{
	struct job *job = &model->sender->jobs[i];
	struct job_extra *extra = &model->sender->extras[i];

	if (at == WHEN_NONE)
		return;
	if (job->writes_since == WHEN_NONE)
		job->writes_since = at;
	if (job->last_write != WHEN_NONE && at > job->last_write) {
		usual_gap_add(&extra->gaps, at - job->last_write);
		set_usual_gap(job, extra);
	}
	job->last_write = at;
	take_sample(job, extra, at, position);
}

const struct progress *
model_job_progress(const struct model *model, const struct job *job)
{
	return &model->sender->extras[job - model->sender->jobs].progress;
}
