/*
 * Packages that were notified and wait for a package thread, in their order.
 */
#include "model/distmgr/package_queue.h"

#include "model/distmgr/distmgr.h"
#include "model/tables/places.h"
#include "model/tables/state.h"

void
queue_put(struct model *model, uint32_t package, uint64_t order)
{
	struct package *p = &model->places->packages[package];

	if (p->queued)
		return;
	p->queued = true;
	p->queued_order = order ? order : ++model->distmgr->queue_order;
	model->distmgr->counts.queued++;
}

void
queue_take(struct model *model, uint32_t package)
{
	struct package *p = &model->places->packages[package];

	if (!p->queued)
		return;
	p->queued = false;
	p->queued_order = 0;
	model->distmgr->counts.queued--;
}

uint32_t
queue_first(const struct model *model)
{
	uint32_t found = NAME_NONE;

	if (model->distmgr->counts.queued == 0)
		return NAME_NONE;
	for (uint32_t i = 0; i < intern_count(model->places->package_names); i++)
		if (model->places->packages[i].queued
		    && (found == NAME_NONE
		        || model->places->packages[i].queued_order < model->places->packages[found].queued_order))
			found = i;
	return found;
}
