/* The life of a sending job, and what it leaves behind. */
#include "run_suite.h"
#include "framed_log.h"

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

START_TEST(a_whole_send_is_done_once_though_finished_is_said_twice)
{
	struct sending sending;
	enum size_source source;

	record_due(&s, "PS100039", "PS1");
	ck_assert_uint_eq(site_of(&s, "PS1")->waiting, 1);
	record_started(&s, 6700, 0x1150, "202SQCS1", "PS1", 0);
	ck_assert_ptr_nonnull(job_of(&s, 4432));
	ck_assert_uint_eq(site_waiting(site_of(&s, "PS1")), 0);
	record_file(&s, 0x1150, "PS100039", "202SQCS1");
	record_block(&s, 0x1150, "202SQCS1", 1024, 0);
	record_block(&s, 0x1150, "202SQCS1", 380731, 209398784);
	ck_assert_uint_eq(job_of(&s, 4432)->position, 209779515);
	ck_assert_int_eq(job_of(&s, 4432)->state, JOB_SENDING);
	record_done(&s, 0x1150, "PS100039", "202SQCS1", "PS1");
	sending = model_sending(s.model);
	ck_assert_uint_eq(sending.used, 0);
	ck_assert_uint_eq(sending.done, 1);
	ck_assert_uint_eq(sending.bytes, 209779515);
	ck_assert_uint_eq(sending.waiting, 0);
	ck_assert_uint_eq(package_of(&s, "PS100039")->done, 1);
	ck_assert_int_eq(package_size(s.model, 0, &source), 209779515);
	ck_assert_int_eq(source, SIZE_EXACT);
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(the_instruction_file_never_touches_the_position)
{
	record_started(&s, 6700, 0x1150, "202SQCS1", "PS1", 0);
	record_file(&s, 0x1150, "PS100039", "202SQCS1");
	record_block(&s, 0x1150, "202SQCS1", 5000, 0);
	record(&s, 0x1150, "~Sending completed [E:\\SMSPKG\\PS100039.PCK.1]");
	ck_assert_int_eq(job_of(&s, 0x1150)->state, JOB_FINISHING);
	record(&s, 0x1150, "~Sending Started [E:\\x\\schedule.box\\tosend\\00000E2A.Icl]");
	record(&s, 0x1150, "~Wrote 2115 bytes to \\\\S\\SMS_SITE\\202SQCS1.TMP at position 0");
	ck_assert_uint_eq(job_of(&s, 0x1150)->position, 5000);
	ck_assert_uint_eq(model_sending(s.model).bytes, 5000);
	ck_assert_int_eq(job_of(&s, 0x1150)->state, JOB_FINISHING);
}
END_TEST

START_TEST(a_send_that_fails_to_connect_waits_again_and_its_site_is_blocked_for_an_hour)
{
	int64_t at;

	record_due(&s, "PS100039", "MS1");
	record_started(&s, 100, 0x205, "1_027ST0", "MS1", 0);
	record(&s, 0x205, "Trying the No. 1 address (out of 1)");
	ck_assert_int_eq(job_of(&s, 0x205)->state, JOB_CONNECTING);
	record(&s, 0x205, "Error during WNetAddConnection2 to \\\\DSSMS\\SMS_SITE (67).");
	record(&s, 100, "No (more) send requests found to process.");
	record(&s, 0x205, "There is no existing connection, Win32 error = 0");
	record(&s, 0x205, "Operation is retryable.");
	at = s.at;
	record(&s, 0x205,
	       "Cannot connect to server \\\\DSSMS at remote site MS1, won't try send requests going to site MS1 for "
	       "an "
	       "hour or until there are no active send requests.");
	record(&s, 0x205, "Could not establish connection.");
	record(&s, 0x205, "Attempt to connect failed.");
	record(&s, 0x205, "There is no existing connection, Win32 error = 0");
	record(&s, 0x205, "No need to disconnect");
	ck_assert_uint_eq(model_sending(s.model).used, 1);
	record(&s, 0x205, "Restart time = 03/17/99 10:47:16 Eastern Standard Time");
	ck_assert_uint_eq(model_sending(s.model).used, 0);
	ck_assert_uint_eq(model_sending(s.model).failed, 1);
	ck_assert_uint_eq(site_of(&s, "MS1")->failed, 1);
	ck_assert_uint_eq(site_waiting(site_of(&s, "MS1")), 1);
	ck_assert_int_eq(site_of(&s, "MS1")->blocked_until, at + WHEN_HOUR);
	ck_assert_int_eq(site_state(s.model, 0, at), SITE_BLOCKED);
	ck_assert_int_ne(site_state(s.model, 0, at + WHEN_HOUR), SITE_BLOCKED);
	ck_assert_ptr_nonnull(strstr(model_failure(s.model, 0)->what.text, "WNetAddConnection2"));
	ck_assert_uint_eq(parser_counts(s.parser)->unknown, 0);
}
END_TEST

START_TEST(a_retry_resumes_and_its_bytes_are_counted_once)
{
	record_due(&s, "PS100039", "PS1");
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	record_file(&s, 0x100, "PS100039", "1_000AAA");
	record_block(&s, 0x100, "1_000AAA", 1000, 0);
	record_block(&s, 0x100, "1_000AAA", 1000, 1000);
	record(&s, 0x100, "Heartbeat is expired.");
	record(&s, 0x100, "Can't re-establish the connection.");
	record(&s, 0x100, "Restart time = 1/1/2026 1:00:00 AM Eastern Standard Time");
	ck_assert_uint_eq(site_waiting(site_of(&s, "PS1")), 1);
	record_started(&s, 1, 0x104, "1_000AAA", "PS1", 0);
	ck_assert_uint_eq(job_of(&s, 0x104)->attempt, 2);
	record_file(&s, 0x104, "PS100039", "1_000AAA");
	record_block(&s, 0x104, "1_000AAA", 1000, 2000);
	ck_assert(job_of(&s, 0x104)->resumed);
	ck_assert_uint_eq(job_of(&s, 0x104)->position, 3000);
	record_done(&s, 0x104, "PS100039", "1_000AAA", "PS1");
	ck_assert_uint_eq(model_sending(s.model).bytes, 3000);
	ck_assert_uint_eq(site_of(&s, "PS1")->bytes, 3000);
	ck_assert_uint_eq(model_sending(s.model).done, 1);
	ck_assert_uint_eq(model_sending(s.model).waiting, 0);
}
END_TEST

START_TEST(replication_holds_a_slot_and_is_in_no_package_figure)
{
	record_due(&s, "PS100039", "PS1");
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	ck_assert_uint_eq(site_waiting(site_of(&s, "PS1")), 0);
	record(&s, 0x100, "~Package file = E:\\ConfigMgr\\inboxes\\schedule.box\\tosend\\00000E2B.P12");
	ck_assert_int_eq(job_of(&s, 0x100)->kind, KIND_REPLICATION);
	ck_assert_uint_eq(site_waiting(site_of(&s, "PS1")), 1);
	record(&s, 0x100, "~Created/opened the remote file \\\\S\\SMS_SITE\\1_000AAA.PCK");
	record(&s, 0x100, "~Wrote 700 bytes to \\\\S\\SMS_SITE\\1_000AAA.PCK at position 0");
	ck_assert_uint_eq(job_of(&s, 0x100)->position, 700);
	ck_assert_uint_eq(model_sending(s.model).used, 1);
	ck_assert_uint_eq(model_sending(s.model).running, 0);
	record(&s, 0x100, "~Sending completed successfully");
	ck_assert_uint_eq(model_sending(s.model).done, 0);
	ck_assert_uint_eq(model_sending(s.model).bytes, 0);
	ck_assert_uint_eq(site_of(&s, "PS1")->done, 0);
}
END_TEST

START_TEST(a_job_that_began_before_the_log_takes_nothing_from_what_waits)
{
	record(&s, 0x100, "~Wrote 1000 bytes to \\\\PS1SITE\\SMS_SITE\\1_000AAA.PCK at position 5000");
	ck_assert_uint_eq(model_sending(s.model).used, 1);
	ck_assert_str_eq(job_of(&s, 0x100)->request, "1_000AAA");
	ck_assert_int_eq(job_of(&s, 0x100)->kind, KIND_UNKNOWN);
	ck_assert_uint_eq(job_of(&s, 0x100)->site, NAME_NONE);
	ck_assert_uint_eq(model_sending(s.model).bytes, 0);
	record_due(&s, "PS100039", "PS1");
	record(&s, 0x100, "~Sending completed [E:\\SMSPKG\\PS100039.PCK.1]");
	record(&s, 0x100, "~Finished sending SWD package PS100039 version 1 to site PS1");
	record(&s, 0x100, "~Sending completed successfully");
	ck_assert_uint_eq(model_sending(s.model).done, 1);
	ck_assert_uint_eq(model_sending(s.model).bytes, 1000);
	ck_assert_uint_eq(site_waiting(site_of(&s, "PS1")), 1);
}
END_TEST

START_TEST(a_thread_number_that_comes_back_ends_the_old_job_as_lost)
{
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	record_started(&s, 1, 0x100, "1_000BBB", "PS2", 0);
	ck_assert_uint_eq(model_sending(s.model).used, 1);
	ck_assert_str_eq(job_of(&s, 0x100)->request, "1_000BBB");
	ck_assert_int_eq(model_failure(s.model, 0)->what.kind, TRANSITION_JOB_LOST);
	ck_assert_uint_eq(model_sending(s.model).failed, 0);
}
END_TEST

START_TEST(a_restart_interrupts_the_jobs_of_that_component_alone)
{
	record_due(&s, "PS100039", "PS1");
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	record_file(&s, 0x100, "PS100039", "1_000AAA");
	s.component = "SMS_ASYNC_RAS_SENDER";
	record_started(&s, 2, 0x100, "1_000BBB", "PS2", 0);
	s.component = "SMS_LAN_SENDER";
	ck_assert_uint_eq(model_sending(s.model).used, 2);
	record(&s, 4120, "SMS_EXECUTIVE started SMS_LAN_SENDER as thread ID 7288 (0x1C78).");
	ck_assert_uint_eq(model_sending(s.model).used, 1);
	ck_assert_uint_eq(model_sending(s.model).failed, 0);
	ck_assert_uint_eq(site_waiting(site_of(&s, "PS1")), 1);
	ck_assert_int_eq(model_failure(s.model, 0)->what.kind, TRANSITION_JOB_INTERRUPTED);
}
END_TEST

START_TEST(a_reading_below_what_is_known_closes_the_longest_silent)
{
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	record_started(&s, 1, 0x104, "1_000BBB", "PS1", 1);
	record_started(&s, 1, 0x108, "1_000CCC", "PS2", 0);
	record_file(&s, 0x100, "PS100039", "1_000AAA");
	record(&s, 1, "Found send request.  ID: 1_000DDD, Dest Site: PS1");
	record(&s, 1, "Checking for site-specific sending capacity.  Used 1 out of 3.");
	ck_assert_ptr_null(job_of(&s, 0x104));
	ck_assert_ptr_nonnull(job_of(&s, 0x100));
	ck_assert_uint_eq(model_sending(s.model).used, 2);
	record(&s, 0x104, "~Trying the No. 1 address (out of 1)");
	ck_assert_uint_eq(model_sending(s.model).used, 3);
	record(&s, 1, "Checking for sending capacity. Used 1 out of 5.");
	ck_assert_uint_eq(model_sending(s.model).used, 1);
	ck_assert_ptr_nonnull(job_of(&s, 0x104));
	ck_assert_int_eq(model_sending(s.model).capacity, 5);
}
END_TEST

START_TEST(a_reading_above_what_is_known_shows_unseen_slots_until_they_speak)
{
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	record(&s, 1, "Checking for sending capacity. Used 3 out of 5.");
	ck_assert_uint_eq(model_sending(s.model).unseen, 2);
	ck_assert_uint_eq(model_sending(s.model).used, 3);
	record(&s, 0x300, "~Wrote 1000 bytes to \\\\PS2SITE\\SMS_SITE\\1_000ZZZ.PCK at position 5000");
	ck_assert_uint_eq(model_sending(s.model).unseen, 1);
	ck_assert_uint_eq(model_sending(s.model).used, 3);
	record(&s, 1, "Checking for sending capacity. Used 2 out of 5.");
	ck_assert_uint_eq(model_sending(s.model).unseen, 0);
}
END_TEST

START_TEST(a_site_reading_counts_slots_that_began_before_the_log)
{
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 2);
	ck_assert_uint_eq(model_sending(s.model).unseen, 2);
	ck_assert_uint_eq(model_sending(s.model).used, 3);
	ck_assert_int_eq(site_of(&s, "PS1")->capacity, 3);
	ck_assert_int_eq(model_sending(s.model).capacity, -1);
	record(&s, 0x300, "~Wrote 1000 bytes to \\\\PS1SITE\\SMS_SITE\\1_000ZZZ.PCK at position 5000");
	ck_assert_uint_eq(model_sending(s.model).used, 3);
	record(&s, 0x300, "~Finished sending SWD package PS100039 version 1 to site PS1");
	ck_assert_uint_eq(model_sending(s.model).used, 3);
	ck_assert_uint_eq(site_of(&s, "PS1")->unseen, 1);
}
END_TEST

START_TEST(a_restart_ends_the_unseen_slots_of_that_component_alone)
{
	s.component = "SMS_DISTRIBUTION_MANAGER";
	record(&s, 9, "~Currently using 2 out of 3 allowed package processing threads.");
	s.component = "SMS_LAN_SENDER";
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 2);
	ck_assert_uint_eq(model_sending(s.model).used, 3);
	record(&s, 4120, "SMS_EXECUTIVE started SMS_LAN_SENDER as thread ID 7288 (0x1C78).");
	ck_assert_uint_eq(model_sending(s.model).used, 0);
	ck_assert_uint_eq(site_of(&s, "PS1")->unseen, 0);
	ck_assert_uint_eq(model_distribution(s.model).used, 2);
	s.component = "SMS_DISTRIBUTION_MANAGER";
	record(&s, 4120, "SMS_EXECUTIVE started SMS_DISTRIBUTION_MANAGER as thread ID 4984 (0x1378).");
	ck_assert_uint_eq(model_distribution(s.model).used, 0);
}
END_TEST

START_TEST(capacity_may_be_nothing_and_below_what_is_used)
{
	record(&s, 1,
	       "Checking for sending capacity. Used 0 out of 0, no sending capacity so not checking for send "
	       "requests.");
	ck_assert_int_eq(model_sending(s.model).capacity, 0);
	record(&s, 1, "Checking for sending capacity. Used 7 out of 3.");
	ck_assert_int_eq(model_sending(s.model).capacity, 3);
	ck_assert_uint_eq(model_sending(s.model).used, 7);
	ck_assert_int_eq(model_transition(s.model, model_transitions(s.model))->kind, TRANSITION_CAPACITY);
}
END_TEST

START_TEST(a_due_line_that_is_read_late_still_meets_its_job)
{
	int64_t before = s.at, after;

	s.at += 60000;
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	record_file(&s, 0x100, "PS100039", "1_000AAA");
	after = s.at;
	s.at = before;
	record_due(&s, "PS100039", "PS1");
	ck_assert_uint_eq(site_waiting(site_of(&s, "PS1")), 0);
	s.at = after;
	record_due(&s, "PS100039", "PS1");
	ck_assert_uint_eq(site_waiting(site_of(&s, "PS1")), 1);
}
END_TEST

START_TEST(rate_is_unknown_for_five_seconds_and_then_that_of_the_last_fifteen)
{
	uint64_t position = 0;

	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	record_file(&s, 0x100, "PS100039", "1_000AAA");
	for (int second = 0; second < 60; second++) {
		uint64_t bytes = second < 30 ? 1000 : 3000;

		record_block(&s, 0x100, "1_000AAA", bytes, position);
		position += bytes;
		if (second == 3)
			ck_assert(job_rate(job_of(&s, 0x100)) < 0);
		if (second == 20)
			ck_assert_double_eq_tol(job_rate(job_of(&s, 0x100)), 1000, 10);
		s.at += 998;
	}
	ck_assert_double_eq_tol(job_rate(job_of(&s, 0x100)), 3000, 10);
}
END_TEST

START_TEST(slots_are_full_for_as_long_as_they_were_and_not_for_how_often_it_was_said)
{
	const struct sample *sample;
	uint64_t covered = 0;

	record(&s, 1, "Checking for sending capacity. Used 0 out of 2.");
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	s.at += 10 * WHEN_MINUTE;
	record_started(&s, 1, 0x104, "1_000BBB", "PS2", 0);
	s.at += 15 * WHEN_MINUTE;
	record(&s, 0x104, "~Sending completed successfully");
	s.at += 5 * WHEN_MINUTE;
	record(&s, 1, "No (more) send requests found to process");
	ck_assert_double_eq_tol(sending_full(s.model, s.at, WHEN_HOUR), 0.5, 0.01);
	ck_assert(distribution_full(s.model, s.at, WHEN_HOUR) < 0);
	for (size_t i = 0; (sample = model_sample(s.model, i)); i++)
		covered += sample->covered;
	ck_assert_int_eq((int64_t)covered, 30 * WHEN_MINUTE + 8);
	ck_assert_uint_eq(model_sample(s.model, 2)->used_most, 2);
}
END_TEST

START_TEST(two_packages_on_one_thread_without_a_start_line_are_two_jobs)
{
	record(&s, 0x100, "~Package file = E:\\SMSPKG\\PS100039.PCK.1");
	record(&s, 0x100, "~Package file = E:\\SMSPKG\\PS10003A.PCK.1");
	ck_assert_uint_eq(model_sending(s.model).used, 1);
	ck_assert_str_eq(package_of(&s, "PS10003A")->id, "PS10003A");
	ck_assert_uint_eq(package_of(&s, "PS100039")->running, 0);
	ck_assert_uint_eq(package_of(&s, "PS10003A")->running, 1);
}
END_TEST

START_TEST(words_after_the_end_begin_no_job)
{
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	record(&s, 0x100, "Restart time = 1/1/2026 1:00:00 AM Eastern Standard Time");
	record(&s, 0x100, "No need to disconnect");
	record(&s, 0x100, "There is no existing connection, Win32 error = 0");
	ck_assert_uint_eq(model_sending(s.model).used, 0);
}
END_TEST

START_TEST(a_throttled_site_gets_its_request_back)
{
	record_due(&s, "PS100039", "PS1");
	record_started(&s, 1, 0x100, "1_000AAA", "PS1", 0);
	record(&s, 0x100,
	       "~Address to PS1SITE.CONTOSO.COM is currently under bandwidth control, therefore only one connection is "
	       "allowed, returning send request to the pool.");
	ck_assert_uint_eq(model_sending(s.model).used, 0);
	ck_assert_uint_eq(model_sending(s.model).failed, 0);
	ck_assert_uint_eq(site_waiting(site_of(&s, "PS1")), 1);
	ck_assert_int_eq(site_state(s.model, 0, s.at), SITE_THROTTLED);
	ck_assert_ptr_null(model_failure(s.model, 0));
	record_started(&s, 1, 0x104, "1_000AAA", "PS1", 0);
	ck_assert_uint_eq(job_of(&s, 0x104)->attempt, 1);
}
END_TEST

START_TEST(tiny_tables_forget_the_oldest_and_say_so)
{
	struct model_limits tiny = { .jobs = 2,
		                     .sites = 2,
		                     .packages = 2,
		                     .pairs = 1,
		                     .requests = 1,
		                     .files = 1,
		                     .servers = 1,
		                     .notes = 1,
		                     .transitions = 2,
		                     .failures = 1,
		                     .threads = 1,
		                     .dps = 1 };

	framed_log_close(&s);
	framed_log_open(&s, &tiny);
	for (unsigned i = 0; i < 40; i++) {
		char request[16], site[16], package[16];

		snprintf(request, sizeof(request), "1_%03uAAA", i);
		snprintf(site, sizeof(site), "S%02u", i % 5);
		snprintf(package, sizeof(package), "PS1000%02u", i % 7);
		record_due(&s, package, site);
		record_started(&s, 1, 0x100 + i % 6 * 4, request, site, (int)(i % 3));
		record_file(&s, 0x100 + i % 6 * 4, package, request);
		if (i % 3 == 0)
			record_done(&s, 0x100 + i % 6 * 4, package, request, site);
		if (i % 3 == 1)
			record(&s, 0x100 + i % 6 * 4, "Restart time = soon");
	}
	ck_assert(model_lost(s.model) > 0);
	ck_assert_uint_le(model_sending(s.model).used - model_sending(s.model).unseen, 2);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("jobs");
	TCase *tcase = tcase_create("jobs");

	tcase_add_checked_fixture(tcase, open_log, close_log);
	tcase_add_test(tcase, a_whole_send_is_done_once_though_finished_is_said_twice);
	tcase_add_test(tcase, the_instruction_file_never_touches_the_position);
	tcase_add_test(tcase, a_send_that_fails_to_connect_waits_again_and_its_site_is_blocked_for_an_hour);
	tcase_add_test(tcase, a_retry_resumes_and_its_bytes_are_counted_once);
	tcase_add_test(tcase, replication_holds_a_slot_and_is_in_no_package_figure);
	tcase_add_test(tcase, a_job_that_began_before_the_log_takes_nothing_from_what_waits);
	tcase_add_test(tcase, a_thread_number_that_comes_back_ends_the_old_job_as_lost);
	tcase_add_test(tcase, a_restart_interrupts_the_jobs_of_that_component_alone);
	tcase_add_test(tcase, a_reading_below_what_is_known_closes_the_longest_silent);
	tcase_add_test(tcase, a_reading_above_what_is_known_shows_unseen_slots_until_they_speak);
	tcase_add_test(tcase, a_site_reading_counts_slots_that_began_before_the_log);
	tcase_add_test(tcase, a_restart_ends_the_unseen_slots_of_that_component_alone);
	tcase_add_test(tcase, capacity_may_be_nothing_and_below_what_is_used);
	tcase_add_test(tcase, a_due_line_that_is_read_late_still_meets_its_job);
	tcase_add_test(tcase, rate_is_unknown_for_five_seconds_and_then_that_of_the_last_fifteen);
	tcase_add_test(tcase, slots_are_full_for_as_long_as_they_were_and_not_for_how_often_it_was_said);
	tcase_add_test(tcase, two_packages_on_one_thread_without_a_start_line_are_two_jobs);
	tcase_add_test(tcase, words_after_the_end_begin_no_job);
	tcase_add_test(tcase, a_throttled_site_gets_its_request_back);
	tcase_add_test(tcase, tiny_tables_forget_the_oldest_and_say_so);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
