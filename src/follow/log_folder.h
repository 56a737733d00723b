/*
 * The logs of a folder, found by their names.
 */
#ifndef FOLLOW_LOG_FOLDER_H
#define FOLLOW_LOG_FOLDER_H

#include "follow/log_paths.h"

/*
 * Adds all known logs, there or not: they are those of the one LOGDIR. 0, or the
 * exit code after the user was told; when `need`, it is an error that none is
 * there. Where some are, it is one in any case that none may be read.
 */
int folder_take(struct paths *out, const char *folder, bool need);

/* Adds all known logs of a folder that cannot be looked at now, under their usual names. Answers likewise. */
int folder_expect(struct paths *out, const char *folder);

/* There is a LOGDIR already, which is another: exit code, after the user was told. */
int folder_refuse(const struct paths *out, const char *folder);

enum folder_holds {
	FOLDER_LOGS, /* a log that is known */
	FOLDER_IIS,  /* only logs of IIS: this is a distribution point's, and no site server's */
	FOLDER_NONE,
};

enum folder_holds folder_holds(const char *folder);

bool folder_has_logs(const char *folder);
const char *folder_known_names(char *out, size_t size); /* "sender.log, distmgr.log" */

#endif
