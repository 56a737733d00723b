/*
 * Read to the end, answer, leave: --once, --draw, --unknown, --explain and --check.
 */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include "demo/demo.h"
#include "cli/exit_status.h"
#include "cli/options.h"
#include "follow/log_paths.h"

#define DEMO_TIME WHEN_HOUR /* that a simulated site works before the picture is taken */

/* `demo` is NULL, or the simulated site behind `paths`, which is run for its DEMO_TIME first. */
struct exit_status batch_run(const struct options *options, const struct paths *paths, struct demo *demo);

#endif
