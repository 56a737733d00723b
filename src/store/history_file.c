#include "store/history_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "os/open_file.h"
#include "store/atomic_file.h"

#define FOLDERS_MOST 3   /* that are made at most, as ~/.local/state/cmtop: a home is never made up */
#define NAME_LOGS    80  /* bytes of the logs' path that show in a file's name */

/* ---- where it is ---- */

/*
 * What a site server is known by is the folder that its logs are in: no name is in
 * every log, and the folder is known before one is read. The real path, so that a
 * link to it is the same server.
 */
static int
find_logs(struct history_bag *bag)
{
	uv_fs_t request;
	int result = uv_fs_realpath(NULL, &request, bag->logs, NULL);

	if (result == 0 && strlen(request.ptr) >= sizeof(bag->logs))
		result = UV_ENAMETOOLONG;
	if (result == 0)
		snprintf(bag->logs, sizeof(bag->logs), "%s", (const char *)request.ptr);
	uv_fs_req_cleanup(&request);
	return result;
}

static uint64_t
hash_of(const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return hash;
}

/* "mnt-siteserver-Logs-8a3f19c0d2b74e65.points": the end for people, the number to tell one from another. */
static int
name_file(struct history_bag *bag)
{
	struct span logs = span_of(bag->logs);
	char name[NAME_LOGS + 1];
	size_t used = 0;
	int size;

	if (logs.size > NAME_LOGS)
		logs = span_from(logs, logs.size - NAME_LOGS);
	for (size_t i = 0; i < logs.size; i++) {
		char c = logs.at[i];
		bool plain = is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') || c == '_' || c == '.';

		if (plain || (used > 0 && name[used - 1] != '-'))
			name[used++] = plain ? c : '-';
	}
	name[used] = '\0';
	size = snprintf(bag->path, sizeof(bag->path), "%s/cmtop/%s-%016" PRIx64 ".points", bag->home, name, hash_of(bag->logs));
	return size < 0 || (size_t)size >= sizeof(bag->path) ? UV_ENAMETOOLONG : 0;
}

/* The folder that the file is in. */
static int
make_folder(const struct history_bag *bag)
{
	char folder[HISTORY_PATH];

	int size = snprintf(folder, sizeof(folder), "%s/cmtop", bag->home);

	return size < 0 || (size_t)size >= sizeof(folder) ? UV_ENAMETOOLONG : whole_make_folder(folder, FOLDERS_MOST);
}

/* ---- what is in it ---- */

/* Bytes read, or a negative libuv error. */
static int
read_some(uv_file file, char *out, size_t room, size_t from)
{
	uv_buf_t buffer = uv_buf_init(out, (unsigned)room);
	uv_fs_t request;
	int result = uv_fs_read(NULL, &request, file, &buffer, 1, (int64_t)from, NULL);

	uv_fs_req_cleanup(&request);
	return result;
}

/* What may not be read is told in the words of what may not be written. */
static int
strange(int error)
{
	return error < 0 ? error : error == OPENING_FOLDER ? WHOLE_FOLDER : error == OPENING_FIFO ? WHOLE_FIFO :
	       error == OPENING_SOCKET ? WHOLE_SOCKET : WHOLE_DEVICE;
}

static int
read_file(struct history_bag *bag)
{
	uv_fs_t request;
	uv_file file = -1;
	int result = opening_file(bag->path, &file);

	bag->size = 0;
	if (result)
		return result == UV_ENOENT || result == OPENING_DANGLING ? 0 : strange(result);
	while (result == 0 && bag->size < sizeof(bag->text)) {
		int size = read_some(file, bag->text + bag->size, sizeof(bag->text) - bag->size, bag->size);

		if (size < 0)
			result = size;
		if (size <= 0)
			break;
		bag->size += (size_t)size;
	}
	uv_fs_close(NULL, &request, file, NULL);
	uv_fs_req_cleanup(&request);
	return result;
}

void
history_file_fetch(void *payload)
{
	struct history_bag *bag = payload;

	bag->error = find_logs(bag);
	if (!bag->error)
		bag->error = name_file(bag);
	if (bag->error)
		bag->path[0] = '\0';
	else
		bag->error = read_file(bag);
}

/* ---- what is put there ---- */

/* A clock that was wrong for a moment may not push seven days out of the file. */
static size_t
drop_nonsense(struct history_bag *bag)
{
	size_t first = 0;

	while (first < bag->count && bag->points[first].at > bag->limit)
		first++;
	return first;
}

static int
write_file(struct history_bag *bag, struct point *kept, struct point *both)
{
	const struct points_of of = { bag->logs, bag->zoned };
	size_t first = drop_nonsense(bag), count = points_read(&of, (struct span){ bag->text, bag->size }, kept);
	struct whole whole;
	int result;

	count = points_merge(bag->points + first, bag->count - first, kept, count, bag->limit, both);
	whole_open(&whole);
	points_write(&of, both, count, &whole.sink);
	result = whole_write(&whole, bag->path, 0600, WHOLE_REPLACE);
	whole_close(&whole);
	return result;
}

void
history_file_keep(void *payload)
{
	struct history_bag *bag = payload;
	struct point *points = malloc(2 * POINTS_KEPT * sizeof(*points));

	bag->error = points ? make_folder(bag) : UV_ENOMEM;
	if (!bag->error)
		bag->error = read_file(bag);
	if (!bag->error)
		bag->error = write_file(bag, points, points + POINTS_KEPT);
	free(points);
}
