#include "model/tables/components.h"

#include <stdlib.h>

struct components *
components_new(void)
{
	struct components *components = calloc(1, sizeof(*components));

	if (!components)
		return NULL;
	components->names = intern_new(COMPONENTS_MOST - 1, COMPONENTS_MOST * 64);
	for (size_t i = 0; i < FAMILIES; i++)
		components->families[i].since = WHEN_NONE;
	if (components->names)
		return components;
	components_free(components);
	return NULL;
}

void
components_free(struct components *components)
{
	if (!components)
		return;
	intern_free(components->names);
	free(components);
}

uint32_t
component_add(struct model *model, struct span name)
{
	uint32_t i = intern_add(model->components->names, name);

	if (i == NAME_NONE)
		i = COMPONENT_REST;
	if (name.size <= sizeof(model->components->last) && name.size > 0) {
		memcpy(model->components->last, name.at, name.size);
		model->components->last_size = name.size;
		model->components->last_number = i;
	}
	return i;
}

uint32_t
component_find(const struct model *model, struct span name)
{
	uint32_t i = intern_find(model->components->names, name);

	return i == NAME_NONE ? COMPONENT_REST : i;
}

const char *
model_component(const struct model *model, uint32_t component)
{
	return intern_name(model->components->names, component);
}
