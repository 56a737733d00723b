#include "cmtop/rate_window.h"

uint64_t
rate_window_sum(const struct rate_window *window, int64_t now, int seconds)
{
	int64_t last = rate_window_second(now);
	uint64_t sum = 0;

	if (now == WHEN_NONE)
		return 0;
	for (size_t i = 0; i < RATE_WINDOW_SECONDS; i++)
		if (window->second[i] > last - seconds && window->second[i] <= last)
			sum += window->bytes[i];
	return sum;
}
