/* Compiled for Windows only. */
#include "os/file_system.h"

#include <stdio.h>
#include <windows.h>

bool
os_state_home(char *out, size_t size)
{
	char state[MAX_PATH];
	DWORD length = GetEnvironmentVariableA("XDG_STATE_HOME", state, sizeof(state));

	if (length == 0)
		length = GetEnvironmentVariableA("LOCALAPPDATA", state, sizeof(state));
	return length > 0 && length < sizeof(state) && (size_t)snprintf(out, size, "%s", state) < size;
}

/* A name by the drive it is on: "C:\…" is a disk, "Z:\…" and "\\server\…" may be a share. */
static bool
is_local_path(const char *path)
{
	char root[MAX_PATH];
	UINT type;

	if (!GetVolumePathNameA(path, root, sizeof(root)))
		return false;
	type = GetDriveTypeA(root);
	return type == DRIVE_FIXED || type == DRIVE_RAMDISK;
}

bool
os_file_is_local(uv_file file)
{
	char path[4096];
	DWORD size = GetFinalPathNameByHandleA((HANDLE)uv_get_osfhandle(file), path, sizeof(path), VOLUME_NAME_DOS);

	return size > 0 && size < sizeof(path) && is_local_path(path);
}

bool
os_folder_is_local(const char *path)
{
	return is_local_path(path);
}

/* The redirector knows the size that came with the opening. */
void
os_file_ask_server(uv_file file)
{
	(void)file;
}

/* Nothing tells that a pipe has something. */
void
os_file_wait(uv_file file, int milliseconds)
{
	(void)file;
	Sleep(milliseconds < 5 ? (DWORD)milliseconds : 5);
}
