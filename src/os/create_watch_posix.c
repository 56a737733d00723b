/* Linux tells of each; elsewhere nobody counts. */
#include "os/create_watch.h"

#include <stddef.h>

#ifdef __linux__

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define BORN  (IN_CREATE | IN_MOVED_TO)
#define GONE  (IN_DELETE | IN_MOVED_FROM)  /* between two births: two alike in a row would be told as one */
#define ENDED (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED | IN_Q_OVERFLOW)

struct births {
	int inotify;
	const char *folder;
	dev_t device;
	ino_t inode;
};

/* The one that is watched. While files in it are held, the system does not tell that it is gone. */
static bool
is_there(const struct births *births)
{
	struct stat now;

	return stat(births->folder, &now) == 0 && now.st_dev == births->device && now.st_ino == births->inode;
}

struct births *
births_new(const char *folder)
{
	struct births *births = malloc(sizeof(*births));
	struct stat now;

	if (!births)
		return NULL;
	births->folder  = folder;
	births->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (births->inotify >= 0 && stat(folder, &now) == 0
	    && inotify_add_watch(births->inotify, folder, BORN | GONE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR) >= 0) {
		births->device = now.st_dev;
		births->inode  = now.st_ino;
		return births;
	}
	births_free(births);
	return NULL;
}

void
births_free(struct births *births)
{
	if (!births)
		return;
	if (births->inotify >= 0)
		close(births->inotify);
	free(births);
}

bool
births_count(struct births *births, const char *name, uint64_t *count)
{
	char bytes[4096];
	struct inotify_event event;
	ssize_t size;

	while ((size = read(births->inotify, bytes, sizeof(bytes))) > 0 || (size < 0 && errno == EINTR))
		for (ssize_t at = 0; at < size; at += (ssize_t)(sizeof(event) + event.len)) {
			memcpy(&event, bytes + at, sizeof(event));
			if (event.mask & ENDED)
				return false;
			*count += (event.mask & BORN) && event.len > 0 && strcmp(bytes + at + sizeof(event), name) == 0;
		}
	return size < 0 && errno == EAGAIN && is_there(births);
}

#else

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

#endif
