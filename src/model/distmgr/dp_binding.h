/* Which thread works on which distribution point of a run. */
#ifndef MODEL_DISTMGR_DP_BINDING_H
#define MODEL_DISTMGR_DP_BINDING_H

#include "model/distmgr/dp_table.h"

/* The row, whose thread has this number now, also where there is no room for the number. NAME_NONE as the row. */
uint32_t dp_bind_thread(struct model *model, uint32_t row, const struct event *event, uint32_t component,
                        uint32_t number);
void dps_adopt(struct model *model, uint32_t thread,
               const struct event *event); /* DP threads that spoke before it was known */

/* A line of the package thread itself: it may tell that no thread is created for the DP that it announced. */
void dp_announcement_passes(struct model *model, uint32_t thread, const struct event *event);
void dps_list_announced(struct model *model, uint32_t package, uint32_t server); /* NAME_NONE: any */

#endif
