/*
 * The distribution manager's main thread: packages that want to be processed
 * queue up, and as many as may get a package processing thread each.
 */
#include "sim/sim_world.h"

static void start_next(struct sim *sim, uint32_t unused, uint32_t serial);

void
distmgr_reading(struct sim *sim)
{
	say(sim, &sim->distmgr, "~Currently using %u out of %u allowed package processing threads.",
	    (unsigned)sim->truth.package_threads_used, (unsigned)sim->options.package_threads);
}

static void
say_notified(struct sim *sim, uint32_t package)
{
	const char *id = sim->packages[package].id;

	say(sim, &sim->distmgr, "Found package properties updated notification for package '%s'", id);
	say(sim, &sim->distmgr, "Adding package '%s' to package processing queue.", id);
}

void
distmgr_notify(struct sim *sim, uint32_t package)
{
	struct title *title = &sim->packages[package];

	say_notified(sim, package);
	title->notified = sim->now;
	if (!title->queued) {
		title->queued = true;
		sim->queue[(sim->queue_first + sim->queued++) % sim->package_most] = package;
	}
	if (sim->truth.package_threads_used == sim->options.package_threads)
		distmgr_reading(sim);
	distmgr_wake(sim, some_ms(sim, 20, 300));
}

/* A package has one thread at a time: one that is at work waits at the end of the queue. */
static uint32_t
take_queued(struct sim *sim)
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

	say(sim, &sim->distmgr, "~Started package processing thread for package '%s', thread ID = 0x%X (%u)",
	    sim->packages[processing->package].id, (unsigned)processing->voice.thread,
	    (unsigned)processing->voice.thread);
	processing->started = sim->now;
	if (early)
		processing_go_on(sim, processing, delay);
}

static void
start_next(struct sim *sim, uint32_t unused, uint32_t serial)
{
	struct processing *processing;
	uint32_t package;

	(void)unused;
	if (serial != sim->distmgr_serial)
		return;
	sim->distmgr_awake = false;
	processing = free_thread(sim);
	if (!processing || (package = take_queued(sim)) == NOBODY)
		return;
	distmgr_reading(sim);
	sim->packages[package].queued = false;
	processing_begin(sim, processing, package);
	start_thread(sim, processing);
	distmgr_wake(sim, some_ms(sim, 40, 400));
}

void
distmgr_wake(struct sim *sim, int64_t delay)
{
	if (sim->distmgr_awake)
		return;
	sim->distmgr_awake = true;
	agenda_add(sim, delay, start_next, 0, sim->distmgr_serial);
}

void
distmgr_begin(struct sim *sim)
{
	sim->distmgr_serial++;
	sim->distmgr_awake = false;
	voice_begin(sim, &sim->distmgr, SIM_DISTMGR);
	sim->executive.log = SIM_DISTMGR;
	say(sim, &sim->executive, "SMS_EXECUTIVE started SMS_DISTRIBUTION_MANAGER as thread ID %u (0x%X).",
	    (unsigned)sim->distmgr.thread, (unsigned)sim->distmgr.thread);
	say(sim, &sim->distmgr, "===========================================================");
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
		voice_end(sim, &sim->dps[i].voice);
	}
	voice_end(sim, &sim->distmgr);
	distmgr_begin(sim);
	odd_packages_restart(sim);
	for (i = 0; i < sim->queued && !sim->options.odd_packages; i++)
		say_notified(sim, sim->queue[(sim->queue_first + i) % sim->package_most]);
	for (i = 0; i < sim->options.package_threads; i++) {
		struct processing *processing = &sim->processings[i];

		if (!processing->open)
			continue;
		processing_interrupted(sim, processing);
		processing->open = false;
		processing->serial++;
		voice_end(sim, &processing->voice);
		sim->truth.package_threads_used--;
		sim->packages[processing->package].processing = false;
		distmgr_notify(sim, processing->package);
	}
	distmgr_wake(sim, SECOND);
}
