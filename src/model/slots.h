/*
 * Threads heard: records found by component and thread number, which are reused
 * when a number comes back or the table is full. Furniture of this room.
 *
 * A record is fresh, open or ended. Open and ended ones stand in lists, the one
 * that got there first in front. The records' contents are elsewhere, in arrays
 * of the same size.
 */
#ifndef MODEL_SLOTS_H
#define MODEL_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "cmtop/intern.h"

enum slots_list { SLOTS_FRESH, SLOTS_OPEN, SLOTS_ENDED, SLOTS_LISTS };

struct slots_link;

struct slots {
	uint32_t most, fresh;  /* how many there are; how many were never used */
	uint32_t mask;
	uint32_t *buckets;
	struct slots_link *links;
	uint32_t first[SLOTS_LISTS], last[SLOTS_LISTS];
	uint32_t count[SLOTS_LISTS];
};

bool slots_new(struct slots *slots, uint32_t most);  /* false: out of memory; slots_free() either way */
void slots_free(struct slots *slots);

/* NAME_NONE: never heard, or long forgotten. */
uint32_t slots_find(const struct slots *slots, uint32_t component, uint32_t thread);

/*
 * A record for this thread: its own, a fresh one, or the one that ended first,
 * which is forgotten. NAME_NONE: all are open. It stands in no list afterwards
 * until slots_put().
 */
uint32_t slots_take(struct slots *slots, uint32_t component, uint32_t thread);

void            slots_put(struct slots *slots, uint32_t i, enum slots_list list);  /* to the end of the list */
enum slots_list slots_where(const struct slots *slots, uint32_t i);
uint32_t        slots_first(const struct slots *slots, enum slots_list list);      /* NAME_NONE: empty */
uint32_t        slots_next(const struct slots *slots, uint32_t i);                 /* NAME_NONE: the last */

#endif
