/* The lines behind the figures: what is kept, whose they are, and what is said when they are gone. */
#include "framed_log.h"
#include "run_suite.h"

static struct framed_log framed;
static struct arena *arena;

static void
open_logstore(void)
{
	framed_log_open(&framed, NULL);
	framed.logstore = logstore_new(0, 0);
	arena = arena_new();
	ck_assert(framed.logstore && arena);
	framed.step = 10;
}

static void
close_logstore(void)
{
	arena_free(arena);
	logstore_free(framed.logstore);
	framed_log_close(&framed);
}

static void
record_send(unsigned thread, const char *request, const char *site, const char *package)
{
	record(&framed, 4, "Found send request.  ID: %s, Dest Site: %s", request, site);
	record(&framed, 4, "Checking for site-specific sending capacity.  Used 0 out of 3.");
	record(&framed, 4, "Created sending thread (Thread ID = %X)", thread);
	record(&framed, thread, "Trying the No. 1 address (out of 1)");
	record(&framed, thread, "Package file = E:\\SMSPKG\\%s.PCK.1", package);
	record(&framed, thread, "Sending Started [E:\\SMSPKG\\%s.PCK.1]", package);
}

static void
record_one_block(unsigned thread, const char *request, unsigned position)
{
	record(&framed, thread, "Attempt to write 1024 bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK at position %u",
	       request, position);
	record(&framed, thread, "Wrote 1024 bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK at position %u", request,
	       position);
}

static const struct logstore_line *const *found;
static size_t count;

static void
find(const struct logstore_wish *wish)
{
	found = logstore_find(framed.logstore, wish, arena, &count);
	ck_assert_ptr_nonnull(found);
}

static bool
is_found(const char *text)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (span_find(found[i]->text, span_of(text)) < found[i]->text.size)
			return true;
	}
	return false;
}

#define NOBODY .site = NAME_NONE, .package = NAME_NONE

START_TEST(a_send_has_the_lines_of_its_thread_and_those_about_its_request)
{
	size_t i;

	record_send(1001, "20001CS1", "S14", "ABC00EA1");
	record_send(1002, "20002CS1", "S22", "ABC00EA1");
	record_one_block(1001, "20001CS1", 0);
	record_one_block(1002, "20002CS1", 0);
	find(&(struct logstore_wish){ .serial = job_of(&framed, 1001)->serial, .request = "20001CS1", NOBODY });
	ck_assert_uint_eq(count, 8);
	ck_assert(is_found("Found send request.  ID: 20001CS1"));
	ck_assert(is_found("Used 0 out of 3"));
	ck_assert(is_found("Created sending thread (Thread ID = 3E9)"));
	ck_assert(is_found("Wrote 1024 bytes"));
	ck_assert(!is_found("20002CS1"));
	for (i = 1; i < count; i++)
		ck_assert(found[i - 1]->number < found[i]->number);
}
END_TEST

START_TEST(a_request_brings_the_lines_of_all_its_tries)
{
	record_send(1001, "20001CS1", "S14", "ABC00EA1");
	record(&framed, 1001,
	       "Cannot create/open the remote file \\\\S.CONTOSO.COM\\SMS_SITE\\20001CS1.PCK, Win32 error = 32.");
	record(&framed, 1001, "Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	record_send(1003, "20001CS1", "S14", "ABC00EA1");
	find(&(struct logstore_wish){ .request = "20001cs1", NOBODY });
	ck_assert_uint_eq(count, 14);
	ck_assert(is_found("Restart time"));
}
END_TEST

START_TEST(a_site_and_a_package_have_the_lines_of_their_threads_and_those_that_name_them)
{
	uint32_t site, package;

	record_send(1001, "20001CS1", "S14", "ABC00EA1");
	record_send(1002, "20002CS1", "S22", "ABC00EA1");
	record_send(1003, "20003CS1", "S14", "ABC007F5");
	record(&framed, 4, "Something new about S14 that nobody knows");
	record(&framed, 4, "Something about \\\\S14SRV that is another word");
	site = model_site_named(framed.model, SPAN("S14"));
	package = model_package_named(framed.model, SPAN("abc00ea1"));
	find(&(struct logstore_wish){ .site = site, .package = NAME_NONE, .word = "S14" });
	ck_assert_uint_eq(count, 13);
	ck_assert(is_found("Something new"));
	find(&(struct logstore_wish){ .site = NAME_NONE, .package = package, .word = "ABC00EA1" });
	ck_assert_uint_eq(count, 12);
	ck_assert(is_found("Trying the No. 1 address")); /* said before the package was named */
	find(&(struct logstore_wish){ .site = site, .package = package });
	ck_assert_uint_eq(count, 6);
}
END_TEST

START_TEST(a_package_thread_has_its_lines_and_those_of_its_dp_threads)
{
	const struct package_thread *thread;

	framed.component = "SMS_DISTRIBUTION_MANAGER";
	record(&framed, 9, "Started package processing thread for package 'ABC00F10', thread ID = 0x152C (5420)");
	record(&framed, 5420,
	       "Created DP processing thread 22444 for addition or update of package ABC00F10 on server "
	       "[\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP1.CONTOSO.COM\\");
	record(&framed, 22444, "A word of the DP thread");
	thread = model_next_thread(framed.model, NULL);
	ck_assert_ptr_nonnull(thread);
	find(&(struct logstore_wish){ .serial = thread->serial, NOBODY, .word = "ABC00F10" });
	ck_assert_uint_eq(count, 3);
}
END_TEST

START_TEST(lines_of_blocks_do_not_push_out_the_others)
{
	unsigned i;

	logstore_free(framed.logstore);
	framed.logstore = logstore_new(64 << 10, 16 << 10);
	ck_assert_ptr_nonnull(framed.logstore);
	record_send(1001, "20001CS1", "S14", "ABC00EA1");
	for (i = 0; i < 2000; i++)
		record_one_block(1001, "20001CS1", i * 1024);
	ck_assert_uint_eq(logstore_gone(framed.logstore).lines, 0);
	ck_assert_uint_gt(logstore_gone(framed.logstore).blocks, 3000);
	find(&(struct logstore_wish){ .request = "20001CS1", NOBODY });
	ck_assert(is_found("Found send request"));
	ck_assert_uint_eq(count + logstore_gone(framed.logstore).blocks, 6 + 4000);
	ck_assert(is_found("position 2046976"));
}
END_TEST

START_TEST(what_is_kept_stands_as_it_was_whatever_its_length)
{
	char text[600];
	unsigned i, seed = 1;
	size_t k;

	logstore_free(framed.logstore);
	framed.logstore = logstore_new(10000, 1);
	for (i = 0; i < 3000; i++) {
		size_t size = (seed = seed * 1103515245u + 12345u) >> 16 & 511;

		memset(text, 'a' + (int)(i % 26), size);
		text[size] = '\0';
		record(&framed, 77, "%u%s", i, text);
		if (i % 50)
			continue;
		arena_clear(arena);
		find(&(struct logstore_wish){ NOBODY, .word = "SMS_LAN_SENDER" });
		ck_assert_uint_ge(count, 1);
		ck_assert_uint_eq(found[count - 1]->number, i + 1);
		ck_assert_uint_eq(count + logstore_gone(framed.logstore).lines, i + 1);
		for (k = 0; k < count; k++)
			ck_assert_uint_eq(found[k]->number, found[0]->number + k);
	}
}
END_TEST

START_TEST(a_line_knows_how_often_its_log_has_rolled_over_since)
{
	record(&framed, 4, "Found send request.  ID: 20001CS1, Dest Site: S14");
	record(&framed, 4, "Found send request.  ID: 20002CS1, Dest Site: S14");
	parser_restart(framed.parser, 0, false);
	record(&framed, 4, "Found send request.  ID: 20003CS1, Dest Site: S14");
	parser_restart(framed.parser, 0, false);
	record(&framed, 4, "Found send request.  ID: 20004CS1, Dest Site: S14");
	find(&(struct logstore_wish){ NOBODY, .word = "S14" });
	ck_assert_uint_eq(count, 4);
	ck_assert_uint_eq(logstore_rolled(framed.logstore, found[0]), 2);
	ck_assert_uint_eq(logstore_rolled(framed.logstore, found[1]), 2);
	ck_assert_uint_eq(logstore_rolled(framed.logstore, found[2]), 1);
	ck_assert_uint_eq(logstore_rolled(framed.logstore, found[3]), 0);
	ck_assert_uint_gt(found[1]->offset, found[0]->offset);
}
END_TEST

START_TEST(nothing_kept_is_nothing_found)
{
	find(&(struct logstore_wish){ NOBODY, .request = "20001CS1", .word = "S14" });
	ck_assert_uint_eq(count, 0);
	ck_assert_ptr_null(logstore_oldest(framed.logstore, false));
	logstore_free(NULL);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("logstore");
	TCase *all = tcase_create("logstore");

	tcase_add_checked_fixture(all, open_logstore, close_logstore);
	tcase_add_test(all, a_send_has_the_lines_of_its_thread_and_those_about_its_request);
	tcase_add_test(all, a_request_brings_the_lines_of_all_its_tries);
	tcase_add_test(all, a_site_and_a_package_have_the_lines_of_their_threads_and_those_that_name_them);
	tcase_add_test(all, a_package_thread_has_its_lines_and_those_of_its_dp_threads);
	tcase_add_test(all, lines_of_blocks_do_not_push_out_the_others);
	tcase_add_test(all, what_is_kept_stands_as_it_was_whatever_its_length);
	tcase_add_test(all, a_line_knows_how_often_its_log_has_rolled_over_since);
	tcase_add_test(all, nothing_kept_is_nothing_found);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
