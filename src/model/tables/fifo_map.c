#include "model/tables/fifo_map.h"

#include <stdlib.h>

bool
fifo_map_init(struct fifo_map *fifo_map, uint32_t most)
{
	bool indexed;

	*fifo_map = (struct fifo_map){ .most = most };
	indexed = hash_index_init(&fifo_map->index, most);
	fifo_map->keys = calloc(most, sizeof(*fifo_map->keys));
	return indexed && fifo_map->keys;
}

void
fifo_map_destroy(struct fifo_map *fifo_map)
{
	hash_index_destroy(&fifo_map->index);
	free(fifo_map->keys);
}

uint32_t
fifo_map_find(const struct fifo_map *fifo_map, uint64_t key)
{
	uint32_t i = hash_index_first(&fifo_map->index, hash_number(key));

	while (i != HASH_INDEX_NONE && fifo_map->keys[i] != key)
		i = hash_index_next(&fifo_map->index, i);
	return i == HASH_INDEX_NONE ? NAME_NONE : i;
}

uint32_t
fifo_map_take(struct fifo_map *fifo_map, uint64_t key, bool *fresh)
{
	uint32_t i = fifo_map_find(fifo_map, key);

	*fresh = i == NAME_NONE;
	if (!*fresh)
		return i;
	if (fifo_map->used < fifo_map->most) {
		i = fifo_map->used++;
	} else {
		i = fifo_map->oldest;
		fifo_map->oldest = (fifo_map->oldest + 1) % fifo_map->most;
		hash_index_remove(&fifo_map->index, hash_number(fifo_map->keys[i]), i);
	}
	fifo_map->keys[i] = key;
	hash_index_add(&fifo_map->index, hash_number(key), i);
	return i;
}
