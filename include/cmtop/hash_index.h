/*
 * An index of rows that stand elsewhere: which rows may have a key with this hash.
 * Rows are numbers from 0 up to a bound. The index holds chains of such numbers, and
 * nothing of the rows: the caller compares keys, and says a row's hash again when the
 * row is taken out.
 *
 *	row = hash_index_first(&index, hash);
 *	while (row != HASH_INDEX_NONE && !(… row has the key …))
 *		row = hash_index_next(&index, row);
 */
#ifndef CMTOP_HASH_INDEX_H
#define CMTOP_HASH_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/hash.h"

#define HASH_INDEX_NONE UINT32_MAX

struct hash_index {
	uint32_t mask; /* heads - 1; heads are a power of two */
	uint32_t
		*heads; /* the first row of each chain, plus 1; 0: none, so that nobody has to touch what is not used */
	uint32_t *next; /* … and the one behind each row, likewise */
};

/* Empty, for rows 0 to `rows` - 1. Eight to twelve bytes a row. False: out of memory; hash_index_destroy() either way. */
bool hash_index_init(struct hash_index *index, uint32_t rows);
void hash_index_destroy(struct hash_index *index); /* of zeroed memory: does nothing */

/* Asked for every record of a log, hence in here. */
static inline uint32_t *
hash_index_head(const struct hash_index *index, uint64_t hash)
{
	return &index->heads[hash_fold(hash) & index->mask];
}

static inline uint32_t
hash_index_first(const struct hash_index *index, uint64_t hash)
{
	return *hash_index_head(index, hash) - 1;
}

static inline uint32_t
hash_index_next(const struct hash_index *index, uint32_t row)
{
	return index->next[row] - 1;
}

/* The row, which is not in the index yet, becomes the first of those with its hash. */
static inline void
hash_index_add(struct hash_index *index, uint64_t hash, uint32_t row)
{
	uint32_t *head = hash_index_head(index, hash);

	index->next[row] = *head;
	*head = row + 1;
}

void hash_index_remove(struct hash_index *index, uint64_t hash, uint32_t row); /* it is in there, with this hash */

#endif
