/* What lines of the distribution manager tell of distribution points. */
#ifndef MODEL_DISTMGR_DPS_H
#define MODEL_DISTMGR_DPS_H

#include "model/tables/apply.h"
#include "model/distmgr/dp_table.h"

apply_fn distmgr_dp_added, distmgr_dp_started, distmgr_dp_working, distmgr_dp_sign, distmgr_dp_failed, distmgr_dp_ended,
	distmgr_dps_done;

bool dp_error(struct model *model, const struct event *event, uint32_t component); /* true: a DP thread said it */

#endif
