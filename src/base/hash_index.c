#include "cmtop/hash_index.h"

#include <stdlib.h>

bool
hash_index_init(struct hash_index *index, uint32_t rows)
{
	uint32_t heads = 1;

	while (heads < rows && heads < UINT32_MAX / 2)
		heads *= 2;
	index->mask = heads - 1;
	index->heads = calloc(heads, sizeof(*index->heads));
	index->next = malloc((rows ? rows : 1) * sizeof(*index->next));
	return index->heads && index->next;
}

void
hash_index_destroy(struct hash_index *index)
{
	free(index->heads);
	free(index->next);
}

void
hash_index_remove(struct hash_index *index, uint64_t hash, uint32_t row)
{
	uint32_t *at = hash_index_head(index, hash);

	while (*at != row + 1)
		at = &index->next[*at - 1];
	*at = index->next[row];
}
