/*
 * The figures of cmtop, as a table:
 *
 *	bench CMTOP SIMLOG FOLDER [MEGABYTES [PAIRS]]
 *
 * The logs are those of a simulated site server, written to FOLDER. What the
 * dashboard shows is read from a terminal of its own and must be the truth.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run.h"
#include "vt.h"

#define SMALL   "2000000"  /* bytes of a log in the folder that is looked at */
#define STARTS  21
#define APPENDS 60
#define PATIENCE 20.0      /* seconds */
#define MOST_PAIRS 99

struct dashboard {
	int fd;
	pid_t pid;
	struct vt vt;
};

struct truth {
	unsigned used, limit;
	unsigned long long waiting;
};

static const char *cmtop, *simlog;

static void
give_up(const char *why, const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", why, what);
	exit(1);
}

/* ---- logs ---- */

static struct truth
write_logs(const char *folder, const char *bytes, const char *generations, const char *slots)
{
	const char *argv[] = { simlog, folder, bytes, generations, slots, NULL };
	char said[512];
	struct truth truth = { 0 };

	mkdir(folder, 0777);
	if (run_program(argv, said, sizeof said).status != 0 ||
	    sscanf(said, "used %u of %u, waiting %llu", &truth.used, &truth.limit, &truth.waiting) != 3)
		give_up("no logs", folder);
	return truth;
}

/* ---- a whole log ---- */

/* The output goes into a pipe: grep looks no further than the first match when nobody reads it. */
static struct measured
must_run(const char *const *argv)
{
	char out[256];
	struct measured measured = run_program(argv, out, sizeof out);

	if (measured.status != 0)
		give_up("failed", argv[0]);
	return measured;
}

static void
bench_whole_log(const char *path, size_t pairs)
{
	const char *ours[] = { cmtop, "--once", "--format=json", path, NULL };
	const char *grep[] = { "grep", "-c", "Wrote .* bytes to", path, NULL };
	double us[MOST_PAIRS], them[MOST_PAIRS], ratio[MOST_PAIRS];
	struct measured measured;
	struct stat log = { 0 };
	long peak = 0;
	size_t i;

	stat(path, &log);
	must_run(grep);  /* so that both find the log in memory */
	for (i = 0; i < pairs; i++) {
		measured = must_run(ours);
		us[i] = measured.seconds;
		peak = measured.peak > peak ? measured.peak : peak;
		them[i] = must_run(grep).seconds;
		ratio[i] = us[i] / them[i];
	}
	printf("sender.log of %3.0f MB to JSON           %8.3f s   %.0f MB/s\n", (double)log.st_size / 1e6, median(us, pairs),
	       (double)log.st_size / 1e6 / median(us, pairs));
	printf("grep -c 'Wrote .* bytes to' of it      %8.3f s\n", median(them, pairs));
	printf("  one against the other                %8.2f x   aim 1.00\n", median(ratio, pairs));
	printf("  most memory                          %8.2f MiB aim 8\n", (double)peak / 1024);
}

/* ---- the dashboard ---- */

static void
dashboard_start(struct dashboard *dashboard, const char *folder)
{
	const char *argv[] = { cmtop, folder, NULL };

	vt_reset(&dashboard->vt);
	dashboard->fd = run_on_terminal(argv, VT_WIDTH, VT_HEIGHT, &dashboard->pid);
	if (dashboard->fd < 0)
		give_up("no terminal", cmtop);
}

/* Reads until the screen shows it; false: never. */
static bool
dashboard_wait(struct dashboard *dashboard, const char *text, double until)
{
	struct pollfd ready = { .fd = dashboard->fd, .events = POLLIN };
	char bytes[65536];
	ssize_t n;

	while (!vt_shows(&dashboard->vt, text)) {
		double left = until - seconds_now();

		if (left <= 0 || poll(&ready, 1, (int)(left * 1000) + 1) < 0)
			return false;
		if (ready.revents == 0)
			continue;
		n = read(dashboard->fd, bytes, sizeof bytes);
		if (n <= 0)
			return false;
		vt_write(&dashboard->vt, bytes, (size_t)n);
	}
	return true;
}

static void
dashboard_stop(struct dashboard *dashboard)
{
	int status;

	kill(dashboard->pid, SIGTERM);
	close(dashboard->fd);
	waitpid(dashboard->pid, &status, 0);
}

static void
show_screen(const struct vt *vt)
{
	int y;

	for (y = 0; y < VT_HEIGHT; y++)
		fprintf(stderr, "%.*s\n", VT_WIDTH, vt->cell[y]);
}

static void
wait_for_truth(struct dashboard *dashboard, const struct truth *truth)
{
	char sender[64], queue[64];
	double until = seconds_now() + PATIENCE;

	snprintf(sender, sizeof sender, "sender %u/%u", truth->used, truth->limit);
	snprintf(queue, sizeof queue, "queue %llu ", truth->waiting);
	if (dashboard_wait(dashboard, sender, until) && dashboard_wait(dashboard, queue, until))
		return;
	show_screen(&dashboard->vt);
	dashboard_stop(dashboard);
	fprintf(stderr, "bench: the screen never said \"%s\" and \"%s\"\n", sender, queue);
	exit(1);
}

static void
bench_first_screen(const char *folder, const struct truth *truth)
{
	struct dashboard dashboard;
	double seconds[STARTS], worst = 0, started;
	int i;

	for (i = 0; i < STARTS; i++) {
		started = seconds_now();
		dashboard_start(&dashboard, folder);
		wait_for_truth(&dashboard, truth);
		seconds[i] = seconds_now() - started;
		worst = seconds[i] > worst ? seconds[i] : worst;
		dashboard_stop(&dashboard);
	}
	printf("LOGDIR of 2 MB logs to the first screen%8.1f ms  aim 30; worst of %d %.1f\n",
	       median(seconds, STARTS) * 1000, STARTS, worst * 1000);
}

static void
append_reading(int log, unsigned used, unsigned limit)
{
	time_t local = time(NULL) - 240 * 60;
	struct tm *at = gmtime(&local);
	char record[256], when[32];
	int size;

	strftime(when, sizeof when, "%m-%d-%Y %H:%M:%S", at);
	size = snprintf(record, sizeof record, "Checking for sending capacity.  Used %u out of %u.~  "
	                "$$<SMS_LAN_SENDER><%s.000+240><thread=6700 (0x1A2C)>\r\n", used, limit, when);
	if (write(log, record, (size_t)size) != size)
		give_up("cannot append", "sender.log");
}

static void
rest(double seconds)
{
	struct timespec pause = { 0, (long)(seconds * 1e9) };

	nanosleep(&pause, NULL);
}

/* Not in step with anything that the program does once in a while. */
static void
bench_append(const char *folder, const struct truth *truth)
{
	struct dashboard dashboard;
	double seconds[APPENDS], worst = 0, started;
	char path[1100], expected[64];
	unsigned i;
	int log;

	snprintf(path, sizeof path, "%s/sender.log", folder);
	log = open(path, O_WRONLY | O_APPEND);
	dashboard_start(&dashboard, folder);
	wait_for_truth(&dashboard, truth);
	rest(0.9);
	for (i = 0; i < APPENDS; i++) {
		snprintf(expected, sizeof expected, "sender %u/%u", truth->used, 700 + i);
		rest(0.150 + 0.013 * (double)(i * 7 % 11));
		started = seconds_now();
		append_reading(log, truth->used, 700 + i);
		if (!dashboard_wait(&dashboard, expected, started + PATIENCE)) {
			show_screen(&dashboard.vt);
			dashboard_stop(&dashboard);
			give_up("never shown", expected);
		}
		seconds[i] = seconds_now() - started;
		worst = seconds[i] > worst ? seconds[i] : worst;
	}
	dashboard_stop(&dashboard);
	close(log);
	printf("append to the terminal                 %8.1f ms  aim 10; worst of %d %.1f, aim 60\n",
	       median(seconds, APPENDS) * 1000, APPENDS, worst * 1000);
}

int
main(int argc, char **argv)
{
	char large[1024], small[1024], path[1100], bytes[32];
	size_t pairs = argc > 5 ? strtoul(argv[5], NULL, 10) : 7;
	struct truth truth;

	if (argc < 4 || pairs < 1 || pairs > MOST_PAIRS) {
		fputs("usage: bench CMTOP SIMLOG FOLDER [MEGABYTES [PAIRS]]\n", stderr);
		return 2;
	}
	cmtop = argv[1];
	simlog = argv[2];
	mkdir(argv[3], 0777);
	snprintf(large, sizeof large, "%s/large", argv[3]);
	snprintf(small, sizeof small, "%s/small", argv[3]);
	snprintf(bytes, sizeof bytes, "%s000000", argc > 4 ? argv[4] : "320");
	setvbuf(stdout, NULL, _IOLBF, 0);
	write_logs(large, bytes, "1", "50");
	snprintf(path, sizeof path, "%s/sender.log", large);
	bench_whole_log(path, pairs);
	truth = write_logs(small, SMALL, "2", "5");
	bench_first_screen(small, &truth);
	bench_append(small, &truth);
	unlink(path);  /* it is large and soon made again */
	return 0;
}
