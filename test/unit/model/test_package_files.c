/* Sizes of files that were looked at, beside those that logs tell. */
#include "run_suite.h"
#include "framed_log.h"

#define MIB (1024 * 1024)

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

/* 0: what was known is in doubt again. */
static void
look(const char *path, uint64_t bytes)
{
	struct event event = { .at = WHEN_NONE, .kind = EVENT_FILE_LOOKED, .texts = 1u << TEXT_PATH };
	const char *wrong;

	event.text[TEXT_PATH] = span_of(path);
	event.numbers = bytes ? 1u << NUMBER_BYTES : 0;
	event.number[NUMBER_BYTES] = bytes;
	model_apply(s.model, &event);
	wrong = model_check(s.model);
	ck_assert_msg(!wrong, "%s", wrong);
}

static void
distmgr(const char *message)
{
	s.component = "SMS_DISTRIBUTION_MANAGER";
	record(&s, 4452, "%s", message);
	s.component = "SMS_LAN_SENDER";
}

static uint32_t
named(const char *package)
{
	return model_package_named(s.model, span_of(package));
}

static void
size_is(uint32_t version, uint32_t from, enum size_source source, uint64_t bytes)
{
	uint64_t known = 0;

	ck_assert_int_eq(model_size(s.model, named("PS100039"), version, from, &known), source);
	ck_assert_uint_eq(known, bytes);
}

/* Half of 100 MiB, in ten seconds. */
static void
send_half(void)
{
	record_started(&s, 6700, 0x100, "202SQCS1", "PS1", 0);
	record_file(&s, 0x100, "PS100039", "202SQCS1");
	for (unsigned i = 0; i < 10; i++) {
		record_block(&s, 0x100, "202SQCS1", 5 * MIB, i * 5ull * MIB);
		s.at += WHEN_SECOND;
	}
}

START_TEST(a_look_turns_an_estimate_into_an_exact_size_and_share_and_time_left_follow)
{
	enum size_source source;
	int64_t size, before;

	distmgr("~The size of package PS100039, version 1 is 204800 KBytes");
	send_half();
	ck_assert_int_eq(job_size(s.model, job_of(&s, 0x100), &source), 200 * MIB);
	ck_assert_int_eq(source, SIZE_ESTIMATE);
	before = job_eta(s.model, job_of(&s, 0x100));
	ck_assert_int_gt(before, 0);
	look("E:\\SMSPKG\\PS100039.PCK.1", 100 * MIB);
	size = job_size(s.model, job_of(&s, 0x100), &source);
	ck_assert_int_eq(size, 100 * MIB);
	ck_assert_int_eq(source, SIZE_EXACT);
	ck_assert_int_eq((int64_t)job_of(&s, 0x100)->position * 2, size);
	ck_assert_int_eq(job_eta(s.model, job_of(&s, 0x100)), before / 3);
}
END_TEST

START_TEST(what_is_left_of_a_package_follows_the_look)
{
	enum size_source source;

	distmgr("~The size of package PS100039, version 1 is 204800 KBytes");
	record_due(&s, "PS100039", "PS1");
	record_due(&s, "PS100039", "PS2");
	send_half();
	ck_assert_int_eq(package_bytes_left(s.model, named("PS100039")), (150 + 200) * MIB);
	look("E:\\SMSPKG\\PS100039.PCK.1", 100 * MIB);
	ck_assert_int_eq(package_bytes_left(s.model, named("PS100039")), (50 + 100) * MIB);
	ck_assert_int_eq(package_size(s.model, named("PS100039"), &source), 100 * MIB);
	ck_assert_int_eq(source, SIZE_EXACT);
}
END_TEST

START_TEST(what_waits_is_as_large_as_the_file_that_its_minijob_names)
{
	enum size_source source;

	distmgr("~Created minijob to send compressed copy of package PS100039 to site PS1.  Transfer root = "
	        "E:\\SMSPKG\\PS100039.DLT.3.4.");
	ck_assert_uint_eq(package_of(&s, "PS100039")->version, 4);
	look("E:\\SMSPKG\\PS100039.PCK.4", 100 * MIB);
	ck_assert_int_eq(package_bytes_left(s.model, named("PS100039")), -1);
	look("E:\\SMSPKG\\PS100039.DLT.3.4", 3 * MIB);
	ck_assert_int_eq(package_size(s.model, named("PS100039"), &source), 3 * MIB);
	ck_assert_int_eq(source, SIZE_EXACT);
	ck_assert_int_eq(package_bytes_left(s.model, named("PS100039")), 3 * MIB);
}
END_TEST

START_TEST(each_version_and_each_delta_is_a_file_of_its_own)
{
	distmgr("~The size of package PS100039, version 2 is 204800 KBytes");
	look("E:\\SMSPKG\\PS100039.PCK.1", 7);
	look("E:\\SMSPKG\\PS100039.DLT.1.2", 5);
	size_is(1, 0, SIZE_EXACT, 7);
	size_is(2, 1, SIZE_EXACT, 5);
	size_is(2, 0, SIZE_ESTIMATE, 200 * MIB);
	size_is(3, 1, SIZE_UNKNOWN, 0);
	look("E:\\SMSPKG\\PS100039.PCK.2", 9);
	size_is(2, 0, SIZE_EXACT, 9);
	size_is(2, 1, SIZE_EXACT, 5);
}
END_TEST

START_TEST(a_whole_send_is_believed_more_than_a_look)
{
	send_half();
	record_done(&s, 0x100, "PS100039", "202SQCS1", "PS1");
	size_is(1, 0, SIZE_EXACT, 50 * MIB);
	look("E:\\SMSPKG\\PS100039.PCK.1", 100 * MIB);
	size_is(1, 0, SIZE_EXACT, 50 * MIB);
}
END_TEST

START_TEST(a_look_is_believed_more_than_the_schedulers_list)
{
	distmgr("~The size of package PS100039, version 1 is 204800 KBytes");
	s.component = "SMS_SCHEDULER";
	record(&s, 5492, "====== Updating Send Request List =======");
	record(&s, 5492,
	       "Send Request 202SQCS1 JobID: 00000E2A DestSite: PS1 FinalSite: State: Pending Status: Action: None "
	       "Total size: 122880k Remaining: 122880k Heartbeat: 12:23 Start: 12:00 Finish: 12:00 Retry: "
	       "SWD PkgID: PS100039 SWD Pkg Version: 1");
	record(&s, 5492, "======  Checking Status of All Send Requests  ======");
	size_is(1, 0, SIZE_SCHED, 120 * MIB);
	look("E:\\SMSPKG\\PS100039.PCK.1", 100 * MIB);
	size_is(1, 0, SIZE_EXACT, 100 * MIB);
}
END_TEST

START_TEST(a_size_in_doubt_is_the_estimate_again)
{
	distmgr("~The size of package PS100039, version 1 is 204800 KBytes");
	look("E:\\SMSPKG\\PS100039.PCK.1", 100 * MIB);
	look("E:\\SMSPKG\\PS100039.PCK.1", 0);
	size_is(1, 0, SIZE_ESTIMATE, 200 * MIB);
	look("E:\\SMSPKG\\PS100039.PCK.1", 110 * MIB);
	size_is(1, 0, SIZE_EXACT, 110 * MIB);
}
END_TEST

START_TEST(a_size_that_a_send_has_passed_is_none)
{
	enum size_source source;

	send_half();
	look("E:\\SMSPKG\\PS100039.PCK.1", 40 * MIB);
	ck_assert_int_eq(job_size(s.model, job_of(&s, 0x100), &source), -1);
	ck_assert_int_eq(source, SIZE_UNKNOWN);
}
END_TEST

START_TEST(a_look_makes_no_package_and_takes_no_time)
{
	size_t before, after;
	int64_t newest;

	send_half();
	newest = model_newest(s.model);
	model_packages(s.model, &before);
	look("E:\\SMSPKG\\PS1000FF.PCK.1", 5);
	look("E:\\SMSPKG\\Autorun.inf", 5);
	look("", 5);
	look("E:\\SMSPKG\\PS100039.PCK.1", UINT64_MAX);
	model_packages(s.model, &after);
	ck_assert_uint_eq(after, before);
	ck_assert_int_eq(model_newest(s.model), newest);
	size_is(1, 0, SIZE_UNKNOWN, 0);
}
END_TEST

START_TEST(what_wants_a_look_is_a_known_package_that_was_not_sent_whole)
{
	ck_assert(!model_wants_look(s.model, SPAN("E:\\SMSPKG\\PS100039.PCK.1")));
	send_half();
	ck_assert(model_wants_look(s.model, SPAN("E:\\SMSPKG\\PS100039.PCK.1")));
	look("E:\\SMSPKG\\PS100039.PCK.1", 100 * MIB);
	ck_assert(model_wants_look(s.model, SPAN("E:\\SMSPKG\\PS100039.PCK.1")));
	ck_assert(model_wants_look(s.model, SPAN("E:\\SMSPKG\\PS100039.DLT.1.2")));
	ck_assert(!model_wants_look(s.model, SPAN("E:\\x\\schedule.box\\tosend\\00000E2A.Icl")));
	record_done(&s, 0x100, "PS100039", "202SQCS1", "PS1");
	ck_assert(!model_wants_look(s.model, SPAN("E:\\SMSPKG\\PS100039.PCK.1")));
	ck_assert(model_wants_look(s.model, SPAN("E:\\SMSPKG\\PS100039.PCK.2")));
}
END_TEST

/* The same sends fell due before and after their size was known. */
START_TEST(what_fell_due_before_the_look_is_weighed_by_it)
{
	for (int i = 0; i < 3; i++)
		record_due(&s, "PS100039", "PS1");
	ck_assert_uint_eq(model_sample(s.model, 0)->due_sized, 0);
	look("E:\\SMSPKG\\PS100039.PCK.1", 100);
	record_due(&s, "PS100039", "PS1");
	ck_assert_uint_eq(model_sample(s.model, 0)->due_sized, 4);
	ck_assert_uint_eq(model_sample(s.model, 0)->due_bytes, 400);
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("package_files");
	TCase *c = tcase_create("package_files");

	tcase_add_checked_fixture(c, open_log, close_log);
	tcase_add_test(c, a_look_turns_an_estimate_into_an_exact_size_and_share_and_time_left_follow);
	tcase_add_test(c, what_is_left_of_a_package_follows_the_look);
	tcase_add_test(c, what_waits_is_as_large_as_the_file_that_its_minijob_names);
	tcase_add_test(c, each_version_and_each_delta_is_a_file_of_its_own);
	tcase_add_test(c, a_whole_send_is_believed_more_than_a_look);
	tcase_add_test(c, a_look_is_believed_more_than_the_schedulers_list);
	tcase_add_test(c, a_size_in_doubt_is_the_estimate_again);
	tcase_add_test(c, a_size_that_a_send_has_passed_is_none);
	tcase_add_test(c, a_look_makes_no_package_and_takes_no_time);
	tcase_add_test(c, what_wants_a_look_is_a_known_package_that_was_not_sent_whole);
	tcase_add_test(c, what_fell_due_before_the_look_is_weighed_by_it);
	suite_add_tcase(suite, c);
	return suite;
}

int
main(void)
{
	return run_suite(suite());
}
