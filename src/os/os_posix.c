#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/time.h>
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

int
os_utc_offset(int64_t at)
{
	time_t seconds = (time_t)(at / 1000);
	struct tm here, there;
	int days;

	if (!localtime_r(&seconds, &here) || !gmtime_r(&seconds, &there))
		return 0;
	/* The two are less than two days apart: over a year's end the sign tells. */
	days = here.tm_year != there.tm_year ? (here.tm_year > there.tm_year ? 1 : -1) : here.tm_yday - there.tm_yday;
	return (days * 24 + here.tm_hour - there.tm_hour) * 60 + here.tm_min - there.tm_min;
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

/* ---- signals ---- */

void
os_raise(int signum)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t set;

	sigaction(signum, &action, NULL);
	sigemptyset(&set);
	sigaddset(&set, signum);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(signum);
}

int
os_stop_signal(void)
{
	return SIGTSTP;
}

int
os_continue_signal(void)
{
	return SIGCONT;
}

bool
os_suspend(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };

	if (os_is_ignored(SIGTSTP))
		return false;
	sigaction(SIGTSTP, &action, NULL);
	/* The whole group: whoever waits for us, such as make, must stop as well. */
	kill(0, SIGTSTP);
	return true;
}

static void (*restore_screen)(void);

/*
 * Not what a handler may do in general, but the program is at its end, and a
 * terminal left in raw mode would be worse.
 */
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
	static const int signums[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
	struct sigaction action = { .sa_handler = on_crash };

	restore_screen = restore;
	for (size_t i = 0; i < sizeof(signums) / sizeof(signums[0]); i++) {
		struct sigaction old;

		/* A sanitizer's own handlers stay. */
		if (!sigaction(signums[i], NULL, &old) && old.sa_handler == SIG_DFL)
			sigaction(signums[i], &action, NULL);
	}
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
os_ignore_failed_writes(void)
{
	struct sigaction action = { .sa_handler = SIG_IGN };

	sigaction(SIGPIPE, &action, NULL);
	sigaction(SIGXFSZ, &action, NULL); /* a limit on the size of files is an error as a full disk is, and no end */
}

bool
os_is_ignored(int signum)
{
	struct sigaction action;

	return !sigaction(signum, NULL, &action) && action.sa_handler == SIG_IGN;
}

/* ---- the end, in any case ---- */

#define END_WITHIN 60000 /* microseconds */
#define LAST_MOST  4

static struct {
	void (*last[LAST_MOST])(void);
	int count;
	void (*heard[NSIG])(int signum); /* whose handler a signal was */
	volatile sig_atomic_t begun, signum, code;
} status;

static void
end_now(int signum)
{
	(void)signum;
	for (int i = 0; i < status.count; i++)
		status.last[i]();
	if (status.signum)
		os_raise(status.signum);
	_exit(status.code);
}

void
os_end_soon(int signum, int code)
{
	const struct itimerval once = { .it_value = { .tv_usec = END_WITHIN } };
	struct sigaction action = { .sa_handler = end_now };

	if (status.begun)
		return;
	status.begun = 1;
	status.signum = signum;
	status.code = code;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &once, NULL);
}

void
os_before_end(void (*last)(void))
{
	if (status.count < LAST_MOST)
		status.last[status.count++] = last;
}

void
os_remove(const char *path)
{
	if (path[0] && unlink(path) < 0)
		rmdir(path);
}

static void
hear_and_insist(int signum)
{
	int kept = errno;

	os_end_soon(signum, 0);
	status.heard[signum](signum);
	errno = kept;
}

void
os_insist(int signum)
{
	struct sigaction action;

	if (sigaction(signum, NULL, &action) || (action.sa_flags & SA_SIGINFO) || action.sa_handler == SIG_DFL
	    || action.sa_handler == SIG_IGN || action.sa_handler == hear_and_insist)
		return;
	status.heard[signum] = action.sa_handler;
	action.sa_handler = hear_and_insist;
	sigaction(signum, &action, NULL);
}

static volatile sig_atomic_t ended;

static void
remember_end(int signum)
{
	ended = signum;
	os_end_soon(signum, 0);
}

void
os_catch_end(void)
{
	static const int signums[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = remember_end, .sa_flags = SA_RESTART };

	for (size_t i = 0; i < sizeof(signums) / sizeof(signums[0]); i++)
		if (!os_is_ignored(signums[i]))
			sigaction(signums[i], &action, NULL);
}

int
os_ended(void)
{
	return ended;
}

void
os_exit_now(int code)
{
	_exit(code);
}

void
os_use_locale(void)
{
	setlocale(LC_CTYPE, "");
}
