#include "ingest/components_seen.h"

static struct span
name_of(const struct components_seen *seen, size_t i)
{
	return (struct span){ seen->name[i], seen->size[i] };
}

void
components_seen_add_other(struct components_seen *seen, struct span component)
{
	component = span_stored(component);
	if (!component.size || component.size >= sizeof(seen->name[0]))
		return;
	for (size_t i = 0; i < seen->count; i++)
		if (span_is_nocase(component, name_of(seen, i))) {
			seen->last = i;
			return;
		}
	if (seen->count == COMPONENTS_SEEN_MOST)
		return;
	seen->last = seen->count++;
	span_copy(component, seen->name[seen->last], sizeof(seen->name[0]));
	seen->size[seen->last] = component.size;
}
