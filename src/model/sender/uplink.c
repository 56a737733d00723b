/*
 * Whether all sends share one line that is full: then each of them is the slower
 * the more write at once, and all together stay as fast as they were. Where the
 * slots are what is scarce, each is as fast whatever the others do.
 *
 * Log time is cut into windows. In each one it is known how many wrote at once on
 * average (the sum of the times that their blocks took) and how fast they were, as
 * a part of what is usual for their sites. From one window to the next both
 * change, and by how much the speed changes with the number tells: by nothing, the
 * sends do not feel each other; by as much the other way, they share what there
 * is. What changes slowly, as what counts as usual does, has no part in it.
 *
 * A block costs a few sums.
 */
#include <math.h>

#include "model/sender/uplink.h"

#include <stdlib.h>

#include "model/tables/places.h"
#include "model/sender/send_pace.h"

#define WINDOW        (30 * WHEN_SECOND)
#define FORGET        0.9942       /* by window: half of it in an hour */
#define GAP_MOST      (WINDOW / 3) /* a longer pause is none of the line's */
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
tells(const struct uplink *line)
{
	return line->gaps >= WRITERS_LEAST * (double)WINDOW && line->usual > 0 && line->bytes > 0
	       && line->strange <= UNKNOWN_MOST * line->gaps;
}

/* `next`: the one after it begins where it ends. */
static void
close_window(struct uplink *line, bool next)
{
	double x, y, dx, dy;
	bool before = line->told;

	line->told = tells(line) && next;
	if (!tells(line))
		return;
	x = log(line->gaps / (double)WINDOW);
	y = log(line->bytes / line->usual);
	dx = x - line->x;
	dy = y - line->y;
	line->x = x;
	line->y = y;
	line->writers = line->writers > 0 ? line->writers * 0.9 + line->gaps / (double)WINDOW * 0.1
	                                  : line->gaps / (double)WINDOW;
	if (!before)
		return;
	line->weight = line->weight * FORGET + 1;
	line->xx = line->xx * FORGET + dx * dx;
	line->xy = line->xy * FORGET + dx * dy;
	line->yy = line->yy * FORGET + dy * dy;
}

static void
begin_window(struct uplink *line, int64_t at)
{
	int64_t start = at - at % WINDOW;

	close_window(line, start == line->window + WINDOW);
	line->window = start;
	line->gaps = line->bytes = line->usual = line->strange = 0;
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
	struct uplink *line = model->uplink;
	double usual;
	int64_t gap;

	if (at == WHEN_NONE || job->site == NAME_NONE || job->last_write == WHEN_NONE || at <= job->last_write)
		return;
	gap = at - job->last_write;
	if (gap > GAP_MOST || (at < line->window && line->window - at < BACK_MOST))
		return;
	if (at < line->window || at >= line->window + WINDOW)
		begin_window(line, at);
	line->gaps += (double)gap;
	usual = usual_rate(model, job);
	if (usual <= 0) {
		line->strange += (double)gap;
		return;
	}
	line->bytes += (double)bytes;
	line->usual += (double)gap * usual;
}

struct line_share
model_line_share(const struct model *model)
{
	const struct uplink *line = model->uplink;
	struct line_share share = { .windows = line->weight };
	double rest;

	if (line->weight < 3 || line->xx <= 0)
		return (struct line_share){ 0 };
	share.slope = line->xy / line->xx;
	rest = line->yy - share.slope * line->xy;
	share.error = sqrt((rest > 0 ? rest : 0) / ((line->weight - 2) * line->xx));
	share.writers = line->writers;
	return share;
}
