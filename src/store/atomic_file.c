#include "store/atomic_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/span.h"
#include "store/write_guard.h"
#include "os/folder_handle.h"

#define TRIES 100  /* for a name beside the file that nobody has left there */

static void
put(void *payload, const char *bytes, size_t size)
{
	struct whole *whole = payload;
	char *more;

	if (whole->no_memory)
		return;
	if (whole->size + size > whole->room) {
		more = realloc(whole->text, (whole->size + size) * 2);
		if (!more) {
			whole->no_memory = true;
			return;
		}
		whole->text = more;
		whole->room = (whole->size + size) * 2;
	}
	memcpy(whole->text + whole->size, bytes, size);
	whole->size += size;
}

void
whole_open(struct whole *whole)
{
	*whole = (struct whole){ .sink = { put, whole } };
}

void
whole_close(struct whole *whole)
{
	free(whole->text);
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
	case PLACE_FILE:    return guard_is_log(entry) ? WHOLE_LOG : 0;
	case PLACE_LINK:    return WHOLE_LINK;
	case PLACE_FOLDER:  return WHOLE_FOLDER;
	case PLACE_FIFO:    return WHOLE_FIFO;
	case PLACE_SOCKET:  return WHOLE_SOCKET;
	case PLACE_DEVICE:  break;
	}
	return WHOLE_DEVICE;
}

/* Asked for twice, since the folder may be moved, and its name be taken, at any moment. */
static int
may_write(struct place *place, const char *name, struct place_entry *entry)
{
	int result = place_where(place);

	if (result)
		return result;
	if (guard_forbids(place))
		return WHOLE_AMONG_LOGS;
	result = place_look(place, name, entry);
	return result ? result : may_replace(entry);
}

static int
write_beside(const struct whole *whole, const struct place *place, const struct place_entry *old, int mode, char name[64])
{
	uv_file file = create_beside(place, old->kind == PLACE_FILE ? 0600 : mode, name);
	int result, finished;

	if (file < 0)
		return file;
	result = whole ? write_all(file, whole->text, whole->size) : 0;
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
write_in(const struct whole *whole, struct place *place, const char *name, int mode, enum whole_way way)
{
	struct place_entry old;
	char beside[64];
	int result = may_write(place, name, &old);

	if (!result && way == WHOLE_NEW && old.kind != PLACE_NOTHING)
		result = UV_EEXIST;
	if (!result)
		result = write_beside(way == WHOLE_TRY ? NULL : whole, place, &old, mode, beside);
	if (result)
		return result;
	if (way != WHOLE_TRY)
		result = may_write(place, name, &old);
	if (!result && way != WHOLE_TRY)
		result = place_rename(place, beside, name, way == WHOLE_REPLACE);
	if (result || way == WHOLE_TRY)
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
		return WHOLE_FOLDER;
	if (size >= PLACE_PATH)
		return UV_ENAMETOOLONG;
	span_copy(size ? (struct span){ path, size } : SPAN("."), folder, PLACE_PATH);
	return 0;
}

int
whole_write(const struct whole *whole, const char *path, int mode, enum whole_way way)
{
	struct place place;
	char folder[PLACE_PATH];
	const char *name;
	int result = whole && whole->no_memory ? UV_ENOMEM : split(path, folder, &name);

	if (!result)
		result = place_open(&place, folder);
	if (result)
		return result;
	result = write_in(whole, &place, name, mode, way);
	place_close(&place);
	return result;
}

/* ---- as an errand ---- */

struct bag {
	int    error;  /* comes back */
	int    mode;
	enum whole_way way;
	char   path[PLACE_PATH];
	size_t size;
	char   text[];
};

static void
write_bag(void *payload)
{
	struct bag *bag = payload;
	const struct whole whole = { .text = bag->text, .size = bag->size };

	bag->error = whole_write(&whole, bag->path, bag->mode, bag->way);
}

struct errand *
whole_send(const struct whole *whole, const char *path, int mode, enum whole_way way)
{
	size_t size = whole ? whole->size : 0;
	struct bag *bag = whole && whole->no_memory ? NULL : calloc(1, sizeof(*bag) + size + 1);
	struct errand *errand;

	if (!bag || strlen(path) >= sizeof(bag->path)) {
		free(bag);
		return NULL;
	}
	bag->mode = mode;
	bag->way = way;
	bag->size = size;
	span_copy(span_of(path), bag->path, sizeof(bag->path));
	if (size)
		memcpy(bag->text, whole->text, size);
	errand = errand_send(write_bag, bag, sizeof(*bag) + size, sizeof(*bag) + size + 1);
	free(bag);
	return errand;
}

/* Its payload is that of the program's own memory, of which the errand has a copy. */
struct making {
	int    error;  /* as in a bag */
	int    mode;
	enum whole_way way;
	char   path[PLACE_PATH];
	whole_make *make;
	void  *payload;
};

static void
make_and_write(void *payload)
{
	struct making *making = payload;
	struct whole whole;

	whole_open(&whole);
	if (!making->make(making->payload, &whole.sink))
		whole.no_memory = true;
	making->error = whole_write(&whole, making->path, making->mode, making->way);
	whole_close(&whole);
}

static struct errand *
make_and_send(whole_make *make, void *payload, const char *path, int mode, enum whole_way way)
{
	struct errand *errand;
	struct whole whole;

	whole_open(&whole);
	if (!make(payload, &whole.sink))
		whole.no_memory = true;
	errand = whole_send(&whole, path, mode, way);
	whole_close(&whole);
	return errand;
}

struct errand *
whole_send_made(whole_make *make, void *payload, const char *path, int mode, enum whole_way way)
{
	struct making making = { .mode = mode, .way = way, .make = make, .payload = payload };

	if (strlen(path) >= sizeof(making.path))
		return NULL;
	if (!errand_has_copy())
		return make_and_send(make, payload, path, mode, way);
	span_copy(span_of(path), making.path, sizeof(making.path));
	return errand_send(make_and_write, &making, sizeof(making), sizeof(making));
}

int
whole_result(struct errand *errand)
{
	const int *error = errand_bag(errand);  /* which is what either kind begins with */

	return errand_state(errand) == ERRAND_BACK ? *error : UV_ECANCELED;
}

/* ---- folders ---- */

bool
whole_forbids(const char *folder)
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
	result = guard_forbids(&place) ? WHOLE_AMONG_LOGS : place_make(&place, name);
	place_close(&place);
	return result == UV_EEXIST ? 0 : result;
}

int
whole_make_folder(const char *path, int most)
{
	char folder[PLACE_PATH];
	const char *name;
	uv_fs_t request;
	int result = uv_fs_stat(NULL, &request, path, NULL);

	uv_fs_req_cleanup(&request);
	if (result != UV_ENOENT || most == 0)
		return result;
	result = split(path, folder, &name);
	if (result)
		return result;
	while (strlen(folder) > 1 && (folder[strlen(folder) - 1] == '/' || folder[strlen(folder) - 1] == '\\'))
		folder[strlen(folder) - 1] = '\0';
	result = whole_make_folder(folder, most - 1);
	return result ? result : make_in(folder, name);
}

const char *
whole_error_text(int error)
{
	switch (error) {
	case 0:                return "";
	case WHOLE_AMONG_LOGS: return "lies in the log folder, where nothing is ever written";
	case WHOLE_LOG:        return "is one of the logs under another name, and is not replaced";
	case WHOLE_LINK:       return "is a symbolic link, through which nothing is written";
	case WHOLE_FOLDER:     return "is a folder, not a file";
	case WHOLE_FIFO:       return "is a FIFO, which is not replaced";
	case WHOLE_DEVICE:     return "is a device, which is not replaced";
	case WHOLE_SOCKET:     return "is a socket, which is not replaced";
	}
	return uv_strerror(error);
}
