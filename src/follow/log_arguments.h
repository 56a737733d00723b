/*
 * From what the user named to a list of logs: a LOGDIR is every known log in it,
 * in any letter case, each with its previous generation; a FILE is itself.
 */
#ifndef FOLLOW_LOG_ARGUMENTS_H
#define FOLLOW_LOG_ARGUMENTS_H

#include "follow/log_paths.h"

/*
 * One site server: a second LOGDIR is refused, and a file that is named twice, or
 * is in the LOGDIR, is read once.
 * 0, or the exit code after the user was told why. `live`: the logs are to be
 * followed, so standard input and what is not there are judged accordingly.
 */
int paths_find(struct paths *out, char *const *arguments, size_t count, bool live);

#endif
