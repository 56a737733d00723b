/*
 * A bounded memory: keys and where their values stand. When it is full, what was
 * learnt first is forgotten first. Furniture of this room.
 */
#ifndef MODEL_RECALL_H
#define MODEL_RECALL_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/intern.h"

struct recall_link;

struct recall {
	uint32_t most, used, oldest, mask;
	uint32_t *buckets;
	struct recall_link *links;
};

bool     recall_new(struct recall *recall, uint32_t most);  /* false: out of memory; recall_free() either way */
void     recall_free(struct recall *recall);
uint32_t recall_find(const struct recall *recall, uint64_t key);  /* NAME_NONE: not there */

/* The key's place, a new one if needed: then *fresh, and what stood there is void. */
uint32_t recall_take(struct recall *recall, uint64_t key, bool *fresh);

#endif
