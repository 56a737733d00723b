/*
 * --follow: one line for each thing that happens.
 */
#ifndef LIVE_EVENTS_H
#define LIVE_EVENTS_H

#include "demo.h"
#include "ending.h"
#include "options.h"
#include "paths.h"

struct ending events_run(const struct options *options, const struct paths *paths, struct demo *demo);

#endif
