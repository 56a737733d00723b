#include "cli/stop_signals.h"

#include "os/signals.h"

static void
stop_came(uv_signal_t *handle, int signum)
{
	struct stop_signals *signals = handle->data;

	(void)signum;
	signals->stopped(signals->payload);
}

static void
continue_came(uv_signal_t *handle, int signum)
{
	struct stop_signals *signals = handle->data;

	(void)signum;
	signals->continued(signals->payload);
}

/* Not every system stops programs, and whoever started us may not want it. */
static void
watch_signal(uv_signal_t *handle, uv_signal_cb came, int signum)
{
	if (signum != 0 && !os_is_ignored(signum))
		uv_signal_start(handle, came, signum);
}

void
stop_signals_open(struct stop_signals *signals, uv_loop_t *loop, void (*stopped)(void *payload),
                  void (*continued)(void *payload), void *payload)
{
	signals->stopped = stopped;
	signals->continued = continued;
	signals->payload = payload;
	uv_signal_init(loop, &signals->stop);
	uv_signal_init(loop, &signals->go_on);
	signals->stop.data = signals->go_on.data = signals;
	watch_signal(&signals->stop, stop_came, os_stop_signal());
	watch_signal(&signals->go_on, continue_came, os_continue_signal());
}

void
stop_signals_close(struct stop_signals *signals)
{
	uv_close((uv_handle_t *)&signals->stop, NULL);
	uv_close((uv_handle_t *)&signals->go_on, NULL);
}

bool
stop_signals_suspend(struct stop_signals *signals, void (*before)(void))
{
	if (os_stop_signal() == 0 || os_is_ignored(os_stop_signal()))
		return false;
	uv_signal_stop(&signals->stop);
	before();
	os_suspend();
	return true;
}

void
stop_signals_again(struct stop_signals *signals)
{
	watch_signal(&signals->stop, stop_came, os_stop_signal());
}
