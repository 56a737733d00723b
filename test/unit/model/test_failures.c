/*
 * What went wrong: whose it is, what it says, when it is tried again, and what
 * became of it; and that a storm of one failure does not hide the others.
 */
#include <stdlib.h>

#include "cmtop/errors.h"
#include "run_suite.h"
#include "framed_log.h"

static struct framed_log s;

static void
setup(void)
{
	framed_log_open(&s, NULL);
}

static void
teardown(void)
{
	framed_log_close(&s);
}

static size_t
count(void)
{
	size_t i = 0;

	while (model_failure(s.model, i))
		i++;
	return i;
}

/* The newest one; there must be one. */
static const struct failure *
newest(void)
{
	ck_assert_ptr_nonnull(model_failure(s.model, 0));
	return model_failure(s.model, 0);
}

static const char *
site(const struct failure *failure)
{
	size_t sites;

	return failure->what.site == NAME_NONE ? "" : model_sites(s.model, &sites)[failure->what.site].code;
}

static const char *
package(const struct failure *failure)
{
	size_t packages;

	return failure->what.package == NAME_NONE ? "" : model_packages(s.model, &packages)[failure->what.package].id;
}

static void
is(const struct failure *failure, enum failure_kind kind, const char *package_id, const char *site_code,
   const char *text)
{
	ck_assert_str_eq(failure_kind_word((enum failure_kind)failure->kind), failure_kind_word(kind));
	ck_assert_str_eq(package(failure), package_id);
	ck_assert_str_eq(site(failure), site_code);
	ck_assert_msg(strstr(failure->what.text, text) != NULL, "'%s' does not hold '%s'", failure->what.text, text);
}

static void
from(const char *component)
{
	s.component = component;
}

/* ---- lines that no rule knows ---- */

START_TEST(an_error_that_no_rule_knows_is_its_components)
{
	from("SMS_DISTRIBUTION_MANAGER");
	record(&s, 2548, "The frobnicator cannot be reached, error 53");
	ck_assert_uint_eq(count(), 1);
	is(newest(), FAILURE_COMPONENT, "", "", "The frobnicator cannot be reached, error 53");
	ck_assert_str_eq(model_component(s.model, newest()->component), "SMS_DISTRIBUTION_MANAGER");
	ck_assert_int_eq(newest()->what.kind, TRANSITION_FAILURE);
	ck_assert_uint_eq(newest()->what.thread, 2548);
	ck_assert(newest()->coded);
	ck_assert_uint_eq(newest()->code, 53);
	ck_assert_int_eq(model_transition(s.model, model_transitions(s.model))->kind, TRANSITION_FAILURE);
	from("SMS_NOBODY_KNOWS");
	record(&s, 7, "Access denied");
	is(newest(), FAILURE_COMPONENT, "", "", "Access denied");
	ck_assert_str_eq(model_component(s.model, newest()->component), "SMS_NOBODY_KNOWS");
}
END_TEST

START_TEST(what_denies_a_failure_is_none)
{
	from("SMS_DISTRIBUTION_MANAGER");
	record(&s, 2548, "The frobnicator has finished with 0 errors");
	record(&s, 2548, "The frobnicator said: error = 0");
	record(&s, 2548,
	       "Failed to remove SMS_DP$ directory with error 5, will try to unload distribution point provider and "
	       "try "
	       "again.");
	from("SMS_LAN_SENDER");
	record(&s, 2548, "There is no existing connection, Win32 error = 0");
	ck_assert_uint_eq(count(), 0);
}
END_TEST

START_TEST(an_unknown_error_is_that_of_its_send)
{
	record_started(&s, 100, 4432, "202SQCS1", "PS1", 0);
	record_file(&s, 4432, "PS100039", "202SQCS1");
	record(&s, 4432, "~The moon is too near, cannot go on");
	is(newest(), FAILURE_SEND, "PS100039", "PS1", "The moon is too near, cannot go on");
	ck_assert_str_eq(newest()->what.request, "202SQCS1");
	ck_assert_uint_eq(newest()->what.attempt, 1);
	record(&s, 4432, "Restart time = 12/4/2014 6:14:27 AM Eastern Standard Time");
	ck_assert_uint_eq(count(), 2);
	is(newest(), FAILURE_SEND, "PS100039", "PS1", "The moon is too near");
	ck_assert_int_eq(newest()->what.kind, TRANSITION_JOB_FAILED);
	ck_assert_str_eq(newest()->retry.text, "12/4/2014 6:14:27 AM Eastern Standard Time");
	record(&s, 100, "The main thread is unable to think");
	is(newest(), FAILURE_COMPONENT, "", "", "unable to think");
}
END_TEST

START_TEST(an_unknown_error_is_that_of_its_package_or_dp)
{
	from("SMS_DISTRIBUTION_MANAGER");
	record(&s, 2624, "~Started package processing thread for package 'PS100039', thread ID = 0x16A8 (5800)");
	record(&s, 5800, "The gears are jammed: failed");
	is(newest(), FAILURE_PACKAGE, "PS100039", "", "The gears are jammed");
	record(&s, 5800,
	       "~Created DP processing thread 22444 for addition or update of package PS100039 on server "
	       "[\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\DP1.CONTOSO.COM\\");
	record(&s, 22444, "The gate is closed: access denied");
	is(newest(), FAILURE_DP, "PS100039", "", "The gate is closed");
	ck_assert_str_eq(model_server(s.model, newest()->what.dp), "DP1.CONTOSO.COM");
}
END_TEST

START_TEST(an_unknown_error_is_that_of_its_transfer)
{
	from("SMS_PACKAGE_TRANSFER_MANAGER");
	record(&s, 4844,
	       "~Sending thread starting for Job: 577, package: PS100039, Version: 2, Priority: 2, server: "
	       "DP1.CONTOSO.COM, DPPriority: 200");
	record(&s, 4844, "The wire has been cut, unable to go on");
	is(newest(), FAILURE_TRANSFER, "PS100039", "", "The wire has been cut");
	ck_assert_uint_eq(newest()->what.version, 2);
	ck_assert_str_eq(model_server(s.model, newest()->what.dp), "DP1.CONTOSO.COM");
}
END_TEST

START_TEST(an_unknown_error_names_a_known_package)
{
	from("SMS_DISTRIBUTION_MANAGER");
	record(&s, 2624, "Found package properties updated notification for package 'PS100039'");
	record(&s, 7000, "Unable to do anything for PS100039, nor for PS199999");
	is(newest(), FAILURE_COMPONENT, "PS100039", "", "Unable to do anything");
	record(&s, 7000, "Unable to do anything for XPS100039X");
	is(newest(), FAILURE_COMPONENT, "", "", "XPS100039X");
}
END_TEST

START_TEST(a_senders_main_thread_fails_at_the_request_it_has_found)
{
	record(&s, 100, "Found send request.  ID: 202SQCS1, Dest Site: PS1");
	record(&s, 100, "Failed to get a thread, error 8");
	is(newest(), FAILURE_SEND, "", "PS1", "Failed to get a thread");
	ck_assert_str_eq(newest()->what.request, "202SQCS1");
}
END_TEST

/* A rule knows it, but whose thread it is does not: then it is nobody's else to tell. */
START_TEST(a_known_error_of_an_unknown_thread_is_told)
{
	from("SMS_DISTRIBUTION_MANAGER");
	record(&s, 3112, "SQL Msg #515 > Cannot insert the value NULL");
	is(newest(), FAILURE_COMPONENT, "", "", "Cannot insert the value NULL");
	record(&s, 3112, "Failed to make a network connection to \\\\DP1\\ADMIN$ (0x35).");
	ck_assert_uint_eq(count(), 1);
	from("SMS_LAN_SENDER");
	record(&s, 100, "No (more) send requests found to process");
	record(&s, 100, "Checking for sending capacity. Used 1 out of 5.");
	record(&s, 100, "Something on disk, Win32 error = 112");
	is(newest(), FAILURE_COMPONENT, "", "", "Win32 error = 112");
}
END_TEST

START_TEST(a_status_message_of_severity_e_is_told_with_its_strings)
{
	from("SMS_DISTRIBUTION_MANAGER");
	record(&s, 100,
	       "STATMSG: ID=2384 SEV=I LEV=M SOURCE=\"SMS Server\" COMP=\"X\" SYS=S SITE=PS1 PID=1 TID=200 GMTDATE=Mo "
	       "ISTR0=\"fine\" ISTR1=\"\" NUMATTRS=0");
	ck_assert_uint_eq(count(), 0);
	record(&s, 100,
	       "STATMSG: ID=2391 SEV=E LEV=M SOURCE=\"SMS Server\" COMP=\"X\" SYS=S SITE=PS1 PID=1 TID=200 GMTDATE=Mo "
	       "ISTR0=\"Say \"no\" twice\" ISTR1=\"\\\\FS01\\x\" ISTR2=\"\" ISTR3=\"\" NUMATTRS=1 AID0=400 "
	       "AVAL0=\"PS100039\"");
	is(newest(), FAILURE_PACKAGE, "PS100039", "", "status message 2391: Say \"no\" twice; \\\\FS01\\x");
	ck_assert_uint_eq(newest()->what.thread, 200);
}
END_TEST

/* ---- what rules know as a failure of something that has no thread ---- */

/* Without what went before it stands for itself; and what another thread said before is not its own. */
START_TEST(the_end_of_a_failure_alone_is_a_failure)
{
	from("SMS_DESPOOLER");
	record(&s, 3816, "~Despooler failed to execute the instruction, error code = cb");
	is(newest(), FAILURE_COMPONENT, "", "", "Despooler failed");
	ck_assert_uint_eq(newest()->code, 0xcb);
	record(&s, 3820, "~Despooler failed to execute the instruction, error code = 5");
	ck_assert_uint_eq(count(), 2);
	s.at += WHEN_HOUR;
	record(&s, 3820, "~Despooler failed to execute the instruction, error code = 5");
	ck_assert_uint_eq(count(), 3);
}
END_TEST

START_TEST(a_decision_not_to_do_something_is_told)
{
	from("SMS_DISTRIBUTION_MANAGER");
	record(&s, 3112,
	       "~A newer version (15) of package CEN000B6 has already arrived, delete the replication file "
	       "D:\\SCCM\\inboxes\\distmgr.box\\INCOMING\\NK81JJDQ.PKG for version 12 .");
	is(newest(), FAILURE_PACKAGE, "CEN000B6", "", "has already arrived");
	ck_assert_uint_eq(newest()->what.version, 12);
	ck_assert(!newest()->coded);
	record(&s, 3112, "~Package CEN000B7 program Install Agent no longer exists, delete it");
	is(newest(), FAILURE_PACKAGE, "CEN000B7", "", "no longer exists");
	record(&s, 3112, "~The site S77 is not an active site, ignore it.");
	is(newest(), FAILURE_COMPONENT, "", "S77", "not an active site");
	record(&s, 3112, "S78 is not an active site, ignore it");
	is(newest(), FAILURE_COMPONENT, "", "S78", "not an active site");
	ck_assert_uint_eq(count(), 4);
}
END_TEST

START_TEST(what_the_scheduler_cannot_send_is_told)
{
	from("SMS_SCHEDULER");
	record(&s, 100, "There is no address defined for site S77.");
	is(newest(), FAILURE_SEND, "", "S77", "no address defined");
	record(&s, 100, "No addresses available for site S78.");
	ck_assert_uint_eq(count(), 1); /* they may be closed by their schedule */
	record(&s, 100, "<Activating JOB 00000E2B>[Software Distribution for Office, Package ID = PS10003A]");
	record(&s, 100, "Destination site:  PS2, Preferred Address: *, Priority: 3");
	record(&s, 100,
	       "~Need to generate send request for minijob.~ Skipping minijob. Could not retrieve the request ID");
	is(newest(), FAILURE_SEND, "PS10003A", "PS2", "Skipping minijob");
	record(&s, 104, "Cannot create the routing instruction.");
	is(newest(), FAILURE_COMPONENT, "", "", "routing instruction");
	record(&s, 104, "Error. Could not give send request to scheduler. Possibly could not reach the schedule box.");
	ck_assert_uint_eq(count(), 4);
	from("SMS_LAN_SENDER");
	record(&s, 104, "There is no longer an address to destination site T30");
	is(newest(), FAILURE_SEND, "", "T30", "no longer an address");
	record(&s, 104, "Site T30 added to list of busy sites because there is no available address.");
	ck_assert_uint_eq(count(), 5);
	record(&s, 104, "Registry indicates no outbox for the sender to scan.");
	ck_assert_uint_eq(count(), 6);
	is(newest(), FAILURE_COMPONENT, "", "", "no outbox");
}
END_TEST

START_TEST(what_the_despooler_cannot_unpack_is_told_with_its_site)
{
	from("SMS_DESPOOLER");
	record(&s, 1804, "~Found ready instruction ds_k2ab1.sni");
	record(&s, 1804, "~Used 0 out of 3 despooling threads");
	record(&s, 3816,
	       "Cannot find a public key for instruction D:\\SMS\\ds_k2ab1.sni incoming from site S77, retry it later");
	record(&s, 3816, "Cannot find valid public key for key exchange instruction coming from site S77");
	record(&s, 3816,
	       "~Instruction D:\\SMS\\ds_k2ab1.sni won't be processed till 4/2/2009 10:20:11 AM GMT Standard Time");
	ck_assert_uint_eq(count(), 2);
	is(newest(), FAILURE_COMPONENT, "", "S77",
	   "Cannot find valid public key for key exchange instruction coming from site S77");
	is(model_failure(s.model, 1), FAILURE_COMPONENT, "", "S77",
	   "Cannot find a public key for instruction D:\\SMS\\ds_k2ab1.sni incoming from site S77, retry it later");
	ck_assert_str_eq(newest()->retry.text, "4/2/2009 10:20:11 AM GMT Standard Time");
	ck_assert_str_eq(model_component(s.model, newest()->component), "SMS_DESPOOLER");
	ck_assert_uint_eq(model_distribution(s.model).used, 0);
}
END_TEST

/* The main thread says when: of the instruction that another has just failed at. */
START_TEST(an_instruction_that_comes_back_is_one_failure)
{
	from("SMS_DESPOOLER");
	record(&s, 3816,
	       "~This package[PS100039]'s information hasn't arrived yet for this version [1]. Retry later ...");
	record(&s, 3816, "~Created retry instruction for job 00000E2A");
	record(&s, 3816, "~Despooler failed to execute the instruction, error code = 12");
	record(&s, 6128,
	       "~Instruction E:\\ds_3kyyh.sni won't be processed till 5/16/2016 12:29:11 PM Eastern Daylight Time");
	ck_assert_uint_eq(count(), 1);
	is(newest(), FAILURE_PACKAGE, "PS100039", "", "hasn't arrived yet");
	ck_assert_uint_eq(newest()->code, 0x12);
	ck_assert_str_eq(newest()->retry.text, "5/16/2016 12:29:11 PM Eastern Daylight Time");
}
END_TEST

/* ---- how sends end ---- */

START_TEST(a_send_that_was_done_at_a_later_try_is_resolved)
{
	record_started(&s, 100, 4432, "202SQCS1", "PS1", 0);
	record_file(&s, 4432, "PS100039", "202SQCS1");
	record(&s, 4432, "Cannot create/open the remote file \\\\S\\SMS_SITE\\202SQCS1.PCK, Win32 error = 32.");
	record(&s, 4432, "Restart time = 12/4/2014 6:14:27 AM Eastern Standard Time");
	ck_assert_uint_eq(count(), 1);
	ck_assert_int_eq(newest()->resolved, WHEN_NONE);
	ck_assert_uint_eq(newest()->code, 32);
	record_started(&s, 100, 4436, "202SQCS1", "PS1", 0);
	record_file(&s, 4436, "PS100039", "202SQCS1");
	record_block(&s, 4436, "202SQCS1", 1024, 0);
	record_done(&s, 4436, "PS100039", "202SQCS1", "PS1");
	ck_assert_uint_eq(count(), 1);
	ck_assert_int_eq(newest()->what.kind, TRANSITION_JOB_FAILED);
	ck_assert_int_eq(newest()->resolved, model_newest(s.model));
	ck_assert_uint_eq(newest()->resolved_attempt, 2);
}
END_TEST

START_TEST(another_send_resolves_nothing)
{
	record_started(&s, 100, 4432, "202SQCS1", "PS1", 0);
	record_file(&s, 4432, "PS100039", "202SQCS1");
	record(&s, 4432, "Restart time = 12/4/2014 6:14:27 AM Eastern Standard Time");
	record_started(&s, 100, 4436, "203SQCS1", "PS2", 0);
	record_file(&s, 4436, "PS100039", "203SQCS1");
	record_done(&s, 4436, "PS100039", "203SQCS1", "PS2");
	ck_assert_int_eq(newest()->resolved, WHEN_NONE);
}
END_TEST

START_TEST(a_failed_replication_is_told_as_that)
{
	record_started(&s, 100, 4432, "202SQCS1", "PS1", 0);
	record(&s, 4432, "~Package file = E:\\x\\schedule.box\\tosend\\00000E2B.P12");
	record(&s, 4432,
	       "Cannot connect to server \\\\S at remote site PS1, won't try send requests going to site PS1 for an "
	       "hour");
	record(&s, 4432, "Restart time = 12/4/2014 6:14:27 AM Eastern Standard Time");
	is(newest(), FAILURE_REPLICATION, "", "PS1", "Cannot connect");
}
END_TEST

START_TEST(a_lost_send_keeps_what_had_gone_wrong)
{
	record_started(&s, 100, 4432, "202SQCS1", "PS1", 0);
	record(&s, 4432, "Error during WNetAddConnection2 to \\\\S\\SMS_SITE (1326)");
	record_started(&s, 100, 4432, "203SQCS1", "PS1", 0);
	ck_assert_int_eq(newest()->what.kind, TRANSITION_JOB_LOST);
	is(newest(), FAILURE_SEND, "", "PS1", "WNetAddConnection2");
	ck_assert_uint_eq(newest()->code, 1326);
}
END_TEST

/* ---- storms ---- */

START_TEST(a_storm_hides_no_other_failure)
{
	from("SMS_DISTRIBUTION_MANAGER");
	record(&s, 2548, "Failed to decrypt cert PFX data");
	record(&s, 3112,
	       "~A newer version (15) of package CEN000B6 has already arrived, delete the replication file D:\\X.PKG "
	       "for "
	       "version 12 .");
	for (int i = 0; i < 1000; i++)
		record(&s, 3000, "Failed to grasp thing %d of the heap", i);
	ck_assert_uint_eq(count(), 200);
	ck_assert_uint_eq(model_failures_dropped(s.model), 802);
	is(newest(), FAILURE_COMPONENT, "", "", "Failed to grasp thing 999");
	is(model_failure(s.model, 197), FAILURE_COMPONENT, "", "", "Failed to grasp thing 802");
	is(model_failure(s.model, 198), FAILURE_PACKAGE, "CEN000B6", "", "has already arrived");
	is(model_failure(s.model, 199), FAILURE_COMPONENT, "", "", "decrypt");
}
END_TEST

START_TEST(a_storm_over_many_packages_hides_no_other_failure)
{
	from("SMS_DISTRIBUTION_MANAGER");
	record(&s, 2548, "Failed to decrypt cert PFX data");
	for (int i = 0; i < 1000; i++)
		record(&s, 3112,
		       "~A newer version (15) of package CEN%05X has already arrived, delete the replication file "
		       "D:\\X.PKG for version 12 .",
		       i);
	ck_assert_uint_eq(count(), 200);
	is(model_failure(s.model, 199), FAILURE_COMPONENT, "", "", "decrypt");
	is(newest(), FAILURE_PACKAGE, "CEN003E7", "", "has already arrived");
}
END_TEST

START_TEST(two_storms_share_the_room)
{
	int one = 0, other = 0;

	from("SMS_DISTRIBUTION_MANAGER");
	for (int i = 0; i < 500; i++)
		record(&s, 2548, "Failed to decrypt cert PFX data");
	for (int i = 0; i < 500; i++)
		record(&s, 2552, "Unable to see");
	for (size_t i = 0; i < count(); i++) {
		one += strstr(model_failure(s.model, i)->what.text, "decrypt") != NULL;
		other += strstr(model_failure(s.model, i)->what.text, "see") != NULL;
	}
	ck_assert_int_eq(one + other, 200);
	ck_assert_int_ge(one, 99);
	ck_assert_int_ge(other, 99);
}
END_TEST

START_TEST(different_failures_leave_in_their_order)
{
	from("SMS_DISTRIBUTION_MANAGER");
	for (int i = 0; i < 250; i++)
		record(&s, 2548, "Failed to do %c%c%c", 'a' + i / 26, 'a' + i % 26, 'a' + i % 26);
	ck_assert_uint_eq(count(), 200);
	for (size_t i = 0; i < 200; i++) {
		char text[40];

		snprintf(text, sizeof(text), "Failed to do %c%c%c", (int)('a' + (249 - i) / 26),
		         (int)('a' + (249 - i) % 26), (int)('a' + (249 - i) % 26));
		ck_assert_str_eq(model_failure(s.model, i)->what.text, text);
	}
}
END_TEST

START_TEST(failures_stand_by_their_time)
{
	int64_t at = s.at;

	from("SMS_DISTRIBUTION_MANAGER");
	s.at = at + WHEN_MINUTE;
	record(&s, 2548, "Failed to do the second thing");
	s.at = at;
	record(&s, 2548, "Failed to do the first thing");
	s.at = at + 2 * WHEN_MINUTE;
	record(&s, 2548, "Failed to do the third thing");
	is(model_failure(s.model, 0), FAILURE_COMPONENT, "", "", "third");
	is(model_failure(s.model, 1), FAILURE_COMPONENT, "", "", "second");
	is(model_failure(s.model, 2), FAILURE_COMPONENT, "", "", "first");
	s.at = at - WHEN_HOUR; /* the clock was set back */
	record(&s, 2548, "Failed to do the fourth thing");
	is(newest(), FAILURE_COMPONENT, "", "", "fourth");
}
END_TEST

/* ---- how often it is tried ---- */

/* The package is processed again and fails, so many milliseconds after the last time. */
static void
fails_after(int64_t milliseconds)
{
	s.at += milliseconds;
	record(&s, 2624, "~Started package processing thread for package 'PS100010', thread ID = 0x16A8 (5800)");
	record(&s, 5800,
	       "STATMSG: ID=2302 SEV=E LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_DISTRIBUTION_MANAGER\" SYS=S SITE=PS1 "
	       "PID=1 "
	       "TID=5800 "
	       "GMTDATE=x ISTR0=\"App\" ISTR1=\"PS100010\" NUMATTRS=1 AID0=400 AVAL0=\"PS100010\"");
	record(&s, 5800, "~Exiting package processing thread for package PS100010.");
}

START_TEST(a_package_that_fails_at_equal_intervals_tells_how_often)
{
	from("SMS_DISTRIBUTION_MANAGER");
	fails_after(0);
	fails_after(30 * WHEN_MINUTE);
	ck_assert_str_eq(newest()->retry.text, ""); /* twice is no rule */
	fails_after(30 * WHEN_MINUTE + 20 * WHEN_SECOND);
	ck_assert_str_eq(newest()->retry.text, "about every 30m, as seen so far");
	ck_assert_int_eq(failure_retry(s.model, newest()), WHEN_NONE);
	fails_after(120 * WHEN_MINUTE);
	ck_assert_str_eq(newest()->retry.text, "");
	fails_after(5 * WHEN_SECOND);
	fails_after(5 * WHEN_SECOND);
	ck_assert_str_eq(newest()->retry.text, "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("failures");
	TCase *tcase = tcase_create("failures");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 30);
	tcase_add_test(tcase, an_error_that_no_rule_knows_is_its_components);
	tcase_add_test(tcase, what_denies_a_failure_is_none);
	tcase_add_test(tcase, an_unknown_error_is_that_of_its_send);
	tcase_add_test(tcase, an_unknown_error_is_that_of_its_package_or_dp);
	tcase_add_test(tcase, an_unknown_error_is_that_of_its_transfer);
	tcase_add_test(tcase, an_unknown_error_names_a_known_package);
	tcase_add_test(tcase, a_senders_main_thread_fails_at_the_request_it_has_found);
	tcase_add_test(tcase, a_known_error_of_an_unknown_thread_is_told);
	tcase_add_test(tcase, a_status_message_of_severity_e_is_told_with_its_strings);
	tcase_add_test(tcase, the_end_of_a_failure_alone_is_a_failure);
	tcase_add_test(tcase, a_decision_not_to_do_something_is_told);
	tcase_add_test(tcase, what_the_scheduler_cannot_send_is_told);
	tcase_add_test(tcase, what_the_despooler_cannot_unpack_is_told_with_its_site);
	tcase_add_test(tcase, an_instruction_that_comes_back_is_one_failure);
	tcase_add_test(tcase, a_send_that_was_done_at_a_later_try_is_resolved);
	tcase_add_test(tcase, another_send_resolves_nothing);
	tcase_add_test(tcase, a_failed_replication_is_told_as_that);
	tcase_add_test(tcase, a_lost_send_keeps_what_had_gone_wrong);
	tcase_add_test(tcase, a_storm_hides_no_other_failure);
	tcase_add_test(tcase, a_storm_over_many_packages_hides_no_other_failure);
	tcase_add_test(tcase, two_storms_share_the_room);
	tcase_add_test(tcase, different_failures_leave_in_their_order);
	tcase_add_test(tcase, failures_stand_by_their_time);
	tcase_add_test(tcase, a_package_that_fails_at_equal_intervals_tells_how_often);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
