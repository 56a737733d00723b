/*
 * A DP thread: brings one package to one distribution point of the site itself,
 * for the package processing thread that waits for it.
 */
#include <stdio.h>

#include "sim/sim_parts.h"

static const char *
package_of(const struct sim *sim, const struct dp_work *dp)
{
	return sim->packages[sim->processings[dp->processing].package].id;
}

static enum work
work_of(const struct sim *sim, const struct dp_work *dp)
{
	return (enum work)sim->packages[sim->processings[dp->processing].package].work;
}

static struct sim_dp_truth *
truth_of(struct sim *sim, const struct dp_work *dp)
{
	return &sim->processings[dp->processing].rows[dp->row];
}

static void
order_transfer(struct sim *sim, struct dp_work *dp)
{
	char name[80];

	dp_name(dp->dp, name);
	log_line(sim, &dp->writer, "~Created package transfer job to send package %s to distribution point %s.",
	         package_of(sim, dp), name);
	copy_order(sim, sim->processings[dp->processing].package, dp->dp);
	dp->done = true;
}

void
dp_interrupted(struct sim *sim, const struct dp_work *dp)
{
	sim->truth.dps_ended += !dp->done && truth_of(sim, dp)->state == SIM_DP_RUNNING;
}

static void
log_ended(struct sim *sim, struct dp_work *dp)
{
	struct sim_dp_truth *truth = truth_of(sim, dp);

	log_line(sim, &sim->processings[dp->processing].writer,
	         "DP thread for package %s with thread handle %u and thread ID %u ended.", package_of(sim, dp),
	         (unsigned)rng_between(&sim->rng, 300, 2000) * 4, (unsigned)dp->writer.thread);
	if (dp->late)
		order_transfer(sim, dp);
	if (truth->state != SIM_DP_RUNNING)
		return;
	truth->state = dp->done ? SIM_DP_DONE : SIM_DP_ENDED;
	sim->truth.dps_ended += !dp->done;
}

/* A DP thread has ended: where fewer may run at a time than there are DPs, the next one begins. */
static void
begin_next(struct sim *sim, struct processing *p)
{
	if (p->dps_left == 0)
		return;
	dp_start(sim, p, p->first_dp);
	p->first_dp = (p->first_dp + 1) % DPS;
	if (--p->dps_left == 0)
		dps_wait(sim, p);
}

/* The package thread says that a DP thread has ended, whatever came of it. */
static int64_t
end(struct sim *sim, struct dp_work *dp)
{
	struct processing *processing = &sim->processings[dp->processing];

	log_ended(sim, dp);
	dp->open = false;
	writer_end(sim, &dp->writer);
	if (truth_of(sim, dp)->state == SIM_DP_FAILED && processing->row_count + processing->dps_left < DP_ROWS
	    && odd_package(sim, 2)) {
		processing->dps_left++; /* one is tried again, or the next one */
		processing->dps--;
		begin_next(sim, processing);
		return DONE;
	}
	processing->dps--;
	begin_next(sim, processing);
	if (processing->dps == 0)
		processing_go_on(sim, processing, some_ms(sim, 100, 1200));
	return DONE;
}

static void
message_error(struct sim *sim, struct dp_work *dp)
{
	char name[80];

	dp_name(dp->dp, name);
	if (dp->how == DP_END_CODE) {
		log_line(sim, &dp->writer, "CContentDefinition::TotalFileSizes failed; 0x80070005");
	} else if (dp->how == DP_END_STATUS) {
		log_status_dp(sim, &dp->writer, 2328, package_of(sim, dp), name);
	} else {
		log_line(sim, &dp->writer, "Failed to make a network connection to \\\\%s\\ADMIN$ (0x35).",
		         dp_host(dp->dp));
		log_line(sim, &dp->writer, "Cannot establish connection to %s. Error = 53", name);
		log_line(sim, &dp->writer, "Error occurred. Performing error cleanup prior to returning.");
	}
	truth_of(sim, dp)->state = SIM_DP_FAILED;
}

static int64_t
hand_over(struct sim *sim, struct dp_work *dp)
{
	if (dp->how == DP_END_SILENT) {
		log_line(sim, &dp->writer, "Performing cleanup prior to returning.");
	} else if (dp->how == DP_END_NOTHING) {
		log_line(sim, &dp->writer,
		         "The distribution point is on the siteserver and the package is a content type package. "
		         "There is nothing to be copied over.");
		dp->done = true;
	} else if (dp->fails) {
		message_error(sim, dp);
	} else {
		if (odd_package(sim, 8)) /* passing, as a transfer job follows */
			log_line(sim, &dp->writer, "Failed to make a network connection to \\\\%s\\ADMIN$ (0x35).",
			         dp_host(dp->dp));
		if (!dp->late)
			order_transfer(sim, dp);
		log_line(sim, &dp->writer, "Performing cleanup prior to returning.");
	}
	log_line(sim, &dp->writer, "Cancelling network connection to \\\\%s\\ADMIN$.", dp_host(dp->dp));
	dp->next = end;
	return some_ms(sim, 20, 500);
}

static int64_t
attempt(struct sim *sim, struct dp_work *dp)
{
	char name[80];

	dp_name(dp->dp, name);
	log_line(sim, &dp->writer, "DP Thread: Attempting to add or update package %s on DP %s", package_of(sim, dp),
	         name);
	dp->next = hand_over;
	if (dp->fails)
		return some_ms(sim, 20 * SECOND, 45 * SECOND);
	/* Of a new package the DP has nothing to compare with. */
	return (int64_t)rng_spread(&sim->rng, work_of(sim, dp) == WORK_ADD ? 500 : 2000, 6);
}

void
dp_step(struct sim *sim, uint32_t which, uint32_t serial)
{
	struct dp_work *dp = &sim->dps[which];
	int64_t delay;

	if (!dp->open || dp->serial != serial)
		return;
	delay = dp->next(sim, dp);
	if (delay >= 0)
		agenda_add(sim, delay, TURN_DP, which, serial);
}

static void
plan_end(struct sim *sim, struct dp_work *work)
{
	if (odd_package(sim, 4))
		work->fails = true;
	if (work->fails)
		work->how = odd_package(sim, 2) ? DP_END_CODE : odd_package(sim, 2) ? DP_END_STATUS : DP_END_ERROR;
	else if (odd_package(sim, 8))
		work->how = odd_package(sim, 2) ? DP_END_SILENT : DP_END_NOTHING;
	else
		work->late = odd_package(sim, 6);
}

/* Each package thread has room for all of the site's distribution points. */
static void
begin(struct sim *sim, struct processing *processing, uint32_t dp, uint32_t row)
{
	uint32_t owner = (uint32_t)(processing - sim->processings), which = owner * DPS;
	struct dp_work *work;
	uint32_t serial;
	int64_t delay = 0;
	bool early;
	char name[80];

	while (sim->dps[which].open)
		which++;
	work = &sim->dps[which];
	serial = work->serial + 1;
	*work = (struct dp_work){
		.open = true, .serial = serial, .processing = owner, .dp = dp, .row = row, .next = attempt
	};
	work->fails = rng_once_in(&sim->rng, 30);
	plan_end(sim, work);
	writer_begin(sim, &work->writer, SIM_DISTMGR);
	processing->rows[row].thread = work->writer.thread;
	processing->dps++;
	dp_name(dp, name);
	early = odd_package(sim, 5);
	if (early)
		delay = work->next(sim, work);
	log_line(sim, &processing->writer,
	         "~Created DP processing thread %u for addition or update of package %s on server %s",
	         (unsigned)work->writer.thread, sim->packages[processing->package].id, name);
	agenda_add(sim, early ? delay : some_ms(sim, 10, 300), TURN_DP, which, serial);
}

/* ---- the DPs of a package thread ---- */

void
dp_start(struct sim *sim, struct processing *p, uint32_t dp)
{
	const struct sim_package *pkg = &sim->packages[p->package];
	char name[80];

	dp_name(dp, name);
	log_line(sim, &p->writer, "Start %s package %s %s server %s...", pkg->work == WORK_ADD ? "adding" : "updating",
	         pkg->id, pkg->work == WORK_ADD ? "to" : "on", name);
	p->phase = "adding to DPs";
	p->rows[p->row_count++] = (struct sim_dp_truth){ .dp = dp };
	begin(sim, p, dp, p->row_count - 1);
}

void
dps_wait(struct sim *sim, struct processing *p)
{
	log_line(sim, &p->writer, "~Waiting for all DP threads to complete for package %s processing thread.",
	         sim->packages[p->package].id);
	p->phase = "waiting for DPs";
}
