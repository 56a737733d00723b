/*
 * Nothing but keeping the file of metrics, without a terminal.
 */
#ifndef CLI_METRICS_SERVICE_H
#define CLI_METRICS_SERVICE_H

#include "cli/exit_status.h"
#include "cli/options.h"
#include "demo/demo.h"
#include "follow/log_paths.h"

struct exit_status metrics_service_run(const struct options *options, const struct paths *paths, struct demo *demo);

#endif
