/*
 * What sends have taken: by site how fast it goes and how long a slot is held
 * besides, and for all how soon a free slot is taken. What came later counts
 * more, since routes change by the hour.
 */
#include "model/state.h"

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
fade(struct send_pace *send_pace)
{
	send_pace->tries /= 2;
	send_pace->sends /= 2;
	send_pace->slots /= 2;
	send_pace->writing /= 2;
	send_pace->bytes /= 2;
}

static void
learn(struct send_pace *send_pace, const struct job *job, enum job_state state, int64_t at)
{
	if (send_pace->tries >= SENDS_KEPT || send_pace->writing >= WRITING_KEPT)
		fade(send_pace);
	if (job->last_write > job->writes_since && job->writes_since != WHEN_NONE) {
		send_pace->writing += (double)(job->last_write - job->writes_since);
		send_pace->bytes += (double)job->bytes;
	}
	if (job->started == WHEN_NONE || at == WHEN_NONE || at < job->started)
		return;
	send_pace->slots += (double)(at - job->started);
	send_pace->tries += 1;
	send_pace->sends += state == JOB_DONE;
}

static bool
all_in_use(const struct model *model)
{
	return model->sending.capacity > 0
	       && (int64_t)model->job_slots.count[SLOTS_OPEN] + model->unseen >= model->sending.capacity;
}

void
send_pace_job_began(struct model *model, const struct event *event)
{
	if (model->freed != WHEN_NONE && all_in_use(model) && event->at >= model->freed
	    && event->at - model->freed <= HANDOVER_MOST)
		mean_add(&model->handover, (double)(event->at - model->freed));
	model->freed = WHEN_NONE;
}

void
send_pace_job_ends(struct model *model, const struct job *job, enum job_state state, int64_t at)
{
	/* Where one more has ended meanwhile it cannot be told which of the two is taken. */
	model->freed = all_in_use(model) ? at : WHEN_NONE;
	if (job->site != NAME_NONE && job->kind != KIND_REPLICATION && (state == JOB_DONE || state == JOB_FAILED))
		learn(&model->sites[job->site].send_pace, job, state, at);
}

/* ---- pauses ---- */

#define PAUSES_KEPT     (6 * WHEN_HOUR) /* then they count half */
#define PAUSES_FEW      3               /* less often it is chance, or trouble */
#define PAUSES_PART     4               /* one of so many parts of the time */
#define THROTTLED_PAUSE (50 * WHEN_SECOND)

static void
fade_pauses(struct site *site, int64_t at)
{
	if (site->pauses_since == WHEN_NONE || at < site->pauses_since)
		site->pauses_since = at;
	if (at - site->pauses_since < PAUSES_KEPT)
		return;
	for (int i = 0; i < 16; i++)
		site->pauses[i] /= 2;
	site->pauses_since = at;
}

void
send_pace_pause(struct model *model, const struct job *job, int64_t gap)
{
	struct site *site = job->site == NAME_NONE ? NULL : &model->sites[job->site];
	int i = 0;

	if (!site || gap < WHEN_SECOND)
		return;
	fade_pauses(site, job->last_write);
	for (gap /= 2 * WHEN_SECOND; gap > 0 && i < 15; gap /= 2)
		i++;
	if (site->pauses[i] < UINT8_MAX)
		site->pauses[i]++;
}

/* The longest that is usual there: it recurs, and sends spend a good part of their time in such ones. */
static int64_t
usual_pause(const struct site *site)
{
	double paused = 0;

	for (int i = 15; i > 0; i--) {
		int64_t pause = (WHEN_SECOND + WHEN_SECOND / 2) << i;

		paused += (double)pause * site->pauses[i];
		if (site->pauses[i] >= PAUSES_FEW && paused * PAUSES_PART >= site->send_pace.writing)
			return pause;
	}
	return 0;
}

void
send_pace_site(struct model *model, struct job *job)
{
	const struct site *site = &model->sites[job->site];

	job->site_gap = usual_pause(site);
	if (site->throttled != WHEN_NONE && job->site_gap < THROTTLED_PAUSE)
		job->site_gap = THROTTLED_PAUSE;
}

void
send_pace_throttled(struct model *model, uint32_t site, int64_t at)
{
	model->sites[site].throttled = at == WHEN_NONE ? model->newest : at;
	for (uint32_t i = slots_first(&model->job_slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->job_slots, i))
		if (model->jobs[i].site == site) {
			model->jobs[i].throttled = true;
			send_pace_site(model, &model->jobs[i]);
		}
}

/* ---- what is asked ---- */

double
model_handover(const struct model *model)
{
	return model->handover.weight > 0 ? model->handover.sum / model->handover.weight : 0;
}
