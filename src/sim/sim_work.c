/*
 * What the site has to do. In the first minutes packages
 * for thousands of sends, one of them of 10 GB and two of nearly 4; afterwards
 * new ones all the time, and what sites tell each other.
 */
#include <stdio.h>
#include <string.h>

#include "cmtop/count_of.h"
#include "sim/sim_parts.h"

#define BEGINS (5 * MINUTE) /* when the everyday work sets in */

static uint32_t
least_sites(uint32_t sites)
{
	return sites * 4 / 10 + 1;
}

uint32_t
work_package_bound(const struct sim_options *options)
{
	return options->backlog / least_sites(options->sites) + 1024;
}

static void
plan_site(struct sim *sim, uint32_t i)
{
	struct destination *site = &sim->sites[i];
	static const char letters[] = "STUVWXYZABDEFGHIJKLMNOPQ"; /* CS1 is the site itself */
	uint32_t dead = sim->site_count > 13 ? 13 : sim->site_count / 2;
	uint32_t throttled = sim->site_count > 39 ? 39 : sim->site_count - 1;
	int p;

	memset(site, 0, sizeof *site);
	snprintf(site->code, sizeof site->code, "%c%02u", letters[i / 99 % (sizeof letters - 1)],
	         (unsigned)(i % 99 + 1) % 100);
	for (p = 0; p < PRIORITIES; p++)
		site->head[p] = site->tail[p] = NOBODY;
	site->dead = sim->site_count > 2 && i == dead;
	site->throttled = sim->site_count > 2 && i == throttled;
	site->speed = site->throttled ? 12000000 : rng_spread(&sim->rng, sim->options.speed, 3);
	site->link = 2 * site->speed;
}

/* What is urgent is small. */
static uint8_t
some_priority(struct sim *sim, uint64_t bytes)
{
	if (bytes < 100000000 && rng_once_in(&sim->rng, 4))
		return 0;
	return rng_once_in(&sim->rng, 8) ? PRIORITIES - 1 : 1;
}

/* NOBODY: no more packages. */
static uint32_t
plan_package(struct sim *sim, uint64_t kbytes, uint32_t sites)
{
	struct sim_package *pkg = &sim->packages[sim->package_count];

	if (sim->package_count == sim->package_most)
		return NOBODY;
	memset(pkg, 0, sizeof *pkg);
	snprintf(pkg->id, sizeof pkg->id, "CS1%05X", (unsigned)(sim->package_count + 0x10) & 0xFFFFFu);
	pkg->kbytes = kbytes;
	pkg->full = kbytes * 1024 + kbytes / 3; /* what does not compress grows a little */
	pkg->size = pkg->full;
	pkg->priority = some_priority(sim, pkg->full);
	pkg->work = WORK_ADD;
	pkg->first_site = (uint32_t)rng_between(&sim->rng, 0, sim->site_count - 1);
	pkg->site_count = sites;
	return sim->package_count++;
}

static uint64_t
some_kbytes(struct sim *sim)
{
	return rng_spread(&sim->rng, 1100, 11);
}

void
work_plan(struct sim *sim)
{
	static const uint64_t large[] = { [1] = 10485760, [3] = 4089446, [6] = 3984588 };
	uint64_t planned = 0, kbytes;
	uint32_t i, sites;

	for (i = 0; i < sim->site_count; i++)
		plan_site(sim, i);
	for (i = 0; planned < sim->options.backlog; i++) {
		kbytes = i < COUNT_OF(large) ? large[i] : 0;
		sites = kbytes > 0 ? sim->site_count
		                   : (uint32_t)rng_between(&sim->rng, least_sites(sim->site_count), sim->site_count);
		if (sites > sim->options.backlog - planned)
			sites = (uint32_t)(sim->options.backlog - planned);
		if (plan_package(sim, kbytes > 0 ? kbytes : some_kbytes(sim), sites) == NOBODY)
			break;
		planned += sites;
		agenda_add(sim, SECOND + some_ms(sim, 100, 900) * (i + 1), TURN_PACKAGE_NOTIFIED, i, 0);
	}
}

/* A package at which nobody is at work, NOBODY: none was found. */
static uint32_t
idle_package(struct sim *sim)
{
	uint32_t package, tries;

	for (tries = 0; tries < 20; tries++) {
		package = (uint32_t)rng_between(&sim->rng, 0, sim->package_count - 1);
		if (!sim->packages[package].queued && !sim->packages[package].processing
		    && sim->packages[package].version > 0)
			return package;
	}
	return NOBODY;
}

static bool
outbox_is_full(const struct sim *sim)
{
	return sim->requests_live + sim->site_count > sim->request_most;
}

/* Mostly the site's own distribution points are looked after; now and then something goes out. */
static uint32_t
choose_work(struct sim *sim)
{
	uint64_t kind = outbox_is_full(sim) ? 99 : rng_between(&sim->rng, 0, 29);
	uint32_t many = (uint32_t)rng_between(&sim->rng, 1, least_sites(sim->site_count));
	uint32_t few = (uint32_t)rng_between(&sim->rng, 1, sim->site_count < 5 ? sim->site_count : 5);
	uint32_t package;

	if (kind == 0 && (package = plan_package(sim, some_kbytes(sim), many)) != NOBODY)
		return package;
	if ((package = idle_package(sim)) == NOBODY)
		return NOBODY;
	sim->packages[package].work = kind < 10 ? WORK_UPDATE : WORK_REFRESH;
	sim->packages[package].first_site = (uint32_t)rng_between(&sim->rng, 0, sim->site_count - 1);
	sim->packages[package].site_count = kind < 2 ? many : few;
	return package;
}

void
work_choose(struct sim *sim, uint32_t unused, uint32_t serial)
{
	uint32_t package = choose_work(sim);

	(void)unused;
	if (package != NOBODY)
		package_notify(sim, package);
	agenda_add(sim, some_ms(sim, 10 * SECOND, 90 * SECOND), TURN_WORK, 0, serial);
}

/* Sites tell each other news, in small files that no package holds. */
void
work_replicate(struct sim *sim, uint32_t unused, uint32_t serial)
{
	uint32_t site = (uint32_t)rng_between(&sim->rng, 0, sim->site_count - 1), request;

	(void)unused;
	if (!outbox_is_full(sim) && (request = request_add(sim, site, NOBODY)) != NOBODY) {
		sim->requests[request].size = rng_spread(&sim->rng, 2000, 9);
		sim->requests[request].priority = 0;
		scheduler_order(sim, request, some_ms(sim, 500, 5000));
	}
	agenda_add(sim, some_ms(sim, 8 * SECOND, MINUTE), TURN_SITE_NEWS, 0, serial);
}

void
work_raise_limit(struct sim *sim, uint32_t limit, uint32_t unused)
{
	(void)unused;
	sim->all_sites = limit;
	sender_wake(sim, SECOND);
}

void
work_restart(struct sim *sim, uint32_t unused, uint32_t serial)
{
	(void)unused;
	(void)serial;
	sender_stop(sim);
	distmgr_restart(sim);
	scheduler_restart(sim);
	pkgxfer_restart(sim);
}

void
work_begin(struct sim *sim)
{
	agenda_add(sim, BEGINS, TURN_WORK, 0, 0);
	agenda_add(sim, 20 * SECOND, TURN_SITE_NEWS, 0, 0);
	if (sim->options.raise_after > 0)
		agenda_add(sim, sim->options.raise_after, TURN_RAISE_LIMIT, sim->options.raise_to, 0);
	if (sim->options.restart_after > 0)
		agenda_add(sim, sim->options.restart_after, TURN_RESTART, 0, 0);
}
