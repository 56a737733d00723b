/*
 * A DP thread: brings one package to one distribution point of the site itself,
 * for the package processing thread that waits for it.
 */
#include <stdio.h>

#include "world.h"

static const char *const hosts[DPS] = {
	"CS1SITE.CONTOSO.COM", "CS1DP1.CONTOSO.COM", "CS1DP2.CONTOSO.COM", "CS1DP3.CONTOSO.COM", "CS1DP4.CONTOSO.COM",
};

const char *
dp_host(uint32_t dp)
{
	return hosts[dp];
}

void
dp_name(uint32_t dp, char out[80])
{
	snprintf(out, 80, "[\"Display=\\\\%s\\\"]MSWNET:[\"SMS_SITE=CS1\"]\\\\%s\\", hosts[dp], hosts[dp]);
}

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

/* The package thread says that a DP thread has ended, whatever came of it. */
static int64_t
end(struct sim *sim, struct dp_work *dp)
{
	struct processing *processing = &sim->processings[dp->processing];

	say(sim, &processing->voice, "DP thread for package %s with thread handle %u and thread ID %u ended.",
	    package_of(sim, dp), (unsigned)dice_between(&sim->dice, 300, 2000) * 4, (unsigned)dp->voice.thread);
	dp->open = false;
	voice_end(sim, &dp->voice);
	if (--processing->dps == 0)
		processing_go_on(sim, processing, some_ms(sim, 100, 1200));
	return DONE;
}

static int64_t
hand_over(struct sim *sim, struct dp_work *dp)
{
	char name[80];

	dp_name(dp->dp, name);
	if (dp->fails) {
		say(sim, &dp->voice, "Failed to make a network connection to \\\\%s\\ADMIN$ (0x35).", hosts[dp->dp]);
		say(sim, &dp->voice, "Cannot establish connection to %s. Error = 53", name);
		say(sim, &dp->voice, "Error occurred. Performing error cleanup prior to returning.");
	} else {
		say(sim, &dp->voice, "~Created package transfer job to send package %s to distribution point %s.",
		    package_of(sim, dp), name);
		pkgxfer_order(sim, sim->processings[dp->processing].package, dp->dp);
		say(sim, &dp->voice, "Performing cleanup prior to returning.");
	}
	say(sim, &dp->voice, "Cancelling network connection to \\\\%s\\ADMIN$.", hosts[dp->dp]);
	dp->next = end;
	return some_ms(sim, 20, 500);
}

static int64_t
attempt(struct sim *sim, struct dp_work *dp)
{
	char name[80];

	dp_name(dp->dp, name);
	say(sim, &dp->voice, "DP Thread: Attempting to add or update package %s on DP %s", package_of(sim, dp), name);
	dp->next = hand_over;
	if (dp->fails)
		return some_ms(sim, 20 * SECOND, 45 * SECOND);
	/* Of a new package the DP has nothing to compare with. */
	return (int64_t)dice_spread(&sim->dice, work_of(sim, dp) == WORK_ADD ? 500 : 2000, 6);
}

static void
step(struct sim *sim, uint32_t which, uint32_t serial)
{
	struct dp_work *dp = &sim->dps[which];
	int64_t delay;

	if (!dp->open || dp->serial != serial)
		return;
	delay = dp->next(sim, dp);
	if (delay >= 0)
		agenda_add(sim, delay, step, which, serial);
}

/* Each package thread has room for all of the site's distribution points. */
void
dp_begin(struct sim *sim, struct processing *processing, uint32_t dp)
{
	uint32_t owner = (uint32_t)(processing - sim->processings), which = owner * DPS + processing->dps;
	struct dp_work *work = &sim->dps[which];
	uint32_t serial = work->serial + 1;
	char name[80];

	*work = (struct dp_work){ .open = true, .serial = serial, .processing = owner, .dp = dp, .next = attempt };
	work->fails = dice_once_in(&sim->dice, 30);
	voice_begin(sim, &work->voice, SIM_DISTMGR);
	processing->dps++;
	dp_name(dp, name);
	say(sim, &processing->voice, "~Created DP processing thread %u for addition or update of package %s on server %s",
	    (unsigned)work->voice.thread, sim->packages[processing->package].id, name);
	agenda_add(sim, some_ms(sim, 10, 300), step, which, serial);
}
