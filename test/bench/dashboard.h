/*
 * The dashboard on a terminal of its own, looked at as a person would.
 */
#ifndef BENCH_DASHBOARD_H
#define BENCH_DASHBOARD_H

#include <stdbool.h>
#include <sys/types.h>

#include "run.h"
#include "vt.h"

#define PATIENCE 20.0  /* seconds */

struct dashboard {
	int fd;
	pid_t pid;
	struct vt vt;
	unsigned long long bytes;  /* that it has written */
};

/* What the screen must say in the end. */
struct truth {
	unsigned used, limit;
	unsigned long long waiting;
};

void give_up(const char *why, const char *what);  /* ends the program */
void rest(double seconds);

void dashboard_start(struct dashboard *dashboard, const char *program, const char *folder);
void dashboard_stop(struct dashboard *dashboard);
bool dashboard_take(struct dashboard *dashboard, double until);  /* what is written next; false: nothing until then */
bool dashboard_wait(struct dashboard *dashboard, const char *text, double until);  /* false: it is never shown */
void dashboard_wait_for_truth(struct dashboard *dashboard, const struct truth *truth);
void dashboard_give_up(struct dashboard *dashboard, const char *expected);  /* prints the screen and ends the program */

/* -1 where the system does not tell. */
double    dashboard_cpu(const struct dashboard *dashboard);      /* seconds, of all threads */
long long dashboard_wakeups(const struct dashboard *dashboard);  /* of the main thread */
double    dashboard_peak(const struct dashboard *dashboard);     /* MiB of memory */

#endif
