#include "store/write_guard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/span.h"
#include "os/file_calls.h"
#include "os/file_system.h"

#define LOGS_MOST    255 /* as many as may be read at a time */
#define FOLDERS_MOST (LOGS_MOST + 1)

/* Set once, when there is one thread; only read afterwards, also beside us. */
static struct {
	struct guarded {
		char *path;
		bool below; /* what is below it counts as well */
		bool known; /* what it was at the start: */
		struct place_id id;
	} folder[FOLDERS_MOST];
	size_t folders;
	struct guarded_log {
		char *path;
		bool below;
	} log[2 * LOGS_MOST];
	size_t logs;
} guard;

/* ---- what is guarded ---- */

/* "." of "sender.log", "/" of "/sender.log" */
static char *
folder_of(const char *path)
{
	struct span name = span_basename(span_of(path));
	size_t size = (size_t)(name.at - path);
	char *out = malloc(size + 2);

	if (!out)
		return NULL;
	snprintf(out, size + 2, "%.*s", size ? (int)size : 1, size ? path : ".");
	if (size > 1)
		out[size - 1] = '\0';
	return out;
}

static void
learn_id(struct guarded *folder)
{
	uv_stat_t stat;

	folder->known = os_stat(folder->path, &stat) == 0;
	folder->id = (struct place_id){ stat.st_dev, stat.st_ino };
}

/* The path becomes the guard's. */
static void
add_folder(char *path, bool below, bool answers)
{
	for (size_t i = 0; path && i < guard.folders; i++)
		if (!strcmp(guard.folder[i].path, path)) {
			guard.folder[i].below |= below;
			free(path);
			return;
		}
	if (!path || guard.folders == FOLDERS_MOST)
		return;
	guard.folder[guard.folders] = (struct guarded){ .path = path, .below = below };
	if (answers)
		learn_id(&guard.folder[guard.folders]);
	guard.folders++;
}

static void
add_log(const char *path, bool below)
{
	char *copy = path ? strdup(path) : NULL;

	if (copy)
		guard.log[guard.logs++] = (struct guarded_log){ copy, below };
}

void
guard_product(void)
{
	const char *product = getenv("SMS_LOG_PATH");

	if (product && *product && !guard.folders)
		add_folder(strdup(product), true, false);
}

void
guard_log(const struct guarded_path *log)
{
	if (guard.logs + 2 > sizeof(guard.log) / sizeof(*guard.log))
		return;
	add_folder(folder_of(log->path), log->below, log->answers);
	add_log(log->path, log->below);
	add_log(log->previous, log->below);
}

/* ---- whether a place is among them ---- */

static bool
has_id(const struct place *place, struct place_id id, bool below)
{
	for (size_t i = 0; i < place->depth && (below || i == 0); i++)
		if (place->id[i].device == id.device && place->id[i].inode == id.inode)
			return true;
	return false;
}

/* "/a/b" is in "/a/b", and below "/a" and "/". */
static bool
has_path(const char *path, const char *folder, bool below, bool any_case)
{
	struct span all = span_of(path), front = span_of(folder), start;

	while (front.size > 1 && (front.at[front.size - 1] == '/' || front.at[front.size - 1] == '\\'))
		front.size--;
	if (!front.size || all.size < front.size)
		return false;
	start = span_part(all, 0, front.size);
	if (any_case ? !span_is_nocase(start, front) : !span_is(start, front))
		return false;
	return all.size == front.size
	       || (below && (all.at[front.size] == '/' || all.at[front.size] == '\\' || front.size == 1));
}

static bool
is_in(const struct place *place, const struct place *folder, bool below)
{
	bool any_case = !os_folder_is_local(folder->path);

	return has_id(place, folder->id[0], below) || has_path(place->path, folder->path, below, any_case)
	       || (folder->source[0] && has_path(place->source, folder->source, below, any_case));
}

/* A folder that is not there now is known by where it would be. */
static bool
is_in_missing(const struct place *place, const char *folder, bool below)
{
	char *above = folder_of(folder), *expected = malloc(PLACE_PATH);
	struct span name = span_basename(span_of(folder));
	uv_fs_t request;
	bool in = false;

	if (above && expected && name.size && uv_fs_realpath(NULL, &request, above, NULL) == 0) {
		snprintf(expected, PLACE_PATH, "%s/%s", (const char *)request.ptr, name.at);
		in = has_path(place->path, expected, below, true);
		uv_fs_req_cleanup(&request);
	}
	free(above);
	free(expected);
	return in || has_path(place->path, folder, below, true);
}

static bool
folder_forbids(const struct place *place, const char *path, bool below)
{
	struct place *folder = malloc(sizeof(*folder));
	bool in = true; /* out of memory: nothing is written where it is not known */

	if (folder && place_open(folder, path) == 0) {
		in = is_in(place, folder, below);
		place_close(folder);
	} else if (folder) {
		in = is_in_missing(place, path, below);
	}
	free(folder);
	return in;
}

/* A log that is a link guards the folder that it leads to as well. */
static bool
link_forbids(const struct place *place, const struct guarded_log *log)
{
	uv_fs_t request;
	uv_stat_t stat;
	char *folder = NULL;
	bool forbids;

	if (os_lstat(log->path, &stat) < 0 || !os_is_link(&stat))
		return false;
	if (uv_fs_realpath(NULL, &request, log->path, NULL) == 0)
		folder = folder_of(request.ptr);
	uv_fs_req_cleanup(&request);
	forbids = folder && folder_forbids(place, folder, log->below);
	free(folder);
	return forbids;
}

/* ---- the same folder by another mount ---- */

static bool
is_log_file(int result, const uv_stat_t *stat)
{
	return result == 0 && os_is_regular(stat) && stat->st_size > 0;
}

/* A file of that name, as long and written at the same moment, is the log or a copy that nobody can tell from it. */
static bool
shows(const char *folder, struct span name, const uv_stat_t *log)
{
	char path[PLACE_PATH];
	uv_stat_t stat;
	int size = snprintf(path, sizeof(path), "%s/%.*s", folder, (int)name.size, name.at);

	return size > 0 && (size_t)size < sizeof(path) && is_log_file(os_lstat(path, &stat), &stat)
	       && stat.st_size == log->st_size && stat.st_mtim.tv_sec == log->st_mtim.tv_sec
	       && stat.st_mtim.tv_nsec == log->st_mtim.tv_nsec;
}

/* A share that is mounted twice, or through FUSE, has other numbers and another path here than there. */
static bool
shows_log(const struct place *place, const struct guarded_log *log)
{
	struct span name = span_basename(span_of(log->path));
	char folder[PLACE_PATH];
	uv_stat_t stat;
	char *last;
	bool found;

	if (!is_log_file(os_stat(log->path, &stat), &stat))
		return false;
	span_copy(span_of(place->path), folder, sizeof(folder));
	found = shows(folder, name, &stat);
	while (!found && log->below && (last = strrchr(folder, folder[0] == '/' ? '/' : '\\')) && last > folder) {
		*last = '\0';
		found = shows(folder, name, &stat);
	}
	return found;
}

bool
guard_forbids(const struct place *place)
{
	for (size_t i = 0; i < guard.folders; i++) {
		const struct guarded *folder = &guard.folder[i];

		if ((folder->known && has_id(place, folder->id, folder->below))
		    || folder_forbids(place, folder->path, folder->below))
			return true;
	}
	for (size_t i = 0; i < guard.logs; i++)
		if (link_forbids(place, &guard.log[i]) || shows_log(place, &guard.log[i]))
			return true;
	return false;
}

bool
guard_is_log(const struct place_entry *entry)
{
	for (size_t i = 0; i < guard.logs; i++) {
		uv_stat_t stat;

		if (os_stat(guard.log[i].path, &stat) == 0 && stat.st_dev == entry->id.device
		    && stat.st_ino == entry->id.inode)
			return true;
	}
	return false;
}
