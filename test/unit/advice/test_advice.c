/*
 * Each finding has a site server that makes it true, and one that nearly does; and
 * what is said about limits is held against simulated sites, of which it is known
 * what holds them back. ADVICE_SEEDS sets how many of these are asked.
 */
#include "cmtop/advice.h"
#include "run_suite.h"
#include "framed_log.h"
#include "site_reader.h"

static struct framed_log s;
static struct advice found[ADVICE_COUNT];
static size_t count;
static struct log_status logs[1];
static bool live;

static void
open_log(void)
{
	framed_log_open(&s, NULL);
	memset(logs, 0, sizeof(logs));
	strcpy(logs[0].name, "sender");
	live = false;
}

static void
close_log(void)
{
	framed_log_close(&s);
}

static const struct advice *
find(enum advice_code code)
{
	struct advice_look look = { s.model, logs, 1, s.at, live };

	count = advice_find(&look, found);
	for (size_t i = 0; i < count; i++)
		if (found[i].code == code)
			return &found[i];
	return NULL;
}

static void
must(enum advice_code code, const char *evidence)
{
	const struct advice *advice = find(code);

	ck_assert_msg(advice, "%s is not found", advice_word(code));
	ck_assert_msg(strstr(advice->text, evidence), "%s: '%s' is not in '%s'", advice_word(code), evidence,
	              advice->text);
}

static void
must_not(enum advice_code code)
{
	const struct advice *advice = find(code);

	ck_assert_msg(!advice, "%s: %s", advice_word(code), advice ? advice->text : "");
}

/* Time passes, and the jobs go on writing. */
static void
pass(int minutes, unsigned first, unsigned jobs)
{
	static uint64_t position;

	for (int i = 0; i < minutes * 6; i++) {
		for (unsigned k = 0; k < jobs; k++) {
			char request[16];

			snprintf(request, sizeof(request), "1_%03uAAA", k);
			record(&s, first + k * 4, "~Wrote 1000 bytes to \\\\S\\SMS_SITE\\%s.PCK at position %llu",
			       request, (unsigned long long)position);
		}
		position += 1000;
		s.at += 10 * WHEN_SECOND;
	}
	record(&s, 1, "No (more) send requests found to process");
}

static void
limits(int used, int all)
{
	record(&s, 1, "Checking for sending capacity. Used %d out of %d.", used, all);
}

/* `n` jobs to sites S00, S01, … and their requests 1_000AAA, … */
static void
start(unsigned n, bool one_site)
{
	for (unsigned k = 0; k < n; k++) {
		char request[16], site[16];

		snprintf(request, sizeof(request), "1_%03uAAA", k);
		snprintf(site, sizeof(site), "S%02u", one_site ? 0 : k);
		record_started(&s, 1, 0x100 + k * 4, request, site, one_site ? (int)k : 0);
		record_file(&s, 0x100 + k * 4, "PS100039", request);
	}
}

static void
due(unsigned n, const char *package, unsigned sites)
{
	for (unsigned k = 0; k < n; k++) {
		char site[16];

		snprintf(site, sizeof(site), "S%02u", k % sites);
		record_due(&s, package, site);
	}
}

START_TEST(sender_full)
{
	limits(0, 2);
	due(12, "PS10003A", 6);
	start(2, false);
	pass(12, 0x100, 2);
	must_not(ADVICE_SITE_FULL);
	pass(6, 0x100, 2);
	must(ADVICE_SENDER_FULL, "All 2 slots were in use");
	ck_assert_ptr_nonnull(strstr(find(ADVICE_SENDER_FULL)->today, "Sender"));
	limits(2, 3);
	must_not(ADVICE_SENDER_FULL);
}
END_TEST

START_TEST(sender_full_only_while_sends_wait)
{
	limits(0, 2);
	start(2, false);
	pass(20, 0x100, 2);
	must_not(ADVICE_SENDER_FULL);
}
END_TEST

START_TEST(slot_hog)
{
	limits(0, 5);
	due(12, "PS10003A", 6);
	start(3, true);
	pass(2, 0x100, 3);
	must_not(ADVICE_SLOT_HOG);
	s.at += 22 * WHEN_MINUTE;
	must(ADVICE_SLOT_HOG, "S00 holds 3 of 3");
	record(&s, 0x108, "~Wrote 1000 bytes to \\\\S\\SMS_SITE\\1_002AAA.PCK at position 99999");
	must_not(ADVICE_SLOT_HOG);
}
END_TEST

START_TEST(a_hog_is_not_called_a_full_sender)
{
	limits(0, 2);
	due(12, "PS10003A", 6);
	start(2, true);
	pass(16, 0x100, 2);
	must(ADVICE_SENDER_FULL, "2 slots");
	s.at += 5 * WHEN_MINUTE;
	record(&s, 1, "No (more) send requests found to process");
	must(ADVICE_SLOT_HOG, "S00");
	must_not(ADVICE_SENDER_FULL);
}
END_TEST

START_TEST(site_full)
{
	limits(0, 10);
	due(6, "PS10003A", 1);
	start(3, true);
	must(ADVICE_SITE_FULL, "S00 3 of 3");
	limits(3, 3);
	must_not(ADVICE_SITE_FULL);
}
END_TEST

START_TEST(limits_equal)
{
	limits(0, 3);
	start(1, false);
	must(ADVICE_LIMITS_EQUAL, "both 3");
	limits(1, 4);
	must_not(ADVICE_LIMITS_EQUAL);
}
END_TEST

START_TEST(throttled)
{
	due(2, "PS100039", 1);
	start(1, false);
	record(&s, 0x100, "~Address to S is currently in pulse mode, therefore only one connection is allowed.");
	must(ADVICE_THROTTLED, "S00 limited");
	s.at += 2 * WHEN_HOUR;
	must_not(ADVICE_THROTTLED);
}
END_TEST

START_TEST(a_blocked_site_is_told_with_its_last_error)
{
	due(4, "PS100039", 2);
	start(2, false);
	record(&s, 0x104, "Cannot create/open the remote file \\\\S01\\SMS_SITE\\2001CPS1.PCK, Win32 error = 53.");
	record(&s, 0x104, "Restart time = 07-30-2026 12:29:04 PM Eastern Daylight Time");
	record(&s, 0x200,
	       "Cannot connect to server \\\\X at remote site S01, won't try send requests going to site S01 for an "
	       "hour "
	       "or until there are no active send requests.");
	must(ADVICE_SITE_BLOCKED, "Error 53: network path not found");
}
END_TEST

START_TEST(address_closed_and_site_blocked)
{
	due(2, "PS100039", 2);
	must_not(ADVICE_SITE_BLOCKED);
	record(&s, 1, "all existing addresses to destination site S00 are closed");
	must(ADVICE_ADDRESS_CLOSED, "S00 closed");
	must_not(ADVICE_SITE_BLOCKED);
	record(&s, 0x200,
	       "Cannot connect to server \\\\X at remote site S01, won't try send requests going to site S01 for an "
	       "hour "
	       "or until there are no active send requests.");
	must(ADVICE_SITE_BLOCKED, "Sender skips S01 until 09:00; 1 waits. No reason is in these logs");
	s.at += 2 * WHEN_HOUR;
	must_not(ADVICE_SITE_BLOCKED);
}
END_TEST

static void
distmgr(const char *message)
{
	s.component = "SMS_DISTRIBUTION_MANAGER";
	record(&s, 4824, "%s", message);
	s.component = "SMS_LAN_SENDER";
}

static void
package_thread(unsigned thread, const char *message)
{
	s.component = "SMS_DISTRIBUTION_MANAGER";
	record(&s, thread, "%s", message);
	s.component = "SMS_LAN_SENDER";
}

START_TEST(distmgr_full)
{
	distmgr("~Currently using 0 out of 1 allowed package processing threads.");
	distmgr("~Started package processing thread for package 'PS100039', thread ID = 0x200 (512)");
	s.at += 14 * WHEN_MINUTE;
	package_thread(512, "Creating hash for algorithm 32780");
	s.at += 4 * WHEN_MINUTE;
	package_thread(512, "Creating hash for algorithm 32780");
	must_not(ADVICE_DISTMGR_FULL);
	distmgr("Adding package 'PS10003A' to package processing queue.");
	must(ADVICE_DISTMGR_FULL, "does not change sends");
}
END_TEST

START_TEST(distmgr_serial)
{
	distmgr("~Started package processing thread for package 'PS100039', thread ID = 0x200 (512)");
	distmgr("~Started package processing thread for package 'PS10003A', thread ID = 0x204 (516)");
	package_thread(512, "~Use drive E for storing the compressed package.");
	package_thread(516, "~Use drive E for storing the compressed package.");
	must_not(ADVICE_DISTMGR_SERIAL);
	s.at += 3 * WHEN_MINUTE;
	must(ADVICE_DISTMGR_SERIAL, "1 of 2");
}
END_TEST

START_TEST(growing)
{
	record(&s, 1, "No (more) send requests found to process");
	for (int i = 0; i < 20; i++) {
		due(2, "PS100039", 3);
		s.at += WHEN_MINUTE;
		if (i == 10)
			must_not(ADVICE_GROWING);
	}
	must(ADVICE_GROWING, "The queue grows");
	s.at += 3 * WHEN_HOUR;
	record(&s, 1, "No (more) send requests found to process");
	must_not(ADVICE_GROWING);
}
END_TEST

START_TEST(idle_with_backlog)
{
	record(&s, 1, "No (more) send requests found to process");
	due(3, "PS100039", 1);
	s.at += 9 * WHEN_MINUTE;
	record(&s, 1, "No (more) send requests found to process");
	must_not(ADVICE_IDLE_WITH_BACKLOG);
	s.at += 9 * WHEN_MINUTE;
	record(&s, 1, "No (more) send requests found to process");
	must(ADVICE_IDLE_WITH_BACKLOG, "3 sends wait");
	record(&s, 1, "all existing addresses to destination site S00 are closed");
	must_not(ADVICE_IDLE_WITH_BACKLOG);
}
END_TEST

START_TEST(small_behind_big)
{
	limits(0, 2);
	s.component = "SMS_DISTRIBUTION_MANAGER";
	record(&s, 512, "The size of package PS100039, version 1 is 4194304 KBytes");
	record(&s, 516, "The size of package PS10003A, version 1 is 2048 KBytes");
	s.component = "SMS_LAN_SENDER";
	start(2, false);
	due(19, "PS10003A", 5);
	must_not(ADVICE_SMALL_BEHIND_BIG);
	due(1, "PS10003A", 5);
	must(ADVICE_SMALL_BEHIND_BIG, "2 sends of 4.0 GB or more hold 2 of 2");
}
END_TEST

START_TEST(retry_storm)
{
	for (unsigned i = 0; i < 10; i++) {
		must_not(ADVICE_RETRY_STORM);
		record_started(&s, 1, 0x100, "1_000AAA", "S00", 0);
		record_file(&s, 0x100, "PS100039", "1_000AAA");
		record_block(&s, 0x100, "1_000AAA", 1024, 0);
		record(&s, 0x100, "Restart time = soon");
	}
	must(ADVICE_RETRY_STORM, "10 sends failed and 0 were done in the last hour. 9.0 KB were sent twice");
}
END_TEST

START_TEST(silent)
{
	start(1, false);
	live = true;
	logs[0].silent = WHEN_MINUTE;
	must_not(ADVICE_SILENT);
	logs[0].silent = 14 * WHEN_MINUTE;
	must(ADVICE_SILENT, "silent 14m");
	live = false;
	must_not(ADVICE_SILENT);
}
END_TEST

static void
done_at_a_pace(int minutes, int each)
{
	for (int i = 0; i < minutes; i++) {
		for (int k = 0; k < each; k++) {
			record_started(&s, 1, 0x100, "1_000AAA", "S00", 0);
			record_file(&s, 0x100, "PS100039", "1_000AAA");
			record_block(&s, 0x100, "1_000AAA", 1000000, 0);
			record_done(&s, 0x100, "PS100039", "1_000AAA", "S00");
		}
		s.at += WHEN_MINUTE;
	}
}

START_TEST(changed)
{
	limits(0, 5);
	done_at_a_pace(30, 1);
	limits(0, 50);
	done_at_a_pace(8, 4);
	must_not(ADVICE_CHANGED);
	done_at_a_pace(22, 4);
	must(ADVICE_CHANGED, "went from 5 to 50. Before: 6");
}
END_TEST

/* ---- stalled sends ---- */

/* Jobs `from` to `to` go on writing, the others are silent. */
static void
pass_for(int minutes, unsigned from, unsigned to)
{
	for (int i = 0; i < minutes * 6; i++) {
		for (unsigned k = from; k < to; k++) {
			char request[16];

			snprintf(request, sizeof(request), "1_%03uAAA", k);
			record(&s, 0x100 + k * 4, "~Wrote 1000 bytes to \\\\S\\SMS_SITE\\%s.PCK at position %llu",
			       request, (unsigned long long)s.at % 1000000);
		}
		s.at += 10 * WHEN_SECOND;
	}
	record(&s, 1, "No (more) send requests found to process");
}

/* `all` slots, of which the sends on all but `moving` stall after a quarter of an hour of sending. */
static void
let_stall(unsigned all, unsigned moving, unsigned waiting)
{
	limits(0, (int)all);
	if (waiting > 0)
		due(waiting, "PS10003A", all + 3);
	start(all, false);
	pass_for(15, 0, all);
	pass_for(7, 0, moving);
}

START_TEST(stalled_sends_are_the_first_advice_and_are_named)
{
	let_stall(5, 0, 40);
	must(ADVICE_STALLED_SENDS,
	     "5 of 5 slots held by stalled sends: S00 PS100039 since 08:14, S01 PS100039 since 08:14");
	ck_assert_int_eq(found[0].code, ADVICE_STALLED_SENDS);
	must_not(ADVICE_SENDER_FULL);
	must_not(ADVICE_SITE_FULL);
	pass_for(1, 0, 5);
	must_not(ADVICE_STALLED_SENDS);
}
END_TEST

START_TEST(four_of_five_slots_stalled)
{
	let_stall(5, 1, 40);
	must(ADVICE_STALLED_SENDS, "4 of 5 slots");
	ck_assert_int_eq(found[0].code, ADVICE_STALLED_SENDS);
	must_not(ADVICE_SENDER_FULL);
}
END_TEST

START_TEST(one_of_three_slots_stalled)
{
	let_stall(3, 2, 40);
	must(ADVICE_STALLED_SENDS, "1 of 3 slots held by stalled sends: S02 PS100039 since");
	must_not(ADVICE_SENDER_FULL);
}
END_TEST

/* One of many is not what is wrong: the limit is, and both are said. */
START_TEST(one_of_ten_slots_stalled_is_not_the_reason)
{
	let_stall(10, 9, 80);
	must(ADVICE_STALLED_SENDS, "1 of 10 slots");
	must(ADVICE_SENDER_FULL, "All 10 slots");
	/* One slot changes hands. */
	record(&s, 0x100, "~Sending completed successfully");
	must(ADVICE_STALLED_SENDS, "1 of 10 slots");
	must(ADVICE_SENDER_FULL, "All 10 slots");
}
END_TEST

START_TEST(stalled_sends_without_anything_that_waits_hold_nothing_back)
{
	let_stall(5, 0, 0);
	must_not(ADVICE_STALLED_SENDS);
}
END_TEST

START_TEST(one_stalled_send_beside_free_slots_holds_nothing_back)
{
	limits(0, 50);
	due(5, "PS10003A", 5);
	start(5, false);
	pass_for(5, 0, 5);
	pass_for(7, 1, 5);
	ck_assert_int_eq(site_state(s.model, 0, s.at), SITE_STALLED);
	must_not(ADVICE_STALLED_SENDS);
}
END_TEST

/* The log need not tell the limit of all sites: then nothing says that the slot is not missed. */
START_TEST(one_stalled_send_where_no_limit_is_told)
{
	due(40, "PS10003A", 9);
	start(6, false);
	pass_for(15, 0, 6);
	must_not(ADVICE_STALLED_SENDS);
	pass_for(7, 1, 6);
	must(ADVICE_STALLED_SENDS, "1 of 6 slots held by stalled sends: S00 PS100039 since");
}
END_TEST

/* The site has three slots, and all are held by sends that stall: no site is said to be at its limit. */
START_TEST(stalled_sends_at_the_limit_of_their_site)
{
	limits(0, 50);
	due(6, "PS10003A", 1);
	start(3, true);
	pass_for(5, 0, 3);
	must(ADVICE_SITE_FULL, "1 site uses all its slots (S00 3 of 3");
	must_not(ADVICE_STALLED_SENDS);
	pass_for(7, 0, 1);
	must(ADVICE_STALLED_SENDS, "2 of 50 slots");
	must_not(ADVICE_SITE_FULL);
}
END_TEST

/* As many write all the time: whether they share a full line cannot be seen, and it is not said that it is the limit. */
START_TEST(where_nothing_tells_of_the_line_the_limit_is_not_blamed_for_sure)
{
	limits(0, 3);
	due(40, "PS10003A", 9);
	start(3, false);
	pass(18, 0x100, 3);
	must(ADVICE_SENDER_FULL, "More slots help only with spare bandwidth");
	must_not(ADVICE_LINK_FULL);
}
END_TEST

/* All slots are in use, but what waits is for a site that could not have one more: not the limit of all sites holds it back. */
START_TEST(sender_full_only_where_more_slots_would_be_taken)
{
	limits(0, 3);
	due(6, "PS10003A", 1);
	start(3, true);
	pass(18, 0x100, 3);
	must_not(ADVICE_SENDER_FULL);
	record_due(&s, "PS10003A", "S05");
	must(ADVICE_SENDER_FULL, "All 3 slots");
}
END_TEST

START_TEST(what_stalls_is_no_big_send_that_small_ones_wait_behind)
{
	s.component = "SMS_DISTRIBUTION_MANAGER";
	record(&s, 512, "The size of package PS100039, version 1 is 4194304 KBytes");
	record(&s, 516, "The size of package PS10003A, version 1 is 2048 KBytes");
	s.component = "SMS_LAN_SENDER";
	let_stall(2, 0, 30);
	must(ADVICE_STALLED_SENDS, "2 of 2");
	must_not(ADVICE_SMALL_BEHIND_BIG);
}
END_TEST

START_TEST(a_change_does_not_touch_what_runs_is_said_where_one_is_advised)
{
	due(4, "PS100039", 2);
	record(&s, 1, "all existing addresses to destination site S01 are closed");
	must(ADVICE_ADDRESS_CLOSED, "affects only sends that start later");
	start(1, false);
	record(&s, 0x100, "~Address to S is currently in pulse mode, therefore only one connection is allowed.");
	must(ADVICE_THROTTLED, "affects only sends that start later");
}
END_TEST

/* No text is cut in the middle, however long the names are. */
START_TEST(no_evidence_is_cut_off)
{
	limits(0, 200);
	due(300, "PS10003A", 1);
	start(200, false);
	pass_for(5, 0, 200);
	pass_for(7, 0, 0);
	must(ADVICE_STALLED_SENDS, "More slots may stall too");
	must(ADVICE_STALLED_SENDS, "200 of 200");
	ck_assert_ptr_nonnull(strstr(find(ADVICE_STALLED_SENDS)->text, " more. Check"));
}
END_TEST

/* ---- against what really holds a simulated site back ---- */

struct limits_score {
	int free, full_told; /* looks at which the slots alone were scarce; … and it was said so */
	int line, line_told; /* … the line was; … and it was said so */
	int wrong_full, wrong_line;
};

static bool
is_told(const struct reader *reader, enum advice_code code)
{
	struct advice_look look = { .model = reader->model, .now = sim_now(reader->sim) };

	count = advice_find(&look, found);
	for (size_t i = 0; i < count; i++)
		if (found[i].code == code)
			return true;
	return false;
}

/* After half an hour of which it is known how often the line was what held a block up. */
static void
look_at_limits(struct reader *reader, struct limits_score *score)
{
	struct sim_truth before, after;
	bool full, link, busy;
	double by_line;

	sim_truth(reader->sim, &before);
	listen_until(reader, sim_now(reader->sim) + 30 * WHEN_MINUTE);
	sim_truth(reader->sim, &after);
	by_line = (double)(after.blocks_by_line - before.blocks_by_line) / (double)(after.blocks - before.blocks + 1);
	full = is_told(reader, ADVICE_SENDER_FULL);
	link = is_told(reader, ADVICE_LINK_FULL);
	busy = sending_full(reader->model, sim_now(reader->sim), 15 * WHEN_MINUTE) > 0.85 && after.waiting > 100;
	if (full && (by_line > 0.9 || after.used * 2 < after.all_sites)) {
		struct uplink_share share = model_uplink_share(reader->model);

		printf("    sender-full, but %.0f%% by the line: %u of %u slots, slope %.2f, error %.2f, %.0f windows, "
		       "%.1f write\n",
		       by_line * 100, after.used, after.all_sites, share.slope, share.error, share.windows,
		       share.writers);
		fflush(stdout);
		score->wrong_full++;
	}
	score->wrong_line += link && by_line < 0.35;
	score->free += by_line < 0.1 && busy;
	score->full_told += by_line < 0.1 && busy && full;
	score->line += by_line > 0.9;
	score->line_told += by_line > 0.9 && link;
}

START_TEST(sender_full_is_never_said_where_the_line_is_what_is_full)
{
	const char *text = getenv("ADVICE_SEEDS");
	int seeds = text && atoi(text) > 0 ? atoi(text) : 9;
	struct limits_score score = { 0 };

	for (int seed = 1; seed <= seeds; seed++) {
		static const double widths[] = { 0.4, 0.8, 30, 1.2, 2, 30, 5 };
		struct sim_options options = {
			.seed = (uint64_t)seed,
			.start = START,
			.bias = 240,
			.sites = 8 + (uint32_t)(seed * 11 % 60),
			.backlog = 1500,
			.all_sites = 3 + (uint32_t)(seed * 7 % 23),
			.per_site = 1 + (uint32_t)(seed % 4),
			.all_sites_line = true,
			.speed = 1000000 + 500000 * (uint64_t)(seed * 3 % 10),
		};
		struct reader reader;

		options.line = (uint64_t)((double)(options.all_sites * options.speed) * widths[seed % 7]);
		reader = reader_of(&options);
		listen_until(&reader, START + 45 * WHEN_MINUTE);
		look_at_limits(&reader, &score);
		look_at_limits(&reader, &score);
		reader_end(&reader);
	}
	printf("    slots scarce %d times, said %d; line full %d times, said %d; wrong: sender-full %d, link-full %d\n",
	       score.free, score.full_told, score.line, score.line_told, score.wrong_full, score.wrong_line);
	ck_assert_int_eq(score.wrong_full, 0);
	ck_assert_int_eq(score.wrong_line, 0);
	ck_assert_int_ge(score.full_told * 10, score.free * 8);
	ck_assert_int_ge(score.line_told * 10, score.line * 5);
	ck_assert_int_gt(score.free, 2);
	ck_assert_int_gt(score.line, 2);
}
END_TEST

START_TEST(nothing_is_found_where_nothing_is_wrong)
{
	ck_assert_ptr_null(find(ADVICE_COUNT));
	ck_assert_uint_eq(count, 0);
	limits(0, 5);
	start(2, false);
	pass(20, 0x100, 2);
	ck_assert_ptr_null(find(ADVICE_COUNT));
	ck_assert_msg(count == 0, "%s", found[0].text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("advice");
	TCase *tcase = tcase_create("advice");

	tcase_add_checked_fixture(tcase, open_log, close_log);
	tcase_set_timeout(tcase, 1200);
	tcase_add_test(tcase, sender_full);
	tcase_add_test(tcase, sender_full_only_while_sends_wait);
	tcase_add_test(tcase, slot_hog);
	tcase_add_test(tcase, a_hog_is_not_called_a_full_sender);
	tcase_add_test(tcase, site_full);
	tcase_add_test(tcase, limits_equal);
	tcase_add_test(tcase, throttled);
	tcase_add_test(tcase, a_blocked_site_is_told_with_its_last_error);
	tcase_add_test(tcase, address_closed_and_site_blocked);
	tcase_add_test(tcase, distmgr_full);
	tcase_add_test(tcase, distmgr_serial);
	tcase_add_test(tcase, growing);
	tcase_add_test(tcase, idle_with_backlog);
	tcase_add_test(tcase, small_behind_big);
	tcase_add_test(tcase, retry_storm);
	tcase_add_test(tcase, silent);
	tcase_add_test(tcase, changed);
	tcase_add_test(tcase, stalled_sends_are_the_first_advice_and_are_named);
	tcase_add_test(tcase, four_of_five_slots_stalled);
	tcase_add_test(tcase, one_of_three_slots_stalled);
	tcase_add_test(tcase, one_of_ten_slots_stalled_is_not_the_reason);
	tcase_add_test(tcase, stalled_sends_without_anything_that_waits_hold_nothing_back);
	tcase_add_test(tcase, one_stalled_send_beside_free_slots_holds_nothing_back);
	tcase_add_test(tcase, one_stalled_send_where_no_limit_is_told);
	tcase_add_test(tcase, stalled_sends_at_the_limit_of_their_site);
	tcase_add_test(tcase, where_nothing_tells_of_the_line_the_limit_is_not_blamed_for_sure);
	tcase_add_test(tcase, sender_full_only_where_more_slots_would_be_taken);
	tcase_add_test(tcase, what_stalls_is_no_big_send_that_small_ones_wait_behind);
	tcase_add_test(tcase, a_change_does_not_touch_what_runs_is_said_where_one_is_advised);
	tcase_add_test(tcase, no_evidence_is_cut_off);
	tcase_add_test(tcase, sender_full_is_never_said_where_the_line_is_what_is_full);
	tcase_add_test(tcase, nothing_is_found_where_nothing_is_wrong);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
