/*
 * Writes the logs of a simulated site server:
 *
 *	simlog FOLDER BYTES [GENERATIONS [SLOTS [SEED]]]
 *
 * until sender.log holds so many bytes; with two generations it has rolled over
 * to sender.lo_ once before. distmgr.log goes along. What is true at the end is
 * printed as one line.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/sim.h"

#define START INT64_C(1785430980000)  /* 2026-07-30 17:03 UTC */

struct output {
	FILE    *file[SIM_LOG_COUNT];
	uint64_t size;    /* of sender.log */
	bool     failed;
};

static void
put(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct output *output = payload;

	(void)at;
	if (fwrite(bytes, 1, size, output->file[log]) != size)
		output->failed = true;
	if (log == SIM_SENDER)
		output->size += size;
}

static FILE *
create(const char *folder, const char *name)
{
	char path[1024];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "wb");
	if (!file) {
		perror(path);
		exit(1);
	}
	setvbuf(file, NULL, _IOFBF, 1 << 16);
	return file;
}

static void
roll_over(struct output *output, const char *folder)
{
	char from[1024], to[1024];

	fputs("<MAXIMUM LOG FILE SIZE REACHED - FILE RENAMED>\r\n", output->file[SIM_SENDER]);
	fclose(output->file[SIM_SENDER]);
	snprintf(from, sizeof from, "%s/sender.log", folder);
	snprintf(to, sizeof to, "%s/sender.lo_", folder);
	rename(from, to);
	output->file[SIM_SENDER] = create(folder, "sender.log");
	output->size = 0;
}

static void
say_truth(const struct sim *sim)
{
	struct sim_truth truth;

	sim_truth(sim, &truth);
	printf("used %" PRIu32 " of %" PRIu32 ", waiting %" PRIu64 ", running %" PRIu64 ", done %" PRIu64 ", failed %" PRIu64
	       ", bytes %" PRIu64 ", package threads %" PRIu32 " of %" PRIu32 "\n", truth.used, truth.all_sites, truth.waiting,
	       truth.running, truth.done, truth.failed, truth.bytes, truth.package_threads_used, truth.package_threads);
}

int
main(int argc, char **argv)
{
	struct sim_options options = { .start = START, .bias = 240, .all_sites_line = true };
	struct output output = { .size = 0 };
	struct sim_sink sink = { put, &output };
	uint64_t bytes = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
	int generations = argc > 3 ? atoi(argv[3]) : 1;
	struct sim *sim;

	if (bytes == 0) {
		fputs("usage: simlog FOLDER BYTES [GENERATIONS [SLOTS [SEED]]]\n", stderr);
		return 2;
	}
	options.all_sites = argc > 4 ? (uint32_t)atoi(argv[4]) : 0;
	options.seed = argc > 5 ? strtoull(argv[5], NULL, 10) : 8;
	options.backlog = 3000 + (uint32_t)(bytes / 50000);  /* enough to do, however large the log */
	output.file[SIM_SENDER] = create(argv[1], "sender.log");
	output.file[SIM_DISTMGR] = create(argv[1], "distmgr.log");
	sim = sim_new(&options);
	if (!sim)
		return 1;
	for (;;) {
		while (output.size < bytes)
			sim_run(sim, sim_now(sim) + WHEN_SECOND, &sink);
		if (--generations <= 0)
			break;
		roll_over(&output, argv[1]);
	}
	say_truth(sim);
	sim_free(sim);
	if (fclose(output.file[SIM_SENDER]) != 0 || fclose(output.file[SIM_DISTMGR]) != 0 || output.failed) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}
