/* What package threads say. */
#ifndef MODEL_DISTMGR_PACKAGE_LINES_H
#define MODEL_DISTMGR_PACKAGE_LINES_H

#include "model/tables/apply.h"

apply_fn distmgr_phase, distmgr_waits, distmgr_size, distmgr_compressed, distmgr_name, distmgr_good, distmgr_bad,
	distmgr_exit, distmgr_due;

#endif
