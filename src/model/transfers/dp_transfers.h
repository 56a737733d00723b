/* How transfers to distribution points begin and go on. */
#ifndef MODEL_TRANSFERS_DP_TRANSFERS_H
#define MODEL_TRANSFERS_DP_TRANSFERS_H

#include "model/tables/apply.h"

apply_fn transfer_found, transfer_started, transfer_wrote, transfer_active, transfer_yields;

void transfer_speaks(struct model *model, const struct event *event,
                     uint32_t component); /* before every event of that family */
void transfers_uncertain(struct model *model,
                         uint32_t component); /* lines of the log were lost: threads may have ended in them */
void transfers_interrupt(struct model *model, uint32_t component); /* it was started anew */

#endif
