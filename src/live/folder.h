/*
 * The logs of a folder, found by their names.
 */
#ifndef LIVE_FOLDER_H
#define LIVE_FOLDER_H

#include "paths.h"

/*
 * Adds all known logs, there or not. 0, or the exit code after the user was told;
 * when `need`, it is an error that none is there, or none may be read.
 */
int folder_take(struct paths *out, const char *folder, bool need);

/* Adds all known logs of a folder that cannot be looked at now, under their usual names. Answers likewise. */
int folder_expect(struct paths *out, const char *folder);

bool        folder_has_logs(const char *folder);
const char *folder_known_names(char *out, size_t size);  /* "sender.log, distmgr.log" */

#endif
