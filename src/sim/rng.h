/*
 * Chance that is the same on every machine: splitmix64, and whole numbers only.
 */
#ifndef SIM_DICE_H
#define SIM_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

static inline uint64_t
dice_roll(struct dice *dice)
{
	uint64_t z = dice->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* From `low` to `high`, both included. */
static inline uint64_t
dice_between(struct dice *dice, uint64_t low, uint64_t high)
{
	return low + dice_roll(dice) % (high - low + 1);
}

/* True once in `n` times. */
static inline bool
dice_once_in(struct dice *dice, uint64_t n)
{
	return dice_roll(dice) % n == 0;
}

/* From `low` up to `low` << `doublings`; every doubling is as likely as any other. */
static inline uint64_t
dice_spread(struct dice *dice, uint64_t low, unsigned doublings)
{
	uint64_t octave = low << dice_between(dice, 0, doublings - 1);

	return octave + dice_roll(dice) % octave;
}

#endif
