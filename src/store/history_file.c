#include "store/history_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "cmtop/hash.h"
#include "os/file_calls.h"
#include "os/open_file.h"
#include "store/atomic_file.h"

#define FOLDERS_MOST 3  /* that are made at most, as ~/.local/state/cmtop: a home is never made up */
#define NAME_LOGS    80 /* bytes of the logs' path that show in a file's name */

/* ---- where it is ---- */

/*
 * What a site server is known by is the folder that its logs are in: no name is in
 * every log, and the folder is known before one is read. The real path, so that a
 * link to it is the same server.
 */
static int
find_logs(struct history_payload *payload)
{
	uv_fs_t request;
	int result = uv_fs_realpath(NULL, &request, payload->logs, NULL);

	if (result == 0 && strlen(request.ptr) >= sizeof(payload->logs))
		result = UV_ENAMETOOLONG;
	if (result == 0)
		snprintf(payload->logs, sizeof(payload->logs), "%s", (const char *)request.ptr);
	uv_fs_req_cleanup(&request);
	return result;
}

static uint64_t
hash_of(const char *text)
{
	return hash_bytes(HASH_START, span_of(text));
}

/* "mnt-siteserver-Logs-8a3f19c0d2b74e65.points": the end for people, the number to tell one from another. */
static int
name_file(struct history_payload *payload)
{
	struct span logs = span_of(payload->logs);
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
	size = snprintf(payload->path, sizeof(payload->path), "%s/cmtop/%s-%016" PRIx64 ".points", payload->home, name,
	                hash_of(payload->logs));
	return size < 0 || (size_t)size >= sizeof(payload->path) ? UV_ENAMETOOLONG : 0;
}

/* The folder that the file is in. */
static int
make_folder(const struct history_payload *payload)
{
	char folder[HISTORY_PATH];
	int size = snprintf(folder, sizeof(folder), "%s/cmtop", payload->home);

	return size < 0 || (size_t)size >= sizeof(folder) ? UV_ENAMETOOLONG
	                                                  : atomic_file_make_folder(folder, FOLDERS_MOST);
}

/* ---- what is in it ---- */

/* What may not be read is told in the words of what may not be written. */
static int
strange(int error)
{
	return error < 0                 ? error
	       : error == OPENING_FOLDER ? REFUSED_FOLDER
	       : error == OPENING_FIFO   ? REFUSED_FIFO
	       : error == OPENING_SOCKET ? REFUSED_SOCKET
	                                 : REFUSED_DEVICE;
}

static int
read_file(struct history_payload *payload)
{
	uv_file file = -1;
	int result = opening_file(payload->path, &file);

	payload->size = 0;
	if (result)
		return result == UV_ENOENT || result == OPENING_DANGLING ? 0 : strange(result);
	while (result == 0 && payload->size < sizeof(payload->text)) {
		int size = os_read(file, payload->text + payload->size, sizeof(payload->text) - payload->size,
		                   (int64_t)payload->size);

		if (size < 0)
			result = size;
		if (size <= 0)
			break;
		payload->size += (size_t)size;
	}
	os_close(file);
	return result;
}

void
history_file_fetch(void *data)
{
	struct history_payload *payload = data;

	payload->error = find_logs(payload);
	if (!payload->error)
		payload->error = name_file(payload);
	if (payload->error)
		payload->path[0] = '\0';
	else
		payload->error = read_file(payload);
}

/* ---- what is put there ---- */

/* A clock that was wrong for a moment may not push seven days out of the file. */
static size_t
drop_nonsense(struct history_payload *payload)
{
	size_t first = 0;

	while (first < payload->count && payload->samples[first].at > payload->limit)
		first++;
	return first;
}

static int
write_file(struct history_payload *payload, struct sample *kept, struct sample *both)
{
	const struct samples_of of = { payload->logs, payload->clock };
	size_t first = drop_nonsense(payload),
	       count = samples_read(&of, (struct span){ payload->text, payload->size }, kept);
	struct atomic_file content;
	int result;

	count = samples_merge(payload->samples + first, payload->count - first, kept, count, payload->limit, both);
	atomic_file_init(&content);
	samples_write(&of, both, count, &content.sink);
	result = atomic_file_write(&content, payload->path, 0600, ATOMIC_REPLACE);
	atomic_file_destroy(&content);
	return result;
}

void
history_file_keep(void *data)
{
	struct history_payload *payload = data;
	struct sample *samples = malloc(2 * SAMPLES_KEPT * sizeof(*samples));

	payload->error = samples ? make_folder(payload) : UV_ENOMEM;
	if (!payload->error)
		payload->error = read_file(payload);
	if (!payload->error)
		payload->error = write_file(payload, samples, samples + SAMPLES_KEPT);
	free(samples);
}
