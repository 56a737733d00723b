#include <stdlib.h>
#include <string.h>

#include "cmtop/sim.h"
#include "run_suite.h"

#define START INT64_C(1785430980000) /* 2026-07-30 17:03 UTC */

/* What was put: counted, and a sum that tells one text from another. */
struct seen_records {
	uint64_t bytes, records, sum;
	int64_t last;
	uint64_t due, done, wrote;
	bool broken; /* a record is not as records are */
};

static bool
holds(const char *bytes, size_t size, const char *text)
{
	return span_find((struct span){ bytes, size }, span_of(text)) < size;
}

/* "...PCK at position 1024  $$<": what a block brought, from the line itself. */
static uint64_t
block_of(const char *bytes, size_t size)
{
	struct span line = { bytes, size };
	uint64_t n;

	if (!span_skip(&line, SPAN("~Wrote ")) || !span_take_uint(&line, &n) || !holds(bytes, size, ".PCK at position"))
		return 0;
	return n;
}

static void
see_record(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct seen_records *seen = payload;
	static const char *const frames[] = { "  $$<SMS_LAN_SENDER><", "  $$<SMS_DISTRIBUTION_MANAGER><",
		                              "  $$<SMS_SCHEDULER><", "  $$<SMS_PACKAGE_TRANSFER_MANAGER><" };
	size_t i;

	seen->bytes += size;
	seen->records++;
	for (i = 0; i < size; i++)
		seen->sum = seen->sum * 1099511628211u + (unsigned char)bytes[i] + (unsigned)log;
	if (at < seen->last || span_find_last((struct span){ bytes, size }, span_of(frames[log])) == size
	    || bytes[size - 1] != '\n' || bytes[size - 2] != '\r')
		seen->broken = true;
	seen->last = at;
	if (log > SIM_DISTMGR)
		return;
	if (block_of(bytes, size) > 0 || bytes[1] == 'A') {
		seen->wrote += block_of(bytes, size);
		return;
	}
	seen->due += holds(bytes, size, "Created minijob");
	seen->done += holds(bytes, size, "Sending completed successfully");
}

static struct sim *
site(uint64_t seed)
{
	struct sim_options options = {
		.seed = seed, .start = START, .bias = 240, .all_sites = 12, .all_sites_line = true
	};

	return sim_new(&options);
}

static struct seen_records
run(struct sim *sim, int64_t minutes, int64_t step)
{
	struct seen_records seen = { 0 };
	struct sim_sink sink = { see_record, &seen };
	int64_t at;

	for (at = START; at < START + minutes * WHEN_MINUTE; at += step)
		sim_run(sim, at, &sink);
	sim_run(sim, START + minutes * WHEN_MINUTE, &sink);
	return seen;
}

START_TEST(the_same_seed_gives_the_same_bytes_however_it_is_run)
{
	struct sim *a = site(5), *b = site(5);
	struct seen_records once = run(a, 12, WHEN_HOUR), often = run(b, 12, 77);

	ck_assert_uint_gt(once.bytes, 1000000);
	ck_assert_uint_eq(once.bytes, often.bytes);
	ck_assert_uint_eq(once.sum, often.sum);
	sim_free(a);
	sim_free(b);
}
END_TEST

START_TEST(another_seed_gives_another_day)
{
	struct sim *a = site(5), *b = site(6);

	ck_assert_uint_ne(run(a, 5, WHEN_HOUR).sum, run(b, 5, WHEN_HOUR).sum);
	sim_free(a);
	sim_free(b);
}
END_TEST

START_TEST(every_record_is_a_line_with_the_frame_of_its_component)
{
	struct sim *sim = site((uint64_t)_i);

	ck_assert(!run(sim, 15, WHEN_HOUR).broken);
	sim_free(sim);
}
END_TEST

/* Counted from the lines, without the model. */
START_TEST(the_truth_is_what_the_lines_say)
{
	struct sim *sim = site((uint64_t)_i);
	struct seen_records seen = run(sim, 20, WHEN_HOUR);
	struct sim_truth truth;
	uint64_t unnamed = 0;
	size_t i;

	sim_truth(sim, &truth);
	for (i = 0; i < sim_site_count(sim); i++) {
		struct sim_site_truth site;

		sim_site_truth(sim, i, &site);
		unnamed += site.unnamed;
	}
	ck_assert_uint_ge(seen.due, 2800);
	/* A thread that has no name yet may turn out to carry no package at all. */
	ck_assert_uint_le(truth.waiting + truth.running + truth.done, seen.due + unnamed);
	ck_assert_uint_ge(truth.waiting + truth.running + truth.done, seen.due);
	ck_assert_uint_gt(seen.done, truth.done);   /* replication is sent, too, */
	ck_assert_uint_gt(seen.wrote, truth.bytes); /* and is in no figure of packages */
	ck_assert_uint_lt(seen.wrote - truth.bytes, truth.bytes / 20);
	sim_free(sim);
}
END_TEST

/* How far each send request has come, by the five digits of its id. */
enum stage { NEVER, CREATED, FOUND, CARRIED, DELETED };

struct stages {
	uint8_t of[60000];
	uint32_t found; /* by the sender's main thread, newest */
	uint64_t deleted, rows;
	bool broken;
};

static bool
request_in(const char *bytes, size_t size, const char *before, uint32_t *out)
{
	struct span line = { bytes, size };
	size_t at = span_find(line, span_of(before));
	uint32_t n = 0;
	int i;

	if (at == size)
		return false;
	line = span_from(line, at + strlen(before));
	for (i = 0; i < 5; i++)
		n = n * 36 + (uint32_t)(line.at[i] <= '9' ? line.at[i] - '0' : line.at[i] - 'A' + 10);
	*out = (n - 2 * 36 * 36 * 36 * 36) % 60000;
	return true;
}

static void
follow_stages(void *payload, enum sim_log log, int64_t at, const char *bytes, size_t size)
{
	struct stages *s = payload;
	uint32_t i;

	(void)at;
	if (log == SIM_PKGXFER || log == SIM_DISTMGR || (bytes[0] == '~' && (bytes[1] == 'A' || bytes[1] == 'W')))
		return;
	if (log == SIM_SENDER && request_in(bytes, size, "Found send request.  ID: ", &s->found)) {
		s->broken |= s->of[s->found] == NEVER || s->of[s->found] == DELETED;
		s->of[s->found] = FOUND;
	} else if (log == SIM_SENDER && holds(bytes, size, "Created sending thread")) {
		s->broken |= s->of[s->found] != FOUND;
		s->of[s->found] = CARRIED;
	} else if (log == SIM_SCHED && request_in(bytes, size, "Created new send request ID:  ", &i)) {
		s->broken |= s->of[i] != NEVER;
		s->of[i] = CREATED;
	} else if (log == SIM_SCHED && request_in(bytes, size, "Deleting send request with ID: ", &i)) {
		s->broken |= s->of[i] != CARRIED;
		s->of[i] = DELETED;
		s->deleted++;
	} else if (log == SIM_SCHED && holds(bytes, size, " JobID: ") && request_in(bytes, size, "Send Request ", &i)) {
		s->broken |= s->of[i] == NEVER || s->of[i] == DELETED;
		s->rows++;
	}
}

START_TEST(a_send_request_is_created_found_carried_and_deleted_in_this_order)
{
	struct sim *sim = site((uint64_t)_i);
	struct stages *stages = calloc(1, sizeof *stages);
	struct sim_sink sink = { follow_stages, stages };

	sim_run(sim, START + 20 * WHEN_MINUTE, &sink);
	ck_assert(!stages->broken);
	ck_assert_uint_gt(stages->deleted, 50);
	ck_assert_uint_gt(stages->rows, 500);
	free(stages);
	sim_free(sim);
}
END_TEST

START_TEST(sites_and_packages_add_up_to_the_whole)
{
	struct sim *sim = site((uint64_t)_i);
	struct sim_truth truth;
	struct sim_site_truth s, sum = { 0 };
	struct sim_package_truth p, all = { 0 };
	size_t i;

	sim_run(sim, START + 40 * WHEN_MINUTE, NULL);
	sim_truth(sim, &truth);
	for (i = 0; i < sim_site_count(sim); i++) {
		sim_site_truth(sim, i, &s);
		ck_assert_uint_le(s.used, truth.per_site);
		sum.used += s.used;
		sum.unnamed += s.unnamed;
		sum.waiting += s.waiting;
		sum.listed += s.listed;
		sum.done += s.done;
		sum.failed += s.failed;
		sum.bytes += s.bytes;
	}
	for (i = 0; i < sim_package_count(sim); i++) {
		sim_package_truth(sim, i, &p);
		all.waiting += p.waiting;
		all.listed += p.listed;
		all.running += p.running;
		all.done += p.done;
	}
	ck_assert_uint_eq(sum.used, truth.used);
	ck_assert_uint_eq(sum.waiting, truth.waiting);
	ck_assert_uint_eq(sum.listed, truth.listed);
	ck_assert_uint_eq(all.listed, truth.listed);
	ck_assert_uint_eq(sum.done, truth.done);
	ck_assert_uint_eq(sum.failed, truth.failed);
	ck_assert_uint_eq(sum.bytes, truth.bytes);
	ck_assert_uint_eq(all.done, truth.done);
	ck_assert_uint_eq(all.running + sum.unnamed, truth.running);
	ck_assert_uint_ge(all.waiting, truth.waiting);
	ck_assert_uint_le(all.waiting, truth.waiting + sum.unnamed);
	sim_free(sim);
}
END_TEST

START_TEST(no_limit_is_passed_and_a_higher_one_is_used)
{
	struct sim_options options = { .seed = 11, .start = START, .raise_after = 30 * WHEN_MINUTE, .raise_to = 50 };
	struct sim *sim = sim_new(&options);
	struct sim_truth truth;
	uint64_t before = 0, after;
	int i;

	for (i = 1; i <= 60; i++) {
		sim_run(sim, START + i * WHEN_MINUTE, NULL);
		sim_truth(sim, &truth);
		ck_assert_uint_le(truth.used, truth.all_sites);
		ck_assert_uint_le(truth.package_threads_used, truth.package_threads);
		ck_assert_uint_eq(truth.all_sites, i < 30 ? 5 : 50);
		if (i == 30)
			before = truth.bytes;
	}
	after = truth.bytes - before;
	ck_assert_uint_gt(truth.used, 40);
	ck_assert_uint_gt(after, 3 * before);
	sim_free(sim);
}
END_TEST

/* Package bytes sent in the second half of an hour. */
static uint64_t
sent_with(uint32_t slots)
{
	struct sim_options options = { .seed = 4, .start = START, .all_sites = slots };
	struct sim *sim = sim_new(&options);
	struct sim_truth half, full;

	sim_run(sim, START + 30 * WHEN_MINUTE, NULL);
	sim_truth(sim, &half);
	sim_run(sim, START + 60 * WHEN_MINUTE, NULL);
	sim_truth(sim, &full);
	sim_free(sim);
	return full.bytes - half.bytes;
}

START_TEST(beyond_a_hundred_slots_something_else_is_the_limit)
{
	uint64_t with_5 = sent_with(5), with_50 = sent_with(50), with_100 = sent_with(100), with_200 = sent_with(200);

	ck_assert_uint_gt(with_50, 5 * with_5);
	ck_assert_uint_lt(with_200, with_100 + with_100 / 5);
}
END_TEST

START_TEST(one_site_never_gets_anything_and_is_left_alone)
{
	struct sim *sim = site(1);
	struct sim_site_truth s;
	uint64_t dead = 0;
	size_t i;

	sim_run(sim, START + 90 * WHEN_MINUTE, NULL);
	for (i = 0; i < sim_site_count(sim); i++) {
		sim_site_truth(sim, i, &s);
		if (s.done > 0)
			continue;
		dead++;
		ck_assert_uint_gt(s.failed, 0);
		ck_assert_uint_gt(s.waiting, 20);
		ck_assert_uint_eq(s.bytes, 0);
		ck_assert(s.blocked);
	}
	ck_assert_uint_eq(dead, 1);
	sim_free(sim);
}
END_TEST

START_TEST(a_restart_frees_every_slot_and_loses_no_send)
{
	struct sim_options options = { .seed = 2, .start = START, .all_sites = 30, .restart_after = 20 * WHEN_MINUTE };
	struct sim *sim = sim_new(&options);
	struct sim_truth before, after;
	uint32_t least = UINT32_MAX;

	sim_run(sim, START + 20 * WHEN_MINUTE - 1, NULL);
	sim_truth(sim, &before);
	while (sim_now(sim) < START + 21 * WHEN_MINUTE) {
		sim_step(sim, NULL);
		sim_truth(sim, &after);
		least = after.used < least ? after.used : least;
	}
	ck_assert_uint_ge(before.used, 25);
	ck_assert_uint_eq(least, 0);
	ck_assert_uint_ge(after.waiting + after.running + after.done + after.failed, before.waiting + before.done);
	sim_run(sim, START + 40 * WHEN_MINUTE, NULL);
	sim_truth(sim, &after);
	ck_assert_uint_ge(after.used, 25);
	ck_assert_uint_gt(after.done, before.done);
	sim_free(sim);
}
END_TEST

START_TEST(any_number_of_sites_works)
{
	static const uint32_t sites[] = { 1, 2, 3, 14, 400, 5000 };
	struct sim_options options = { .seed = 3, .start = START, .sites = sites[_i], .all_sites = 20 };
	struct sim *sim = sim_new(&options);

	ck_assert_ptr_nonnull(sim);
	ck_assert(!run(sim, 8, WHEN_HOUR).broken);
	ck_assert_uint_le(sim_site_count(sim), sites[_i]);
	sim_free(sim);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("sim");
	TCase *c = tcase_create("sim");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, the_same_seed_gives_the_same_bytes_however_it_is_run);
	tcase_add_test(c, another_seed_gives_another_day);
	tcase_add_loop_test(c, every_record_is_a_line_with_the_frame_of_its_component, 0, 2);
	tcase_add_loop_test(c, the_truth_is_what_the_lines_say, 0, 2);
	tcase_add_loop_test(c, a_send_request_is_created_found_carried_and_deleted_in_this_order, 0, 2);
	tcase_add_loop_test(c, sites_and_packages_add_up_to_the_whole, 0, 3);
	tcase_add_test(c, no_limit_is_passed_and_a_higher_one_is_used);
	tcase_add_test(c, beyond_a_hundred_slots_something_else_is_the_limit);
	tcase_add_test(c, one_site_never_gets_anything_and_is_left_alone);
	tcase_add_test(c, a_restart_frees_every_slot_and_loses_no_send);
	tcase_add_loop_test(c, any_number_of_sites_works, 0, 6);
	suite_add_tcase(s, c);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
