#include <stdarg.h>

#include "cmtop/explanation.h"
#include "framed_log.h"
#include "kept_text.h"
#include "run_suite.h"

static struct framed_log s;
static struct explanation *explanation;
static struct kept kept;
static const struct sink sink = { keep_bytes, &kept };

static void
set_up(void)
{
	framed_log_open(&s, NULL);
	s.step = 1000;
	explanation = explanation_new();
	ck_assert_ptr_nonnull(explanation);
}

static void
tear_down(void)
{
	explanation_free(explanation);
	framed_log_close(&s);
	kept_free(&kept);
}

/* What is told of the events in some bytes, the last of them. */
static const char *
explained(const char *bytes, size_t size)
{
	struct explained_source source = { .file = "sender.log", .line = 7 };
	struct event event;

	parser_feed(s.parser, bytes, size);
	while (parser_next(s.parser, &event)) {
		kept.size = 0;
		ck_assert(explanation_before(explanation, s.model, &event));
		model_apply(s.model, &event);
		ck_assert(explanation_after(explanation, s.model));
		source.rule = parser_rule_text(&event);
		source.rule_set = parser_rule_set(&event);
		explanation_print(explanation, s.model, &event, &source, &sink);
	}
	ck_assert_uint_gt(kept.size, 0);
	return kept.text;
}

/* … of a message, a second after the last. */
static const char *
explain(unsigned thread, const char *message)
{
	const struct frame frame = { s.component, thread, s.at, BIAS };
	char line[4096];

	s.at += s.step;
	return explained(line, frame_record(line, sizeof(line), &frame, message));
}

static void
has(const char *text, const char *what)
{
	ck_assert_msg(strstr(text, what), "%s\nhas no: %s", text, what);
}

static void
has_not(const char *text, const char *what)
{
	ck_assert_msg(!strstr(text, what), "%s\nhas: %s", text, what);
}

START_TEST(a_block_moves_the_position_of_its_send)
{
	const char *text;

	record_started(&s, 4, 1002, "20002CS1", "S14", 0);
	record_file(&s, 1002, "CS100015", "20002CS1");
	record_block(&s, 1002, "20002CS1", 1048576, 0);
	text = explain(1002, "Wrote 524288 bytes to \\\\S14SRV\\SMS_SITE\\20002CS1.PCK at position 1048576");
	has(text, "component SMS_LAN_SENDER, thread 1002 (0x3EA)\n");
	has(text, " -0400, ");
	has(text, "rule     rules of sender: \"Wrote {bytes} bytes to {path} at position {offset}\"\n");
	has(text, "event    wrote: a block has been written\n");
	has(text, "bytes 524288, offset 1048576, path \\\\S14SRV\\SMS_SITE\\20002CS1.PCK\n");
	has(text, "send of thread 1002: position 1048576 -> 1572864\n");
	has(text, "site S14: bytes 1048576 -> 1572864\n");
	has_not(text, "eta");
}
END_TEST

START_TEST(a_row_that_appears_and_one_that_goes_are_told)
{
	const char *text;

	record(&s, 4, "Found send request. ID: %s, Dest Site: %s", "20002CS1", "S14");
	text = explain(4, "Created sending thread (Thread ID = 3EA)");
	has(text, "send of thread 1002: new\n");
	has(text, "send of thread 1002: site S14\n");
	has(text, "server: sending.used 0 -> 1\n");
	has(text, "transition ");
	has(text, "job-started");
	text = explain(1002, "Sending completed successfully");
	has(text, "send of thread 1002: gone\n");
	has(text, "server: sending.used 1 -> 0\n");
}
END_TEST

START_TEST(time_alone_changes_nothing)
{
	const char *text;

	record_started(&s, 4, 1002, "20002CS1", "S14", 0);
	record_file(&s, 1002, "CS100015", "20002CS1");
	record_block(&s, 1002, "20002CS1", 1048576, 0);
	s.at += 20 * WHEN_MINUTE; /* rates fade, sends stall */
	text = explain(4, "No (more) send requests found to process.");
	has(text, "event    seen: ");
	has(text, "changed  nothing that is shown\n");
}
END_TEST

START_TEST(a_message_that_no_rule_knows_is_a_note)
{
	const char *text = explain(4, "Hello from another planet");

	has(text, "rule     no rule knows this message: it is a note\n");
	has(text, "event    note: a message that no template knows\n");
	has(text, "note (info)\n");
}
END_TEST

START_TEST(what_a_log_holds_moves_no_cursor)
{
	const char *text = explain(4, "Connecting to \x1b[2J\xff\xe2\x80\xae.");

	for (const char *c = text; *c; c++)
		ck_assert((unsigned char)*c >= ' ' || *c == '\n');
	has_not(text, "\xff");
	has_not(text, "\xe2\x80\xae");
}
END_TEST

START_TEST(a_record_ends_where_its_last_line_does)
{
	static const char bytes[] =
		"Created minijob to\r\nsend nothing" FRAMED("SMS_LAN_SENDER", "12:03:00.000+240", "4 (0x4)", "");
	struct event event;

	parser_feed(s.parser, bytes, sizeof(bytes) - 1);
	ck_assert(parser_next(s.parser, &event));
	ck_assert_uint_eq(event.offset, 0);
	ck_assert_uint_eq(event.end, sizeof(bytes) - 1 - strlen("\r\n"));
}
END_TEST

START_TEST(every_field_of_an_event_has_a_word)
{
	for (int i = 0; i < TEXT_FIELD_COUNT; i++)
		ck_assert_ptr_nonnull(event_text_word((enum text_field)i));
	for (int i = 0; i < NUMBER_FIELD_COUNT; i++)
		ck_assert_ptr_nonnull(event_number_word((enum number_field)i));
	for (int i = 0; i < EVENT_KIND_COUNT; i++)
		ck_assert_ptr_nonnull(event_kind_meaning((enum event_kind)i));
}
END_TEST

static Suite *
suite(void)
{
	Suite *suite = suite_create("explanation");
	TCase *tests = tcase_create("explanation");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_block_moves_the_position_of_its_send);
	tcase_add_test(tests, a_row_that_appears_and_one_that_goes_are_told);
	tcase_add_test(tests, time_alone_changes_nothing);
	tcase_add_test(tests, a_message_that_no_rule_knows_is_a_note);
	tcase_add_test(tests, what_a_log_holds_moves_no_cursor);
	tcase_add_test(tests, a_record_ends_where_its_last_line_does);
	tcase_add_test(tests, every_field_of_an_event_has_a_word);
	suite_add_tcase(suite, tests);
	return suite;
}

int
main(void)
{
	return run_suite(suite());
}
