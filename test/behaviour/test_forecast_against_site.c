/*
 * What is foretold, against what a simulated site then does: when its backlog is
 * empty, what other limits would have done, and which sends have stalled. The
 * figures are printed; FIGURE_SEEDS sets how many sites are asked, one if it is
 * not; "make bench" asks ten.
 */
#include "cmtop/forecast.h"
#include "site_reader.h"

#define TOLD_MOST 200

static int
seeds(void)
{
	const char *text = getenv("FIGURE_SEEDS");

	return text && atoi(text) > 0 ? atoi(text) : 1;
}

/* ---- a backlog that drains ---- */

struct drain {
	struct reader reader;
	struct sim_options options;
	char apart[8], dead[8]; /* the throttled site, and the one that nothing gets through to */
	char running[300][16];  /* requests that ran when nothing waited any more */
	size_t running_count;
	bool nothing_waits;
};

static void
site_code(const struct sim *sim, uint32_t i, char out[8])
{
	struct sim_site_truth truth;

	sim_site_truth(sim, i, &truth);
	snprintf(out, 8, "%s", truth.code);
}

static void
drain_begin(struct drain *drain, const struct sim_options *options)
{
	uint32_t sites = options->sites;

	memset(drain, 0, sizeof *drain);
	drain->options = *options;
	drain->reader = reader_of(options);
	site_code(drain->reader.sim, sites > 39 ? 39 : sites - 1, drain->apart);
	site_code(drain->reader.sim, sites > 13 ? 13 : sites / 2, drain->dead);
}

static bool
is_ordinary(const struct drain *drain, const char *site)
{
	return strcmp(site, drain->apart) != 0 && strcmp(site, drain->dead) != 0;
}

static uint64_t
waits(const struct drain *drain)
{
	struct sim_site_truth truth;
	uint64_t sum = 0;

	for (size_t i = 0; i < sim_site_count(drain->reader.sim); i++) {
		sim_site_truth(drain->reader.sim, i, &truth);
		sum += is_ordinary(drain, truth.code) ? truth.listed : 0;
	}
	return sum;
}

/* What runs, or how much of what ran when the waiting was over is still under way. */
static size_t
look_at_running(struct drain *drain, bool begin)
{
	struct sim *sim = drain->reader.sim;
	struct sim_job_truth job;
	size_t left = 0;

	for (size_t i = 0; i < sim_job_count(sim); i++) {
		if (!sim_job_truth(sim, i, &job) || job.replication || !is_ordinary(drain, job.site))
			continue;
		if (begin && drain->running_count < 300)
			strcpy(drain->running[drain->running_count++], job.request);
		for (size_t k = 0; !begin && k < drain->running_count; k++)
			left += strcmp(drain->running[k], job.request) == 0;
	}
	return left;
}

/*
 * New sends go on falling due, so that some always wait for a moment: the backlog
 * is empty when all but one of 200 is through, and what ran then is done.
 */
static bool
is_empty(struct drain *drain)
{
	if (!drain->nothing_waits && waits(drain) <= drain->options.backlog / 200) {
		drain->nothing_waits = true;
		look_at_running(drain, true);
	}
	return drain->nothing_waits && look_at_running(drain, false) == 0;
}

static void
listen_for(struct drain *drain, int minutes)
{
	listen_until(&drain->reader, sim_now(drain->reader.sim) + minutes * WHEN_MINUTE);
}

/* ---- how right it was ---- */

struct score {
	double error[TOLD_MOST]; /* as a part of what was true */
	int told, inside;
};

static void
mark(struct score *score, struct forecast_span span, int64_t truth)
{
	double error = span.likely < 0 ? 1 : (double)(span.likely - truth) / (double)truth;

	ck_assert_int_lt(score->told, TOLD_MOST);
	score->error[score->told++] = error < 0 ? -error : error;
	score->inside += span.soonest <= truth && (truth <= span.latest || span.latest == ETA_NEVER);
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(struct score *score)
{
	qsort(score->error, (size_t)score->told, sizeof *score->error, by_size);
	return score->told ? score->error[score->told / 2] : 1;
}

static void
print(const char *what, struct score *score)
{
	printf("    %s: median error %.0f%%, %d of %d inside the range\n", what, 100 * median(score), score->inside,
	       score->told);
	fflush(stdout);
}

/* ---- time to empty ---- */

static void
foretell(struct score *score, const struct sim_options *options, bool two)
{
	struct forecast_span span[3];
	struct forecast *forecast;
	struct drain drain;
	int64_t at[3];
	int told = 0;

	drain_begin(&drain, options);
	drain.reader.two = two;
	listen_for(&drain, 60);
	while (!is_empty(&drain)) {
		for (; told < 3 && waits(&drain) * 4 <= (uint64_t)(3 - told) * options->backlog; told++) {
			at[told] = sim_now(drain.reader.sim);
			forecast = forecast_new(drain.reader.model, at[told]);
			span[told] = forecast_empty(forecast);
			forecast_free(forecast);
		}
		ck_assert_int_lt(sim_now(drain.reader.sim), START + 10 * WHEN_DAY);
		listen_for(&drain, 2);
	}
	ck_assert_int_eq(told, 3);
	for (int i = 0; i < 3; i++)
		mark(score, span[i], sim_now(drain.reader.sim) - at[i]);
	reader_end(&drain.reader);
}

START_TEST(the_time_to_empty_is_right_at_three_quarters_a_half_and_a_quarter)
{
	struct score score = { .told = 0 };

	for (int seed = 1; seed <= seeds(); seed++) {
		struct sim_options options = {
			.seed = (uint64_t)seed,
			.start = START,
			.bias = 240,
			.sites = 70,
			.backlog = 3000,
			.all_sites = 20,
		};

		foretell(&score, &options, false);
	}
	print("time to empty", &score);
	ck_assert_msg(median(&score) <= 0.10, "median error %.3f", median(&score));
	ck_assert_int_ge(score.inside, score.told * 9 / 10);
}
END_TEST

/* Neither priorities nor the sizes of differences are known then. */
START_TEST(without_the_scheduler_the_time_to_empty_is_rough)
{
	struct score score = { .told = 0 };

	for (int seed = 1; seed <= seeds(); seed++) {
		struct sim_options options = {
			.seed = (uint64_t)seed,
			.start = START,
			.bias = 240,
			.sites = 70,
			.backlog = 3000,
			.all_sites = 20,
		};

		foretell(&score, &options, true);
	}
	print("time to empty, sender.log and distmgr.log alone", &score);
	ck_assert_msg(median(&score) <= 0.30, "median error %.3f", median(&score));
	ck_assert_int_ge(score.inside, score.told / 2);
}
END_TEST

/* ---- what if ---- */

static struct forecast_span
told_for(const struct drain *drain, int64_t all_sites)
{
	struct forecast *forecast = forecast_new(drain->reader.model, sim_now(drain->reader.sim));
	struct forecast_span span = { ETA_UNKNOWN, ETA_UNKNOWN, ETA_UNKNOWN };
	struct forecast_row rows[FORECAST_ROWS];
	size_t count = forecast_what_if(forecast, rows);

	for (size_t i = 0; i < count; i++)
		if (rows[i].all_sites == all_sites && rows[i].per_site < 0)
			span = rows[i].empty;
	forecast_free(forecast);
	return span;
}

START_TEST(what_fifty_slots_would_do_is_what_they_then_do)
{
	struct score score = { .told = 0 };

	for (int seed = 1; seed <= seeds(); seed++) {
		struct sim_options options = {
			.seed = (uint64_t)seed,
			.start = START,
			.bias = 240,
			.sites = 70,
			.backlog = 3000,
			.all_sites = 5,
			.raise_after = 6 * WHEN_HOUR,
			.raise_to = 50,
		};
		struct forecast_span span;
		struct drain drain;

		drain_begin(&drain, &options);
		listen_for(&drain, 6 * 60);
		span = told_for(&drain, 50);
		while (!is_empty(&drain)) {
			ck_assert_int_lt(sim_now(drain.reader.sim), START + 10 * WHEN_DAY);
			listen_for(&drain, 2);
		}
		mark(&score, span, sim_now(drain.reader.sim) - START - options.raise_after);
		reader_end(&drain.reader);
	}
	print("what if 50 instead of 5", &score);
	ck_assert_int_ge(score.inside, score.told * 9 / 10);
}
END_TEST

/* ---- stalls ---- */

#define THREADS_MOST 16

/* A thread, as the truth and the model tell of it, looked at every few seconds. */
struct watched {
	char request[16];
	uint32_t attempt;
	uint64_t position;
	int64_t moved; /* when that last grew */
	bool told;     /* the model says that it has stalled */
};

/* Sends that were said to have stalled and then went on; and how late the others were told, at most. */
struct stalls {
	int told, wrong;
	int64_t latest;
};

static const struct job *
job_with(const struct model *model, const char *request)
{
	for (const struct job *job = model_next_job(model, NULL); job; job = model_next_job(model, job))
		if (strcmp(job->request, request) == 0)
			return job;
	return NULL;
}

static void
look_at(struct watched *w, const struct drain *drain, const struct sim_job_truth *truth, struct stalls *stalls)
{
	const struct job *job = job_with(drain->reader.model, truth->request);
	int64_t now = sim_now(drain->reader.sim);

	if (strcmp(w->request, truth->request) != 0 || w->attempt != truth->attempt) {
		*w = (struct watched){ .attempt = truth->attempt, .position = truth->position, .moved = now };
		strcpy(w->request, truth->request);
	}
	if (truth->position != w->position) {
		stalls->wrong += w->told;
		w->told = false;
		w->position = truth->position;
		w->moved = now;
	}
	if (!job || truth->state != SIM_SENDING || truth->position == 0 || w->told)
		return;
	w->told = job_stalled(job, now);
	stalls->told += w->told;
	/* A throttled send pauses for long, and so it is waited for longer. */
	if (is_ordinary(drain, truth->site) && now - w->moved > stalls->latest)
		stalls->latest = now - w->moved;
}

START_TEST(in_a_day_no_send_is_said_to_stall_that_goes_on_and_those_that_hang_are_told_in_time)
{
	struct stalls stalls = { 0, 0, 0 };

	for (int seed = 1; seed <= seeds(); seed++) {
		struct sim_options options = {
			.seed = (uint64_t)seed,
			.start = START,
			.bias = 240,
			.sites = 20,
			.backlog = 400,
			.all_sites = THREADS_MOST,
		};
		struct watched watched[THREADS_MOST] = { { .told = false } };
		struct sim_job_truth truth;
		struct drain drain;

		drain_begin(&drain, &options);
		while (sim_now(drain.reader.sim) < START + WHEN_DAY) {
			listen_until(&drain.reader, sim_now(drain.reader.sim) + 5 * WHEN_SECOND);
			for (size_t i = 0; i < sim_job_count(drain.reader.sim) && i < THREADS_MOST; i++)
				if (sim_job_truth(drain.reader.sim, i, &truth) && !truth.replication && truth.package)
					look_at(&watched[i], &drain, &truth, &stalls);
		}
		reader_end(&drain.reader);
	}
	printf("    stalls: %d told, %d of them wrong, the latest after %lld s\n", stalls.told, stalls.wrong,
	       (long long)(stalls.latest / WHEN_SECOND));
	ck_assert_int_gt(stalls.told, 0);
	ck_assert_int_eq(stalls.wrong, 0);
	ck_assert_int_le(stalls.latest, 90 * WHEN_SECOND);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("forecast_against_site");
	TCase *tests = tcase_create("forecast_against_site");

	tcase_set_timeout(tests, 30 * seeds());
	tcase_add_test(tests, the_time_to_empty_is_right_at_three_quarters_a_half_and_a_quarter);
	tcase_add_test(tests, without_the_scheduler_the_time_to_empty_is_rough);
	tcase_add_test(tests, what_fifty_slots_would_do_is_what_they_then_do);
	tcase_add_test(tests, in_a_day_no_send_is_said_to_stall_that_goes_on_and_those_that_hang_are_told_in_time);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
