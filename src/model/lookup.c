/* Questions by name: which site, which package, what goes where, and what a thread is at. */
#include "model/state.h"

struct lookup
model_lookup(const struct model *model, struct span component, uint32_t thread)
{
	uint32_t number = component_find(model, component), i;
	struct lookup out = { NULL, NULL, NULL };

	if (thread == 0)
		return out;
	if ((i = slots_find(&model->sender->slots, number, thread)) != NAME_NONE)
		out.job = &model->sender->jobs[i];
	else if ((out.thread = distmgr_thread_at(model, number, thread)))
		return out;
	else if ((i = slots_find(&model->transfers.slots, number, thread)) != NAME_NONE
	         && model->transfers.row_of[i] != NAME_NONE)
		out.transfer = &model->transfers.rows[model->transfers.row_of[i]];
	return out;
}
