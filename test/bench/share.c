#include "bench/share.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "bench/screen.h"

#define CHANGES 41
#define POLL    1000.0 /* milliseconds: what a network file system is looked at by itself */

/* At moments that spread over the poll. */
static void
bench_change(const char *name, const char *cmtop, const char *folder, const char *far, const struct truth *truth)
{
	struct dashboard dashboard;
	double seconds[CHANGES], worst = 0, written;
	char path[1100], expected[64], what[64];
	unsigned i;
	int log;

	snprintf(path, sizeof path, "%s/sender.log", far);
	log = open(path, O_WRONLY | O_APPEND);
	dashboard_start(&dashboard, cmtop, folder);
	dashboard_wait_for_truth(&dashboard, truth);
	for (i = 0; i < CHANGES; i++) {
		rest(0.3 + POLL / 1000 * (double)(i * 13 % CHANGES) / CHANGES);
		snprintf(expected, sizeof expected, "sender %u/%u", truth->used, 700 + i);
		written = seconds_now();
		append_reading(log, truth->used, 700 + i);
		if (!dashboard_wait(&dashboard, expected, written + PATIENCE))
			dashboard_give_up(&dashboard, expected);
		seconds[i] = seconds_now() - written;
		worst = seconds[i] > worst ? seconds[i] : worst;
	}
	dashboard_stop(&dashboard);
	close(log);
	snprintf(what, sizeof what, "%s: written there to seen here", name);
	printf("%-38s %8.0f ms  aim %.0f; worst of %d %.0f\n", what, median(seconds, CHANGES) * 1000, 0.6 * POLL,
	       CHANGES, worst * 1000);
}

void
bench_share(const char *name, const char *cmtop, const char *folder, const char *far, const struct truth *truth)
{
	char what[64];

	bench_change(name, cmtop, folder, far, truth);
	snprintf(what, sizeof what, "%s at rest: wake-ups", name);
	bench_rest(what, 6, cmtop, folder, far);
}
