#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create() */
#endif

#include "term/terminal_way.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cmtop/count_of.h"

#define PATH      256
#define SLOW_MOST 19200 /* baud: a terminal that says more says nothing */

/*
 * Whoever makes a terminal non-blocking does so for all who share it, the shell among them.
 * So it is opened once more, where it may be.
 */
int
terminal_way_open(bool *shared)
{
	const int how = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	char path[PATH];
	int way = -1;

	if (ttyname_r(STDOUT_FILENO, path, sizeof(path)) == 0)
		way = open(path, how);
	if (way < 0 && tcgetsid(STDOUT_FILENO) == getsid(0)) /* it is the same one, which may be opened by that name */
		way = open("/dev/tty", how);
	*shared = way < 0;
	return way < 0 ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0) : way;
}

unsigned
terminal_way_speed(const struct termios *modes)
{
	/* clang-format off */
	static const struct { speed_t named; unsigned baud; } slow[] = {
		{ B300, 300 }, { B600, 600 }, { B1200, 1200 }, { B2400, 2400 }, { B4800, 4800 }, { B9600, 9600 },
		{ B19200, SLOW_MOST },
	};
	/* clang-format on */

	for (size_t i = 0; i < COUNT_OF(slow); i++)
		if (cfgetospeed(modes) == slow[i].named)
			return slow[i].baud / 10;
	return 0;
}

int
terminal_memory_open(void)
{
#ifdef MFD_CLOEXEC
	int memory = memfd_create("cmtop", MFD_CLOEXEC);

	if (memory >= 0)
		return memory;
#endif
	FILE *file = tmpfile();
	int copy = file ? fcntl(fileno(file), F_DUPFD_CLOEXEC, 0) : -1;

	if (file)
		fclose(file);
	return copy;
}
