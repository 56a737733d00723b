/*
 * The two ways of counting what waits, held against each other.
 *
 * The scheduler's list is the truth. The count of due lines goes on beside it: a
 * send that fell due waits until a job carries it. The count has two blind spots.
 * It is too high by sends that were carried where no sender's record tells of it:
 * before sender.log began, or where records of it were lost. It is too low by
 * sends whose due lines were not read. Neither kind grows while records are read
 * without a hole, so each has a bound, which every whole list may tighten: of
 * d = counted - listed = high - low, each end tells something about the other.
 * What is beyond the bounds and what is on its way just now has drifted apart.
 */
#include "model/sender/drift.h"

#include <stdlib.h>

#include "model/tables/components.h"
#include "model/tables/pairs.h"
#include "model/tables/requests.h"
#include "model/sender/sender.h"

#define ON_ITS_WAY (10 * WHEN_MINUTE) /* a minijob has its send request well within that */

struct drift *
drift_new(void)
{
	struct drift *drift = malloc(sizeof(*drift));

	if (drift)
		*drift = (struct drift){ DRIFT_UNBOUND, DRIFT_UNBOUND, WHEN_NONE, false };
	return drift;
}

void
drift_free(struct drift *drift)
{
	free(drift);
}

/* Sends that the two ways may see differently for the moment. */
static uint64_t
in_flight(const struct model *model, int64_t now)
{
	return sender_slots_used(model) + model_rate_count(model, RATE_DUE, now, ON_ITS_WAY);
}

static int64_t
difference(const struct model *model)
{
	return (int64_t)model->pairs->counted - (int64_t)model->pairs->waiting;
}

/* The lesser of the bound and what another one implies, which may be below nothing. */
static uint64_t
tightened(uint64_t bound, uint64_t other, int64_t change)
{
	uint64_t implied = other;

	if (other == DRIFT_UNBOUND)
		return bound;
	if (change < 0)
		implied = other > (uint64_t)-change ? other - (uint64_t)-change : 0;
	else
		implied += (uint64_t)change;
	return implied < bound ? implied : bound;
}

void
drift_listed(struct model *model)
{
	struct drift *drift = model->drift;
	int64_t noise = (int64_t)in_flight(model, model->newest), d = difference(model);
	uint64_t over = drift->over, under = drift->under;

	/* What was due before and is only now on its way to the scheduler will be listed, and no due line told of it. */
	if (drift->due_since == WHEN_NONE || when_between(drift->due_since, model->newest) >= ON_ITS_WAY)
		drift->under = tightened(under, over, noise - d);
	drift->over = tightened(over, under, noise + d);
	drift->holed = false;
}

void
drift_hole(struct model *model, enum family family)
{
	struct drift *drift = model->drift;

	switch (family) {
	case FAMILY_SENDER: drift->over = model->pairs->counted; break;
	case FAMILY_DISTMGR:
		drift->under = DRIFT_UNBOUND;
		drift->due_since = model->newest;
		break;
	case FAMILY_SCHEDULER: drift->holed = true; break;
	default: break;
	}
}

void
drift_lost(struct model *model)
{
	if (model->drift->under != DRIFT_UNBOUND)
		model->drift->under++;
}

int64_t
model_drift(const struct model *model, int64_t now)
{
	const struct drift *drift = model->drift;
	int64_t d = difference(model);
	uint64_t bound = d > 0 ? drift->over : drift->under, beyond = (uint64_t)(d > 0 ? d : -d);

	if (!model->requests->active || drift->holed || model_lost(model) > 0
	    || !model->components->families[FAMILY_SENDER].seen || !model->components->families[FAMILY_DISTMGR].seen)
		return 0;
	if (bound == DRIFT_UNBOUND || beyond <= bound || beyond - bound <= in_flight(model, now))
		return 0;
	return d;
}
