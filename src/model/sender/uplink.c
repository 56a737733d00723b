/*
 * Whether all sends share one uplink that is full: then each gets slower when more
 * write at once, and their sum stays the same. Where slots are the limit instead, the
 * speed of a send does not depend on how many others write.
 *
 * Log time is cut into windows. In each one it is known how many wrote at once on
 * average (the sum of the times that their blocks took) and how fast they were, as
 * a part of what is usual for their sites. From one window to the next both
 * change, and by how much the speed changes with the number tells: not at
 * all: the sends are independent; by as much in the other direction: they share what
 * there is. Slow changes, such as of the usual speed, have no effect on that.
 *
 * A block costs a few additions.
 */
#include <math.h>

#include "model/sender/uplink.h"

#include <stdlib.h>

#include "model/tables/places.h"
#include "model/sender/send_pace.h"

#define WINDOW        (30 * WHEN_SECOND)
#define FORGET        0.9942       /* by window: half of it in an hour */
#define GAP_MOST      (WINDOW / 3) /* a longer pause is not caused by the uplink */
#define WRITERS_LEAST 0.5
#define SENDS_LEAST   2.0
#define BACK_MOST     (5 * WHEN_MINUTE) /* further back the clock was set, or had been wrong */
#define OWN_LEAST     WHEN_MINUTE
#define UNKNOWN_MOST  0.1 /* of the time, that of sites whose usual speed is not known */

struct uplink *
uplink_new(void)
{
	return calloc(1, sizeof(struct uplink));
}

void
uplink_free(struct uplink *uplink)
{
	free(uplink);
}

static bool
tells(const struct uplink *uplink)
{
	return uplink->gaps >= WRITERS_LEAST * (double)WINDOW && uplink->usual > 0 && uplink->bytes > 0
	       && uplink->strange <= UNKNOWN_MOST * uplink->gaps;
}

/* `next`: the one after it begins where it ends. */
static void
close_window(struct uplink *uplink, bool next)
{
	double x, y, dx, dy;
	bool before = uplink->told;

	uplink->told = tells(uplink) && next;
	if (!tells(uplink))
		return;
	x = log(uplink->gaps / (double)WINDOW);
	y = log(uplink->bytes / uplink->usual);
	dx = x - uplink->x;
	dy = y - uplink->y;
	uplink->x = x;
	uplink->y = y;
	uplink->writers = uplink->writers > 0 ? uplink->writers * 0.9 + uplink->gaps / (double)WINDOW * 0.1
	                                      : uplink->gaps / (double)WINDOW;
	if (!before)
		return;
	uplink->weight = uplink->weight * FORGET + 1;
	uplink->xx = uplink->xx * FORGET + dx * dx;
	uplink->xy = uplink->xy * FORGET + dx * dy;
	uplink->yy = uplink->yy * FORGET + dy * dy;
}

static void
begin_window(struct uplink *uplink, int64_t at)
{
	int64_t start = at - at % WINDOW;

	close_window(uplink, start == uplink->window + WINDOW);
	uplink->window = start;
	uplink->gaps = uplink->bytes = uplink->usual = uplink->strange = 0;
}

/* Bytes per millisecond that are usual for the send: its own so far, or those of its site; 0: not known yet. */
static double
usual_rate(const struct model *model, const struct job *job)
{
	const struct send_pace *pace;
	int64_t span = when_between(job->writes_since, job->last_write);

	if (span >= OWN_LEAST)
		return (double)job->bytes / (double)span;
	pace = &model->paces->sites[job->site].pace;
	return pace->sends >= SENDS_LEAST && pace->writing > 0 ? pace->bytes / pace->writing : 0;
}

void
uplink_block(struct model *model, const struct job *job, int64_t at, uint64_t bytes)
{
	struct uplink *uplink = model->uplink;
	double usual;
	int64_t gap;

	if (at == WHEN_NONE || job->site == NAME_NONE || job->last_write == WHEN_NONE || at <= job->last_write)
		return;
	gap = at - job->last_write;
	if (gap > GAP_MOST || (at < uplink->window && uplink->window - at < BACK_MOST))
		return;
	if (at < uplink->window || at >= uplink->window + WINDOW)
		begin_window(uplink, at);
	uplink->gaps += (double)gap;
	usual = usual_rate(model, job);
	if (usual <= 0) {
		uplink->strange += (double)gap;
		return;
	}
	uplink->bytes += (double)bytes;
	uplink->usual += (double)gap * usual;
}

struct uplink_share
model_uplink_share(const struct model *model)
{
	const struct uplink *uplink = model->uplink;
	struct uplink_share share = { .windows = uplink->weight };
	double rest;

	if (uplink->weight < 3 || uplink->xx <= 0)
		return (struct uplink_share){ 0 };
	share.slope = uplink->xy / uplink->xx;
	rest = uplink->yy - share.slope * uplink->xy;
	share.error = sqrt((rest > 0 ? rest : 0) / ((uplink->weight - 2) * uplink->xx));
	share.writers = uplink->writers;
	return share;
}
