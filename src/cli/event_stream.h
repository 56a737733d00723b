/*
 * --follow: one line for each thing that happens.
 */
#ifndef CLI_EVENT_STREAM_H
#define CLI_EVENT_STREAM_H

#include "demo/demo.h"
#include "cli/exit_status.h"
#include "cli/options.h"
#include "follow/log_paths.h"

struct exit_status event_stream_run(const struct options *options, const struct paths *paths, struct demo *demo);

#endif
