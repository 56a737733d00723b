#include "model/fifo_map.h"

#include <stdlib.h>

struct fifo_map_link {
	uint64_t key;
	uint32_t next;
};

bool
fifo_map_new(struct fifo_map *fifo_map, uint32_t most)
{
	uint32_t buckets = 1;

	while (buckets < most)
		buckets *= 2;
	*fifo_map = (struct fifo_map){ .most = most, .mask = buckets - 1 };
	fifo_map->buckets = malloc(buckets * sizeof(*fifo_map->buckets));
	fifo_map->links = calloc(most, sizeof(*fifo_map->links));
	if (!fifo_map->buckets || !fifo_map->links)
		return false;
	for (uint32_t i = 0; i < buckets; i++)
		fifo_map->buckets[i] = NAME_NONE;
	return true;
}

void
fifo_map_free(struct fifo_map *fifo_map)
{
	free(fifo_map->buckets);
	free(fifo_map->links);
}

/* A product's bits know only of the key's bits below them, and what tells keys apart may stand in its highest. */
static uint32_t *
bucket_of(const struct fifo_map *fifo_map, uint64_t key)
{
	uint64_t hash = (key ^ key >> 32) * 0x9e3779b97f4a7c15u;

	return &fifo_map->buckets[(uint32_t)(hash >> 32) & fifo_map->mask];
}

uint32_t
fifo_map_find(const struct fifo_map *fifo_map, uint64_t key)
{
	uint32_t i = *bucket_of(fifo_map, key);

	while (i != NAME_NONE && fifo_map->links[i].key != key)
		i = fifo_map->links[i].next;
	return i;
}

static void
forget(struct fifo_map *fifo_map, uint32_t i)
{
	uint32_t *at = bucket_of(fifo_map, fifo_map->links[i].key);

	while (*at != i)
		at = &fifo_map->links[*at].next;
	*at = fifo_map->links[i].next;
}

uint32_t
fifo_map_take(struct fifo_map *fifo_map, uint64_t key, bool *fresh)
{
	uint32_t i = fifo_map_find(fifo_map, key), *bucket;

	*fresh = i == NAME_NONE;
	if (!*fresh)
		return i;
	if (fifo_map->used < fifo_map->most) {
		i = fifo_map->used++;
	} else {
		i = fifo_map->oldest;
		fifo_map->oldest = (fifo_map->oldest + 1) % fifo_map->most;
		forget(fifo_map, i);
	}
	bucket = bucket_of(fifo_map, key);
	fifo_map->links[i].key = key;
	fifo_map->links[i].next = *bucket;
	*bucket = i;
	return i;
}
