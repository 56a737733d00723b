/* Questions by name: which site, which package, what goes where, and what a thread is at. */
#include "model/state.h"

uint32_t
model_site_named(const struct model *model, struct span code)
{
	return code.size ? intern_find(model->site_names, code) : NAME_NONE;
}

uint32_t
model_package_named(const struct model *model, struct span id)
{
	return id.size ? intern_find(model->package_names, id) : NAME_NONE;
}

uint32_t
model_site_server(const struct model *model, uint32_t site)
{
	uint32_t found = NAME_NONE, i, count = intern_count(model->server_names);

	for (i = 0; i < count; i++) {
		if (site_of_server(model, i) == site)
			found = i;
	}
	return found;
}

size_t
model_pairs(const struct model *model)
{
	return model->pair_count;
}

void
model_pair_names(const struct model *model, size_t i, uint32_t *package, uint32_t *site)
{
	*package = model->pairs[i].package;
	*site = model->pairs[i].site;
}

struct lookup
model_lookup(const struct model *model, struct span component, uint32_t thread)
{
	uint32_t number = component_find(model, component), i;
	struct lookup out = { NULL, NULL, NULL };

	if (thread == 0)
		return out;
	if ((i = slots_find(&model->job_slots, number, thread)) != NAME_NONE)
		out.job = &model->jobs[i];
	else if ((out.thread = distmgr_thread_at(model, number, thread)))
		return out;
	else if ((i = slots_find(&model->transfers.slots, number, thread)) != NAME_NONE
	         && model->transfers.row_of[i] != NAME_NONE)
		out.transfer = &model->transfers.rows[model->transfers.row_of[i]];
	return out;
}
