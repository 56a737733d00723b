/*
 * The distribution manager's main thread: of the packages that want to be processed
 * as many as may get a package processing thread each.
 */
#include "sim/sim_parts.h"

static struct processing *
free_thread(struct sim *sim)
{
	uint32_t i;

	for (i = 0; i < sim->options.package_threads; i++)
		if (!sim->processings[i].open)
			return &sim->processings[i];
	return NULL;
}

/* Now and then the thread's first lines stand before the one that it was started. */
static void
start_thread(struct sim *sim, struct processing *processing)
{
	bool early = odd_package(sim, 5);
	int64_t delay = early ? processing_first(sim, processing) : 0;

	log_line(sim, &sim->distmgr, "~Started package processing thread for package '%s', thread ID = 0x%X (%u)",
	         sim->packages[processing->package].id, (unsigned)processing->writer.thread,
	         (unsigned)processing->writer.thread);
	processing->started = sim->now;
	if (early)
		processing_go_on(sim, processing, delay);
}

void
distmgr_start_next(struct sim *sim, uint32_t unused, uint32_t serial)
{
	struct processing *processing;
	uint32_t package;

	(void)unused;
	if (serial != sim->distmgr_serial)
		return;
	sim->distmgr_awake = false;
	processing = free_thread(sim);
	if (!processing || (package = package_queue_take(sim)) == NOBODY)
		return;
	distmgr_reading(sim);
	sim->packages[package].queued = false;
	processing_begin(sim, processing, package);
	start_thread(sim, processing);
	distmgr_wake(sim, some_ms(sim, 40, 400));
}

void
distmgr_begin(struct sim *sim)
{
	sim->distmgr_serial++;
	sim->distmgr_awake = false;
	writer_begin(sim, &sim->distmgr, SIM_DISTMGR);
	sim->executive.log = SIM_DISTMGR;
	log_line(sim, &sim->executive, "SMS_EXECUTIVE started SMS_DISTRIBUTION_MANAGER as thread ID %u (0x%X).",
	         (unsigned)sim->distmgr.thread, (unsigned)sim->distmgr.thread);
	log_line(sim, &sim->distmgr, "===========================================================");
}

/* All threads are gone. The notifications are files: those not done with are found again. */
void
distmgr_restart(struct sim *sim)
{
	uint32_t i;

	for (i = 0; i < sim->dp_most; i++) {
		if (!sim->dps[i].open)
			continue;
		dp_interrupted(sim, &sim->dps[i]);
		sim->dps[i].open = false;
		writer_end(sim, &sim->dps[i].writer);
	}
	writer_end(sim, &sim->distmgr);
	distmgr_begin(sim);
	odd_packages_restart(sim);
	for (i = 0; i < sim->queued && !sim->options.odd_packages; i++)
		log_package_notified(sim, sim->queue[(sim->queue_first + i) % sim->package_most]);
	for (i = 0; i < sim->options.package_threads; i++) {
		struct processing *processing = &sim->processings[i];

		if (!processing->open)
			continue;
		processing_interrupted(sim, processing);
		processing->open = false;
		processing->serial++;
		writer_end(sim, &processing->writer);
		sim->truth.package_threads_used--;
		sim->packages[processing->package].processing = false;
		package_notify(sim, processing->package);
	}
	distmgr_wake(sim, SECOND);
}
