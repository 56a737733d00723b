/* ReadDirectoryChangesW() would tell; it is not asked. Compiled for Windows only. */
#include "os/create_watch.h"

#include <stddef.h>

struct births *
births_new(const char *folder)
{
	(void)folder;
	return NULL;
}

void
births_free(struct births *births)
{
	(void)births;
}

bool
births_count(struct births *births, const char *name, uint64_t *count)
{
	(void)births;
	(void)name;
	(void)count;
	return false;
}
