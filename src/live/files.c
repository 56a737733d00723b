#include "files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <uv.h>

#include "cmtop/span.h"
#include "os_files.h"

#define TRIES        4   /* to see a file that is being truncated at this moment as one whole */
#define LIST_EVERY   16  /* a folder that seems unchanged is listed again after so many misses */

/* A name that may be there in another letter case. */
struct name {
	char *asked;   /* as it was given; NULL: this log has no such file */
	char *found;   /* NULL: nothing but `asked` */
	int64_t listed;  /* mtime of the folder when it was listed, in nanoseconds */
	unsigned misses;
};

struct held {
	uv_file  file;  /* -1: none */
	uint64_t device, inode;
};

struct files {
	struct name name[2];  /* of LOOK_LOG, LOOK_PREVIOUS */
	char *folder;
	struct held held[TAIL_SLOTS];
	char data[FILES_CHUNK + TAIL_ANCHOR];
};

/* ---- names ---- */

static char *
copy_text(const char *text, size_t size)
{
	char *copy = malloc(size + 1);

	if (copy) {
		memcpy(copy, text, size);
		copy[size] = '\0';
	}
	return copy;
}

static char *
folder_of(const char *path)
{
	struct span all = span_of(path);
	size_t size = all.size - span_basename(all).size;

	if (size == 0)
		return copy_text(".", 1);
	return copy_text(path, size > 1 ? size - 1 : 1);
}

/* "sender.log" rolls to "sender.lo_". What has no such end is not known to roll. */
static char *
previous_of(const char *path)
{
	char *previous;

	if (!span_ends_nocase(span_of(path), SPAN(".log")))
		return NULL;
	previous = copy_text(path, strlen(path));
	if (previous)
		previous[strlen(path) - 1] = '_';
	return previous;
}

struct files *
files_new(const char *path)
{
	struct files *files = calloc(1, sizeof(*files));

	if (!files)
		return NULL;
	for (int i = 0; i < TAIL_SLOTS; i++)
		files->held[i].file = -1;
	files->folder        = folder_of(path);
	files->name[0].asked = copy_text(path, strlen(path));
	files->name[1].asked = previous_of(path);
	if (!files->folder || !files->name[0].asked) {
		files_free(files);
		return NULL;
	}
	return files;
}

static void
close_file(uv_file file)
{
	uv_fs_t request;

	uv_fs_close(NULL, &request, file, NULL);
	uv_fs_req_cleanup(&request);
}

static void
let_go(struct files *files, unsigned held)
{
	for (int i = 0; i < TAIL_SLOTS; i++)
		if (files->held[i].file >= 0 && !(held & (1u << i))) {
			close_file(files->held[i].file);
			files->held[i].file = -1;
		}
}

void
files_free(struct files *files)
{
	if (!files)
		return;
	let_go(files, 0);
	for (int i = 0; i < 2; i++) {
		free(files->name[i].asked);
		free(files->name[i].found);
	}
	free(files->folder);
	free(files);
}

const char *
files_name(const struct files *files)
{
	const struct name *name = &files->name[0];

	return name->found ? name->found : name->asked;
}

/* ---- libuv's calls, done here and now ---- */

static int
stat_path(const char *path, uv_stat_t *out)
{
	uv_fs_t request;
	int result = uv_fs_stat(NULL, &request, path, NULL);

	*out = request.statbuf;
	uv_fs_req_cleanup(&request);
	return result;
}

static bool
is_link(const char *path)
{
	uv_fs_t request;
	int result = uv_fs_lstat(NULL, &request, path, NULL);
	bool link = result == 0 && (request.statbuf.st_mode & S_IFMT) == S_IFLNK;

	uv_fs_req_cleanup(&request);
	return link;
}

static int
stat_file(uv_file file, uv_stat_t *out)
{
	uv_fs_t request;
	int result = uv_fs_fstat(NULL, &request, file, NULL);

	*out = request.statbuf;
	uv_fs_req_cleanup(&request);
	return result;
}

/* No waiting for a writer, should the name have become a FIFO since it was looked at. */
static int
open_path(const char *path)
{
	uv_fs_t request;
	int result = uv_fs_open(NULL, &request, path, UV_FS_O_RDONLY | UV_FS_O_NONBLOCK | UV_FS_O_NOCTTY, 0, NULL);

	uv_fs_req_cleanup(&request);
	return result;
}

/* As many bytes as there are, up to `size`; negative: an error. */
static int64_t
read_file(uv_file file, char *bytes, size_t size, uint64_t offset)
{
	size_t done = 0;

	while (done < size) {
		uv_fs_t request;
		uv_buf_t buffer = uv_buf_init(bytes + done, (unsigned)(size - done));
		int result = uv_fs_read(NULL, &request, file, &buffer, 1, (int64_t)(offset + done), NULL);

		uv_fs_req_cleanup(&request);
		if (result == UV_EINTR)
			continue;
		if (result < 0)
			return result;
		if (result == 0)
			break;
		done += (size_t)result;
	}
	return (int64_t)done;
}

static int64_t
nanoseconds(uv_timespec_t time)
{
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* ---- the same name in another letter case ---- */

static bool
folder_changed(const struct files *files, struct name *name)
{
	uv_stat_t folder;
	int64_t changed;

	if (stat_path(files->folder, &folder) < 0)
		return false;
	changed = nanoseconds(folder.st_mtim);
	if (changed == name->listed && ++name->misses < LIST_EVERY)
		return false;
	name->listed = changed;
	name->misses = 0;
	return true;
}

/* An entry of the folder that is `asked` but for its letters' case, as a path; NULL: there is none. */
static char *
list_folder(const struct files *files, const char *asked)
{
	struct span base = span_basename(span_of(asked));
	size_t front = strlen(asked) - base.size;
	char *found = NULL;
	uv_dirent_t entry;
	uv_fs_t request;

	if (uv_fs_scandir(NULL, &request, files->folder, 0, NULL) >= 0)
		while (!found && uv_fs_scandir_next(&request, &entry) != UV_EOF)
			if (span_is_nocase(span_of(entry.name), base)) {
				found = copy_text(asked, front + base.size);
				if (found)
					memcpy(found + front, entry.name, base.size);
			}
	uv_fs_req_cleanup(&request);
	return found;
}

/* ---- what is at a name ---- */

static int
strangeness(const uv_stat_t *stat)
{
	switch (stat->st_mode & S_IFMT) {
	case S_IFREG:  return 0;
	case S_IFDIR:  return FILES_FOLDER;
	case S_IFIFO:  return FILES_FIFO;
#ifdef S_IFSOCK
	case S_IFSOCK: return FILES_SOCKET;
#endif
	default:       return FILES_DEVICE;
	}
}

/*
 * Looked at before it is opened: to open a device may do something to it. Gives
 * a file, a negative libuv error or a positive files_error.
 */
static int
open_regular(const char *path, uv_file *out)
{
	uv_stat_t stat;
	int result = stat_path(path, &stat);

	if (result < 0)
		return result == UV_ENOENT && is_link(path) ? FILES_DANGLING : result;
	result = strangeness(&stat);
	if (result)
		return result;
	result = open_path(path);
	if (result < 0)
		return result;
	*out = result;
	return 0;
}

static int
open_name(struct files *files, struct name *name, uv_file *out)
{
	int result = UV_ENOENT;

	if (!name->asked)
		return result;
	if (name->found)
		result = open_regular(name->found, out);
	if (result != UV_ENOENT)
		return result;
	free(name->found);
	name->found = NULL;
	result = open_regular(name->asked, out);
	if (result != UV_ENOENT || !folder_changed(files, name))
		return result;
	name->found = list_folder(files, name->asked);
	return name->found ? open_regular(name->found, out) : result;
}

static enum seen_as
seen_as(int error)
{
	switch (error) {
	case 0:
		return SEEN_FILE;
	case UV_ENOENT:
	case UV_ENOTDIR:
	case FILES_DANGLING:
		return SEEN_ABSENT;
	case UV_EACCES:
	case UV_EPERM:
		return SEEN_DENIED;
	}
	return error > 0 ? SEEN_STRANGE : SEEN_FAILED;
}

/* ---- one look ---- */

static int64_t
age(const uv_stat_t *stat)
{
	uv_timeval64_t now;
	int64_t milliseconds;

	if (uv_gettimeofday(&now) < 0)
		return -1;
	milliseconds = now.tv_sec * 1000 + now.tv_usec / 1000 - nanoseconds(stat->st_mtim) / 1000000;
	return milliseconds < 0 ? 0 : milliseconds;
}

static void
note(struct seen *seen, const uv_stat_t *stat)
{
	seen->size     = stat->st_size;
	seen->device   = stat->st_dev;
	seen->inode    = stat->st_ino;
	seen->unlinked = stat->st_nlink == 0;
	seen->changed  = nanoseconds(stat->st_ctim);
	seen->born     = nanoseconds(stat->st_birthtim);
	seen->age      = age(stat);
	/* Where the time of birth is not known, libuv may give this one instead. */
	if (seen->born == seen->changed)
		seen->born = 0;
}

/*
 * Size, first bytes and the bytes wanted belong together only if the file was
 * not begun anew in between: so the first bytes and the size are taken twice.
 */
static int
see_once(struct files *files, uv_file file, const struct look *look, struct seen *seen, bool *whole)
{
	char again[TAIL_HEAD];
	uv_stat_t before, after;
	int64_t head, data = 0, head_again;
	int result;

	if ((result = stat_file(file, &before)) < 0)
		return result;
	if ((head = read_file(file, seen->head, TAIL_HEAD, 0)) < 0)
		return (int)head;
	if (look->want > 0 && (data = read_file(file, files->data, look->want, look->offset)) < 0)
		return (int)data;
	if ((head_again = read_file(file, again, TAIL_HEAD, 0)) < 0)
		return (int)head_again;
	if ((result = stat_file(file, &after)) < 0)
		return result;
	note(seen, &before);
	seen->unlinked  = after.st_nlink == 0;
	seen->changed   = nanoseconds(after.st_ctim);
	seen->head_size = (size_t)head;
	seen->data      = files->data;
	seen->data_size = (size_t)data;
	*whole = after.st_size >= before.st_size && head_again >= head && memcmp(again, seen->head, (size_t)head) == 0;
	return 0;
}

static int
see(struct files *files, uv_file file, const struct look *look, struct seen *seen)
{
	bool whole = false;
	int result = 0;

	for (int i = 0; i < TRIES && !whole; i++)
		if ((result = see_once(files, file, look, seen, &whole)) < 0)
			return result;
	return whole ? 0 : UV_EAGAIN;
}

/* On this machine's own disk a file that was found is held, each once. */
static uv_file
hold(struct files *files, uv_file file, const struct look *look, struct seen *seen)
{
	uv_stat_t stat;

	if (!seen->local || stat_file(file, &stat) < 0)
		return file;
	for (int i = 0; i < TAIL_SLOTS; i++) {
		struct held *held = &files->held[i];

		if (held->file >= 0 && held->device == stat.st_dev && held->inode == stat.st_ino) {
			close_file(file);
			seen->slot = i;
			return held->file;
		}
	}
	files->held[look->slot] = (struct held){ file, stat.st_dev, stat.st_ino };
	seen->slot = look->slot;
	return file;
}

void
files_look(struct files *files, const struct look *look, struct seen *seen)
{
	uv_file file = -1;
	int result;

	*seen = (struct seen){ .slot = -1, .age = -1 };
	let_go(files, look->held);
	if (look->place == LOOK_HELD) {
		file = files->held[look->slot].file;
		seen->local = true;
		seen->slot  = look->slot;
		result = file < 0 ? UV_EBADF : 0;
	} else {
		result = open_name(files, &files->name[look->place], &file);
		seen->local = result == 0 ? os_file_is_local(file) : os_folder_is_local(files->folder);
		if (result == 0)
			file = hold(files, file, look, seen);
	}
	if (result == 0)
		result = see(files, file, look, seen);
	if (file >= 0 && seen->slot < 0)
		close_file(file);
	seen->as    = seen_as(result);
	seen->error = result;
}

const char *
files_error_text(int error)
{
	switch (error) {
	case 0:              return "";
	case FILES_DANGLING: return "symbolic link to a file that is not there";
	case FILES_FOLDER:   return "is a folder, not a log";
	case FILES_FIFO:     return "is a FIFO, not a log";
	case FILES_DEVICE:   return "is a device, not a log";
	case FILES_SOCKET:   return "is a socket, not a log";
	}
	return uv_strerror(error);
}
