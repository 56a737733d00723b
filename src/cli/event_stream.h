/*
 * --follow: one line for each thing that happens.
 */
#ifndef LIVE_EVENTS_H
#define LIVE_EVENTS_H

#include "demo/demo.h"
#include "cli/exit_status.h"
#include "cli/options.h"
#include "follow/log_paths.h"

struct ending events_run(const struct options *options, const struct paths *paths, struct demo *demo);

#endif
