#include "bench/run.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

double
seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
exec(const char *const *argv)
{
	execvp(argv[0], (char *const *)argv);
	perror(argv[0]);
	_exit(127);
}

static void
take_output(int fd, char *out, size_t size)
{
	char scrap[4096];
	size_t have = 0;
	ssize_t n;

	while ((n = read(fd, have + 1 < size ? out + have : scrap, have + 1 < size ? size - 1 - have : sizeof scrap))
	       > 0)
		if (have + 1 < size)
			have += (size_t)n;
	out[have] = '\0';
}

struct measured
run_program(const char *const *argv, char *out, size_t size)
{
	struct measured measured = { 0 };
	struct rusage usage;
	double started = seconds_now();
	int pipes[2];
	pid_t pid;

	if (pipe(pipes) != 0)
		exit(1);
	pid = fork();
	if (pid < 0)
		exit(1);
	if (pid == 0) {
		dup2(pipes[1], STDOUT_FILENO);
		close(pipes[0]);
		close(pipes[1]);
		exec(argv);
	}
	close(pipes[1]);
	take_output(pipes[0], out, size);
	close(pipes[0]);
	wait4(pid, &measured.status, 0, &usage);
	measured.seconds = seconds_now() - started;
	measured.peak = usage.ru_maxrss;
	return measured;
}

int
run_on_terminal(const char *const *argv, int width, int height, pid_t *pid)
{
	struct winsize window = { .ws_row = (unsigned short)height, .ws_col = (unsigned short)width };
	int near = posix_openpt(O_RDWR | O_NOCTTY), far;
	const char *name;

	if (near < 0 || grantpt(near) != 0 || unlockpt(near) != 0 || !(name = ptsname(near)))
		return -1;
	far = open(name, O_RDWR | O_NOCTTY);
	ioctl(near, TIOCSWINSZ, &window);
	*pid = fork();
	if (*pid == 0) {
		setsid();
		ioctl(far, TIOCSCTTY, 0);
		dup2(far, STDIN_FILENO);
		dup2(far, STDOUT_FILENO);
		dup2(far, STDERR_FILENO);
		close(near);
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		exec(argv);
	}
	close(far);
	return *pid < 0 ? -1 : near;
}

static int
smaller_first(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double
median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, smaller_first);
	return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}
