/* The lines behind the figures: what is kept, whose they are, and what is said when they are gone. */
#include "framed_log.h"

#include "cmtop/logstore.h"
#include "run_suite.h"

static struct said said;
static struct logstore *logstore;
static struct arena *arena;

static void
open_logstore(void)
{
	said_open(&said, NULL);
	logstore = logstore_new(0, 0);
	arena = arena_new();
	ck_assert(logstore && arena);
}

static void
close_logstore(void)
{
	arena_free(arena);
	logstore_free(logstore);
	said_close(&said);
}

/* A record through source and model into the store; the file goes on where it stood. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
tell(unsigned thread, const char *format, ...)
{
	char message[1024], line[1400];
	struct civil c = when_civil(said.at - BIAS * WHEN_MINUTE);
	struct event event;
	va_list args;
	int n;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	n = snprintf(line, sizeof(line), "%s  $$<%s><%02d-%02d-%04d %02d:%02d:%02d.%03d%+d><thread=%u (0x%X)>\r\n",
	             message, said.component, c.month, c.day, c.year, c.hour, c.minute, c.second, c.milli, BIAS, thread,
	             thread);
	parser_feed(said.source, line, (size_t)n);
	while (parser_next(said.source, &event)) {
		model_apply(said.model, &event);
		logstore_keep(logstore, said.model, &event);
	}
	said.at += 10;
}

static void
tell_send(unsigned thread, const char *request, const char *site, const char *package)
{
	tell(4, "Found send request.  ID: %s, Dest Site: %s", request, site);
	tell(4, "Checking for site-specific sending capacity.  Used 0 out of 3.");
	tell(4, "Created sending thread (Thread ID = %X)", thread);
	tell(thread, "Trying the No. 1 address (out of 1)");
	tell(thread, "Package file = E:\\SMSPKG\\%s.PCK.1", package);
	tell(thread, "Sending Started [E:\\SMSPKG\\%s.PCK.1]", package);
}

static void
tell_block(unsigned thread, const char *request, unsigned position)
{
	tell(thread, "Attempt to write 1024 bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK at position %u", request,
	     position);
	tell(thread, "Wrote 1024 bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\%s.PCK at position %u", request, position);
}

static const struct logstore_line *const *found;
static size_t count;

static void
find(const struct logstore_wish *wish)
{
	found = logstore_find(logstore, wish, arena, &count);
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

	tell_send(1001, "20001CS1", "S14", "ABC00EA1");
	tell_send(1002, "20002CS1", "S22", "ABC00EA1");
	tell_block(1001, "20001CS1", 0);
	tell_block(1002, "20002CS1", 0);
	find(&(struct logstore_wish){ .serial = job_of(&said, 1001)->serial, .request = "20001CS1", NOBODY });
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
	tell_send(1001, "20001CS1", "S14", "ABC00EA1");
	tell(1001, "Cannot create/open the remote file \\\\S.CONTOSO.COM\\SMS_SITE\\20001CS1.PCK, Win32 error = 32.");
	tell(1001, "Restart time = 7/30/2026 12:29:04 PM Eastern Daylight Time");
	tell_send(1003, "20001CS1", "S14", "ABC00EA1");
	find(&(struct logstore_wish){ .request = "20001cs1", NOBODY });
	ck_assert_uint_eq(count, 14);
	ck_assert(is_found("Restart time"));
}
END_TEST

START_TEST(a_site_and_a_package_have_the_lines_of_their_threads_and_those_that_name_them)
{
	uint32_t site, package;

	tell_send(1001, "20001CS1", "S14", "ABC00EA1");
	tell_send(1002, "20002CS1", "S22", "ABC00EA1");
	tell_send(1003, "20003CS1", "S14", "ABC007F5");
	tell(4, "Something new about S14 that nobody knows");
	tell(4, "Something about \\\\S14SRV that is another word");
	site = model_site_named(said.model, SPAN("S14"));
	package = model_package_named(said.model, SPAN("abc00ea1"));
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

	said.component = "SMS_DISTRIBUTION_MANAGER";
	tell(9, "Started package processing thread for package 'ABC00F10', thread ID = 0x152C (5420)");
	tell(5420, "Created DP processing thread 22444 for addition or update of package ABC00F10 on server "
	           "[\"Display=\\\\DP1.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\DP1.CONTOSO.COM\\");
	tell(22444, "A word of the DP thread");
	thread = model_next_thread(said.model, NULL);
	ck_assert_ptr_nonnull(thread);
	find(&(struct logstore_wish){ .serial = thread->serial, NOBODY, .word = "ABC00F10" });
	ck_assert_uint_eq(count, 3);
}
END_TEST

START_TEST(lines_of_blocks_do_not_push_out_the_others)
{
	unsigned i;

	logstore_free(logstore);
	logstore = logstore_new(64 << 10, 16 << 10);
	ck_assert_ptr_nonnull(logstore);
	tell_send(1001, "20001CS1", "S14", "ABC00EA1");
	for (i = 0; i < 2000; i++)
		tell_block(1001, "20001CS1", i * 1024);
	ck_assert_uint_eq(logstore_gone(logstore).lines, 0);
	ck_assert_uint_gt(logstore_gone(logstore).blocks, 3000);
	find(&(struct logstore_wish){ .request = "20001CS1", NOBODY });
	ck_assert(is_found("Found send request"));
	ck_assert_uint_eq(count + logstore_gone(logstore).blocks, 6 + 4000);
	ck_assert(is_found("position 2046976"));
}
END_TEST

START_TEST(what_is_kept_stands_as_it_was_whatever_its_length)
{
	char text[600];
	unsigned i, seed = 1;
	size_t k;

	logstore_free(logstore);
	logstore = logstore_new(10000, 1);
	for (i = 0; i < 3000; i++) {
		size_t size = (seed = seed * 1103515245u + 12345u) >> 16 & 511;

		memset(text, 'a' + (int)(i % 26), size);
		text[size] = '\0';
		tell(77, "%u%s", i, text);
		if (i % 50)
			continue;
		arena_clear(arena);
		find(&(struct logstore_wish){ NOBODY, .word = "SMS_LAN_SENDER" });
		ck_assert_uint_ge(count, 1);
		ck_assert_uint_eq(found[count - 1]->number, i + 1);
		ck_assert_uint_eq(count + logstore_gone(logstore).lines, i + 1);
		for (k = 0; k < count; k++)
			ck_assert_uint_eq(found[k]->number, found[0]->number + k);
	}
}
END_TEST

START_TEST(a_line_knows_how_often_its_log_has_rolled_over_since)
{
	tell(4, "Found send request.  ID: 20001CS1, Dest Site: S14");
	tell(4, "Found send request.  ID: 20002CS1, Dest Site: S14");
	parser_restart(said.source, 0, false);
	tell(4, "Found send request.  ID: 20003CS1, Dest Site: S14");
	parser_restart(said.source, 0, false);
	tell(4, "Found send request.  ID: 20004CS1, Dest Site: S14");
	find(&(struct logstore_wish){ NOBODY, .word = "S14" });
	ck_assert_uint_eq(count, 4);
	ck_assert_uint_eq(logstore_rolled(logstore, found[0]), 2);
	ck_assert_uint_eq(logstore_rolled(logstore, found[1]), 2);
	ck_assert_uint_eq(logstore_rolled(logstore, found[2]), 1);
	ck_assert_uint_eq(logstore_rolled(logstore, found[3]), 0);
	ck_assert_uint_gt(found[1]->offset, found[0]->offset);
}
END_TEST

START_TEST(nothing_kept_is_nothing_found)
{
	find(&(struct logstore_wish){ NOBODY, .request = "20001CS1", .word = "S14" });
	ck_assert_uint_eq(count, 0);
	ck_assert_ptr_null(logstore_oldest(logstore, false));
	logstore_free(NULL);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("proof");
	TCase *all = tcase_create("proof");

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
