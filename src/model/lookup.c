/* Questions by name: which site, which package, what goes where, and what a thread is at. */
#include "model/tables/components.h"
#include "model/distmgr/distmgr.h"
#include "model/sender/sender.h"
#include "model/tables/state.h"
#include "model/transfers/transfer_table.h"

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
	else
		out.transfer = transfer_last_at(model, number, thread);
	return out;
}
