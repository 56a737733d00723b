/*
 * What sends have taken: by site how fast it goes and how long a slot is held
 * besides, and for all how soon a free slot is taken. What came later counts
 * more, since routes change by the hour.
 */
#include "state.h"

#define SENDS_KEPT    64.0              /* of a site, then the older ones count half */
#define WRITING_KEPT  (8.0 * WHEN_HOUR) /* likewise: of one that is slow a few are enough */
#define MEANS_KEPT    512.0
#define HANDOVER_MOST (20 * WHEN_SECOND) /* a slot that is free for longer waits for something else */

static void
mean_add(struct mean *mean, double value)
{
	if (mean->weight >= MEANS_KEPT) {
		mean->sum /= 2;
		mean->weight /= 2;
	}
	mean->sum += value;
	mean->weight += 1;
}

static void
fade(struct effort *effort)
{
	effort->tries /= 2;
	effort->sends /= 2;
	effort->slots /= 2;
	effort->writing /= 2;
	effort->bytes /= 2;
}

static void
learn(struct effort *effort, const struct job *job, enum job_state state, int64_t at)
{
	if (effort->tries >= SENDS_KEPT || effort->writing >= WRITING_KEPT)
		fade(effort);
	if (job->last_write > job->writes_since && job->writes_since != WHEN_NONE) {
		effort->writing += (double)(job->last_write - job->writes_since);
		effort->bytes += (double)job->bytes;
	}
	if (job->started == WHEN_NONE || at == WHEN_NONE || at < job->started)
		return;
	effort->slots += (double)(at - job->started);
	effort->tries += 1;
	effort->sends += state == JOB_DONE;
}

static bool
all_in_use(const struct model *model)
{
	return model->sending.capacity > 0 &&
	       (int64_t)model->job_slots.count[SLOTS_OPEN] + model->unseen >= model->sending.capacity;
}

void
effort_job_began(struct model *model, const struct event *event)
{
	if (model->freed != WHEN_NONE && all_in_use(model) && event->at >= model->freed &&
	    event->at - model->freed <= HANDOVER_MOST)
		mean_add(&model->handover, (double)(event->at - model->freed));
	model->freed = WHEN_NONE;
}

void
effort_job_ends(struct model *model, const struct job *job, enum job_state state, int64_t at)
{
	/* Where one more has ended meanwhile it cannot be told which of the two is taken. */
	model->freed = all_in_use(model) ? at : WHEN_NONE;
	if (job->site != NAME_NONE && job->kind != KIND_REPLICATION && (state == JOB_DONE || state == JOB_FAILED))
		learn(&model->sites[job->site].effort, job, state, at);
}

double
model_handover(const struct model *model)
{
	return model->handover.weight > 0 ? model->handover.sum / model->handover.weight : 0;
}
