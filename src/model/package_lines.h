/* Lines of package threads. */
#ifndef MODEL_PACKAGE_LINES_H
#define MODEL_PACKAGE_LINES_H

#include "model/apply.h"

apply_fn distmgr_phase, distmgr_waits, distmgr_size, distmgr_compressed, distmgr_name, distmgr_good, distmgr_bad,
	distmgr_exit, distmgr_due;

#endif
