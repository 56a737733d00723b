#include "os/os.h"

#include "os/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HELD_MOST 65536 /* bytes of standard error kept: what a pipe holds */

bool
os_is_terminal(int fd)
{
	return isatty(fd);
}

bool
os_window_size(int *width, int *height)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col || !size.ws_row)
		return false;
	*width = size.ws_col;
	*height = size.ws_row;
	return true;
}

bool
os_is_utf8(void)
{
	const char *codeset = nl_langinfo(CODESET);

	return !strcmp(codeset, "UTF-8") || !strcmp(codeset, "utf8");
}

uint64_t
os_thread_time(void)
{
	struct timespec spent;

	if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent))
		return 0;
	return (uint64_t)spent.tv_sec * 1000000000u + (uint64_t)spent.tv_nsec;
}

int64_t
clock_passed(void)
{
	struct timespec now;

#ifdef CLOCK_BOOTTIME
	if (clock_gettime(CLOCK_BOOTTIME, &now) == 0)
		return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
#endif
	if (clock_gettime(CLOCK_MONOTONIC, &now) == 0)
		return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
	return (int64_t)(uv_hrtime() / 1000000);
}

/*
 * libuv makes what it watches non-blocking, and with it everybody who shares the
 * terminal or the pipe: our own output, and the shell afterwards. Watching does
 * not need that.
 */
static int
watch_blocking(uv_loop_t *loop, uv_poll_t *poll, int fd)
{
	int result = uv_poll_init(loop, poll, fd);
	int flags = fcntl(fd, F_GETFL);

	if (!result && flags != -1)
		fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
	return result;
}

/* ---- keys ---- */

static struct {
	FILE *file;
	uv_poll_t poll;
	bool open;
	void (*ready)(void *payload, bool lost);
	void *payload;
} keyboard;

FILE *
os_keyboard(void)
{
	if (keyboard.file)
		return keyboard.file;
	keyboard.file = isatty(STDIN_FILENO) ? stdin : fopen("/dev/tty", "r");
	return keyboard.file;
}

/*
 * A terminal that has gone away is always readable and has nothing to read.
 */
static bool
is_lost(int fd)
{
	struct pollfd look = { .fd = fd, .events = POLLIN };
	int waiting = 0;

	if (poll(&look, 1, 0) <= 0)
		return false;
	if (look.revents & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return (look.revents & POLLIN) && (ioctl(fd, FIONREAD, &waiting) || !waiting);
}

static void
keys_ready(uv_poll_t *handle, int status, int events)
{
	(void)handle;
	(void)events;
	keyboard.ready(keyboard.payload, false);
	if (keyboard.open && (status < 0 || is_lost(fileno(keyboard.file))))
		keyboard.ready(keyboard.payload, true);
}

int
os_keys_open(uv_loop_t *loop, void (*ready)(void *payload, bool lost), void *payload)
{
	FILE *file = os_keyboard();
	int result;

	if (!file)
		return UV_ENOTTY;
	keyboard.ready = ready;
	keyboard.payload = payload;
	result = watch_blocking(loop, &keyboard.poll, fileno(file));
	if (result)
		return result;
	keyboard.open = true;
	return uv_poll_start(&keyboard.poll, UV_READABLE, keys_ready);
}

void
os_keys_close(void)
{
	if (!keyboard.open)
		return;
	keyboard.open = false;
	uv_close((uv_handle_t *)&keyboard.poll, NULL);
}

/* ---- whoever reads our output ---- */

static struct {
	uv_poll_t poll;
	bool open;
	void (*gone)(void *payload);
	void *payload;
} listener;

static void
reader_gone(uv_poll_t *handle, int status, int events)
{
	(void)status;
	(void)events;
	uv_poll_stop(handle);
	listener.gone(listener.payload);
}

void
os_reader_open(uv_loop_t *loop, void (*gone)(void *payload), void *payload)
{
	struct stat out;

	if (fstat(STDOUT_FILENO, &out) || !(S_ISFIFO(out.st_mode) || S_ISSOCK(out.st_mode)))
		return;
	if (watch_blocking(loop, &listener.poll, STDOUT_FILENO))
		return;
	listener.open = true;
	listener.gone = gone;
	listener.payload = payload;
	uv_poll_start(&listener.poll, UV_DISCONNECT, reader_gone);
	uv_unref((uv_handle_t *)&listener.poll);
}

void
os_reader_close(void)
{
	if (!listener.open)
		return;
	listener.open = false;
	uv_close((uv_handle_t *)&listener.poll, NULL);
}

/* ---- standard error while the screen is up ---- */

static struct {
	int kept; /* the real one; 0: nothing is held */
	int pipe[2];
} held;

void
os_hold_errors(void)
{
	/* Not when it goes elsewhere: there it disturbs nobody. */
	if (held.kept || !isatty(STDERR_FILENO) || pipe(held.pipe))
		return;
	fflush(stderr);
	held.kept = dup(STDERR_FILENO);
	for (int i = 0; i < 2; i++) {
		fcntl(held.pipe[i], F_SETFD, FD_CLOEXEC);
		fcntl(held.pipe[i], F_SETFL, O_NONBLOCK); /* when it is full, the rest is dropped */
	}
	dup2(held.pipe[1], STDERR_FILENO);
}

void
os_release_errors(void)
{
	char text[4096];
	ssize_t size;

	if (!held.kept)
		return;
	fflush(stderr);
	dup2(held.kept, STDERR_FILENO);
	close(held.kept);
	held.kept = 0;
	while ((size = read(held.pipe[0], text, sizeof(text))) > 0)
		if (write(STDERR_FILENO, text, (size_t)size) < 0)
			break;
	close(held.pipe[0]);
	close(held.pipe[1]);
}

/* Standard input is opened for writing and the others for reading: using them is an error, as before. */
void
os_open_standard(void)
{
	static const int ways[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", ways[fd]) != fd)
			_exit(1);
}

void
os_use_locale(void)
{
	setlocale(LC_CTYPE, "");
}
