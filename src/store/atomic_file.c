#include "store/atomic_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/span.h"
#include "store/write_guard.h"
#include "os/file_calls.h"
#include "os/folder_handle.h"

#define TRIES 100 /* for a name beside the file that nobody has left there */

static void
put(void *payload, const char *bytes, size_t size)
{
	struct atomic_file *content = payload;
	char *more;

	if (content->no_memory)
		return;
	if (content->size + size > content->capacity) {
		more = realloc(content->text, (content->size + size) * 2);
		if (!more) {
			content->no_memory = true;
			return;
		}
		content->text = more;
		content->capacity = (content->size + size) * 2;
	}
	memcpy(content->text + content->size, bytes, size);
	content->size += size;
}

void
atomic_file_init(struct atomic_file *content)
{
	*content = (struct atomic_file){ .sink = { put, content } };
}

void
atomic_file_destroy(struct atomic_file *content)
{
	free(content->text);
}

/* ---- beside its place ---- */

static int
write_all(uv_file file, const char *text, size_t size)
{
	while (size) {
		uv_buf_t buffer = uv_buf_init((char *)text, (unsigned)(size < 1 << 20 ? size : 1 << 20));
		uv_fs_t request;
		int result = uv_fs_write(NULL, &request, file, &buffer, 1, -1, NULL);

		uv_fs_req_cleanup(&request);
		if (result == UV_EINTR)
			continue;
		if (result <= 0)
			return result ? result : UV_EIO;
		text += result;
		size -= (size_t)result;
	}
	return 0;
}

/* Some file systems say only now that there was no room. */
static int
finish(uv_file file)
{
	uv_fs_t request;
	int result = uv_fs_fsync(NULL, &request, file, NULL), closed;

	uv_fs_req_cleanup(&request);
	closed = uv_fs_close(NULL, &request, file, NULL);
	uv_fs_req_cleanup(&request);
	/* What cannot be synchronized, such as a FUSE file system's, is written all the same. */
	return result && result != UV_EINVAL && result != UV_ENOTSUP && result != UV_ENOSYS ? result : closed;
}

/* A new file under a name of its own: ".cmtop-1234-0.new". */
static int
create_beside(const struct place *place, int mode, char name[64])
{
	int file = UV_EEXIST;

	for (int i = 0; i < TRIES && file == UV_EEXIST; i++) {
		snprintf(name, 64, ".cmtop-%ld-%d.new", (long)uv_os_getpid(), i);
		file = place_create(place, name, (unsigned)mode);
	}
	return file;
}

/* Only a plain file is ever replaced. */
static int
may_replace(const struct place_entry *entry)
{
	switch (entry->kind) {
	case PLACE_NOTHING: return 0;
	case PLACE_FILE: return guard_is_log(entry) ? REFUSED_LOG : 0;
	case PLACE_LINK: return REFUSED_LINK;
	case PLACE_FOLDER: return REFUSED_FOLDER;
	case PLACE_FIFO: return REFUSED_FIFO;
	case PLACE_SOCKET: return REFUSED_SOCKET;
	case PLACE_DEVICE: break;
	}
	return REFUSED_DEVICE;
}

/* Asked for twice, since the folder may be moved, and its name be taken, at any moment. */
static int
may_write(struct place *place, const char *name, struct place_entry *entry)
{
	int result = place_where(place);

	if (result)
		return result;
	if (guard_forbids(place))
		return REFUSED_AMONG_LOGS;
	result = place_look(place, name, entry);
	return result ? result : may_replace(entry);
}

static int
write_beside(const struct atomic_file *content, const struct place *place, const struct place_entry *old, int mode,
             char name[64])
{
	uv_file file = create_beside(place, old->kind == PLACE_FILE ? 0600 : mode, name);
	int result, finished;

	if (file < 0)
		return file;
	result = content ? write_all(file, content->text, content->size) : 0;
	if (!result && old->kind == PLACE_FILE)
		place_make_like(file, old);
	finished = finish(file);
	if (!result)
		result = finished;
	if (result)
		place_remove(place, name);
	return result;
}

static int
write_in(const struct atomic_file *content, struct place *place, const char *name, int mode, enum atomic_file_way way)
{
	struct place_entry old;
	char beside[64];
	int result = may_write(place, name, &old);

	if (!result && way == ATOMIC_NEW && old.kind != PLACE_NOTHING)
		result = UV_EEXIST;
	if (!result)
		result = write_beside(way == ATOMIC_TRY ? NULL : content, place, &old, mode, beside);
	if (result)
		return result;
	if (way != ATOMIC_TRY)
		result = may_write(place, name, &old);
	if (!result && way != ATOMIC_TRY)
		result = place_rename(place, beside, name, way == ATOMIC_REPLACE);
	if (result || way == ATOMIC_TRY)
		place_remove(place, beside);
	return result;
}

/* "/a/b" becomes "/a" and "b"; the folder of "b" is ".". */
static int
split(const char *path, char folder[PLACE_PATH], const char **name)
{
	struct span base = span_basename(span_of(path));
	size_t size = (size_t)(base.at - path);

	*name = base.at;
	if (!base.size || span_is(base, SPAN(".")) || span_is(base, SPAN("..")))
		return REFUSED_FOLDER;
	if (size >= PLACE_PATH)
		return UV_ENAMETOOLONG;
	span_copy(size ? (struct span){ path, size } : SPAN("."), folder, PLACE_PATH);
	return 0;
}

int
atomic_file_write(const struct atomic_file *content, const char *path, int mode, enum atomic_file_way way)
{
	struct place place;
	char folder[PLACE_PATH];
	const char *name;
	int result = content && content->no_memory ? UV_ENOMEM : split(path, folder, &name);

	if (!result)
		result = place_open(&place, folder);
	if (result)
		return result;
	result = write_in(content, &place, name, mode, way);
	place_close(&place);
	return result;
}

/* ---- as a detached task ---- */

struct payload {
	int error; /* comes back */
	int mode;
	enum atomic_file_way way;
	char path[PLACE_PATH];
	size_t size;
	char text[];
};

static void
write_payload(void *data)
{
	struct payload *payload = data;
	const struct atomic_file content = { .text = payload->text, .size = payload->size };

	payload->error = atomic_file_write(&content, payload->path, payload->mode, payload->way);
}

struct detached_task *
atomic_file_send(const struct atomic_file *content, const char *path, int mode, enum atomic_file_way way)
{
	size_t size = content ? content->size : 0;
	struct payload *payload = content && content->no_memory ? NULL : calloc(1, sizeof(*payload) + size + 1);
	struct detached_task *detached_task;

	if (!payload || strlen(path) >= sizeof(payload->path)) {
		free(payload);
		return NULL;
	}
	payload->mode = mode;
	payload->way = way;
	payload->size = size;
	span_copy(span_of(path), payload->path, sizeof(payload->path));
	if (size)
		memcpy(payload->text, content->text, size);
	detached_task =
		detached_task_start(write_payload, payload, sizeof(*payload) + size, sizeof(*payload) + size + 1);
	free(payload);
	return detached_task;
}

/* Its payload is that of the program's own memory, of which the detached task has a copy. */
struct making {
	int error; /* as in a payload */
	int mode;
	enum atomic_file_way way;
	char path[PLACE_PATH];
	atomic_file_make *make;
	void *payload;
};

static void
make_and_write(void *payload)
{
	struct making *making = payload;
	struct atomic_file content;

	atomic_file_init(&content);
	if (!making->make(making->payload, &content.sink))
		content.no_memory = true;
	making->error = atomic_file_write(&content, making->path, making->mode, making->way);
	atomic_file_destroy(&content);
}

static struct detached_task *
make_and_send(atomic_file_make *make, void *payload, const char *path, int mode, enum atomic_file_way way)
{
	struct detached_task *detached_task;
	struct atomic_file content;

	atomic_file_init(&content);
	if (!make(payload, &content.sink))
		content.no_memory = true;
	detached_task = atomic_file_send(&content, path, mode, way);
	atomic_file_destroy(&content);
	return detached_task;
}

struct detached_task *
atomic_file_send_made(atomic_file_make *make, void *payload, const char *path, int mode, enum atomic_file_way way)
{
	struct making making = { .mode = mode, .way = way, .make = make, .payload = payload };

	if (strlen(path) >= sizeof(making.path))
		return NULL;
	if (!detached_task_has_copy())
		return make_and_send(make, payload, path, mode, way);
	span_copy(span_of(path), making.path, sizeof(making.path));
	return detached_task_start(make_and_write, &making, sizeof(making), sizeof(making));
}

int
atomic_file_result(struct detached_task *detached_task)
{
	const int *error = detached_task_payload(detached_task); /* which is what either kind begins with */

	return detached_task_state(detached_task) == TASK_DONE ? *error : UV_ECANCELED;
}

/* ---- folders ---- */

bool
atomic_file_forbids(const char *folder)
{
	struct place place;
	bool forbids;

	if (place_open(&place, folder))
		return false;
	forbids = guard_forbids(&place);
	place_close(&place);
	return forbids;
}

static int
make_in(const char *folder, const char *name)
{
	struct place place;
	int result = place_open(&place, folder);

	if (result)
		return result;
	result = guard_forbids(&place) ? REFUSED_AMONG_LOGS : place_make(&place, name);
	place_close(&place);
	return result == UV_EEXIST ? 0 : result;
}

int
atomic_file_make_folder(const char *path, int most)
{
	char folder[PLACE_PATH];
	const char *name;
	uv_stat_t stat;
	int result = os_stat(path, &stat);

	if (result != UV_ENOENT || most == 0)
		return result;
	result = split(path, folder, &name);
	if (result)
		return result;
	while (strlen(folder) > 1 && (folder[strlen(folder) - 1] == '/' || folder[strlen(folder) - 1] == '\\'))
		folder[strlen(folder) - 1] = '\0';
	result = atomic_file_make_folder(folder, most - 1);
	return result ? result : make_in(folder, name);
}

const char *
atomic_file_error_text(int error)
{
	switch (error) {
	case 0: return "";
	case REFUSED_AMONG_LOGS: return "is in the log folder, and cmtop never writes there";
	case REFUSED_LOG: return "is one of the logs under another name; cmtop never replaces a log";
	case REFUSED_LINK: return "is a symbolic link; cmtop does not write through links";
	case REFUSED_FOLDER: return "is a folder, not a file";
	case REFUSED_FIFO: return "is a FIFO, not a file";
	case REFUSED_DEVICE: return "is a device, not a file";
	case REFUSED_SOCKET: return "is a socket, not a file";
	}
	return uv_strerror(error);
}
