#include "model/tables/slots.h"

#include <stdlib.h>

bool
slots_init(struct slots *slots, uint32_t most)
{
	bool indexed;

	*slots = (struct slots){ .most = most };
	for (int list = 0; list < SLOTS_LISTS; list++)
		slots->first[list] = slots->last[list] = NAME_NONE;
	indexed = hash_index_init(&slots->index, most);
	slots->links = calloc(most, sizeof(*slots->links));
	return indexed && slots->links;
}

void
slots_destroy(struct slots *slots)
{
	hash_index_destroy(&slots->index);
	free(slots->links);
}

static void
forget(struct slots *slots, uint32_t i)
{
	const struct slots_link *link = &slots->links[i];

	hash_index_remove(&slots->index, slots_hash(link->component, link->thread), i);
}

static void
leave(struct slots *slots, uint32_t i)
{
	struct slots_link *link = &slots->links[i];

	if (link->list == SLOTS_FRESH)
		return;
	if (link->before == NAME_NONE)
		slots->first[link->list] = link->behind;
	else
		slots->links[link->before].behind = link->behind;
	if (link->behind == NAME_NONE)
		slots->last[link->list] = link->before;
	else
		slots->links[link->behind].before = link->before;
	slots->count[link->list]--;
	link->list = SLOTS_FRESH;
}

uint32_t
slots_take(struct slots *slots, uint32_t component, uint32_t thread)
{
	uint32_t i = slots_find(slots, component, thread);

	if (i != NAME_NONE) {
		leave(slots, i);
		return i;
	}
	if (slots->fresh < slots->most) {
		i = slots->fresh++;
	} else {
		i = slots->first[SLOTS_ENDED];
		if (i == NAME_NONE)
			return NAME_NONE;
		leave(slots, i);
		forget(slots, i);
	}
	slots->links[i].component = component;
	slots->links[i].thread = thread;
	hash_index_add(&slots->index, slots_hash(component, thread), i);
	return i;
}

void
slots_put(struct slots *slots, uint32_t i, enum slots_list list)
{
	struct slots_link *link = &slots->links[i];

	leave(slots, i);
	link->list = (uint8_t)list;
	link->behind = NAME_NONE;
	link->before = slots->last[list];
	if (link->before == NAME_NONE)
		slots->first[list] = i;
	else
		slots->links[link->before].behind = i;
	slots->last[list] = i;
	slots->count[list]++;
}

uint32_t
slots_first(const struct slots *slots, enum slots_list list)
{
	return slots->first[list];
}

uint32_t
slots_next(const struct slots *slots, uint32_t i)
{
	return slots->links[i].behind;
}
