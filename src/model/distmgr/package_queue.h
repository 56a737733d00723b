/* Packages that were notified and wait for a package thread. */
#ifndef MODEL_DISTMGR_PACKAGE_QUEUE_H
#define MODEL_DISTMGR_PACKAGE_QUEUE_H

#include "cmtop/model/package.h"

void queue_put(struct model *model, uint32_t package, uint64_t order); /* order 0: at the end */
void queue_take(struct model *model, uint32_t package);
uint32_t queue_first(const struct model *model); /* NAME_NONE: it is empty */

#endif
