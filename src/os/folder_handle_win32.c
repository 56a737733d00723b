/* Compiled for Windows only. */
#include "os/folder_handle.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <windows.h>

static int
error_now(void)
{
	return uv_translate_sys_error((int)GetLastError());
}

static HANDLE
handle_of(const struct place *place)
{
	return (HANDLE)place->folder;
}

/*
 * In nobody's way: whoever wants to may rename or remove it meanwhile. What is done in it goes
 * by its real path, so that no link that comes later is followed.
 */
static HANDLE
open_folder(const char *path, DWORD flags)
{
	return CreateFileA(path, FILE_READ_ATTRIBUTES, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
	                   OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | flags, NULL);
}

/* As libuv's st_dev and st_ino. */
static bool
id_of(HANDLE handle, struct place_id *out)
{
	BY_HANDLE_FILE_INFORMATION info;

	if (!GetFileInformationByHandle(handle, &info))
		return false;
	out->device = info.dwVolumeSerialNumber;
	out->inode = (uint64_t)info.nFileIndexHigh << 32 | info.nFileIndexLow;
	return true;
}

/* ---- where it is ---- */

/* "C:\a\b" becomes "C:\a", then "C:\"; false: there is nothing above. */
static bool
go_up(char *path)
{
	char *last = strrchr(path, '\\');

	if (!last || last[1] == '\0' || last == path || last[-1] == '\\')
		return false;
	last[last[-1] == ':' ? 1 : 0] = '\0';
	return true;
}

static void
find_ids(struct place *place)
{
	char path[PLACE_PATH];

	snprintf(path, sizeof(path), "%s", place->path);
	while (place->depth < PLACE_DEPTH && go_up(path)) {
		HANDLE above = open_folder(path, 0);

		if (above == INVALID_HANDLE_VALUE)
			continue;
		place->depth += id_of(above, &place->id[place->depth]);
		CloseHandle(above);
	}
}

int
place_where(struct place *place)
{
	DWORD size = GetFinalPathNameByHandleA(handle_of(place), place->path, sizeof(place->path), VOLUME_NAME_DOS);

	if (!size)
		return error_now();
	if (size >= sizeof(place->path))
		return UV_ENAMETOOLONG;
	if (!strncmp(place->path, "\\\\?\\UNC\\", 8))
		memmove(place->path + 1, place->path + 7, strlen(place->path + 7) + 1);
	else if (!strncmp(place->path, "\\\\?\\", 4))
		memmove(place->path, place->path + 4, strlen(place->path + 4) + 1);
	place->source[0] = '\0';
	if (!id_of(handle_of(place), &place->id[0]))
		return error_now();
	place->depth = 1;
	find_ids(place);
	return 0;
}

int
place_open(struct place *place, const char *folder)
{
	HANDLE handle = open_folder(folder, 0);
	BY_HANDLE_FILE_INFORMATION info;
	int result;

	if (handle == INVALID_HANDLE_VALUE)
		return error_now();
	place->folder = (intptr_t)handle;
	if (!GetFileInformationByHandle(handle, &info))
		result = error_now();
	else
		result = info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY ? place_where(place) : UV_ENOTDIR;
	if (result)
		place_close(place);
	return result;
}

void
place_close(struct place *place)
{
	CloseHandle(handle_of(place));
}

/* ---- what is in it ---- */

static int
join(const struct place *place, const char *name, char out[PLACE_PATH])
{
	size_t size = strlen(place->path);
	const char *between = size && place->path[size - 1] == '\\' ? "" : "\\";
	int length = snprintf(out, PLACE_PATH, "%s%s%s", place->path, between, name);

	return length < 0 || length >= PLACE_PATH ? UV_ENAMETOOLONG : 0;
}

int
place_look(const struct place *place, const char *name, struct place_entry *out)
{
	char path[PLACE_PATH];
	BY_HANDLE_FILE_INFORMATION info;
	HANDLE handle;
	int result = join(place, name, path);

	*out = (struct place_entry){ .kind = PLACE_NOTHING };
	if (result)
		return result;
	handle = open_folder(path, FILE_FLAG_OPEN_REPARSE_POINT);
	if (handle == INVALID_HANDLE_VALUE)
		return GetLastError() == ERROR_FILE_NOT_FOUND ? 0 : error_now();
	if (GetFileType(handle) != FILE_TYPE_DISK)
		out->kind = PLACE_DEVICE;
	else if (!GetFileInformationByHandle(handle, &info) || !id_of(handle, &out->id))
		result = error_now();
	else
		out->kind = info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT ? PLACE_LINK
		            : info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY   ? PLACE_FOLDER
		                                                                 : PLACE_FILE;
	out->mode = 0600;
	CloseHandle(handle);
	return result;
}

int
place_create(const struct place *place, const char *name, unsigned mode)
{
	char path[PLACE_PATH];
	int result = join(place, name, path), file;

	(void)mode; /* the folder's list of who may do what is inherited */
	if (result)
		return result;
	file = _open(path, _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
	return file < 0 ? uv_translate_sys_error((int)GetLastError()) : file;
}

int
place_make(const struct place *place, const char *name)
{
	char path[PLACE_PATH];
	int result = join(place, name, path);

	if (result)
		return result;
	return CreateDirectoryA(path, NULL) ? 0 : GetLastError() == ERROR_ALREADY_EXISTS ? UV_EEXIST : error_now();
}

int
place_remove(const struct place *place, const char *name)
{
	char path[PLACE_PATH];
	int result = join(place, name, path);

	return result ? result : DeleteFileA(path) ? 0 : error_now();
}

/* There are no modes here. */
void
place_make_like(uv_file file, const struct place_entry *entry)
{
	(void)file, (void)entry;
}

int
place_rename(const struct place *place, const char *from, const char *to, bool over)
{
	char old[PLACE_PATH], new[PLACE_PATH];
	int result = join(place, from, old);

	if (!result)
		result = join(place, to, new);
	if (result)
		return result;
	if (MoveFileExA(old, new, over ? MOVEFILE_REPLACE_EXISTING : 0))
		return 0;
	return GetLastError() == ERROR_ALREADY_EXISTS || GetLastError() == ERROR_FILE_EXISTS ? UV_EEXIST : error_now();
}
