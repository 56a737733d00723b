/*
 * The jobs of the package transfer manager: packages on their way to distribution points.
 */
#include "sim/sim_parts.h"

/* The oldest row, unless what it stands for is still going on. */
static struct copy *
copy_add(struct sim *sim)
{
	struct copy *copy = &sim->copies[sim->copy_next];

	if (copy->job > 0 && !copy->over)
		return NULL;
	sim->copy_next = (sim->copy_next + 1) % COPIES;
	*copy = (struct copy){ .job = ++sim->copy_number };
	return copy;
}

bool
copy_report(struct sim *sim, const struct copy *about)
{
	struct copy *copy = copy_add(sim);

	if (!copy)
		return false;
	copy->package = about->package;
	copy->version = about->version;
	copy->dp = about->dp;
	copy->priority = about->priority;
	copy->reports = about->job;
	copy_again(sim, copy, (int64_t)rng_between(&sim->odd, SECOND, 3 * MINUTE));
	return true;
}

void
copy_order(struct sim *sim, uint32_t package, uint32_t dp)
{
	const struct sim_package *pkg = &sim->packages[package];
	struct copy *copy = copy_add(sim);

	if (!copy)
		return;
	copy->package = package;
	copy->version = pkg->version;
	copy->dp = dp;
	copy->work = pkg->work;
	copy->priority = pkg->priority;
	copy->files = 1 + (uint32_t)rng_between(&sim->rng, 0, 6) + (uint32_t)(pkg->full / 300000000);
	copy->fails = rng_once_in(&sim->rng, 12);
	copy->doomed = copy->fails && rng_once_in(&sim->rng, 4);
	copy->helpers_wanted =
		dp != NARROW_DP && dp != PULL_DP && pkg->full > 100000000 ? (uint32_t)rng_between(&sim->rng, 0, 4) : 0;
	copy_again(sim, copy, some_ms(sim, SECOND, 10 * SECOND));
}
