/* Whose line it is: the distribution point that a line is about. */
#ifndef MODEL_DISTMGR_DP_IDENTITY_H
#define MODEL_DISTMGR_DP_IDENTITY_H

#include "model/distmgr/dp_table.h"

uint32_t dp_of_event(struct model *model, const struct event *event, uint32_t component,
                     bool starts); /* its thread begins to work with this line; NAME_NONE */
uint32_t dp_of_error(struct model *model, const struct event *event, uint32_t component); /* NAME_NONE */

uint32_t dp_server_of(struct model *model, const struct event *event); /* the one that is named, NAME_NONE */
bool dp_may_be(const struct model *model, const struct event *event,
               uint32_t component); /* that its thread is a DP thread that is not known yet */

#endif
