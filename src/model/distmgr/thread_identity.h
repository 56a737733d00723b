/* Whose line it is: the package thread that a line is about. */
#ifndef MODEL_DISTMGR_THREAD_IDENTITY_H
#define MODEL_DISTMGR_THREAD_IDENTITY_H

#include "model/distmgr/thread_table.h"

/* A thread that may begin here although its start was not seen; with its first line; or only one that is known. */
enum finding { FIND_KNOWN, FIND_OR_BEGIN, FIND_OR_OPEN };

uint32_t thread_of_event(struct model *model, const struct event *event, uint32_t component,
                         enum finding finding); /* THREAD_NONE */

#endif
