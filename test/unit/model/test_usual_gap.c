/*
 * What is usual between two signs of life, in random worlds: lone pauses of any length do not
 * count, those that come again and again do, and what no longer comes is forgotten. GAP_WORLDS
 * sets how many worlds.
 */
#include "model/records/usual_gap.h"

#include <math.h>

#include "run_suite.h"

#define LEAST (60 * WHEN_SECOND)

/* How the gaps of a world come. */
enum habit { STEADY, BY_CHANCE, BURSTS, HABITS };

struct world {
	uint64_t state; /* of its chance */
	enum habit habit;
	int64_t gap;   /* milliseconds, mean */
	int64_t pause; /* between bursts */
	int burst;     /* blocks */
	int done;      /* of this burst */
	struct usual_gap gaps;
};

static uint64_t
draw(struct world *world, uint64_t n)
{
	world->state = world->state * 6364136223846793005u + 1442695040888963407u;
	return (world->state >> 33) % n;
}

static int64_t
between(struct world *world, int64_t least, int64_t most)
{
	return least + (int64_t)draw(world, (uint64_t)(most - least + 1));
}

/* Lengths are drawn by their order of magnitude. */
static int64_t
some_length(struct world *world, int64_t least, int64_t most)
{
	double part = (double)draw(world, 1u << 20) / (1u << 20);

	return (int64_t)((double)least * pow((double)most / (double)least, part));
}

static struct world
world_of(uint64_t seed)
{
	struct world world = { .state = seed * 7919 + 1 };

	world.habit = (enum habit)draw(&world, HABITS);
	world.gap = some_length(&world, 100, world.habit == STEADY ? 5 * WHEN_MINUTE : 2 * WHEN_SECOND);
	if (world.habit == BURSTS) {
		world.burst = (int)between(&world, 1, 40);
		world.pause = some_length(&world, 30 * WHEN_SECOND, WHEN_HOUR);
		if (world.burst * world.gap > world.pause / 2)
			world.burst = (int)(world.pause / 2 / world.gap) + 1;
	}
	return world;
}

static int64_t
next_gap(struct world *world)
{
	int64_t gap = between(world, world->gap * 7 / 10, world->gap * 13 / 10);

	if (world->habit == BY_CHANCE)
		gap = (int64_t)(-log((double)(draw(world, 1u << 20) + 1) / (1u << 20)) * (double)world->gap);
	if (world->habit == BURSTS && ++world->done >= world->burst) {
		world->done = 0;
		gap = between(world, world->pause * 8 / 10, world->pause * 12 / 10);
	}
	return gap > 0 ? gap : 1;
}

/* So long a silence is no stall. */
static int64_t
bound(const struct usual_gap *gaps)
{
	return 6 * gaps->usual > LEAST ? 6 * gaps->usual : LEAST;
}

/* With pauses as without them, or a little later; the pause between bursts may be known sooner with another one. */
static bool
is_as_soon(const struct world *paused, const struct world *plain)
{
	int64_t most = bound(&plain->gaps) * 3 / 2 + 30 * WHEN_SECOND;

	return bound(&paused->gaps) <= (most > 6 * plain->pause * 13 / 10 ? most : 6 * plain->pause * 13 / 10);
}

/* Goes on as it does, for so many gaps. Answers how many of these would have been told as stalls. */
static int
go_on(struct world *world, int64_t gaps)
{
	int stalls = 0;

	for (int64_t i = 0; i < gaps; i++) {
		int64_t gap = next_gap(world);

		stalls += gap > bound(&world->gaps);
		usual_gap_add(&world->gaps, gap);
	}
	return stalls;
}

static int64_t
gaps_in(const struct world *world, int64_t time)
{
	int64_t round = world->habit == BURSTS ? world->burst * world->gap + world->pause : world->gap,
		gaps = time / round * (world->habit == BURSTS ? world->burst : 1);

	return gaps > 100000 ? 100000 : gaps;
}

START_TEST(after_one_pause_of_any_length_at_any_time_a_stall_is_told_as_soon_as_without_it)
{
	for (int seed = 0; seed < asked_for("GAP_WORLDS", 3000); seed++) {
		struct world paused = world_of((uint64_t)seed), plain;
		int64_t before = between(&paused, 1, gaps_in(&paused, 6 * WHEN_HOUR) + 2),
			after = between(&paused, 0, 300), pause = some_length(&paused, WHEN_MINUTE, 10 * WHEN_HOUR);

		if (paused.habit == STEADY && pause < 3 * paused.gap)
			pause = 3 * paused.gap;
		go_on(&paused, before);
		plain = paused;
		usual_gap_add(&paused.gaps, pause);
		go_on(&plain, after);
		go_on(&paused, after);
		ck_assert_msg(is_as_soon(&paused, &plain),
		              "world %d: habit %d, gap %lld, pause %lld (%d): a pause of %lld after %lld, %lld later: "
		              "%lld and not %lld",
		              seed, (int)paused.habit, (long long)paused.gap, (long long)paused.pause, paused.burst,
		              (long long)pause, (long long)before, (long long)after, (long long)bound(&paused.gaps),
		              (long long)bound(&plain.gaps));
	}
}
END_TEST

START_TEST(pauses_of_any_length_that_are_spread_over_hours_do_not_delay_it_either)
{
	for (int seed = 0; seed < asked_for("GAP_WORLDS", 3000); seed++) {
		struct world paused = world_of((uint64_t)seed), plain;
		int pauses = (int)between(&paused, 2, 3);

		if (paused.habit == BURSTS)
			continue;
		go_on(&paused, between(&paused, 1, gaps_in(&paused, 6 * WHEN_HOUR) + 2));
		plain = paused;
		for (int i = 0; i < pauses; i++) {
			int64_t work = gaps_in(&paused, between(&paused, 20, 200) * WHEN_MINUTE) + 20;

			usual_gap_add(&paused.gaps, some_length(&paused, WHEN_MINUTE + 3 * paused.gap, 10 * WHEN_HOUR));
			go_on(&paused, work);
			go_on(&plain, work);
		}
		ck_assert_msg(is_as_soon(&paused, &plain), "world %d: habit %d, gap %lld: %d pauses: %lld and not %lld",
		              seed, (int)paused.habit, (long long)paused.gap, pauses, (long long)bound(&paused.gaps),
		              (long long)bound(&plain.gaps));
	}
}
END_TEST

START_TEST(who_goes_on_as_ever_is_not_stalled)
{
	for (int seed = 0; seed < asked_for("GAP_WORLDS", 3000); seed++) {
		struct world world = world_of((uint64_t)seed);
		int stalls;

		go_on(&world, world.habit == BURSTS ? 5 * world.burst : 5);
		stalls = go_on(&world, gaps_in(&world, 12 * WHEN_HOUR) + 20);
		ck_assert_msg(stalls == 0, "world %d: habit %d, gap %lld, pause %lld (%d): %d stalls", seed,
		              (int)world.habit, (long long)world.gap, (long long)world.pause, world.burst, stalls);
	}
}
END_TEST

START_TEST(bursts_that_are_over_are_forgotten_within_a_quarter_of_an_hour_of_work)
{
	for (int seed = 0; seed < asked_for("GAP_WORLDS", 3000); seed++) {
		struct world world = world_of((uint64_t)seed);
		int64_t work = 0;

		if (world.habit != BURSTS)
			continue;
		go_on(&world, gaps_in(&world, 12 * WHEN_HOUR) + 1);
		world.habit = STEADY;
		while (work < 25 * WHEN_MINUTE) {
			int64_t gap = next_gap(&world);

			usual_gap_add(&world.gaps, gap);
			work += gap;
		}
		ck_assert_msg(bound(&world.gaps) <= 6 * world.gap * 3 / 2 + LEAST,
		              "world %d: gap %lld, pause %lld: %lld", seed, (long long)world.gap,
		              (long long)world.pause, (long long)bound(&world.gaps));
	}
}
END_TEST

START_TEST(no_gap_is_too_long_to_count)
{
	static const int64_t lengths[] = { INT64_MAX, INT64_MAX / 2, 1, GAP_LONG, 400 * WHEN_DAY };
	struct usual_gap gaps = { 0 };

	for (int i = 0; i < 100000; i++) {
		usual_gap_add(&gaps, lengths[i % 5]);
		ck_assert_int_ge(gaps.usual, 0);
		ck_assert_int_le(gaps.usual, 30 * WHEN_DAY);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("usual_gap");
	TCase *tests = tcase_create("usual_gap");

	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, after_one_pause_of_any_length_at_any_time_a_stall_is_told_as_soon_as_without_it);
	tcase_add_test(tests, pauses_of_any_length_that_are_spread_over_hours_do_not_delay_it_either);
	tcase_add_test(tests, who_goes_on_as_ever_is_not_stalled);
	tcase_add_test(tests, bursts_that_are_over_are_forgotten_within_a_quarter_of_an_hour_of_work);
	tcase_add_test(tests, no_gap_is_too_long_to_count);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
