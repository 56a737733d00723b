/*
 * Bytes to events: every form of record, cut anywhere; what is broken is counted
 * and never taken for something else.
 */
#include <stdlib.h>

#include "cmtop/parser.h"
#include "parse/fast_path.h"
#include "parse/rules.h"
#include "run_suite.h"

#define F2(message) message "  $$<SMS_LAN_SENDER><07-30-2026 12:03:00.000+300><thread=4321 (0x10E1)>"

/* Events as one text, so that two readings can be compared once. */
struct told {
	char text[65536];
	size_t size;
	struct parser_counts counts;
};

static void
tell(struct told *told, const struct event *e)
{
	told->size += (size_t)snprintf(told->text + told->size, sizeof(told->text) - told->size,
	                               "%s at %lld thread %u level %d offset %llu %.*s: %.*s [%.*s]\n",
	                               event_kind_word(e->kind), (long long)e->at, e->thread, e->level,
	                               (unsigned long long)e->offset, (int)e->component.size, e->component.at,
	                               (int)e->message.size, e->message.at, (int)e->raw.size, e->raw.at);
	ck_assert_uint_lt(told->size, sizeof(told->text));
}

/* Every piece is a copy of its own, so that a look past its end is noticed. */
static void
feed(struct parser *source, const char *bytes, size_t size, struct told *told)
{
	char *copy = malloc(size ? size : 1);
	struct event event;

	memcpy(copy, bytes, size);
	parser_feed(source, copy, size);
	while (parser_next(source, &event))
		tell(told, &event);
	free(copy);
}

static void
read_in_pieces(const char *bytes, size_t size, size_t piece, struct told *told)
{
	struct parser *source = parser_new(0);
	struct event event;

	told->size = 0;
	told->text[0] = '\0';
	for (size_t i = 0; i < size; i += piece)
		feed(source, bytes + i, size - i < piece ? size - i : piece, told);
	parser_end(source);
	while (parser_next(source, &event))
		tell(told, &event);
	told->counts = *parser_counts(source);
	parser_free(source);
}

static void
read_at_once(const char *text, struct told *told)
{
	read_in_pieces(text, strlen(text), strlen(text), told);
}

static struct event
only_event(const char *text)
{
	struct parser *source = parser_new(0);
	struct event event, another;
	static char kept[4096];

	snprintf(kept, sizeof(kept), "%s", text);
	parser_feed(source, kept, strlen(kept));
	ck_assert(parser_next(source, &event));
	ck_assert(!parser_next(source, &another));
	parser_free(source);
	return event;
}

static const char all_forms[] =
	F2("~Wrote 1024 bytes to \\\\PS1SITE.CONTOSO.COM\\SMS_SITE\\202SQCS1.PCK at position 0") "\r\n" F2(
		"Found send request.  ID: 202SQCS1, Dest Site: PS1~") "\n"
								      "broken $$<SMS_LAN_SENDER><07-30-2026 "
								      "12:03:00.000+300><thread=x>\r\n"
								      "got access to SQL Server~   "
								      "$$<SMS_DESPOOLER><Mon Dec 04 15:41:45 "
								      "1995~><thread=E0>\r\n"
								      "Starting package processing thread,thread ID = "
								      "129 $$<SMS_DISTRIBUTION_MANAGER><Fri Oct 15 "
								      "17:09:46.507 1999 Pacific Daylight "
								      "Time><thread=225 (0xE1)>\r\n"
								      "<![LOG[first\r\nsecond]LOG]!><time=\"00:00:57."
								      "6942890\" date=\"11-30-2022\" component=\"X.Y\" "
								      "context=\"\" type=\"3\" thread=\"14\" file=\"\">"
								      "<![LOG[again]LOG]!><time=\"14:24:33.329+420\" "
								      "date=\"06-26-2015\" component=\"Z\" "
								      "context=\"\" type=\"1\" thread=\"1256\" "
								      "file=\"d.cpp:1\">\r\n"
								      "<MAXIMUM LOG FILE SIZE REACHED - FILE "
								      "RENAMED>\r\n"
								      "A text over\r\n\r\nseveral "
								      "lines\r\n$$<SMS_SITE_COMPONENT_MANAGER><Mon Jul "
								      "03 12:25:46.750 2000 GMT Daylight "
								      "Time><thread=43 (0x2B)>\r\n" F2("one") F2(
									      " two") "\r\n"
										      "SMS_LAN_SENDER 6700 (0x1a2c) "
										      "Found send request.  ID: "
										      "202SQCS1, Dest Site: PS1~\r\n"
										      "CContentDefinition::X failed; "
										      "0x80070003\tSMS_DISTRIBUTION_"
										      "MANAGER\t10/9/2018 3:36:30 "
										      "PM\t1424 (0x0590)\r\n" F2(
											      "the last line has no "
											      "end");

START_TEST(cutting_anywhere_changes_nothing)
{
	static struct told once, cut;
	size_t size = sizeof(all_forms) - 1;

	read_in_pieces(all_forms, size, size, &once);
	ck_assert_uint_eq(once.counts.records, 12);
	ck_assert_uint_eq(once.counts.damaged, 1);
	for (size_t at = 1; at < size; at++) {
		struct parser *source = parser_new(0);
		struct event event;

		cut.size = 0;
		feed(source, all_forms, at, &cut);
		feed(source, all_forms + at, size - at, &cut);
		parser_end(source);
		while (parser_next(source, &event))
			tell(&cut, &event);
		ck_assert_str_eq(cut.text, once.text);
		ck_assert_mem_eq(parser_counts(source), &once.counts, sizeof(once.counts));
		parser_free(source);
	}
	for (size_t piece = 1; piece < 20; piece++) {
		read_in_pieces(all_forms, size, piece, &cut);
		ck_assert_str_eq(cut.text, once.text);
	}
}
END_TEST

static int64_t
utc(const char *text)
{
	int64_t at;

	ck_assert(when_parse(span_of(text), &at));
	return at;
}

START_TEST(utc_is_local_time_plus_bias)
{
	struct event e = only_event("x $$<A_B><09-18-2026 16:39:05.707+240><thread=1 (0x1)>\n");

	ck_assert_int_eq(e.at, utc("2026-09-18T20:39:05.707Z"));
	ck_assert(e.zoned);
	e = only_event("x $$<A_B><06-14-2018 06:26:25.828-60><thread=1 (0x1)>\n");
	ck_assert_int_eq(e.at, utc("2018-06-14T05:26:25.828Z"));
	e = only_event("x $$<A_B><Fri Feb 13 8:13:13.869 2004 Central Standard Time><thread=1216 (0x4C0)>\n");
	ck_assert_int_eq(e.at, utc("2004-02-13T08:13:13.869Z"));
	ck_assert(!e.zoned);
	e = only_event("x~   $$<A_B><Mon Dec 04 15:41:45 1995~><thread=E0>\n");
	ck_assert_int_eq(e.at, utc("1995-12-04T15:41:45Z"));
	ck_assert_uint_eq(e.thread, 0xE0);
	e = only_event("<![LOG[m]LOG]!><time=\"14:24:33.329+420\" date=\"6-26-2015\" component=\"Z\" type=\"3\" "
	               "thread=\"1256\" file=\"\">\n");
	ck_assert_int_eq(e.at, utc("2015-06-26T21:24:33.329Z"));
	ck_assert_int_eq(e.level, LEVEL_ERROR);
	e = only_event("<![LOG[m]LOG]!><time=\"13:51:24.650+-420\" date=\"04-01-2019\" component=\"Z\" type=\"1\" "
	               "thread=\"6700\" file=\"x:1\">\n");
	ck_assert_int_eq(e.at, utc("2019-04-01T06:51:24.650Z"));
	ck_assert_int_eq(e.bias, -420);
	e = only_event("x $$<A_B><04-01-2019 13:51:24.650+-345><thread=1 (0x1)>\n");
	ck_assert_int_eq(e.at, utc("2019-04-01T08:06:24.650Z"));
	e = only_event("<![LOG[m]LOG]!><time=\"13.51.24.650+-120\" date=\"04-01-2019\" component=\"Z\" type=\"1\" "
	               "thread=\"6700\" file=\"x:1\">\n");
	ck_assert_int_eq(e.at, utc("2019-04-01T11:51:24.650Z"));
	e = only_event("m SMS_DISTRIBUTION_MANAGER 07.08.2012 00:12:55 3472 (0x0D90)\n");
	ck_assert_int_eq(e.at, utc("2012-08-07T00:12:55Z"));
	ck_assert_uint_eq(e.thread, 3472);
	e = only_event("m\tSMS_DISTRIBUTION_MANAGER\t10/9/2018 3:36:30 PM\t1424 (0x0590)\n");
	ck_assert_int_eq(e.at, utc("2018-10-09T15:36:30Z"));
}
END_TEST

START_TEST(a_bias_that_is_none_leaves_the_time_unknown)
{
	static const char *const none[] = { "--420", "++420", "-+420", "+-", "+", "+1441", "+-1441" };

	for (size_t i = 0; i < COUNT_OF(none); i++) {
		char line[200];
		struct event e;

		snprintf(line, sizeof(line),
		         "<![LOG[m]LOG]!><time=\"13:51:24.650%s\" date=\"04-01-2019\" component=\"Z\" type=\"1\" "
		         "thread=\"6700\" file=\"x:1\">\n",
		         none[i]);
		e = only_event(line);
		ck_assert_msg(e.at == WHEN_NONE, "%s", none[i]);
	}
}
END_TEST

START_TEST(a_time_that_does_not_exist_is_unknown_and_counted)
{
	static struct told told;

	read_at_once("Found send request. ID: 202SQCS1, Dest Site: PS1  $$<SMS_LAN_SENDER><02-30-2026 "
	             "12:03:00.000+300><thread=1 (0x1)>\n"
	             "Found send request. ID: 202SQCS1, Dest Site: PS1  $$<SMS_LAN_SENDER><07-30-2026 "
	             "25:03:00.000+300><thread=1 (0x1)>\n",
	             &told);
	ck_assert_uint_eq(told.counts.records, 2);
	ck_assert_uint_eq(told.counts.damaged, 2);
}
END_TEST

START_TEST(the_last_frame_of_a_line_is_the_frame)
{
	struct event e = only_event("a $$<b> and $$<SMS_X><not a time> $$ <c>  $$<SMS_LAN_SENDER><07-30-2026 "
	                            "12:03:00.000+300><thread=7 (0x7)>\n");

	ck_assert_uint_eq(e.thread, 7);
	ck_assert(span_is(e.message, SPAN("a $$<b> and $$<SMS_X><not a time> $$ <c>")));
}
END_TEST

START_TEST(noise_is_damaged_and_hides_nothing)
{
	static struct told told;
	struct parser *source = parser_new(0);
	size_t size = 3 * PARSER_RECORD_MOST;
	char *noise = malloc(size + 256);
	struct event event;
	uint64_t seed = 1;

	for (size_t i = 0; i < size; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		noise[i] = (char)(seed >> 56);
	}
	memset(noise + size / 2, 'x', size / 2); /* a line longer than any */
	strcpy(noise + size, "\n\0\0\0");
	memcpy(noise + size + 1, "\0\0\0", 3);
	strcpy(noise + size + 4, F2("Created sending thread (Thread ID = 1150)") "\n");
	told.size = 0;
	feed(source, noise, size + 4 + strlen(noise + size + 4), &told);
	ck_assert_uint_ge(parser_counts(source)->damaged, 2);
	ck_assert_ptr_nonnull(strstr(told.text, "thread-created"));
	parser_end(source);
	while (parser_next(source, &event))
		;
	parser_free(source);
	free(noise);
}
END_TEST

START_TEST(a_capacity_phrase_behind_another_fact_is_a_second_event)
{
	static struct told told;

	read_at_once("Found notification for package 'RR200004'Used 0 out of 30 allowed processing threads.  "
	             "$$<SMS_DISTRIBUTION_MANAGER><07-30-2026 12:03:00.000+300><thread=1 (0x1)>\n",
	             &told);
	ck_assert_ptr_nonnull(strstr(told.text, "package-notified"));
	ck_assert_ptr_nonnull(strstr(told.text, "capacity-packages"));
	ck_assert_uint_eq(told.counts.records, 1);
}
END_TEST

START_TEST(what_waited_for_a_frame_does_not_spoil_the_next_record)
{
	static struct told told;

	read_at_once("half a rec\n" F2("Created sending thread (Thread ID = 1150)") "\n", &told);
	ck_assert_ptr_nonnull(strstr(told.text, "thread-created"));
	ck_assert_uint_eq(told.counts.damaged, 1);
}
END_TEST

/* ---- the fast path against the rules ---- */

static void
same_by_both(const char *line)
{
	struct templates *templates = templates_new(rules_sender.rows, rules_sender.count);
	struct record_memory memory = { .at = WHEN_NONE };
	struct event fast = { 0 }, rules;
	struct parser *source;
	char text[1024];
	bool taken;

	/* Twice: the second time the fast path knows how the frame begins. */
	for (int again = 0; again < 2; again++) {
		taken = fast_path_match(span_of(line), &memory, &fast);
		if (!taken || !span_is(fast.component, SPAN("SMS_LAN_SENDER")))
			continue;                            /* of another component the source asks another rules */
		snprintf(text, sizeof(text), " %s\n", line); /* a blank in front keeps it off the fast path */
		source = parser_new(0);
		parser_feed(source, text, strlen(text));
		ck_assert_msg(parser_next(source, &rules), "only the fast path reads '%s'", line);
		ck_assert_msg(rules.kind == fast.kind, "the rules read '%s' as %s", line, event_kind_word(rules.kind));
		ck_assert_int_eq(rules.at, fast.at);
		ck_assert_uint_eq(rules.thread, fast.thread);
		ck_assert(span_is(rules.message, fast.message));
		ck_assert(span_is(rules.component, fast.component));
		ck_assert(span_is(rules.text[TEXT_PATH], fast.text[TEXT_PATH]));
		ck_assert_uint_eq(rules.number[NUMBER_BYTES], fast.number[NUMBER_BYTES]);
		ck_assert_uint_eq(rules.number[NUMBER_OFFSET], fast.number[NUMBER_OFFSET]);
		ck_assert_uint_eq(rules.texts, fast.texts);
		ck_assert_uint_eq(rules.numbers, fast.numbers);
		parser_free(source);
	}
	templates_free(templates);
}

START_TEST(the_fast_path_reads_what_the_rules_read)
{
	static const char line[] =
		"~Wrote 983040 bytes to \\\\PS1SITE.CONTOSO.COM\\SMS_SITE\\202SQCS1.PCK at position 209398784"
		"  $$<SMS_LAN_SENDER><07-30-2026 12:03:00.000+300><thread=4321 (0x10E1)>";
	static const char odd[] = " ~.,$<>()x0959\t-:";
	struct record_memory memory = { .at = WHEN_NONE };
	struct event event;
	char changed[sizeof(line) + 1];

	ck_assert(fast_path_match(span_of(line), &memory, &event));
	ck_assert(fast_path_match(span_of(line), &memory, &event));
	same_by_both(line);
	for (size_t i = 0; i < sizeof(line) - 1; i++) {
		for (size_t k = 0; k < sizeof(odd) - 1; k++) {
			strcpy(changed, line);
			changed[i] = odd[k];
			same_by_both(changed);
		}
		strcpy(changed, line);
		memmove(changed + i, changed + i + 1, strlen(changed + i));
		same_by_both(changed);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("parser");
	TCase *tcase = tcase_create("parser");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, cutting_anywhere_changes_nothing);
	tcase_add_test(tcase, utc_is_local_time_plus_bias);
	tcase_add_test(tcase, a_bias_that_is_none_leaves_the_time_unknown);
	tcase_add_test(tcase, a_time_that_does_not_exist_is_unknown_and_counted);
	tcase_add_test(tcase, the_last_frame_of_a_line_is_the_frame);
	tcase_add_test(tcase, noise_is_damaged_and_hides_nothing);
	tcase_add_test(tcase, a_capacity_phrase_behind_another_fact_is_a_second_event);
	tcase_add_test(tcase, what_waited_for_a_frame_does_not_spoil_the_next_record);
	tcase_add_test(tcase, the_fast_path_reads_what_the_rules_read);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
