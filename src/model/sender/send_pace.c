/*
 * How long sends take: for each site its speed and the time that a slot is held
 * without writing, and for all sites how soon a free slot is taken again. Newer sends
 * count more, since routes change by the hour.
 */
#include "model/sender/send_pace.h"

#include <stdlib.h>

#include "model/tables/places.h"
#include "model/sender/sender.h"

#define SENDS_KEPT    64.0              /* of a site, then the older ones count half */
#define WRITING_KEPT  (8.0 * WHEN_HOUR) /* likewise: of one that is slow a few are enough */
#define MEANS_KEPT    512.0
#define HANDOVER_MOST (20 * WHEN_SECOND) /* a slot that is free for longer waits for something else */

struct send_paces *
send_paces_new(uint32_t sites)
{
	struct send_paces *paces = calloc(1, sizeof(*paces));

	if (!paces)
		return NULL;
	paces->freed = WHEN_NONE;
	paces->sites = calloc(sites, sizeof(*paces->sites));
	if (!paces->sites) {
		free(paces);
		return NULL;
	}
	return paces;
}

void
send_paces_free(struct send_paces *paces)
{
	if (!paces)
		return;
	free(paces->sites);
	free(paces);
}

/* ---- what is learnt ---- */

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
fade(struct send_pace *pace)
{
	pace->tries /= 2;
	pace->sends /= 2;
	pace->slots /= 2;
	pace->writing /= 2;
	pace->bytes /= 2;
}

static void
learn(struct send_pace *pace, const struct job *job, enum job_state state, int64_t at)
{
	if (pace->tries >= SENDS_KEPT || pace->writing >= WRITING_KEPT)
		fade(pace);
	if (job->last_write > job->writes_since && job->writes_since != WHEN_NONE) {
		pace->writing += (double)(job->last_write - job->writes_since);
		pace->bytes += (double)job->bytes;
	}
	if (job->started == WHEN_NONE || at == WHEN_NONE || at < job->started)
		return;
	pace->slots += (double)(at - job->started);
	pace->tries += 1;
	pace->sends += state == JOB_DONE;
}

static bool
all_in_use(const struct model *model)
{
	return model->sender->capacity > 0 && (int64_t)sender_slots_used(model) >= model->sender->capacity;
}

/* ---- pauses ---- */

#define PAUSES_KEPT     (12 * WHEN_HOUR)   /* then how the site was is no longer known */
#define PAUSES_LEAST    (10 * WHEN_SECOND) /* of shorter ones no send has to be warned */
#define THROTTLED_PAUSE (50 * WHEN_SECOND)

/* What the site has not been told of the job yet: all blocks but those behind long pauses. */
static void
tell_site(struct site_pace *site, struct job_extra *extra)
{
	if (site)
		usual_gap_short_ones(&site->gaps, extra->gaps.gaps - extra->site.told_number,
		                     extra->gaps.passed - extra->site.told);
	extra->site.told = extra->gaps.passed;
	extra->site.told_number = extra->gaps.gaps;
}

/* Where the clock was set, or nothing got through, all sends to a site pause at once: that is one pause. */
static bool
is_same_pause(const struct site_pace *site, int64_t from, int64_t to)
{
	return from < site->paused_to && to > site->paused_from;
}

void
send_pace_pause(struct model *model, uint32_t i, int64_t at)
{
	const struct job *job = &model->sender->jobs[i];
	struct job_extra *extra = &model->sender->extras[i];
	int64_t gap = at - job->last_write;
	struct site_pace *site = job->site == NAME_NONE ? NULL : &model->paces->sites[job->site];

	tell_site(site, extra);
	extra->site.told += gap;
	extra->site.told_number++;
	if (!site || is_same_pause(site, job->last_write, at))
		return;
	if (job->last_write - site->paused_to > PAUSES_KEPT)
		site->gaps = (struct usual_gap){ 0 };
	usual_gap_add(&site->gaps, gap);
	site->paused_from = job->last_write;
	site->paused_to = at;
}

/* ---- begin and end ---- */

void
send_pace_job_began(struct model *model, const struct event *event)
{
	if (model->paces->freed != WHEN_NONE && all_in_use(model) && event->at >= model->paces->freed
	    && event->at - model->paces->freed <= HANDOVER_MOST)
		mean_add(&model->paces->handover, (double)(event->at - model->paces->freed));
	model->paces->freed = WHEN_NONE;
}

void
send_pace_job_ends(struct model *model, const struct job *job, enum job_state state, int64_t at)
{
	/* Where one more has ended meanwhile it cannot be told which of the two is taken. */
	model->paces->freed = all_in_use(model) ? at : WHEN_NONE;
	if (job->site != NAME_NONE)
		tell_site(&model->paces->sites[job->site], &model->sender->extras[job - model->sender->jobs]);
	if (job->site != NAME_NONE && job->kind != KIND_REPLICATION && (state == JOB_DONE || state == JOB_FAILED))
		learn(&model->paces->sites[job->site].pace, job, state, at);
}

/* ---- the pauses that a send is warned of ---- */

static int64_t
usual_pause(const struct site_pace *site, int64_t at)
{
	bool old = site->paused_to == 0 || (at != WHEN_NONE && at - site->paused_to > PAUSES_KEPT);

	return old || site->gaps.usual < PAUSES_LEAST ? 0 : site->gaps.usual;
}

void
send_pace_site(struct model *model, uint32_t i)
{
	const struct job *job = &model->sender->jobs[i];
	bool throttled = model->places->sites[job->site].throttled != WHEN_NONE;

	job_site_pauses(model, i, usual_pause(&model->paces->sites[job->site], job->last),
	                throttled ? THROTTLED_PAUSE : 0);
}

void
send_pace_throttled(struct model *model, uint32_t site, const struct event *event)
{
	model->places->sites[site].throttled = event->at == WHEN_NONE ? model->newest : event->at;
	model->places->sites[site].throttled_log = event->log;
	for (uint32_t i = slots_first(&model->sender->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->sender->slots, i))
		if (model->sender->jobs[i].site == site) {
			model->sender->jobs[i].throttled = true;
			send_pace_site(model, i);
		}
}

/* ---- what is asked ---- */

double
model_handover(const struct model *model)
{
	return model->paces->handover.weight > 0 ? model->paces->handover.sum / model->paces->handover.weight : 0;
}

struct send_pace
model_site_pace(const struct model *model, uint32_t site)
{
	return model->paces->sites[site].pace;
}
