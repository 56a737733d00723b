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
	for (uint32_t i = 0; i < sites; i++)
		paces->sites[i].pauses_since = WHEN_NONE;
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
	if (job->site != NAME_NONE && job->kind != KIND_REPLICATION && (state == JOB_DONE || state == JOB_FAILED))
		learn(&model->paces->sites[job->site].pace, job, state, at);
}

/* ---- pauses ---- */

#define PAUSES_KEPT     (6 * WHEN_HOUR) /* then they count half */
#define PAUSES_FEW      3               /* less often it is chance, or trouble */
#define PAUSES_PART     4               /* one of so many parts of the time */
#define THROTTLED_PAUSE (50 * WHEN_SECOND)

static void
fade_pauses(struct site_pace *site, int64_t at)
{
	if (site->pauses_since == WHEN_NONE || at < site->pauses_since)
		site->pauses_since = at;
	if (at - site->pauses_since < PAUSES_KEPT)
		return;
	for (int i = 0; i < PAUSE_LENGTHS; i++)
		site->pauses[i] /= 2;
	site->pauses_since = at;
}

void
send_pace_pause(struct model *model, const struct job *job, int64_t at)
{
	struct site_pace *site = job->site == NAME_NONE ? NULL : &model->paces->sites[job->site];
	int64_t gap = when_between(job->last_write, at);
	int i = 0;

	if (!site || gap < WHEN_SECOND)
		return;
	fade_pauses(site, job->last_write);
	for (gap /= 2 * WHEN_SECOND; gap > 0 && i < PAUSE_LENGTHS - 1; gap /= 2)
		i++;
	if (site->pauses[i] < UINT8_MAX)
		site->pauses[i]++;
}

/* The longest that is usual there: it recurs, and sends spend a good part of their time in such ones. */
static int64_t
usual_pause(const struct site_pace *site)
{
	double paused = 0;

	for (int i = PAUSE_LENGTHS - 1; i > 0; i--) {
		int64_t pause = (WHEN_SECOND + WHEN_SECOND / 2) << i;

		paused += (double)pause * site->pauses[i];
		if (site->pauses[i] >= PAUSES_FEW && paused * PAUSES_PART >= site->pace.writing)
			return pause;
	}
	return 0;
}

void
send_pace_site(struct model *model, uint32_t i)
{
	uint32_t site = model->sender->jobs[i].site;
	int64_t pause = usual_pause(&model->paces->sites[site]);

	if (model->places->sites[site].throttled != WHEN_NONE && pause < THROTTLED_PAUSE)
		pause = THROTTLED_PAUSE;
	job_site_pauses(model, i, pause);
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
