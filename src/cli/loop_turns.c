#include "cli/loop_turns.h"

#include <stdio.h>
#include <stdlib.h>

#include "os/os.h"

static void
turn_over(uv_prepare_t *prepare)
{
	struct turns *turns = prepare->data;
	uint64_t now = uv_hrtime(), idle = uv_metrics_idle_time(prepare->loop), processor = os_thread_time();
	uint64_t busy = now - turns->began, slept = idle - turns->idle;

	busy = busy > slept ? busy - slept : 0;
	if (turns->count++ > 0) {
		turns->longest = busy > turns->longest ? busy : turns->longest;
		if (processor - turns->processor > turns->longest_processor)
			turns->longest_processor = processor - turns->processor;
	}
	turns->began = now;
	turns->idle = idle;
	turns->processor = processor;
}

void
turns_open(struct turns *turns, uv_loop_t *loop)
{
	const char *wanted = getenv("CMTOP_TURNS");

	*turns = (struct turns){ .measured = wanted && wanted[0] };
	if (!turns->measured)
		return;
	uv_loop_configure(loop, UV_METRICS_IDLE_TIME);
	uv_prepare_init(loop, &turns->prepare);
	turns->prepare.data = turns;
	uv_prepare_start(&turns->prepare, turn_over);
	uv_unref((uv_handle_t *)&turns->prepare);
}

void
turns_tell(const struct turns *turns)
{
	if (turns->measured)
		fprintf(stderr, "turns %llu, longest %.1f ms, processor %.1f ms\n", (unsigned long long)turns->count,
		        (double)turns->longest / 1e6, (double)turns->longest_processor / 1e6);
}

void
turns_close(struct turns *turns)
{
	if (turns->measured)
		uv_close((uv_handle_t *)&turns->prepare, NULL);
}
