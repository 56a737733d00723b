/* Lines that report a failure, and whose it is. */
#ifndef MODEL_FAILURE_LINES_H
#define MODEL_FAILURE_LINES_H

#include "model/tables/state.h"

#define CLOSE_BY WHEN_MINUTE /* lines of one thread that are about the same */

/* After each event: how many failures and transitions there were before it. */
void failures_after_event(struct model *model, const struct event *event, uint32_t component, uint64_t failures,
                          uint64_t transitions);

/* ---- failure_owner.c ---- */

enum failure_kind failure_owner(struct model *model, const struct event *event, uint32_t component,
                                struct transition *transition);
/* No thread's own failure will tell of it. */
bool failure_is_nobodys(const struct model *model, const struct event *event, uint32_t component);

#endif
