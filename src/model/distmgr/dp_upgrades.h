/* Threads that install, upgrade or remove distribution points. */
#ifndef MODEL_DISTMGR_DP_UPGRADES_H
#define MODEL_DISTMGR_DP_UPGRADES_H

#include "cmtop/model/package_thread.h"
#include "model/tables/apply.h"

#define UPGRADERS_MOST 256

/* A thread that installs, upgrades or removes one distribution point. */
struct upgrader {
	uint32_t component, thread;
	uint32_t dp;  /* NAME_NONE: not named yet */
	bool removes; /* then it is none of the threads that are counted */
};

struct upgrade_pool {
	struct dp_upgrades counts;
	struct upgrader rows[UPGRADERS_MOST];
	uint32_t next; /* to be used again */
};

apply_fn distmgr_upgrade;

void upgrades_forget(struct model *model);

#endif
