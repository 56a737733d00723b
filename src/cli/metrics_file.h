/*
 * The figures kept in a file, for whoever collects metrics: beside the dashboard,
 * beside the events, or alone, without a terminal.
 */
#ifndef CLI_METRICS_FILE_H
#define CLI_METRICS_FILE_H

#include "demo/demo.h"
#include "cli/exit_status.h"
#include "cli/options.h"
#include "follow/log_paths.h"
#include "cli/watch.h"

struct metrics;

/*
 * Writes options->metrics as soon as the logs have been read, and then every
 * options->interval seconds. *out is NULL if that was not asked for. 0, or exit
 * code 1 after the user was told why the file cannot be kept there.
 */
int metrics_open(struct metrics **out, uv_loop_t *loop, const struct options *options, struct watch *watch);
void metrics_close(struct metrics *metrics); /* before the watch is; NULL is fine */

/* Once, of a scene. 0, or the exit code after the user was told why not. */
int metrics_write(const struct options *options, const struct scene *scene);

/* Nothing but keeping the file. */
struct exit_status metrics_run(const struct options *options, const struct paths *paths, struct demo *demo);

#endif
