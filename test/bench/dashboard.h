/*
 * The dashboard on a terminal of its own, looked at as a person would.
 */
#ifndef BENCH_DASHBOARD_H
#define BENCH_DASHBOARD_H

#include <stdbool.h>
#include <sys/types.h>

#include "bench/run.h"
#include "bench/vt.h"

#define PATIENCE 20.0 /* seconds */

struct dashboard {
	int fd;
	pid_t pid;
	struct vt vt;
	unsigned long long bytes; /* that it has written */
};

/* What the screen must say in the end. */
struct truth {
	unsigned used, limit;
	unsigned long long waiting;
};

void give_up(const char *why, const char *what); /* ends the program */
void rest(double seconds);

void dashboard_start(struct dashboard *dashboard, const char *program, const char *folder);
void dashboard_stop(struct dashboard *dashboard);
bool dashboard_take(struct dashboard *dashboard, double until); /* what is written next; false: nothing until then */
bool dashboard_wait(struct dashboard *dashboard, const char *text, double until); /* false: it is never shown */
void dashboard_wait_for_truth(struct dashboard *dashboard, const struct truth *truth);
void dashboard_give_up(struct dashboard *dashboard, const char *expected); /* prints the screen and ends the program */

void append_reading(int log, unsigned used, unsigned limit); /* to sender.log */

/* What it has cost so far: the program and its workers, all their threads. */
struct cost {
	double cpu;               /* seconds */
	long long wakeups;        /* a worker's waits for the file system's answers are such, too */
	unsigned long long bytes; /* to the terminal */
	double memory;            /* MiB that no other process has, now */
	unsigned files;           /* that are open now, */
	unsigned processes;       /* … and by how many */
};

struct cost dashboard_cost(const struct dashboard *dashboard);
long long dashboard_wakeups(const struct dashboard *dashboard); /* of the program alone */
double dashboard_peak(const struct dashboard *dashboard);       /* MiB of the program's memory */

#endif
