#include "demo/demo_loop.h"

#include <stdlib.h>

#include "os/clock.h"

#define TICK    50                 /* milliseconds */
#define AT_ONCE (20 * WHEN_SECOND) /* of the site's time: after a sleep of hours nobody waits until it is played */

struct demo_loop {
	uv_timer_t timer;
	struct demo *demo;
};

static void
tick(uv_timer_t *timer)
{
	struct demo_loop *running = timer->data;
	int64_t due = demo_clock(running->demo, clock_now()), most = demo_now(running->demo) + AT_ONCE;

	demo_run(running->demo, due < most ? due : most);
}

static void
let_go(uv_handle_t *handle)
{
	free(handle->data);
}

int
demo_loop_open(struct demo_loop **out, uv_loop_t *loop, struct demo *demo)
{
	struct demo_loop *running = malloc(sizeof(*running));

	*out = running;
	if (!running)
		return UV_ENOMEM;
	running->demo = demo;
	uv_timer_init(loop, &running->timer);
	running->timer.data = running;
	return uv_timer_start(&running->timer, tick, 0, TICK);
}

void
demo_loop_close(struct demo_loop *running)
{
	if (running)
		uv_close((uv_handle_t *)&running->timer, let_go);
}
