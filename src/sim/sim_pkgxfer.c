/*
 * The package transfer manager's main thread: for every transfer job that the
 * distribution manager has made it creates a sending thread, for a large one several.
 */
#include "sim/sim_parts.h"

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
log_created(struct sim *sim, struct copy *copy, bool excess)
{
	bool leads = copy->ready;

	if (leads) {
		log_line(sim, &sim->pkgxfer,
		         "Found send request with ID: %llu, Package: %s, Version:%u, Priority: %u, Destination: %s, "
		         "DPPriority: 200",
		         (unsigned long long)copy->job, sim->packages[copy->package].id, (unsigned)copy->version,
		         copy->priority + 1u, dp_host(copy->dp));
		if (!copy->told)
			copy->told_at = sim->now;
		copy->told = true;
		copy->last_line = sim->pkgxfer.last;
		copy->state = SIM_TRANSFER_WAITING;
		copy->ready = false;
	} else {
		copy->helpers++;
	}
	copier_begin(sim, copy, leads, excess);
}

void
pkgxfer_look(struct sim *sim, uint32_t unused, uint32_t serial)
{
	struct copy *copy;
	bool excess;

	(void)unused;
	if (serial != sim->pkgxfer_serial)
		return;
	sim->pkgxfer_awake = false;
	if (sim->copiers_used == sim->copier_most || !(copy = next_copy(sim, &excess)))
		return;
	log_created(sim, copy, excess);
	pkgxfer_wake(sim, some_ms(sim, 20, 300));
}

/* Nobody may have woken it for what the narrow distribution point could take by now. */
void
pkgxfer_look_again(struct sim *sim, uint32_t unused, uint32_t serial)
{
	(void)unused;
	if (serial != sim->pkgxfer_serial)
		return;
	if (sim->copiers_used == 0)
		log_line(sim, &sim->pkgxfer, "DeleteJobNotificationFiles deleted 0 *.PKN file(s) this cycle.");
	pkgxfer_wake(sim, 0);
	agenda_add(sim, MINUTE, TURN_PKGXFER_LOOK_AGAIN, 0, serial);
}

/* ---- jobs ---- */

void
copy_ready(struct sim *sim, uint32_t which, uint32_t job)
{
	struct copy *copy = &sim->copies[which];

	if ((uint32_t)copy->job != job || copy->over)
		return;
	copy->ready = true;
	pkgxfer_wake(sim, some_ms(sim, 20, 500));
}

/* ---- the component ---- */

void
pkgxfer_begin(struct sim *sim)
{
	sim->pkgxfer_serial++;
	sim->pkgxfer_awake = false;
	writer_begin(sim, &sim->pkgxfer, SIM_PKGXFER);
	sim->executive.log = SIM_PKGXFER;
	log_line(sim, &sim->executive, "SMS_EXECUTIVE started SMS_PACKAGE_TRANSFER_MANAGER as thread ID %u (0x%X).",
	         (unsigned)sim->pkgxfer.thread, (unsigned)sim->pkgxfer.thread);
	log_line(sim, &sim->pkgxfer, "===========================================================");
	agenda_add(sim, 2 * SECOND, TURN_PKGXFER_LOOK_AGAIN, 0, sim->pkgxfer_serial);
}

/* The threads are gone; what they were at is taken up again. */
void
pkgxfer_restart(struct sim *sim)
{
	uint32_t i;

	for (i = 0; i < sim->copier_most; i++)
		if (sim->copiers[i].open)
			copier_stop(sim, &sim->copiers[i]);
	writer_end(sim, &sim->pkgxfer);
	pkgxfer_begin(sim);
}
