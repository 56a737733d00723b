#include "bench/site.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[SIM_LOG_COUNT] = { "sender", "distmgr", "sched", "PkgXferMgr" };

static void
put(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct site *site = payload;

	(void)at;
	if (fwrite(bytes, 1, size, site->file[log]) != size)
		site->failed = true;
	site->size[log] += size;
	site->lines++;
}

static FILE *
create(const struct site *site, enum sim_log log)
{
	char path[1024];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s.log", site->folder, names[log]);
	file = fopen(path, "wb");
	if (!file) {
		perror(path);
		exit(1);
	}
	setvbuf(file, NULL, _IOFBF, 1 << 16);
	return file;
}

void
site_open(struct site *site, const char *folder, const struct sim_options *options)
{
	char path[1024];
	int log;

	memset(site, 0, sizeof *site);
	site->folder = folder;
	site->sim = sim_new(options);
	if (!site->sim)
		exit(1);
	for (log = 0; log < SIM_LOG_COUNT; log++) {
		snprintf(path, sizeof path, "%s/%s.lo_", folder, names[log]);
		remove(path);
		site->file[log] = create(site, (enum sim_log)log);
	}
}

bool
site_close(struct site *site)
{
	int log;

	for (log = 0; log < SIM_LOG_COUNT; log++)
		site->failed |= fclose(site->file[log]) != 0;
	sim_free(site->sim);
	return !site->failed;
}

void
site_run(struct site *site, int64_t until)
{
	struct sim_sink sink = { put, site };
	int log;

	sim_run(site->sim, until, &sink);
	for (log = 0; log < SIM_LOG_COUNT; log++)
		fflush(site->file[log]);
}

void
site_roll(struct site *site, enum sim_log log)
{
	char from[1024], to[1024];

	fputs("<MAXIMUM LOG FILE SIZE REACHED - FILE RENAMED>\r\n", site->file[log]);
	fclose(site->file[log]);
	snprintf(from, sizeof from, "%s/%s.log", site->folder, names[log]);
	snprintf(to, sizeof to, "%s/%s.lo_", site->folder, names[log]);
	rename(from, to);
	site->file[log] = create(site, log);
	site->size[log] = 0;
}

void
site_print_truth(const struct site *site)
{
	struct sim_truth truth;

	sim_truth(site->sim, &truth);
	printf("used %" PRIu32 " of %" PRIu32 ", waiting %" PRIu64 ", running %" PRIu64 ", done %" PRIu64
	       ", failed %" PRIu64 ", bytes %" PRIu64 ", package threads %" PRIu32 " of %" PRIu32 "\n",
	       truth.used, truth.all_sites, truth.lists ? truth.listed : truth.waiting, truth.running, truth.done,
	       truth.failed, truth.bytes, truth.package_threads_used, truth.package_threads);
}
