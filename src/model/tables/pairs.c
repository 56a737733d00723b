#include "model/tables/pairs.h"

#include <stdlib.h>

#include "model/tables/places.h"
#include "model/tables/requests.h"
#include "model/tables/truncated.h"

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
	hash_index_destroy(&pairs->index);
	free(pairs);
}

/* ---- the table ---- */

static uint64_t
pair_hash(uint32_t package, uint32_t site)
{
	return hash_number((uint64_t)package << 16 | site);
}

struct pair *
pair_find(const struct model *model, uint32_t package, uint32_t site)
{
	const struct pairs *pairs = model->pairs;
	uint32_t i;

	if (package == NAME_NONE || site == NAME_NONE || pairs->allocated == 0)
		return NULL;
	i = hash_index_first(&pairs->index, pair_hash(package, site));
	while (i != HASH_INDEX_NONE && (pairs->rows[i].package != package || pairs->rows[i].site != site))
		i = hash_index_next(&pairs->index, i);
	return i == HASH_INDEX_NONE ? NULL : &pairs->rows[i];
}

/* To put half a million pairs into a new index takes longer than a key may wait: a large one is large enough for good. */
#define INDEX_LARGE 32768

static bool
grow_index(struct model *model, uint32_t allocated)
{
	struct pairs *pairs = model->pairs;
	struct hash_index index;

	if (allocated > INDEX_LARGE)
		allocated = model->limits.pairs;
	if (allocated <= pairs->indexed)
		return true;
	if (!hash_index_init(&index, allocated)) {
		hash_index_destroy(&index);
		return false;
	}
	hash_index_destroy(&pairs->index);
	pairs->index = index;
	pairs->indexed = allocated;
	for (uint32_t i = 0; i < pairs->count; i++)
		hash_index_add(&pairs->index, pair_hash(pairs->rows[i].package, pairs->rows[i].site), i);
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
	hash_index_add(&model->pairs->index, pair_hash(package, site), model->pairs->count);
	pair = &model->pairs->rows[model->pairs->count++];
	*pair = (struct pair){ .package = package, .site = (uint16_t)site };
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
