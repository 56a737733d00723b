#include "os/file_calls.h"

#include <sys/stat.h>

static int
take_stat(uv_fs_t *request, int result, uv_stat_t *out)
{
	*out = request->statbuf;
	uv_fs_req_cleanup(request);
	return result;
}

int
os_stat(const char *path, uv_stat_t *out)
{
	uv_fs_t request;

	return take_stat(&request, uv_fs_stat(NULL, &request, path, NULL), out);
}

int
os_lstat(const char *path, uv_stat_t *out)
{
	uv_fs_t request;

	return take_stat(&request, uv_fs_lstat(NULL, &request, path, NULL), out);
}

int
os_fstat(uv_file file, uv_stat_t *out)
{
	uv_fs_t request;

	return take_stat(&request, uv_fs_fstat(NULL, &request, file, NULL), out);
}

bool
os_is_regular(const uv_stat_t *stat)
{
	return (stat->st_mode & S_IFMT) == S_IFREG;
}

bool
os_is_folder(const uv_stat_t *stat)
{
	return (stat->st_mode & S_IFMT) == S_IFDIR;
}

bool
os_is_link(const uv_stat_t *stat)
{
	return (stat->st_mode & S_IFMT) == S_IFLNK;
}

int
os_read(uv_file file, char *bytes, size_t size, int64_t offset)
{
	uv_buf_t buffer = uv_buf_init(bytes, (unsigned)size);
	uv_fs_t request;
	int result = uv_fs_read(NULL, &request, file, &buffer, 1, offset, NULL);

	uv_fs_req_cleanup(&request);
	return result;
}

void
os_close(uv_file file)
{
	uv_fs_t request;

	uv_fs_close(NULL, &request, file, NULL);
	uv_fs_req_cleanup(&request);
}
