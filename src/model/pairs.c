#include "model/pairs.h"

#include <stdlib.h>

#include "model/places.h"
#include "model/requests.h"
#include "model/truncated.h"

struct pairs *
pairs_new(void)
{
	return calloc(1, sizeof(struct pairs));
}

void
pairs_free(struct pairs *pairs)
{
	if (!pairs)
		return;
	free(pairs->rows);
	free(pairs->index);
	free(pairs);
}

/* ---- the table ---- */

static uint32_t
pair_slot(const struct model *model, uint32_t package, uint32_t site)
{
	uint64_t hash = ((uint64_t)package << 16 | site) * 0x9e3779b97f4a7c15u;
	uint32_t slot = (uint32_t)(hash >> 32) & model->pairs->mask;

	while (model->pairs->index[slot]) {
		const struct pair *pair = &model->pairs->rows[model->pairs->index[slot] - 1];

		if (pair->package == package && pair->site == site)
			break;
		slot = (slot + 1) & model->pairs->mask;
	}
	return slot;
}

struct pair *
pair_find(const struct model *model, uint32_t package, uint32_t site)
{
	uint32_t held;

	if (package == NAME_NONE || site == NAME_NONE || model->pairs->allocated == 0)
		return NULL;
	held = model->pairs->index[pair_slot(model, package, site)];
	return held ? &model->pairs->rows[held - 1] : NULL;
}

/* To put half a million pairs into a new index takes longer than a key may wait: a large one is large enough for good. */
#define INDEX_LARGE 32768

static bool
grow_index(struct model *model, uint32_t allocated)
{
	uint32_t slots = 2, *index;

	if (allocated > INDEX_LARGE)
		allocated = model->limits.pairs;
	while (slots < allocated + allocated / 2)
		slots *= 2;
	if (model->pairs->index && slots == model->pairs->mask + 1)
		return true;
	index = calloc(slots, sizeof(*index));
	if (!index)
		return false;
	free(model->pairs->index);
	model->pairs->index = index;
	model->pairs->mask = slots - 1;
	for (uint32_t i = 0; i < model->pairs->count; i++)
		index[pair_slot(model, model->pairs->rows[i].package, model->pairs->rows[i].site)] = i + 1;
	return true;
}

static bool
grow_pairs(struct model *model)
{
	uint32_t allocated = model->pairs->allocated ? model->pairs->allocated * 2 : 1024;
	struct pair *pairs;

	if (allocated > model->limits.pairs)
		allocated = model->limits.pairs;
	if (allocated == model->pairs->allocated || !grow_index(model, allocated))
		return false;
	pairs = realloc(model->pairs->rows, allocated * sizeof(*pairs));
	if (!pairs)
		return false;
	model->pairs->rows = pairs;
	model->pairs->allocated = allocated;
	return true;
}

struct pair *
pair_at(struct model *model, uint32_t package, uint32_t site)
{
	struct pair *pair = pair_find(model, package, site);

	if (pair || package == NAME_NONE || site == NAME_NONE)
		return pair;
	if (model->pairs->count == model->pairs->allocated && !grow_pairs(model)) {
		pair_left_out(model, package, site);
		return NULL;
	}
	pair = &model->pairs->rows[model->pairs->count++];
	*pair = (struct pair){ .package = package, .site = (uint16_t)site };
	model->pairs->index[pair_slot(model, package, site)] = model->pairs->count;
	return pair;
}

/* ---- what waits ---- */

void
site_count(struct model *model, uint32_t i, int waiting, int unnamed)
{
	struct site *site = &model->places->sites[i];

	model->pairs->waiting -= site_waiting(site);
	site->waiting += (uint64_t)(int64_t)waiting;
	site->unnamed += (uint64_t)(int64_t)unnamed;
	model->pairs->waiting += site_waiting(site);
}

static void
pair_carries_newest(const struct model *model, struct pair *pair)
{
	const struct package *package = &model->places->packages[pair->package];
	uint32_t back = package->file_from ? package->file_version - package->file_from : 0;

	pair->version = package->file_version <= UINT16_MAX && back <= UINT8_MAX ? (uint16_t)package->file_version : 0;
	pair->back = pair->version ? (uint8_t)back : 0;
}

void
pair_wait(struct model *model, struct pair *pair, int change)
{
	/* The oldest goes first; what is left was ordered later. */
	if (change < 0 || pair->waiting == 0)
		pair_carries_newest(model, pair);
	pair->waiting += (uint32_t)change;
	model->places->packages[pair->package].waiting += (uint64_t)(int64_t)change;
	site_count(model, pair->site, change, 0);
}

void
pair_due(struct model *model, struct pair *pair, int change)
{
	pair->due += (uint32_t)change;
	model->pairs->counted += (uint64_t)(int64_t)change;
	if (!model->requests->active)
		pair_wait(model, pair, change);
}

/* ---- what can be asked ---- */

struct pair_counts
model_pair(const struct model *model, uint32_t package, uint32_t site)
{
	const struct pair *pair = pair_find(model, package, site);

	if (!pair)
		return (struct pair_counts){ 0, 0, 0, 0 };
	return (struct pair_counts){ pair->waiting, pair->running, pair->done, pair->failed };
}

size_t
model_pairs(const struct model *model)
{
	return model->pairs->count;
}

void
model_pair_names(const struct model *model, size_t i, uint32_t *package, uint32_t *site)
{
	*package = model->pairs->rows[i].package;
	*site = model->pairs->rows[i].site;
}
