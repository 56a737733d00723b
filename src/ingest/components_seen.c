#include "ingest/components_seen.h"

static bool
is_name(const struct components_seen *heard, size_t i, struct span component)
{
	return i < heard->count && span_is_nocase(component, span_of(heard->name[i]));
}

void
components_seen_add(struct components_seen *heard, struct span component)
{
	component = span_stored(component);
	if (is_name(heard, heard->last, component) || !component.size || component.size >= sizeof(heard->name[0]))
		return;
	for (size_t i = 0; i < heard->count; i++)
		if (is_name(heard, i, component)) {
			heard->last = i;
			return;
		}
	if (heard->count == COMPONENTS_SEEN_MOST)
		return;
	heard->last = heard->count++;
	span_copy(component, heard->name[heard->last], sizeof(heard->name[0]));
}
