/*
 * The dashboard: logs, loop, keys and screen put together.
 */
#ifndef CLI_DASHBOARD_H
#define CLI_DASHBOARD_H

#include "demo/demo.h"
#include "cli/exit_status.h"
#include "cli/options.h"
#include "follow/log_paths.h"

struct exit_status dashboard_run(const struct options *options, const struct paths *paths, struct demo *demo);

#endif
