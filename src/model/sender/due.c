/*
 * Sends that fall due, and how they meet the jobs that carry them.
 *
 * The two logs are read side by side, so the line that makes a send due may be
 * read a little later than the job that carries it. A job that found nothing
 * waiting leaves word in its pair; a due line that is older than the job's
 * beginning takes the word and adds nothing to what waits.
 */
#include "model/sender/due.h"

#include "model/tables/components.h"
#include "model/sender/drift.h"
#include "model/records/journal.h"
#include "model/sender/package_files.h"
#include "model/tables/pairs.h"
#include "model/records/rate_counter.h"
#include "model/sender/sender.h"

#define DUE_LAG 600 /* seconds between a job's beginning and an older due line that can be its own */

static bool
may_carry_due(const struct model *model, const struct job *job)
{
	return job->born || model->components->rows[job->component].gap;
}

void
due_carried(struct model *model, struct job *job)
{
	struct pair *pair;

	if (job->site == NAME_NONE || job->package == NAME_NONE)
		return;
	pair = pair_at(model, job->package, job->site);
	if (!pair || !may_carry_due(model, job) || job->due)
		return;
	if (pair->due > 0) {
		pair_due(model, pair, -1);
		job->due = true;
		return;
	}
	pair->undue = UNDUE_RUNNING;
	pair->undue_job = (uint32_t)job->serial;
	pair->undue_second = job->started == WHEN_NONE ? 0 : (uint32_t)(job->started / WHEN_SECOND);
}

void
due_again(struct model *model, struct job *job)
{
	struct pair *pair = pair_find(model, job->package, job->site);
	bool again = job->state == JOB_FAILED || job->state == JOB_INTERRUPTED;

	if (!pair)
		return;
	if (pair->undue == UNDUE_RUNNING && pair->undue_job == (uint32_t)job->serial)
		pair->undue = again ? UNDUE_FAILED : UNDUE_ENDED;
	if (job->due && again) {
		pair_due(model, pair, +1);
		job->due = false;
	}
	if (job->due && job->state == JOB_LOST)
		drift_lost(model);
}

static void
mark_due(struct model *model, uint32_t serial)
{
	for (uint32_t i = slots_first(&model->sender->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->sender->slots, i))
		if ((uint32_t)model->sender->jobs[i].serial == serial)
			model->sender->jobs[i].due = true;
}

/* Whether a job that left word in the pair carried, or carries, the send that is told of only now. */
static bool
is_carried(struct model *model, struct pair *pair, int64_t at)
{
	int64_t second = at / WHEN_SECOND;

	if (pair->undue == UNDUE_NONE || at == WHEN_NONE || second > (int64_t)pair->undue_second
	    || (int64_t)pair->undue_second - second > DUE_LAG)
		return false;
	if (pair->undue == UNDUE_RUNNING)
		mark_due(model, pair->undue_job);
	if (pair->undue == UNDUE_FAILED)
		pair_due(model, pair, +1);
	pair->undue = UNDUE_NONE;
	return true;
}

void
due_falls(struct model *model, uint32_t package, uint32_t site, const struct event *event)
{
	struct pair *pair = pair_at(model, package, site);
	struct transition *t;

	rate_count(model, RATE_DUE, event->at);
	if (package != NAME_NONE)
		file_due(model, package);
	if (pair && !is_carried(model, pair, event->at))
		pair_due(model, pair, +1);
	t = transition_record(model, TRANSITION_DUE, event);
	t->site = site;
	t->package = package;
}
