/*
 * When one log is looked at again: a timer and, on this machine, the system's hints.
 */
#ifndef FOLLOW_POLL_TIMER_H
#define FOLLOW_POLL_TIMER_H

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
struct poll_timer {
	uv_loop_t *loop;
	uv_timer_t timer;
	uv_fs_event_t watch;
	const char *path;            /* of the log */
	double poll;                 /* seconds that the user wants, 0: found out */
	void (*look)(void *payload); /* it is time to */
	void *payload;

	bool watching;
	bool hinted; /* since the round began */
	bool armed;  /* the watch has just been put on, and the next look makes sure that nothing was missed */
	bool timed;  /* the round was begun by the timer though the log was watched */
	int unannounced;
	uint64_t told, rolled; /* bytes and roll-overs when the round began */
	uint64_t rolled_at;    /* `now` of the last roll-over, 0: none yet */
	uint64_t hurry_until;
};

/* Begins at once, when the loop runs. `path` stays. Both handles are to be closed; their `data` is the caller's. */
void poll_timer_open(struct poll_timer *poll_timer, uv_loop_t *loop, const char *path, double poll,
                     void (*look)(void *payload), void *payload);
void poll_timer_close(struct poll_timer *poll_timer, uv_close_cb closed); /* called twice */

void poll_timer_pause(struct poll_timer *poll_timer); /* a round is under way */
void poll_timer_soon(struct poll_timer *poll_timer);  /* the next begins at once, when the loop runs */
void poll_timer_rest(struct poll_timer *poll_timer, const struct rotation_status *status,
                     bool local); /* it has ended */

#endif
