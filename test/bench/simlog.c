/*
 * Writes the logs of a simulated site server:
 *
 *	simlog FOLDER BYTES [GENERATIONS [SLOTS [SEED]]]
 *
 * until sender.log holds so many bytes; with two generations it has rolled over
 * to sender.lo_ once before, and the other logs whenever they are as large. Or
 * no more than what falls due, one minijob for each of so many sites and packages:
 *
 *	simlog FOLDER due PACKAGES SITES
 *
 * What is true at the end is printed as one line.
 */
#include <stdlib.h>
#include <string.h>

#include "bench/site.h"

#define START INT64_C(1785430980000) /* 2026-07-30 17:03 UTC */

static int
usage(void)
{
	fputs("usage: simlog FOLDER BYTES [GENERATIONS [SLOTS [SEED]]]\n"
	      "       simlog FOLDER due PACKAGES SITES\n",
	      stderr);
	return 2;
}

static void
roll_full_ones(struct site *site, uint64_t full)
{
	int log;

	for (log = 0; log < SIM_LOG_COUNT; log++)
		if (log != SIM_SENDER && site->size[log] >= full)
			site_roll(site, (enum sim_log)log);
}

static int
write_site(int argc, char **argv)
{
	struct sim_options options = { .start = START, .bias = 240, .all_sites_line = true };
	uint64_t bytes = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
	int generations = argc > 3 ? atoi(argv[3]) : 1;
	struct site site;

	if (bytes == 0)
		return usage();
	options.all_sites = argc > 4 ? (uint32_t)atoi(argv[4]) : 0;
	options.seed = argc > 5 ? strtoull(argv[5], NULL, 10) : 8;
	options.backlog = 3000 + (uint32_t)(bytes / 50000); /* enough to do, however large the log */
	site_open(&site, argv[1], &options);
	for (;;) {
		while (site.size[SIM_SENDER] < bytes) {
			site_run(&site, sim_now(site.sim) + WHEN_SECOND);
			roll_full_ones(&site, bytes);
		}
		if (--generations <= 0)
			break;
		site_roll(&site, SIM_SENDER);
	}
	site_print_truth(&site);
	if (site_close(&site))
		return 0;
	perror(argv[1]);
	return 1;
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
	return file;
}

static int
write_due(const char *folder, unsigned packages, unsigned sites)
{
	static const char letters[] = "STUVWXYZABDEFGHIJKLMNOPQ";
	FILE *out = create(folder, "distmgr.log"), *sender = create(folder, "sender.log");
	unsigned p, s;

	fputs("Checking for sending capacity.  Used 0 out of 5.~  $$<SMS_LAN_SENDER><07-30-2026 "
	      "12:59:59.000+240><thread=6700 (0x1A2C)>\r\n",
	      sender);
	for (p = 0; p < packages; p++)
		for (s = 0; s < sites; s++)
			fprintf(out,
			        "~Created minijob to send compressed copy of package CS1%05X to site %c%02u.  Transfer "
			        "root = "
			        "E:\\SMSPKG\\CS1%05X.PCK.1.  $$<SMS_DISTRIBUTION_MANAGER><07-30-2026 "
			        "12:%02u:%02u.000+240><thread=4452 (0x1164)>\r\n",
			        p, letters[s / 99 % (sizeof letters - 1)], s % 99 + 1, p, p * 50 / packages, p % 60);
	printf("used 0 of 5, waiting %llu\n", (unsigned long long)packages * sites);
	return fclose(sender) == 0 && fclose(out) == 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[2], "due") == 0)
		return write_due(argv[1], (unsigned)atoi(argv[3]), (unsigned)atoi(argv[4]));
	return write_site(argc, argv);
}
