/*
 * Counts every table again and compares: what is told incrementally must be what
 * is there.
 */
#include "model/state.h"

#include <stdlib.h>

#define REQUIRE(truth, says) \
	do { \
		if (!(truth)) \
			return says; \
	} while (0)

static const char *
check_jobs(const struct model *model)
{
	uint32_t siteless = 0, replicating = 0, open = 0;

	for (uint32_t i = slots_first(&model->job_slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->job_slots, i)) {
		const struct job *job = &model->jobs[i];

		open++;
		siteless += job->site == NAME_NONE;
		replicating += job->kind == KIND_REPLICATION;
		REQUIRE(!job_ended(job), "an open job has ended");
		REQUIRE(slots_find(&model->job_slots, job->component, job->thread) == i,
		        "a job is not found by its thread");
		REQUIRE((job->kind == KIND_PACKAGE) == (job->package != NAME_NONE),
		        "a package job has no package, or another has one");
		REQUIRE(model->extras[i].told <= job->bytes, "bytes were counted that were not written");
	}
	REQUIRE(open == model->job_slots.count[SLOTS_OPEN], "the list of open jobs is miscounted");
	REQUIRE(siteless == model->siteless, "jobs without a site are miscounted");
	REQUIRE(replicating == model->replicating, "replication jobs are miscounted");
	return NULL;
}

static const char *
check_site(const struct model *model, uint32_t site)
{
	uint32_t used = 0, unnamed = 0;

	for (uint32_t i = slots_first(&model->job_slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->job_slots, i)) {
		used += model->jobs[i].site == site;
		unnamed += model->jobs[i].site == site && model->extras[i].unnamed;
	}
	REQUIRE(used == model->sites[site].used, "a site's slots are miscounted");
	REQUIRE(unnamed == model->sites[site].unnamed, "a site's unnamed jobs are miscounted");
	return NULL;
}

static const char *
check_sites(const struct model *model)
{
	uint64_t waiting = 0, unseen = 0, pairs = 0, all = 0, due = 0;

	for (uint32_t i = 0; i < intern_count(model->site_names); i++) {
		const char *wrong = check_site(model, i);

		if (wrong)
			return wrong;
		waiting += site_waiting(&model->sites[i]);
		unseen += model->sites[i].unseen;
		all += model->sites[i].waiting;
	}
	for (uint32_t i = 0; i < model->pair_count; i++) {
		pairs += model->pairs[i].waiting;
		due += model->pairs[i].due;
		REQUIRE(model->requests.active || model->pairs[i].due == model->pairs[i].waiting,
		        "due lines and what waits disagree");
		REQUIRE(model->pairs[i].waiting < UINT32_MAX / 2, "fewer than no sends wait");
		REQUIRE(pair_find(model, model->pairs[i].package, model->pairs[i].site) == &model->pairs[i],
		        "a pair is not found");
	}
	REQUIRE(due == model->sending.counted, "sends that fell due are miscounted");
	REQUIRE(waiting == model->sending.waiting, "what waits is miscounted");
	REQUIRE(unseen == model->site_unseen, "unseen slots are miscounted");
	REQUIRE(pairs == all, "pairs and sites disagree about what waits");
	return NULL;
}

static const char *
check_packages(const struct model *model)
{
	uint64_t queued = 0, waiting = 0, pairs = 0;

	for (uint32_t i = 0; i < intern_count(model->package_names); i++) {
		uint32_t running = 0;

		for (uint32_t k = slots_first(&model->job_slots, SLOTS_OPEN); k != NAME_NONE;
		     k = slots_next(&model->job_slots, k))
			running += model->jobs[k].package == i;
		queued += model->packages[i].queued;
		waiting += model->packages[i].waiting;
		REQUIRE(running == model->packages[i].running, "a package's jobs are miscounted");
	}
	for (uint32_t i = 0; i < model->pair_count; i++)
		pairs += model->pairs[i].waiting;
	REQUIRE(queued == model->distmgr.counts.queued, "the queue is miscounted");
	REQUIRE(waiting == pairs, "packages and pairs disagree about what waits");
	return NULL;
}

static const char *
check_threads(const struct model *model)
{
	uint32_t open = 0, dps = 0;

	for (uint32_t i = slots_first(&model->distmgr.threads.slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->distmgr.threads.slots, i)) {
		open++;
		REQUIRE(model->distmgr.threads.rows[i].open, "a package thread in the open list has ended");
		for (uint32_t k = model->distmgr.threads.rows[i].first_dp; k != NAME_NONE;
		     k = model->distmgr.dps.rows[k].next, dps++) {
			REQUIRE(model->distmgr.dps.extras[k].owner == i, "a DP thread is under two package threads");
			REQUIRE(model->distmgr.dps.rows[k].next != NAME_NONE
			                || model->distmgr.threads.extras[i].last_dp == k,
			        "a list of DPs does not end at its last");
			REQUIRE(dps <= model->limits.dps, "a list of DPs goes round");
		}
	}
	REQUIRE(open == model->distmgr.threads.slots.count[SLOTS_OPEN], "the list of package threads is miscounted");
	return dps_check(model);
}

/* Every name is found under its number, and a row's own copy of it is the same. */
static const char *
check_names(const struct model *model)
{
	for (uint32_t i = 0; i < intern_count(model->site_names); i++)
		REQUIRE(model_site_named(model, span_of(model->sites[i].code)) == i, "a site is not found by its code");
	for (uint32_t i = 0; i < intern_count(model->package_names); i++)
		REQUIRE(model_package_named(model, span_of(model->packages[i].id)) == i,
		        "a package is not found by its id");
	for (uint32_t i = 0; i < intern_count(model->server_names); i++)
		REQUIRE(server_find(model, span_of(model_server(model, i))) == i, "a server is not found by its name");
	for (uint32_t i = 0; i < intern_count(model->component_names); i++)
		REQUIRE(component_find(model, span_of(model_component(model, i))) == i,
		        "a component is not found by its name");
	return NULL;
}

static const char *
check_transfer(const struct model *model, uint32_t row)
{
	const struct transfer *t = &model->transfers.rows[row];
	uint32_t threads = 0, working = 0;

	for (uint32_t i = slots_first(&model->transfers.slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->transfers.slots, i)) {
		threads += model->transfers.row_of[i] == row;
		working += model->transfers.row_of[i] == row && !(model->transfers.told[i] & TOLD_OVER);
	}
	REQUIRE(threads == t->threads, "threads of a transfer are miscounted");
	REQUIRE((t->state == TRANSFER_SENDING)
	                == (working > 0 && model->transfers.extras[row].outcome != TRANSFER_DONE),
	        "a transfer is sending and nobody is at it, or the other way round");
	for (uint32_t i = 1; i < threads && i < TRANSFER_THREADS; i++)
		REQUIRE(t->thread[i - 1] < t->thread[i], "threads of a transfer are not in order");
	return NULL;
}

static const char *
check_transfers(const struct model *model)
{
	const char *wrong = NULL;

	for (uint32_t i = slots_first(&model->transfers.slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->transfers.slots, i))
		REQUIRE(model->transfers.row_of[i] < model->transfers.count,
		        "a thread is at a transfer that is not there");
	for (uint32_t row = 0; row < model->transfers.count && !wrong; row++)
		wrong = check_transfer(model, row);
	return wrong;
}

const char *
model_check(const struct model *model)
{
	const char *wrong = check_jobs(model);

	if (!wrong)
		wrong = check_names(model);

	if (!wrong)
		wrong = check_sites(model);
	if (!wrong)
		wrong = check_packages(model);
	if (!wrong)
		wrong = requests_check(model);
	if (!wrong)
		wrong = check_threads(model);
	if (!wrong)
		wrong = check_transfers(model);
	return wrong;
}
