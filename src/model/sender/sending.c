/* Queries about all sends together. */
#include "cmtop/model/sending.h"

#include "model/tables/components.h"
#include "model/tables/pairs.h"
#include "model/tables/requests.h"
#include "model/sender/sender.h"

struct sending
model_sending(const struct model *model)
{
	const struct sender *sender = model->sender;
	const struct family_seen *senders = &model->components->families[FAMILY_SENDER];
	const struct family_seen *distmgrs = &model->components->families[FAMILY_DISTMGR];

	return (struct sending){
		.used = sender_slots_used(model),
		.unseen = sender->unseen,
		.capacity = sender->capacity,
		.site_capacity = sender->site_capacity,
		.done = sender->done,
		.failed = sender->failed,
		.bytes = sender->bytes,
		.waiting = model->pairs->waiting,
		.running = sender->slots.count[SLOTS_OPEN] - sender->replicating,
		.seen = senders->seen,
		.due_seen = distmgrs->seen,
		.since = senders->since,
		.due_since = distmgrs->since,
		.listed = model->requests->active,
		.listed_at = model->requests->listed_at,
		.due_log = distmgrs->log,
		.listed_log = model->requests->log,
		.counted = model->pairs->counted,
	};
}

uint64_t
model_resent_bytes(const struct model *model)
{
	return model->sender->resent;
}
