/*
 * Looks at a dashboard as a person would, and is asked what it sees:
 *
 *	eyes CMTOP [ARGUMENT]...
 *
 * Questions come on standard input, one a line; each has one line for an answer, which
 * begins with "yes" or "no":
 *
 *	shows SECONDS TEXT     at the latest then; and after how many seconds
 *	hides SECONDS TEXT
 *	keys COUNT MOST        keys pressed, each must change the screen within MOST milliseconds,
 *	                       half of them; median, ninth of ten and worst
 *	clock SECONDS          the time of day in the first line goes on, second by second
 *	size WIDTH HEIGHT      the window is made as large, and drawn anew within a second
 *	press KEYS             no answer is waited for
 *	end KEYS | SIGNAL      it ends within a second: after how many
 *	screen                 goes to standard error
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/dashboard.h"

#define MOST_KEYS 1000

static struct dashboard dashboard;

static void
drain(double seconds)
{
	while (dashboard_take(&dashboard, seconds_now() + seconds))
		continue;
}

static bool
look_for(const char *question, bool shown)
{
	double seconds = 0, asked = seconds_now();
	int at = 0;

	if (sscanf(question, "%lf %n", &seconds, &at) < 1)
		return false;
	while (vt_shows(&dashboard.vt, question + at) != shown)
		if (!dashboard_take(&dashboard, asked + seconds) && seconds_now() >= asked + seconds)
			break;
	shown = vt_shows(&dashboard.vt, question + at) == shown;
	printf("%s %.1f\n", shown ? "yes" : "no", seconds_now() - asked);
	return true;
}

/* ---- keys ---- */

/* The help comes and goes; the last line is the last to be written. */
static double
press_and_see(const char *key, const char *last)
{
	double pressed = seconds_now();

	if (write(dashboard.fd, key, strlen(key)) != (ssize_t)strlen(key)
	    || !dashboard_wait(&dashboard, last, pressed + 5))
		return 1e9;
	return seconds_now() - pressed;
}

static int
smaller_first(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static bool
keys(const char *question)
{
	double seconds[MOST_KEYS], most = 0;
	int count = 0;

	if (sscanf(question, "%d %lf", &count, &most) != 2 || count < 1 || count > MOST_KEYS)
		return false;
	for (int i = 0; i < count; i++) {
		drain(0.02 + 0.013 * (i % 7)); /* not in step with anything */
		seconds[i] = (i % 2 ? press_and_see("q", "qQuit") : press_and_see("?", "qClose")) * 1000;
	}
	qsort(seconds, (size_t)count, sizeof *seconds, smaller_first);
	printf("%s median %.1f ms, nine of ten within %.1f, worst %.1f\n", seconds[count / 2] <= most ? "yes" : "no",
	       seconds[count / 2], seconds[count * 9 / 10], seconds[count - 1]);
	return true;
}

/* ---- clock and window ---- */

static bool
clock_goes(const char *question)
{
	double until = seconds_now() + atof(question);
	char first[VT_WIDTH];
	int changes = 0;

	while (seconds_now() < until) {
		memcpy(first, dashboard.vt.cell[0], VT_WIDTH);
		dashboard_take(&dashboard, until);
		changes += memcmp(first, dashboard.vt.cell[0], VT_WIDTH) != 0;
	}
	printf("%s %d changes\n", changes >= (int)atof(question) - 1 ? "yes" : "no", changes);
	return true;
}

static bool
resize(const char *question)
{
	struct winsize window = { 0 };
	unsigned long long before;
	double asked;

	if (sscanf(question, "%hu %hu", &window.ws_col, &window.ws_row) != 2)
		return false;
	drain(0.03);
	before = dashboard.bytes;
	vt_reset(&dashboard.vt);
	asked = seconds_now();
	ioctl(dashboard.fd, TIOCSWINSZ, &window);
	while (dashboard.bytes - before < 200 && seconds_now() < asked + 1)
		dashboard_take(&dashboard, asked + 1);
	printf("%s %.0f ms\n", dashboard.bytes - before >= 200 ? "yes" : "no", (seconds_now() - asked) * 1000);
	return true;
}

/* ---- its end ---- */

static bool
end(const char *question)
{
	static const struct {
		const char *name;
		int signum;
	} signals[] = { { "TERM", SIGTERM }, { "HUP", SIGHUP }, { "INT", SIGINT } };
	double asked = seconds_now();
	int status = 0, signum = 0;
	pid_t ended = 0;

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		if (strcmp(question, signals[i].name) == 0)
			signum = signals[i].signum;
	if (signum)
		kill(dashboard.pid, signum);
	else if (strcmp(question, "C-c") == 0 ? write(dashboard.fd, "\003", 1) != 1
	                                      : write(dashboard.fd, question, strlen(question)) < 0)
		return false;
	while (ended == 0 && seconds_now() < asked + 3) {
		dashboard_take(&dashboard, seconds_now() + 0.005);
		ended = waitpid(dashboard.pid, &status, WNOHANG);
	}
	printf("%s %.2f s, %s %d\n", ended > 0 && seconds_now() - asked <= 1 ? "yes" : "no", seconds_now() - asked,
	       WIFSIGNALED(status) ? "signal" : "code", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	if (ended > 0)
		dashboard.pid = 0;
	return true;
}

static bool
answer(char *question)
{
	char *what = question + strcspn(question, " ");

	if (*what)
		*what++ = '\0';
	if (strcmp(question, "shows") == 0 || strcmp(question, "hides") == 0)
		return look_for(what, question[0] == 's');
	if (strcmp(question, "keys") == 0)
		return keys(what);
	if (strcmp(question, "clock") == 0)
		return clock_goes(what);
	if (strcmp(question, "size") == 0)
		return resize(what);
	if (strcmp(question, "end") == 0)
		return end(what);
	if (strcmp(question, "press") == 0)
		return write(dashboard.fd, what, strlen(what)) > 0 && puts("yes") > 0;
	if (strcmp(question, "screen") == 0) {
		for (int y = 0; y < VT_HEIGHT; y++)
			fprintf(stderr, "| %.*s\n", VT_WIDTH, dashboard.vt.cell[y]);
		return puts("yes") > 0;
	}
	return false;
}

/* What the dashboard says is taken while nobody asks, or it would wait for us. */
static bool
next_question(char *question, size_t size)
{
	struct pollfd ready[] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = dashboard.fd, .events = POLLIN } };

	for (;;) {
		if (poll(ready, dashboard.pid ? 2 : 1, -1) < 0)
			return false;
		if (ready[0].revents)
			break;
		if (!dashboard_take(&dashboard, seconds_now() + 0.001))
			ready[1].fd = -1;
	}
	if (!fgets(question, (int)size, stdin))
		return false;
	question[strcspn(question, "\n")] = '\0';
	return true;
}

int
main(int argc, char **argv)
{
	char question[1024];

	if (argc < 2)
		return 2;
	setvbuf(stdin, NULL, _IONBF, 0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	vt_reset(&dashboard.vt);
	dashboard.fd = run_on_terminal((const char *const *)argv + 1, VT_WIDTH, VT_HEIGHT, &dashboard.pid);
	if (dashboard.fd < 0)
		return 1;
	while (next_question(question, sizeof question))
		if (!answer(question))
			puts("no such question");
	if (dashboard.pid) {
		kill(dashboard.pid, SIGKILL);
		waitpid(dashboard.pid, NULL, 0);
	}
	return 0;
}
