/* Signals, of which there are few here. Compiled for Windows only. */
#include "os/signals.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <windows.h>

int
os_stop_signal(void)
{
	return 0;
}

int
os_continue_signal(void)
{
	return 0;
}

bool
os_suspend(void)
{
	return false;
}

static void (*restore_screen)(void);

static void
on_crash(int signum)
{
	void (*restore)(void) = restore_screen;

	restore_screen = NULL;
	if (restore)
		restore();
	os_raise(signum);
}

void
os_on_crash(void (*restore)(void))
{
	restore_screen = restore;
	signal(SIGABRT, on_crash);
	signal(SIGSEGV, on_crash);
	signal(SIGFPE, on_crash);
	signal(SIGILL, on_crash);
}

void
os_raise(int signum)
{
	signal(signum, SIG_DFL);
	raise(signum);
	_exit(128 + signum); /* one that only the loop knows, as when the window was closed */
}

void
os_ignore_failed_writes(void)
{
}

bool
os_is_ignored(int signum)
{
	(void)signum;
	return false;
}

static volatile sig_atomic_t ended;

static void
remember_end(int signum)
{
	ended = signum;
}

void
os_catch_end(void)
{
	signal(SIGINT, remember_end);
	signal(SIGTERM, remember_end);
}

int
os_ended(void)
{
	return ended;
}

/* A console that is closed ends its programs by itself. */
void
os_insist(int signum)
{
	(void)signum;
}

void
os_end_soon(int signum, int code)
{
	(void)signum, (void)code;
}

void
os_before_end(void (*last)(void))
{
	(void)last;
}

void
os_remove(const char *path)
{
	if (path[0] && !DeleteFileA(path))
		RemoveDirectoryA(path);
}

void
os_exit_now(int code)
{
	_exit(code);
}
