/* Running time: what the lines of one log or two say of a clock that is wrong, or was set. */
#include "cmtop/ingest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run_suite.h"

#define LOGS 2
#define MOST 400
#define NOON INT64_C(1785412800000) /* 2026-07-30 12:00 UTC */

static struct world {
	struct ingest *ingest;
	char text[LOGS][64 * 1024];
	size_t size[LOGS];
	bool ended[LOGS];
	struct taken {
		int64_t at, own;
		unsigned log;
		bool stray;
	} taken[MOST];
	size_t count;
} world;

static void
more(void *payload, size_t log)
{
	(void)payload;
	if (!world.ended[log])
		ingest_end(world.ingest, log);
	world.ended[log] = true;
}

static void
applied(void *payload, const struct event *event, const struct event *logged)
{
	(void)payload, (void)logged;
	ck_assert_uint_lt(world.count, MOST);
	world.taken[world.count++] = (struct taken){ event->at, event->at - event->shift, event->log, event->stray };
}

static void
open_world(void)
{
	const struct ingest_options options = { .logs = LOGS, .model = true };
	const struct ingest_events events = { .more = more, .applied = applied };

	memset(&world, 0, sizeof world);
	world.ingest = ingest_new(&options, &events);
	ck_assert_ptr_nonnull(world.ingest);
}

static void
close_world(void)
{
	ingest_free(world.ingest);
}

/* A line of a thread, by the server's clock: so many seconds after noon. */
static size_t
put_line(char *out, double second, unsigned thread)
{
	struct civil c = when_civil(NOON + (int64_t)(second * 1000));

	return (size_t)sprintf(out,
	                       "Wrote 1000 bytes to \\\\S.CONTOSO.COM\\SMS_SITE\\20000CS1.PCK at position 5  "
	                       "$$<SMS_LAN_SENDER><%02d-%02d-%04d %02d:%02d:%02d.%03d+0><thread=%u (0x%X)>\r\n",
	                       c.month, c.day, c.year, c.hour, c.minute, c.second, c.milli, thread, thread);
}

static void
line(unsigned log, double second, unsigned thread)
{
	world.size[log] += put_line(world.text[log] + world.size[log], second, thread);
}

static void
old_line(double second, const char *zone)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil c = when_civil(NOON + (int64_t)(second * 1000));

	world.size[0] += (size_t)sprintf(
		world.text[0] + world.size[0],
		"Sending~  $$<SMS_LAN_SENDER><Thu %s %02d %02d:%02d:%02d.000 %d %s><thread=5 (0x5)>\r\n",
		months[c.month - 1], c.day, c.hour, c.minute, c.second, c.year, zone);
}

/* Threads 1 and 2 write in turn each second. */
static void
work(double from, double to)
{
	for (double at = from; at < to; at++)
		line(0, at, 1 + (unsigned)((int64_t)at & 1));
}

static void
read_all(void)
{
	for (size_t i = 0; i < LOGS; i++)
		ingest_append(world.ingest, i, world.text[i], world.size[i]);
	ingest_pump(world.ingest);
}

/* Seconds of running time from the first record to the i-th. */
static double
passed(size_t i)
{
	ck_assert_uint_lt(i, world.count);
	return (double)(world.taken[i].at - world.taken[0].at) / 1000;
}

#define PASSED(i, seconds) ck_assert_double_eq_tol(passed(i), seconds, 1.01)

START_TEST(a_clock_that_is_set_back_takes_no_time)
{
	work(0, 60);
	work(60 - 90, 60 - 90 + 60);
	read_all();
	PASSED(119, 119);
	ck_assert_int_eq(world.taken[119].own, NOON + 29000);
}
END_TEST

START_TEST(a_clock_that_is_set_forward_takes_no_time_where_threads_go_on)
{
	work(0, 60);
	work(3660, 3720);
	read_all();
	PASSED(119, 119);
}
END_TEST

START_TEST(a_silence_of_one_thread_is_time_that_has_passed)
{
	for (int i = 0; i < 60; i++)
		line(0, i, 1);
	for (int i = 0; i < 60; i++)
		line(0, 3600 + i, 1);
	read_all();
	PASSED(119, 3659);
}
END_TEST

/* Else a log that leaps between the first year and the last brings running time to where no number holds it. */
START_TEST(more_than_ten_years_are_no_time_that_has_passed)
{
	const double years = 11 * 366 * 86400.0;

	for (int i = 0; i < 60; i++)
		line(0, i, 1);
	for (int i = 0; i < 60; i++)
		line(0, years + i, 1);
	read_all();
	PASSED(119, 119);
	ck_assert(!world.taken[60].stray);
	ck_assert_int_eq(world.taken[60].own, NOON + (int64_t)years * 1000);
}
END_TEST

START_TEST(threads_that_begin_again_were_waiting)
{
	work(0, 60);
	for (double at = 1860; at < 1920; at++)
		line(0, at, 3 + (unsigned)((int64_t)at & 1));
	read_all();
	PASSED(119, 1919);
}
END_TEST

START_TEST(a_few_records_of_another_year_are_strays)
{
	const double year = 365 * 86400.0;
	static const size_t many[] = { 1, 3 };

	for (int k = 0; k < 4; k++) {
		double leap = k < 2 ? 10 * year : -40 * year;
		size_t strays = many[k % 2];

		close_world();
		open_world();
		work(0, 60);
		for (size_t i = 0; i < strays; i++)
			line(0, leap, 9);
		work(60, 120);
		read_all();
		for (size_t i = 60; i < 60 + strays; i++) {
			ck_assert(world.taken[i].stray);
			ck_assert_int_eq(world.taken[i].own, NOON + (int64_t)leap * 1000);
			PASSED(i, 59);
		}
		PASSED(119 + strays, 119);
		ck_assert_int_eq(ingest_newest(world.ingest, 0).at, NOON + 119000);
	}
}
END_TEST

START_TEST(a_pause_behind_a_stray_is_no_step)
{
	for (int i = 0; i < 100; i++)
		line(0, i * 2, 1);
	line(0, -40 * 365 * 86400.0, 1);
	for (int i = 0; i < 100; i++)
		line(0, 250 + i * 2, 1);
	read_all();
	ck_assert(world.taken[100].stray);
	PASSED(101, 250);
	PASSED(200, 448);
}
END_TEST

START_TEST(a_stray_may_be_the_first_record_or_the_last)
{
	static const double leaps[] = { 10 * 365 * 86400.0, -46 * 365 * 86400.0 };

	for (size_t k = 0; k < 4; k++) {
		size_t strays = k < 2 ? 1 : 3;

		close_world();
		open_world();
		for (size_t i = 0; i < strays; i++)
			line(0, leaps[k % 2] + (double)i, 9);
		work(0, 60);
		line(0, leaps[k % 2], 1);
		read_all();
		ck_assert(world.taken[0].stray && world.taken[strays - 1].stray && !world.taken[strays].stray);
		ck_assert(world.taken[strays + 60].stray);
		PASSED(strays + 59, 59);
		ck_assert_int_eq(ingest_newest(world.ingest, 0).at, NOON + 59000);
	}
}
END_TEST

START_TEST(lines_that_are_out_of_order_are_no_step)
{
	for (int i = 0; i < 30; i++)
		line(0, i, 1);
	for (int i = 0; i < 30; i++)
		line(0, i, 2);
	read_all();
	for (size_t i = 0; i < 60; i++)
		ck_assert_int_eq(world.taken[i].at, world.taken[i].own);
}
END_TEST

START_TEST(the_logs_of_a_server_have_their_steps_in_common)
{
	work(0, 120);
	work(120 - 30, 300 - 30);
	line(1, 10, 7);
	line(1, 100, 7);
	line(1, 220 - 30, 7); /* which alone does not show that the clock was set */
	line(1, 280 - 30, 7);
	read_all();
	ck_assert_uint_eq(world.count, 304);
	for (size_t i = 0; i < world.count; i++)
		if (world.taken[i].log == 1 && world.taken[i].own == NOON + 250000)
			PASSED(i, 280);
	PASSED(303, 299);
}
END_TEST

/* When the last record of each log was; the second one may be wrong by what passes between two of its records. */
static void
must_end(double first_log, double second_log)
{
	double ends[LOGS] = { -1, -1 };

	for (size_t i = 0; i < world.count; i++)
		ends[world.taken[i].log] = passed(i);
	ck_assert_double_eq_tol(ends[0], first_log, 7);
	ck_assert_double_eq_tol(ends[1], second_log, 21);
}

START_TEST(a_log_that_was_silent_through_a_step_is_behind_it)
{
	static const double steps[] = { 40, 90, 600, 3600 };

	for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
		double by = steps[k];

		close_world();
		open_world();
		work(0, 60);
		work(360 - by, 540 - by);
		for (double at = 3; at < 540; at += 5)
			line(1, at < 210 ? at : at - by, 7);
		read_all();
		must_end(539, 538);
	}
}
END_TEST

START_TEST(two_steps_shortly_after_each_other_are_told_apart)
{
	static const double pairs[][2] = {
		{ 3600, -7000 }, { -3600, 7000 }, { 3600, -300 }, { -90, -300 }, { -3600, -10 }
	};

	for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
		close_world();
		open_world();
		work(0, 60);
		work(60 + pairs[k][0], 65 + pairs[k][0]);
		work(65 + pairs[k][0] + pairs[k][1], 140 + pairs[k][0] + pairs[k][1]);
		for (double at = 3; at < 140; at += 20)
			line(1, at + (at >= 60 ? pairs[k][0] : 0) + (at >= 65 ? pairs[k][1] : 0), 7);
		read_all();
		must_end(139, 123);
	}
}
END_TEST

START_TEST(the_name_of_the_zone_tells_of_summer_time)
{
	old_line(0, "W. Europe Daylight Time");
	old_line(1, "W. Europe Daylight Time");
	old_line(2 - 3600 + 7200,
	         "W. Europe Standard Time"); /* after a quiet hour more than the one that is told twice */
	old_line(3 - 3600 + 7200, "W. Europe Standard Time");
	old_line(3 + 7200, "W. Europe Daylight Time");
	read_all();
	PASSED(2, 7202);
	PASSED(4, 7203);
}
END_TEST

/* ---- as it grows ---- */

static void
arrives(int64_t monotonic, double second, unsigned thread)
{
	char text[300];

	world.ended[0] = true;
	ingest_arriving(world.ingest, 0, monotonic);
	ingest_append(world.ingest, 0, text, put_line(text, second, thread));
	ingest_pump(world.ingest);
}

START_TEST(what_a_growing_log_skips_is_told_by_our_own_clock)
{
	static const double steps[] = { -3600, -90, -7, 7, 90, 3600, 400 * 86400.0 };
	double by = 0;

	ingest_live(world.ingest, 0, WHEN_NONE);
	for (int i = 0; i < 80; i++) {
		if (i % 10 == 9)
			by += steps[i / 10 % 7];
		arrives(500000 + i * 1000 + i * 37 % 300, i + by, 1);
		ck_assert_double_eq_tol(passed((size_t)i), i, 1.0);
	}
	ck_assert_int_eq(ingest_now(world.ingest, 500000 + 100 * 1000), world.taken[79].at + 21000 - 79 * 37 % 300);
}
END_TEST

START_TEST(lines_that_come_late_and_at_once_are_no_step)
{
	ingest_live(world.ingest, 0, WHEN_NONE);
	for (int i = 0; i < 60; i++)
		arrives(i * 1000, i, 1);
	for (int i = 60; i < 180; i++) /* a share was away */
		arrives(180000, i, 1);
	for (int i = 180; i < 200; i++)
		arrives(i * 1000, i, 1);
	PASSED(199, 199);
	for (int i = 200; i < 300; i++) /* the machine that cmtop is on has slept, and its clock with it */
		arrives(200000, i, 1);
	PASSED(299, 299);
}
END_TEST

START_TEST(a_wrong_time_in_a_growing_log_is_not_now)
{
	ingest_live(world.ingest, 0, WHEN_NONE);
	for (int i = 0; i < 60; i++) {
		arrives(i * 1000, i % 20 == 7 ? 10 * 365 * 86400.0 : i, 1);
		ck_assert_double_eq_tol(passed((size_t)i), i, 1.0);
	}
}
END_TEST

START_TEST(what_was_there_at_the_start_is_as_old_as_its_file)
{
	work(0, 60);
	read_all();
	ingest_live(world.ingest, 0, 1000000 - 300000);
	ck_assert_int_eq(ingest_now(world.ingest, 1000000), NOON + 59000 + 300000);
	ingest_live(world.ingest, 0, WHEN_NONE);
	ck_assert_int_eq(ingest_now(world.ingest, 1000000), NOON + 59000);
}
END_TEST

/* ---- long records ---- */

#define LONG 60000

static char long_record[LONG + 400];
static unsigned given, given_at_step;

/* Threads 1 and 2 write in turn each second, and skip an hour after a minute; each record is as long as one may be. */
static void
give_long(void *payload, size_t log)
{
	(void)payload;
	if (log > 0 || given == MOST)
		return;
	memset(long_record, 'x', LONG);
	put_line(long_record + LONG, given < 60 ? given : 3600 + given, 1 + (given & 1));
	given++;
	ingest_append(world.ingest, 0, long_record, strlen(long_record));
}

static void
note_step(void *payload, const struct event *event, const struct event *logged)
{
	applied(payload, event, logged);
	if (world.count == 61)
		given_at_step = given;
}

START_TEST(what_is_looked_at_ahead_is_bounded_in_bytes)
{
	const struct ingest_options options = { .logs = LOGS };
	const struct ingest_events events = { .more = give_long, .applied = note_step };

	close_world();
	memset(&world, 0, sizeof world);
	given = 0;
	world.ingest = ingest_new(&options, &events);
	ck_assert_ptr_nonnull(world.ingest);
	give_long(NULL, 0);
	ingest_pump(world.ingest);
	ck_assert_uint_eq(world.count, MOST);
	PASSED(119, 119);
	ck_assert_uint_gt(given_at_step, 61);
	ck_assert_uint_lt(given_at_step * LONG, 10 << 20);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("server_clock");
	TCase *all = tcase_create("server_clock");

	tcase_add_checked_fixture(all, open_world, close_world);
	tcase_add_test(all, a_clock_that_is_set_back_takes_no_time);
	tcase_add_test(all, a_clock_that_is_set_forward_takes_no_time_where_threads_go_on);
	tcase_add_test(all, what_is_looked_at_ahead_is_bounded_in_bytes);
	tcase_add_test(all, a_silence_of_one_thread_is_time_that_has_passed);
	tcase_add_test(all, more_than_ten_years_are_no_time_that_has_passed);
	tcase_add_test(all, threads_that_begin_again_were_waiting);
	tcase_add_test(all, a_few_records_of_another_year_are_strays);
	tcase_add_test(all, a_pause_behind_a_stray_is_no_step);
	tcase_add_test(all, a_stray_may_be_the_first_record_or_the_last);
	tcase_add_test(all, lines_that_are_out_of_order_are_no_step);
	tcase_add_test(all, the_logs_of_a_server_have_their_steps_in_common);
	tcase_add_test(all, a_log_that_was_silent_through_a_step_is_behind_it);
	tcase_add_test(all, two_steps_shortly_after_each_other_are_told_apart);
	tcase_add_test(all, the_name_of_the_zone_tells_of_summer_time);
	tcase_add_test(all, what_a_growing_log_skips_is_told_by_our_own_clock);
	tcase_add_test(all, lines_that_come_late_and_at_once_are_no_step);
	tcase_add_test(all, a_wrong_time_in_a_growing_log_is_not_now);
	tcase_add_test(all, what_was_there_at_the_start_is_as_old_as_its_file);
	suite_add_tcase(s, all);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
