/*
 * Points that outlive the program: as text that proves itself line by line, and
 * joined with what the logs still tell.
 */
#include "cmtop/model/sample_text.h"

#include "run_suite.h"
#include "framed_log.h"
#include "simulated_site.h"

#define FOLDER "/mnt/siteserver/Logs"
#define START  INT64_C(1785430800000) /* 2026-07-30 17:00 UTC */

static const struct samples_of utc = { FOLDER, { 0, true } };

/* A point with all its figures, different for each i; newest first as i grows. */
static struct sample
sample_of(size_t i)
{
	return (struct sample){
		.at = START - (int64_t)i * SAMPLE_SPAN,
		.waiting = 2914 - i,
		.waiting_source = (uint8_t)(i % 3 ? WAITING_LISTED : WAITING_COUNTED),
		.done = i,
		.due = i + 7,
		.due_sized = i,
		.due_bytes = 1048576 * i,
		.failed = i % 4,
		.bytes = 73400320 * i,
		.capacity = i % 5 ? 50 : -1,
		.distmgr_capacity = i % 7 ? 3 : -1,
		.used_most = 5,
		.covered = SAMPLE_SPAN,
		.sender_covered = 290000,
		.distmgr_covered = 280000,
		.known = 270000,
		.full = 260000,
		.distmgr_known = 250000,
		.distmgr_full = 240000,
		.slot_time = 1470000,
	};
}

static size_t
samples_of_all(struct sample *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = sample_of(i);
	return count;
}

static bool
same(const struct sample *a, const struct sample *b)
{
	return a->at == b->at && a->waiting == b->waiting && a->waiting_source == b->waiting_source
	       && a->done == b->done && a->due == b->due && a->due_sized == b->due_sized && a->due_bytes == b->due_bytes
	       && a->failed == b->failed && a->bytes == b->bytes && a->capacity == b->capacity
	       && a->distmgr_capacity == b->distmgr_capacity && a->used_most == b->used_most && a->covered == b->covered
	       && a->sender_covered == b->sender_covered && a->distmgr_covered == b->distmgr_covered
	       && a->known == b->known && a->full == b->full && a->distmgr_known == b->distmgr_known
	       && a->distmgr_full == b->distmgr_full && a->slot_time == b->slot_time;
}

static struct kept
written(const struct samples_of *of, const struct sample *samples, size_t count)
{
	struct kept kept = { 0 };
	struct sink sink = { keep_bytes, &kept };

	samples_write(of, samples, count, &sink);
	return kept;
}

static struct span
text_of(const struct kept *kept)
{
	return (struct span){ kept->text, kept->size };
}

static struct sample samples[SAMPLES_KEPT], read_back[SAMPLES_KEPT], merged[SAMPLES_KEPT];

/* ---- text ---- */

START_TEST(seven_days_come_back_as_they_were_written)
{
	struct kept kept = written(&utc, samples, samples_of_all(samples, SAMPLES_KEPT));

	ck_assert_uint_le(kept.size, POINTS_TEXT_MOST);
	ck_assert_uint_eq(samples_read(&utc, text_of(&kept), read_back), SAMPLES_KEPT);
	for (size_t i = 0; i < SAMPLES_KEPT; i++)
		ck_assert_msg(same(&samples[i], &read_back[i]), "point %zu", i);
	kept_free(&kept);
}
END_TEST

START_TEST(the_largest_figures_stay_within_the_bound_and_the_newest_points_are_kept)
{
	struct kept kept;
	size_t count = samples_of_all(samples, SAMPLES_KEPT), back;

	for (size_t i = 0; i < count; i++) {
		samples[i].waiting = samples[i].done = samples[i].due = samples[i].failed = UINT32_MAX;
		samples[i].bytes = INT64_MAX / SAMPLES_KEPT;
		samples[i].capacity = samples[i].distmgr_capacity = INT32_MAX;
		samples[i].used_most = UINT32_MAX;
		samples[i].slot_time = (uint64_t)UINT32_MAX * SAMPLE_SPAN;
	}
	kept = written(&utc, samples, count);
	ck_assert_uint_le(kept.size, POINTS_TEXT_MOST);
	back = samples_read(&utc, text_of(&kept), read_back);
	ck_assert_uint_gt(back, SAMPLES_KEPT / 2);
	for (size_t i = 0; i < back; i++)
		ck_assert(same(&samples[i], &read_back[i]));
	kept_free(&kept);
}
END_TEST

START_TEST(no_point_is_a_text_too)
{
	struct kept kept = written(&utc, samples, 0);

	ck_assert_uint_gt(kept.size, 0);
	ck_assert_uint_eq(samples_read(&utc, text_of(&kept), read_back), 0);
	ck_assert_uint_eq(samples_read(&utc, SPAN(""), read_back), 0);
	kept_free(&kept);
}
END_TEST

START_TEST(cut_anywhere_what_is_left_whole_is_read)
{
	struct kept kept = written(&utc, samples, samples_of_all(samples, 12));

	for (size_t cut = 0; cut <= kept.size; cut++) {
		size_t back = samples_read(&utc, span_part(text_of(&kept), 0, cut), read_back), lines = 0;

		for (size_t i = 0; i < cut; i++)
			lines += kept.text[i] == '\n';
		/* A line that only lacks its end is whole. */
		ck_assert_uint_ge(back + 2, lines);
		ck_assert_uint_le(back, lines);
		for (size_t i = 0; i < back; i++)
			ck_assert(same(&samples[i], &read_back[i]));
	}
	kept_free(&kept);
}
END_TEST

/* How many of the first points are not read, or -1: something is read that was not written. */
static int
lost_of(size_t count, const struct kept *kept)
{
	size_t back = samples_read(&utc, text_of(kept), read_back), found = 0;

	for (size_t i = 0; i < count && found < back; i++)
		found += same(&samples[i], &read_back[found]);
	return found == back ? (int)(count - back) : -1;
}

START_TEST(a_spoiled_byte_costs_its_own_line_and_no_other)
{
	struct kept kept = written(&utc, samples, samples_of_all(samples, 4));

	for (size_t at = 0; at < kept.size; at++) {
		char good = kept.text[at];
		int most = good == '\n' ? 2 : 1; /* an end of line that is gone makes one line of two */

		for (size_t i = 0; i < 16; i++) {
			int lost;

			kept.text[at] = (char)(i < 8 ? (int)((unsigned char)good ^ 1u << i) : "\n\0 09+-#"[i - 8]);
			lost = lost_of(4, &kept);
			if (lost < 0 || lost > most)
				ck_abort_msg("byte %zu in the %zu-th way: %d lost", at, i, lost);
		}
		kept.text[at] = good;
	}
	kept_free(&kept);
}
END_TEST

START_TEST(anything_else_is_no_point)
{
	char noise[4096];
	uint32_t rng = 12345;

	for (int round = 0; round < 500; round++) {
		for (size_t i = 0; i < sizeof(noise); i++) {
			rng = rng * 1664525 + 1013904223;
			noise[i] = "0123456789 -+?:T\n\0#abcdef\377"[(rng >> 16) % 27];
		}
		ck_assert_uint_eq(samples_read(&utc, (struct span){ noise, sizeof(noise) }, read_back), 0);
	}
}
END_TEST

START_TEST(samples_of_another_folder_or_another_clock_are_not_ours)
{
	const struct samples_of elsewhere = { "/mnt/other/Logs", { 0, true } }, local = { FOLDER, { 0, false } };
	struct kept kept = written(&utc, samples, samples_of_all(samples, 6));

	ck_assert_uint_eq(samples_read(&elsewhere, text_of(&kept), read_back), 0);
	ck_assert_uint_eq(samples_read(&local, text_of(&kept), read_back), 0);
	ck_assert_uint_eq(samples_read(&utc, text_of(&kept), read_back), 6);
	kept_free(&kept);
}
END_TEST

START_TEST(what_stands_there_twice_or_out_of_order_is_read_once)
{
	struct kept twice = { 0 };
	struct sink sink = { keep_bytes, &twice };

	samples_of_all(samples, 6);
	samples_write(&utc, samples, 6, &sink);
	samples_write(&utc, samples, 6, &sink);
	ck_assert_uint_eq(samples_read(&utc, text_of(&twice), read_back), 6);
	kept_free(&twice);
}
END_TEST

/* Each of these is written with a right sum, as by a program that has gone wrong. */
START_TEST(figures_that_cannot_be_are_not_believed)
{
	struct sample good = sample_of(1), bad[] = { good, good, good, good, good, good, good, good, good, good };
	struct kept kept;

	bad[0].full = bad[0].known + 1;
	bad[1].known = bad[1].covered + 1;
	bad[2].covered = SAMPLE_SPAN + 1;
	bad[3].at += 1 * WHEN_MINUTE;
	bad[4].slot_time = (uint64_t)bad[4].covered * bad[4].used_most + 1;
	bad[5].bytes = UINT64_MAX;
	bad[6].waiting = UINT64_MAX;
	bad[7].capacity = INT64_MAX;
	bad[8].sender_covered = bad[8].covered + 1;
	bad[9].distmgr_full = bad[9].distmgr_known + 1;
	kept = written(&utc, &good, 1);
	ck_assert_uint_eq(samples_read(&utc, text_of(&kept), read_back), 1);
	kept_free(&kept);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		kept = written(&utc, &bad[i], 1);
		ck_assert_msg(samples_read(&utc, text_of(&kept), read_back) == 0, "the %zu-th", i);
		kept_free(&kept);
	}
}
END_TEST

START_TEST(a_folder_may_have_any_name)
{
	const struct samples_of strange = { "/mnt/a\nb\377c\033[2J/# Logs", { 0, true } };
	struct kept kept = written(&strange, samples, samples_of_all(samples, 6));

	ck_assert_uint_eq(samples_read(&strange, text_of(&kept), read_back), 6);
	ck_assert_ptr_null(strchr(kept.text, '\033'));
	kept_free(&kept);
}
END_TEST

/* ---- joined ---- */

static size_t
merge(const struct sample *own, size_t own_count, const struct sample *kept, size_t kept_count)
{
	return samples_merge(own, own_count, kept, kept_count, START + SAMPLE_SPAN, merged);
}

START_TEST(samples_are_kept_from_before_the_logs_begin)
{
	samples_of_all(samples, 20);
	ck_assert_uint_eq(merge(samples, 5, samples + 10, 10), 15);
	for (size_t i = 0; i < 15; i++)
		ck_assert(same(&merged[i], &samples[i < 5 ? i : i + 5]));
	ck_assert_uint_eq(merge(NULL, 0, samples, 20), 20);
	ck_assert_uint_eq(merge(samples, 20, NULL, 0), 20);
	ck_assert_uint_eq(merge(NULL, 0, NULL, 0), 0);
}
END_TEST

START_TEST(who_has_read_more_of_a_log_tells_of_it)
{
	struct sample own = sample_of(1), kept = sample_of(1);

	own.done = 3;
	own.due = 30;
	kept.done = 4;
	kept.due = 40;
	ck_assert_uint_eq(merge(&own, 1, &kept, 1), 1);
	ck_assert_uint_eq(merged[0].done, 3);
	ck_assert_uint_eq(merged[0].due, 30);

	own.sender_covered = 1000; /* sender.log has rolled away, distmgr.log has not */
	merge(&own, 1, &kept, 1);
	ck_assert_uint_eq(merged[0].done, 4);
	ck_assert_uint_eq(merged[0].due, 30);

	own = sample_of(1);
	own.distmgr_covered = 0;
	own.done = 3;
	merge(&own, 1, &kept, 1);
	ck_assert_uint_eq(merged[0].done, 3);
	ck_assert_uint_eq(merged[0].due, 40);
}
END_TEST

START_TEST(a_list_of_what_waits_is_better_than_a_count_and_a_count_than_nothing)
{
	struct sample own = sample_of(1), kept = sample_of(1);

	own.waiting = 10;
	kept.waiting = 2900;
	merge(&own, 1, &kept, 1);
	ck_assert_uint_eq(merged[0].waiting, 10);
	own.waiting_source = WAITING_COUNTED;
	merge(&own, 1, &kept, 1);
	ck_assert_uint_eq(merged[0].waiting, 2900);
	ck_assert_int_eq(merged[0].waiting_source, WAITING_LISTED);
	kept.waiting_source = WAITING_COUNTED;
	merge(&own, 1, &kept, 1);
	ck_assert_uint_eq(merged[0].waiting, 10);
	own.distmgr_covered = 1000;
	merge(&own, 1, &kept, 1);
	ck_assert_uint_eq(merged[0].waiting, 2900);
	own.waiting_source = WAITING_UNKNOWN;
	kept.distmgr_covered = 0;
	merge(&own, 1, &kept, 1);
	ck_assert_uint_eq(merged[0].waiting, 2900);
}
END_TEST

START_TEST(what_lies_ahead_or_too_far_back_is_dropped)
{
	struct sample old = sample_of(1);

	samples_of_all(samples, 20);
	ck_assert_uint_eq(samples_merge(NULL, 0, samples, 20, samples[5].at + samples[5].covered - 1, merged), 14);
	ck_assert(same(&merged[0], &samples[6]));
	old.at = START - (SAMPLES_KEPT - 1) * SAMPLE_SPAN;
	ck_assert_uint_eq(merge(samples, 1, &old, 1), 2);
	old.at -= SAMPLE_SPAN;
	ck_assert_uint_eq(merge(samples, 1, &old, 1), 1);
}
END_TEST

START_TEST(never_more_than_seven_days_are_kept)
{
	static struct sample older[SAMPLES_KEPT];

	samples_of_all(samples, SAMPLES_KEPT);
	samples_of_all(older, SAMPLES_KEPT);
	for (size_t i = 0; i < SAMPLES_KEPT; i++)
		older[i].at -= 3 * SAMPLE_SPAN;
	ck_assert_uint_eq(merge(samples, SAMPLES_KEPT, older, SAMPLES_KEPT), SAMPLES_KEPT);
	for (size_t i = 0; i < SAMPLES_KEPT; i++)
		ck_assert_int_eq(merged[i].at, samples[i].at);
}
END_TEST

/* ---- in the model ---- */

static size_t
samples_of_model(const struct model *model)
{
	const struct sample *sample;
	size_t count = 0;

	for (; (sample = model_sample(model, count)); count++)
		samples[count] = *sample;
	return count;
}

/* Totals that no point may change. */
static void
totals_are_the_same(const struct model *a, const struct sending *b)
{
	struct sending sending = model_sending(a);

	ck_assert_uint_eq(sending.done, b->done);
	ck_assert_uint_eq(sending.failed, b->failed);
	ck_assert_uint_eq(sending.bytes, b->bytes);
	ck_assert_uint_eq(sending.waiting, b->waiting);
	ck_assert_int_eq(sending.since, b->since);
}

START_TEST(after_a_reconnect_the_past_is_as_it_was)
{
	struct simulated site;
	struct model *full, *late;
	struct sending totals;
	struct kept kept;
	int64_t begin;
	size_t count;

	simulated_open(&site);
	simulated_run(&site, 180);
	full = site.model;
	kept = written(&(struct samples_of){ FOLDER, model_samples_clock(full) }, samples, samples_of_model(full));
	late = site.model = model_new(NULL); /* the logs have rolled, and somebody else comes */
	begin = sim_now(site.sim);
	simulated_run(&site, 30);
	totals = model_sending(late);
	count = samples_read(&(struct samples_of){ FOLDER, model_samples_clock(late) }, text_of(&kept), read_back);
	ck_assert_uint_ge(count, 36);
	ck_assert_ptr_null(model_sample(late, 10));
	ck_assert(model_restore(late, read_back, count));
	ck_assert_ptr_null(model_check(late));
	totals_are_the_same(late, &totals);
	for (size_t i = 0, k = 0; model_sample(late, i); i++) {
		const struct sample *sample = model_sample(late, i);

		while (k < count && read_back[k].at > sample->at)
			k++;
		if (sample->at + SAMPLE_SPAN <= begin)
			ck_assert(k < count && same(sample, &read_back[k]));
		ck_assert_uint_le(sample->covered, SAMPLE_SPAN);
	}
	ck_assert_int_eq(model_sample(late, 0)->at, model_newest(late) - model_newest(late) % SAMPLE_SPAN);
	ck_assert_ptr_nonnull(model_sample(late, 40));
	simulated_run(&site, 30); /* and it goes on */
	ck_assert_ptr_nonnull(model_sample(late, 46));
	kept_free(&kept);
	model_free(full);
	simulated_close(&site);
}
END_TEST

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

START_TEST(nothing_is_restored_before_the_first_record)
{
	ck_assert(model_restore(s.model, samples, samples_of_all(samples, 20)));
	ck_assert_ptr_null(model_sample(s.model, 0));
}
END_TEST

START_TEST(the_five_minutes_that_still_run_go_on_from_what_was_kept)
{
	struct sample now;

	s.at = START + 2 * WHEN_MINUTE;
	record(&s, 1, "Checking for sending capacity. Used 0 out of 2.");
	s.at = START + 3 * WHEN_MINUTE;
	record(&s, 1, "No (more) send requests found to process");
	now = (struct sample){ .at = START,
		               .covered = 170000,
		               .sender_covered = 170000,
		               .done = 8,
		               .capacity = 2,
		               .used_most = 1,
		               .slot_time = 1000,
		               .known = 170000 };
	ck_assert(model_restore(s.model, &now, 1));
	ck_assert_uint_eq(model_sample(s.model, 0)->done, 8);
	ck_assert_uint_eq(model_sending(s.model).done, 0);
	s.at = START + 5 * WHEN_MINUTE - 1000;
	record(&s, 1, "No (more) send requests found to process");
	ck_assert_uint_eq(model_sample(s.model, 0)->covered, 170000 + 119000);
	ck_assert_uint_eq(model_sample(s.model, 0)->done, 8);
	ck_assert_ptr_null(model_sample(s.model, 1));
}
END_TEST

START_TEST(one_that_tells_of_more_than_has_passed_is_dropped)
{
	struct sample now = { .at = START, .covered = 181000, .sender_covered = 181000, .done = 8 };

	s.at = START + 2 * WHEN_MINUTE;
	record(&s, 1, "Checking for sending capacity. Used 0 out of 2.");
	s.at = START + 3 * WHEN_MINUTE;
	record(&s, 1, "No (more) send requests found to process");
	ck_assert(model_restore(s.model, &now, 1));
	ck_assert_uint_eq(model_sample(s.model, 0)->done, 0);
}
END_TEST

START_TEST(points_are_of_running_time_and_kept_as_the_server_writes_it)
{
	const struct samples_of before = { FOLDER, { 0, true } }, set_back = { FOLDER, { WHEN_HOUR, true } };
	struct kept kept = written(&set_back, samples, samples_of_all(samples, 12));
	int64_t at = samples[0].at;
	size_t count;

	count = samples_read(&set_back, text_of(&kept), read_back); /* the same run */
	ck_assert_uint_eq(count, 12);
	for (size_t i = 0; i < count; i++)
		ck_assert(same(&read_back[i], &samples[i]));
	count = samples_read(&before, text_of(&kept), read_back); /* one that never saw the clock being set */
	ck_assert_uint_eq(count, 12);
	ck_assert_int_eq(read_back[0].at, at - WHEN_HOUR);
	kept_free(&kept);
}
END_TEST

START_TEST(what_waits_is_unknown_until_somebody_tells_it)
{
	record(&s, 1, "Checking for sending capacity. Used 0 out of 2.");
	ck_assert_int_eq(model_sample(s.model, 0)->waiting_source, WAITING_UNKNOWN);
	ck_assert_uint_eq(model_sample(s.model, 0)->distmgr_covered, 0);
	record_due(&s, "PS100039", "PS1");
	s.at += WHEN_MINUTE;
	record(&s, 1, "No (more) send requests found to process");
	ck_assert_int_eq(model_sample(s.model, 0)->waiting_source, WAITING_COUNTED);
	ck_assert_uint_eq(model_sample(s.model, 0)->waiting, 1);
	ck_assert_uint_lt(model_sample(s.model, 0)->distmgr_covered, model_sample(s.model, 0)->sender_covered);
}
END_TEST

static Suite *
suite(void)
{
	Suite *all = suite_create("sample_text");
	TCase *text = tcase_create("text"), *joined = tcase_create("joined"), *model = tcase_create("model");

	tcase_add_test(text, seven_days_come_back_as_they_were_written);
	tcase_add_test(text, the_largest_figures_stay_within_the_bound_and_the_newest_points_are_kept);
	tcase_add_test(text, no_point_is_a_text_too);
	tcase_add_test(text, cut_anywhere_what_is_left_whole_is_read);
	tcase_add_test(text, a_spoiled_byte_costs_its_own_line_and_no_other);
	tcase_add_test(text, anything_else_is_no_point);
	tcase_add_test(text, samples_of_another_folder_or_another_clock_are_not_ours);
	tcase_add_test(text, points_are_of_running_time_and_kept_as_the_server_writes_it);
	tcase_add_test(text, what_stands_there_twice_or_out_of_order_is_read_once);
	tcase_add_test(text, figures_that_cannot_be_are_not_believed);
	tcase_add_test(text, a_folder_may_have_any_name);
	suite_add_tcase(all, text);

	tcase_add_test(joined, samples_are_kept_from_before_the_logs_begin);
	tcase_add_test(joined, who_has_read_more_of_a_log_tells_of_it);
	tcase_add_test(joined, a_list_of_what_waits_is_better_than_a_count_and_a_count_than_nothing);
	tcase_add_test(joined, what_lies_ahead_or_too_far_back_is_dropped);
	tcase_add_test(joined, never_more_than_seven_days_are_kept);
	suite_add_tcase(all, joined);

	tcase_add_checked_fixture(model, open_log, close_log);
	tcase_add_test(model, after_a_reconnect_the_past_is_as_it_was);
	tcase_add_test(model, nothing_is_restored_before_the_first_record);
	tcase_add_test(model, the_five_minutes_that_still_run_go_on_from_what_was_kept);
	tcase_add_test(model, one_that_tells_of_more_than_has_passed_is_dropped);
	tcase_add_test(model, what_waits_is_unknown_until_somebody_tells_it);
	suite_add_tcase(all, model);
	return all;
}

int
main(void)
{
	return run_suite(suite());
}
