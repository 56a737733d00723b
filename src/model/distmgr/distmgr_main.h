/* What the main thread of the distribution manager says. */
#ifndef MODEL_DISTMGR_DISTMGR_MAIN_H
#define MODEL_DISTMGR_DISTMGR_MAIN_H

#include "model/tables/apply.h"

apply_fn distmgr_capacity, distmgr_notified, distmgr_started;

#endif
