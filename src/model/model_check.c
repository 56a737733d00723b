/*
 * Counts every table again and compares: the counts that are kept up to date with
 * every event must be the same.
 */
#include <stdlib.h>

#include "model/tables/components.h"
#include "model/distmgr/distmgr.h"
#include "model/tables/pairs.h"
#include "model/tables/places.h"
#include "model/tables/requests.h"
#include "model/sender/sender.h"
#include "model/tables/state.h"
#include "model/transfers/transfer_table.h"
#include "model/records/written_times.h"

#define REQUIRE(truth, message) \
	do { \
		if (!(truth)) \
			return message; \
	} while (0)

static const char *
check_jobs(const struct model *model)
{
	uint32_t siteless = 0, replicating = 0, open = 0;

	for (uint32_t i = slots_first(&model->sender->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->sender->slots, i)) {
		const struct job *job = &model->sender->jobs[i];

		open++;
		siteless += job->site == NAME_NONE;
		replicating += job->kind == KIND_REPLICATION;
		REQUIRE(!job_ended(job), "an open job has ended");
		REQUIRE(slots_find(&model->sender->slots, job->component, job->thread) == i,
		        "a job is not found by its thread");
		REQUIRE((job->kind == KIND_PACKAGE) == (job->package != NAME_NONE),
		        "a package job has no package, or another has one");
		REQUIRE(model->sender->extras[i].told <= job->bytes, "bytes were counted that were not written");
	}
	REQUIRE(open == model->sender->slots.count[SLOTS_OPEN], "the list of open jobs is miscounted");
	REQUIRE(siteless == model->sender->siteless, "jobs without a site are miscounted");
	REQUIRE(replicating == model->sender->replicating, "replication jobs are miscounted");
	return NULL;
}

static const char *
check_site(const struct model *model, uint32_t site)
{
	uint32_t used = 0, unnamed = 0;

	for (uint32_t i = slots_first(&model->sender->slots, SLOTS_OPEN); i != NAME_NONE;
	     i = slots_next(&model->sender->slots, i)) {
		used += model->sender->jobs[i].site == site;
		unnamed += model->sender->jobs[i].site == site && model->sender->extras[i].unnamed;
	}
	REQUIRE(used == model->places->sites[site].used, "a site's slots are miscounted");
	REQUIRE(unnamed == model->places->sites[site].unnamed, "a site's unnamed jobs are miscounted");
	return NULL;
}

static const char *
check_sites(const struct model *model)
{
	uint64_t waiting = 0, unseen = 0, pairs = 0, all = 0, due = 0;

	for (uint32_t i = 0; i < intern_count(model->places->site_names); i++) {
		const char *wrong = check_site(model, i);

		if (wrong)
			return wrong;
		waiting += site_waiting(&model->places->sites[i]);
		unseen += model->places->sites[i].unseen;
		all += model->places->sites[i].waiting;
	}
	for (uint32_t i = 0; i < model->pairs->count; i++) {
		pairs += model->pairs->rows[i].waiting;
		due += model->pairs->rows[i].due;
		REQUIRE(model->requests->active || model->pairs->rows[i].due == model->pairs->rows[i].waiting,
		        "due lines and what waits disagree");
		REQUIRE(model->pairs->rows[i].waiting < UINT32_MAX / 2, "fewer than no sends wait");
		REQUIRE(pair_find(model, model->pairs->rows[i].package, model->pairs->rows[i].site)
		                == &model->pairs->rows[i],
		        "a pair is not found");
	}
	REQUIRE(due == model->pairs->counted, "sends that fell due are miscounted");
	REQUIRE(waiting == model->pairs->waiting, "what waits is miscounted");
	REQUIRE(unseen == model->sender->site_unseen, "unseen slots are miscounted");
	REQUIRE(pairs == all, "pairs and sites disagree about what waits");
	return NULL;
}

static const char *
check_packages(const struct model *model)
{
	uint64_t queued = 0, waiting = 0, pairs = 0;

	for (uint32_t i = 0; i < intern_count(model->places->package_names); i++) {
		uint32_t running = 0;

		for (uint32_t k = slots_first(&model->sender->slots, SLOTS_OPEN); k != NAME_NONE;
		     k = slots_next(&model->sender->slots, k))
			running += model->sender->jobs[k].package == i;
		queued += model->places->packages[i].queued;
		waiting += model->places->packages[i].waiting;
		REQUIRE(running == model->places->packages[i].running, "a package's jobs are miscounted");
	}
	for (uint32_t i = 0; i < model->pairs->count; i++)
		pairs += model->pairs->rows[i].waiting;
	REQUIRE(queued == model_distribution(model).queued, "the queue is miscounted");
	REQUIRE(waiting == pairs, "packages and pairs disagree about what waits");
	return NULL;
}

static const char *
check_request(const struct model *model, uint32_t i)
{
	const struct request *row = &model->requests->rows[i];

	REQUIRE(request_find(model, span_of(row->id)) == i, "a send request is not found");
	REQUIRE(row->carrier == NAME_NONE
	                || span_is_nocase(span_of(model->sender->jobs[row->carrier].request), span_of(row->id)),
	        "a send request is carried by a job that has another");
	REQUIRE(!row->counted || model->requests->active, "a request is counted before its time");
	return NULL;
}

static const char *
check_requests(const struct model *model)
{
	uint32_t count = 0;
	uint64_t counted = 0, kbytes = 0, unsized = 0, waiting = 0, package_kbytes = 0, package_unsized = 0;

	for (uint32_t i = 0; i < model->requests->used; i++) {
		const struct request *row = &model->requests->rows[i];
		const char *wrong = row->id[0] ? check_request(model, i) : NULL;

		if (wrong)
			return wrong;
		count += row->id[0] != '\0';
		counted += row->id[0] && row->counted;
		kbytes += row->id[0] && row->counted && row->sized ? row->left : 0;
		unsized += row->id[0] && row->counted && !row->sized;
	}
	for (uint32_t i = 0; i < intern_count(model->places->package_names); i++) {
		waiting += model->places->packages[i].waiting;
		package_kbytes += model->places->packages[i].waiting_kbytes;
		package_unsized += model->places->packages[i].waiting_unsized;
	}
	REQUIRE(count == model->requests->count, "send requests are miscounted");
	REQUIRE(!model->requests->active || counted == waiting, "what waits is not what the scheduler lists");
	REQUIRE(kbytes == package_kbytes && unsized == package_unsized,
	        "what the waiting requests weigh is miscounted");
	return NULL;
}

/* Every name is found under its number, and a row's own copy of it is the same. */
static const char *
check_names(const struct model *model)
{
	for (uint32_t i = 0; i < intern_count(model->places->site_names); i++)
		REQUIRE(model_site_named(model, span_of(model->places->sites[i].code)) == i,
		        "a site is not found by its code");
	for (uint32_t i = 0; i < intern_count(model->places->package_names); i++)
		REQUIRE(model_package_named(model, span_of(model->places->packages[i].id)) == i,
		        "a package is not found by its id");
	for (uint32_t i = 0; i < intern_count(model->places->server_names); i++)
		REQUIRE(server_find(model, span_of(model_server(model, i))) == i, "a server is not found by its name");
	for (uint32_t i = 0; i < intern_count(model->components->names); i++)
		REQUIRE(component_find(model, span_of(model_component(model, i))) == i,
		        "a component is not found by its name");
	return NULL;
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
		wrong = check_requests(model);
	if (!wrong)
		wrong = distmgr_check(model);
	if (!wrong)
		wrong = transfer_table_check(model);
	if (!wrong && !written_times_check(model->written))
		wrong = "the spans of a log's written times are out of order";
	return wrong;
}
