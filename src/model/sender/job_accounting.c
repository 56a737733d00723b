/*
 * Which package a job carries and to which site. Each of these becomes known by a
 * line of its thread and changes counts. All counts of running jobs are changed
 * only here.
 */
#include "model/sender/sender.h"

#include <string.h>

#include "model/tables/components.h"
#include "model/sender/due.h"
#include "model/tables/pairs.h"
#include "model/tables/places.h"
#include "model/records/rate_counter.h"
#include "model/tables/requests.h"
#include "model/sender/send_pace.h"
#include "model/tables/tried_requests.h"

static void
count_used(struct site *site, int change)
{
	site->used += (uint32_t)change;
	if (site->used > site->used_most)
		site->used_most = site->used;
}

/* Adds the job to, or takes it from, what runs where. */
void
job_count_running(struct model *model, uint32_t i, int change)
{
	struct job *job = &model->sender->jobs[i];
	struct job_extra *extra = &model->sender->extras[i];
	struct pair *pair = pair_find(model, job->package, job->site);
	bool unnamed = change > 0 ? !model->requests->active && job->start_seen && job->kind == KIND_UNKNOWN
	                                    && job->site != NAME_NONE
	                          : extra->unnamed;

	model->components->rows[job->component].used += (uint32_t)change;
	if (job->site == NAME_NONE)
		model->sender->siteless += (uint32_t)change;
	else
		count_used(&model->places->sites[job->site], change);
	if (job->package != NAME_NONE)
		model->places->packages[job->package].running += (uint64_t)(int64_t)change;
	if (pair)
		pair->running = (uint16_t)(pair->running + change);
	if (job->kind == KIND_REPLICATION)
		model->sender->replicating += (uint32_t)change;
	extra->unnamed = change > 0 && unnamed;
	if (unnamed)
		site_count(model, job->site, 0, change);
}

/* ---- where and what ---- */

/* A fact about an open job changes the counts it is in. */
static void
recount(struct model *model, uint32_t i, void (*change)(struct job *job, uint32_t value), uint32_t value)
{
	bool open = slots_where(&model->sender->slots, i) == SLOTS_OPEN;

	if (open)
		job_count_running(model, i, -1);
	change(&model->sender->jobs[i], value);
	due_carried(model, &model->sender->jobs[i]);
	if (open)
		job_count_running(model, i, +1);
}

static void
set_site(struct job *job, uint32_t site)
{
	job->site = site;
}

void
job_site(struct model *model, uint32_t i, uint32_t site)
{
	if (site == NAME_NONE || model->sender->jobs[i].site != NAME_NONE)
		return;
	recount(model, i, set_site, site);
	send_pace_site(model, i);
	job_bytes(model, i, WHEN_NONE);
	if (!model->sender->jobs[i].start_seen && model->places->sites[site].unseen > 0) {
		model->places->sites[site].unseen--;
		model->sender->site_unseen--;
	}
}

static void
set_package(struct job *job, uint32_t package)
{
	job->package = package;
	job->kind = KIND_PACKAGE;
}

void
job_package(struct model *model, uint32_t i, uint32_t package, uint32_t version, uint32_t from)
{
	struct job *job = &model->sender->jobs[i];

	if (package == NAME_NONE)
		return;
	if (job->version == 0)
		job->version = version;
	if (from != 0)
		job->delta_from = from;
	package_seen(model, package, version, job->last, job->log);
	if (job->package != NAME_NONE)
		return;
	recount(model, i, set_package, package);
	job_bytes(model, i, WHEN_NONE);
}

/* Until the package is named these might be bytes of a replication: they wait to be counted. */
void
job_bytes(struct model *model, uint32_t i, int64_t at)
{
	struct job *job = &model->sender->jobs[i];
	struct job_extra *extra = &model->sender->extras[i];
	struct site *site = job->site == NAME_NONE ? NULL : &model->places->sites[job->site];

	if (job->kind != KIND_PACKAGE)
		return;
	if (at != WHEN_NONE)
		rate_bytes(model, job->site, at, job->bytes - extra->told);
	model->sender->bytes += job->bytes - extra->told;
	model->places->packages[job->package].bytes += job->bytes - extra->told;
	extra->told = job->bytes;
	if (!site)
		return;
	site->bytes += job->bytes - extra->told_site;
	extra->told_site = job->bytes;
}

static void
set_replication(struct job *job, uint32_t value)
{
	(void)value;
	job->kind = KIND_REPLICATION;
}

void
job_replication(struct model *model, uint32_t i)
{
	if (model->sender->jobs[i].kind == KIND_UNKNOWN)
		recount(model, i, set_replication, 0);
}

void
job_carries(struct model *model, uint32_t i)
{
	struct job *job = &model->sender->jobs[i];
	uint32_t row = request_find(model, span_of(job->request));
	const struct request *request;

	if (row == REQUEST_NONE)
		return;
	request_carry(model, row, i);
	request = &model->requests->rows[row];
	job->priority = request->priority;
	if (job->start_seen)
		return;
	/* It began before its log did: the list knows what the thread has not said. */
	job_site(model, i, request->site);
	if (job->kind == KIND_UNKNOWN)
		job_package(model, i, request->package, request->version, 0);
}

void
job_request(struct model *model, uint32_t i, struct span request)
{
	struct job *job = &model->sender->jobs[i];
	const struct tried_request *tried;

	if (job->request[0])
		return;
	request_id(request, job->request, sizeof(job->request));
	if (!job->request[0])
		return;
	job_carries(model, i);
	tried = tried_request_find(model, span_of(job->request));
	if (!tried)
		return;
	job->attempt = tried->tries + 1;
	model->sender->extras[i].before = tried->high;
	job_site(model, i, tried->site);
}

void
job_remember_request(struct model *model, const struct job *job, bool again)
{
	const struct job_extra *extra = &model->sender->extras[job - model->sender->jobs];
	struct span request = span_of(job->request);
	struct tried_request *tried;

	if (!again && !tried_request_find(model, request))
		return;
	tried = tried_request_at(model, request);
	if (!tried)
		return;
	tried->high = !again ? 0 : extra->high > extra->before ? extra->high : extra->before;
	tried->tries = !again ? 0 : job->returned ? job->attempt - 1 : job->attempt;
	if (job->site != NAME_NONE)
		tried->site = job->site;
}

void
job_blame(struct model *model, uint32_t i, struct span error)
{
	struct job *job = &model->sender->jobs[i];

	if (!job->error[0])
		span_copy(error, job->error, sizeof(job->error));
}
