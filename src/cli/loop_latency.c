#include "cli/loop_latency.h"

#include <stdio.h>
#include <stdlib.h>

#include "os/os.h"

static void
iteration_over(uv_prepare_t *prepare)
{
	struct loop_latency *latency = prepare->data;
	uint64_t now = uv_hrtime(), idle = uv_metrics_idle_time(prepare->loop), processor = os_thread_time();
	uint64_t busy = now - latency->began, slept = idle - latency->idle;

	busy = busy > slept ? busy - slept : 0;
	if (latency->count++ > 0) {
		latency->longest = busy > latency->longest ? busy : latency->longest;
		if (processor - latency->processor > latency->longest_processor)
			latency->longest_processor = processor - latency->processor;
	}
	latency->began = now;
	latency->idle = idle;
	latency->processor = processor;
}

void
loop_latency_open(struct loop_latency *latency, uv_loop_t *loop)
{
	const char *wanted = getenv("CMTOP_TURNS");

	*latency = (struct loop_latency){ .measured = wanted && wanted[0] };
	if (!latency->measured)
		return;
	uv_loop_configure(loop, UV_METRICS_IDLE_TIME);
	uv_prepare_init(loop, &latency->prepare);
	latency->prepare.data = latency;
	uv_prepare_start(&latency->prepare, iteration_over);
	uv_unref((uv_handle_t *)&latency->prepare);
}

void
loop_latency_tell(const struct loop_latency *latency)
{
	if (latency->measured)
		fprintf(stderr, "turns %llu, longest %.1f ms, processor %.1f ms\n", (unsigned long long)latency->count,
		        (double)latency->longest / 1e6, (double)latency->longest_processor / 1e6);
}

void
loop_latency_close(struct loop_latency *latency)
{
	if (latency->measured)
		uv_close((uv_handle_t *)&latency->prepare, NULL);
}
