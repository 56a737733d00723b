/*
 * The dashboard: logs, loop, keys and screen put together.
 */
#ifndef LIVE_APP_H
#define LIVE_APP_H

#include "demo/demo.h"
#include "cli/exit_status.h"
#include "cli/options.h"
#include "follow/log_paths.h"

struct ending app_run(const struct options *options, const struct paths *paths, struct demo *demo);

#endif
