#include "cli/frame_pace.h"

#include <uv.h>

/* Milliseconds between two pictures, at least: */
#define FRAME      50u
#define FRAME_SLOW 250u /* while the logs are being read for the first time, */
#define FRAME_BUSY 250u /* and while more events come than anybody could read: */
#define BUSY       100  /* a second */
#define FRAME_WAIT 100u /* The first picture waits so long for the logs to be read. */

uint64_t
pace_now(void)
{
	return uv_hrtime() / 1000000u;
}

void
pace_drawn(struct pace *pace, bool current)
{
	pace->current = current;
	pace->drawn[1] = pace->drawn[0];
	pace->drawn[0] = pace_now();
}

void
pace_second(struct pace *pace)
{
	pace->busy = pace->events > BUSY;
	pace->events = 0;
}

/*
 * Two pictures may follow each other closely, so that a line that comes right
 * after the clock has moved on does not wait.
 */
uint64_t
pace_next(const struct pace *pace, bool current, bool caught_up, unsigned least)
{
	uint64_t pause = !caught_up ? FRAME_SLOW : pace->busy ? FRAME_BUSY : FRAME;

	if (current && !pace->current)
		return 0;
	if (!pace->drawn[0])
		return pace->started + FRAME_WAIT;
	if (pause < least)
		return pace->drawn[0] + least;
	return pace->drawn[0] < pace->drawn[1] + pause ? pace->drawn[0] + pause : pace->drawn[1] + 2 * pause;
}
