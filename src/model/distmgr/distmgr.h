/*
 * What is known of the distribution manager: the sub-state of the model that the
 * files of package threads, distribution points, replication and upgrades share.
 */
#ifndef MODEL_DISTMGR_DISTMGR_H
#define MODEL_DISTMGR_DISTMGR_H

#include "model/tables/apply.h"
#include "model/distmgr/dp_table.h"
#include "model/distmgr/dp_upgrades.h"
#include "model/distmgr/replication.h"
#include "model/distmgr/thread_table.h"

#define SAME_CODE_MOST 8

/* The newest line that told how many package threads are in use. */
struct reading {
	uint64_t event; /* its number, if it told of fewer than were known, or was the first; 0 */
	bool first;
	int64_t at; /* WHEN_NONE: none yet */
};

struct distmgr {
	struct thread_table threads;
	struct dp_table dps;
	struct replication_table replication;
	struct upgrade_pool upgrades;
	struct distribution counts;             /* but for `used` and `seen`, which are worked out when asked */
	uint64_t queue_order;                   /* of the package that queued last */
	uint32_t same_packages[SAME_CODE_MOST]; /* those that counts.same_error counts */
	bool stops; /* it was told to: what its threads abort now is no failure of its own */
	struct reading reading;
};

struct distmgr *distmgr_new(uint32_t threads, uint32_t dps); /* NULL: out of memory */
void distmgr_free(struct distmgr *distmgr);

void distmgr_speaks(struct model *model, const struct event *event, uint32_t component); /* before every event of it */
void distmgr_interrupt(struct model *model, uint32_t component); /* it started anew; its threads have been ended */
void distmgr_stops(struct model *model);                         /* it was told to */
const struct package_thread *distmgr_thread_at(const struct model *model, uint32_t component,
                                               uint32_t number); /* that it belongs, or belonged last, to; NULL */
const char *distmgr_check(const struct model *model);            /* as model_check() */

#endif
