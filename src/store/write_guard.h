/*
 * Refuses to write in and below the folder of the logs, and in the folder of a log that
 * was named by itself, whatever names, links or mounts lead there. atomic_file.c asks
 * before each write, and nothing else in the program writes.
 */
#ifndef STORE_WRITE_GUARD_H
#define STORE_WRITE_GUARD_H

#include "os/folder_handle.h"

struct guarded_path {
	const char *path;
	const char *previous; /* the generation before; NULL: none */
	bool below;           /* it was found in a folder of logs: what is below that is guarded as well */
	bool answers;         /* its file system did when it was found: it is asked now what the folder is */
};

/* Once, before anything is written: $SMS_LOG_PATH is guarded in any case. */
void guard_product(void);

/* The same of a log; after guard_product(). The paths are copied. */
void guard_log(const struct guarded_path *log);

/* The folder is one of those as things are now. May block as long as a folder of logs does not answer. */
bool guard_forbids(const struct place *place);

/* The file is one of the logs itself, perhaps under another name. */
bool guard_is_log(const struct place_entry *entry);

#endif
