#include "cmtop/sort_order.h"

#include <stdlib.h>

#include "cmtop/fields.h"

#define KEYS_MOST 24

/* clang-format off */
static const enum entity entities[ORDER_TABLES] = {
	[ORDER_JOBS] = ENTITY_SENDS, [ORDER_SITES] = ENTITY_SITES, [ORDER_PACKAGES] = ENTITY_PACKAGES,
	[ORDER_TRANSFERS] = ENTITY_TRANSFERS,
};
/* clang-format on */

const struct order_key *
order_keys(enum order_of table, size_t *count)
{
	static struct order_key keys[ORDER_TABLES][KEYS_MOST];
	const struct field *field;

	for (*count = 0; *count < KEYS_MOST && (field = fields_used(entities[table], FIELD_SORTS, *count)); ++*count)
		keys[table][*count] = (struct order_key){ field_use_name(field, &field->sort),
			                                  field_use_says(field, &field->sort), field->down };
	return keys[table];
}

static void
order(const struct model *model, enum order_of table, void *rows, size_t count, size_t key, bool invert, int64_t now)
{
	const struct field *field = fields_used(entities[table], FIELD_SORTS, key);
	struct scene scene = { .model = model, .now = now };
	struct field_context of = { .scene = &scene,
		                    .model = model,
		                    .now = now,
		                    .zoned = model_zoned(model),
		                    .clock = WHEN_NONE,
		                    .backlog = backlog_at(model, now) };

	fields_sort(field ? field : fields_used(entities[table], FIELD_SORTS, 0), invert, &of, rows, count);
}

void
order_jobs(const struct model *model, const struct job **rows, size_t count, size_t key, bool invert, int64_t now)
{
	order(model, ORDER_JOBS, rows, count, key, invert, now);
}

/* Indexes of rows that are `size` bytes each. */
static void
order_indexes(const struct model *model, enum order_of table, const void *first, size_t size, uint32_t *rows,
              size_t count, size_t key, bool invert, int64_t now)
{
	const void **pointers = count ? malloc(count * sizeof(*pointers)) : NULL;

	if (!pointers)
		return;
	for (size_t i = 0; i < count; i++)
		pointers[i] = (const char *)first + rows[i] * size;
	order(model, table, pointers, count, key, invert, now);
	for (size_t i = 0; i < count; i++)
		rows[i] = (uint32_t)((size_t)((const char *)pointers[i] - (const char *)first) / size);
	free(pointers);
}

void
order_sites(const struct model *model, uint32_t *rows, size_t count, size_t key, bool invert, int64_t now)
{
	size_t all;
	const struct site *sites = model_sites(model, &all);

	order_indexes(model, ORDER_SITES, sites, sizeof(*sites), rows, count, key, invert, now);
}

void
order_packages(const struct model *model, uint32_t *rows, size_t count, size_t key, bool invert, int64_t now)
{
	size_t all;
	const struct package *packages = model_packages(model, &all);

	order_indexes(model, ORDER_PACKAGES, packages, sizeof(*packages), rows, count, key, invert, now);
}

void
order_transfers(const struct model *model, uint32_t *rows, size_t count, size_t key, bool invert, int64_t now)
{
	size_t all;
	const struct transfer *transfers = model_transfers(model, &all);

	order_indexes(model, ORDER_TRANSFERS, transfers, sizeof(*transfers), rows, count, key, invert, now);
}
