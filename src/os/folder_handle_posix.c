#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_PATH */
#endif

#include "os/folder_handle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/open_file.h"

/* To be in a folder it need not be readable. */
#ifdef O_PATH
#define HOW (O_PATH | O_DIRECTORY | O_CLOEXEC)
#else
#define HOW (O_RDONLY | O_NONBLOCK | O_DIRECTORY | O_CLOEXEC)
#endif

#define MOUNTS_MOST (1 << 20) /* bytes of the list of mounts */

static int
error_now(void)
{
	return uv_translate_sys_error(errno);
}

static int
at(const struct place *place)
{
	return (int)place->folder;
}

static struct place_id
id_of(const struct stat *stat)
{
	return (struct place_id){ (uint64_t)stat->st_dev, (uint64_t)stat->st_ino };
}

static bool
same_id(struct place_id a, struct place_id b)
{
	return a.device == b.device && a.inode == b.inode;
}

/* ---- where it is ---- */

/* From the folder upwards; above the root is the root. */
static int
find_ids(struct place *place)
{
	int folder = at(place), above, result = 0;
	struct stat stat;

	for (place->depth = 0; place->depth < PLACE_DEPTH; place->depth++) {
		if (fstat(folder, &stat) < 0) {
			result = error_now();
			break;
		}
		place->id[place->depth] = id_of(&stat);
		if (place->depth && same_id(place->id[place->depth], place->id[place->depth - 1]))
			break;
		above = openat(folder, "..", HOW);
		result = above < 0 ? error_now() : 0;
		if (folder != at(place))
			close(folder);
		folder = above;
		if (above < 0)
			return result;
	}
	if (folder != at(place))
		close(folder);
	return result ? result : place->depth == PLACE_DEPTH ? UV_ENAMETOOLONG : 0;
}

/* Its name may lead elsewhere by now: then it is asked for again. */
static int
find_path(struct place *place)
{
	char *real = realpath(place->path, NULL);
	struct stat stat_of_path, stat_of_folder;
	int result = real ? 0 : error_now();

	if (real && strlen(real) >= sizeof(place->path))
		result = UV_ENAMETOOLONG;
	if (!result && (stat(real, &stat_of_path) < 0 || fstat(at(place), &stat_of_folder) < 0))
		result = error_now();
	if (!result && !same_id(id_of(&stat_of_path), id_of(&stat_of_folder)))
		result = UV_EAGAIN;
	if (!result)
		snprintf(place->path, sizeof(place->path), "%s", real);
	free(real);
	return result;
}

#ifdef __linux__

/* One field of the list, with its blanks written as "\040". */
static const char *
take_field(const char *line, char *out, size_t size)
{
	size_t used = 0;

	while (*line == ' ')
		line++;
	for (; *line && *line != ' ' && *line != '\n'; line++) {
		char c = *line;

		if (c == '\\' && line[1] >= '0' && line[1] <= '3' && line[2] && line[3]) {
			c = (char)((line[1] - '0') * 64 + (line[2] - '0') * 8 + (line[3] - '0'));
			line += 3;
		}
		if (used + 1 < size)
			out[used++] = c;
	}
	out[used] = '\0';
	return line;
}

/* The rest of `path` below `mount`, NULL: it is not. */
static const char *
below_mount(const char *path, const char *mount)
{
	size_t size = strlen(mount);

	if (size == 1)
		return path;
	if (strncmp(path, mount, size) || (path[size] && path[size] != '/'))
		return NULL;
	return path + size;
}

/* "36 35 98:0 /root /mount options…": the last of the longest mount point counts. */
static void
find_source(struct place *place)
{
	static const char none[] = "";
	char *mounts = opening_text("/proc/self/mountinfo", MOUNTS_MOST), field[32];
	char *root = malloc(PLACE_PATH), *mount = malloc(PLACE_PATH);
	size_t best = 0;
	int size;

	place->source[0] = '\0';
	for (const char *line = mounts ? mounts : none; root && mount && *line; line += *line == '\n') {
		const char *rest = take_field(take_field(line, field, sizeof(field)), field, sizeof(field));

		rest = take_field(take_field(take_field(rest, field, sizeof(field)), root, PLACE_PATH), mount,
		                  PLACE_PATH);
		line = rest + strcspn(rest, "\n");
		rest = below_mount(place->path, mount);
		if (!rest || strlen(mount) < best)
			continue;
		best = strlen(mount);
		size = snprintf(place->source, sizeof(place->source), "%s:%s%s", field, strcmp(root, "/") ? root : "",
		                rest);
		if (size < 0 || (size_t)size >= sizeof(place->source))
			place->source[0] = '\0';
	}
	free(mounts);
	free(root);
	free(mount);
}

#else

static void
find_source(struct place *place)
{
	place->source[0] = '\0';
}

#endif

int
place_where(struct place *place)
{
	int result = find_path(place);

	if (!result)
		result = find_ids(place);
	if (!result)
		find_source(place);
	return result;
}

int
place_open(struct place *place, const char *folder)
{
	int result = strlen(folder) < sizeof(place->path) ? 0 : UV_ENAMETOOLONG;

	if (result)
		return result;
	snprintf(place->path, sizeof(place->path), "%s", folder);
	place->folder = open(folder, HOW);
	if (place->folder < 0)
		return error_now();
	result = place_where(place);
	if (result)
		place_close(place);
	return result;
}

void
place_close(struct place *place)
{
	close(at(place));
}

/* ---- what is in it ---- */

static enum place_kind
kind_of(mode_t mode)
{
	return S_ISREG(mode)    ? PLACE_FILE
	       : S_ISLNK(mode)  ? PLACE_LINK
	       : S_ISDIR(mode)  ? PLACE_FOLDER
	       : S_ISFIFO(mode) ? PLACE_FIFO
	       : S_ISSOCK(mode) ? PLACE_SOCKET
	                        : PLACE_DEVICE;
}

int
place_look(const struct place *place, const char *name, struct place_entry *out)
{
	struct stat stat;

	*out = (struct place_entry){ .kind = PLACE_NOTHING };
	if (fstatat(at(place), name, &stat, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : error_now();
	*out = (struct place_entry){
		kind_of(stat.st_mode), id_of(&stat),          (unsigned)stat.st_mode & 0777,
		(unsigned)stat.st_uid, (unsigned)stat.st_gid,
	};
	return 0;
}

int
place_create(const struct place *place, const char *name, unsigned mode)
{
	int file = openat(at(place), name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);

	return file < 0 ? error_now() : file;
}

int
place_make(const struct place *place, const char *name)
{
	return mkdirat(at(place), name, 0700) < 0 ? error_now() : 0;
}

int
place_remove(const struct place *place, const char *name)
{
	return unlinkat(at(place), name, 0) < 0 ? error_now() : 0;
}

/* What the old group might do, another one may do no more than everybody. */
void
place_make_like(uv_file file, const struct place_entry *entry)
{
	unsigned mode = entry->mode;

	if (fchown(file, (uid_t)entry->owner, (gid_t)entry->group) < 0
	    && fchown(file, (uid_t)-1, (gid_t)entry->group) < 0)
		mode = (mode & 0707) | (mode & 07) << 3;
	if (fchmod(file, (mode_t)mode) < 0)
		return; /* a file system without permissions */
}

/* A second name for it comes only where there is none; not every file system has such. */
int
place_rename(const struct place *place, const char *from, const char *to, bool over)
{
	struct place_entry entry;
	int result;

	if (!over && linkat(at(place), from, at(place), to, 0) == 0)
		return place_remove(place, from);
	if (!over && errno == EEXIST)
		return UV_EEXIST;
	if (!over) {
		result = place_look(place, to, &entry);
		if (result || entry.kind != PLACE_NOTHING)
			return result ? result : UV_EEXIST;
	}
	return renameat(at(place), from, at(place), to) < 0 ? error_now() : 0;
}
