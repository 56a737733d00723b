#include "follow/log_files.h"

#include <stdlib.h>
#include <string.h>

#include <uv.h>

#include "cmtop/span.h"
#include "follow/case_names.h"
#include "follow/file_age.h"
#include "os/create_watch.h"
#include "os/file_calls.h"
#include "os/file_system.h"

#define TRIES 4 /* to see a file that is being truncated at this moment in one state */

struct held {
	uv_file file; /* -1: none */
	uint64_t device, inode;
};

struct files {
	struct name name[LOOK_PREVIOUS + 1];
	struct held held[ROTATION_SLOTS];
	struct create_watch *create_watch; /* at X.log; NULL: nobody counts */
	uint64_t counted;                  /* files that came to be there, and one */
	bool miscounted;                   /* since the last look at X.log */
	int64_t behind;                    /* folder_clock_behind(), of a share, */
	bool aged;                         /* … once it was asked for */
	char *data;                        /* lent */
};

static void
let_go(struct files *files, unsigned held)
{
	for (int i = 0; i < ROTATION_SLOTS; i++)
		if (files->held[i].file >= 0 && !(held & (1u << i))) {
			os_close(files->held[i].file);
			files->held[i].file = -1;
		}
}

/* ---- how many files came to be at X.log ---- */

static void
stop_counting(struct files *files)
{
	create_watch_free(files->create_watch);
	files->create_watch = NULL;
	files->miscounted = true;
}

static void
start_counting(struct files *files)
{
	if (files->create_watch)
		return;
	files->create_watch = create_watch_new(files->name[LOOK_LOG].folder);
	files->counted = 1;
}

/* Those so far, and one; 0: nobody counts, or no longer. */
static uint64_t
count(struct files *files)
{
	const struct name *name = &files->name[LOOK_LOG];
	struct span found = span_basename(span_of(name->found ? name->found : name->asked));

	if (files->create_watch && !create_watch_count(files->create_watch, found.at, &files->counted))
		stop_counting(files);
	return files->create_watch ? files->counted : 0;
}

static void
free_files(void *state)
{
	struct files *files = state;

	let_go(files, 0);
	stop_counting(files);
	name_destroy(&files->name[LOOK_LOG]);
	name_destroy(&files->name[LOOK_PREVIOUS]);
	free(files);
}

static void *
new_files(const char *path, void *data)
{
	struct look_mailbox *mailbox = data;
	struct files *files = calloc(1, sizeof(*files));

	if (!files)
		return NULL;
	for (int i = 0; i < ROTATION_SLOTS; i++)
		files->held[i].file = -1;
	files->data = mailbox->data;
	if (!name_of_log(&files->name[LOOK_LOG], path) || !name_of_previous(&files->name[LOOK_PREVIOUS], path)) {
		free_files(files);
		return NULL;
	}
	return files;
}

/* As many bytes as there are, up to `size`; negative: an error. */
static int64_t
read_file(uv_file file, char *bytes, size_t size, uint64_t offset)
{
	size_t done = 0;

	while (done < size) {
		int result = os_read(file, bytes + done, size - done, (int64_t)(offset + done));

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

static enum seen_as
seen_as(int error)
{
	switch (error) {
	case 0: return SEEN_FILE;
	case UV_ENOENT:
	case UV_ENOTDIR:
	case OPENING_DANGLING: return SEEN_ABSENT;
	case UV_EACCES:
	case UV_EPERM: return SEEN_DENIED;
	}
	return error > 0 ? SEEN_STRANGE : SEEN_FAILED;
}

/* ---- one look ---- */

static void
note(struct files *files, struct seen *seen, const uv_stat_t *stat)
{
	if (!seen->local && !files->aged)
		files->behind = folder_clock_behind(files->name[LOOK_LOG].folder);
	files->aged |= !seen->local;
	seen->size = stat->st_size;
	seen->device = stat->st_dev;
	seen->inode = stat->st_ino;
	seen->unlinked = stat->st_nlink == 0;
	seen->changed = name_nanoseconds(stat->st_ctim);
	seen->created = name_nanoseconds(stat->st_birthtim);
	seen->written = name_nanoseconds(stat->st_mtim);
	seen->age = file_age(stat, seen->local ? 0 : files->behind);
	/* Where it is not known when the file was made, libuv may give this time instead. */
	if (seen->created == seen->changed)
		seen->created = 0;
}

/*
 * Size, first bytes and the bytes wanted belong together only if the file was
 * not begun anew in between: so the first bytes and the size are taken twice.
 */
static int
see_once(struct files *files, uv_file file, const struct look *look, struct seen *seen, bool *settled)
{
	char again[ROTATION_HEAD];
	uv_stat_t before, after;
	int64_t head, data = 0, head_again;
	int result;

	if ((result = os_fstat(file, &before)) < 0)
		return result;
	if ((head = read_file(file, seen->head, ROTATION_HEAD, 0)) < 0)
		return (int)head;
	if (look->want > 0 && (data = read_file(file, files->data, look->want, look->offset)) < 0)
		return (int)data;
	if ((head_again = read_file(file, again, ROTATION_HEAD, 0)) < 0)
		return (int)head_again;
	if ((result = os_fstat(file, &after)) < 0)
		return result;
	note(files, seen, &before);
	seen->unlinked = after.st_nlink == 0;
	seen->changed = name_nanoseconds(after.st_ctim);
	seen->head_size = (size_t)head;
	seen->data = files->data;
	seen->data_size = (size_t)data;
	*settled =
		after.st_size >= before.st_size && head_again >= head && memcmp(again, seen->head, (size_t)head) == 0;
	return 0;
}

static int
see(struct files *files, uv_file file, const struct look *look, struct seen *seen)
{
	bool settled = false;
	int result = 0;

	for (int i = 0; i < TRIES && !settled; i++)
		if ((result = see_once(files, file, look, seen, &settled)) < 0)
			return result;
	return settled ? 0 : UV_EAGAIN;
}

/* On this machine's own disk a file that was found is held, each once. */
static uv_file
hold(struct files *files, uv_file file, const struct look *look, struct seen *seen)
{
	uv_stat_t stat;

	if (!seen->local || os_fstat(file, &stat) < 0)
		return file;
	for (int i = 0; i < ROTATION_SLOTS; i++) {
		struct held *held = &files->held[i];

		if (held->file >= 0 && held->device == stat.st_dev && held->inode == stat.st_ino) {
			os_close(file);
			seen->slot = i;
			return held->file;
		}
	}
	files->held[look->slot] = (struct held){ file, stat.st_dev, stat.st_ino };
	seen->slot = look->slot;
	return file;
}

/* Opened again if another file has come to be there meanwhile: the count is that of the file. */
static int
open_log(struct files *files, struct seen *seen, uv_file *out)
{
	struct name *name = &files->name[LOOK_LOG];
	int result = 0;

	for (int i = 0; i < TRIES; i++) {
		seen->creations = count(files);
		if (*out >= 0)
			os_close(*out);
		*out = -1;
		result = name_open(name, out);
		if (count(files) == seen->creations)
			break;
	}
	seen->local = result == 0 ? os_file_is_local(*out) : os_folder_is_local(name->folder);
	if (seen->local)
		start_counting(files);
	if (files->miscounted)
		seen->creations = 0;
	files->miscounted = false;
	return result;
}

static int
open_previous(struct files *files, struct seen *seen, uv_file *out)
{
	int result = name_open(&files->name[LOOK_PREVIOUS], out);

	seen->local = result == 0 ? os_file_is_local(*out) : os_folder_is_local(files->name[LOOK_LOG].folder);
	seen->creations = count(files);
	return result;
}

static int
open_held(struct files *files, int slot, struct seen *seen, uv_file *out)
{
	*out = files->held[slot].file;
	seen->local = true;
	seen->slot = slot;
	return *out < 0 ? UV_EBADF : 0;
}

static void
look_at(struct files *files, const struct look *look, struct seen *seen)
{
	uv_file file = -1;
	int result = 0;

	*seen = (struct seen){ .slot = -1, .age = -1 };
	let_go(files, look->held);
	switch (look->place) {
	case LOOK_LOG: result = open_log(files, seen, &file); break;
	case LOOK_PREVIOUS: result = open_previous(files, seen, &file); break;
	case LOOK_HELD: result = open_held(files, look->slot, seen, &file); break;
	}
	if (result == 0 && !seen->local)
		os_file_ask_server(file);
	if (result == 0 && seen->slot < 0)
		file = hold(files, file, look, seen);
	if (result == 0)
		result = see(files, file, look, seen);
	if (file >= 0 && seen->slot < 0)
		os_close(file);
	seen->as = seen_as(result);
	seen->error = result;
}

/* ---- as a worker ---- */

static void
answer_look(void *state, void *data)
{
	struct look_mailbox *mailbox = data;

	look_at(state, &mailbox->look, &mailbox->seen);
}

static void
answer_error(void *data, int error)
{
	struct look_mailbox *mailbox = data;

	mailbox->seen = (struct seen){ .as = SEEN_FAILED, .error = error, .slot = -1, .age = -1 };
}

const struct worker_kind log_files_worker = { sizeof(struct look_mailbox), new_files, answer_look, free_files,
	                                      answer_error };
