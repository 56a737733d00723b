/* Windows would ask GetFileInformationByHandleEx(FileRemoteProtocolInfo) and GetDriveType(). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* statx() */
#endif

#include "os/file_system.h"

#include "cmtop/count_of.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

/* A relative path is none, says the XDG Base Directory Specification. */
bool
os_state_home(char *out, size_t size)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int length = 0;

	if (state && state[0] == '/')
		length = snprintf(out, size, "%s", state);
	else if (home && home[0] == '/')
		length = snprintf(out, size, "%s/.local/state", home);
	return length > 0 && (size_t)length < size;
}

void
os_file_wait(uv_file file, int milliseconds)
{
	struct pollfd look = { .fd = file, .events = POLLIN };

	poll(&look, 1, milliseconds);
}

#ifdef __linux__

#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/vfs.h>

/* Numbers from linux/magic.h and the file systems' own headers. */
static const unsigned long networks[] = {
	0x6969,     /* NFS */
	0x517b,     /* SMB */
	0xff534d42, /* CIFS */
	0xfe534d42, /* SMB 2 and later */
	0x65735546, /* FUSE: sshfs, smbnetfs, virtiofs */
	0x01021997, /* 9p: Windows folders under WSL */
	0x5346414f, /* AFS */
	0x6b414653, /* kAFS */
	0x73757245, /* Coda */
	0x564c,     /* NCP */
	0x00c36400, /* Ceph */
	0x0bd00bd0, /* Lustre */
	0x47504653, /* GPFS */
	0x7461636f, /* OCFS2 */
	0x01161970, /* GFS2 */
	0x19830326, /* BeeGFS */
	0x786f4256, /* VirtualBox shared folders */
	0xbacbacbc, /* VMware shared folders */
	0x7c7c6673, /* Parallels shared folders */
};

static bool
is_local(const struct statfs *fs)
{
	unsigned long type = (unsigned long)fs->f_type & 0xffffffff;

	for (size_t i = 0; i < COUNT_OF(networks); i++)
		if (type == networks[i])
			return false;
	return true;
}

bool
os_file_is_local(uv_file file)
{
	struct statfs fs;

	return fstatfs(file, &fs) == 0 && is_local(&fs);
}

bool
os_folder_is_local(const char *path)
{
	struct statfs fs;

	return statfs(path, &fs) == 0 && is_local(&fs);
}

void
os_file_ask_server(uv_file file)
{
#ifdef STATX_SIZE
	struct statx fresh;

	/* For its effect on what fstat() and read() go by: an error will be theirs too. */
	if (statx(file, "", AT_EMPTY_PATH | AT_STATX_FORCE_SYNC, STATX_BASIC_STATS, &fresh) < 0)
		return;
#else
	(void)file;
#endif
}

#else

/* Not known how to ask: what holds for a share holds everywhere, only slower. */
bool
os_file_is_local(uv_file file)
{
	(void)file;
	return false;
}

bool
os_folder_is_local(const char *path)
{
	(void)path;
	return false;
}

void
os_file_ask_server(uv_file file)
{
	(void)file;
}

#endif
