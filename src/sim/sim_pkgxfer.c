/*
 * The package transfer manager's main thread: for every transfer job that the
 * distribution manager has made it creates a sending thread, for a large one several.
 */
#include "sim/sim_world.h"

static void look(struct sim *sim, uint32_t unused, uint32_t serial);

static bool
is_busy(const struct sim *sim, uint32_t dp)
{
	uint32_t i;

	for (i = 0; i < sim->copier_most; i++)
		if (sim->copiers[i].open && sim->copies[sim->copiers[i].copy].dp == dp)
			return true;
	return false;
}

/* One connection at a time is enough for the narrow one; seldom a second is tried. */
static bool
takes_more(struct sim *sim, const struct copy *copy, bool *excess)
{
	*excess = copy->dp == NARROW_DP && is_busy(sim, NARROW_DP);
	if (!*excess)
		return true;
	if (sim->next_excess > sim->now)
		return false;
	sim->next_excess = sim->now + some_ms(sim, 2 * MINUTE, 10 * MINUTE);
	return true;
}

static bool
wants_helper(const struct copy *copy)
{
	return copy->threads > 0 && copy->helpers < copy->helpers_wanted && copy->file < copy->files;
}

/* The oldest job that wants a thread; NULL: none. */
static struct copy *
next_copy(struct sim *sim, bool *excess)
{
	struct copy *copy, *found = NULL;
	uint32_t i;

	for (i = 0; i < COPIES; i++) {
		copy = &sim->copies[(sim->copy_next + i) % COPIES];
		*excess = false;
		if (wants_helper(copy) || (copy->ready && takes_more(sim, copy, excess))) {
			found = copy;
			break;
		}
	}
	return found;
}

static void
say_created(struct sim *sim, struct copy *copy, bool excess)
{
	bool leads = copy->ready;

	if (leads) {
		say(sim, &sim->pkgxfer,
		    "Found send request with ID: %llu, Package: %s, Version:%u, Priority: %u, Destination: %s, "
		    "DPPriority: 200",
		    (unsigned long long)copy->job, sim->packages[copy->package].id, (unsigned)copy->version,
		    copy->priority + 1u, dp_host(copy->dp));
		if (!copy->told)
			copy->told_at = sim->now;
		copy->told = true;
		copy->heard = sim->pkgxfer.last;
		copy->state = SIM_TRANSFER_WAITING;
		copy->ready = false;
	} else {
		copy->helpers++;
	}
	copier_begin(sim, copy, leads, excess);
}

static void
look(struct sim *sim, uint32_t unused, uint32_t serial)
{
	struct copy *copy;
	bool excess;

	(void)unused;
	if (serial != sim->pkgxfer_serial)
		return;
	sim->pkgxfer_awake = false;
	if (sim->copiers_used == sim->copier_most || !(copy = next_copy(sim, &excess)))
		return;
	say_created(sim, copy, excess);
	pkgxfer_wake(sim, some_ms(sim, 20, 300));
}

void
pkgxfer_wake(struct sim *sim, int64_t delay)
{
	if (sim->pkgxfer_awake)
		return;
	sim->pkgxfer_awake = true;
	agenda_add(sim, delay, look, 0, sim->pkgxfer_serial);
}

/* Nobody may have woken it for what the narrow distribution point could take by now. */
static void
look_again(struct sim *sim, uint32_t unused, uint32_t serial)
{
	(void)unused;
	if (serial != sim->pkgxfer_serial)
		return;
	if (sim->copiers_used == 0)
		say(sim, &sim->pkgxfer, "DeleteJobNotificationFiles deleted 0 *.PKN file(s) this cycle.");
	pkgxfer_wake(sim, 0);
	agenda_add(sim, MINUTE, look_again, 0, serial);
}

/* ---- jobs ---- */

static void
is_ready(struct sim *sim, uint32_t which, uint32_t job)
{
	struct copy *copy = &sim->copies[which];

	if ((uint32_t)copy->job != job || copy->over)
		return;
	copy->ready = true;
	pkgxfer_wake(sim, some_ms(sim, 20, 500));
}

void
pkgxfer_again(struct sim *sim, struct copy *copy, int64_t delay)
{
	agenda_add(sim, delay, is_ready, (uint32_t)(copy - sim->copies), (uint32_t)copy->job);
}

/* The oldest row, unless what it stands for is still going on. */
static struct copy *
copy_new(struct sim *sim)
{
	struct copy *copy = &sim->copies[sim->copy_next];

	if (copy->job > 0 && !copy->over)
		return NULL;
	sim->copy_next = (sim->copy_next + 1) % COPIES;
	*copy = (struct copy){ .job = ++sim->copy_number };
	return copy;
}

bool
pkgxfer_report(struct sim *sim, const struct copy *about)
{
	struct copy *copy = copy_new(sim);

	if (!copy)
		return false;
	copy->package = about->package;
	copy->version = about->version;
	copy->dp = about->dp;
	copy->priority = about->priority;
	copy->reports = about->job;
	pkgxfer_again(sim, copy, (int64_t)rng_between(&sim->odd, SECOND, 3 * MINUTE));
	return true;
}

void
pkgxfer_order(struct sim *sim, uint32_t package, uint32_t dp)
{
	const struct title *title = &sim->packages[package];
	struct copy *copy = copy_new(sim);

	if (!copy)
		return;
	copy->package = package;
	copy->version = title->version;
	copy->dp = dp;
	copy->work = title->work;
	copy->priority = title->priority;
	copy->files = 1 + (uint32_t)rng_between(&sim->rng, 0, 6) + (uint32_t)(title->full / 300000000);
	copy->fails = rng_once_in(&sim->rng, 12);
	copy->doomed = copy->fails && rng_once_in(&sim->rng, 4);
	copy->helpers_wanted = dp != NARROW_DP && dp != PULL_DP && title->full > 100000000
	                               ? (uint32_t)rng_between(&sim->rng, 0, 4)
	                               : 0;
	pkgxfer_again(sim, copy, some_ms(sim, SECOND, 10 * SECOND));
}

/* ---- the component ---- */

void
pkgxfer_begin(struct sim *sim)
{
	sim->pkgxfer_serial++;
	sim->pkgxfer_awake = false;
	voice_begin(sim, &sim->pkgxfer, SIM_PKGXFER);
	sim->executive.log = SIM_PKGXFER;
	say(sim, &sim->executive, "SMS_EXECUTIVE started SMS_PACKAGE_TRANSFER_MANAGER as thread ID %u (0x%X).",
	    (unsigned)sim->pkgxfer.thread, (unsigned)sim->pkgxfer.thread);
	say(sim, &sim->pkgxfer, "===========================================================");
	agenda_add(sim, 2 * SECOND, look_again, 0, sim->pkgxfer_serial);
}

/* The threads are gone; what they were at is taken up again. */
void
pkgxfer_restart(struct sim *sim)
{
	uint32_t i;

	for (i = 0; i < sim->copier_most; i++)
		if (sim->copiers[i].open)
			copier_stop(sim, &sim->copiers[i]);
	voice_end(sim, &sim->pkgxfer);
	pkgxfer_begin(sim);
}
