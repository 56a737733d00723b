/*
 * Where nothing is ever written: in and below the folder of the logs, and in the
 * folder of a log that was named by itself; whatever names, links or mounts lead
 * there. whole.c asks before each writing, and nothing else in the program writes.
 */
#ifndef STORE_WRITE_GUARD_H
#define STORE_WRITE_GUARD_H

#include "os/folder_handle.h"
#include "follow/log_paths.h"

/* Once, before anything is written: these logs, and $SMS_LOG_PATH in any case. The paths are copied. */
void guard_logs(const struct paths *paths);

/* The folder is one of those as things are now. May block as long as a folder of logs does not answer. */
bool guard_forbids(const struct place *place);

/* The file is one of the logs itself, perhaps under another name. */
bool guard_is_log(const struct place_entry *entry);

#endif
