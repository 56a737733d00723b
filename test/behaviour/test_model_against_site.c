/*
 * The model against the simulated site server, whose truth is known: every
 * figure, of all, of every site and of every package, at many moments.
 */
#include "site_reader.h"

/* Says which site or package is wrong, and when. */
static void
must_be_same(const struct reader *reader, const char *what, const char *whose, uint64_t told, uint64_t truth)
{
	if (told != truth)
		ck_abort_msg("%s of %s after %lld ms: %llu told, %llu true", what, whose,
		             (long long)(sim_now(reader->sim) - START), (unsigned long long)told,
		             (unsigned long long)truth);
}

#define SAME(what, whose, told, truth) must_be_same(reader, what, whose, (uint64_t)(told), (uint64_t)(truth))

/* What waits is what the scheduler lists, for a reader who has heard a whole list of it. */
static uint64_t
what_waits(const struct reader *reader, uint64_t counted, uint64_t listed)
{
	struct sim_truth truth;

	sim_truth(reader->sim, &truth);
	return truth.lists && !reader->two ? listed : counted;
}

/* So long as all that was counted is within the last hour. */
static void
compare_hour(const struct reader *reader, const char *what, double told, uint64_t count, int64_t since)
{
	int64_t span = sim_now(reader->sim) - since;

	if (since == WHEN_NONE || span < 5 * WHEN_MINUTE || span > WHEN_HOUR)
		return;
	SAME(what, "all", told * 1000, (double)count * (double)WHEN_HOUR / (double)span * 1000);
}

static void
compare_all(const struct reader *reader)
{
	struct sending sending = model_sending(reader->model);
	struct backlog backlog = backlog_at(reader->model, sim_now(reader->sim));
	struct sim_truth truth;

	sim_truth(reader->sim, &truth);
	SAME("used", "all", sending.used, truth.used);
	SAME("unseen", "all", sending.unseen, 0);
	SAME("running", "all", backlog.running, truth.running);
	SAME("waiting", "all", backlog.waiting, what_waits(reader, truth.waiting, truth.listed));
	SAME("listed", "all", backlog.listed, truth.lists && !reader->two);
	SAME("done", "all", sending.done, truth.done);
	SAME("failed", "all", sending.failed, truth.failed);
	SAME("bytes", "all", sending.bytes, truth.bytes);
	compare_hour(reader, "done an hour", backlog.done_per_hour, truth.done, sending.since);
	if (model_check(reader->model))
		ck_abort_msg("%s", model_check(reader->model));
}

static void
compare_distribution(const struct reader *reader)
{
	struct distribution distribution = model_distribution(reader->model);
	struct sim_truth truth;

	sim_truth(reader->sim, &truth);
	SAME("used", "distmgr", distribution.used, truth.package_threads_used);
	SAME("queued", "distmgr", distribution.queued, truth.queued);
	SAME("done", "distmgr", distribution.done, truth.packages_done);
	SAME("failed", "distmgr", distribution.failed, truth.packages_failed);
}

static void
compare_sites(const struct reader *reader)
{
	static const struct site nothing;
	struct sim_site_truth truth;
	const struct site *site;
	size_t i;

	for (i = 0; i < sim_site_count(reader->sim); i++) {
		sim_site_truth(reader->sim, i, &truth);
		site = site_named(reader->model, truth.code);
		if (!site)
			site = &nothing;
		SAME("used", truth.code, site->used, truth.used);
		SAME("waiting", truth.code, site_waiting(site), what_waits(reader, truth.waiting, truth.listed));
		SAME("done", truth.code, site->done, truth.done);
		SAME("failed", truth.code, site->failed, truth.failed);
		SAME("bytes", truth.code, site->bytes, truth.bytes);
	}
}

static const struct package *
package_named(const struct model *model, const char *id)
{
	size_t i, count;
	const struct package *packages = model_packages(model, &count);

	for (i = 0; i < count; i++)
		if (strcmp(packages[i].id, id) == 0)
			return &packages[i];
	return NULL;
}

static void
compare_packages(const struct reader *reader)
{
	static const struct package nothing;
	struct sim_package_truth truth;
	const struct package *package;
	size_t i;

	for (i = 0; i < sim_package_count(reader->sim); i++) {
		sim_package_truth(reader->sim, i, &truth);
		package = package_named(reader->model, truth.id);
		if (!package)
			package = &nothing;
		SAME("waiting", truth.id, package->waiting, what_waits(reader, truth.waiting, truth.listed));
		SAME("running", truth.id, package->running, truth.running);
		SAME("done", truth.id, package->done, truth.done);
		SAME("failed", truth.id, package->failed, truth.failed);
	}
}

static const struct job *
job_on(const struct model *model, uint32_t thread)
{
	const struct job *job;

	for (job = model_next_job(model, NULL); job; job = model_next_job(model, job))
		if (job->thread == thread)
			return job;
	ck_abort_msg("no job on thread %u", (unsigned)thread);
	return NULL;
}

static void
compare_jobs(const struct reader *reader)
{
	static const enum job_state states[] = { JOB_STARTING, JOB_CONNECTING, JOB_SENDING, JOB_FINISHING };
	struct sim_job_truth truth;
	enum size_source source;
	const struct job *job;
	int64_t size;
	size_t i, count;

	for (i = 0; i < sim_job_count(reader->sim); i++) {
		if (!sim_job_truth(reader->sim, i, &truth))
			continue;
		job = job_on(reader->model, truth.thread);
		ck_assert_str_eq(job->request, truth.request);
		ck_assert_str_eq(model_sites(reader->model, &count)[job->site].code, truth.site);
		SAME("attempt", truth.request, job->attempt, truth.attempt);
		SAME("state", truth.request, job->state, states[truth.state]);
		SAME("kind", truth.request, job->kind,
		     truth.package       ? KIND_PACKAGE
		     : truth.replication ? KIND_REPLICATION
		                         : KIND_UNKNOWN);
		SAME("position", truth.request, job->position, truth.position);
		SAME("throttled", truth.request, job->throttled, truth.throttled);
		if (!truth.package)
			continue;
		ck_assert_str_eq(model_packages(reader->model, &count)[job->package].id, truth.package);
		SAME("version", truth.request, job->version, truth.version);
		size = job_size(reader->model, job, &source);
		if (source == SIZE_EXACT)
			SAME("size", truth.request, size, truth.size);
	}
}

static const struct transfer *
transfer_of(const struct model *model, uint64_t job)
{
	size_t i, count;
	const struct transfer *transfers = model_transfers(model, &count);

	for (i = 0; i < count; i++)
		if (transfers[i].job == job)
			return &transfers[i];
	ck_abort_msg("no transfer %llu", (unsigned long long)job);
	return NULL;
}

/* Silence counts from its last word, or from the end of the pause that it has announced. */
static void
compare_stall(const struct reader *reader, const char *name, const struct transfer *transfer,
              const struct sim_transfer_truth *truth)
{
	int64_t now = sim_now(reader->sim),
		from = truth->pauses_until > truth->last_line ? truth->pauses_until : truth->last_line;
	int64_t most = truth->moved ? 10 * WHEN_MINUTE : 5 * WHEN_MINUTE;

	if (6 * transfer_usual_gap(transfer) > most)
		most = 6 * transfer_usual_gap(transfer);
	SAME("stalled", name, transfer_stalled(transfer, now),
	     truth->state == SIM_TRANSFER_SENDING && now - from > most);
}

static void
compare_all_transfers(const struct reader *reader)
{
	struct transfers_now told = transfers_at(reader->model, sim_now(reader->sim));
	uint64_t states[SIM_TRANSFER_DONE + 1] = { 0 }, throttled = 0;
	struct sim_transfers_truth all;
	struct sim_transfer_truth truth;
	size_t i;

	for (i = 0; i < sim_transfer_count(reader->sim); i++) {
		if (!sim_transfer_truth(reader->sim, i, &truth))
			continue;
		states[truth.state]++;
		throttled += truth.throttled && truth.state == SIM_TRANSFER_SENDING;
	}
	sim_transfers_truth(reader->sim, &all);
	SAME("sending", "all transfers", told.sending, states[SIM_TRANSFER_SENDING]);
	SAME("waiting", "all transfers", told.waiting, states[SIM_TRANSFER_WAITING]);
	SAME("notified", "all transfers", told.notified, states[SIM_TRANSFER_NOTIFIED]);
	SAME("retrying", "all transfers", told.retrying, states[SIM_TRANSFER_RETRY]);
	SAME("failed", "all transfers", told.failed, states[SIM_TRANSFER_FAILED]);
	SAME("throttled", "all transfers", told.throttled, throttled);
	SAME("done", "all transfers", told.done, all.done);
	SAME("failures", "all transfers", told.failures, all.failures);
	compare_hour(reader, "transfers an hour", told.done_per_hour, all.done,
	             model_transfer_counts(reader->model).since);
}

/* What is true of its newest try, whoever has heard that begin. */
static void
compare_attempt(const struct reader *reader, const char *name, const struct transfer *transfer,
                const struct sim_transfer_truth *truth)
{
	static const enum transfer_state states[] = {
		TRANSFER_WAITING, TRANSFER_SENDING, TRANSFER_NOTIFIED, TRANSFER_RETRY, TRANSFER_FAILED, TRANSFER_DONE,
	};
	size_t i;

	SAME("state", name, transfer->state, states[truth->state]);
	SAME("threads", name, transfer->threads, truth->threads);
	SAME("pull", name, transfer->pull, truth->pull);
	SAME("throttled", name, transfer->throttled, truth->throttled);
	SAME("limit", name, transfer->limit_percent, truth->limit_percent);
	SAME("limited rate", name, transfer->limit_rate, truth->limits ? 1048576 * truth->limit_percent / 100 : -1);
	SAME("restart", name, transfer->restart.text[0] != '\0', truth->restarts);
	SAME("last", name, transfer->last, truth->last_line);
	for (i = 0; i < truth->threads && i < 16; i++)
		SAME("thread", name, transfer->thread[i], truth->thread[i]);
	compare_stall(reader, name, transfer, truth);
}

static void
compare_transfer(const struct reader *reader, const char *name, const struct transfer *transfer,
                 const struct sim_transfer_truth *truth)
{
	size_t count;

	SAME("package", name, strcmp(model_packages(reader->model, &count)[transfer->package].id, truth->package), 0);
	SAME("server", name, strcmp(model_server(reader->model, transfer->dp), truth->dp), 0);
	SAME("version", name, transfer->version, truth->version);
	SAME("bytes", name, transfer->bytes, truth->bytes);
	SAME("failures", name, transfer->failures, truth->failures);
	compare_attempt(reader, name, transfer, truth);
}

static void
compare_transfers(const struct reader *reader)
{
	struct sim_transfer_truth truth;
	char name[24];
	size_t i;

	if (reader->two)
		return;
	for (i = 0; i < sim_transfer_count(reader->sim); i++) {
		if (!sim_transfer_truth(reader->sim, i, &truth))
			continue;
		snprintf(name, sizeof name, "transfer %llu", (unsigned long long)truth.job);
		compare_transfer(reader, name, transfer_of(reader->model, truth.job), &truth);
	}
	compare_all_transfers(reader);
}

static const struct transfer *
transfer_known(const struct model *model, uint64_t job)
{
	size_t i, count;
	const struct transfer *transfers = model_transfers(model, &count);

	for (i = 0; i < count; i++)
		if (transfers[i].job == job)
			return &transfers[i];
	return NULL;
}

/* Of a reader who has heard nothing before `begun`. */
static void
compare_since(const struct reader *reader, int64_t begun)
{
	struct sim_transfer_truth truth;
	size_t i, count, known = 0;

	for (i = 0; i < sim_transfer_count(reader->sim); i++) {
		const struct transfer *transfer;
		char name[24];

		if (!sim_transfer_truth(reader->sim, i, &truth))
			continue;
		transfer = transfer_known(reader->model, truth.job);
		known += transfer != NULL;
		snprintf(name, sizeof name, "transfer %llu", (unsigned long long)truth.job);
		if (truth.told_at > begun)
			compare_transfer(reader, name, transfer_of(reader->model, truth.job), &truth);
		else if (transfer && truth.begun > begun)
			compare_attempt(reader, name, transfer, &truth);
	}
	model_transfers(reader->model, &count);
	SAME("rows", "all transfers", count, known);
	ck_assert_ptr_null(model_check(reader->model));
}

static void
compare(const struct reader *reader)
{
	compare_jobs(reader);
	compare_all(reader);
	compare_distribution(reader);
	compare_sites(reader);
	compare_packages(reader);
	compare_transfers(reader);
}

/* Some minutes of different kinds: looked at now and then, and step by step for a while. */
static void
compare_for(struct reader *reader, int64_t minutes)
{
	struct sim_sink sink = { read_log, reader };
	int64_t end = sim_now(reader->sim) + minutes * WHEN_MINUTE;
	int i;

	while (sim_now(reader->sim) < end) {
		listen_until(reader, sim_now(reader->sim) + (int64_t)chance(reader, 20000) + 1);
		compare(reader);
		for (i = 0; i < 15; i++) {
			sim_step(reader->sim, &sink);
			compare_all(reader);
		}
		compare(reader);
	}
}

static const struct sim_options days[] = {
	{ .all_sites_line = true },
	{ .all_sites = 30, .all_sites_line = true },
	{ .all_sites = 12 },
	{ .raise_after = 7 * WHEN_MINUTE, .raise_to = 50, .all_sites_line = true },
	{ .all_sites = 20, .raise_after = 6 * WHEN_MINUTE, .raise_to = 3, .all_sites_line = true },
	{ .all_sites = 25, .restart_after = 7 * WHEN_MINUTE, .all_sites_line = true },
	{ .all_sites = 25, .restart_after = 5 * WHEN_MINUTE },
	{ .sites = 4, .per_site = 9, .all_sites = 15, .backlog = 300, .all_sites_line = true },
	{ .sites = 300, .per_site = 1, .all_sites = 60, .backlog = 1500 },
	{ .sites = 1, .all_sites = 3, .backlog = 50, .all_sites_line = true },
	{ .sites = 10, .all_sites = 20, .per_site = 2, .backlog = 200, .package_threads = 7 },
	{ .sites = 70, .all_sites = 200, .per_site = 20, .all_sites_line = true },
	{ .odd_transfers = true, .list_layout = SIM_LIST_COLUMNS, .package_threads = 9, .all_sites_line = true },
	{ .odd_transfers = true, .list_layout = SIM_LIST_PADDED, .restart_after = 6 * WHEN_MINUTE },
	{ .all_sites = 30, .list_layout = SIM_LIST_COLUMNS, .restart_after = 6 * WHEN_MINUTE, .all_sites_line = true },
	{ .sites = 20, .backlog = 200, .odd_transfers = true, .list_layout = SIM_LIST_COLUMNS, .package_threads = 20 },
};

static struct sim_options
day(int i)
{
	struct sim_options options = days[i];

	options.seed = (uint64_t)i + 100;
	options.start = START;
	options.bias = i % 2 == 0 ? 240 : -120;
	return options;
}

START_TEST(every_figure_is_true_at_every_moment)
{
	struct sim_options options = day(_i);
	struct reader reader = reader_of(&options);

	compare_for(&reader, 8);
	reader_end(&reader);
}
END_TEST

/* What the scheduler lists is what the other two logs tell, but for what is on its way just now. */
START_TEST(the_two_ways_of_counting_agree_within_the_sends_in_flight)
{
	struct sim_options options = day(_i);
	struct reader all = reader_of(&options), two = reader_of(&options);
	uint64_t listed, counted;
	struct sim_truth truth;

	two.two = true;
	while (sim_now(all.sim) < START + 10 * WHEN_MINUTE) {
		listen_until(&all, sim_now(all.sim) + 20 * WHEN_SECOND);
		listen_until(&two, sim_now(all.sim));
		compare(&two);
		sim_truth(all.sim, &truth);
		listed = backlog_at(all.model, sim_now(all.sim)).waiting + (truth.lists ? truth.untaken : 0);
		counted = backlog_at(two.model, sim_now(two.sim)).waiting;
		ck_assert_uint_le(counted, listed + truth.used);
		ck_assert_uint_le(listed, counted + truth.used);
	}
	ck_assert(truth.lists);
	reader_end(&all);
	reader_end(&two);
}
END_TEST

START_TEST(cutting_the_bytes_anywhere_changes_no_figure)
{
	struct sim_options options = day(_i);
	struct reader reader = reader_of(&options);

	reader.cuts = true;
	compare_for(&reader, 4);
	reader_end(&reader);
}
END_TEST

/* Hours, so that failures come back, sites open again and versions follow each other. */
START_TEST(the_figures_are_still_true_after_hours)
{
	struct sim_options options = day(_i);
	struct reader reader;
	int hours;

	options.all_sites = 8;
	options.backlog = 400;
	reader = reader_of(&options);
	for (hours = 0; hours < 2; hours++) {
		listen_until(&reader, sim_now(reader.sim) + WHEN_HOUR);
		compare(&reader);
	}
	reader_end(&reader);
}
END_TEST

static void
ignore(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	(void)payload, (void)log, (void)at, (void)bytes, (void)size;
}

/* ---- many sites: transfers and the list ---- */

static struct sim_options
odd_site(int i)
{
	return (struct sim_options){
		.seed = (uint64_t)i + 4000,
		.start = START,
		.bias = i % 2 == 0 ? 300 : -60,
		.sites = 3 + (uint32_t)i % 5,
		.backlog = 20 + (uint32_t)i % 7 * 30,
		.package_threads = 2 + (uint32_t)i % 9,
		.all_sites = 4 + (uint32_t)i % 6,
		.restart_after = i % 3 == 0 ? (20 + i) * WHEN_MINUTE : 0,
		.odd_transfers = true,
		.list_layout = (uint8_t)(i % SIM_LIST_LAYOUTS),
	};
}

START_TEST(transfers_and_lists_are_true_at_many_sites)
{
	struct sim_options options = odd_site(_i);
	struct reader reader = reader_of(&options);
	struct sim_sink sink = { read_log, &reader };

	for (int moment = 0; moment < 40; moment++) {
		listen_until(&reader, sim_now(reader.sim) + 1 + (int64_t)chance(&reader, 6 * WHEN_MINUTE));
		compare(&reader);
		for (int i = 0; i < 8; i++) {
			sim_step(reader.sim, &sink);
			compare_transfers(&reader);
		}
	}
	reader_end(&reader);
}
END_TEST

/* What was begun since the reader listens is told exactly; of the rest nothing false. */
START_TEST(transfers_are_true_from_the_middle_on)
{
	struct sim_options options = odd_site(_i);
	struct reader reader = reader_of(&options);
	struct sim_sink nobody = { ignore, NULL };
	int64_t begun;

	sim_run(reader.sim, START + (5 + _i) * 4 * WHEN_MINUTE, &nobody);
	begun = sim_now(reader.sim);
	for (int moment = 0; moment < 40; moment++) {
		listen_until(&reader, sim_now(reader.sim) + 1 + (int64_t)chance(&reader, 6 * WHEN_MINUTE));
		compare_since(&reader, begun);
	}
	reader_end(&reader);
}
END_TEST

/* What a site has logged, kept. */
struct kept {
	char *bytes[SIM_LOG_COUNT];
	size_t size[SIM_LOG_COUNT], room[SIM_LOG_COUNT];
};

static void
keep(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct kept *kept = payload;

	(void)at;
	if (kept->size[log] + size > kept->room[log]) {
		kept->room[log] = 2 * kept->room[log] + 65536;
		kept->bytes[log] = realloc(kept->bytes[log], kept->room[log]);
		ck_assert_ptr_nonnull(kept->bytes[log]);
	}
	memcpy(kept->bytes[log] + kept->size[log], bytes, size);
	kept->size[log] += size;
}

/* As whole files are read: of all logs always the earliest record. */
static void
apply_by_time(struct reader *reader, const struct kept *kept)
{
	struct event events[SIM_LOG_COUNT];
	bool more[SIM_LOG_COUNT];
	int i, first;

	for (i = 0; i < SIM_LOG_COUNT; i++) {
		parser_feed(reader->parsers[i], kept->bytes[i], kept->size[i]);
		more[i] = parser_next(reader->parsers[i], &events[i]);
	}
	for (;;) {
		for (i = 0, first = -1; i < SIM_LOG_COUNT; i++)
			if (more[i] && (first < 0 || events[i].at < events[first].at))
				first = i;
		if (first < 0)
			break;
		model_apply(reader->model, &events[first]);
		more[first] = parser_next(reader->parsers[first], &events[first]);
	}
}

START_TEST(logs_read_afterwards_tell_the_same)
{
	struct sim_options options = day(_i);
	struct reader reader = reader_of(&options);
	struct kept kept = { .size = { 0 } };
	struct sim_sink sink = { keep, &kept };
	int i;

	sim_run(reader.sim, START + 8 * WHEN_MINUTE, &sink);
	apply_by_time(&reader, &kept);
	compare(&reader);
	for (i = 0; i < SIM_LOG_COUNT; i++)
		free(kept.bytes[i]);
	reader_end(&reader);
}
END_TEST

START_TEST(the_limits_are_those_of_the_newest_readings)
{
	struct sim_options options = {
		.seed = 9, .start = START, .raise_after = 12 * WHEN_MINUTE, .raise_to = 50, .all_sites_line = true
	};
	struct reader reader = reader_of(&options);

	reader.two = true;
	listen_until(&reader, START + 10 * WHEN_MINUTE);
	ck_assert_int_eq(model_sending(reader.model).capacity, 5);
	ck_assert_int_eq(model_sending(reader.model).site_capacity, 3);
	ck_assert_int_eq(model_distribution(reader.model).capacity, 3);
	listen_until(&reader, START + 16 * WHEN_MINUTE);
	ck_assert_int_eq(model_sending(reader.model).capacity, 50);
	reader_end(&reader);
}
END_TEST

START_TEST(a_dead_site_is_told_as_left_alone)
{
	struct sim_options options = { .seed = 1, .start = START, .all_sites = 20, .all_sites_line = true };
	struct reader reader = reader_of(&options);
	struct sim_site_truth truth;
	uint64_t blocked = 0;
	size_t i;

	reader.two = true;
	listen_until(&reader, START + 60 * WHEN_MINUTE);
	for (i = 0; i < sim_site_count(reader.sim); i++) {
		sim_site_truth(reader.sim, i, &truth);
		if (!truth.blocked)
			continue;
		blocked++;
		ck_assert(site_named(reader.model, truth.code)->blocked);
		ck_assert_int_eq(
			site_state(reader.model,
		                   (uint32_t)(site_named(reader.model, truth.code) - model_sites(reader.model, &i)),
		                   sim_now(reader.sim)),
			SITE_BLOCKED);
		break;
	}
	ck_assert_uint_eq(blocked, 1);
	reader_end(&reader);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("model_against_site");
	TCase *c = tcase_create("model_against_site");
	int seeds = asked_for("TRUTH_SEEDS", 8);

	tcase_set_timeout(c, 120);
	tcase_add_loop_test(c, every_figure_is_true_at_every_moment, 0, (int)(sizeof days / sizeof *days));
	tcase_add_loop_test(c, the_two_ways_of_counting_agree_within_the_sends_in_flight, 4, 6);
	tcase_add_loop_test(c, cutting_the_bytes_anywhere_changes_no_figure, 2, 7);
	tcase_add_loop_test(c, the_figures_are_still_true_after_hours, 4, 6);
	tcase_add_loop_test(c, the_figures_are_still_true_after_hours, 12, 16);
	tcase_add_loop_test(c, logs_read_afterwards_tell_the_same, 1, 6);
	tcase_add_loop_test(c, logs_read_afterwards_tell_the_same, 12, 16);
	tcase_add_loop_test(c, transfers_and_lists_are_true_at_many_sites, 0, seeds);
	/* The later ones run for so long that the simulated site has forgotten transfers by then. */
	tcase_add_loop_test(c, transfers_are_true_from_the_middle_on, 0, seeds < 24 ? seeds : 24);
	tcase_add_test(c, the_limits_are_those_of_the_newest_readings);
	tcase_add_test(c, a_dead_site_is_told_as_left_alone);
	suite_add_tcase(s, c);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
