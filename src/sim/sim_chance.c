/*
 * Random choices: of the whole site, and those only made with odd_packages.
 */
#include "sim/sim_parts.h"

int64_t
some_ms(struct sim *sim, uint64_t low, uint64_t high)
{
	return (int64_t)rng_between(&sim->rng, low, high);
}

bool
odd_package(struct sim *sim, uint64_t n)
{
	return sim->options.odd_packages && rng_once_in(&sim->odd_packages, n);
}
