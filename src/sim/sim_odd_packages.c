/*
 * What makes a distribution manager's log hard to read, where it is asked for: a
 * replication thread among the package threads, and notifications of packages
 * that are at work. Other odd things are where the threads are: package.c, dp.c.
 */
#include "sim/sim_parts.h"

static int64_t
odd_ms(struct sim *sim, uint64_t low, uint64_t high)
{
	return (int64_t)rng_between(&sim->odd_packages, low, high);
}

static uint32_t
some_package(struct sim *sim)
{
	return (uint32_t)rng_between(&sim->odd_packages, 0, sim->package_count - 1);
}

/* ---- the replication thread ---- */

void
replication_take_in(struct sim *sim, uint32_t unused, uint32_t serial)
{
	const char *id;

	(void)unused;
	if (serial != sim->distmgr_serial || sim->replicated == NOBODY)
		return;
	id = sim->packages[sim->replicated].id;
	log_line(sim, &sim->replicator, "Adding these contents to the package %s version %u.", id,
	         (unsigned)sim->packages[sim->replicated].version);
	log_line(sim, &sim->replicator, "~Updated replicated package info for package %s", id);
	if (odd_package(sim, 4)) {
		log_line(sim, &sim->replicator,
		         "Failed to insert SMS Program ID 3 because the referenced program CS1FFFFF-Install is not "
		         "present "
		         "in"
		         " the PkgPrograms table. Will try later.");
		log_line(sim, &sim->replicator,
		         "~Cannot update the package program for package %s in the package source, error = 40", id);
		sim->truth.replication_failed++;
	} else if (odd_package(sim, 8)) {
		log_line(sim, &sim->replicator, "CPackage::Update failed; 0x80070005");
		sim->truth.replication_failed++;
	}
	log_line(sim, &sim->replicator, "~Removing package %s from the active package array.", id);
	sim->replicated = NOBODY;
	agenda_add(sim, odd_ms(sim, 2 * SECOND, 40 * SECOND), TURN_REPLICATION, 0, serial);
}

void
replication_begin(struct sim *sim, uint32_t unused, uint32_t serial)
{
	uint32_t tries;

	(void)unused;
	if (serial != sim->distmgr_serial)
		return;
	sim->replicated = some_package(sim);
	for (tries = 0; tries < 20 && !sim->packages[sim->replicated].queued; tries++)
		sim->replicated = some_package(sim);
	log_line(sim, &sim->replicator, "~Processing incoming file E:\\inboxes\\distmgr.box\\INCOMING\\%05X.PKG.",
	         (unsigned)sim->replicated);
	log_line(sim, &sim->replicator, "~Adding package %s to the active package array.",
	         sim->packages[sim->replicated].id);
	agenda_add(sim, odd_ms(sim, 5, 900), TURN_REPLICATION_TAKE_IN, 0, serial);
}

/* ---- notifications ---- */

void
odd_packages_notify(struct sim *sim, uint32_t unused, uint32_t serial)
{
	uint32_t i;

	(void)unused;
	for (i = 0; i < sim->options.package_threads; i++)
		if (sim->processings[i].open && odd_package(sim, 2)) {
			package_notify(sim, sim->processings[i].package);
			break;
		}
	agenda_add(sim, odd_ms(sim, 5 * SECOND, 60 * SECOND), TURN_NOTIFY_AGAIN, 0, serial);
}

static void
begin_replicator(struct sim *sim)
{
	writer_begin(sim, &sim->replicator, SIM_DISTMGR);
	sim->replicated = NOBODY;
	agenda_add(sim, odd_ms(sim, SECOND, 20 * SECOND), TURN_REPLICATION, 0, sim->distmgr_serial);
}

void
odd_packages_begin(struct sim *sim)
{
	begin_replicator(sim);
	agenda_add(sim, MINUTE, TURN_NOTIFY_AGAIN, 0, 0);
}

void
odd_packages_restart(struct sim *sim)
{
	if (!sim->options.odd_packages)
		return;
	writer_end(sim, &sim->replicator);
	begin_replicator(sim);
}
