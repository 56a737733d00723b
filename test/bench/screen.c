#include "bench/screen.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bench/site.h"

#define KEYS  60
#define TICK  0.05 /* seconds between two moments of the busy site */
#define BUSY  10.0 /* seconds that it is watched */
#define QUIET 15.0 /* … and one where nothing happens */

static void
drain(struct dashboard *dashboard, double seconds)
{
	while (dashboard_take(dashboard, seconds_now() + seconds))
		continue;
}

/* From the key to the last byte of what it changed: a screen is written in one go. */
static double
press(struct dashboard *dashboard, const char *key)
{
	double pressed, shown;

	drain(dashboard, 0.03);
	pressed = seconds_now();
	if (write(dashboard->fd, key, strlen(key)) != (ssize_t)strlen(key)
	    || !dashboard_take(dashboard, pressed + PATIENCE))
		dashboard_give_up(dashboard, key);
	shown = seconds_now();
	while (dashboard_take(dashboard, seconds_now() + 0.004))
		shown = seconds_now();
	return shown - pressed;
}

static void
print_keys(const char *what, double *seconds, int count, int aim)
{
	double worst = 0;
	int i;

	for (i = 0; i < count; i++)
		worst = seconds[i] > worst ? seconds[i] : worst;
	printf("%-38s %8.1f ms  aim %d; worst of %d %.1f\n", what, median(seconds, (size_t)count) * 1000, aim, count,
	       worst * 1000);
}

void
bench_keys(const char *cmtop, const char *folder, const struct truth *truth)
{
	/* Each of them changes the screen. */
	static const char *const moves[] = { "\t", "j", "\033[6~", "G", "g", "1" };
	static const char *const typed[] = { "S", "0", "1", "|", "T", "4", "\b", "\b", "\b", "3" };
	struct dashboard dashboard;
	double seconds[KEYS];
	int i;

	dashboard_start(&dashboard, cmtop, folder);
	dashboard_wait_for_truth(&dashboard, truth);
	for (i = 0; i < KEYS; i++)
		seconds[i] = press(&dashboard, moves[i % 6]);
	print_keys("key to terminal, 1,000,000 due", seconds, KEYS, 30);
	press(&dashboard, "/");
	for (i = 0; i < 10; i++)
		seconds[i] = press(&dashboard, typed[i]);
	print_keys("filter keystroke, the same", seconds, 10, 50);
	printf("  most memory                          %8.1f MiB aim 64\n", dashboard_peak(&dashboard));
	dashboard_stop(&dashboard);
}

/* ---- a busy site ---- */

static int64_t
clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* So much faster than ours the site's time goes that it logs a thousand lines a second. */
static double
pace_of(struct site *site)
{
	uint64_t lines = site->lines;

	site_run(site, sim_now(site->sim) + 10 * WHEN_SECOND);
	return 1000.0 * 10 / (double)(site->lines - lines);
}

void
bench_busy(const char *cmtop, const char *folder)
{
	int64_t opened = clock_now(), now;
	struct sim_options options = {
		.seed = 5,
		.start = opened - 30 * WHEN_MINUTE,
		.bias = 240,
		.all_sites = 100,
		.per_site = 5,
		.all_sites_line = true,
	};
	struct dashboard dashboard;
	struct site site;
	struct cost before, after;
	double pace, began;
	uint64_t lines;

	site_open(&site, folder, &options);
	site_run(&site, opened - 10 * WHEN_SECOND);
	pace = pace_of(&site);
	dashboard_start(&dashboard, cmtop, folder);
	if (!dashboard_wait(&dashboard, "sender ", seconds_now() + PATIENCE))
		dashboard_give_up(&dashboard, "sender");
	drain(&dashboard, 0.5);
	before = dashboard_cost(&dashboard);
	lines = site.lines;
	now = sim_now(site.sim);
	for (began = seconds_now(); seconds_now() - began < BUSY;) {
		site_run(&site, now + (int64_t)((seconds_now() - began) * 1000 * pace));
		while (dashboard_take(&dashboard, seconds_now() + TICK))
			continue;
	}
	after = dashboard_cost(&dashboard);
	printf("%5.0f lines/s, bytes to the terminal   %8.0f B/s aim 2000\n", (double)(site.lines - lines) / BUSY,
	       (double)(after.bytes - before.bytes) / BUSY);
	printf("  CPU                                  %8.2f %%   aim 2\n", (after.cpu - before.cpu) / BUSY * 100);
	dashboard_stop(&dashboard);
	site_close(&site);
}

/* ---- nothing to do ---- */

/* As if nothing had been written for a day: what has just rolled over is looked at more often. */
static void
make_old(const char *folder)
{
	char path[4096];
	struct timespec yesterday[2];
	struct dirent *entry;
	DIR *entries = opendir(folder);

	yesterday[0] = yesterday[1] = (struct timespec){ .tv_sec = time(NULL) - 24 * 60 * 60 };
	while (entries && (entry = readdir(entries)))
		if (entry->d_name[0] != '.') {
			snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
			utimensat(AT_FDCWD, path, yesterday, 0);
		}
	if (entries)
		closedir(entries);
}

void
bench_rest(const char *what, int aim, const char *cmtop, const char *folder, const char *far)
{
	struct dashboard dashboard;
	struct cost before, after;
	long long own;
	double until;

	make_old(far);
	dashboard_start(&dashboard, cmtop, folder);
	if (!dashboard_wait(&dashboard, "sender ", seconds_now() + PATIENCE))
		dashboard_give_up(&dashboard, "sender");
	for (until = seconds_now() + 6; dashboard_take(&dashboard, until);)
		continue;
	own = dashboard_wakeups(&dashboard);
	before = dashboard_cost(&dashboard);
	for (until = seconds_now() + QUIET; dashboard_take(&dashboard, until);)
		continue;
	after = dashboard_cost(&dashboard);
	own = dashboard_wakeups(&dashboard) - own;
	printf("%-38s %8.1f /s  aim %d; with its workers %.1f\n", what, (double)own / QUIET, aim,
	       (double)(after.wakeups - before.wakeups) / QUIET);
	printf("  CPU, with its workers                %8.3f %%  aim 0.1\n", (after.cpu - before.cpu) / QUIET * 100);
	printf("  bytes to the terminal                %8.0f B/s\n", (double)(after.bytes - before.bytes) / QUIET);
	dashboard_stop(&dashboard);
}
