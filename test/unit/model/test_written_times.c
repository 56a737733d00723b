/* What is shown of a time is what the records around it wrote. */
#include <stdlib.h>

#include "framed_log.h"
#include "run_suite.h"

static struct model *model;

static void
open_model(void)
{
	model = model_new(NULL);
	ck_assert_ptr_nonnull(model);
}

static void
close_model(void)
{
	model_free(model);
}

/* What a record says besides its time. */
struct clock {
	int64_t shift;
	int bias;
	bool zoned, stray;
};

static const struct clock summer = { 0, -120, true, false }, winter = { 0, -60, true, false },
			  local = { 0, 0, false, false };

static void
note_at(uint8_t log, int64_t at, struct clock clock)
{
	struct event event = {
		.at = at,
		.shift = clock.shift,
		.bias = (int16_t)clock.bias,
		.zoned = clock.zoned,
		.stray = clock.stray,
		.kind = EVENT_NOTE,
		.family = FAMILY_SENDER,
		.log = log,
		.component = SPAN("SMS_LAN_SENDER"),
		.message = SPAN("Something."),
		.thread = 1,
	};

	model_apply(model, &event);
	ck_assert_ptr_null(model_check(model));
}

static void
ck_written(uint8_t log, int64_t at, struct clock clock)
{
	struct written_time time = model_written(model, log, at);

	ck_assert_int_eq(time.at, at - clock.shift);
	ck_assert_int_eq(time.bias, clock.bias);
	ck_assert_int_eq(time.zoned, clock.zoned);
}

/* ---- one log ---- */

START_TEST(a_time_is_written_as_the_records_around_it)
{
	note_at(0, 1000, summer);
	note_at(0, 2000, summer);
	note_at(0, 3000, winter);
	ck_written(0, 1, summer); /* before all of them */
	ck_written(0, 1000, summer);
	ck_written(0, 2999, summer);
	ck_written(0, 3000, winter);
	ck_written(0, 9000, winter); /* to come */
}
END_TEST

START_TEST(what_is_not_known_stays_so)
{
	ck_assert_int_eq(model_written(model, 0, WHEN_NONE).at, WHEN_NONE);
	ck_assert_int_eq(model_written_newest(model, WHEN_NONE).at, WHEN_NONE);
	note_at(0, 1000, summer);
	ck_assert_int_eq(model_written(model, 0, WHEN_NONE).at, WHEN_NONE);
	ck_assert_int_eq(written_local(model_written(model, 0, WHEN_NONE)), WHEN_NONE);
	ck_assert(!model_written(model, 200, 1000).zoned); /* nothing was read of that log */
}
END_TEST

START_TEST(a_time_is_written_less_what_the_clock_was_set_back)
{
	const struct clock set_back = { 90000, -120, true, false };

	note_at(0, 100000, summer);
	note_at(0, 101000, set_back);
	ck_written(0, 100500, summer);
	ck_written(0, 101000, set_back);
	ck_assert_int_eq(model_written_newest(model, model_newest(model)).at, 11000);
	ck_assert_int_eq(model_note(model, 0)->written.at, 11000);
	ck_assert_int_eq(model_note(model, 1)->written.at, 100000);
}
END_TEST

START_TEST(a_record_that_is_astray_tells_of_itself_alone)
{
	const struct clock astray = { -20 * 365 * WHEN_DAY, 0, true, true };

	note_at(0, 1000, summer);
	note_at(0, 1000, astray);
	ck_written(0, 1000, summer);
	ck_assert_int_eq(model_written_newest(model, model_newest(model)).at, 1000);
	ck_assert_int_eq(model_note(model, 0)->written.at, 1000 + 20 * 365 * WHEN_DAY);
}
END_TEST

START_TEST(a_thread_that_is_late_at_a_change_changes_nothing_of_the_others)
{
	note_at(0, 1000, summer);
	note_at(0, 3000, winter);
	note_at(0, 2500, summer); /* late, and as it was then */
	ck_written(0, 2999, summer);
	ck_written(0, 3000, winter);
	note_at(0, 3500, winter);
	note_at(0, 3200, summer); /* late, and after others that were written anew */
	ck_written(0, 3000, winter);
	ck_written(0, 3199, winter);
	ck_written(0, 3200, summer);
	ck_written(0, 3201, winter);
	note_at(0, 500, winter); /* before all that is known */
	ck_written(0, 500, winter);
	ck_written(0, 1000, summer);
}
END_TEST

START_TEST(each_record_of_a_log_in_some_disorder_is_written_as_it_was)
{
	static const struct clock clocks[] = { { 0, 60, true, false },
		                               { 90000, 60, true, false },
		                               { 0, 0, false, false } };
	struct {
		int64_t at;
		unsigned clock;
	} records[400], record;

	srand(7);
	for (unsigned round = 0; round < 30; round++) {
		model_free(model);
		open_model();
		for (int i = 0; i < 400; i++) {
			records[i].at = 1000 + i * (1 + (int64_t)(round % 3));
			records[i].clock = i > 0 && rand() % 20 ? records[i - 1].clock : (unsigned)rand() % 3;
		}
		for (int i = 0; i + 4 < 400; i++) {
			int k = i + rand() % 4;

			record = records[i];
			records[i] = records[k];
			records[k] = record;
		}
		for (int i = 0; i < 400; i++)
			note_at(3, records[i].at, clocks[records[i].clock]);
		for (int i = 0; i < 400; i++)
			ck_written(3, records[i].at, clocks[records[i].clock]);
	}
}
END_TEST

START_TEST(a_log_that_changes_with_every_record_takes_bounded_memory_and_its_newest_times_are_right)
{
	for (int i = 0; i < 5000; i++)
		note_at(0, 1000 + i, i % 2 ? summer : winter);
	for (int i = 5000 - 100; i < 5000; i++)
		ck_written(0, 1000 + i, i % 2 ? summer : winter);
	ck_assert(model_written(model, 0, 1000).zoned); /* by the oldest change that is kept */
}
END_TEST

START_TEST(the_last_record_of_a_moment_says_how_it_is_written)
{
	note_at(0, 1000, summer);
	note_at(0, 1000, winter);
	note_at(0, 2000, summer);
	note_at(0, 2000, winter);
	ck_written(0, 1000, winter);
	ck_written(0, 2000, winter);
}
END_TEST

/* ---- several logs ---- */

START_TEST(each_log_has_its_own_bias)
{
	const struct clock parent = { 0, 300, true, false };

	note_at(0, 1000, parent);
	note_at(1, 2000, winter);
	note_at(2, 2500, local);
	note_at(0, 3000, parent);
	ck_written(0, 2000, parent);
	ck_written(1, 3000, winter);
	ck_written(2, 3000, local);
	ck_assert_int_eq(model_written_newest(model, 3000).bias, 300);
	note_at(1, 4000, winter);
	ck_assert_int_eq(model_written_newest(model, 4000).bias, -60);
	note_at(255, 5000, summer);
	ck_assert_int_eq(model_written_newest(model, 5000).bias, -120);
}
END_TEST

START_TEST(points_are_kept_in_utc_as_soon_as_some_record_had_a_bias)
{
	const struct clock set_back = { WHEN_HOUR, 0, false, false }, skewed = { 91000, -60, true, false };

	ck_assert(!model_samples_clock(model).zoned);
	note_at(0, 8 * WHEN_HOUR, local);
	ck_assert(!model_samples_clock(model).zoned);
	note_at(0, 9 * WHEN_HOUR, set_back);
	ck_assert_int_eq(model_samples_clock(model).shift, WHEN_HOUR);
	note_at(1, 10 * WHEN_HOUR, winter);
	note_at(0, 11 * WHEN_HOUR, set_back);
	ck_assert(model_samples_clock(model).zoned);
	ck_assert_int_eq(model_samples_clock(model).shift, 0);
	note_at(1, 12 * WHEN_HOUR, local);
	ck_assert(model_samples_clock(model).zoned); /* a slip */
	note_at(1, 13 * WHEN_HOUR, skewed);
	ck_assert_int_eq(model_samples_clock(model).shift, 0); /* points are five minutes long */
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("written times");
	TCase *tcase = tcase_create("of logs");

	tcase_add_checked_fixture(tcase, open_model, close_model);
	tcase_add_test(tcase, a_time_is_written_as_the_records_around_it);
	tcase_add_test(tcase, what_is_not_known_stays_so);
	tcase_add_test(tcase, a_time_is_written_less_what_the_clock_was_set_back);
	tcase_add_test(tcase, a_record_that_is_astray_tells_of_itself_alone);
	tcase_add_test(tcase, a_thread_that_is_late_at_a_change_changes_nothing_of_the_others);
	tcase_add_test(tcase, each_record_of_a_log_in_some_disorder_is_written_as_it_was);
	tcase_add_test(tcase, a_log_that_changes_with_every_record_takes_bounded_memory_and_its_newest_times_are_right);
	tcase_add_test(tcase, the_last_record_of_a_moment_says_how_it_is_written);
	tcase_add_test(tcase, each_log_has_its_own_bias);
	tcase_add_test(tcase, points_are_kept_in_utc_as_soon_as_some_record_had_a_bias);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
