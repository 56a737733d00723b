#include "os/signals.h"

#include "cmtop/count_of.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/time.h>
#include <unistd.h>

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
	for (size_t i = 0; i < COUNT_OF(signums); i++) {
		struct sigaction old;

		/* A sanitizer's own handlers stay. */
		if (!sigaction(signums[i], NULL, &old) && old.sa_handler == SIG_DFL)
			sigaction(signums[i], &action, NULL);
	}
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
	void (*handler[NSIG])(int signum); /* whose handler a signal was */
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
handle_and_insist(int signum)
{
	int kept = errno;

	os_end_soon(signum, 0);
	status.handler[signum](signum);
	errno = kept;
}

void
os_insist(int signum)
{
	struct sigaction action;

	if (sigaction(signum, NULL, &action) || (action.sa_flags & SA_SIGINFO) || action.sa_handler == SIG_DFL
	    || action.sa_handler == SIG_IGN || action.sa_handler == handle_and_insist)
		return;
	status.handler[signum] = action.sa_handler;
	action.sa_handler = handle_and_insist;
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

	for (size_t i = 0; i < COUNT_OF(signums); i++)
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
