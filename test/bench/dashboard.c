#include "dashboard.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run.h"

void
give_up(const char *why, const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", why, what);
	exit(1);
}

void
rest(double seconds)
{
	struct timespec pause = { (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9) };

	nanosleep(&pause, NULL);
}

void
dashboard_start(struct dashboard *dashboard, const char *program, const char *folder)
{
	const char *argv[] = { program, folder, NULL };

	vt_reset(&dashboard->vt);
	dashboard->bytes = 0;
	dashboard->fd = run_on_terminal(argv, VT_WIDTH, VT_HEIGHT, &dashboard->pid);
	if (dashboard->fd < 0)
		give_up("no terminal", program);
}

bool
dashboard_take(struct dashboard *dashboard, double until)
{
	struct pollfd ready = { .fd = dashboard->fd, .events = POLLIN };
	double left = until - seconds_now();
	char bytes[65536];
	ssize_t n;

	if (left <= 0 || poll(&ready, 1, (int)(left * 1000) + 1) <= 0)
		return false;
	n = read(dashboard->fd, bytes, sizeof bytes);
	if (n <= 0)
		return false;
	vt_write(&dashboard->vt, bytes, (size_t)n);
	dashboard->bytes += (unsigned long long)n;
	return true;
}

bool
dashboard_wait(struct dashboard *dashboard, const char *text, double until)
{
	while (!vt_shows(&dashboard->vt, text))
		if (!dashboard_take(dashboard, until) && seconds_now() >= until)
			return false;
	return true;
}

void
dashboard_stop(struct dashboard *dashboard)
{
	int status;

	kill(dashboard->pid, SIGTERM);
	while (dashboard_take(dashboard, seconds_now() + 0.2))
		continue;
	close(dashboard->fd);
	waitpid(dashboard->pid, &status, 0);
}

void
dashboard_give_up(struct dashboard *dashboard, const char *expected)
{
	int y;

	for (y = 0; y < VT_HEIGHT; y++)
		fprintf(stderr, "%.*s\n", VT_WIDTH, dashboard->vt.cell[y]);
	dashboard_stop(dashboard);
	give_up("never shown", expected);
}

void
dashboard_wait_for_truth(struct dashboard *dashboard, const struct truth *truth)
{
	char sender[64], queue[64];
	double until = seconds_now() + PATIENCE;

	snprintf(sender, sizeof sender, "sender %u/%u", truth->used, truth->limit);
	snprintf(queue, sizeof queue, "queue %llu ", truth->waiting);
	if (!dashboard_wait(dashboard, sender, until))
		dashboard_give_up(dashboard, sender);
	if (!dashboard_wait(dashboard, queue, until))
		dashboard_give_up(dashboard, queue);
}

/* ---- what it costs, as Linux tells ---- */

/* The number behind `label` in a file of /proc/PID; -1: none. */
static long long
number_of(pid_t pid, const char *file, const char *label)
{
	char path[64], line[512];
	long long number = -1;
	FILE *in;

	snprintf(path, sizeof path, "/proc/%ld/%s", (long)pid, file);
	in = fopen(path, "r");
	while (in && fgets(line, sizeof line, in))
		if (strncmp(line, label, strlen(label)) == 0)
			number = atoll(line + strlen(label));
	if (in)
		fclose(in);
	return number;
}

double
dashboard_cpu(const struct dashboard *dashboard)
{
	char path[64], line[1024];
	unsigned long user = 0, kernel = 0;
	const char *rest_of_it;
	FILE *in;

	snprintf(path, sizeof path, "/proc/%ld/stat", (long)dashboard->pid);
	in = fopen(path, "r");
	if (!in)
		return -1;
	rest_of_it = fgets(line, sizeof line, in) ? strrchr(line, ')') : NULL;
	fclose(in);
	if (!rest_of_it || sscanf(rest_of_it, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2)
		return -1;
	return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

long long
dashboard_wakeups(const struct dashboard *dashboard)
{
	return number_of(dashboard->pid, "status", "voluntary_ctxt_switches:");
}

double
dashboard_peak(const struct dashboard *dashboard)
{
	return (double)number_of(dashboard->pid, "status", "VmHWM:") / 1024;
}
