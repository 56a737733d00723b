/*
 * A bounded memory: keys and where their values stand. When it is full, what was
 * learnt first is forgotten first.
 */
#ifndef MODEL_TABLES_FIFO_MAP_H
#define MODEL_TABLES_FIFO_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/hash_index.h"
#include "cmtop/intern.h"

struct fifo_map {
	uint32_t most, used, oldest;
	struct hash_index index;
	uint64_t *keys; /* by place */
};

bool fifo_map_init(struct fifo_map *fifo_map, uint32_t most); /* false: out of memory; fifo_map_destroy() either way */
void fifo_map_destroy(struct fifo_map *fifo_map);
uint32_t fifo_map_find(const struct fifo_map *fifo_map, uint64_t key); /* NAME_NONE: not there */

/* The key's place, a new one if needed: then *fresh, and what stood there is void. */
uint32_t fifo_map_take(struct fifo_map *fifo_map, uint64_t key, bool *fresh);

#endif
