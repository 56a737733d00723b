/*
 * --explain: which rule took one line of a log, which event it became, what that changed.
 */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "cli/options.h"
#include "follow/batch_reading.h"
#include "follow/log_paths.h"

struct explain;

/* Looks for the line. 0, or the exit code after the user was told why not. `paths` holds the file, and must stay. */
int explain_open(struct explain **out, const struct options *options, const struct paths *paths);
void explain_close(struct explain *explain); /* NULL is fine */

/* As batch_reading.h tells events. */
void explain_before(struct explain *explain, const struct batch_reading *reading, const struct event *event,
                    const struct event *logged);
void explain_applied(struct explain *explain, const struct batch_reading *reading, const struct event *event);

/* All has been read. Answers the exit code. */
int explain_end(struct explain *explain, struct server_text *server);

#endif
