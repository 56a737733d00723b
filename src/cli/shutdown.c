#include "cli/shutdown.h"

#include "os/signals.h"

#define PATIENCE 10 /* milliseconds */

static void
signal_came(uv_signal_t *handle, int signum)
{
	struct shutdown *end = handle->data;

	end->asked(end->payload, signum);
}

void
shutdown_watch(struct shutdown *end, uv_loop_t *loop, void (*asked)(void *payload, int signum), void *payload)
{
	static const int signums[SHUTDOWN_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

	end->asked = asked;
	end->payload = payload;
	for (int i = 0; i < SHUTDOWN_SIGNALS; i++) {
		uv_signal_t *handle = &end->signal[end->open];

		if (os_is_ignored(signums[i])) /* started by nohup */
			continue;
		uv_signal_init(loop, handle);
		handle->data = end;
		uv_signal_start(handle, signal_came, signums[i]);
		os_insist(signums[i]);
		uv_unref((uv_handle_t *)handle);
		end->open++;
	}
}

void
shutdown_close(struct shutdown *end)
{
	while (end->open)
		uv_close((uv_handle_t *)&end->signal[--end->open], NULL);
}

bool
shutdown_loop(uv_loop_t *loop)
{
	uint64_t deadline = uv_hrtime() + PATIENCE * 1000000u;

	while (uv_run(loop, UV_RUN_NOWAIT) && uv_hrtime() < deadline)
		uv_sleep(1);
	return uv_loop_close(loop) == 0;
}
