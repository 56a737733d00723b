/*
 * distmgr.log against the simulated site, whose truth is known: the queue, slots,
 * package threads with phase, version and DPs, and how runs ended, at many
 * moments of many sites, also for a reader who begins in the middle.
 */
#include "site_reader.h"

static void
must_be_same(const struct reader *reader, const char *what, const char *whose, uint64_t told, uint64_t truth)
{
	if (told != truth)
		ck_abort_msg("seed %llu: %s of %s after %lld ms: %llu told, %llu true",
		             (unsigned long long)reader->state, what, whose, (long long)(sim_now(reader->sim) - START),
		             (unsigned long long)told, (unsigned long long)truth);
}

#define SAME(what, whose, told, truth) must_be_same(reader, what, whose, (uint64_t)(told), (uint64_t)(truth))

static const struct package_thread *
thread_told(const struct model *model, uint32_t number)
{
	const struct package_thread *thread = NULL;

	while ((thread = model_next_thread(model, thread)) && thread->thread != number)
		continue;
	return thread;
}

static const char *
package_told(const struct model *model, uint32_t package)
{
	size_t count;
	const struct package *packages = model_packages(model, &count);

	return package == NAME_NONE ? "" : packages[package].id;
}

static bool
same_dp(const struct model *model, const struct dp *told, const struct sim_dp_truth *truth)
{
	static const enum dp_state states[] = { DP_RUNNING, DP_DONE, DP_ENDED, DP_FAILED };

	return told->thread == truth->thread && strcmp(model_server(model, told->server), sim_dp_host(truth->dp)) == 0
	       && told->state == states[truth->state];
}

/* The same thread for the same DP once more is one entry, that of the later try: the truth lists each try. */
static bool
came_again(const struct sim_thread_truth *truth, size_t i)
{
	for (size_t k = i + 1; k < truth->dps; k++)
		if (truth->dp[k].thread == truth->dp[i].thread && truth->dp[k].dp == truth->dp[i].dp)
			return true;
	return false;
}

static const struct dp *
dp_told(const struct model *model, const struct package_thread *thread, const struct sim_dp_truth *truth)
{
	const struct dp *dp = model_dp(model, thread->first_dp);

	while (dp && !same_dp(model, dp, truth))
		dp = model_dp(model, dp->next);
	return dp;
}

static void
compare_dps(const struct reader *reader, const struct package_thread *thread, const struct sim_thread_truth *truth)
{
	size_t told = 0, known = 0;

	for (size_t i = 0; i < truth->dps; i++) {
		if (came_again(truth, i))
			continue;
		known++;
		if (!dp_told(reader->model, thread, &truth->dp[i]))
			ck_abort_msg("seed %llu: DP %s on %u of %s, state %d, is not told after %lld ms",
			             (unsigned long long)reader->state, sim_dp_host(truth->dp[i].dp),
			             (unsigned)truth->dp[i].thread, truth->package, (int)truth->dp[i].state,
			             (long long)(sim_now(reader->sim) - START));
	}
	for (const struct dp *dp = model_dp(reader->model, thread->first_dp); dp;
	     dp = model_dp(reader->model, dp->next))
		told++;
	SAME("DPs", truth->package, told, known);
}

static void
compare_thread(const struct reader *reader, const struct sim_thread_truth *truth)
{
	const struct package_thread *thread = thread_told(reader->model, truth->thread);

	if (!thread)
		ck_abort_msg("seed %llu: thread %u of %s is not told after %lld ms", (unsigned long long)reader->state,
		             (unsigned)truth->thread, truth->package, (long long)(sim_now(reader->sim) - START));
	SAME("package", truth->package, strcmp(package_told(reader->model, thread->package), truth->package), 0);
	SAME("phase", truth->package, strcmp(phase_word((enum phase)thread->phase), truth->phase), 0);
	SAME("version", truth->package, thread->version, truth->version);
	compare_dps(reader, thread, truth);
}

static size_t
count_told(const struct model *model)
{
	size_t count = 0;

	for (const struct package_thread *t = model_next_thread(model, NULL); t; t = model_next_thread(model, t))
		count++;
	return count;
}

static uint64_t
replication_told(const struct model *model)
{
	const struct failure *failure;
	uint64_t count = 0;

	for (size_t i = 0; (failure = model_failure(model, i)); i++)
		count += failure->kind == FAILURE_REPLICATION
		         && !strcmp(model_component(model, failure->component), "SMS_DISTRIBUTION_MANAGER");
	return count;
}

static void
compare(const struct reader *reader)
{
	struct distribution told = model_distribution(reader->model);
	struct sim_thread_truth thread;
	struct sim_truth truth;
	size_t open = 0;

	sim_truth(reader->sim, &truth);
	for (size_t i = 0; i < sim_thread_count(reader->sim); i++) {
		if (!sim_thread_truth(reader->sim, i, &thread))
			continue;
		open++;
		compare_thread(reader, &thread);
	}
	SAME("threads", "all", count_told(reader->model), open);
	SAME("used", "all", told.used, truth.package_threads_used);
	SAME("queued", "all", told.queued, truth.queued);
	SAME("done", "all", told.done, truth.packages_done);
	SAME("failed", "all", told.failed, truth.packages_failed);
	SAME("ended", "all", told.ended, truth.packages_ended);
	SAME("DPs ended", "all", told.dps_ended, truth.dps_ended);
	ck_assert_msg(!model_check(reader->model), "%s", model_check(reader->model));
}

/* All sizes and limits, each seed another mixture. */
static struct sim_options
odd_site(int i)
{
	return (struct sim_options){
		.seed = (uint64_t)i + 7000,
		.start = START,
		.bias = i % 2 == 0 ? 240 : -120,
		.sites = 2 + (uint32_t)i % 6,
		.backlog = 30 + (uint32_t)i % 5 * 40,
		.package_threads = 1 + (uint32_t)i % 8,
		.all_sites = 4,
		.restart_after = i % 3 == 0 ? (6 + i) * WHEN_MINUTE : 0,
		.odd_packages = i % 6 != 5,
	};
}

START_TEST(every_figure_of_distmgr_is_true_at_every_moment)
{
	struct sim_options options = odd_site(_i);
	struct reader reader = reader_of(&options);
	struct sim_sink sink = { read_log, &reader };
	struct sim_truth truth;

	while (sim_now(reader.sim) < START + 50 * WHEN_MINUTE) {
		listen_until(&reader, sim_now(reader.sim) + (int64_t)chance(&reader, 9000) + 1);
		compare(&reader);
		for (int k = 0; k < 4; k++) {
			sim_step(reader.sim, &sink);
			compare(&reader);
		}
	}
	sim_truth(reader.sim, &truth);
	ck_assert_uint_gt(truth.packages_done, 0);
	if (options.odd_packages && truth.replication_failed < 100)
		ck_assert_uint_eq(replication_told(reader.model), truth.replication_failed);
	reader_end(&reader);
}
END_TEST

/* ---- a reader who begins in the middle ---- */

static uint32_t readings; /* of package threads */

static void
read_later(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct span line = { bytes, size };

	readings += log == SIM_DISTMGR && span_find(line, SPAN("Currently using")) < size;
	read_log(payload, log, at, bytes, size);
}

static void
ignore(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	(void)payload, (void)log, (void)at, (void)bytes, (void)size;
}

/* Each DP that is told is one of the run; its state may be unknown where its thread began before. */
static void
compare_dps_before(const struct reader *reader, const struct package_thread *thread,
                   const struct sim_thread_truth *truth)
{
	for (const struct dp *dp = model_dp(reader->model, thread->first_dp); dp;
	     dp = model_dp(reader->model, dp->next)) {
		size_t i = 0;

		while (i < truth->dps
		       && (truth->dp[i].thread != dp->thread
		           || strcmp(sim_dp_host(truth->dp[i].dp), model_server(reader->model, dp->server)) != 0))
			i++;
		SAME("DP that is none", truth->package, i < truth->dps, 1);
		if (dp->state == DP_DONE)
			SAME("DP", truth->package, came_again(truth, i) || same_dp(reader->model, dp, &truth->dp[i]),
			     1);
	}
}

/* What has begun since is told in full; of what began before nothing is told that is not so. */
static void
compare_threads_since(const struct reader *reader, int64_t begun)
{
	struct sim_thread_truth truth;
	size_t known = 0;

	for (size_t i = 0; i < sim_thread_count(reader->sim); i++) {
		const struct package_thread *thread;

		if (!sim_thread_truth(reader->sim, i, &truth))
			continue;
		thread = thread_told(reader->model, truth.thread);
		known += thread != NULL;
		if (truth.started > begun)
			compare_thread(reader, &truth);
		if (truth.started > begun || !thread || thread->package == NAME_NONE)
			continue;
		SAME("package", truth.package, strcmp(package_told(reader->model, thread->package), truth.package), 0);
		compare_dps_before(reader, thread, &truth);
	}
	SAME("threads", "all that are known", count_told(reader->model), known);
}

static void
compare_queue_since(const struct reader *reader, int64_t begun)
{
	struct sim_package_truth truth;
	uint64_t queued = 0;

	for (size_t i = 0; i < sim_package_count(reader->sim); i++) {
		uint32_t package;
		bool told;
		size_t count;

		sim_package_truth(reader->sim, i, &truth);
		package = model_package_named(reader->model, span_of(truth.id));
		told = package != NAME_NONE && model_packages(reader->model, &count)[package].queued;
		SAME("queued", truth.id, told, truth.queued && truth.notified > begun);
		queued += told;
	}
	SAME("queued", "all", model_distribution(reader->model).queued, queued);
}

/* How a run ended is known where it began after the log did; of those before, as many may be off as there were. */
static void
must_be_near(const struct reader *reader, const char *what, uint64_t told, uint64_t truth, uint64_t before)
{
	if (told > truth + before || truth > told + before)
		ck_abort_msg("seed %llu: %s: %llu told, %llu true since then, %llu ran before",
		             (unsigned long long)reader->state, what, (unsigned long long)told,
		             (unsigned long long)truth, (unsigned long long)before);
}

START_TEST(a_reader_who_begins_in_the_middle_tells_nothing_false)
{
	struct sim_options options = odd_site(_i);
	struct reader reader;
	struct sim_sink deaf = { ignore, NULL }, sink;
	struct distribution told;
	struct sim_truth before, truth;
	int64_t begun;

	options.restart_after = 0;
	reader = reader_of(&options);
	sink = (struct sim_sink){ read_later, &reader };
	begun = START + 2 * WHEN_MINUTE + (int64_t)chance(&reader, 8 * WHEN_MINUTE);
	sim_run(reader.sim, begun, &deaf);
	sim_truth(reader.sim, &before);
	while (sim_now(reader.sim) < begun + 20 * WHEN_MINUTE) {
		sim_run(reader.sim, sim_now(reader.sim) + (int64_t)chance(&reader, 4000) + 1, &sink);
		compare_threads_since(&reader, begun);
		compare_queue_since(&reader, begun);
		told = model_distribution(reader.model);
		sim_truth(reader.sim, &truth);
		if (readings > 1) /* the first one may have left out a thread whose exit line comes after it */
			must_be_same(&reader, "used", "all", told.used, truth.package_threads_used);
		must_be_near(&reader, "done", told.done, truth.packages_done - before.packages_done,
		             before.package_threads_used);
		must_be_near(&reader, "failed", told.failed, truth.packages_failed - before.packages_failed,
		             before.package_threads_used);
		must_be_near(&reader, "ended", told.ended, truth.packages_ended - before.packages_ended,
		             before.package_threads_used);
		ck_assert_msg(!model_check(reader.model), "%s", model_check(reader.model));
	}
	ck_assert_uint_gt(readings, 1);
	reader_end(&reader);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("distmgr_against_site");
	TCase *c = tcase_create("distmgr_against_site");

	tcase_set_timeout(c, 120);
	tcase_add_loop_test(c, every_figure_of_distmgr_is_true_at_every_moment, 0, asked_for("TRUTH_SEEDS", 16));
	tcase_add_loop_test(c, a_reader_who_begins_in_the_middle_tells_nothing_false, 0, asked_for("TRUTH_SEEDS", 16));
	suite_add_tcase(s, c);
	return run_suite(s);
}
