/*
 * Reads logs into the model and prints what it knows, with only those parts of the core
 * that need no outside library: built for Windows it must print the same as on Linux.
 *
 *	replay FILE...        the files, one after the other
 *	replay --sim MINUTES  a simulated site, read as it writes
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmtop/figures.h"
#include "cmtop/fmt.h"
#include "cmtop/sim.h"
#include "cmtop/parser.h"

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

#define START INT64_C(1785430980000) /* 2026-07-30 17:03 UTC */

struct replay {
	struct model *model;
	struct parser *source[SIM_LOG_COUNT];
};

static void
feed(struct replay *replay, size_t log, const char *bytes, size_t size)
{
	struct event event;
	const char *wrong;

	parser_feed(replay->source[log], bytes, size);
	while (parser_next(replay->source[log], &event))
		model_apply(replay->model, &event);
	wrong = model_check(replay->model);
	if (wrong)
		printf("inconsistent: %s\n", wrong);
}

static int
read_file(struct replay *replay, const char *path)
{
	char buffer[4093]; /* no multiple of anything: lines are cut everywhere */
	FILE *file = fopen(path, "rb");
	size_t size;

	if (!file) {
		fprintf(stderr, "replay: cannot open %s\n", path);
		return 1;
	}
	while ((size = fread(buffer, 1, sizeof(buffer), file)) > 0)
		feed(replay, 0, buffer, size);
	fclose(file);
	parser_end(replay->source[0]);
	feed(replay, 0, "", 0);
	return 0;
}

static void
hear(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	(void)at;
	feed(payload, log, bytes, size);
}

static int
run_sim(struct replay *replay, int minutes)
{
	const struct sim_options options = {
		.seed = 11, .start = START, .bias = -120, .sites = 20, .backlog = 500, .all_sites_line = true
	};
	const struct sim_sink sink = { hear, replay };
	struct sim *sim = sim_new(&options);

	if (!sim)
		return 1;
	sim_run(sim, START + minutes * WHEN_MINUTE, &sink);
	sim_free(sim);
	return 0;
}

/* ---- telling ---- */

static void
tell_jobs(const struct model *model, int64_t now)
{
	for (const struct job *job = NULL; (job = model_next_job(model, job));) {
		enum size_source source = SIZE_UNKNOWN;
		char when[WHEN_TEXT];
		const struct written_time last = model_written(model, job->log, job->last);

		when_format(last.at, last.zoned, when);
		printf("job %" PRIu32 " %s %s try %" PRIu32 " at %" PRIu64 " of %" PRId64 " rate %.3f eta %" PRId64
		       " %s%s %s\n",
		       job->thread, job->request, job_state_word((enum job_state)job->state), job->attempt,
		       job->position, job_size(model, job, &source), job_rate(job), job_eta(model, job), when,
		       job_stalled(job, now) ? " stalled" : "", job->error);
	}
}

static void
tell_sites(const struct model *model, int64_t now)
{
	size_t count;
	const struct site *sites = model_sites(model, &count);

	for (size_t i = 0; i < count; i++)
		printf("site %s %" PRIu32 "/%" PRId64 " waiting %" PRIu64 " done %" PRIu64 " failed %" PRIu64
		       " bytes %" PRIu64 " rate %.3f %s\n",
		       sites[i].code, sites[i].used, sites[i].capacity, site_waiting(&sites[i]), sites[i].done,
		       sites[i].failed, sites[i].bytes, site_rate(model, (uint32_t)i, now),
		       site_state_word(site_state(model, (uint32_t)i, now)));
}

static void
tell_packages(const struct model *model)
{
	size_t count;
	const struct package *packages = model_packages(model, &count);

	for (size_t i = 0; i < count; i++) {
		enum size_source source = SIZE_UNKNOWN;
		int64_t size = package_size(model, (uint32_t)i, &source);
		char text[FMT_TEXT] = "?";

		if (size >= 0)
			fmt_size((uint64_t)size, FMT_BYTES, text);
		printf("package %s \"%s\" %s waiting %" PRIu64 " running %" PRIu64 " done %" PRIu64 " left %" PRId64
		       "\n",
		       packages[i].id, packages[i].name, text, packages[i].waiting, packages[i].running,
		       packages[i].done, package_bytes_left(model, (uint32_t)i));
	}
}

static void
tell_all(const struct replay *replay)
{
	const struct model *model = replay->model;
	int64_t now = model_newest(model);
	struct sending sending = model_sending(model);
	struct distribution distribution = model_distribution(model);
	struct backlog backlog = backlog_at(model, now);

	for (size_t i = 0; i < SIM_LOG_COUNT; i++) {
		const struct parser_counts *counts = parser_counts(replay->source[i]);

		printf("log %" PRIu64 " bytes %" PRIu64 " records %" PRIu64 " unknown %" PRIu64 " damaged\n",
		       counts->bytes, counts->records, counts->unknown, counts->damaged);
	}
	printf("sender %" PRIu32 "/%" PRId64 " done %" PRIu64 " failed %" PRIu64 " bytes %" PRIu64 " rate %.3f\n",
	       sending.used, sending.capacity, sending.done, sending.failed, sending.bytes, sending_rate(model, now));
	printf("distmgr %" PRIu32 "/%" PRId64 " done %" PRIu64 " queued %" PRIu64 "\n", distribution.used,
	       distribution.capacity, distribution.done, distribution.queued);
	printf("backlog %" PRIu64 " left %" PRId64 " done %.3f due %.3f eta %" PRId64 "\n", backlog.waiting,
	       backlog.bytes_left, backlog.done_per_hour, backlog.due_per_hour, backlog.eta);
	tell_jobs(model, now);
	tell_sites(model, now);
	tell_packages(model);
	for (size_t i = 0; model_note(model, i); i++)
		printf("note %s\n", model_note(model, i)->text);
}

int
main(int argc, char **argv)
{
	struct replay replay = { .model = model_new(NULL) };
	int code = 0;

#ifdef _WIN32
	_setmode(_fileno(stdout), _O_BINARY);
#endif
	for (uint8_t i = 0; i < SIM_LOG_COUNT; i++)
		replay.source[i] = parser_new(i);
	if (argc == 3 && !strcmp(argv[1], "--sim"))
		code = run_sim(&replay, atoi(argv[2]));
	else
		for (int i = 1; i < argc && !code; i++)
			code = read_file(&replay, argv[i]);
	if (!code)
		tell_all(&replay);
	for (size_t i = 0; i < SIM_LOG_COUNT; i++)
		parser_free(replay.source[i]);
	model_free(replay.model);
	return code;
}
