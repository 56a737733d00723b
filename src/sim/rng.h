/*
 * Chance that is the same on every machine: splitmix64, and whole numbers only.
 */
#ifndef SIM_RNG_H
#define SIM_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

static inline uint64_t
rng_next(struct rng *rng)
{
	uint64_t z = rng->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* From `low` to `high`, both included. */
static inline uint64_t
rng_between(struct rng *rng, uint64_t low, uint64_t high)
{
	return low + rng_next(rng) % (high - low + 1);
}

/* True once in `n` times. */
static inline bool
rng_once_in(struct rng *rng, uint64_t n)
{
	return rng_next(rng) % n == 0;
}

/* From `low` up to `low` << `doublings`; every doubling is as likely as any other. */
static inline uint64_t
rng_spread(struct rng *rng, uint64_t low, unsigned doublings)
{
	uint64_t octave = low << rng_between(rng, 0, doublings - 1);

	return octave + rng_next(rng) % octave;
}

#endif
