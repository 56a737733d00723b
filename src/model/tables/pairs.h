/*
 * Sends of each package to each site, and what waits, for the site and for all.
 * What waits is what is counted by due lines, until a whole list of the
 * scheduler has been read; then it is what the list says.
 */
#ifndef MODEL_TABLES_PAIRS_H
#define MODEL_TABLES_PAIRS_H

#include "cmtop/hash_index.h"
#include "model/tables/state.h"

enum undue { UNDUE_NONE, UNDUE_RUNNING, UNDUE_ENDED, UNDUE_FAILED };

/* Sends of one package to one site. */
struct pair {
	uint32_t package;
	uint16_t site;
	uint16_t running;
	uint32_t waiting, done, failed;
	uint32_t undue_job;    /* serial of a send that ran before it was seen falling due */
	uint32_t undue_second; /* when it began, seconds since 1970 */
	uint32_t due;          /* waiting by due lines alone; `waiting` is the same until a list is believed */
	uint8_t undue;         /* enum undue */
	uint8_t back;          /* its file is the difference from a version so much older; 0: it is whole */
	uint16_t version;      /* of the file that its oldest waiting send carries; 0: not known */
};

struct pairs {
	struct pair *rows;
	uint32_t count, allocated;
	uint32_t indexed; /* rows that the index has room for */
	struct hash_index index;
	uint64_t waiting; /* of all sites, as site_waiting() */
	uint64_t counted; /* due, and carried by no job that was seen */
};

struct pairs *pairs_new(void); /* NULL: out of memory */
void pairs_free(struct pairs *pairs);

struct pair *pair_at(struct model *model, uint32_t package, uint32_t site);         /* NULL: no room */
struct pair *pair_find(const struct model *model, uint32_t package, uint32_t site); /* NULL: not there */
void pair_wait(struct model *model, struct pair *pair, int change);                 /* +1 or -1 waiting */
void pair_due(struct model *model, struct pair *pair, int change);                  /* … by a due line */
void site_count(struct model *model, uint32_t site, int waiting, int unnamed);      /* changes of what waits there */

#endif
