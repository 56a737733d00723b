/*
 * A site server to try the dashboard on: the simulated one, whose logs are
 * written as real files to a temporary folder and roll over like real ones.
 * Its time goes ten times as fast. All of it happens in this process.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "cmtop/sim.h"

struct demo;

/*
 * Makes the folder under $TMPDIR or /tmp and lets the site work for its first hour
 * and a half, so that there is something to see, and rates to tell. `sites` 0: 70. `now`
 * is the time of day, UTC; the site's own clock shows the same, and goes on from
 * there at its own pace. 0, or a negative libuv error.
 */
int demo_open(struct demo **out, unsigned sites, int64_t now);
void demo_close(struct demo *demo); /* removes the folder and what was made in it, nothing else */

const char *demo_folder(const struct demo *demo);         /* a LOGDIR to follow like a real one */
int64_t demo_now(const struct demo *demo);                /* the site's own clock, UTC */
int64_t demo_clock(const struct demo *demo, int64_t now); /* the site's time for a time of day */

/*
 * Writes what the site logs until then (its own time). A log rolls over at most
 * once in a call, so that a long one does not roll away what it has written.
 */
void demo_run(struct demo *demo, int64_t until);

/* Every byte written from now on is also handed over, in the order of writing. */
void demo_listen(struct demo *demo, void (*put)(void *payload, enum sim_log log, const char *bytes, size_t size),
                 void *payload);

#endif
