/*
 * What waits is counted in two ways. In the simulated site they agree at every
 * moment, whatever was read late or lost; where a log tells of sends that are not
 * there, or not of some that are, the drift is told.
 */
#include "framed_log.h"
#include "site_reader.h"

static struct framed_log s;

static void
open_log(void)
{
	framed_log_open(&s, NULL);
}

static void
close_log(void)
{
	framed_log_close(&s);
}

/* ---- no false alarm ---- */

static const struct sim_options days[] = {
	{ .all_sites_line = true },
	{ .all_sites = 30, .all_sites_line = true },
	{ .all_sites = 20, .raise_after = 6 * WHEN_MINUTE, .raise_to = 3, .all_sites_line = true },
	{ .all_sites = 25, .restart_after = 7 * WHEN_MINUTE, .all_sites_line = true },
	{ .all_sites = 25, .restart_after = 14 * WHEN_MINUTE },
	{ .sites = 4, .per_site = 9, .all_sites = 15, .backlog = 300, .all_sites_line = true },
	{ .sites = 300, .per_site = 1, .all_sites = 60, .backlog = 1500 },
	{ .sites = 10, .all_sites = 20, .per_site = 2, .backlog = 200, .package_threads = 7 },
};

#define DAYS ((int)(sizeof days / sizeof *days))

static struct sim_options
day(int i)
{
	struct sim_options options = days[i % DAYS];

	options.seed = (uint64_t)i + 300;
	options.start = START;
	options.bias = 240;
	return options;
}

static void
must_agree(const struct reader *reader)
{
	struct backlog backlog = backlog_at(reader->model, sim_now(reader->sim));

	if (backlog.drift != 0)
		ck_abort_msg("after %lld s: %lld counted, %llu listed",
		             (long long)(sim_now(reader->sim) - START) / 1000, (long long)backlog.counted,
		             (unsigned long long)backlog.waiting);
}

/* How far they are apart is never more than what is on its way. */
static void
must_be_near(const struct reader *reader)
{
	struct backlog backlog = backlog_at(reader->model, sim_now(reader->sim));
	struct sim_truth truth;

	sim_truth(reader->sim, &truth);
	if (!truth.lists)
		return;
	ck_assert(backlog.listed);
	ck_assert_uint_eq(backlog.waiting, truth.listed);
	ck_assert_int_le(backlog.counted, (int64_t)(backlog.waiting + truth.untaken + truth.used));
	ck_assert_int_ge(backlog.counted, (int64_t)(backlog.waiting + truth.untaken));
}

START_TEST(the_two_counts_are_apart_by_what_is_on_its_way_and_by_no_more)
{
	struct sim_options options = day(_i);
	struct reader reader = reader_of(&options);
	struct sim_truth truth;

	while (sim_now(reader.sim) < START + 40 * WHEN_MINUTE) {
		listen_until(&reader, sim_now(reader.sim) + 1 + (int64_t)chance(&reader, 15000));
		must_be_near(&reader);
		must_agree(&reader);
	}
	sim_truth(reader.sim, &truth);
	ck_assert(truth.lists);
	ck_assert_ptr_null(model_check(reader.model));
	reader_end(&reader);
}
END_TEST

/* A log that the reader does not hear for a while: with a word that records were lost, or because it begins late. */
struct ears {
	struct reader *reader;
	bool deaf[SIM_LOG_COUNT], begun[SIM_LOG_COUNT];
};

static void
read_some(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct ears *ears = payload;

	(void)at;
	if (ears->deaf[log])
		return;
	ears->begun[log] = true;
	feed_model(ears->reader->parsers[log], ears->reader->model, NULL, bytes, size);
}

/* As the tail tells of lost bytes. */
static void
record_lost(struct ears *ears, enum sim_log log)
{
	static const char *const components[] = {
		"SMS_LAN_SENDER",
		"SMS_DISTRIBUTION_MANAGER",
		"SMS_SCHEDULER",
		"SMS_PACKAGE_TRANSFER_MANAGER",
	};
	struct event gap = {
		.at = sim_now(ears->reader->sim),
		.zoned = true,
		.bias = 240,
		.kind = EVENT_LOG_GAP,
		.level = LEVEL_WARNING,
		.log = (uint8_t)log,
		.component = span_of(components[log]),
	};

	if (ears->begun[log])
		model_apply(ears->reader->model, &gap);
}

static void
open_ears(struct ears *ears, enum sim_log log, bool open)
{
	if (open && ears->deaf[log])
		record_lost(ears, log);
	ears->deaf[log] = !open;
}

START_TEST(a_log_that_begins_late_is_no_drift)
{
	struct sim_options options = day(_i);
	struct reader reader = reader_of(&options);
	struct ears ears = { .reader = &reader };
	struct sim_sink sink = { read_some, &ears };
	int64_t begins[SIM_LOG_COUNT];
	int i;

	for (i = 0; i < SIM_LOG_COUNT; i++) {
		begins[i] = START + (_i >> i & 1 ? (int64_t)chance(&reader, 25 * WHEN_MINUTE) : 0);
		ears.deaf[i] = true;
	}
	while (sim_now(reader.sim) < START + 45 * WHEN_MINUTE) {
		for (i = 0; i < SIM_LOG_COUNT; i++)
			ears.deaf[i] = sim_now(reader.sim) < begins[i];
		sim_run(reader.sim, sim_now(reader.sim) + 1 + (int64_t)chance(&reader, 20000), &sink);
		must_agree(&reader);
	}
	ck_assert(backlog_at(reader.model, sim_now(reader.sim)).listed);
	reader_end(&reader);
}
END_TEST

START_TEST(records_that_were_lost_are_no_drift)
{
	struct sim_options options = day(_i);
	struct reader reader = reader_of(&options);
	struct ears ears = { .reader = &reader };
	struct sim_sink sink = { read_some, &ears };

	while (sim_now(reader.sim) < START + 45 * WHEN_MINUTE) {
		int log = (int)chance(&reader, SIM_LOG_COUNT);

		if (sim_now(reader.sim) > START + 2 * WHEN_MINUTE)
			open_ears(&ears, (enum sim_log)log, ears.deaf[log] || chance(&reader, 8) > 0);
		sim_run(reader.sim, sim_now(reader.sim) + 1 + (int64_t)chance(&reader, 20000), &sink);
		must_agree(&reader);
	}
	reader_end(&reader);
}
END_TEST

/* ---- what is told ---- */

static void
sched(const char *message)
{
	s.component = "SMS_SCHEDULER";
	record(&s, 5492, "%s", message);
	s.component = "SMS_LAN_SENDER";
}

/* So many requests of one package, each to a site of its own, from number `first` on. */
static void
list(unsigned first, unsigned count)
{
	char row[300];
	unsigned i;

	sched("====== Updating Send Request List =======");
	for (i = first; i < first + count; i++) {
		snprintf(row, sizeof(row),
		         "Send Request 2%04XCS1 JobID: 00000E2A DestSite: %03X FinalSite: State: Pending Status: "
		         "Action: None Total size: 100k Remaining: 100k Heartbeat: Start: Finish: Retry: SWD PkgID: "
		         "PS100039 SWD Pkg "
		         "Version: 1",
		         i, i);
		sched(row);
	}
	sched("======  Checking Status of All Send Requests  ======");
}

static void
due(unsigned first, unsigned count)
{
	char site[8];
	unsigned i;

	for (i = first; i < first + count; i++) {
		snprintf(site, sizeof(site), "%03X", i);
		record_due(&s, "PS100039", site);
	}
}

/* Whatever was on its way has arrived. */
static int64_t
drift(void)
{
	return model_drift(s.model, s.at + WHEN_HOUR);
}

START_TEST(due_lines_without_requests_have_drifted)
{
	record(&s, 4, "Checking for sending capacity. Used 0 out of 5.");
	due(0x100, 40);
	list(0x100, 28);
	ck_assert_int_eq(model_drift(s.model, s.at), 0);
	ck_assert_int_eq(drift(), 12);
	ck_assert_uint_eq(model_sending(s.model).waiting, 28);
	ck_assert_uint_eq(model_sending(s.model).counted, 40);
	list(0x100, 40);
	ck_assert_int_eq(drift(), 0);
}
END_TEST

START_TEST(requests_without_due_lines_have_drifted_once_both_were_the_same)
{
	record(&s, 4, "Checking for sending capacity. Used 0 out of 5.");
	due(0x100, 10);
	s.at += WHEN_HOUR;
	list(0x100, 40);
	ck_assert_int_eq(drift(), 0); /* they may have been due before the log began */
	s.at += WHEN_HOUR;
	list(0x100, 10);
	ck_assert_int_eq(drift(), 0);
	s.at += WHEN_HOUR;
	list(0x100, 17);
	ck_assert_int_eq(drift(), -7);
}
END_TEST

START_TEST(what_was_due_before_the_sender_was_heard_may_have_been_sent)
{
	due(0x100, 40);
	record(&s, 4, "Checking for sending capacity. Used 0 out of 5.");
	list(0x100, 5);
	ck_assert_int_eq(drift(), 0);
	due(0x200, 20);
	ck_assert_int_eq(drift(), 55);
}
END_TEST

START_TEST(without_a_list_there_is_nothing_to_drift_from)
{
	record(&s, 4, "Checking for sending capacity. Used 0 out of 5.");
	due(0x100, 40);
	ck_assert_int_eq(drift(), 0);
	ck_assert_int_eq(backlog_at(s.model, s.at).counted, -1);
	ck_assert(backlog_at(s.model, s.at).since != WHEN_NONE);
	list(0x100, 40);
	ck_assert_int_eq(backlog_at(s.model, s.at).counted, 40);
	ck_assert(backlog_at(s.model, s.at).since == WHEN_NONE);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("drift");
	TCase *false_alarms = tcase_create("no false alarm"), *told = tcase_create("what is told");

	tcase_set_timeout(false_alarms, 120);
	tcase_add_loop_test(false_alarms, the_two_counts_are_apart_by_what_is_on_its_way_and_by_no_more, 0, DAYS);
	tcase_add_loop_test(false_alarms, a_log_that_begins_late_is_no_drift, 0, 16);
	tcase_add_loop_test(false_alarms, records_that_were_lost_are_no_drift, 0, 8);
	tcase_add_checked_fixture(told, open_log, close_log);
	tcase_add_test(told, due_lines_without_requests_have_drifted);
	tcase_add_test(told, requests_without_due_lines_have_drifted_once_both_were_the_same);
	tcase_add_test(told, what_was_due_before_the_sender_was_heard_may_have_been_sent);
	tcase_add_test(told, without_a_list_there_is_nothing_to_drift_from);
	suite_add_tcase(suite, false_alarms);
	suite_add_tcase(suite, told);
	return run_suite(suite);
}
