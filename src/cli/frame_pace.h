/*
 * How often a picture is drawn: at once after a rest, at most 20 times a second,
 * and seldom enough to be quiet on the wire when nobody could read along.
 */
#ifndef CLI_FRAME_PACE_H
#define CLI_FRAME_PACE_H

#include <stdbool.h>
#include <stdint.h>

/* Times are those of pace_now(). */
struct pace {
	uint64_t started;
	uint64_t drawn[2]; /* the last two pictures, the latest first; 0: none yet */
	unsigned events;   /* in the second that has begun */
	bool busy;         /* by the last one */
	bool current;      /* the last picture was of the newest state */
};

uint64_t pace_now(void); /* milliseconds of a clock that is never set */
void pace_drawn(struct pace *pace, bool current);
void pace_second(struct pace *pace); /* a second is over */

/*
 * When the next picture may be drawn: of the newest state at once, more often when
 * all has been read. `least`: milliseconds between two that the user wants at least.
 */
uint64_t pace_next(const struct pace *pace, bool current, bool caught_up, unsigned least);

#endif
