/*
 * The figures of cmtop, as a table:
 *
 *	bench CMTOP SIMLOG FOLDER [MEGABYTES [PAIRS]]
 *	bench share NAME CMTOP SIMLOG FOLDER FAR
 *
 * The logs are those of a simulated site server, written to FOLDER. What the
 * dashboard shows is read from a terminal of its own and must be the truth. On a
 * share FOLDER is where it is seen, and FAR where it is written.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bench/dashboard.h"
#include "bench/forecast_timing.h"
#include "bench/screen.h"
#include "bench/share.h"
#include "bench/soak.h"

#define SMALL      "2000000" /* bytes of a log in the folder that is looked at */
#define STARTS     21
#define APPENDS    60
#define HISTORIES  5
#define MOST_PAIRS 99

static const char *cmtop, *simlog;

/* ---- logs ---- */

static struct truth
write_logs(const char *folder, const char *first, const char *second, const char *third)
{
	const char *argv[] = { simlog, folder, first, second, third, NULL };
	char printed[512];
	struct truth truth = { 0 };

	mkdir(folder, 0777);
	if (run_program(argv, printed, sizeof printed).status != 0
	    || sscanf(printed, "used %u of %u, waiting %llu", &truth.used, &truth.limit, &truth.waiting) != 3)
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
	must_run(grep); /* so that both find the log in memory */
	for (i = 0; i < pairs; i++) {
		measured = must_run(ours);
		us[i] = measured.seconds;
		peak = measured.peak > peak ? measured.peak : peak;
		them[i] = must_run(grep).seconds;
		ratio[i] = us[i] / them[i];
	}
	printf("sender.log of %3.0f MB to JSON           %8.3f s   %.0f MB/s\n", (double)log.st_size / 1e6,
	       median(us, pairs), (double)log.st_size / 1e6 / median(us, pairs));
	printf("grep -c 'Wrote .* bytes to' of it      %8.3f s\n", median(them, pairs));
	printf("  one against the other                %8.2f x   aim 1.00\n", median(ratio, pairs));
	printf("  most memory                          %8.2f MiB aim 8\n", (double)peak / 1024);
}

/* ---- the dashboard ---- */

static void
bench_first_screen(const char *what, const char *folder, const struct truth *truth)
{
	struct dashboard dashboard;
	double seconds[STARTS], worst = 0, started;
	int i;

	for (i = 0; i < STARTS; i++) {
		started = seconds_now();
		dashboard_start(&dashboard, cmtop, folder);
		dashboard_wait_for_truth(&dashboard, truth);
		seconds[i] = seconds_now() - started;
		worst = seconds[i] > worst ? seconds[i] : worst;
		dashboard_stop(&dashboard);
	}
	printf("%-38s %8.1f ms  aim 30; worst of %d %.1f\n", what, median(seconds, STARTS) * 1000, STARTS,
	       worst * 1000);
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
	dashboard_start(&dashboard, cmtop, folder);
	dashboard_wait_for_truth(&dashboard, truth);
	rest(0.9);
	for (i = 0; i < APPENDS; i++) {
		snprintf(expected, sizeof expected, "sender %u/%u", truth->used, 700 + i);
		rest(0.150 + 0.013 * (double)(i * 7 % 11));
		started = seconds_now();
		append_reading(log, truth->used, 700 + i);
		if (!dashboard_wait(&dashboard, expected, started + PATIENCE)) {
			dashboard_give_up(&dashboard, expected);
		}
		seconds[i] = seconds_now() - started;
		worst = seconds[i] > worst ? seconds[i] : worst;
	}
	dashboard_stop(&dashboard);
	close(log);
	printf("append to the terminal                 %8.1f ms  aim 10; worst of %d %.1f, aim 60\n",
	       median(seconds, APPENDS) * 1000, APPENDS, worst * 1000);
}

/*
 * Logs of hundreds of megabytes: how soon the newest record is on the screen, and how
 * soon all that was before it has been read too, as a plain reading would.
 */
static void
bench_history(const char *folder, struct truth truth)
{
	const char *plain[] = { cmtop, "--once", "--format=json", folder, NULL };
	struct dashboard dashboard;
	double first[HISTORIES], full[HISTORIES], plainly[HISTORIES], worst = 0, peak = 0, started;
	char path[1100], newest[64];
	int i, log;

	snprintf(path, sizeof path, "%s/sender.log", folder);
	log = open(path, O_WRONLY | O_APPEND);
	truth.limit = 700; /* as no record before the newest says */
	append_reading(log, truth.used, truth.limit);
	close(log);
	snprintf(newest, sizeof newest, "sender %u/%u", truth.used, truth.limit);
	for (i = 0; i < HISTORIES; i++) {
		plainly[i] = must_run(plain).seconds;
		started = seconds_now();
		dashboard_start(&dashboard, cmtop, folder);
		if (!dashboard_wait(&dashboard, newest, started + PATIENCE))
			dashboard_give_up(&dashboard, newest);
		first[i] = seconds_now() - started;
		worst = first[i] > worst ? first[i] : worst;
		dashboard_wait_for_truth(&dashboard, &truth);
		while (vt_shows(&dashboard.vt, "reading history"))
			if (!dashboard_take(&dashboard, started + PATIENCE))
				dashboard_give_up(&dashboard, "all of the history");
		full[i] = seconds_now() - started;
		peak = dashboard_peak(&dashboard) > peak ? dashboard_peak(&dashboard) : peak;
		dashboard_stop(&dashboard);
	}
	printf("that folder: its newest on the screen  %8.1f ms  aim 100; worst of %d %.1f\n",
	       median(first, HISTORIES) * 1000, HISTORIES, worst * 1000);
	printf("  all of it on the screen              %8.3f s   a snapshot takes %.3f\n", median(full, HISTORIES),
	       median(plainly, HISTORIES));
	printf("  most memory                          %8.1f MiB\n", peak);
}

/* What waits as a plain read of the folder tells it: without sched.log that is the count of due lines. */
static unsigned long
plainly_read(const char *folder)
{
	char command[4096], line[65536];
	unsigned long waiting = 0;
	const char *at;
	FILE *snapshot;

	snprintf(command, sizeof command, "'%s' --once --format=json '%s'", cmtop, folder);
	snapshot = popen(command, "r");
	while (snapshot && fgets(line, sizeof line, snapshot))
		if ((at = strstr(line, "\"backlog\"")) && (at = strstr(at, "\"waiting\": ")))
			waiting = strtoul(at + strlen("\"waiting\": "), NULL, 10);
	if (snapshot)
		pclose(snapshot);
	return waiting;
}

static void
forget(const char *folder, const char *name)
{
	char path[1100];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	unlink(path);
}

int
main(int argc, char **argv)
{
	char large[1024], two[1024], small[1024], due[1024], busy[1024], path[1100], bytes[32];
	size_t pairs = argc > 5 ? strtoul(argv[5], NULL, 10) : 7;
	struct truth truth;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 5 && strcmp(argv[1], "soak") == 0)
		return bench_soak(argv[2], argv[3], atof(argv[4]) / 60, atof(argv[4])) ? 0 : 1;
	if (argc == 7 && strcmp(argv[1], "share") == 0) {
		cmtop = argv[3];
		simlog = argv[4];
		truth = write_logs(argv[6], SMALL, "2", "5");
		bench_share(argv[2], cmtop, argv[5], argv[6], &truth);
		return 0;
	}
	if (argc < 4 || pairs < 1 || pairs > MOST_PAIRS) {
		fputs("usage: bench CMTOP SIMLOG FOLDER [MEGABYTES [PAIRS]]\n"
		      "       bench share NAME CMTOP SIMLOG FOLDER FAR\n"
		      "       bench soak CMTOP FOLDER SECONDS\n",
		      stderr);
		return 2;
	}
	cmtop = argv[1];
	simlog = argv[2];
	mkdir(argv[3], 0777);
	snprintf(large, sizeof large, "%s/large", argv[3]);
	snprintf(small, sizeof small, "%s/small", argv[3]);
	snprintf(bytes, sizeof bytes, "%s000000", argc > 4 ? argv[4] : "320");
	truth = write_logs(large, bytes, "1", "50");
	snprintf(path, sizeof path, "%s/sender.log", large);
	bench_whole_log(path, pairs);
	bench_history(large, truth);
	snprintf(two, sizeof two, "%s/two", argv[3]);
	truth = write_logs(two, SMALL, "1", "5");
	forget(two, "sched.log");
	forget(two, "PkgXferMgr.log");
	forget(two, "PkgXferMgr.lo_");
	truth.waiting = plainly_read(two);
	bench_first_screen("two logs of 2 MB to the first screen", two, &truth);
	truth = write_logs(small, SMALL, "2", "5");
	bench_first_screen("four logs, eight files of 2 MB", small, &truth);
	bench_append(small, &truth);
	unlink(path); /* it is large and soon made again */
	snprintf(due, sizeof due, "%s/due", argv[3]);
	truth = write_logs(due, "due", "2500", "400");
	bench_keys(cmtop, due, &truth);
	snprintf(path, sizeof path, "%s/distmgr.log", due);
	unlink(path);
	snprintf(busy, sizeof busy, "%s/busy", argv[3]);
	mkdir(busy, 0777);
	bench_busy(cmtop, busy);
	bench_rest("at rest: wake-ups", 3, cmtop, small, small);
	bench_forecast_timing();
	snprintf(busy, sizeof busy, "%s/soak", argv[3]);
	bench_soak(cmtop, busy, 1, 60);
	return 0;
}
