/*
 * What the distribution manager's log says of runs of package threads, their DPs,
 * the queue, the replication thread and DP upgrades: each kind of slip and order.
 */
#include "cmtop/advice.h"
#include "run_suite.h"
#include "framed_log.h"

#define NAL(dp) "[\"Display=\\\\" dp "\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\" dp "\\"
#define DP1     "PS1DP1.CONTOSO.COM"
#define DP2     "PS1DP2.CONTOSO.COM"

static struct framed_log s;

static void
open_log(void)
{
	framed_log_open(&s, NULL);
	s.component = "SMS_DISTRIBUTION_MANAGER";
}

static void
close_log(void)
{
	framed_log_close(&s);
}

static const struct package_thread *
thread_of(uint32_t number)
{
	for (const struct package_thread *t = model_next_thread(s.model, NULL); t; t = model_next_thread(s.model, t))
		if (t->thread == number)
			return t;
	return NULL;
}

/* The n-th DP of the thread, in the order of the log. */
static const struct dp *
dp_of(uint32_t number, size_t n)
{
	const struct dp *dp;

	ck_assert_ptr_nonnull(thread_of(number));
	for (dp = model_dp(s.model, thread_of(number)->first_dp); dp && n > 0; n--)
		dp = model_dp(s.model, dp->next);
	return dp;
}

static const char *
package_name(uint32_t number)
{
	size_t count;
	const struct package *packages = model_packages(s.model, &count);

	ck_assert_ptr_nonnull(thread_of(number));
	return thread_of(number)->package == NAME_NONE ? "" : packages[thread_of(number)->package].id;
}

static void
queue_up(const char *package)
{
	record(&s, 2624, "Found package properties updated notification for package '%s'", package);
	record(&s, 2624, "Adding package '%s' to package processing queue.", package);
}

static void
start(const char *package, unsigned thread, int used)
{
	queue_up(package);
	record(&s, 2624, "~Currently using %d out of 3 allowed package processing threads.", used);
	record(&s, 2624, "~Started package processing thread for package '%s', thread ID = 0x%X (%u)", package, thread,
	       thread);
	record(&s, thread, "~Processing package %s (SourceVersion:1;StoredVersion:1)", package);
}

static void
create_dp(unsigned thread, const char *package, unsigned number, const char *dp)
{
	record(&s, thread,
	       "~Created DP processing thread %u for addition or update of package %s on server "
	       "[\"Display=\\\\%s\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\%s\\",
	       number, package, dp, dp);
}

static void
transfer(unsigned number, const char *package, const char *dp)
{
	record(&s, number,
	       "~Created package transfer job to send package %s to distribution point "
	       "[\"Display=\\\\%s\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\%s\\.",
	       package, dp, dp);
}

static void
end_dp(unsigned thread, const char *package, unsigned number)
{
	record(&s, thread, "~DP thread for package %s with thread handle 0000000000003E2C and thread ID %u ended.",
	       package, number);
}

static void
leave(unsigned thread, const char *package)
{
	record(&s, thread, "~Exiting package processing thread for package %s.", package);
}

/* What the frame says is another thread than the one that the message is about. */
static void
status(unsigned thread, unsigned id, char severity, const char *package, const char *dp)
{
	char named[256] = "";

	if (dp)
		snprintf(named, sizeof(named),
		         " AID1=404 AVAL1=\"[\"Display=\\\\%s\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\%s\\\"", dp, dp);
	record(&s, thread,
	       "STATMSG: ID=%u SEV=%c LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" SYS=PS1SITE "
	       "SITE=PS1 "
	       "PID=5428 "
	       "TID=%u GMTDATE=Thu Jul 30 10:00:00.000 2026 ISTR0=\"App\" ISTR1=\"%s\" ISTR2=\"\" ISTR3=\"\" "
	       "ISTR4=\"\" "
	       "ISTR5=\"\" ISTR6=\"\" "
	       "ISTR7=\"\" ISTR8=\"\" ISTR9=\"\" NUMATTRS=%d AID0=400 AVAL0=\"%s\"%s",
	       id, severity, thread, package, dp ? 2 : 1, package, named);
}

static void
must_count(uint64_t done, uint64_t failed, uint64_t ended)
{
	struct distribution d = model_distribution(s.model);

	ck_assert_msg(d.done == done && d.failed == failed && d.ended == ended, "done %d, failed %d, ended %d",
	              (int)d.done, (int)d.failed, (int)d.ended);
}

static void
must_use(uint32_t used, uint64_t queued)
{
	struct distribution d = model_distribution(s.model);

	ck_assert_msg(d.used == used && d.queued == queued, "used %d, queued %d", (int)d.used, (int)d.queued);
}

static uint64_t
failures(enum failure_kind kind)
{
	const struct failure *failure;
	uint64_t count = 0;

	for (size_t i = 0; (failure = model_failure(s.model, i)); i++)
		count += failure->kind == kind;
	return count;
}

/* ---- runs ---- */

START_TEST(a_run_is_done_only_by_a_sign)
{
	start("PS100010", 5800, 0);
	leave(5800, "PS100010");
	must_count(0, 0, 1);

	start("PS100010", 5800, 0);
	status(5800, 2301, 'I', "PS100010", NULL);
	must_count(1, 0, 1);
	leave(5800, "PS100010");
	must_count(1, 0, 1);

	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	transfer(920, "PS100010", DP1);
	end_dp(5800, "PS100010", 920);
	leave(5800, "PS100010");
	must_count(2, 0, 1);

	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	end_dp(5800, "PS100010", 920);
	leave(5800, "PS100010");
	must_count(2, 0, 2);
	ck_assert_uint_eq(model_distribution(s.model).dps_ended, 1);
	must_use(0, 0);
}
END_TEST

START_TEST(a_run_fails_once_however_often_it_is_said)
{
	start("PS100010", 5800, 0);
	record(&s, 5800,
	       "The source directory \\\\FS01\\B doesn't exist or the SMS service cannot access it, Win32 last error = "
	       "3");
	must_count(0, 1, 0);
	record(&s, 5800, "~Failed to take snapshot of package PS100010");
	record(&s, 5800, "CContentDefinition::TotalFileSizes failed; 0x80070003");
	status(5800, 2306, 'E', "PS100010", NULL);
	status(5800, 2302, 'E', "PS100010", NULL);
	leave(5800, "PS100010");
	must_count(0, 1, 0);
	ck_assert_uint_eq(failures(FAILURE_PACKAGE), 1);
	ck_assert_uint_eq(model_failure(s.model, 0)->code, 3);
	/* After the exit line, too. */
	start("PS100011", 5804, 0);
	leave(5804, "PS100011");
	must_count(0, 1, 1);
	status(5804, 2302, 'E', "PS100011", NULL);
	must_count(0, 2, 0);
	must_use(0, 0);
}
END_TEST

START_TEST(what_fails_and_is_then_said_to_be_done_is_done)
{
	start("PS100010", 5800, 0);
	record(&s, 5800, "CContentDefinition::TotalFileSizes failed; 0x80070003");
	must_count(0, 1, 0);
	status(5800, 2301, 'I', "PS100010", NULL);
	must_count(1, 0, 0);
	leave(5800, "PS100010");
	must_count(1, 0, 0);
}
END_TEST

START_TEST(a_small_code_and_words_that_no_rule_knows_fail_only_what_has_no_better_sign)
{
	start("PS100010", 5800, 0);
	record(&s, 5800, "CSomething::Step failed; 0x1");
	must_count(0, 0, 0);
	leave(5800, "PS100010");
	must_count(0, 1, 0);

	start("PS100010", 5800, 0);
	record(&s, 5800, "Could not open the wombat: error 5");
	status(5800, 2301, 'I', "PS100010", NULL);
	leave(5800, "PS100010");
	must_count(1, 1, 0);

	start("PS100010", 5800, 0);
	record(&s, 5800, "CSomething::Step failed; 0x0");
	leave(5800, "PS100010");
	must_count(1, 1, 1);
}
END_TEST

START_TEST(a_restart_interrupts_runs_and_leaves_the_queue)
{
	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	queue_up("PS100011");
	record(&s, 4120, "SMS_EXECUTIVE started SMS_DISTRIBUTION_MANAGER as thread ID 2632 (0xA48).");
	must_use(0, 1);
	must_count(0, 0, 1);
	ck_assert_uint_eq(model_distribution(s.model).dps_ended, 1);
}
END_TEST

START_TEST(waiting_for_content_is_an_end_without_a_result)
{
	start("PS100010", 5800, 0);
	record(&s, 5800, "~The contents for the package PS100010 hasn't arrived from site CS1 yet, will retry later.");
	record(&s, 5800, "~All DP threads have completed for package PS100010 processing thread.");
	leave(5800, "PS100010");
	must_count(0, 0, 1);
	record(&s, 3112,
	       "Package PS100012 requires a newer version (2) of source files and the new compressed files hasn't "
	       "arrived "
	       "yet, "
	       "current version is 1, skip D:\\X.PKG");
	record(&s, 3112, "Package PS100012 of site CS1 requires a newer version (2), haven't arrived");
	must_use(0, 0);
}
END_TEST

/* ---- where the log begins ---- */

START_TEST(a_log_may_begin_anywhere_in_a_run)
{
	record(&s, 5800, "Creating hash for algorithm 32780");
	must_use(0, 0);
	status(5800, 2302, 'E', "PS100010", NULL);
	must_use(1, 0);
	must_count(0, 1, 0);
	ck_assert_int_eq(thread_of(5800)->phase, PHASE_HASH);
	leave(5800, "PS100010");
	must_count(0, 1, 0);
	must_use(0, 0);

	record(&s, 5804, "CContentDefinition::TotalFileSizes failed; 0x80070003");
	ck_assert_uint_eq(failures(FAILURE_COMPONENT), 1);
	leave(5804, "PS100011");
	must_count(0, 2, 0);
	ck_assert_uint_eq(failures(FAILURE_COMPONENT), 0);
	ck_assert_uint_eq(failures(FAILURE_PACKAGE), 2);
	ck_assert_uint_eq(model_failure(s.model, 0)->what.package, model_package_named(s.model, SPAN("PS100011")));

	leave(5808, "PS100012");
	must_count(0, 2, 1);
	status(5812, 2301, 'I', "PS100013", NULL);
	leave(5812, "PS100013");
	must_count(1, 2, 1);
}
END_TEST

START_TEST(dps_that_began_before_the_log_are_no_ground_to_call_it_done)
{
	record(&s, 5800, "~DP thread for package PS100010 with thread handle 1 and thread ID 920 ended.");
	create_dp(5800, "PS100010", 924, DP1);
	transfer(924, "PS100010", DP1);
	end_dp(5800, "PS100010", 924);
	leave(5800, "PS100010");
	must_count(0, 0, 1);
	/* From its first line on, only the start is missing. */
	record(&s, 5804, "~Processing package PS100011 (SourceVersion:1;StoredVersion:1)");
	create_dp(5804, "PS100011", 924, DP1);
	transfer(924, "PS100011", DP1);
	end_dp(5804, "PS100011", 924);
	leave(5804, "PS100011");
	must_count(1, 0, 1);
}
END_TEST

START_TEST(a_thread_may_speak_before_its_start_line)
{
	queue_up("PS100010");
	record(&s, 2624, "~Currently using 0 out of 3 allowed package processing threads.");
	record(&s, 5800, "~Processing package PS100010 (SourceVersion:1;StoredVersion:1)");
	record(&s, 5800, "Taking package snapshot for package PS100010 from source \\\\FS01\\A");
	must_use(1, 0);
	record(&s, 2624, "~Started package processing thread for package 'PS100010', thread ID = 0x16A8 (5800)");
	must_use(1, 0);
	must_count(0, 0, 0);
	ck_assert_int_eq(thread_of(5800)->phase, PHASE_SNAPSHOT);
	ck_assert_uint_eq(thread_of(5800)->version, 1);
	ck_assert(thread_of(5800)->start_seen);
	/* What names no package counts as well; what another thread said long ago does not. */
	record(&s, 5804, "Creating hash for algorithm 32780");
	record(&s, 5808, "CContentDefinition::TotalFileSizes failed; 0x80070003");
	record(&s, 2624, "~Started package processing thread for package 'PS100011', thread ID = 0x16AC (5804)");
	ck_assert_int_eq(thread_of(5804)->phase, PHASE_HASH);
	s.at += WHEN_MINUTE;
	record(&s, 2624, "~Started package processing thread for package 'PS100012', thread ID = 0x16B0 (5808)");
	must_count(0, 0, 0);
	must_use(3, 0);
}
END_TEST

/* ---- the queue ---- */

START_TEST(only_its_start_takes_a_package_out_of_the_queue)
{
	start("PS100010", 5800, 0);
	queue_up("PS100010");
	must_use(1, 1);
	record(&s, 5800, "The size of package PS100010, version 2 is 204800 KBytes");
	record(&s, 5800, "~Processing package PS100010 (SourceVersion:2;StoredVersion:1)");
	status(5800, 2301, 'I', "PS100010", NULL);
	leave(5800, "PS100010");
	must_use(0, 1);
	record(&s, 2624, "~Started package processing thread for package 'PS100010', thread ID = 0x16A8 (5800)");
	must_use(1, 0);
}
END_TEST

START_TEST(a_thread_without_a_name_takes_the_package_that_its_lines_name)
{
	record(&s, 2624, "Found notification for package 'PS100010'");
	record(&s, 2624, "Used 1 out of 1 allowed processing threads.");
	record(&s, 2624, "Found notification for package 'PS100011'");
	record(&s, 2624, "Used 0 out of 1 allowed processing threads.");
	record(&s, 2624, "Starting package processing thread,thread ID = 16A8");
	must_use(1, 1);
	ck_assert_str_eq(package_name(5800), "PS100011");
	record(&s, 5800, "~Processing package PS100010 (SourceVersion:1;StoredVersion:1)");
	ck_assert_str_eq(package_name(5800), "PS100010");
	ck_assert(package_of(&s, "PS100011")->queued);
	ck_assert(!package_of(&s, "PS100010")->queued);
	must_use(1, 1);
	record(&s, 2624, "Starting package processing thread, thread ID = 0x16AC (5804)");
	ck_assert_str_eq(package_name(5804), "PS100011");
	must_use(2, 0);
	must_count(0, 0, 0);
}
END_TEST

START_TEST(two_guesses_the_wrong_way_round_are_exchanged)
{
	record(&s, 2624, "Found notification for package 'PS100010'");
	record(&s, 2624, "Found notification for package 'PS100011'");
	record(&s, 2624, "Starting package processing thread, thread ID = 0x16A8 (5800)");
	record(&s, 2624, "Starting package processing thread, thread ID = 0x16AC (5804)");
	must_use(2, 0);
	record(&s, 5800, "Start adding package PS100010...");
	must_use(2, 0);
	ck_assert_str_eq(package_name(5804), "PS100011");
	record(&s, 5804, "Start adding package PS100011...");
	must_use(2, 0);
	ck_assert_str_eq(package_name(5800), "PS100010");
	must_count(0, 0, 0);
}
END_TEST

START_TEST(readings_lose_threads_that_come_back_when_they_speak)
{
	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	transfer(920, "PS100010", DP1);
	start("PS100011", 5804, 1);
	record(&s, 2624, "~Currently using 1 out of 3 allowed package processing threads.");
	must_use(1, 0);
	ck_assert_ptr_null(thread_of(5800));
	must_count(0, 0, 1);
	end_dp(5800, "PS100010", 920);
	must_use(2, 0);
	must_count(0, 0, 0);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_DONE);
	leave(5800, "PS100010");
	must_count(1, 0, 0);
	record(&s, 2624, "~Currently using 3 out of 3 allowed package processing threads.");
	must_use(3, 0);
	ck_assert_uint_eq(model_distribution(s.model).unseen, 2);
	/* Words that no rule knows are a sign of life as well: it is not the most silent one. */
	start("PS100012", 5808, 3);
	record(&s, 5804, "Wombats are burrowing.");
	record(&s, 2624, "~Currently using 1 out of 3 allowed package processing threads.");
	ck_assert_ptr_nonnull(thread_of(5804));
	ck_assert_ptr_null(thread_of(5808));
}
END_TEST

START_TEST(a_number_that_comes_back_without_an_end_is_a_new_run)
{
	start("PS100010", 5800, 0);
	start("PS100010", 5800, 1);
	must_use(1, 0);
	must_count(0, 0, 1);
	record(&s, 5800, "~Processing package PS100011 (SourceVersion:1;StoredVersion:1)");
	must_use(1, 0);
	must_count(0, 0, 2);
	ck_assert_str_eq(package_name(5800), "PS100011");
}
END_TEST

/* ---- DPs ---- */

START_TEST(a_number_belongs_to_a_dp_only_while_it_runs)
{
	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	transfer(920, "PS100010", DP1);
	end_dp(5800, "PS100010", 920);
	create_dp(5800, "PS100010", 920, DP2);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_DONE);
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_RUNNING);
	ck_assert_uint_eq(dp_of(5800, 1)->thread, 920);
	end_dp(5800, "PS100010", 920);
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_ENDED);
	s.at += WHEN_SECOND;
	start("PS100017", 920, 1);
	record(&s, 920, "CContentDefinition::TotalFileSizes failed; 0x80070003");
	must_count(0, 1, 0);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_DONE);
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_ENDED);
	/* And a package thread's becomes a DP's, of another package. */
	leave(920, "PS100017");
	create_dp(5800, "PS100010", 920, "PS1DP3.CONTOSO.COM");
	record(&s, 920, "Cannot establish connection to " NAL("PS1DP3.CONTOSO.COM") ". Error = 53");
	ck_assert_int_eq(dp_of(5800, 2)->state, DP_FAILED);
	must_count(0, 1, 0);
	leave(5800, "PS100010");
	must_use(0, 0);
}
END_TEST

START_TEST(a_dp_that_fails_and_is_tried_again_is_listed_with_both_threads)
{
	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	record(&s, 920, "Failed to make a network connection to \\\\PS1DP1\\ADMIN$ (0x35).");
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_RUNNING);
	record(&s, 920, "Error occurred. Performing error cleanup prior to returning.");
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_FAILED);
	ck_assert_ptr_nonnull(strstr(dp_of(5800, 0)->text, "network connection"));
	end_dp(5800, "PS100010", 920);
	create_dp(5800, "PS100010", 924, DP1);
	transfer(924, "PS100010", DP1);
	end_dp(5800, "PS100010", 924);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_FAILED);
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_DONE);
	leave(5800, "PS100010");
	must_count(0, 0, 1);
	/* The same thread and DP once more is the same entry. */
	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	record(&s, 920, "CSomething::Step failed; 0x80070005");
	end_dp(5800, "PS100010", 920);
	create_dp(5800, "PS100010", 920, DP1);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_RUNNING);
	ck_assert_ptr_null(dp_of(5800, 1));
	transfer(920, "PS100010", DP1);
	end_dp(5800, "PS100010", 920);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_DONE);
	leave(5800, "PS100010");
	must_count(0, 0, 2); /* there was a failure, and nothing says that the package is done */
}
END_TEST

START_TEST(a_connection_that_fails_is_passing_where_a_transfer_job_follows)
{
	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	create_dp(5800, "PS100010", 924, DP2);
	record(&s, 920, "Failed to make a network connection to \\\\PS1DP1\\ADMIN$ (0x35).");
	record(&s, 924, "Failed to make a network connection to \\\\PS1DP2\\ADMIN$ (0x35).");
	transfer(920, "PS100010", DP1);
	record(&s, 5800, "~All DP threads have completed for package PS100010 processing thread.");
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_DONE);
	ck_assert_str_eq(dp_of(5800, 0)->text, "");
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_FAILED);
	ck_assert_uint_eq(failures(FAILURE_DP), 1);
}
END_TEST

START_TEST(dps_fail_by_status_messages_whoever_says_them)
{
	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	create_dp(5800, "PS100010", 924, DP2);
	end_dp(5800, "PS100010", 920);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_ENDED);
	ck_assert_uint_eq(model_distribution(s.model).dps_ended, 1);
	status(5800, 2328, 'E', "PS100010", DP1);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_FAILED);
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_RUNNING);
	ck_assert_uint_eq(model_distribution(s.model).dps_ended, 0);
	transfer(924, "PS100010", DP2);
	end_dp(5800, "PS100010", 924);
	status(5800, 2302, 'E', "PS100010", NULL);
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_DONE);
	must_count(0, 1, 0);
	leave(5800, "PS100010");
	/* The package is done although a DP failed, where the log says so. */
	start("PS100011", 5804, 0);
	create_dp(5804, "PS100011", 920, DP1);
	status(920, 2328, 'E', "PS100011", DP1);
	end_dp(5804, "PS100011", 920);
	ck_assert_ptr_nonnull(strstr(dp_of(5804, 0)->text, "2328"));
	status(5804, 2301, 'I', "PS100011", NULL);
	leave(5804, "PS100011");
	must_count(1, 1, 0);
	/* Of a run that nobody saw. */
	status(2624, 2328, 'E', "PS100012", DP2);
	ck_assert_uint_eq(failures(FAILURE_DP), 3);
	ck_assert_str_eq(model_server(s.model, model_failure(s.model, 0)->what.dp), DP2);
	must_use(0, 0);
}
END_TEST

START_TEST(dps_without_a_sign_fail_with_their_package)
{
	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	create_dp(5800, "PS100010", 924, DP2);
	end_dp(5800, "PS100010", 920);
	status(5800, 2302, 'E', "PS100010", NULL);
	end_dp(5800, "PS100010", 924);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_FAILED);
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_FAILED);
	ck_assert(dp_of(5800, 0)->text[0] != '\0');
	ck_assert_uint_eq(model_distribution(s.model).dps_ended, 0);
}
END_TEST

START_TEST(lines_of_dp_threads_may_be_out_of_order)
{
	start("PS100010", 5800, 0);
	record(&s, 920, "DP Thread: Attempting to add or update package PS100010 on DP " NAL(DP1));
	record(&s, 924, "CSomething::Step failed; 0x80070005");
	create_dp(5800, "PS100010", 920, DP1);
	create_dp(5800, "PS100010", 924, DP2);
	ck_assert_ptr_null(dp_of(5800, 2));
	ck_assert_uint_eq(dp_of(5800, 0)->thread, 920);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_RUNNING);
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_FAILED);
	ck_assert_uint_eq(failures(FAILURE_COMPONENT), 0);
	ck_assert_uint_eq(failures(FAILURE_DP), 1);
	end_dp(5800, "PS100010", 920);
	transfer(920, "PS100010", DP1);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_DONE);
	ck_assert_uint_eq(model_distribution(s.model).dps_ended, 0);
}
END_TEST

START_TEST(dps_of_2007_are_known_by_their_names)
{
	record(&s, 2624, "Found notification for package 'PS100010'");
	record(&s, 2624, "Used 0 out of 3 allowed processing threads.");
	record(&s, 2624, "Starting package processing thread, thread ID = 0x16A8 (5800)");
	record(&s, 5800, "Start adding package to server " NAL(DP1) "...");
	record(&s, 5800, NAL(DP1) " is NOT a Branch DP");
	record(&s, 5800, "Start adding package to server " NAL(DP2) "...");
	ck_assert_int_eq(thread_of(5800)->phase, PHASE_DPS);
	record(&s, 5800, "Will wait for 2 threads to end.");
	record(&s, 5800, "Thread Handle = 3452");
	ck_assert_int_eq(thread_of(5800)->phase, PHASE_WAIT_DPS);
	record(&s, 4100, "Attempting to add or update a package on a distribution point.");
	record(&s, 4104, "Attempting to add or update a package on a distribution point.");
	record(&s, 4104, "Established connection to " NAL(DP1));
	record(&s, 4100, "Established connection to " NAL(DP2));
	ck_assert_uint_eq(dp_of(5800, 0)->thread, 4104);
	ck_assert_uint_eq(dp_of(5800, 1)->thread, 4100);
	ck_assert_ptr_null(dp_of(5800, 2));
	record(&s, 4100, "CSomething::Step failed; 0x80070005");
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_FAILED);
	status(4104, 2330, 'I', "PS100010", DP1);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_DONE);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(dp_threads_may_speak_before_their_package_thread_is_known)
{
	record(&s, 920, "DP Thread: Attempting to add or update package PS100010 on DP " NAL(DP1));
	record(&s, 924, "DP Thread: Attempting to add or update package PS100010 on DP " NAL(DP2));
	transfer(920, "PS100010", DP1);
	record(&s, 924, "CSomething::Step failed; 0x80070005");
	must_use(0, 0);
	end_dp(5800, "PS100010", 920);
	must_use(1, 0);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_DONE);
	ck_assert_int_eq(dp_of(5800, 1)->state, DP_FAILED);
	ck_assert_uint_eq(failures(FAILURE_COMPONENT), 0);
	ck_assert_uint_eq(failures(FAILURE_DP), 1);
	leave(5800, "PS100010");
	must_count(0, 0, 1);
}
END_TEST

/* ---- replication ---- */

START_TEST(replication_holds_no_slot_and_takes_nothing_out_of_the_queue)
{
	start("PS100010", 5800, 0);
	queue_up("PS100017");
	record(&s, 3112, "~Processing incoming file E:\\inboxes\\distmgr.box\\INCOMING\\UM3QJ2XA.PKG.");
	record(&s, 3112, "~Adding package PS100017 to the active package array.");
	record(&s, 3112, "Adding these contents to the package PS100017 version 7.");
	record(&s, 3112, "The size of package PS100017, version 7 is 10 KBytes");
	record(&s, 3112, "~Updated replicated package info for package PS100017");
	record(&s, 3112,
	       "Failed to insert SMS Program ID 3 because the referenced program PS100099-Install is not present in "
	       "the "
	       "PkgPrograms table. Will try later.");
	record(&s, 3112, "~Cannot update the package program for package PS100017 in the package source, error = 40");
	record(&s, 3112, "CSomething::Step failed; 0x80070005");
	record(&s, 3112, "~Removing package PS100017 from the active package array.");
	must_use(1, 1);
	must_count(0, 0, 0);
	ck_assert_uint_eq(failures(FAILURE_REPLICATION), 1);
	ck_assert_uint_eq(model_failure(s.model, 0)->what.package, 1);
	ck_assert_uint_eq(model_failure(s.model, 0)->code, 40);
	ck_assert_ptr_nonnull(strstr(model_failure(s.model, 0)->what.text, "PS100099-Install"));
	/* The reading closes no real thread, and a second try is a second failure. */
	record(&s, 2624, "~Currently using 1 out of 3 allowed package processing threads.");
	ck_assert_ptr_nonnull(thread_of(5800));
	record(&s, 3112, "~Adding package PS100017 to the active package array.");
	record(&s, 3112, "~Cannot update the package server " NAL(DP1) " for package PS100017, error = 40");
	ck_assert_uint_eq(failures(FAILURE_REPLICATION), 2);
	/* A package thread says one of these lines as well. */
	record(&s, 5800, "Adding these contents to the package PS100010 version 2.");
	ck_assert_uint_eq(thread_of(5800)->version, 2);
	must_use(1, 1);
	/* The number is given to a package thread. */
	start("PS100018", 3112, 1);
	must_use(2, 1);
	record(&s, 3112, "CSomething::Step failed; 0x80070005");
	must_count(0, 1, 0);
}
END_TEST

START_TEST(a_log_that_begins_with_replication_has_no_phantom)
{
	record(&s, 3112, "Adding these contents to the package PS100017 version 7.");
	must_use(0, 0);
	record(&s, 3116, "The size of package PS100018, version 7 is 10 KBytes");
	must_use(1, 0);
	record(&s, 3116, "~Updated replicated package info for package PS100018");
	must_use(0, 0);
	must_count(0, 0, 0);
	record(&s, 3120,
	       "Failed to insert SMS Program ID 3 because the referenced program PS100099-Install is not present in "
	       "the "
	       "PkgPrograms table. Will try later.");
	record(&s, 3120, "~Cannot update the package program for package PS100019 in the package source, error = 40");
	ck_assert_uint_eq(failures(FAILURE_REPLICATION), 1);
	ck_assert_str_eq(package_of(&s, "PS100019")->id, "PS100019");
	ck_assert_ptr_eq(&package_of(&s, "PS100019")[0],
	                 &package_of(&s, "PS100017")[model_failure(s.model, 0)->what.package]);
	record(&s, 3648, "Starting thread for processing replication, thread ID = 0x1A14 (6676)");
	record(&s, 6676, "The size of package PS100018, version 7 is 10 KBytes");
	record(&s, 3648, "Starting the content cleanup thread, thread ID = 0x1604 (5636)");
	record(&s, 5636, "The size of package PS100018, version 7 is 10 KBytes");
	must_use(0, 0);
}
END_TEST

/* ---- DP upgrades ---- */

START_TEST(dp_upgrades_are_a_pool_of_their_own)
{
	struct dp_upgrades u = model_dp_upgrades(s.model);

	ck_assert(!u.seen);
	record(&s, 4984, "DP upgrade thread Limit: 2");
	record(&s, 124,
	       "DP upgrade processing thread: Upgrading DP with ID 1. Thread 0x13d4. Used 1 threads out of 2.");
	record(&s, 5076, "~Processing 1.INS");
	record(&s, 124,
	       "DP upgrade processing thread: Upgrading PullDP with ID 2. Thread 0x13d8. Used 2 threads out of 2.");
	u = model_dp_upgrades(s.model);
	ck_assert(u.seen && u.used == 2 && u.capacity == 2 && u.waiting == 0);
	record(&s, 124,
	       "DP upgrade processing thread: No more available threads left to process any more upgrade distribution "
	       "point notifications. "
	       "Will wait for existing distribution point upgrades.");
	ck_assert_uint_ge(model_dp_upgrades(s.model).waiting, 1);
	status(5076, 2399, 'I', "PS100010", DP1);
	ck_assert_uint_eq(model_dp_upgrades(s.model).used, 1);
	record(&s, 5080, "PullDP " NAL(DP1) " is marked Installed");
	ck_assert_uint_eq(model_dp_upgrades(s.model).used, 0);
	must_use(0, 0);
	ck_assert_int_eq(model_distribution(s.model).capacity, -1);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

static void
must_tell(enum transition_kind kind, const char *dp, const char *text)
{
	const struct transition *h = model_transition(s.model, model_transitions(s.model));

	ck_assert_ptr_nonnull(h);
	ck_assert_str_eq(transition_word((enum transition_kind)h->kind), transition_word(kind));
	ck_assert_str_eq(h->dp == NAME_NONE ? "" : model_server(s.model, h->dp), dp);
	ck_assert_str_eq(h->text, text);
}

START_TEST(a_dp_that_is_installed_or_removed_is_told_by_its_name)
{
	record(&s, 124,
	       "DP upgrade processing thread: Upgrading DP with ID 1. Thread 0x13d4. Used 1 threads out of 2.");
	record(&s, 5076,
	       "~DPID 1 - NAL Path " NAL(DP1) " , ServerName = " DP1
	                                      ", DPDrive = , IsMulticast = 0, PXE = 0, RemoveWDS = 0");
	must_tell(TRANSITION_DP_STARTED, DP1, "being installed");
	record(&s, 5076, "ConfigureDP");
	status(5076, 2399, 'I', "PS100010", DP1);
	must_tell(TRANSITION_DP_DONE, DP1, "installed");
	ck_assert_uint_eq(model_dp_upgrades(s.model).used, 0);
	/* The removal has a thread of its own, which is none of those that are counted. */
	record(&s, 124,
	       "DP upgrade processing thread: Upgrading DP with ID 2. Thread 0x13d8. Used 1 threads out of 2.");
	record(&s, 3848, "Uninstalling distribution point files from server " DP2 "~");
	must_tell(TRANSITION_DP_STARTED, DP2, "being removed");
	record(&s, 3848,
	       "Failed to remove SMS_DP$ directory with error 5, will try to unload distribution point provider and "
	       "try "
	       "again.");
	record(&s, 3848, "~Completed uninstalling distribution on the remote distribution point");
	must_tell(TRANSITION_DP_DONE, DP2, "removed");
	ck_assert_uint_eq(model_dp_upgrades(s.model).used, 1);
	must_use(0, 0);
}
END_TEST

/* ---- stuck, silent, aborting ---- */

static bool
advised(enum advice_code code)
{
	struct log_status logs[2] = { { .name = "distmgr", .reached = model_newest(s.model) },
		                      { .name = "sender", .reached = s.at } };
	struct advice_look look = { s.model, logs, 2, s.at, false };
	struct advice found[ADVICE_COUNT];

	for (size_t i = 0, n = advice_find(&look, found); i < n; i++)
		if (found[i].code == code)
			return true;
	return false;
}

START_TEST(a_thread_that_is_silent_for_long_is_stuck_and_full_is_not_said_then)
{
	for (unsigned i = 0; i < 3; i++) {
		char package[16];

		snprintf(package, sizeof(package), "PS10001%u", i);
		start(package, 5800 + 4 * i, (int)i);
		record(&s, 5800 + 4 * i, "Taking package snapshot for package %s from source \\\\FS01\\A", package);
	}
	queue_up("PS100020");
	for (int minutes = 0; minutes < 50; minutes++) {
		s.at += WHEN_MINUTE;
		record(&s, 2624, "~Currently using 3 out of 3 allowed package processing threads.");
	}
	ck_assert(!thread_stalled(s.model, thread_of(5800), s.at));
	ck_assert(advised(ADVICE_DISTMGR_FULL));
	ck_assert(!advised(ADVICE_DISTMGR_STUCK));
	record(&s, 5804, "Wombats are burrowing.");
	s.at += 11 * WHEN_MINUTE;
	record(&s, 2624, "~Currently using 3 out of 3 allowed package processing threads.");
	ck_assert(thread_stalled(s.model, thread_of(5800), s.at));
	ck_assert(!thread_stalled(s.model, thread_of(5804), s.at));
	ck_assert(advised(ADVICE_DISTMGR_STUCK));
	ck_assert(!advised(ADVICE_DISTMGR_FULL));
}
END_TEST

START_TEST(lines_of_its_dp_threads_keep_a_thread_alive)
{
	start("PS100010", 5800, 0);
	create_dp(5800, "PS100010", 920, DP1);
	record(&s, 5800, "~Waiting for all DP threads to complete for package PS100010 processing thread.");
	s.at += 50 * WHEN_MINUTE;
	record(&s, 920, "Wombats are burrowing.");
	s.at += 50 * WHEN_MINUTE;
	ck_assert(!thread_stalled(s.model, thread_of(5800), s.at));
	s.at += 11 * WHEN_MINUTE;
	ck_assert(thread_stalled(s.model, thread_of(5800), s.at));
	record(&s, 5800, "~Setting CMiniJob transfer root to E:\\SMSPKG\\PS100010.PCK.1");
	s.at += 9 * WHEN_MINUTE;
	ck_assert(!thread_stalled(s.model, thread_of(5800), s.at));
	s.at += 2 * WHEN_MINUTE;
	ck_assert(thread_stalled(s.model, thread_of(5800), s.at));
}
END_TEST

/* Snapshots that each take so many minutes; then one that has been silent for `silent`. */
static bool
stuck_after(int usual, int silent)
{
	for (int i = 0; i < 6; i++) {
		start("PS100010", 5800, 0);
		record(&s, 5800, "Taking package snapshot for package PS100010 from source \\\\FS01\\A");
		s.at += usual * WHEN_MINUTE;
		record(&s, 5800, "Creating hash for algorithm 32780");
		leave(5800, "PS100010");
	}
	start("PS100010", 5800, 0);
	record(&s, 5800, "Taking package snapshot for package PS100010 from source \\\\FS01\\A");
	s.at += silent * WHEN_MINUTE;
	return thread_stalled(s.model, thread_of(5800), s.at);
}

START_TEST(how_long_is_long_is_learnt_from_the_log)
{
	ck_assert(!stuck_after(90, 120));
	close_log();
	open_log();
	ck_assert(stuck_after(2, 30));
	close_log();
	open_log();
	ck_assert(!stuck_after(2, 15));
}
END_TEST

/* Snapshots of small packages take seconds, and teach nothing of how long a large one is read. */
START_TEST(small_packages_do_not_teach_how_long_a_large_one_takes)
{
	for (int turn = 0; turn < 2; turn++) {
		for (int i = 0; i < 20; i++) {
			char package[16];

			snprintf(package, sizeof(package), "PS1000%02d", 20 + i);
			start(package, 5800, 0);
			record(&s, 5800, "Taking package snapshot for package %s from source \\\\FS01\\A", package);
			s.at += 5 * WHEN_SECOND;
			record(&s, 5800, "~The size of package %s, version 1 is 20480 KBytes", package);
			leave(5800, package);
		}
		start("PS100010", 5800, 0);
		record(&s, 5800, "Taking package snapshot for package PS100010 from source \\\\FS01\\A");
		s.at += 55 * WHEN_MINUTE;
		ck_assert(!thread_stalled(s.model, thread_of(5800), s.at));
		record(&s, 5800, "~The size of package PS100010, version 1 is 10485760 KBytes");
		leave(5800, "PS100010");
	}
	start("PS100021", 5800, 0);
	record(&s, 5800, "Taking package snapshot for package PS100021 from source \\\\FS01\\A");
	s.at += 25 * WHEN_MINUTE;
	ck_assert(thread_stalled(s.model, thread_of(5800), s.at));
}
END_TEST

START_TEST(a_silent_log_is_told_where_others_go_on)
{
	start("PS100010", 5800, 0);
	s.at += 10 * WHEN_MINUTE;
	ck_assert(!advised(ADVICE_DISTMGR_SILENT));
	s.at += 10 * WHEN_MINUTE;
	ck_assert(advised(ADVICE_DISTMGR_SILENT));
	leave(5800, "PS100010");
	s.at += WHEN_HOUR;
	ck_assert(!advised(ADVICE_DISTMGR_SILENT));
	s.at += 90 * WHEN_MINUTE;
	ck_assert(advised(ADVICE_DISTMGR_SILENT));
}
END_TEST

START_TEST(an_exit_line_that_comes_after_the_reading_leaves_the_others_alone)
{
	start("PS100010", 5800, 0);
	s.at += WHEN_HOUR;
	start("PS100011", 5804, 1);
	s.at += WHEN_MINUTE;
	record(&s, 2624, "~Currently using 1 out of 3 allowed package processing threads.");
	must_use(1, 0);
	leave(5804, "PS100011");
	must_use(1, 0);
	must_count(0, 0, 1);
	ck_assert_ptr_nonnull(thread_of(5800));
}
END_TEST

START_TEST(status_messages_about_an_earlier_run_are_no_dps_of_this_one)
{
	start("PS100010", 5800, 0);
	status(3000, 2330, 'I', "PS100010", DP1);
	status(3000, 2328, 'E', "PS100010", DP2);
	ck_assert_ptr_null(dp_of(5800, 0));
	ck_assert_uint_eq(failures(FAILURE_DP), 1);
	create_dp(5800, "PS100010", 920, DP1);
	status(920, 2328, 'E', "PS100010", DP1);
	status(3000, 2330, 'I', "PS100010", DP1);
	ck_assert_int_eq(dp_of(5800, 0)->state, DP_DONE);
	must_use(1, 0);
	status(2624, 2301, 'I', "PS100019", NULL);
	must_count(1, 0, 0);
	must_use(1, 0);
}
END_TEST

static void
abort_one(const char *package, const char *code)
{
	start(package, 5800, 0);
	record(&s, 5800, "CContentBundle::AddContentToBundle failed; %s", code);
	record(&s, 5800, "CDistributionManager::CreatePackageBundle failed; %s", code);
	leave(5800, package);
}

START_TEST(packages_that_all_end_with_one_error_tell_of_the_manager)
{
	abort_one("PS100010", "0x800704d3");
	abort_one("PS100010", "0x800704d3");
	abort_one("PS100011", "0x800704d3");
	ck_assert(!advised(ADVICE_DISTMGR_ABORTING));
	abort_one("PS100012", "0x800704d3");
	ck_assert(advised(ADVICE_DISTMGR_ABORTING));
	must_count(0, 4, 0);
	abort_one("PS100013", "0x80070005");
	ck_assert(!advised(ADVICE_DISTMGR_ABORTING));
	abort_one("PS100010", "0x80070005");
	abort_one("PS100011", "0x80070005");
	ck_assert(advised(ADVICE_DISTMGR_ABORTING));
	start("PS100015", 5800, 0);
	status(5800, 2301, 'I', "PS100015", NULL);
	leave(5800, "PS100015");
	ck_assert(!advised(ADVICE_DISTMGR_ABORTING));
	/* A component that is told to stop aborts its threads, which is no illness. */
	record(&s, 4120, "SMS_EXECUTIVE signalled SMS_DISTRIBUTION_MANAGER to stop.");
	abort_one("PS100010", "0x800704d3");
	abort_one("PS100011", "0x800704d3");
	abort_one("PS100012", "0x800704d3");
	ck_assert(!advised(ADVICE_DISTMGR_ABORTING));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("package_thread");
	TCase *tcase = tcase_create("package_thread");

	tcase_add_checked_fixture(tcase, open_log, close_log);
	tcase_add_test(tcase, a_run_is_done_only_by_a_sign);
	tcase_add_test(tcase, a_run_fails_once_however_often_it_is_said);
	tcase_add_test(tcase, what_fails_and_is_then_said_to_be_done_is_done);
	tcase_add_test(tcase, a_small_code_and_words_that_no_rule_knows_fail_only_what_has_no_better_sign);
	tcase_add_test(tcase, a_restart_interrupts_runs_and_leaves_the_queue);
	tcase_add_test(tcase, waiting_for_content_is_an_end_without_a_result);
	tcase_add_test(tcase, a_log_may_begin_anywhere_in_a_run);
	tcase_add_test(tcase, dps_that_began_before_the_log_are_no_ground_to_call_it_done);
	tcase_add_test(tcase, a_thread_may_speak_before_its_start_line);
	tcase_add_test(tcase, only_its_start_takes_a_package_out_of_the_queue);
	tcase_add_test(tcase, a_thread_without_a_name_takes_the_package_that_its_lines_name);
	tcase_add_test(tcase, two_guesses_the_wrong_way_round_are_exchanged);
	tcase_add_test(tcase, readings_lose_threads_that_come_back_when_they_speak);
	tcase_add_test(tcase, a_number_that_comes_back_without_an_end_is_a_new_run);
	tcase_add_test(tcase, a_number_belongs_to_a_dp_only_while_it_runs);
	tcase_add_test(tcase, a_dp_that_fails_and_is_tried_again_is_listed_with_both_threads);
	tcase_add_test(tcase, a_connection_that_fails_is_passing_where_a_transfer_job_follows);
	tcase_add_test(tcase, dps_fail_by_status_messages_whoever_says_them);
	tcase_add_test(tcase, dps_without_a_sign_fail_with_their_package);
	tcase_add_test(tcase, lines_of_dp_threads_may_be_out_of_order);
	tcase_add_test(tcase, dps_of_2007_are_known_by_their_names);
	tcase_add_test(tcase, dp_threads_may_speak_before_their_package_thread_is_known);
	tcase_add_test(tcase, replication_holds_no_slot_and_takes_nothing_out_of_the_queue);
	tcase_add_test(tcase, a_log_that_begins_with_replication_has_no_phantom);
	tcase_add_test(tcase, dp_upgrades_are_a_pool_of_their_own);
	tcase_add_test(tcase, a_dp_that_is_installed_or_removed_is_told_by_its_name);
	tcase_add_test(tcase, a_thread_that_is_silent_for_long_is_stuck_and_full_is_not_said_then);
	tcase_add_test(tcase, lines_of_its_dp_threads_keep_a_thread_alive);
	tcase_add_test(tcase, how_long_is_long_is_learnt_from_the_log);
	tcase_add_test(tcase, small_packages_do_not_teach_how_long_a_large_one_takes);
	tcase_add_test(tcase, a_silent_log_is_told_where_others_go_on);
	tcase_add_test(tcase, an_exit_line_that_comes_after_the_reading_leaves_the_others_alone);
	tcase_add_test(tcase, status_messages_about_an_earlier_run_are_no_dps_of_this_one);
	tcase_add_test(tcase, packages_that_all_end_with_one_error_tell_of_the_manager);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
