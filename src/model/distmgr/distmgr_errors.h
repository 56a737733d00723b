/* Errors of the distribution manager: which are failures, and how they read. */
#ifndef MODEL_DISTMGR_DISTMGR_ERRORS_H
#define MODEL_DISTMGR_DISTMGR_ERRORS_H

#include "cmtop/model/failure.h"

bool error_is_fatal(const struct event *event);
void error_text(const struct event *event, char *out, size_t size); /* as people read it */
struct failure *failure_told(struct model *model,
                             uint64_t number); /* by the number of its transition; NULL: none, or gone */
bool failure_known(const struct model *model, uint32_t thread,
                   const char *text); /* of late, by that thread in these words */

#endif
