/* Errors that threads of the distribution manager tell of. */
#ifndef MODEL_DISTMGR_PACKAGE_ERRORS_H
#define MODEL_DISTMGR_PACKAGE_ERRORS_H

#include "model/tables/apply.h"

apply_fn distmgr_error, distmgr_replication_error;

#endif
