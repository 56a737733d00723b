/*
 * A console has no signals for its keys and cannot be polled by the loop: so it is
 * looked at by the clock. Compiled for Windows only.
 */
#include "os/os.h"

#include "os/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <locale.h>
#include <stdlib.h>
#include <time.h>
#include <windows.h>

#define KEYS_EVERY 20 /* milliseconds: nobody types faster */

bool
os_is_terminal(int fd)
{
	DWORD mode;

	return GetConsoleMode((HANDLE)_get_osfhandle(fd), &mode) != 0;
}

bool
os_window_size(int *width, int *height)
{
	CONSOLE_SCREEN_BUFFER_INFO info;

	if (!GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info))
		return false;
	*width = info.srWindow.Right - info.srWindow.Left + 1;
	*height = info.srWindow.Bottom - info.srWindow.Top + 1;
	return true;
}

bool
os_is_utf8(void)
{
	return GetConsoleOutputCP() == CP_UTF8;
}

uint64_t
os_thread_time(void)
{
	FILETIME made, ended, system, user;

	if (!GetThreadTimes(GetCurrentThread(), &made, &ended, &system, &user))
		return 0;
	return ((((uint64_t)system.dwHighDateTime + user.dwHighDateTime) << 32) + system.dwLowDateTime
	        + user.dwLowDateTime)
	       * 100;
}

int64_t
clock_passed(void)
{
	return (int64_t)GetTickCount64();
}

/* ---- keys ---- */

static struct {
	FILE *file;
	uv_timer_t timer;
	bool open;
	void (*ready)(void *payload, bool lost);
	void *payload;
} keyboard;

FILE *
os_keyboard(void)
{
	if (!keyboard.file)
		keyboard.file = os_is_terminal(0) ? stdin : fopen("CONIN$", "r");
	return keyboard.file;
}

static void
look_for_keys(uv_timer_t *timer)
{
	DWORD waiting;
	bool there = GetNumberOfConsoleInputEvents((HANDLE)_get_osfhandle(_fileno(keyboard.file)), &waiting) != 0;

	(void)timer;
	if (!there || waiting)
		keyboard.ready(keyboard.payload, !there);
}

int
os_keys_open(uv_loop_t *loop, void (*ready)(void *payload, bool lost), void *payload)
{
	if (!os_keyboard())
		return UV_ENOTTY;
	keyboard.ready = ready;
	keyboard.payload = payload;
	keyboard.open = true;
	uv_timer_init(loop, &keyboard.timer);
	return uv_timer_start(&keyboard.timer, look_for_keys, KEYS_EVERY, KEYS_EVERY);
}

void
os_keys_close(void)
{
	if (!keyboard.open)
		return;
	keyboard.open = false;
	uv_close((uv_handle_t *)&keyboard.timer, NULL);
}

/* Nothing tells that a pipe's reader has gone; the next write does. */
void
os_reader_open(uv_loop_t *loop, void (*gone)(void *payload), void *payload)
{
	(void)loop, (void)gone, (void)payload;
}

void
os_reader_close(void)
{
}

/* ---- standard error while the screen is up ---- */

static struct {
	FILE *file; /* where it goes meanwhile; NULL: nothing is held */
	int kept;   /* the real one */
} held;

void
os_hold_errors(void)
{
	if (held.file || !os_is_terminal(2))
		return;
	held.file = tmpfile(); /* gone when it is closed */
	if (!held.file)
		return;
	fflush(stderr);
	held.kept = _dup(2);
	_dup2(_fileno(held.file), 2);
}

void
os_release_errors(void)
{
	char text[4096];
	size_t size;

	if (!held.file)
		return;
	fflush(stderr);
	_dup2(held.kept, 2);
	_close(held.kept);
	rewind(held.file);
	while ((size = fread(text, 1, sizeof(text), held.file)) > 0)
		fwrite(text, 1, size, stderr);
	fclose(held.file);
	held.file = NULL;
}

void
os_open_standard(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (_get_osfhandle(fd) < 0 && _open("NUL", fd == 0 ? _O_WRONLY : _O_RDONLY) != fd)
			_exit(1);
}

void
os_use_locale(void)
{
	setlocale(LC_CTYPE, "");
}
