/*
 * The rotation with something going wrong, or the log rolling over, at each look of
 * each story; and stories made up by rng, compared with what was written.
 */
#include "run_suite.h"
#include "rotate_world.h"

static void
write_lines(struct world *world, int file, unsigned count)
{
	while (file >= 0 && count-- > 0)
		write_line(world, file);
}

/* Rolls by renaming and by copying, with late writes, pauses and an absence. */
static void
story(struct world *world)
{
	create_log(world);
	write_lines(world, world->log, 6);
	rename_log(world);
	create_log(world);
	write_lines(world, world->log, 6);
	settle(world);
	write_lines(world, world->log, 3);
	rename_log(world);
	create_log(world);
	poke(world, 100);
	write_lines(world, world->previous, 2);
	write_lines(world, world->log, 2);
	settle(world);
	write_lines(world, world->log, 3);
	copy_log(world, true);
	poke(world, 100);
	empty_log(world);
	poke(world, 100);
	write_lines(world, world->log, 9);
	settle(world);
	write_to(world, world->log, "half a li", 9);
	poke(world, 100);
	rename_log(world);
	poke(world, 100);
	write_to(world, world->previous, "ne\r\n", 4);
	create_log(world);
	write_lines(world, world->log, 1);
	settle(world);
}

static void
survives(bool local, enum fault fault, unsigned for_looks)
{
	unsigned looks = 1;

	for (unsigned at = 0; at < looks; at++) {
		struct world *world = world_new(local, true, 150);

		world->fault = fault;
		world->fault_at = at;
		world->fault_for = for_looks;
		story(world);
		settle(world);
		looks = world->looks;
		all_told(world);
		ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 0);
		ck_assert(rotation_status(world->rotation)->caught_up);
		world_free(world);
	}
}

START_TEST(a_disk_error_at_any_look_loses_nothing)
{
	for (unsigned looks = 1; looks < 8; looks += 3) {
		survives(true, FAULT_EIO, looks);
		survives(false, FAULT_EIO, looks);
	}
}
END_TEST

START_TEST(a_refusal_at_any_look_loses_nothing)
{
	for (unsigned looks = 1; looks < 8; looks += 3) {
		survives(true, FAULT_DENIED, looks);
		survives(false, FAULT_DENIED, looks);
	}
}
END_TEST

START_TEST(an_old_size_at_any_look_loses_nothing)
{
	for (unsigned looks = 1; looks < 4; looks += 2)
		survives(false, FAULT_STALE, looks);
}
END_TEST

START_TEST(a_new_size_before_its_bytes_at_any_look_loses_nothing)
{
	for (unsigned looks = 1; looks < 4; looks += 2) {
		survives(false, FAULT_NULS, looks);
		survives(true, FAULT_NULS, looks);
	}
}
END_TEST

static unsigned roll_at[2];

static void
roll_by_renaming(struct world *world)
{
	for (int i = 0; i < 2; i++)
		if (world->looks == roll_at[i]) {
			write_lines(world, world->log, 2);
			rename_log(world);
			create_log(world);
			write_lines(world, world->log, (unsigned)i);
			write_lines(world, world->previous, 1);
		}
}

START_TEST(two_roll_overs_at_any_two_looks_lose_nothing)
{
	for (roll_at[0] = 3; roll_at[0] < 30; roll_at[0]++)
		for (roll_at[1] = roll_at[0]; roll_at[1] < 30; roll_at[1]++) {
			struct world *world = world_new(true, true, 200);

			create_log(world);
			write_lines(world, world->log, 3);
			world->before = roll_by_renaming;
			for (int i = 0; i < 12; i++) {
				poke(world, 100);
				write_lines(world, world->log, 1);
			}
			settle(world);
			all_told(world);
			ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 0);
			world_free(world);
		}
}
END_TEST

/* One step at each of these looks: the copy in two halves, the emptying, the first line. */
static void
roll_by_copying(struct world *world)
{
	if (world->looks < roll_at[0])
		return;
	switch ((world->looks - roll_at[0]) / roll_at[1]) {
	case 0:
		if (world->looks == roll_at[0]) {
			write_lines(world, world->log, 2);
			copy_log(world, true);
			world->file[world->previous].text.size /= 2;
		}
		break;
	case 1:
		if (world->looks == roll_at[0] + roll_at[1])
			copy_log(world, true);
		break;
	case 2:
		if (world->looks == roll_at[0] + 2 * roll_at[1])
			empty_log(world);
		break;
	case 3:
		if (world->looks == roll_at[0] + 3 * roll_at[1])
			write_lines(world, world->log, 30);
		break;
	}
}

START_TEST(a_copy_and_truncation_at_any_look_loses_nothing)
{
	for (int local = 0; local < 2; local++)
		for (roll_at[1] = 1; roll_at[1] < 5; roll_at[1]++)
			for (roll_at[0] = 8; roll_at[0] < 30; roll_at[0]++) {
				struct world *world = world_new(local, true, 200);

				create_log(world);
				write_lines(world, world->log, 3);
				rename_log(world);
				create_log(world);
				write_lines(world, world->log, 3);
				world->before = roll_by_copying;
				for (int i = 0; i < 50; i++)
					poke(world, 100);
				settle(world);
				all_told(world);
				world_free(world);
			}
}
END_TEST

/* ---- rng ---- */

/* As many worlds as ROTATION_SEEDS says, or so few that nobody waits for them. */
static unsigned
seeds(void)
{
	const char *wanted = getenv("ROTATION_SEEDS");

	return wanted ? (unsigned)strtoul(wanted, NULL, 10) : 150;
}

static bool
is_held(const struct world *world, int file)
{
	return file < 0 || world->file[file].holders > 0 || world->file[file].text.size == 0;
}

/* Nobody writes to a generation that is older than the previous one. */
static void
write_late(struct world *world)
{
	size_t newest = world->generations - (world->log >= 0);

	if (world->previous >= 0 && world->file[world->previous].generation + 1 == newest)
		write_line(world, world->previous);
}

/* On a local disk nothing is lost as long as no file goes that was never held. */
static void
anything_local(struct world *world)
{
	switch (rng(world, 14)) {
	case 0:
	case 1:
	case 2: write_lines(world, world->log, 1 + rng(world, 3)); break;
	case 3:
		if (world->log >= 0)
			write_to(world, world->log, "Found send request.  ID: ", rng(world, 26));
		break;
	case 4:
	case 5:
		if (world->log >= 0 && is_held(world, world->previous))
			rename_log(world);
		break;
	case 6:
		if (is_held(world, world->log))
			delete_log(world);
		break;
	case 7:
	case 8:
	case 9:
		if (world->log < 0)
			create_log(world);
		break;
	case 10:
	case 11: write_late(world); break;
	case 12: world->now += rng(world, 700); break;
	}
}

START_TEST(whatever_happens_on_a_local_disk_is_told_once)
{
	for (unsigned seed = 0; seed < seeds(); seed++) {
		struct world *world = world_new(true, true, 600 + seed);

		world->random = seed * 7919u + 1;
		world->counts = seed % 2;
		world->before = anything_local;
		for (int i = 0; i < 60; i++) {
			poke(world, 50);
			anything_local(world);
		}
		world->before = NULL;
		settle(world);
		all_told(world);
		world_free(world);
	}
}
END_TEST

static void
anything_share(struct world *world)
{
	if (rng(world, 3) == 0)
		write_lines(world, world->log, 1 + rng(world, 5));
}

/* On a share one roll-over between two rests loses nothing, and no late write may come after the next one. */
static void
one_roll(struct world *world)
{
	if (rng(world, 3) == 0 && world->log >= 0) {
		copy_log(world, rng(world, 2));
		world->before = NULL; /* what is written now will be gone */
		if (rng(world, 2))
			poke(world, 100);
		empty_log(world);
		world->before = anything_share;
		return;
	}
	rename_log(world);
	if (rng(world, 2))
		poke(world, 100);
	create_log(world);
	if (rng(world, 2))
		poke(world, 100);
	write_lines(world, world->previous, rng(world, 2));
}

START_TEST(one_roll_over_at_a_time_on_a_share_is_told_once)
{
	for (unsigned seed = 0; seed < seeds(); seed++) {
		struct world *world = world_new(false, true, 600 + seed);

		world->random = seed * 7919u + 1;
		world->reuse_inodes = seed % 2;
		world->before = anything_share;
		create_log(world);
		write_lines(world, world->log, 4);
		for (int i = 0; i < 20; i++) {
			settle(world);
			write_lines(world, world->log, rng(world, 4));
			one_roll(world);
			write_lines(world, world->log, 2 + rng(world, 9));
			poke(world, 50);
		}
		world->before = NULL;
		settle(world);
		all_told(world);
		ck_assert_uint_eq(rotation_status(world->rotation)->gaps, 0);
		world_free(world);
	}
}
END_TEST

static bool
is_seen(const struct world *world, int file)
{
	return file < 0 || world->file[file].text.size == 0 || world->file[file].arrived > 0;
}

static void
anything(struct world *world)
{
	bool unseen;

	switch (rng(world, 12)) {
	case 0:
	case 1:
	case 2: write_lines(world, world->log, 1 + rng(world, 9)); break;
	case 3:
	case 4:
		if (world->log >= 0)
			rename_log(world);
		break;
	case 5: delete_log(world); break;
	case 6:
	case 7:
	case 8:
		if (world->log < 0)
			create_log(world);
		break;
	case 9:
	case 10:
		if (world->log < 0)
			break;
		unseen = !is_seen(world, world->log);
		copy_log(world, rng(world, 2));
		write_lines(world, world->log, rng(world, 2));
		if (rng(world, 2))
			poke(world, 50);
		/* Emptied, written and deleted before it was ever seen, it would be told before its copy. */
		if (rng(world, 4) && !unseen)
			empty_log(world);
		else
			delete_log(world);
		break;
	case 11:
		if (world->log >= 0)
			empty_log(world);
		break;
	}
}

START_TEST(whatever_happens_nothing_is_told_twice_or_counted_as_lost_that_is_not)
{
	for (unsigned seed = 0; seed < seeds(); seed++) {
		struct world *world = world_new(seed % 3, true, 100 + seed % 500);
		uint64_t lost;

		world->random = seed * 7919u + 1;
		world->counts = true;
		for (int i = 0; i < 60; i++) {
			poke(world, 50);
			for (unsigned n = rng(world, 5); n > 0; n--)
				anything(world);
		}
		settle(world);
		lost = told_once(world);
		ck_assert_uint_le(rotation_status(world->rotation)->missed, lost);
		world_free(world);
	}
}
END_TEST

/*
 * The same, where every generation begins with the same lines, and a share shows
 * inodes that are used again or made up at each look: what cannot be told apart
 * may be lost, but is never told twice.
 */
static void
one_that_begins_alike(unsigned seed, size_t banner)
{
	struct world *world = world_new(seed % 3 == 1, true, 100 + seed % 500);

	world->random = seed * 7919u + 1;
	world->counts = true;
	world->banner = banner;
	world->wild_inodes = !world->local && seed % 4 == 0;
	world->reuse_inodes = seed % 4 == 2;
	for (int i = 0; i < 60; i++) {
		poke(world, 50);
		for (unsigned n = rng(world, 5); n > 0; n--)
			anything(world);
	}
	settle(world);
	ck_assert_msg(told_twice(world) == 0, "world %u, all beginning with the same %zu bytes", seed, banner);
	world_free(world);
}

START_TEST(whatever_happens_nothing_is_told_twice_though_every_generation_begins_alike)
{
	static const size_t banners[] = { 0, 60, 127, 200, 511, 900, 3000 };

	for (unsigned seed = 0; seed < seeds(); seed++)
		for (size_t i = 0; i < sizeof(banners) / sizeof(*banners); i++)
			one_that_begins_alike(seed, banners[i]);
}
END_TEST

/*
 * Nothing of it was ever seen, and no look can tell that it was there: a file
 * that was written and emptied in place between two looks, or, where create_watch are
 * not counted, written and deleted.
 */
static bool
would_vanish(const struct world *world, bool in_place)
{
	return !is_seen(world, world->log) && (in_place || !world->local);
}

static void
anything_known(struct world *world)
{
	switch (rng(world, 12)) {
	case 0:
	case 1:
	case 2:
	case 3: write_lines(world, world->log, 1 + rng(world, 9)); break;
	case 4:
	case 5:
		/* On a share an empty file is known by nothing but an inode that may be made up. */
		if (world->log >= 0 && (world->local || world->file[world->log].text.size > 0))
			rename_log(world);
		break;
	case 6:
		if (world->log >= 0 && !would_vanish(world, false))
			delete_log(world);
		break;
	case 7:
	case 8:
	case 9:
		if (world->log < 0)
			create_log(world);
		break;
	case 10:
	case 11:
		if (world->log < 0 || world->file[world->log].text.size == 0 || would_vanish(world, true))
			break;
		if (rng(world, 4))
			copy_log(world, rng(world, 2) && is_seen(world, world->previous));
		empty_log(world);
		break;
	}
}

/* Between two looks of a round as well. */
static void
anything_meanwhile(struct world *world)
{
	if (rng(world, 6) == 0)
		anything_known(world);
}

START_TEST(nothing_is_lost_in_silence)
{
	for (unsigned seed = 0; seed < seeds(); seed++) {
		struct world *world = world_new(seed % 3, true, 300 + seed % 500);

		world->random = seed * 7919u + 1;
		world->counts = true;
		create_log(world);
		write_lines(world, world->log, 1);
		poke(world, 50);
		if (seed % 3 == 1)
			world->before = anything_meanwhile;
		for (int i = 0; i < 60; i++) {
			poke(world, 50);
			for (unsigned n = rng(world, 5); n > 0; n--)
				anything_known(world);
		}
		world->before = NULL;
		settle(world);
		told_once(world);
		ck_assert_uint_eq(world->silent, 0);
		world_free(world);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("rotate_faults");
	TCase *c = tcase_create("rotate_faults");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, a_disk_error_at_any_look_loses_nothing);
	tcase_add_test(c, a_refusal_at_any_look_loses_nothing);
	tcase_add_test(c, an_old_size_at_any_look_loses_nothing);
	tcase_add_test(c, a_new_size_before_its_bytes_at_any_look_loses_nothing);
	tcase_add_test(c, two_roll_overs_at_any_two_looks_lose_nothing);
	tcase_add_test(c, a_copy_and_truncation_at_any_look_loses_nothing);
	tcase_add_test(c, whatever_happens_on_a_local_disk_is_told_once);
	tcase_add_test(c, one_roll_over_at_a_time_on_a_share_is_told_once);
	tcase_add_test(c, whatever_happens_nothing_is_told_twice_or_counted_as_lost_that_is_not);
	tcase_add_test(c, whatever_happens_nothing_is_told_twice_though_every_generation_begins_alike);
	tcase_add_test(c, nothing_is_lost_in_silence);
	suite_add_tcase(s, c);
	return s;
}

int
main(void)
{
	return run_suite(suite());
}
