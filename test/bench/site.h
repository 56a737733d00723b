/*
 * A simulated site whose logs are files in a folder.
 */
#ifndef BENCH_SITE_H
#define BENCH_SITE_H

#include <stdio.h>

#include "cmtop/sim.h"

struct site {
	struct sim *sim;
	const char *folder;
	FILE *file[SIM_LOG_COUNT];
	uint64_t size[SIM_LOG_COUNT];
	uint64_t lines; /* of all logs */
	bool failed;    /* something could not be written */
};

void site_open(struct site *site, const char *folder,
               const struct sim_options *options); /* ends the program when it cannot */
bool site_close(struct site *site);                /* false: not all of it could be written */
void site_run(struct site *site, int64_t until);   /* … and all that was logged is in the files */
void site_roll(struct site *site, enum sim_log log);

/* One line: "used 5 of 5, waiting 2705, …". What waits is what the newest list says, where there is one. */
void site_print_truth(const struct site *site);

#endif
