/* Package processing threads, their DPs and the queue. */
#include "run_suite.h"
#include "framed_log.h"

#define NAL(dp) "[\"Display=\\\\" dp "\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\" dp "\\"

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

static void
record_package_started(const char *package, unsigned thread, int used)
{
	record(&s, 4824, "Found package properties updated notification for package '%s'", package);
	record(&s, 4824, "Adding package '%s' to package processing queue.", package);
	ck_assert_uint_eq(model_distribution(s.model).queued, 1);
	record(&s, 4824, "~Currently using %d out of 3 allowed package processing threads.", used);
	record(&s, 4824, "~Started package processing thread for package '%s', thread ID = 0x%X (%u)", package, thread,
	       thread);
	ck_assert_uint_eq(model_distribution(s.model).queued, 0);
}

START_TEST(a_package_is_processed_copied_to_its_dps_and_sent_to_its_sites)
{
	struct distribution d;
	enum size_source source;
	size_t dps = 0;

	record_package_started("PS100039", 5776, 0);
	record(&s, 5776, "~Processing package PS100039 (SourceVersion:1;StoredVersion:1)");
	record(&s, 5776, "Start updating the package PS100039...");
	record(&s, 5776,
	       "Taking package snapshot for package PS100039 from source \\\\PS1SITE\\SOURCE\\Packages\\200MB_1");
	ck_assert_int_eq(thread_of(5776)->phase, PHASE_SNAPSHOT);
	record(&s, 5776, "The size of package PS100039, version 2 is 204800 KBytes");
	ck_assert_int_eq(package_size(s.model, 0, &source), 204800 * 1024);
	ck_assert_int_eq(source, SIZE_ESTIMATE);
	record(&s, 5776,
	       "~Created DP processing thread 920 for addition or update of package PS100039 on server " NAL(
		       "PS1SITE.CONTOSO.COM"));
	record(&s, 5776,
	       "~Created DP processing thread 5948 for addition or update of package PS100039 on server " NAL(
		       "PS1DP2.CONTOSO.COM"));
	record(&s, 5776, "~Waiting for all DP threads to complete for package PS100039 processing thread.");
	ck_assert_int_eq(thread_of(5776)->phase, PHASE_WAIT_DPS);
	record(&s, 5948, "DP Thread: Attempting to add or update package PS100039 on DP " NAL("PS1DP2.CONTOSO.COM"));
	record(&s, 5948,
	       "~Created package transfer job to send package PS100039 to distribution point " NAL(
		       "PS1DP2.CONTOSO.COM") ".");
	record(&s, 920, "Cannot establish connection to " NAL("PS1SITE.CONTOSO.COM") ". Error = 53");
	record(&s, 920, "Error occurred. Performing error cleanup prior to returning.");
	record(&s, 5776, "DP thread for package PS100039 with thread handle 00000 and thread ID 5948 ended.");
	for (const struct dp *dp = model_dp(s.model, thread_of(5776)->first_dp); dp;
	     dp = model_dp(s.model, dp->next), dps++)
		ck_assert_int_eq(dp->state, dp->thread == 920 ? DP_FAILED : DP_DONE);
	ck_assert_uint_eq(dps, 2);
	ck_assert_str_eq(model_server(s.model, model_dp(s.model, thread_of(5776)->first_dp)->server),
	                 "PS1SITE.CONTOSO.COM");
	record(&s, 5776, "~All DP threads have completed for package PS100039 processing thread.");
	record(&s, 5776,
	       "~Created minijob to send compressed copy of package PS100039 to site PS2. Transfer root = "
	       "E:\\SMSPKG\\PS100039.DLT.1.2.");
	record(&s, 5776,
	       "~Created minijob to send compressed copy of package PS100039 to site SS1. Transfer root = "
	       "E:\\SMSPKG\\PS100039.DLT.1.2.");
	record(&s, 5776,
	       "STATMSG: ID=2301 SEV=I LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" SYS=X SITE=PS1 "
	       "PID=5428 TID=5776 "
	       "GMTDATE=Tue May 17 18:31:45.415 2016 ISTR0=\"Dummy2\" ISTR1=\"PS100039\" ISTR2=\"\" NUMATTRS=1 "
	       "AID0=400 "
	       "AVAL0=\"PS100039\"");
	record(&s, 5776, "~Exiting package processing thread for package PS100039.");
	d = model_distribution(s.model);
	ck_assert_uint_eq(d.used, 0);
	ck_assert_uint_eq(d.done, 1);
	ck_assert_uint_eq(d.failed, 0);
	ck_assert_int_eq(d.capacity, 3);
	ck_assert_uint_eq(model_sending(s.model).waiting, 2);
	ck_assert_str_eq(package_of(&s, "PS100039")->name, "Dummy2");
	ck_assert_uint_eq(package_of(&s, "PS100039")->version, 2);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(a_thread_of_2012_takes_the_package_notified_last)
{
	record(&s, 100, "Found notification for package 'RR200004'Used 0 out of 30 allowed processing threads.");
	record(&s, 100, "Starting package processing thread, thread ID = 0x152C (5420)");
	ck_assert_str_eq(package_of(&s, "RR200004")->id, "RR200004");
	ck_assert_uint_eq(thread_of(5420)->package, 0);
	ck_assert_int_eq(model_distribution(s.model).capacity, 30);
	ck_assert_uint_eq(model_distribution(s.model).queued, 0);
}
END_TEST

START_TEST(a_source_that_is_gone_fails_the_package)
{
	record_package_started("PS100039", 5776, 0);
	record(&s, 5776,
	       "The source directory \\\\S\\X doesn't exist or the SMS service cannot access it, Win32 last error = 5");
	record(&s, 5776, "Failed to take snapshot of package PS100039");
	record(&s, 5776, "~Exiting package processing thread for package PS100039.");
	ck_assert_uint_eq(model_distribution(s.model).failed, 1);
	ck_assert_uint_eq(model_distribution(s.model).done, 0);
	ck_assert_ptr_nonnull(strstr(model_failure(s.model, 0)->what.text, "source directory"));
}
END_TEST

START_TEST(waiting_for_content_is_neither_done_nor_failed)
{
	record_package_started("PS100039", 2732, 0);
	record(&s, 2732, "~The contents for the package PS100039 hasn't arrived from site CS1 yet, will retry later.");
	ck_assert_int_eq(thread_of(2732)->phase, PHASE_CONTENT);
	record(&s, 2732, "~All DP threads have completed for package PS100039 processing thread.");
	record(&s, 2732, "~Exiting package processing thread for package PS100039.");
	ck_assert_uint_eq(model_distribution(s.model).failed, 0);
	ck_assert_uint_eq(model_distribution(s.model).done, 0);
}
END_TEST

START_TEST(readings_show_threads_that_began_before_the_log_and_close_lost_ones)
{
	record(&s, 4824, "~Currently using 3 out of 3 allowed package processing threads.");
	ck_assert_uint_eq(model_distribution(s.model).used, 3);
	record(&s, 5776, "~Processing package PS100039 (SourceVersion:1;StoredVersion:1)");
	ck_assert_uint_eq(model_distribution(s.model).used, 3);
	record(&s, 5776, "~Exiting package processing thread for package PS100039.");
	ck_assert_uint_eq(model_distribution(s.model).used, 2);
	record_package_started("PS10003A", 5800, 0);
	ck_assert_uint_eq(model_distribution(s.model).used, 1);
}
END_TEST

START_TEST(a_package_is_queued_once_however_often_it_is_notified)
{
	for (int i = 0; i < 3; i++) {
		record(&s, 4824, "Found package properties updated notification for package 'PS100039'");
		record(&s, 4824, "Adding package 'ps100039' to package processing queue.");
	}
	ck_assert_uint_eq(model_distribution(s.model).queued, 1);
}
END_TEST

START_TEST(a_restart_forgets_the_threads)
{
	record_package_started("PS100039", 5776, 0);
	record(&s, 3048, "SMS_EXECUTIVE started SMS_DISTRIBUTION_MANAGER as thread ID 4984 (0x1378).");
	ck_assert_uint_eq(model_distribution(s.model).used, 0);
	ck_assert_uint_eq(model_distribution(s.model).done, 0);
}
END_TEST

START_TEST(a_thread_number_that_comes_back_is_one_slot)
{
	record_package_started("PS100039", 5776, 0);
	record_package_started("PS10003A", 5776, 1);
	ck_assert_uint_eq(model_distribution(s.model).used, 1);
	ck_assert_uint_eq(thread_of(5776)->package, 1);
}
END_TEST

START_TEST(dp_threads_move_and_tables_run_full_without_harm)
{
	struct model_limits tiny = { .threads = 2, .dps = 3, .packages = 3, .servers = 2 };

	framed_log_close(&s);
	framed_log_open(&s, &tiny);
	s.component = "SMS_DISTRIBUTION_MANAGER";
	for (unsigned i = 0; i < 60; i++) {
		unsigned thread = 400 + i % 4 * 4;

		record(&s, 4824, "~Started package processing thread for package 'PS1000%02u', thread ID = 0x%X (%u)",
		       i % 5, thread, thread);
		record(&s, thread,
		       "~Created DP processing thread %u for addition or update of package PS1000%02u on server " NAL(
			       "DP%u"),
		       900 + i % 3 * 4, i % 5, i % 3, i % 3);
		record(&s, thread,
		       "~Created DP processing thread %u for addition or update of package PS1000%02u on server " NAL(
			       "DP%u"),
		       900 + i % 5 * 4, i % 5, i % 3, i % 3);
		if (i % 3 == 0)
			record(&s, thread, "~Exiting package processing thread for package PS1000%02u.", i % 5);
	}
	ck_assert(model_lost(s.model) > 0);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("distmgr_main");
	TCase *tcase = tcase_create("distmgr_main");

	tcase_add_checked_fixture(tcase, open_log, close_log);
	tcase_add_test(tcase, a_package_is_processed_copied_to_its_dps_and_sent_to_its_sites);
	tcase_add_test(tcase, a_thread_of_2012_takes_the_package_notified_last);
	tcase_add_test(tcase, a_source_that_is_gone_fails_the_package);
	tcase_add_test(tcase, waiting_for_content_is_neither_done_nor_failed);
	tcase_add_test(tcase, readings_show_threads_that_began_before_the_log_and_close_lost_ones);
	tcase_add_test(tcase, a_package_is_queued_once_however_often_it_is_notified);
	tcase_add_test(tcase, a_restart_forgets_the_threads);
	tcase_add_test(tcase, a_thread_number_that_comes_back_is_one_slot);
	tcase_add_test(tcase, dp_threads_move_and_tables_run_full_without_harm);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
