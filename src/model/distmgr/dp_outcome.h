/* What becomes of the distribution points of a run. */
#ifndef MODEL_DISTMGR_DP_OUTCOME_H
#define MODEL_DISTMGR_DP_OUTCOME_H

#include "model/distmgr/dp_table.h"

struct transition *dp_tell(struct model *model, enum transition_kind kind, const struct event *event, uint32_t row);
void dp_give_sign(struct model *model, uint32_t row, enum dp_sign sign, const struct event *event);
void dp_finish(struct model *model, uint32_t row, const struct event *event);
void dp_fail(struct model *model, uint32_t row, const struct event *event, const char *text);
void dp_number_taken(struct model *model, uint32_t component, uint32_t number,
                     const struct event *event); /* by another thread */

void dps_refused(struct model *model, uint32_t thread,
                 const struct event *event); /* its package is said to have failed */
void dps_close(struct model *model, uint32_t thread, const struct event *event); /* the thread has ended */

#endif
