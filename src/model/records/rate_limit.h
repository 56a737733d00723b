/* What a line says of a rate limit under which its thread sends. */
#ifndef MODEL_RECORDS_RATE_LIMIT_H
#define MODEL_RECORDS_RATE_LIMIT_H

#include "cmtop/event.h"

int64_t yielded_rate(const struct event *event);  /* bytes per second, an estimate; -1 unknown */
int64_t yielded_until(const struct event *event); /* the end of the pause that was announced, WHEN_NONE */

#endif
