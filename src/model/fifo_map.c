#include "model/fifo_map.h"

#include <stdlib.h>

struct recall_link {
	uint64_t key;
	uint32_t next;
};

bool
recall_new(struct recall *recall, uint32_t most)
{
	uint32_t buckets = 1;

	while (buckets < most)
		buckets *= 2;
	*recall = (struct recall){ .most = most, .mask = buckets - 1 };
	recall->buckets = malloc(buckets * sizeof(*recall->buckets));
	recall->links = calloc(most, sizeof(*recall->links));
	if (!recall->buckets || !recall->links)
		return false;
	for (uint32_t i = 0; i < buckets; i++)
		recall->buckets[i] = NAME_NONE;
	return true;
}

void
recall_free(struct recall *recall)
{
	free(recall->buckets);
	free(recall->links);
}

/* A product's bits know only of the key's bits below them, and what tells keys apart may stand in its highest. */
static uint32_t *
bucket_of(const struct recall *recall, uint64_t key)
{
	uint64_t hash = (key ^ key >> 32) * 0x9e3779b97f4a7c15u;

	return &recall->buckets[(uint32_t)(hash >> 32) & recall->mask];
}

uint32_t
recall_find(const struct recall *recall, uint64_t key)
{
	uint32_t i = *bucket_of(recall, key);

	while (i != NAME_NONE && recall->links[i].key != key)
		i = recall->links[i].next;
	return i;
}

static void
forget(struct recall *recall, uint32_t i)
{
	uint32_t *at = bucket_of(recall, recall->links[i].key);

	while (*at != i)
		at = &recall->links[*at].next;
	*at = recall->links[i].next;
}

uint32_t
recall_take(struct recall *recall, uint64_t key, bool *fresh)
{
	uint32_t i = recall_find(recall, key), *bucket;

	*fresh = i == NAME_NONE;
	if (!*fresh)
		return i;
	if (recall->used < recall->most) {
		i = recall->used++;
	} else {
		i = recall->oldest;
		recall->oldest = (recall->oldest + 1) % recall->most;
		forget(recall, i);
	}
	bucket = bucket_of(recall, key);
	recall->links[i].key = key;
	recall->links[i].next = *bucket;
	*bucket = i;
	return i;
}
