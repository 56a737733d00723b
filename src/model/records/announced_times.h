/* Times that log lines announce: read when the line is, by its own clock and bias. */
#ifndef MODEL_RECORDS_ANNOUNCED_TIMES_H
#define MODEL_RECORDS_ANNOUNCED_TIMES_H

#include "cmtop/model/announced.h"

/* What the event announces, if anything. */
struct announced announced_take(struct model *model, const struct event *event);

#endif
