/* Errors that threads of the distribution manager tell of. */
#ifndef MODEL_PACKAGE_ERRORS_H
#define MODEL_PACKAGE_ERRORS_H

#include "model/apply.h"

apply_fn distmgr_error, distmgr_replication_error;

#endif
