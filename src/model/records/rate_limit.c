#include "model/records/rate_limit.h"

#define PAUSE_MOST 86400u /* seconds; who pauses for longer is believed no more */

int64_t
yielded_rate(const struct event *event)
{
	uint64_t bytes = event->number[NUMBER_BYTES], percent = event->number[NUMBER_PERCENT];

	if (!event_has_number(event, NUMBER_PERCENT) || !event_has_number(event, NUMBER_BYTES) || percent > 100
	    || bytes > INT64_MAX / 200)
		return -1;
	return (int64_t)(bytes * percent / 100);
}

int64_t
yielded_until(const struct event *event)
{
	uint64_t seconds = event_has_number(event, NUMBER_SECONDS) ? event->number[NUMBER_SECONDS] : 0;

	if (event->at == WHEN_NONE)
		return WHEN_NONE;
	return event->at + (int64_t)(seconds > PAUSE_MOST ? PAUSE_MOST : seconds) * WHEN_SECOND;
}
