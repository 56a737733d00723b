/* ReadDirectoryChangesW() would tell; it is not asked. Compiled for Windows only. */
#include "os/create_watch.h"

#include <stddef.h>

struct create_watch *
create_watch_new(const char *folder)
{
	(void)folder;
	return NULL;
}

void
create_watch_free(struct create_watch *create_watch)
{
	(void)create_watch;
}

bool
create_watch_count(struct create_watch *create_watch, const char *name, uint64_t *count)
{
	(void)create_watch;
	(void)name;
	(void)count;
	return false;
}
