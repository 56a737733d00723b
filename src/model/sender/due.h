/*
 * Sends that fall due. Goes on where the scheduler lists what waits, and then
 * counts for the drift alone.
 */
#ifndef MODEL_SENDER_DUE_H
#define MODEL_SENDER_DUE_H

#include "model/tables/state.h"

void due_falls(struct model *model, uint32_t package, uint32_t site, const struct event *event);
void due_carried(struct model *model, struct job *job); /* its package and site have become known */
void due_again(struct model *model, struct job *job);   /* it has ended */

#endif
