/*
 * A package processing thread: takes the package up, gives it to the site's own
 * distribution points, and orders one minijob for every child site.
 */
#include <stdio.h>

#include "sim/sim_parts.h"

#define SNAPSHOT_SPEED 90000u               /* KBytes per second */
#define LARGE          UINT64_C(3500000000) /* bytes */

static struct sim_package *
package_of(struct sim *sim, const struct processing *p)
{
	return &sim->packages[p->package];
}

static bool
all_dps_done(const struct processing *p)
{
	uint32_t i;

	for (i = 0; i < p->row_count; i++)
		if (p->rows[i].state != SIM_DP_DONE)
			return false;
	return p->row_count > 0;
}

void
processing_interrupted(struct sim *sim, struct processing *p)
{
	if (!p->counted)
		sim->truth.packages_ended++;
}

static int64_t
leave(struct sim *sim, struct processing *p)
{
	sim->truth.package_threads_used--;
	if (odd_package(sim, 6)) /* the reading that leaves it out stands before its last line */
		distmgr_reading(sim);
	log_line(sim, &p->writer, "~Exiting package processing thread for package %s.", package_of(sim, p)->id);
	p->open = false;
	p->serial++;
	writer_end(sim, &p->writer);
	package_of(sim, p)->processing = false;
	distmgr_wake(sim, some_ms(sim, 100, 1500));
	return DONE;
}

static int64_t
finish(struct sim *sim, struct processing *p)
{
	const struct sim_package *pkg = package_of(sim, p);
	char name[40];

	if (pkg->work != WORK_REFRESH)
		log_line(sim, &p->writer, "Package %s is new or has changed, replicating to all applicable sites.",
		         pkg->id);
	log_line(sim, &p->writer, "~StoredPkgVersion (%u) of package %s. StoredPkgVersion in database is %u.",
	         (unsigned)pkg->version, pkg->id, (unsigned)pkg->version);
	log_line(sim, &p->writer, "~SourceVersion (%u) of package %s. SourceVersion in database is %u.",
	         (unsigned)pkg->version, pkg->id, (unsigned)pkg->version);
	p->phase = "finishing";
	if (p->how != RUN_PLAIN)
		log_status(sim, &p->writer, 2301, 'I', package_title(pkg, name), pkg->id, pkg->id);
	if (p->how != RUN_PLAIN || all_dps_done(p))
		sim->truth.packages_done++;
	else
		sim->truth.packages_ended++;
	return leave(sim, p);
}

/* What is very large is left for later, but a few sites are in a hurry. */
static uint8_t
priority_of(struct sim *sim, const struct sim_package *pkg)
{
	return pkg->size > LARGE && !rng_once_in(&sim->rng, 6) ? PRIORITIES - 1 : pkg->priority;
}

static void
order_send(struct sim *sim, struct processing *p, uint32_t site)
{
	struct sim_package *pkg = package_of(sim, p);
	uint32_t request = request_add(sim, site, p->package);
	char file[48];

	if (request == NOBODY)
		return;
	sim->requests[request].size = pkg->size;
	sim->requests[request].version = pkg->version;
	sim->requests[request].delta_from = pkg->delta_from;
	sim->requests[request].priority = priority_of(sim, pkg);
	request_file(sim, &sim->requests[request], file);
	p->phase = "minijobs";
	log_status(sim, &p->writer, 2333, 'I', pkg->id, sim->sites[site].code, pkg->id);
	log_line(sim, &p->writer, "~Setting CMiniJob transfer root to %s", file);
	log_line(sim, &p->writer,
	         "~Created minijob to send compressed copy of package %s to site %s.  Transfer root = %s.", pkg->id,
	         sim->sites[site].code, file);
	pkg->waiting++;
	sim->sites[site].due++;
	sim->truth.untaken++;
	/* The scheduler takes the minijobs up in its own time. */
	scheduler_order(sim, request, some_ms(sim, 4 * SECOND, 6 * MINUTE));
}

static int64_t
create_minijobs(struct sim *sim, struct processing *p)
{
	const struct sim_package *pkg = package_of(sim, p);

	if (pkg->work == WORK_REFRESH || p->minijobs >= pkg->site_count)
		return finish(sim, p);
	order_send(sim, p, (pkg->first_site + p->minijobs++) % sim->site_count);
	p->next = create_minijobs;
	return some_ms(sim, 10, 90);
}

static int64_t
dps_done(struct sim *sim, struct processing *p)
{
	const char *id = package_of(sim, p)->id;

	log_line(sim, &p->writer, "~All DP threads have completed for package %s processing thread.", id);
	log_line(sim, &p->writer, "~Package %s does not have a preferred sender.", id);
	p->phase = "processing";
	p->next = create_minijobs;
	return some_ms(sim, 20, 300);
}

static int64_t
add_dps(struct sim *sim, struct processing *p)
{
	const struct sim_package *pkg = package_of(sim, p);
	uint32_t i, first = (uint32_t)rng_between(&sim->rng, 0, DPS - 1);
	uint32_t count = (uint32_t)rng_between(&sim->rng, 1, DPS), at_once = count;

	if (pkg->work != WORK_REFRESH) {
		log_line(sim, &p->writer, "~Adding these contents to the package %s version %u.", pkg->id,
		         (unsigned)pkg->version);
		p->phase = "processing";
	}
	if (odd_package(sim, 2))
		at_once = 1 + (uint32_t)rng_between(&sim->odd_packages, 0, 1);
	for (i = 0; i < count && i < at_once; i++)
		dp_start(sim, p, (first + i) % DPS);
	p->first_dp = (first + i) % DPS;
	p->dps_left = count - i;
	if (p->dps_left == 0)
		dps_wait(sim, p);
	p->next = dps_done;
	return WAITS;
}

static int64_t
hash(struct sim *sim, struct processing *p)
{
	const struct sim_package *pkg = package_of(sim, p);

	if (pkg->work == WORK_UPDATE)
		log_line(sim, &p->writer, "~Successfully created/updated the package %s.", pkg->id);
	log_line(sim, &p->writer, "Writing package definition for %s", pkg->id);
	log_line(sim, &p->writer, "~Successfully created RDC signatures for package %s version %u", pkg->id,
	         (unsigned)pkg->version);
	log_line(sim, &p->writer, "Creating hash for algorithm 32780");
	p->phase = "hash";
	p->next = add_dps;
	return SECOND + (int64_t)(pkg->kbytes / (2 * SNAPSHOT_SPEED / 1000));
}

/* The old version's file is done for: the next send takes the whole package or the difference. */
static void
new_version(struct sim *sim, struct sim_package *pkg)
{
	pkg->version++;
	pkg->delta_from = 0;
	pkg->size = pkg->full;
	if (pkg->version > 1 && !rng_once_in(&sim->rng, 4)) {
		pkg->delta_from = (uint16_t)(pkg->version - 1);
		pkg->size = pkg->full / rng_between(&sim->rng, 3, 12) + 4096;
	}
}

/* The exit line comes later, and says nothing of it. */
static int64_t
leave_later(struct sim *sim, struct processing *p)
{
	package_again(sim, p->package);
	return leave(sim, p);
}

static int64_t
leave_waiting(struct sim *sim, struct processing *p)
{
	sim->truth.packages_ended++;
	return leave_later(sim, p);
}

static int64_t
fail_by_code(struct sim *sim, struct processing *p)
{
	log_line(sim, &p->writer, "CContentDefinition::TotalFileSizes failed; 0x80070005");
	sim->truth.packages_failed++;
	p->counted = true;
	p->next = leave_later;
	return some_ms(sim, 20, 500);
}

static int64_t
wait_for_content(struct sim *sim, struct processing *p)
{
	const char *id = package_of(sim, p)->id;

	log_line(sim, &p->writer,
	         "~The contents for the package %s hasn't arrived from site CS0 yet, will retry later.", id);
	p->phase = "waiting for content";
	log_line(sim, &p->writer, "~All DP threads have completed for package %s processing thread.", id);
	p->next = leave_waiting;
	return some_ms(sim, 5, 50);
}

static int64_t
snapshot_taken(struct sim *sim, struct processing *p)
{
	struct sim_package *pkg = package_of(sim, p);
	char name[40];

	if (p->how == RUN_CODE)
		return fail_by_code(sim, p);

	if (p->fails) {
		log_line(sim, &p->writer,
		         "The source directory \\\\CS1SITE\\SOURCE\\Packages\\%s doesn't exist or the SMS service"
		         " cannot access it, Win32 last error = %u",
		         pkg->id, rng_once_in(&sim->rng, 2) ? 5u : 53u);
		log_line(sim, &p->writer, "Failed to take snapshot of package %s", pkg->id);
		log_status(sim, &p->writer, 2302, 'E', package_title(pkg, name), pkg->id, pkg->id);
		sim->truth.packages_failed++;
		package_again(sim, p->package);
		return leave(sim, p);
	}
	new_version(sim, pkg);
	p->version = pkg->version;
	log_line(sim, &p->writer, "The size of package %s, version %u is %llu KBytes", pkg->id, (unsigned)pkg->version,
	         (unsigned long long)pkg->kbytes);
	if (pkg->work == WORK_UPDATE)
		log_line(sim, &p->writer,
		         "~The source for package %s has changed or the package source needs to be refreshed", pkg->id);
	p->next = hash;
	return some_ms(sim, 300, 2000);
}

static int64_t
act(struct sim *sim, struct processing *p)
{
	const struct sim_package *pkg = package_of(sim, p);
	unsigned version = (unsigned)pkg->version + 1;

	if (p->how == RUN_CONTENT)
		return wait_for_content(sim, p);
	if (pkg->work == WORK_REFRESH) {
		log_line(sim, &p->writer,
		         "No action specified for the package %s, however there may be package server changes"
		         " for this package.",
		         pkg->id);
		p->next = add_dps;
		return some_ms(sim, 100, 2000);
	}
	log_line(sim, &p->writer,
	         pkg->work == WORK_ADD ? "Start adding package %s..." : "Start updating the package %s...", pkg->id);
	log_line(sim, &p->writer, "~The Package Action is %u, the Update Mask is 0 and UpdateMaskEx is 0.",
	         pkg->work == WORK_ADD ? 2u : 1u);
	log_line(sim, &p->writer, "~CDistributionSrcSQL::UpdateAvailableVersion PackageID=%s, Version=%u, Status=2300",
	         pkg->id, version);
	log_line(sim, &p->writer,
	         "Taking package snapshot for package %s from source \\\\CS1SITE\\SOURCE\\Packages\\%s", pkg->id,
	         pkg->id);
	p->phase = "snapshot";
	p->next = snapshot_taken;
	return SECOND + (int64_t)(p->fails ? 2000 : pkg->kbytes / (SNAPSHOT_SPEED / 1000));
}

static int64_t
take_up(struct sim *sim, struct processing *p)
{
	const struct sim_package *pkg = package_of(sim, p);
	char name[40];

	log_status(sim, &p->writer, 2300, 'I', package_title(pkg, name), pkg->id, pkg->id);
	p->version = pkg->version + (pkg->work != WORK_REFRESH ? 1u : 0u);
	p->phase = "processing";
	log_line(sim, &p->writer, "~Processing package %s (SourceVersion:%u;StoredVersion:%u)", pkg->id,
	         (unsigned)p->version, (unsigned)pkg->version);
	p->next = act;
	return some_ms(sim, 50, 800);
}

void
processing_step(struct sim *sim, uint32_t which, uint32_t serial)
{
	struct processing *p = &sim->processings[which];
	int64_t delay;

	if (!p->open || p->serial != serial)
		return;
	delay = p->next(sim, p);
	if (delay >= 0)
		agenda_add(sim, delay, TURN_PACKAGE, which, serial);
}

int64_t
processing_first(struct sim *sim, struct processing *p)
{
	p->serial++; /* what was planned for it is off */
	return p->next(sim, p);
}

void
processing_begin(struct sim *sim, struct processing *p, uint32_t package)
{
	uint32_t serial = p->serial + 1;

	*p = (struct processing){
		.open = true, .serial = serial, .package = package, .next = take_up, .phase = "starting"
	};
	p->how = odd_package(sim, 6)    ? RUN_PLAIN
	         : odd_package(sim, 12) ? RUN_CODE
	         : odd_package(sim, 12) ? RUN_CONTENT
	                                : RUN_USUAL;
	p->fails = sim->packages[package].work != WORK_REFRESH && rng_once_in(&sim->rng, 25);
	writer_begin(sim, &p->writer, SIM_DISTMGR);
	sim->packages[package].processing = true;
	sim->truth.package_threads_used++;
	agenda_add(sim, some_ms(sim, 5, 80), TURN_PACKAGE, (uint32_t)(p - sim->processings), serial);
}
