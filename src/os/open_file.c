#include "os/open_file.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "os/file_calls.h"

int
opening_strangeness(uint64_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG: return 0;
	case S_IFDIR: return OPENING_FOLDER;
	case S_IFIFO: return OPENING_FIFO;
#ifdef S_IFSOCK
	case S_IFSOCK: return OPENING_SOCKET;
#endif
	default: return OPENING_DEVICE;
	}
}

/* Neither waiting for a writer nor becoming the owner of a terminal, should the name have become such a thing. */
static int
open_path(const char *path)
{
	uv_fs_t request;
	int result = uv_fs_open(NULL, &request, path, UV_FS_O_RDONLY | UV_FS_O_NONBLOCK | UV_FS_O_NOCTTY, 0, NULL);

	uv_fs_req_cleanup(&request);
	return result;
}

/* What was opened, not what was looked at before. */
static int
strangeness_of(uv_file file)
{
	uv_stat_t stat;
	int result = os_fstat(file, &stat);

	return result == 0 ? opening_strangeness(stat.st_mode) : result;
}

/* Looked at before it is opened: to open a device may do something to it. */
int
opening_stream(const char *path, uv_file *out, bool *pipe)
{
	uv_stat_t stat;
	int result = os_stat(path, &stat), file;

	if (result < 0)
		return result == UV_ENOENT && os_lstat(path, &stat) == 0 && os_is_link(&stat) ? OPENING_DANGLING
		                                                                              : result;
	result = opening_strangeness(stat.st_mode);
	if (result && result != OPENING_FIFO)
		return result;
	file = open_path(path);
	if (file < 0)
		return file;
	result = strangeness_of(file);
	*pipe = result == OPENING_FIFO;
	if (result && !*pipe)
		os_close(file);
	else
		*out = file;
	return *pipe ? 0 : result;
}

int
opening_file(const char *path, uv_file *out)
{
	uv_file file = -1;
	bool pipe = false;
	uv_stat_t stat;
	int result = os_stat(path, &stat);

	/* A FIFO is not even opened: its writer would take us for its reader. */
	if (result == 0 && opening_strangeness(stat.st_mode) == OPENING_FIFO)
		return OPENING_FIFO;
	result = opening_stream(path, &file, &pipe);
	if (result)
		return result;
	if (pipe) {
		os_close(file);
		return OPENING_FIFO;
	}
	*out = file;
	return 0;
}

char *
opening_text(const char *path, size_t most)
{
	char *text = malloc(most + 1);
	uv_file file = -1;
	size_t size = 0;
	int got = 1;

	if (!text || opening_file(path, &file)) {
		free(text);
		return NULL;
	}
	while (size < most && got > 0) {
		got = os_read(file, text + size, most - size, -1);
		size += got > 0 ? (size_t)got : 0;
	}
	os_close(file);
	text[size] = '\0';
	return text;
}

const char *
opening_error_text(int error)
{
	switch (error) {
	case 0: return "";
	case OPENING_DANGLING: return "symbolic link to a file that does not exist";
	case OPENING_FOLDER: return "is a folder, not a log";
	case OPENING_FIFO: return "is a FIFO, not a log";
	case OPENING_DEVICE: return "is a device, not a log";
	case OPENING_SOCKET: return "is a socket, not a log";
	case OPENING_SILENT: return "is a FIFO that nobody writes to (for standard input, use '-')";
	case OPENING_CUT: return "became shorter while it was read";
	case OPENING_UTF32: return "UTF-32, not read";
	}
	return uv_strerror(error);
}
