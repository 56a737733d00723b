/*
 * When one log is looked at again: a timer and, on this machine, the system's hints.
 */
#ifndef LIVE_BEAT_H
#define LIVE_BEAT_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "cmtop/rotate.h"

/*
 * The timer is the truth, the watch is a hint. A log of this machine that rests
 * has its file watched and the timer runs slowly; once something is written the
 * watch is taken off and the timer runs fast until a look finds nothing new. So
 * a line is seen at once, and a thousand lines a second cost no more than sixty
 * looks. Where the timer finds what no hint told of, it is believed from then on.
 */
struct beat {
	uv_loop_t    *loop;
	uv_timer_t    timer;
	uv_fs_event_t watch;
	const char   *path;   /* of the log */
	double        poll;   /* seconds that the user wants, 0: found out */
	void        (*look)(void *payload);  /* it is time to */
	void         *payload;

	bool watching;
	bool hinted;          /* since the round began */
	bool armed;           /* the watch has just been put on, and the next look makes sure that nothing was missed */
	bool timed;           /* the round was begun by the timer though the log was watched */
	int  unannounced;
	uint64_t told, rolled;     /* bytes and roll-overs when the round began */
	uint64_t rolled_at;        /* `now` of the last roll-over, 0: none yet */
	uint64_t hurry_until;
};

/* Begins at once, when the loop runs. `path` stays. Both handles are to be closed; their `data` is the caller's. */
void beat_open(struct beat *beat, uv_loop_t *loop, const char *path, double poll,
               void (*look)(void *payload), void *payload);
void beat_close(struct beat *beat, uv_close_cb closed);  /* called twice */

void beat_pause(struct beat *beat);  /* a round is under way */
void beat_soon(struct beat *beat);   /* the next begins at once, when the loop runs */
void beat_rest(struct beat *beat, const struct tail_status *status, bool local);  /* it has ended */

#endif
