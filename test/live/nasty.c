/*
 * Logs made to be nasty, up to this moment, in FOLDER:
 *
 *	nasty FOLDER BACKLOG SITES [stalled] [due PACKAGES] [unlisted] [live SECONDS]
 *	nasty FOLDER steady SECONDS
 *
 * A simulated site that has been at work for 70 minutes with so many sends waiting.
 * "stalled": for the last 20 minutes no sending thread says a word. "due": in the last
 * hour a minijob falls due for each of so many more packages and each site. "unlisted":
 * without sched.log. "live": it goes on for so long. "steady": one send, a block of it
 * each fifth of a second, and nothing else.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmtop/sim.h"

#define SINCE  (70 * WHEN_MINUTE)
#define SILENT (20 * WHEN_MINUTE)

static const char *const names[SIM_LOG_COUNT] = { "sender.log", "distmgr.log", "sched.log", "PkgXferMgr.log" };

static FILE *file[SIM_LOG_COUNT];
static int64_t silent_from = INT64_MAX;

static int64_t
now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_REALTIME, &at);
	return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static void
put(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	(void)payload;
	if (file[log] && (log != SIM_SENDER || at < silent_from) && fwrite(bytes, 1, size, file[log]) != size)
		exit(1);
}

/* Of so many packages and sites, those up to `until`. */
static void
put_due(const struct sim *sim, unsigned *done, unsigned until, int64_t at)
{
	struct sim_site_truth site;
	time_t seconds = (time_t)(at / 1000);
	char when[40];

	strftime(when, sizeof when, "%m-%d-%Y %H:%M:%S", gmtime(&seconds));
	for (; *done < until; (*done)++) {
		unsigned package = *done / (unsigned)sim_site_count(sim);

		sim_site_truth(sim, *done % sim_site_count(sim), &site);
		fprintf(file[SIM_DISTMGR],
		        "~Created minijob to send compressed copy of package CS2%05X to site %s.  Transfer root = "
		        "E:\\SMSPKG\\CS2%05X.PCK.1.  $$<SMS_DISTRIBUTION_MANAGER><%s.000+000><thread=4452 "
		        "(0x1164)>\r\n",
		        package, site.code, package, when);
	}
}

static void
flush_all(void)
{
	for (int log = 0; log < SIM_LOG_COUNT; log++)
		if (file[log])
			fflush(file[log]);
}

static void
put_line(const char *message, unsigned thread)
{
	int64_t at = now();
	time_t seconds = (time_t)(at / 1000);
	char when[40];

	strftime(when, sizeof when, "%m-%d-%Y %H:%M:%S", gmtime(&seconds));
	fprintf(file[SIM_SENDER], "%s~  $$<SMS_LAN_SENDER><%s.%03d+000><thread=%u (0x%X)>\r\n", message, when,
	        (int)(at % 1000), thread, thread);
}

static int
steady(const char *folder, int seconds)
{
	static const char *const beginning[] = {
		"~Trying the No. 1 address (out of 1)",
		"~Package file = E:\\SMSPKG\\CS100015.PCK.1",
		"~Sending Started [E:\\SMSPKG\\CS100015.PCK.1]",
	};
	char text[300];

	snprintf(text, sizeof text, "%s/sender.log", folder);
	file[SIM_SENDER] = fopen(text, "ab");
	if (!file[SIM_SENDER])
		return 1;
	put_line("Found send request.  ID: 20001CS1, Dest Site: S01", 4);
	put_line("Checking for site-specific sending capacity.  Used 0 out of 3.", 4);
	put_line("~Created sending thread (Thread ID = 3E9)", 4);
	for (size_t i = 0; i < sizeof beginning / sizeof *beginning; i++)
		put_line(beginning[i], 1001);
	puts("ready");
	fflush(stdout);
	for (long i = 0; i < seconds * 5L; i++) {
		snprintf(text, sizeof text,
		         "~Wrote 1000000 bytes to \\\\S01.CONTOSO.COM\\SMS_SITE\\20001CS1.PCK at position %ld",
		         i * 1000000);
		put_line(text, 1001);
		fflush(file[SIM_SENDER]);
		nanosleep(&(struct timespec){ .tv_nsec = 200000000 }, NULL);
	}
	return fclose(file[SIM_SENDER]) ? 1 : 0;
}

static struct {
	unsigned due; /* packages of which one more falls due for each site */
	bool listed;
	int64_t live; /* seconds */
} wanted = { .listed = true };

static void
take_words(int argc, char **argv, int64_t end)
{
	for (int i = 4; i < argc; i++) {
		if (strcmp(argv[i], "stalled") == 0)
			silent_from = end - SILENT;
		else if (strcmp(argv[i], "unlisted") == 0)
			wanted.listed = false;
		else if (strcmp(argv[i], "due") == 0 && i + 1 < argc)
			wanted.due = (unsigned)atoi(argv[++i]);
		else if (strcmp(argv[i], "live") == 0 && i + 1 < argc)
			wanted.live = atoi(argv[++i]);
	}
}

static void
open_all(const char *folder)
{
	char path[1024];

	for (int log = 0; log < SIM_LOG_COUNT; log++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[log]);
		if ((log != SIM_SCHED || wanted.listed) && !(file[log] = fopen(path, "ab")))
			exit(1);
	}
}

static void
run(struct sim *sim, int64_t start, int64_t end)
{
	const struct sim_sink sink = { put, NULL };
	unsigned due = wanted.due * (unsigned)sim_site_count(sim), done = 0;

	for (int64_t at = start; at < end; at += WHEN_SECOND) {
		sim_run(sim, at, &sink);
		if (at > end - WHEN_HOUR)
			put_due(sim, &done,
			        (unsigned)((double)due * (double)(at - (end - WHEN_HOUR)) / (double)WHEN_HOUR), at);
	}
	flush_all();
	puts("ready");
	fflush(stdout);
	for (end += wanted.live * WHEN_SECOND; now() < end;
	     nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL)) {
		sim_run(sim, now(), &sink);
		flush_all();
	}
}

int
main(int argc, char **argv)
{
	struct sim_options options = { .seed = 3, .all_sites = 5, .all_sites_line = true };
	int64_t end = now();
	struct sim *sim;

	if (argc < 4)
		return 2;
	if (strcmp(argv[2], "steady") == 0)
		return steady(argv[1], atoi(argv[3]));
	options.start = end - SINCE;
	options.backlog = (uint32_t)atoi(argv[2]);
	options.sites = (uint32_t)atoi(argv[3]);
	take_words(argc, argv, end);
	open_all(argv[1]);
	sim = sim_new(&options);
	if (!sim)
		return 1;
	run(sim, options.start, end);
	sim_free(sim);
	for (int log = 0; log < SIM_LOG_COUNT; log++)
		if (file[log])
			fclose(file[log]);
	return 0;
}
