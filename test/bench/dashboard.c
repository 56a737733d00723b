#include "bench/dashboard.h"

#include <ctype.h>
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/run.h"

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

void
append_reading(int log, unsigned used, unsigned limit)
{
	time_t local = time(NULL) - 240 * 60;
	struct tm *at = gmtime(&local);
	char record[256], when[32];
	int size;

	strftime(when, sizeof when, "%m-%d-%Y %H:%M:%S", at);
	size = snprintf(record, sizeof record,
	                "Checking for sending capacity.  Used %u out of %u.~  "
	                "$$<SMS_LAN_SENDER><%s.000+240><thread=6700 (0x1A2C)>\r\n",
	                used, limit, when);
	if (write(log, record, (size_t)size) != size)
		give_up("cannot append", "sender.log");
}

/* ---- what it costs, as Linux tells ---- */

/* The number behind `label` in a file of /proc, or the first there is; -1: none. */
static long long
number_of(const char *path, const char *label)
{
	char line[512];
	long long number = -1;
	FILE *in = fopen(path, "r");

	while (in && fgets(line, sizeof line, in))
		if (strncmp(line, label, strlen(label)) == 0)
			number = atoll(line + strlen(label));
	if (in)
		fclose(in);
	return number;
}

static long
parent_of(const char *process)
{
	char path[300], line[1024];
	const char *rest_of_it;
	long parent = -1;
	FILE *in;

	snprintf(path, sizeof path, "/proc/%s/stat", process);
	in = fopen(path, "r");
	if (!in)
		return -1;
	rest_of_it = fgets(line, sizeof line, in) ? strrchr(line, ')') : NULL;
	fclose(in);
	if (!rest_of_it || sscanf(rest_of_it, ") %*c %ld", &parent) != 1)
		return -1;
	return parent;
}

/* All threads of a process. */
static void
add_cost(const char *process, struct cost *out)
{
	char folder[300], path[600];
	struct dirent *thread;
	DIR *threads;

	snprintf(folder, sizeof folder, "/proc/%s/task", process);
	threads = opendir(folder);
	while (threads && (thread = readdir(threads)))
		if (isdigit((unsigned char)thread->d_name[0])) {
			snprintf(path, sizeof path, "%s/%s/schedstat", folder, thread->d_name);
			out->cpu += (double)number_of(path, "") / 1e9;
			snprintf(path, sizeof path, "%s/%s/status", folder, thread->d_name);
			out->wakeups += number_of(path, "voluntary_ctxt_switches:");
		}
	if (threads)
		closedir(threads);
}

/* What a process holds at this moment. */
static void
add_holdings(const char *process, struct cost *out)
{
	char path[300];
	struct dirent *file;
	DIR *files;

	out->processes++;
	snprintf(path, sizeof path, "/proc/%s/smaps_rollup", process);
	out->memory += (double)number_of(path, "Pss:") / 1024;
	snprintf(path, sizeof path, "/proc/%s/fd", process);
	files = opendir(path);
	while (files && (file = readdir(files)))
		out->files += file->d_name[0] != '.';
	if (files)
		closedir(files);
}

struct cost
dashboard_cost(const struct dashboard *dashboard)
{
	struct cost cost = { .bytes = dashboard->bytes };
	struct dirent *process;
	DIR *processes = opendir("/proc");

	while (processes && (process = readdir(processes)))
		if (isdigit((unsigned char)process->d_name[0])
		    && (atol(process->d_name) == dashboard->pid || parent_of(process->d_name) == dashboard->pid)) {
			add_cost(process->d_name, &cost);
			add_holdings(process->d_name, &cost);
		}
	if (processes)
		closedir(processes);
	return cost;
}

long long
dashboard_wakeups(const struct dashboard *dashboard)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%ld/status", (long)dashboard->pid);
	return number_of(path, "voluntary_ctxt_switches:");
}

double
dashboard_peak(const struct dashboard *dashboard)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%ld/status", (long)dashboard->pid);
	return (double)number_of(path, "VmHWM:") / 1024;
}
