/*
 * The distribution points of runs of package threads: rows, the list of each
 * thread, and the numbers of DP threads.
 */
#ifndef MODEL_DISTMGR_DP_TABLE_H
#define MODEL_DISTMGR_DP_TABLE_H

#include "model/distmgr/thread_table.h"

/* What a DP of a run needs besides what is shown of it. */
struct dp_extra {
	uint32_t owner;   /* package thread, THREAD_NONE: the row is free */
	uint8_t sign;     /* enum dp_sign */
	bool announced;   /* its thread's number was told: its end will be, too */
	bool erred;       /* by what may pass */
	bool soft;        /* it has failed by nothing but that: a good sign may come late */
	uint64_t failure; /* number of the transition that told of its error without a name; 0: none did */
	int64_t ended;    /* WHEN_NONE */
};

struct dp_table {
	uint32_t most;
	struct dp *rows;
	struct dp_extra *extras;
	uint32_t fresh, free; /* rows never used; the first of those given back, NAME_NONE */
	struct slots slots;   /* numbers of DP threads */
	uint32_t *row_of;     /* by number: its row, NAME_NONE: none */
};

bool dp_table_init(struct dp_table *dps, uint32_t most); /* false: out of memory; destroy either way */
void dp_table_destroy(struct dp_table *dps);

const struct package_thread *dp_owner(const struct model *model, uint32_t row);
uint32_t dp_row_of(const struct model *model, uint32_t component,
                   uint64_t number); /* that the number belongs, or belonged last, to; NAME_NONE */
uint32_t dp_running(const struct model *model, uint32_t component,
                    uint32_t number); /* row of a DP thread that runs, NAME_NONE */
uint32_t dp_at_work(const struct model *model, uint32_t component,
                    uint32_t number); /* … whose end has not been told, NAME_NONE */

uint32_t dp_add(struct model *model, uint32_t owner, uint32_t server); /* at the end of its list; NAME_NONE: no room */
void dp_remove(struct model *model, uint32_t owner, uint32_t row);
void dps_remove_all(struct model *model, uint32_t owner);

bool dp_bind(struct model *model, uint32_t row, uint32_t number); /* false: there is no room for its number */
void dp_unbind(struct model *model, uint32_t row);
void dp_release_number(struct model *model, uint32_t row); /* it may go to others now */

uint32_t dp_named(const struct model *model, uint32_t thread, uint32_t server,
                  bool unbound); /* the newest of that name in its list; `unbound`: whose thread is not known */
bool dps_all_done(const struct model *model, uint32_t owner); /* there is one, and all are done */
const char *dps_check(const struct model *model);             /* as model_check() */

#endif
