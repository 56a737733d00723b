/* The lists of all entities, and ways to find a field in them. */
#include "cmtop/fields.h"

#include <string.h>

#include "fields/values.h"

/* A new entity has its file, its place here and one in enum entity. */
const struct field_list *
fields_of(enum entity entity)
{
	/* clang-format off */
	static const struct field_list *const lists[ENTITY_COUNT] = {
		[ENTITY_SENDS] = &fields_sends, [ENTITY_SITES] = &fields_sites, [ENTITY_PACKAGES] = &fields_packages,
		[ENTITY_THREADS] = &fields_threads, [ENTITY_DPS] = &fields_dps, [ENTITY_TRANSFERS] = &fields_transfers,
		[ENTITY_FAILURES] = &fields_failures, [ENTITY_ADVICE] = &fields_advice, [ENTITY_LOGS] = &fields_logs,
		[ENTITY_SERVER] = &fields_server,
	};
	/* clang-format on */

	return lists[entity];
}

const struct field *
fields_in(enum entity entity, unsigned flag, size_t i)
{
	const struct field_list *list = fields_of(entity);

	for (size_t k = 0; k < list->count; k++)
		if (list->fields[k].flags & flag && i-- == 0)
			return &list->fields[k];
	return NULL;
}

/* "waiting", or "backlog.waiting" of one that is in a group. */
static bool
is_called(const struct field *field, const char *name)
{
	size_t group = field->group ? strlen(field->group) : 0;

	if (group == 0)
		return strcmp(field->name, name) == 0;
	return strncmp(field->group, name, group) == 0 && name[group] == '.'
	       && strcmp(field->name, name + group + 1) == 0;
}

const struct field *
fields_named(enum entity entity, const char *name)
{
	const struct field_list *list = fields_of(entity);

	for (size_t i = 0; i < list->count; i++)
		if (is_called(&list->fields[i], name))
			return &list->fields[i];
	return NULL;
}

struct value
field_value(enum entity entity, const char *name, const struct field_context *of, const void *row)
{
	const struct field *field = fields_named(entity, name);

	return field ? field->value(of, row) : value_unknown();
}

static const struct field_use *
use_of(const struct field *field, enum field_list_of use)
{
	switch (use) {
	case FIELD_SORTS: return &field->sort;
	case FIELD_METRICS: return &field->metric;
	default: return &field->check;
	}
}

const struct field *
fields_used(enum entity entity, enum field_list_of use, size_t i)
{
	const struct field_list *list = fields_of(entity);
	const struct field *out;
	unsigned last = 0;

	do {
		out = NULL;
		for (size_t k = 0; k < list->count; k++) {
			unsigned place = use_of(&list->fields[k], use)->place;

			if (place > last && (!out || place < use_of(out, use)->place))
				out = &list->fields[k];
		}
		last = out ? use_of(out, use)->place : last;
	} while (out && i-- > 0);
	return out;
}

const char *
field_use_name(const struct field *field, const struct field_use *use)
{
	return use->name ? use->name : field->name;
}

const char *
field_use_meaning(const struct field *field, const struct field_use *use)
{
	return use->meaning ? use->meaning : field->meaning;
}

void
fields_context(struct field_context *out, const struct scene *scene, const struct forecast *forecast)
{
	const struct model *model = scene->model;

	*out = (struct field_context){
		.scene = scene,
		.model = model,
		.now = scene->now,
		.clock = WHEN_NONE,
		.forecast = forecast,
		.backlog = forecast_backlog(forecast, model, scene->now),
		.sending = model_sending(model),
		.distribution = model_distribution(model),
		.transfers = model_transfer_counts(model),
		.upgrades = model_dp_upgrades(model),
		.trouble = trouble_at(model, scene->now),
	};
}
