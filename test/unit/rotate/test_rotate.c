/*
 * Each way of rolling over, one after the other, on a file system of this
 * machine and on a share.
 */
#include "run_suite.h"
#include "rotate_world.h"

static const size_t chunks[] = { 1, 7, 100, 4096 };

/* Runs a way of rolling over on both kinds of file systems, with reads of several sizes. */
static void
everywhere(void (*way)(struct world *world))
{
	for (int local = 0; local < 2; local++)
		for (size_t c = 0; c < sizeof(chunks) / sizeof(*chunks); c++)
			for (int wild = 0; wild < 2 - local; wild++) {
				struct world *world = world_new(local, true, chunks[c]);

				world->wild_inodes = wild;
				world->counts = c % 2;
				way(world);
				world_free(world);
			}
}

static void
write_lines(struct world *world, int file, int count)
{
	while (count-- > 0)
		write_line(world, file);
}

static void
begin(struct world *world)
{
	create_log(world);
	write_lines(world, world->log, 5);
	poke(world, 1000);
}

static void
appended(struct world *world)
{
	begin(world);
	all_told(world);
	write_lines(world, world->log, 3);
	poke(world, 1000);
	all_told(world);
	write_to(world, world->log, "half a li", 9);
	poke(world, 1000);
	write_to(world, world->log, "ne\r\n", 4);
	poke(world, 1000);
	all_told(world);
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 0);
}

START_TEST(what_is_appended_is_told) { everywhere(appended); }
END_TEST

static void
previous_first(struct world *world)
{
	create_log(world);
	write_lines(world, world->log, 10);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 4);
	poke(world, 1000);
	all_told(world);
	ck_assert_uint_eq(world->chapter, 1);
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 0);
	ck_assert(rotation_status(world->rotation)->caught_up);
}

START_TEST(the_previous_generation_comes_first) { everywhere(previous_first); }
END_TEST

START_TEST(the_previous_generation_can_be_left_out)
{
	struct world *world = world_new(true, false, 100);

	create_log(world);
	write_lines(world, world->log, 3);
	world->written[0].size = 0;
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 3);
	poke(world, 1000);
	all_told(world);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 3);
	poke(world, 1000);
	all_told(world);
	world_free(world);
}
END_TEST

/* What is skipped counts as told. */
static void
begun_late(struct world *world, uint64_t context)
{
	size_t skipped;

	rotation_begin_late(world->rotation, context);
	create_log(world);
	write_lines(world, world->log, 20);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 10);
	for (int i = 1; i >= 0; i--) {
		skipped = world->written[i].size > context ? world->written[i].size - context : 0;
		context -= world->written[i].size - skipped;
		text_put(&world->told[i], world->written[i].at, skipped);
	}
	poke(world, 1000);
	all_told(world);
	ck_assert(rotation_status(world->rotation)->caught_up);
	write_lines(world, world->log, 3);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 2);
	poke(world, 1000);
	all_told(world);
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 1);
	ck_assert_uint_eq(world->gaps, 0);
}

static void
within_the_log(struct world *world)
{
	begun_late(world, 700);
}
static void
within_the_previous(struct world *world)
{
	begun_late(world, 3000);
}
static void
before_it_all(struct world *world)
{
	begun_late(world, 100000);
}

START_TEST(the_end_alone_can_be_told_and_all_that_follows)
{
	everywhere(within_the_log);
	everywhere(within_the_previous);
	everywhere(before_it_all);
}
END_TEST

START_TEST(what_is_left_at_the_start_is_known_before_anything_is_told)
{
	struct world *world = world_new(true, true, 1);
	struct look look;
	struct seen seen;
	struct news news;
	uint64_t all;

	create_log(world);
	write_lines(world, world->log, 4);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 4);
	all = world->written[0].size + world->written[1].size;
	while (world->told[0].size == 0 && rotation_wants(world->rotation, &look)) {
		see(world, &look, &seen);
		rotation_answer(world->rotation, world->now, &seen);
		while (rotation_next(world->rotation, &news))
			take_news(world, &news);
	}
	ck_assert_uint_eq(rotation_status(world->rotation)->left, all - 1);
	poke(world, 1000);
	ck_assert_uint_eq(rotation_status(world->rotation)->left, 0);
	world_free(world);
}
END_TEST

static void
renamed(struct world *world)
{
	begin(world);
	for (int i = 0; i < 20; i++) {
		write_lines(world, world->log, i % 3);
		rename_log(world);
		create_log(world);
		write_lines(world, world->log, 1 + i % 4);
		poke(world, 1000);
		all_told(world);
	}
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 20);
	ck_assert_uint_eq(world->gaps, 0);
}

START_TEST(a_renamed_log_is_read_to_its_end) { everywhere(renamed); }
END_TEST

static void
late(struct world *world)
{
	begin(world);
	for (int i = 0; i < 10; i++) {
		write_lines(world, world->log, 2);
		rename_log(world);
		create_log(world);
		poke(world, 100);
		write_lines(world, world->previous, 1);
		poke(world, 100);
		write_lines(world, world->log, 3);
		poke(world, 100);
		write_lines(world, world->previous, 2);
		poke(world, 100);
		all_told(world);
	}
}

START_TEST(late_writes_to_a_renamed_log_are_told) { everywhere(late); }
END_TEST

static void
late_half(struct world *world)
{
	begin(world);
	write_to(world, world->log, "half a li", 9);
	poke(world, 100);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 2);
	poke(world, 100);
	ck_assert_uint_eq(world->chapter, 0);
	write_to(world, world->previous, "ne\r\n", 4);
	poke(world, 100);
	ck_assert_uint_eq(world->chapter, 1);
	all_told(world);
}

START_TEST(a_line_cut_by_the_roll_over_is_waited_for) { everywhere(late_half); }
END_TEST

static void
copied(struct world *world)
{
	begin(world);
	for (int i = 0; i < 10; i++) {
		write_lines(world, world->log, i % 3);
		copy_log(world, i % 2);
		poke(world, 100);
		empty_log(world);
		if (i % 4 > 1)
			poke(world, 100);
		write_lines(world, world->log, 1 + i);
		poke(world, 100);
		all_told(world);
	}
	settle(world);
	all_told(world);
	ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 0);
}

START_TEST(a_copied_and_truncated_log_is_read_to_its_end) { everywhere(copied); }
END_TEST

static void
copied_unseen(struct world *world)
{
	begin(world);
	for (int i = 0; i < 10; i++) {
		write_lines(world, world->log, 3);
		copy_log(world, i % 2);
		empty_log(world);
		write_lines(world, world->log, 20);
		poke(world, 100);
		all_told(world);
	}
}

START_TEST(a_log_copied_and_regrown_between_two_looks_is_noticed) { everywhere(copied_unseen); }
END_TEST

static void
truncated(struct world *world)
{
	begin(world);
	empty_log(world);
	write_lines(world, world->log, 20);
	poke(world, 100);
	settle(world);
	ck_assert_uint_eq(told_once(world), 0);
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 1);
	ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 1);
	ck_assert_uint_eq(rotation_status(world->rotation)->missed, 0);
}

START_TEST(a_log_truncated_and_regrown_is_told_from_its_start) { everywhere(truncated); }
END_TEST

static void
recreated(struct world *world)
{
	begin(world);
	for (int i = 0; i < 5; i++) {
		delete_log(world);
		if (i % 2)
			poke(world, 100);
		create_log(world);
		if (i % 3)
			poke(world, 100);
		write_lines(world, world->log, 4);
		poke(world, 100);
		all_told(world);
	}
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 5);
}

START_TEST(a_deleted_and_recreated_log_is_told_from_its_start) { everywhere(recreated); }
END_TEST

START_TEST(what_a_held_file_got_before_it_was_deleted_is_told)
{
	struct world *world = world_new(true, true, 100);

	begin(world);
	write_lines(world, world->log, 3);
	delete_log(world);
	poke(world, 100);
	all_told(world);
	create_log(world);
	write_lines(world, world->log, 3);
	poke(world, 100);
	all_told(world);
	ck_assert_uint_eq(world->gaps, 0);
	world_free(world);
}
END_TEST

static void
later(struct world *world)
{
	begin(world);
	write_lines(world, world->log, 2);
	rename_log(world);
	poke(world, 100);
	all_told(world);
	ck_assert_int_eq(rotation_status(world->rotation)->as, SEEN_ABSENT);
	write_lines(world, world->previous, 1);
	poke(world, 5000);
	all_told(world);
	create_log(world);
	poke(world, 100);
	write_lines(world, world->log, 2);
	poke(world, 100);
	all_told(world);
}

START_TEST(a_log_may_be_gone_for_seconds) { everywhere(later); }
END_TEST

static void
waited_for(struct world *world)
{
	poke(world, 100);
	ck_assert(rotation_status(world->rotation)->caught_up);
	ck_assert_int_eq(rotation_status(world->rotation)->as, SEEN_ABSENT);
	create_log(world);
	poke(world, 100);
	write_lines(world, world->log, 2);
	poke(world, 100);
	all_told(world);
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 0);
}

START_TEST(a_log_that_does_not_exist_is_waited_for) { everywhere(waited_for); }
END_TEST

static void
twice(struct world *world)
{
	begin(world);
	write_lines(world, world->log, 2);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 7);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 2);
	poke(world, 100);
	if (world->local) {
		all_told(world);
		ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 0);
	} else {
		ck_assert_uint_gt(told_once(world), 0);
		ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 1);
		ck_assert_uint_eq(rotation_status(world->rotation)->missed, 0);
	}
}

START_TEST(two_roll_overs_between_two_looks_lose_nothing_or_say_so) { everywhere(twice); }
END_TEST

static void
thrice(struct world *world)
{
	begin(world);
	for (int i = 0; i < 3; i++) {
		rename_log(world);
		create_log(world);
		write_lines(world, world->log, 7);
	}
	poke(world, 100);
	ck_assert_uint_gt(told_once(world), 0);
	ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 1);
}

/* The log comes, is written and goes between two looks, and no name of it stays. */
static void
live_unseen(struct world *world)
{
	create_log(world);
	write_lines(world, world->log, 3);
	delete_log(world);
}

START_TEST(a_generation_that_came_and_went_unseen_is_told_as_a_gap)
{
	for (int renamed = 0; renamed < 2; renamed++) {
		struct world *world = world_new(true, true, 100);

		world->counts = true;
		begin(world);
		if (renamed)
			rename_log(world);
		else
			delete_log(world);
		live_unseen(world);
		create_log(world);
		write_lines(world, world->log, 2);
		poke(world, 100);
		ck_assert_uint_gt(told_once(world), 0);
		ck_assert_uint_eq(world->silent, 0);
		ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 1);
		ck_assert_uint_eq(rotation_status(world->rotation)->missed, 0);
		world_free(world);
	}
}
END_TEST

START_TEST(one_that_was_gone_before_the_first_was_seen_is_told_too)
{
	struct world *world = world_new(true, true, 100);

	world->counts = true;
	poke(world, 100);
	live_unseen(world);
	poke(world, 100);
	create_log(world);
	write_lines(world, world->log, 2);
	poke(world, 100);
	ck_assert_uint_gt(told_once(world), 0);
	ck_assert_uint_eq(world->silent, 0);
	ck_assert_uint_eq(world->gaps, 1);
	world_free(world);
}
END_TEST

START_TEST(a_count_that_begins_anew_is_a_gap_only_where_another_log_is_found)
{
	struct world *world = world_new(true, true, 100);

	world->counts = true;
	world->create_watch = 1000;
	begin(world);
	for (unsigned rolled = 0; rolled < 2; rolled++) {
		world->counts = false;
		if (rolled) {
			rename_log(world);
			create_log(world);
		}
		write_lines(world, world->log, 1);
		poke(world, 100);
		world->counts = true;
		world->create_watch = 5000 - 4000 * rolled;
		poke(world, 100);
		rename_log(world);
		create_log(world);
		write_lines(world, world->log, 1);
		poke(world, 100);
		all_told(world);
		ck_assert_uint_eq(world->gaps, rolled);
	}
	world_free(world);
}
END_TEST

/* The folder was there, local and empty, while the share was not mounted on it. */
START_TEST(a_share_that_is_mounted_again_is_no_gap)
{
	struct world *world = world_new(false, true, 100);

	world->counts = true;
	begin(world);
	for (int i = 0; i < 3; i++) {
		int log = world->log;

		world->local = true;
		world->log = -1;
		poke(world, 1000);
		poke(world, 1000);
		world->local = false;
		world->log = log;
		rename_log(world);
		create_log(world);
		write_lines(world, world->log, 2);
		poke(world, 1000);
		poke(world, 1000);
		all_told(world);
		ck_assert_uint_eq(world->gaps, 0);
	}
	world_free(world);
}
END_TEST

START_TEST(a_log_gone_for_hours_is_the_next_generation_when_it_comes)
{
	for (int local = 0; local < 2; local++) {
		struct world *world = world_new(local, true, 100);

		world->counts = local;
		begin(world);
		rename_log(world);
		for (int i = 0; i < 100; i++)
			poke(world, 240000);
		create_log(world);
		write_lines(world, world->log, 3);
		poke(world, 1000);
		all_told(world);
		ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 1);
		ck_assert_uint_eq(world->gaps, 0);
		world_free(world);
	}
}
END_TEST

/* Every generation begins with the same line: one that fits into a fingerprint, or one that fills it. */
static void
with_banner(void (*way)(struct world *world), bool local)
{
	static const size_t banners[] = { 60, 200, 511, 512, 900, 4095, 4096, 7000 };

	for (size_t b = 0; b < sizeof(banners) / sizeof(*banners); b++) {
		struct world *world = world_new(local, true, 300);

		world->counts = true;
		world->banner = banners[b];
		way(world);
		world_free(world);
	}
}

/* Most of them with other sizes than the one before. */
static void
renamed_alike(struct world *world)
{
	begin(world);
	for (int i = 0; i < 12; i++) {
		write_lines(world, world->log, i % 3);
		rename_log(world);
		create_log(world);
		if (i % 2)
			poke(world, 100);
		write_lines(world, world->log, 2 + (i * 5) % 7);
		poke(world, 100);
		settle(world);
		all_told(world);
	}
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 12);
	ck_assert_uint_eq(world->gaps, 0);
}

START_TEST(generations_that_begin_alike_are_told_apart)
{
	with_banner(renamed_alike, true);
	with_banner(renamed_alike, false);
}
END_TEST

static void
emptied_alike(struct world *world)
{
	begin(world);
	empty_log(world);
	write_lines(world, world->log, 20);
	poke(world, 100);
	settle(world);
	ck_assert_uint_eq(told_once(world), 0);
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 1);
	ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 1);
}

START_TEST(a_log_regrown_past_the_place_read_up_to_is_told_from_its_start_though_it_begins_alike)
{
	with_banner(emptied_alike, true);
	with_banner(emptied_alike, false);
}
END_TEST

/* Six gigabytes of the same line, in a file that cannot be held. */
static void
see_huge(const struct look *look, const char *lines, size_t lines_size, uint64_t size, struct seen *seen)
{
	uint64_t left = look->offset < size ? size - look->offset : 0;

	*seen = (struct seen){ .as = SEEN_FILE, .slot = -1, .device = 1, .inode = 1, .size = size, .age = -1 };
	seen->head_size = ROTATION_HEAD;
	memcpy(seen->head, lines, ROTATION_HEAD);
	seen->data = lines + look->offset % 64;
	seen->data_size = left < look->want ? (size_t)left : look->want;
	ck_assert_uint_le(look->offset % 64 + seen->data_size, lines_size);
}

START_TEST(offsets_pass_four_gigabytes)
{
	enum { CHUNK = 64 << 20, LINES = CHUNK + 1024 };
	const uint64_t size = (uint64_t)6 << 30;
	char *lines = malloc(LINES);
	struct rotation *rotation = rotation_new(false, CHUNK);
	uint64_t told = 0;
	struct look look;
	struct seen seen;
	struct news news;

	for (size_t i = 0; i < LINES; i++)
		lines[i] = i % 64 == 63 ? '\n' : (char)('0' + i % 64);
	while (told < size && rotation_wants(rotation, &look)) {
		see_huge(&look, lines, LINES, size, &seen);
		if (look.place == LOOK_PREVIOUS)
			seen.as = SEEN_ABSENT;
		rotation_answer(rotation, 1000, &seen);
		while (rotation_next(rotation, &news)) {
			ck_assert_uint_eq(news.offset, told);
			told += news.size;
		}
	}
	ck_assert_uint_eq(told, size);
	ck_assert_uint_eq(rotation_status(rotation)->bytes, size);
	rotation_free(rotation);
	free(lines);
}
END_TEST

START_TEST(three_roll_overs_between_two_looks_are_never_silent) { everywhere(thrice); }
END_TEST

/* The newest generation turns up while the oldest is being read. */
static void
roll_once(struct world *world)
{
	if (world->looks == world->fault_for) {
		rename_log(world);
		create_log(world);
		write_line(world, world->log);
	}
}

START_TEST(the_previous_generation_may_be_replaced_while_it_is_read)
{
	for (unsigned at = 0; at < 40; at++) {
		struct world *world = world_new(true, true, 100);

		world->fault_for = at;
		create_log(world);
		write_lines(world, world->log, 6);
		rename_log(world);
		create_log(world);
		write_lines(world, world->log, 6);
		world->before = roll_once;
		poke(world, 100);
		poke(world, 100);
		if (at > 1) /* before, X.lo_ was gone when it was first looked at */
			all_told(world);
		else
			told_once(world);
		world_free(world);
	}
}
END_TEST

START_TEST(bytes_lost_on_a_share_are_counted_where_their_number_is_known)
{
	struct world *world = world_new(false, true, 100);
	uint64_t lost;

	create_log(world);
	write_lines(world, world->log, 6);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 6);
	world->fault_for = 3;
	world->before = roll_once;
	poke(world, 100);
	lost = told_once(world);
	ck_assert_uint_gt(lost, 0);
	ck_assert_uint_eq(rotation_status(world->rotation)->missed, lost);
	ck_assert_uint_eq(world->missed, lost);
	world_free(world);
}
END_TEST

static void
cut_off(struct world *world)
{
	begin(world);
	write_lines(world, world->log, 5);
	poke(world, 100);
	world->file[world->log].text.size = 600;
	settle(world);
	write_lines(world, world->log, 2);
	settle(world);
	ck_assert_uint_eq(world->chapter, 1);
	ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 1);
}

START_TEST(what_is_left_of_a_log_cut_off_is_not_told_again)
{
	for (int local = 0; local < 2; local++) {
		struct world *world = world_new(local, true, 4096);

		/* The offsets of what follows do not begin at 0: that is the point. */
		world->told[1].size = 600;
		world->told[1].room = 0;
		cut_off(world);
		ck_assert_uint_gt(world->told[1].size, 600);
		world_free(world);
	}
}
END_TEST

START_TEST(an_old_size_is_not_taken_for_a_truncation)
{
	struct world *world = world_new(false, true, 100);

	begin(world);
	for (unsigned i = 0; i < 50; i++) {
		world->fault = FAULT_STALE;
		world->fault_at = world->looks;
		world->fault_for = 2;
		poke(world, 1000);
		write_lines(world, world->log, 1);
		poke(world, 1000);
	}
	world->fault_at = ~0u;
	poke(world, 1000);
	all_told(world);
	ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 0);
	world_free(world);
}
END_TEST

START_TEST(nuls_where_bytes_have_not_arrived_are_waited_out)
{
	struct world *world = world_new(false, true, 100000);

	begin(world);
	write_lines(world, world->log, 5);
	world->fault = FAULT_NULS;
	world->fault_at = world->looks;
	world->fault_for = 3;
	poke(world, 1000);
	poke(world, 1000);
	poke(world, 1000);
	poke(world, 1000);
	all_told(world);
	world_free(world);
}
END_TEST

START_TEST(nuls_that_stay_are_told_in_the_end)
{
	static const char nuls[300];
	struct world *world = world_new(true, true, 100);

	begin(world);
	write_to(world, world->log, nuls, sizeof(nuls));
	poke(world, 100);
	ck_assert_uint_lt(world->told[0].size, world->written[0].size);
	settle(world);
	all_told(world);
	world_free(world);
}
END_TEST

START_TEST(a_folder_mounted_anew_is_the_same_folder)
{
	for (int local = 0; local < 2; local++) {
		struct world *world = world_new(local, true, 100);
		int log, previous;

		create_log(world);
		write_lines(world, world->log, 6);
		rename_log(world);
		create_log(world);
		write_lines(world, world->log, 6);
		poke(world, 100);
		log = world->log;
		previous = world->previous;
		world->log = world->previous = -1;
		poke(world, 100);
		ck_assert_int_eq(rotation_status(world->rotation)->as, SEEN_ABSENT);
		world->device++;
		world->log = log;
		world->previous = previous;
		write_lines(world, world->log, 2);
		poke(world, 100);
		all_told(world);
		ck_assert_uint_eq(rotation_status(world->rotation)->rollovers, 0);
		world_free(world);
	}
}
END_TEST

START_TEST(nothing_is_held_on_a_share_and_three_files_at_most_elsewhere)
{
	for (int local = 0; local < 2; local++) {
		struct world *world = world_new(local, true, 100);
		int held = 0;

		begin(world);
		for (int i = 0; i < 30; i++) {
			rename_log(world);
			create_log(world);
			write_lines(world, world->log, 4);
			poke(world, 100);
		}
		poke(world, 100);
		for (int s = 0; s < ROTATION_SLOTS; s++)
			held += world->held[s] >= 0;
		ck_assert_int_eq(held, local ? 2 : 0);
		world_free(world);
	}
}
END_TEST

START_TEST(progress_goes_from_nothing_to_all)
{
	struct world *world = world_new(true, true, 100);
	int before = 0;

	create_log(world);
	write_lines(world, world->log, 6);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 6);
	rotation_poke(world->rotation, world->now);
	while (look_once(world)) {
		ck_assert_int_ge(rotation_status(world->rotation)->progress, before);
		before = rotation_status(world->rotation)->progress;
	}
	ck_assert_int_eq(before, 100);
	world_free(world);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("rotate");
	TCase *c = tcase_create("rotate");

	tcase_add_test(c, what_is_appended_is_told);
	tcase_add_test(c, the_previous_generation_comes_first);
	tcase_add_test(c, the_previous_generation_can_be_left_out);
	tcase_add_test(c, the_end_alone_can_be_told_and_all_that_follows);
	tcase_add_test(c, what_is_left_at_the_start_is_known_before_anything_is_told);
	tcase_add_test(c, a_renamed_log_is_read_to_its_end);
	tcase_add_test(c, late_writes_to_a_renamed_log_are_told);
	tcase_add_test(c, a_line_cut_by_the_roll_over_is_waited_for);
	tcase_add_test(c, a_copied_and_truncated_log_is_read_to_its_end);
	tcase_add_test(c, a_log_copied_and_regrown_between_two_looks_is_noticed);
	tcase_add_test(c, a_log_truncated_and_regrown_is_told_from_its_start);
	tcase_add_test(c, a_deleted_and_recreated_log_is_told_from_its_start);
	tcase_add_test(c, what_a_held_file_got_before_it_was_deleted_is_told);
	tcase_add_test(c, a_log_may_be_gone_for_seconds);
	tcase_add_test(c, a_log_that_does_not_exist_is_waited_for);
	tcase_add_test(c, two_roll_overs_between_two_looks_lose_nothing_or_say_so);
	tcase_add_test(c, a_generation_that_came_and_went_unseen_is_told_as_a_gap);
	tcase_add_test(c, one_that_was_gone_before_the_first_was_seen_is_told_too);
	tcase_add_test(c, a_count_that_begins_anew_is_a_gap_only_where_another_log_is_found);
	tcase_add_test(c, a_share_that_is_mounted_again_is_no_gap);
	tcase_add_test(c, a_log_gone_for_hours_is_the_next_generation_when_it_comes);
	tcase_add_test(c, generations_that_begin_alike_are_told_apart);
	tcase_add_test(c, a_log_regrown_past_the_place_read_up_to_is_told_from_its_start_though_it_begins_alike);
	tcase_add_test(c, offsets_pass_four_gigabytes);
	tcase_add_test(c, three_roll_overs_between_two_looks_are_never_silent);
	tcase_add_test(c, the_previous_generation_may_be_replaced_while_it_is_read);
	tcase_add_test(c, bytes_lost_on_a_share_are_counted_where_their_number_is_known);
	tcase_add_test(c, what_is_left_of_a_log_cut_off_is_not_told_again);
	tcase_add_test(c, an_old_size_is_not_taken_for_a_truncation);
	tcase_add_test(c, nuls_where_bytes_have_not_arrived_are_waited_out);
	tcase_add_test(c, nuls_that_stay_are_told_in_the_end);
	tcase_add_test(c, a_folder_mounted_anew_is_the_same_folder);
	tcase_add_test(c, nothing_is_held_on_a_share_and_three_files_at_most_elsewhere);
	tcase_add_test(c, progress_goes_from_nothing_to_all);
	suite_add_tcase(s, c);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
