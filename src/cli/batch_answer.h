/*
 * What is printed of logs that have been read: a snapshot, a screen, a verdict, or what no
 * template knows. All answer the exit code, after the user was told what went wrong.
 */
#ifndef CLI_BATCH_ANSWER_H
#define CLI_BATCH_ANSWER_H

#include "cli/options.h"
#include "cmtop/scene.h"
#include "cmtop/unknown_messages.h"

int answer_snapshot(const struct options *options, const struct scene *scene);
int answer_drawing(const struct options *options, const struct scene *scene);
int answer_unknown(struct unknown *unknown);

/* `clock`: the time of day on the site server, in the model's own time. */
int answer_check(const struct options *options, const struct scene *scene, int64_t clock);

/* What --check answers when nothing can be told of the logs, with the first error that was. */
int answer_unread(const char *what);

int answer_no_memory(const struct options *options);

#endif
