/*
 * A file system that takes its time, for a program that reads its logs through it:
 *
 *	LD_PRELOAD=slow.so SLOW_MS=10 SLOW_HANG=FILE SLOW_NOTES=FOLDER cmtop …
 *
 * Each large read takes so many milliseconds more, and none comes back as long as
 * FILE is there. When two of the same file are under way at once, FOLDER gets a
 * file "twice".
 */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define LARGE 100000 /* bytes: reads of heads and tails go as ever */

static void
rest(long milliseconds)
{
	struct timespec moment = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&moment, NULL);
}

/* A folder for each file that is being read: there cannot be two of the same name. */
static void
note_reader(int file, const char *notes, char *mark, size_t room)
{
	struct stat stat;
	char twice[4096];

	fstat(file, &stat);
	snprintf(mark, room, "%s/%llu", notes, (unsigned long long)stat.st_ino);
	snprintf(twice, sizeof twice, "%s/twice", notes);
	if (mkdir(mark, 0777) != 0 && errno == EEXIST)
		close(open(twice, O_WRONLY | O_CREAT, 0666));
}

static ssize_t
read_slowly(int file, void *bytes, size_t size, off_t offset)
{
	const char *delay = getenv("SLOW_MS"), *hang = getenv("SLOW_HANG"), *notes = getenv("SLOW_NOTES");
	char mark[4096];

	if (size < LARGE)
		return syscall(SYS_pread64, file, bytes, size, offset);
	if (notes)
		note_reader(file, notes, mark, sizeof mark);
	if (delay)
		rest(atol(delay));
	while (hang && access(hang, F_OK) == 0)
		rest(20);
	if (notes)
		rmdir(mark);
	return syscall(SYS_pread64, file, bytes, size, offset);
}

ssize_t
pread(int file, void *bytes, size_t size, off_t offset)
{
	return read_slowly(file, bytes, size, offset);
}

ssize_t
pread64(int file, void *bytes, size_t size, off_t offset)
{
	return read_slowly(file, bytes, size, offset);
}
