/* Questions by name: which site, which package, what goes where, and what a thread is at. */
#include "model/state.h"

/* A number that only was a package thread's, and that of a DP thread that has ended, are what they were last. */
static const struct package_thread *
thread_at(const struct model *model, uint32_t component, uint32_t thread)
{
	uint32_t i = slots_find(&model->distmgr.threads.slots, component, thread),
		 slot = slots_find(&model->distmgr.dps.slots, component, thread);
	uint32_t row = slot == NAME_NONE ? NAME_NONE : model->distmgr.dps.row_of[slot];
	enum thread_role role = i == NAME_NONE ? ROLE_NONE : (enum thread_role)model->distmgr.threads.extras[i].role;

	if (role == ROLE_PACKAGE || role == ROLE_LOST)
		return &model->distmgr.threads.rows[i];
	if (row != NAME_NONE && model->distmgr.dps.extras[row].owner != THREAD_NONE)
		return &model->distmgr.threads.rows[model->distmgr.dps.extras[row].owner];
	return i != NAME_NONE && role == ROLE_NONE && model->distmgr.threads.rows[i].serial
	               ? &model->distmgr.threads.rows[i]
	               : NULL;
}

struct lookup
model_lookup(const struct model *model, struct span component, uint32_t thread)
{
	uint32_t number = component_find(model, component), i;
	struct lookup out = { NULL, NULL, NULL };

	if (thread == 0)
		return out;
	if ((i = slots_find(&model->sender->slots, number, thread)) != NAME_NONE)
		out.job = &model->sender->jobs[i];
	else if ((out.thread = thread_at(model, number, thread)))
		return out;
	else if ((i = slots_find(&model->transfers.slots, number, thread)) != NAME_NONE
	         && model->transfers.row_of[i] != NAME_NONE)
		out.transfer = &model->transfers.rows[model->transfers.row_of[i]];
	return out;
}
