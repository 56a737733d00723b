#include "cmtop/rate_window.h"

#include "cmtop/when.h"

/* Times before 1970 may stand in a log too. */
static int64_t
second_of(int64_t at)
{
	return at / WHEN_SECOND - (at % WHEN_SECOND < 0);
}

void
rate_window_add(struct rate_window *window, int64_t at, uint64_t bytes)
{
	int64_t second = second_of(at);
	size_t i = (size_t)(second & (RATE_WINDOW_SECONDS - 1));

	if (window->second[i] != second) {
		if (window->bytes[i] > 0 && window->second[i] > second)
			return;
		window->second[i] = second;
		window->bytes[i] = 0;
	}
	window->bytes[i] += bytes;
}

uint64_t
rate_window_sum(const struct rate_window *window, int64_t now, int seconds)
{
	int64_t last = second_of(now);
	uint64_t sum = 0;

	if (now == WHEN_NONE)
		return 0;
	for (size_t i = 0; i < RATE_WINDOW_SECONDS; i++)
		if (window->second[i] > last - seconds && window->second[i] <= last)
			sum += window->bytes[i];
	return sum;
}
