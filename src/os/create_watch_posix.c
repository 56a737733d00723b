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

#define CREATED (IN_CREATE | IN_MOVED_TO)
#define GONE    (IN_DELETE | IN_MOVED_FROM) /* between two creations: two alike in a row would be told as one */
#define ENDED   (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED | IN_Q_OVERFLOW)

struct create_watch {
	int inotify;
	const char *folder;
	dev_t device;
	ino_t inode;
};

/* The one that is watched. While files in it are held, the system does not tell that it is gone. */
static bool
is_there(const struct create_watch *create_watch)
{
	struct stat now;

	return stat(create_watch->folder, &now) == 0 && now.st_dev == create_watch->device
	       && now.st_ino == create_watch->inode;
}

struct create_watch *
create_watch_new(const char *folder)
{
	struct create_watch *create_watch = malloc(sizeof(*create_watch));
	struct stat now;

	if (!create_watch)
		return NULL;
	create_watch->folder = folder;
	create_watch->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (create_watch->inotify >= 0 && stat(folder, &now) == 0
	    && inotify_add_watch(create_watch->inotify, folder,
	                         CREATED | GONE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)
	               >= 0) {
		create_watch->device = now.st_dev;
		create_watch->inode = now.st_ino;
		return create_watch;
	}
	create_watch_free(create_watch);
	return NULL;
}

void
create_watch_free(struct create_watch *create_watch)
{
	if (!create_watch)
		return;
	if (create_watch->inotify >= 0)
		close(create_watch->inotify);
	free(create_watch);
}

bool
create_watch_count(struct create_watch *create_watch, const char *name, uint64_t *count)
{
	char bytes[4096];
	struct inotify_event event;
	ssize_t size;

	while ((size = read(create_watch->inotify, bytes, sizeof(bytes))) > 0 || (size < 0 && errno == EINTR))
		for (ssize_t at = 0; at < size; at += (ssize_t)(sizeof(event) + event.len)) {
			memcpy(&event, bytes + at, sizeof(event));
			if (event.mask & ENDED)
				return false;
			*count += (event.mask & CREATED) && event.len > 0
			          && strcmp(bytes + at + sizeof(event), name) == 0;
		}
	return size < 0 && errno == EAGAIN && is_there(create_watch);
}

#else

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

#endif
