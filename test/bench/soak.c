/*
 * A busy site's hour, played fast: its logs roll over in every way there is, are
 * cut, spoiled, taken away and brought back, while the dashboard watches them and
 * keys are pressed. Its memory and open files must be in the end what they were
 * when it had settled, and it must show what the site's last words say.
 */
#include "bench/soak.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmtop/sim.h"
#include "bench/dashboard.h"

#define START    INT64_C(1785430980000) /* 2026-07-30 17:03 UTC */
#define TICK     0.05                   /* seconds */
#define LOG_MOST 1000000                /* bytes: as small as busy servers have them */
#define HELD     8 /* files: of each log one or two generations more may just be held; a leak is one a roll-over */
#define SETTLED  2 /* one of so many parts of the time: then memory is what it will be */

static const char *const names[SIM_LOG_COUNT] = { "sender", "distmgr", "sched", "PkgXferMgr" };

struct soak {
	const char *folder;
	struct sim *sim;
	FILE *file[SIM_LOG_COUNT];
	uint64_t size[SIM_LOG_COUNT];
	uint64_t chance;
	bool away; /* the folder has another name for a while */
	unsigned faults, rolls;
};

static uint32_t
rng(struct soak *soak, uint32_t n)
{
	soak->chance = soak->chance * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(soak->chance >> 33) % n;
}

static void
path_of(const struct soak *soak, int log, const char *end, char out[1024])
{
	snprintf(out, 1024, "%s%s/%s%s", soak->folder, soak->away ? ".away" : "", names[log], end);
}

/* ---- the logs ---- */

static void
open_log(struct soak *soak, int log)
{
	char path[1024];

	path_of(soak, log, ".log", path);
	soak->file[log] = fopen(path, "ab");
	if (!soak->file[log])
		give_up("cannot be written", path);
	soak->size[log] = 0;
}

static void
copy_file(const char *from, const char *to)
{
	char bytes[65536];
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	size_t n;

	while (in && out && (n = fread(bytes, 1, sizeof bytes, in)) > 0)
		fwrite(bytes, 1, n, out);
	if (in)
		fclose(in);
	if (out)
		fclose(out);
}

/* Renamed and made anew, copied and cut, or deleted and made anew. */
static void
roll(struct soak *soak, int log, uint32_t way)
{
	char now[1024], before[1024];

	path_of(soak, log, ".log", now);
	path_of(soak, log, ".lo_", before);
	fflush(soak->file[log]);
	soak->rolls++;
	if (way == 0) {
		copy_file(now, before);
		if (truncate(now, 0) != 0)
			give_up("cannot be cut", now);
		soak->size[log] = 0;
		return;
	}
	fclose(soak->file[log]);
	if (way == 1)
		remove(now);
	else
		rename(now, before);
	open_log(soak, log);
}

static void
put(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct soak *soak = payload;

	(void)at;
	fwrite(bytes, 1, size, soak->file[log]);
	soak->size[log] += size;
	if (soak->size[log] > LOG_MOST)
		roll(soak, (int)log, rng(soak, 4));
}

/* ---- what may transition_record ---- */

static void
spoil(struct soak *soak, int log)
{
	static const char *const nonsense[] = {
		"\0\0\0\0\0\0\0\0\0\0\0\0",   "\033[2J\033]0;title\007", "\xff\xfe\xfd\xfc", "$$<><><>\r\n", "<![LOG[",
		"Wrote 99999999999999999999",
	};
	uint32_t which = rng(soak, sizeof nonsense / sizeof *nonsense);

	fwrite(nonsense[which], 1, which == 0 ? 12 : strlen(nonsense[which]), soak->file[log]);
	fputs("\r\n", soak->file[log]);
}

static void
take_away(struct soak *soak)
{
	char away[1024];

	snprintf(away, sizeof away, "%s.away", soak->folder);
	if (soak->away ? rename(away, soak->folder) : rename(soak->folder, away))
		give_up("cannot be renamed", soak->folder);
	soak->away = !soak->away;
}

static void
forbid(const struct soak *soak, int log, mode_t mode)
{
	char path[1024];

	path_of(soak, log, ".log", path);
	chmod(path, mode);
}

static void
transition_record(struct soak *soak)
{
	int log = (int)rng(soak, SIM_LOG_COUNT);

	soak->faults++;
	switch (rng(soak, 6)) {
	case 0: roll(soak, log, rng(soak, 3)); break;
	case 1:
		roll(soak, log, 2);
		roll(soak, log, 2);
		break; /* twice between two looks */
	case 2: spoil(soak, log); break;
	case 3: take_away(soak); break;
	case 4: forbid(soak, log, 0); break;
	default: forbid(soak, log, 0644); break;
	}
}

/* ---- the dashboard ---- */

/* A log that is being read is open for a moment: what is open at rest is the least of some looks. */
static struct cost
cost_at_rest(struct dashboard *dashboard)
{
	struct cost least = dashboard_cost(dashboard), cost;

	for (int i = 0; i < 10; i++) {
		while (dashboard_take(dashboard, seconds_now() + 0.1))
			continue;
		cost = dashboard_cost(dashboard);
		least.memory = cost.memory < least.memory ? cost.memory : least.memory;
		least.files = cost.files < least.files ? cost.files : least.files;
		least.processes = cost.processes;
	}
	return least;
}

static void
press(struct soak *soak, struct dashboard *dashboard)
{
	static const char *const keys[] = { "\t",   "j", "k", "1",     "2",  "3",    "4", "5",   "a",
		                            "\033", "t", "z", "s\033", "\r", "\033", "?", "\033" };
	const char *key = keys[rng(soak, sizeof keys / sizeof *keys)];

	if (write(dashboard->fd, key, strlen(key)) != (ssize_t)strlen(key))
		give_up("takes no key", key);
}

/* Plays the site until that moment of its own time; the clock of this machine is a guide only. */
static void
play(struct soak *soak, struct dashboard *dashboard, double hours, double seconds, bool faults)
{
	struct sim_sink sink = { put, soak };
	int64_t from = sim_now(soak->sim), span = (int64_t)(hours * (double)WHEN_HOUR);
	unsigned ticks = (unsigned)(seconds / TICK) + 1;

	for (unsigned i = 1; i <= ticks; i++) {
		double until = seconds_now() + TICK;

		sim_run(soak->sim, from + span / (int64_t)ticks * (int64_t)i, &sink);
		for (int log = 0; log < SIM_LOG_COUNT; log++)
			fflush(soak->file[log]);
		if (faults && rng(soak, 10) == 0)
			transition_record(soak);
		if (faults && rng(soak, 5) == 0)
			press(soak, dashboard);
		while (dashboard_take(dashboard, until) || seconds_now() < until)
			continue;
	}
}

static void
set_right(struct soak *soak)
{
	if (soak->away)
		take_away(soak);
	for (int log = 0; log < SIM_LOG_COUNT; log++) {
		forbid(soak, log, 0644);
		fputs("\r\n", soak->file[log]); /* what was spoiled ends here */
		fflush(soak->file[log]);
	}
}

int
bench_soak(const char *cmtop, const char *folder, double hours, double seconds)
{
	struct sim_options options = {
		.seed = 5,
		.start = START,
		.bias = 240,
		.sites = 70,
		.backlog = 2000,
		.all_sites = 50,
		.package_threads = 10,
		.all_sites_line = true,
	};
	struct soak soak = { .folder = folder, .sim = sim_new(&options), .chance = 11 };
	struct dashboard dashboard;
	struct cost before, after;
	struct sim_truth truth;
	char sender[64];
	bool shown, flat;

	mkdir(folder, 0777);
	for (int log = 0; log < SIM_LOG_COUNT; log++)
		open_log(&soak, log);
	dashboard_start(&dashboard, cmtop, folder);
	play(&soak, &dashboard, hours / SETTLED, seconds / SETTLED, true);
	set_right(&soak);
	before = cost_at_rest(&dashboard);
	play(&soak, &dashboard, hours - hours / SETTLED, seconds - seconds / SETTLED, true);
	set_right(&soak);
	play(&soak, &dashboard, 0.1, 2, false);
	after = cost_at_rest(&dashboard);
	sim_truth(soak.sim, &truth);
	snprintf(sender, sizeof sender, "sender %u/%u", (unsigned)truth.used, (unsigned)truth.all_sites);
	shown = dashboard_wait(&dashboard, sender, seconds_now() + 5);
	flat = after.memory <= before.memory * 1.1 + 1 && after.files <= before.files + HELD
	       && after.processes <= before.processes;
	printf("soak: %.0f min of a busy site, %u roll-overs, %u faults\n", hours * 60, soak.rolls, soak.faults);
	printf("  memory of all %u processes         %5.1f to %4.1f MiB  aim as at its start\n", after.processes,
	       before.memory, after.memory);
	printf("  open files                           %5u to %4u      aim as at its start\n", before.files,
	       after.files);
	printf("  in the end the screen %s %s\n", shown ? "shows" : "DOES NOT SHOW", sender);
	dashboard_stop(&dashboard);
	for (int log = 0; log < SIM_LOG_COUNT; log++)
		fclose(soak.file[log]);
	sim_free(soak.sim);
	return shown && flat;
}
