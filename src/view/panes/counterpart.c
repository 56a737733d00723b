#include "view/panes/counterpart.h"

#include <string.h>

uint32_t
same_site(const struct handover *handover, uint32_t site)
{
	size_t count;
	const struct site *sites = model_sites(handover->from->model, &count);

	return site < count ? model_site_named(handover->to->model, span_of(sites[site].code)) : NAME_NONE;
}

uint32_t
same_package(const struct handover *handover, uint32_t package)
{
	size_t count;
	const struct package *packages = model_packages(handover->from->model, &count);

	return package < count ? model_package_named(handover->to->model, span_of(packages[package].id)) : NAME_NONE;
}

/* Of the same component: its number differs, its name does not. */
static bool
same_component(const struct handover *handover, uint32_t from, uint32_t to)
{
	return strcmp(model_component(handover->from->model, from), model_component(handover->to->model, to)) == 0;
}

uint64_t
id_or_gone(uint32_t index)
{
	return index == NAME_NONE ? ROW_GONE : index;
}

const struct job *
same_job(const struct handover *handover, uint64_t serial)
{
	const struct job *old = NULL, *job = NULL;

	while ((old = model_next_job(handover->from->model, old)) && old->serial != serial)
		continue;
	while (old && (job = model_next_job(handover->to->model, job)))
		if (job->thread == old->thread && same_component(handover, old->component, job->component)
		    && (!old->request[0] || strcmp(job->request, old->request) == 0))
			return job;
	return NULL;
}

const struct package_thread *
same_thread(const struct handover *handover, uint64_t serial)
{
	const struct package_thread *old = NULL, *thread = NULL;

	while ((old = model_next_thread(handover->from->model, old)) && old->serial != serial)
		continue;
	while (old && (thread = model_next_thread(handover->to->model, thread)))
		if (thread->thread == old->thread && same_component(handover, old->component, thread->component))
			return thread;
	return NULL;
}

uint32_t
same_dp(const struct handover *handover, uint32_t index)
{
	const struct model *from = handover->from->model, *to = handover->to->model;
	const struct dp *old = model_dp(from, index), *dp;
	const struct package_thread *thread = NULL;
	uint32_t i;

	while (old && (thread = model_next_thread(to, thread)))
		for (i = thread->first_dp; (dp = model_dp(to, i)); i = dp->next)
			if (dp->thread == old->thread
			    && strcmp(model_server(to, dp->server), model_server(from, old->server)) == 0)
				return i;
	return NAME_NONE;
}
