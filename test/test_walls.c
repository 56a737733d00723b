/*
 * The rule sets: every template knows its own words, in every case of letters.
 */
#include <stdlib.h>

#include "cmtop/parser.h"
#include "parse/rules.h"
#include "run.h"

/* What each hole is filled with; a number for numbers, words for words. */
/* clang-format off */
static const struct { const char *hole, *value; } fillings[] = {
	{ "{request}", "202SQCS1" }, { "{site}", "PS1" }, { "{package}", "PS100039" },
	{ "{path}", "E:\\SMSPKG\\PS100039.PCK.1" }, { "{server}", "\\\\PS1SITE.CONTOSO.COM" },
	{ "{nal}", "[\"Display=\\\\DP1\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\DP1\\" },
	{ "{component}", "SMS_LAN_SENDER" }, { "{time}", "12/4/2014 6:14:27 AM" }, { "{hexthread}", "0x16A8" },
	{ "{}", "something" }, { "{", "17" },
};
/* clang-format on */

static void
fill(const char *template, char *out, size_t size)
{
	out[0] = '\0';
	while (*template && strlen(out) + 80 < size) {
		size_t i = 0;

		if (*template != '{') {
			strncat(out, template ++, 1);
			continue;
		}
		while (strncmp(template, fillings[i].hole, strlen(fillings[i].hole)) != 0)
			i++;
		strcat(out, fillings[i].value);
		template = strchr(template, '}') + 1;
	}
}

static const struct rules *
rules_number(size_t i)
{
	return rules_at(i) ? rules_at(i) : i > 0 && rules_at(i - 1) ? &rules_any : NULL;
}

static const struct template *
match(const struct templates *templates, const char *message, struct event *event)
{
	struct span rest;

	memset(event, 0, sizeof(*event));
	event->message = span_of(message);
	return templates_match(templates, event, &rest);
}

START_TEST(every_template_finds_itself)
{
	for (size_t w = 0; rules_number(w); w++) {
		const struct rules *rules = rules_number(w);
		struct templates *templates = templates_new(rules->rows, rules->count);

		ck_assert_ptr_nonnull(templates);
		for (size_t i = 0; i < rules->count; i++) {
			char message[1024];
			struct event event;
			const struct template *found;

			fill(rules->rows[i].text, message, sizeof(message));
			found = match(templates, message, &event);
			ck_assert_msg(found == &rules->rows[i], "'%s' is taken away by '%s'", rules->rows[i].text,
			              found ? found->text : "nothing");
		}
		templates_free(templates);
	}
}
END_TEST

START_TEST(letters_match_in_either_case)
{
	struct templates *templates = templates_new(rules_sender.rows, rules_sender.count);
	struct event event;

	ck_assert_ptr_nonnull(match(templates, "FOUND SEND REQUEST. id: 202sqcs1, dest site: ps1", &event));
	ck_assert_int_eq(event.kind, EVENT_REQUEST_FOUND);
	ck_assert(span_is(event.text[TEXT_SITE], SPAN("ps1")));
	ck_assert_ptr_nonnull(match(templates, "created SENDING thread (thread id = ee8)", &event));
	ck_assert_uint_eq(event.number[NUMBER_THREAD], 3816);
	templates_free(templates);
}
END_TEST

START_TEST(half_a_number_is_no_number)
{
	static const char *const wrong[] = {
		"Wrote 99999999999999999999999 bytes to \\\\S\\SMS_SITE\\A.PCK at position 0",
		"Wrote 12x bytes to \\\\S\\SMS_SITE\\A.PCK at position 0",
		"Wrote 1,024 bytes to \\\\S\\SMS_SITE\\A.PCK at position 0",
		"Wrote -5 bytes to \\\\S\\SMS_SITE\\A.PCK at position 0",
		"Wrote 12 bytes to \\\\S\\SMS_SITE\\A.PCK at position 18446744073709551616",
		"Wrote 12 bytes to \\\\S\\SMS_SITE\\A.PCK at position 1.5",
		"Checking for sending capacity. Used 3 out of 5.5",
		"Created sending thread (Thread ID = 1150G)",
		"Found send request. ID: 202SQCS1",
	};
	struct templates *templates = templates_new(rules_sender.rows, rules_sender.count);
	struct event event;

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		match(templates, wrong[i], &event);
		ck_assert_msg(event.kind == EVENT_NOTE, "'%s' was taken for %s", wrong[i], event_kind_word(event.kind));
	}
	templates_free(templates);
}
END_TEST

START_TEST(thread_numbers_are_read_as_each_log_writes_them)
{
	/* clang-format off */
	static const struct { const struct rules *rules; const char *message; uint64_t thread; } vectors[] = {
		{ &rules_sender,  "Created sending thread (Thread ID = 1150)", 4432 },
		{ &rules_sender,  "Created sending thread (Thread ID = 0x12EC)", 4844 },
		{ &rules_distmgr, "Starting package processing thread,thread ID = 129", 297 },
		{ &rules_distmgr, "Starting package processing thread, thread ID = 0x152C (5420)", 5420 },
		{ &rules_distmgr, "Started package processing thread for package 'X', thread ID = 0x16A8 (5800)", 5800 },
		{ &rules_distmgr, "Created DP processing thread 22444 for addition or update of package PS100039 on server [\"Display=\\\\X\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\X\\", 22444 },
		{ &rules_distmgr, "DP thread for package PS100039 with thread handle 0000 and thread ID 22444 ended.", 22444 },
		{ &rules_any,     "SMS_EXECUTIVE started SMS_NOTIFICATION_SERVER as thread ID 7288 (0x1C78).", 7288 },
		{ &rules_any,     "SMS_EXECUTIVE started SMS_DISTRIBUTION_MANAGER as thread ID 6784", 6784 },
	};
	/* clang-format on */

	for (size_t i = 0; i < COUNT_OF(vectors); i++) {
		struct templates *templates = templates_new(vectors[i].rules->rows, vectors[i].rules->count);
		struct event event;

		ck_assert_ptr_nonnull(match(templates, vectors[i].message, &event));
		ck_assert_uint_eq(event.number[NUMBER_THREAD], vectors[i].thread);
		templates_free(templates);
	}
}
END_TEST

START_TEST(a_nal_path_gives_its_server)
{
	struct templates *templates = templates_new(rules_distmgr.rows, rules_distmgr.count);
	struct event event;

	match(templates,
	      "Created DP processing thread 920 for addition or update of package PS100039 on server "
	      "[\"Display=\\\\PS1SITE.CONTOSO.COM\\\"]MSWNET:[\"SMS_SITE=PS1\"]\\\\PS1SITE.CONTOSO.COM\\",
	      &event);
	ck_assert(span_is(event.text[TEXT_DP], SPAN("PS1SITE.CONTOSO.COM")));
	templates_free(templates);
}
END_TEST

START_TEST(a_status_message_keeps_quotes_inside_its_values)
{
	struct event event = { .message = SPAN("STATMSG: ID=2301 SEV=W LEV=M SOURCE=\"SMS Server\" "
		                               "COMP=\"SMS_DISTRIBUTION_MANAGER\" SYS=X SITE=PS1 "
		                               "PID=5428 TID=5776 GMTDATE=Mo Aug 06 22:12:55.329 2012 ISTR0=\"Say "
		                               "\"hello\" \\\\X\\ \" ISTR1=\"PS100039\" ISTR2=\"\" "
		                               "NUMATTRS=1 AID0=400 AVAL0=\"PS100039\"") };

	ck_assert(status_match(&event));
	ck_assert_int_eq(event.kind, EVENT_PACKAGE_GOOD);
	ck_assert_uint_eq(event.thread, 5776);
	ck_assert_int_eq(event.level, LEVEL_WARNING);
	ck_assert(span_is(event.text[TEXT_NAME], SPAN("Say \"hello\" \\\\X\\ ")));
	ck_assert(span_is(event.text[TEXT_PACKAGE], SPAN("PS100039")));
}
END_TEST

START_TEST(the_despooler_is_understood_and_not_looked_for)
{
	bool understood = false;

	for (size_t i = 0; rules_at(i); i++)
		understood |= rules_at(i) == &rules_despool;
	ck_assert(understood);
	for (size_t i = 0; parser_known_log(i); i++)
		ck_assert_str_ne(parser_known_log(i), "despool");
}
END_TEST

/* Reads the line, and tells which rule took it: "set: text". */
static void
rule_is(const char *line, const char *expected)
{
	struct parser *parser = parser_new(0);
	struct event event;
	char told[256] = "none";

	parser_feed(parser, line, strlen(line));
	parser_end(parser);
	ck_assert(parser_next(parser, &event));
	if (event.rule)
		snprintf(told, sizeof(told), "%s: %s", parser_rule_set(&event), parser_rule_text(&event));
	ck_assert_str_eq(told, expected);
	parser_free(parser);
}

#define RECORD(component, message) message "  $$<" component "><07-30-2026 12:03:00.000+300><thread=4321 (0x10E1)>\n"

START_TEST(an_event_tells_the_rule_that_took_it)
{
	rule_is(RECORD("SMS_LAN_SENDER", "~Wrote 1024 bytes to \\\\S\\SMS_SITE\\202SQCS1.PCK at position 0"),
	        "sender: Wrote {bytes} bytes to {path} at position {offset}");
	rule_is(RECORD("SMS_LAN_SENDER", "~Attempt to write 1024 bytes to \\\\S\\SMS_SITE\\202SQCS1.PCK at position 0"),
	        "sender: Attempt to write {bytes} bytes to {path} at position {offset}");
	rule_is(RECORD("SMS_SCHEDULER", "Deleted job 00000E2A.~"), "sched: Deleted job");
	rule_is(RECORD("SMS_SCHEDULER", "Send Request 202SQCS1 JobID: 1 DestSite: PS1 State: Pending"),
	        "sched: a row of the list of send requests, or its header");
	rule_is(RECORD("SMS_LAN_SENDER", "=========="), "any component: ===");
	rule_is(RECORD("SMS_DISTRIBUTION_MANAGER", "STATMSG: ID=2301 SEV=I LEV=M"),
	        "status messages: STATMSG: ID=2301");
	rule_is(RECORD("SMS_DISTRIBUTION_MANAGER", "STATMSG: ID=1 SEV=I LEV=M"),
	        "status messages: STATMSG: ID={count}");
	rule_is(RECORD("SMS_LAN_SENDER", "what nobody has written a rule for"), "none");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("walls");
	TCase *tcase = tcase_create("walls");

	tcase_add_test(tcase, every_template_finds_itself);
	tcase_add_test(tcase, letters_match_in_either_case);
	tcase_add_test(tcase, half_a_number_is_no_number);
	tcase_add_test(tcase, thread_numbers_are_read_as_each_log_writes_them);
	tcase_add_test(tcase, a_nal_path_gives_its_server);
	tcase_add_test(tcase, a_status_message_keeps_quotes_inside_its_values);
	tcase_add_test(tcase, the_despooler_is_understood_and_not_looked_for);
	tcase_add_test(tcase, an_event_tells_the_rule_that_took_it);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
