/* The one path from bytes to the model, by what it applies and when. */
#include "cmtop/ingest.h"

#include <stdlib.h>
#include <string.h>

#include "run_suite.h"

#define RECORD(text, second) text "  $$<SMS_LAN_SENDER><06-26-2015 14:24:" second ".000+420><thread=4 (0x4)>\r\n"

#define LOGS 2

static struct world {
	struct ingest *ingest;
	const char *next[LOGS]; /* bytes that are given when more is asked for; NULL: none */
	bool behind[LOGS];
	char applied[4096]; /* first letters of the messages, in order */
	size_t count;
} world;

static void
give(size_t log, const char *bytes)
{
	ingest_append(world.ingest, log, bytes, strlen(bytes));
}

static void
more(void *payload, size_t log)
{
	const char *bytes = world.next[log];

	(void)payload;
	world.next[log] = NULL;
	if (bytes)
		give(log, bytes);
}

static bool
behind(void *payload, size_t log)
{
	(void)payload;
	return world.behind[log];
}

static void
applied(void *payload, const struct event *event, const struct event *logged)
{
	(void)payload;
	(void)logged;
	world.applied[world.count++] = event->kind == EVENT_LOG_GAP ? '!' : event->message.at[0];
}

static void
open_world(void)
{
	const struct ingest_options options = { .logs = LOGS, .model = true };
	const struct ingest_events events = { .more = more, .behind = behind, .applied = applied };

	memset(&world, 0, sizeof(world));
	world.ingest = ingest_new(&options, &events);
	ck_assert_ptr_nonnull(world.ingest);
}

static void
close_world(void)
{
	ingest_free(world.ingest);
}

START_TEST(logs_are_merged_by_time)
{
	give(0, RECORD("a", "01") RECORD("c", "03"));
	give(1, RECORD("b", "02") RECORD("d", "04"));
	ck_assert(ingest_pump(world.ingest));
	ck_assert_str_eq(world.applied, "abcd");
	ck_assert(ingest_at_end(world.ingest));
}
END_TEST

START_TEST(more_is_asked_for_as_the_merge_needs_it)
{
	world.next[0] = RECORD("d", "04");
	give(0, RECORD("a", "01"));
	give(1, RECORD("b", "02") RECORD("e", "05"));
	ingest_pump(world.ingest);
	ck_assert_str_eq(world.applied, "abde");
}
END_TEST

START_TEST(a_log_that_is_behind_is_waited_for)
{
	world.behind[1] = true;
	give(0, RECORD("b", "02"));
	ingest_pump(world.ingest);
	ck_assert_str_eq(world.applied, "");
	ck_assert(!ingest_caught_up(world.ingest));
	give(1, RECORD("a", "01"));
	world.behind[1] = false;
	ingest_pump(world.ingest);
	ck_assert_str_eq(world.applied, "ab");
	ck_assert(ingest_caught_up(world.ingest));
}
END_TEST

START_TEST(nothing_is_applied_while_it_is_held)
{
	ingest_hold(world.ingest, true);
	give(0, RECORD("a", "01"));
	ck_assert(!ingest_pump(world.ingest));
	ck_assert_str_eq(world.applied, "");
	ingest_hold(world.ingest, false);
	ck_assert(ingest_pump(world.ingest));
	ck_assert_str_eq(world.applied, "a");
}
END_TEST

/* RECORD without its line end. */
static const char *
unended(const char *record)
{
	static char text[256];

	snprintf(text, sizeof(text), "%.*s", (int)strlen(record) - 2, record);
	return text;
}

START_TEST(the_last_line_of_a_file_needs_no_newline)
{
	give(0, unended(RECORD("a", "01")));
	ingest_pump(world.ingest);
	ck_assert_str_eq(world.applied, "");
	ingest_end(world.ingest, 0);
	ingest_pump(world.ingest);
	ck_assert_str_eq(world.applied, "a");
	give(0, RECORD("b", "02")); /* of another file */
	ingest_pump(world.ingest);
	ck_assert_str_eq(world.applied, "ab");
	ck_assert_uint_eq(ingest_counts(world.ingest, 0).damaged, 0);
}
END_TEST

START_TEST(bytes_from_elsewhere_in_the_file_begin_with_the_next_line)
{
	const char *bytes = "of a line\r\n" RECORD("b", "02");

	ingest_bytes(world.ingest, 0, 0, 5000, bytes, strlen(bytes));
	ingest_pump(world.ingest);
	ck_assert_str_eq(world.applied, "b");
}
END_TEST

/* What was begun in a generation that rolled away may be ended there. */
START_TEST(a_writer_may_go_on_in_the_generation_before)
{
	const char *record = RECORD("b", "02"), *rest = record + 10;

	give(0, RECORD("a", "01"));
	ingest_pump(world.ingest);
	ingest_bytes(world.ingest, 0, 0, strlen(RECORD("a", "01")), record, 10);
	ingest_pump(world.ingest);
	ingest_rolled(world.ingest, 0, false, 0);
	give(0, RECORD("c", "03"));
	ingest_pump(world.ingest);
	ingest_bytes(world.ingest, 0, 1, strlen(RECORD("a", "01")) + 10, rest, strlen(rest));
	ingest_pump(world.ingest);
	ck_assert_str_eq(world.applied, "acb");
	ck_assert_uint_eq(ingest_counts(world.ingest, 0).records, 3);
}
END_TEST

START_TEST(a_gap_is_told_to_every_component_of_the_log)
{
	give(0, RECORD("a", "01"));
	ingest_pump(world.ingest);
	ingest_rolled(world.ingest, 0, true, 1000);
	ck_assert_str_eq(world.applied, "a!");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("ingest");
	TCase *tc = tcase_create("ingest");

	tcase_add_checked_fixture(tc, open_world, close_world);
	tcase_add_test(tc, logs_are_merged_by_time);
	tcase_add_test(tc, more_is_asked_for_as_the_merge_needs_it);
	tcase_add_test(tc, a_log_that_is_behind_is_waited_for);
	tcase_add_test(tc, nothing_is_applied_while_it_is_held);
	tcase_add_test(tc, the_last_line_of_a_file_needs_no_newline);
	tcase_add_test(tc, bytes_from_elsewhere_in_the_file_begin_with_the_next_line);
	tcase_add_test(tc, a_writer_may_go_on_in_the_generation_before);
	tcase_add_test(tc, a_gap_is_told_to_every_component_of_the_log);
	suite_add_tcase(s, tc);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
