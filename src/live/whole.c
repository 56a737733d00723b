#include "whole.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uv.h>

#define PATH_BYTES 4096

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

/* Of this process alone: two that keep the same file may not share what is half written. */
static int
name_beside(const char *path, char out[PATH_BYTES])
{
	int size = snprintf(out, PATH_BYTES, "%s.%ld.new", path, (long)uv_os_getpid());

	return size < 0 || size >= PATH_BYTES ? UV_ENAMETOOLONG : 0;
}

static int
forget(const char *path)
{
	uv_fs_t request;
	int result = uv_fs_unlink(NULL, &request, path, NULL);

	uv_fs_req_cleanup(&request);
	return result;
}

/* The descriptor, or a negative libuv error. */
static int
create(const char *path, int mode)
{
	uv_fs_t request;
	int result = uv_fs_open(NULL, &request, path, UV_FS_O_WRONLY | UV_FS_O_CREAT | UV_FS_O_EXCL, mode, NULL);

	uv_fs_req_cleanup(&request);
	return result;
}

static int
write_all(int file, const char *text, size_t size)
{
	while (size) {
		uv_buf_t buffer = uv_buf_init((char *)text, (unsigned)(size < 1 << 20 ? size : 1 << 20));
		uv_fs_t request;
		int result = uv_fs_write(NULL, &request, file, &buffer, 1, -1, NULL);

		uv_fs_req_cleanup(&request);
		if (result <= 0)
			return result ? result : UV_EIO;
		text += result;
		size -= (size_t)result;
	}
	return 0;
}

/* Some file systems say only now that there was no room. */
static int
finish(int file)
{
	uv_fs_t request;
	int result = uv_fs_fsync(NULL, &request, file, NULL), closed;

	uv_fs_req_cleanup(&request);
	closed = uv_fs_close(NULL, &request, file, NULL);
	uv_fs_req_cleanup(&request);
	return result ? result : closed;
}

static int
put_in_place(const char *from, const char *to)
{
	uv_fs_t request;
	int result = uv_fs_rename(NULL, &request, from, to, NULL);

	uv_fs_req_cleanup(&request);
	return result;
}

/* A device or a folder is not to be replaced by a file. */
static int
may_replace(const char *path)
{
	uv_fs_t request;
	int result = uv_fs_stat(NULL, &request, path, NULL);
	uint64_t kind = request.statbuf.st_mode & S_IFMT;

	uv_fs_req_cleanup(&request);
	if (result == UV_ENOENT)
		return 0;
	if (result)
		return result;
	return kind == S_IFREG ? 0 : kind == S_IFDIR ? UV_EISDIR : UV_EINVAL;
}

int
whole_write(const struct whole *whole, const char *path, int mode)
{
	char beside[PATH_BYTES];
	int result = name_beside(path, beside), file, finished;

	if (whole->no_memory)
		return UV_ENOMEM;
	if (!result)
		result = may_replace(path);
	if (result)
		return result;
	forget(beside);
	file = create(beside, mode);
	if (file < 0)
		return file;
	result = write_all(file, whole->text, whole->size);
	finished = finish(file);
	if (!result)
		result = finished;
	if (!result)
		result = put_in_place(beside, path);
	if (result)
		forget(beside);
	return result;
}

int
whole_try(const char *path)
{
	char beside[PATH_BYTES];
	int result = name_beside(path, beside), file;

	if (!result)
		result = may_replace(path);
	if (result)
		return result;
	forget(beside);
	file = create(beside, 0600);
	if (file < 0)
		return file;
	result = finish(file);
	forget(beside);
	return result;
}
