/*
 * Threads of the logs: records found by component and thread number, which are
 * reused when a number comes back or the table is full.
 *
 * A record is fresh, open or ended. Open and ended ones stand in lists, the one
 * that got there first in front. The records' contents are elsewhere, in arrays
 * of the same size.
 */
#ifndef MODEL_TABLES_SLOTS_H
#define MODEL_TABLES_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/hash_index.h"
#include "cmtop/intern.h"

enum slots_list { SLOTS_FRESH, SLOTS_OPEN, SLOTS_ENDED, SLOTS_LISTS };

struct slots_link {
	uint32_t component, thread;
	uint32_t before, behind;
	uint8_t list;
};

struct slots {
	uint32_t most, fresh;    /* how many there are; how many were never used */
	struct hash_index index; /* by component and thread */
	struct slots_link *links;
	uint32_t first[SLOTS_LISTS], last[SLOTS_LISTS];
	uint32_t count[SLOTS_LISTS];
};

bool slots_init(struct slots *slots, uint32_t most); /* false: out of memory; slots_destroy() either way */
void slots_destroy(struct slots *slots);

static inline uint64_t
slots_hash(uint32_t component, uint32_t thread)
{
	return hash_number((uint64_t)component << 32 | thread);
}

/* NAME_NONE: never seen, or long forgotten. Asked for every record, hence in here. */
static inline uint32_t
slots_find(const struct slots *slots, uint32_t component, uint32_t thread)
{
	uint32_t i = hash_index_first(&slots->index, slots_hash(component, thread));

	while (i != HASH_INDEX_NONE && (slots->links[i].thread != thread || slots->links[i].component != component))
		i = hash_index_next(&slots->index, i);
	return i == HASH_INDEX_NONE ? NAME_NONE : i;
}

/*
 * A record for this thread: its own, a fresh one, or the one that ended first,
 * which is forgotten. NAME_NONE: all are open. It stands in no list afterwards
 * until slots_put().
 */
uint32_t slots_take(struct slots *slots, uint32_t component, uint32_t thread);

static inline enum slots_list
slots_where(const struct slots *slots, uint32_t i)
{
	return (enum slots_list)slots->links[i].list;
}

void slots_put(struct slots *slots, uint32_t i, enum slots_list list); /* to the end of the list */
uint32_t slots_first(const struct slots *slots, enum slots_list list); /* NAME_NONE: empty */
uint32_t slots_next(const struct slots *slots, uint32_t i);            /* NAME_NONE: the last */

#endif
