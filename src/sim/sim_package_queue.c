/*
 * Packages that want to be processed: a queue of notifications, which the
 * distribution manager's main thread takes from.
 */
#include "sim/sim_parts.h"

void
distmgr_reading(struct sim *sim)
{
	log_line(sim, &sim->distmgr, "~Currently using %u out of %u allowed package processing threads.",
	         (unsigned)sim->truth.package_threads_used, (unsigned)sim->options.package_threads);
}

void
log_package_notified(struct sim *sim, uint32_t package)
{
	const char *id = sim->packages[package].id;

	log_line(sim, &sim->distmgr, "Found package properties updated notification for package '%s'", id);
	log_line(sim, &sim->distmgr, "Adding package '%s' to package processing queue.", id);
}

void
package_notify(struct sim *sim, uint32_t package)
{
	struct sim_package *pkg = &sim->packages[package];

	log_package_notified(sim, package);
	pkg->notified = sim->now;
	if (!pkg->queued) {
		pkg->queued = true;
		sim->queue[(sim->queue_first + sim->queued++) % sim->package_most] = package;
	}
	if (sim->truth.package_threads_used == sim->options.package_threads)
		distmgr_reading(sim);
	distmgr_wake(sim, some_ms(sim, 20, 300));
}

/* A package has one thread at a time: one that is at work waits at the end of the queue. */
uint32_t
package_queue_take(struct sim *sim)
{
	uint32_t i, package, waiting = sim->queued;

	for (i = 0; i < waiting; i++) {
		package = sim->queue[sim->queue_first];
		sim->queue_first = (sim->queue_first + 1) % sim->package_most;
		sim->queued--;
		if (!sim->packages[package].processing)
			return package;
		sim->queue[(sim->queue_first + sim->queued++) % sim->package_most] = package;
	}
	return NOBODY;
}

void
package_notified(struct sim *sim, uint32_t package, uint32_t unused)
{
	(void)unused;
	package_notify(sim, package);
}
